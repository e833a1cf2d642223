"""The page of all rules in words, docs/reference/screening-rules.md, made from the floor. A test says when it is stale."""

from __future__ import annotations

from panah.cores.lawbook import Pack
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.derived import DERIVED
from panah.cores.screening.explain import definitions_in_words, rule_in_words
from panah.cores.screening.rulebook import FLOOR, Rule
from panah.cores.screening.screening import screener
from panah.cores.screening.wording import wording

HEAD = """# Screening rules

Made from packs/_floor; do not edit. Each line is one rule of the floor: its id, when it fires, where it stands. *Not
verified* marks what was cited from memory or is a design of this project.
"""


def reference_page(pack: Pack) -> str:
    """The page as Markdown, from the floor beneath a pack."""
    words = wording(pack)
    rules = [rule for rule in screener(pack).book.rules if rule.origin == FLOOR]
    parts = [HEAD, "## Derived facts\n"]
    for fact in DERIVED:
        label = words.text(f"fact.{fact.name}", "en")
        parts.append(f"- `{fact.name}`: {label.text if label else fact.name} (from {', '.join(fact.fields)})")
    parts.append("\n## Conditions with a name\n")
    for condition, (said, meaning) in definitions_in_words(pack, "en").items():
        parts.append(f"- `{condition}`, {said}: {meaning}")
    for kind, codes in FINDINGS.items():
        parts.append(f"\n## {kind.capitalize()}\n")
        for code in codes:
            listed = [rule for rule in rules if (rule.kind, rule.code) == (kind, code)]
            if listed:
                name = words.text(f"{kind}.{code}", "en")
                parts.append(f"### {code}{f': {name.text}' if name else ''}\n")
                parts += [_line(rule, pack) for rule in listed]
                parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _line(rule: Rule, pack: Pack) -> str:
    doubt = "" if rule.verified else " *Not verified.*"
    return f"- `{rule.id}`: {rule_in_words(rule.id, pack, 'en')}. {rule.source}.{doubt}"
