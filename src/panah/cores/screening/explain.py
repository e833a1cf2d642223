"""Findings in plain words for an officer: what was found, on which answers, by which rule and source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from panah.cores.lawbook import Pack
from panah.cores.screening.fields import FIELD, OPEN_ANSWERS
from panah.cores.screening.profile import Because, Line, Referral
from panah.cores.screening.record import BirthDate, Document, InterviewRecord
from panah.cores.screening.rulebook import source_text
from panah.cores.screening.screening import screener
from panah.cores.screening.wording import Wording, wording

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
    sentence = _text(words, "explain.line", language).format(
        name=_text(words, f"{kind}.{code}", language), reasons=reasons
    )
    if isinstance(line, Referral):
        sentence += " " + _text(words, f"explain.consent.{line.consent}", language)
        if line.due:
            sentence += " " + _text(words, "explain.due", language).format(due=line.due)
    return sentence


def rule_in_words(rule_id: str, pack: Pack, language: str) -> str:
    """The condition of a rule as a sentence. KeyError for a rule that does not exist."""
    words = wording(pack)
    return screener(pack).engine.book.rule(rule_id).condition.says(lambda code: _label(words, code, language))


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
        citations = screener(pack).engine.book.rule(reason.rule).citations
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
        parts = [
            label.text
            for name, value in (("type", item.type), ("status", item.status))
            if value and (label := words.text(f"a.documents.{name}.{value}", language))
        ]
        return " ".join([*parts, *filter(None, [item.issuer])])
    if not isinstance(item, str) or not FIELD[key].allowed:
        return str(item)
    label = words.answer("yes_no" if item in OPEN_ANSWERS else key, item, language)
    return label.text if label else item


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
    return found.text if found else value


KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"profiles": "profile", "needs": "need", "referrals": "referral", "safeguards": "safeguard"}
)
"""For each list of a profile the kind of its lines."""
