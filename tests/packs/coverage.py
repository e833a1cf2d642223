"""What was asked of the screening beside the rules that carry it, as the page docs/reference/screening-coverage.md.

`python -m tests.packs.coverage` writes the page; a test says when it is stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from panah.cores.lawbook import load_pack
from panah.cores.lawbook.text import read_mapping
from panah.cores.screening.codes import NEEDS
from panah.cores.screening.questions import Question, read_questions
from panah.cores.screening.rulebook import FLOOR, Rule, source_text
from panah.cores.screening.screening import screener
from panah.cores.screening.wording import wording

DATA: Final = Path(__file__).with_name("screening-coverage.yaml")
PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "reference" / "screening-coverage.md"
PACK: Final = load_pack("kaz")
HEAD: Final = """# Coverage of the screening

Made from `tests/packs/screening-coverage.yaml` and the floor; do not edit. Each statement of the screening contract and of the
design stands beside the rules that carry it, or beside the reason why no rule can. The rules in words:
[screening-rules](screening-rules.md).
"""
WASHINGTON: Final = """
## Disability and the Washington Group

The record has one yes or no, asked with the six areas of the Washington Group short set in mind: *a lot of difficulty* or *cannot
do at all* in any of them is a yes (from memory, not verified). It gives `DS` alone. Who examines the person may give the sub-code,
by this table of ours and the code system `{version}`. Later versions of the system replaced the codes of this group, therefore the
version is kept with the code.

| area | a lot of difficulty | cannot do at all |
| --- | --- | --- |
"""


def data() -> Mapping[str, Any]:
    """The statements, questions and codes as written."""
    return read_mapping(DATA, DATA.name)


def floor_rules() -> tuple[Rule, ...]:
    """Every rule of the floor."""
    return tuple(rule for rule in screener(PACK).book.rules if rule.origin == FLOOR)


def carried_by(pattern: str) -> tuple[str, ...]:
    """The ids of the floor's rules that an id, or the beginning of one with a star, names."""
    start = pattern.removesuffix("*")
    return tuple(
        rule.id for rule in floor_rules() if rule.id == pattern or (start != pattern and rule.id.startswith(start))
    )


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join((*_statements(), *_questions(), *_needs(), *_disability()))


def _statements() -> Iterator[str]:
    for heading, listed in data()["statements"].items():
        yield f"\n## {heading}\n\n| what is asked | rules |\n| --- | --- |\n"
        for one in listed:
            ids = [id_ for pattern in one.get("rules", ()) for id_ in carried_by(pattern)]
            yield f"| {one['says']} | {', '.join(f'`{id_}`' for id_ in ids) or one['why_not']} |\n"


def _questions() -> Iterator[str]:
    yield "\n## The design's banks of questions\n\n| item | fields of the record |\n| --- | --- |\n"
    for item, fields in data()["questions"].items():
        yield f"| {item} | {fields['why_not'] if isinstance(fields, dict) else ', '.join(f'`{key}`' for key in listed(fields))} |\n"
    yield (
        "\n## Questions of the interview\n\nPurpose, legal base, sensitivity and retention of each, as the floor has them.\n\n"
        "| code | field | asked of | purpose | base | sensitivity | kept |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for question in read_questions(PACK):
        yield _question(question)


def listed(fields: Any) -> list[str]:
    """One field or several, as a list."""
    return [fields] if isinstance(fields, str) else list(fields)


def _question(question: Question) -> str:
    base = "; ".join(source_text(citation, PACK.sources[citation.source], "en") for citation in question.citations)
    cells = (question.code, f"`{question.key}`", question.asked_of, question.purpose, base, question.sensitivity)
    return f"| {' | '.join(cells)} | {question.retention.replace('_', ' ')} |\n"


def _needs() -> Iterator[str]:
    yield "\n## Specific needs\n\n| code | name | rules, or why the answers support none |\n| --- | --- | --- |\n"
    words, missing = wording(PACK), data()["needs_not_supported"]
    for code in NEEDS:
        name = words.text(f"need.{code}", "en")
        ids = [rule.id for rule in floor_rules() if rule.kind == "need" and code in rule.gives]
        yield f"| {code} | {name.text if name else ''} | {', '.join(f'`{id_}`' for id_ in ids) or missing[code]} |\n"


def _disability() -> Iterator[str]:
    yield WASHINGTON.format(version=data()["code_system_version"])
    for row in data()["washington_group"]:
        yield f"| {row['domain']} | {row['lot_of_difficulty']} | {row['cannot']} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
