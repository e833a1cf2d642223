"""Findings in plain words for an officer: what was found, on which answers, by which rule and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from panah.cores.lawbook import Pack
from panah.cores.lawbook.conditions import Condition
from panah.cores.screening.fields import FIELD, OPEN_ANSWERS
from panah.cores.screening.profile import Because, Line, Referral
from panah.cores.screening.record import BirthDate, Document, InterviewRecord
from panah.cores.screening.rulebook import source_text
from panah.cores.screening.screening import screener
from panah.cores.screening.wording import Wording, wording

DEFINED: Final = "defined."
MISSING: Final = "[{id}: {language}]"
"""What stands where a text is missing in the reader's language; never a text of another language."""


def explain(
    line: Line | Referral, kind: str, pack: Pack, language: str, record: InterviewRecord | None = None
) -> str:  # fmt: skip
    """One line of a profile as a plain sentence with its answers, rules and sources.

    `kind` is `profile`, `need`, `referral` or `safeguard`. With the record the answers are given in words, without it
    only which questions they belong to. Referrals also say consent and date.
    """
    words = wording(pack)
    code = line.to if isinstance(line, Referral) else line.code
    also = f", {_text(words, 'explain.also', language)} "
    reasons = also.join(_reason(reason, pack, words, language, record) for reason in line.because)
    frame = "explain.referral" if isinstance(line, Referral) else "explain.line"
    sentence = _text(words, frame, language).format(name=_text(words, f"{kind}.{code}", language), reasons=reasons)
    if isinstance(line, Referral):
        sentence += " " + _text(words, f"explain.consent.{line.consent}", language)
        if line.due:
            sentence += " " + _text(words, "explain.due", language).format(due=line.due)
    return sentence


def rule_in_words(rule_id: str, pack: Pack, language: str) -> str:
    """The condition of a rule as a sentence. KeyError for a rule that does not exist."""
    return _in_words(screener(pack).book.rule(rule_id).condition, wording(pack), language)


def definitions_in_words(pack: Pack, language: str) -> Mapping[str, tuple[str, str]]:
    """Each condition that has a name in words: those words, and what it means at length."""
    words, book = wording(pack), screener(pack).book
    any_rule = book.rules[0].condition
    return {
        name: (named.text, _in_words(replace(any_rule, body=body), words, language))
        for name, body in any_rule.language.definitions.items()
        if (named := words.text(f"fact.{DEFINED}{name}", language))
    }


def _in_words(condition: Condition, words: Wording, language: str) -> str:
    definitions = condition.language.definitions

    def named(body: Any) -> Any:
        """The condition with the name in place of each definition that has one in this language."""
        if "except_when" in body:
            return {key: named(part) for key, part in body.items()}
        operator, operand = next(iter(body.items()))
        if operator == "defined":
            known = words.text(f"fact.{DEFINED}{operand}", language)
            return {"holds": DEFINED + operand} if known else named(definitions[operand])
        if operator in ("all", "any"):
            return {operator: [named(part) for part in operand]}
        return {operator: named(operand)} if operator == "not" else body

    told = replace(condition, body=named(condition.body))
    return told.says(lambda code: _label(words, code, language))


def _reason(reason: Because, pack: Pack, words: Wording, language: str, record: InterviewRecord | None) -> str:
    answers = "; ".join(_answer(key, words, language, record) for key in reason.answers)
    return _text(words, "explain.reason", language).format(
        answers=answers or _text(words, "explain.always", language),
        rule=reason.rule,
        source=_source(reason, pack, language),
    )


def _source(reason: Because, pack: Pack, language: str) -> str:
    """The sources in the reader's language where they have a title in it; a profile of another pack keeps its own words."""
    try:
        citations = screener(pack).book.rule(reason.rule).citations
    except KeyError:
        return reason.source
    return "; ".join(source_text(citation, pack.sources[citation.source], language) for citation in citations)


def _answer(key: str, words: Wording, language: str, record: InterviewRecord | None) -> str:
    fact = _text(words, f"fact.{key}", language)
    if record is None:
        return _text(words, "explain.answer_named", language).format(fact=fact)
    given = record.answers.get(key)
    if given is None:
        return _text(words, "explain.no_answer", language).format(fact=fact)
    return _text(words, "explain.answered", language).format(fact=fact, value=_value(key, given, words, language))


def _value(key: str, given: Any, words: Wording, language: str) -> str:
    if isinstance(given, BirthDate):
        return str(given)
    if isinstance(given, tuple):
        return ", ".join(_item(key, item, words, language) for item in given) or "–"
    return _item(key, given, words, language)


def _item(key: str, item: Any, words: Wording, language: str) -> str:
    if isinstance(item, Document):
        return _document(item, words, language)
    if not isinstance(item, str) or not FIELD[key].allowed:
        return str(item)
    label = words.answer("yes_no" if item in OPEN_ANSWERS else key, item, language)
    return _quoted(key, label.text, words, language) if label else item


def _document(item: Document, words: Wording, language: str) -> str:
    kind, status = (
        label.text if value and (label := words.text(f"a.documents.{name}.{value}", language)) else ""
        for name, value in (("type", item.type), ("status", item.status))
    )
    details = ", ".join(filter(None, [item.issuer, _lowered(status)]))
    if not kind or not details:
        return kind or details
    return _text(words, "explain.document", language).format(type=_lowered(kind), details=details)


def _quoted(key: str, text: str, words: Wording, language: str) -> str:
    """An answer in the middle of a sentence: yes and no plainly, the words of a person or an officer in quotation marks."""
    if FIELD[key].kind == "yes_no" or not text:
        return _lowered(text)
    return _text(words, "explain.quoted", language).format(text=text)


def _lowered(text: str) -> str:
    """Without the capital of a sentence, except in names that are capital throughout."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or len(text) == 1 else text


def _text(words: Wording, id_: str, language: str) -> str:
    found = words.text(id_, language)
    return found.text if found else MISSING.format(id=id_, language=language)


def _label(words: Wording, code: str, language: str) -> str:
    """Words for the parts of a condition; `value.FACT.VALUE` is an answer's label, or the code where it has none."""
    if not code.startswith("value."):
        return _text(words, code, language)
    name = code.removeprefix("value.")
    key, _, value = name.rpartition(".")
    found = words.answer(key, value, language)
    return _quoted(key, found.text, words, language) if found else value


KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"profiles": "profile", "needs": "need", "referrals": "referral", "safeguards": "safeguard"}
)
"""For each list of a profile the kind of its lines."""
