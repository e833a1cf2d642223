"""How likely two records are of one person: a score with the reasons that make it up.

Each reason adds or takes away evidence in natural logarithms of odds, as in Fellegi and Sunter (1969); the score is the
probability that the sum gives. A score is a proposal to a person who decides. Nothing here merges, and a field that is
not known says nothing for or against.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from panah.cores.identity.birth import Birth
from panah.cores.identity.names import Word, words
from panah.cores.identity.similarity import NOTHING, Pairing, pairing

NAME_BASE: Final = -7.2
NAME_SLOPE: Final = 11.0
"""Logistic regression of match on name likeness over one half of the pairs named in docs/algorithms/search-before-create.md."""

LITTLE_TOLD: Final = 2.0
ENOUGH_TOLD: Final = 1.7
"""What is taken away for each unit by which the words that met tell less than two full words: `Fatima` alone is many people."""

NAME_LEAST: Final = -5.0
"""Another name takes away no more than this: people marry, papers are borrowed, and one document is still one document."""

NO_NAME: Final = -4.0
FATHER_SAME, FATHER_OTHER = 2.5, -2.5
SEX_OTHER: Final = -2.5
CITIZENSHIP_SAME, CITIZENSHIP_OTHER = 0.4, -0.6
DOCUMENT_SAME, DOCUMENT_SAME_OTHER_ISSUER = 10.0, 5.0
BIRTH_SWAPPED: Final = 2.0
BIRTH_GAPS: Final = ((1.0, -0.7), (3.0, -2.0), (10.0, -4.0))
"""Years between two ranges that do not meet, and what they take away; ages are often estimated. Beyond: BIRTH_FAR."""
BIRTH_FAR: Final = -6.0
_DAYS_OF_LIVES: Final = 80 * 365.25
_BIRTH_SCALE: Final = 0.45


@dataclass(frozen=True)
class Traits:
    """What is known of a person. `names` are full names in any scripts, `documents` pairs of issuer and number."""

    names: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()
    birth: Birth | None = None
    sex: str = ""
    citizenships: frozenset[str] = frozenset()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reason:
    """One piece of evidence. `code` is stable, `weight` is in log odds (below 0: against), `facts` fill the sentence."""

    code: str
    weight: float
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code] % self.facts


@dataclass(frozen=True)
class Likeness:
    """`score` is 0 to 1; `reasons` stand with the weightiest first."""

    score: float
    reasons: tuple[Reason, ...]


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_same": "same name, spelled %(one)s",
        "name_spelled_otherwise": "same name, spelled %(one)s / %(other)s",
        "name_alike": "like name: %(one)s / %(other)s",
        "name_other": "other name: %(one)s / %(other)s",
        "name_not_known": "the name of one of them is not known",
        "father_same": "same father's name: %(one)s / %(other)s",
        "father_other": "other father's name: %(one)s / %(other)s",
        "birth_day_same": "same date of birth: %(one)s",
        "birth_year_same": "same year of birth: %(one)s",
        "birth_overlaps": "dates of birth that can be the same",
        "birth_swapped": "same date of birth with day and month exchanged",
        "birth_near": "dates of birth at most %(years)s years apart",
        "birth_far": "dates of birth more than %(years)s years apart",
        "sex_other": "not the same sex",
        "citizenship_same": "same citizenship: %(one)s",
        "citizenship_other": "other citizenship",
        "document_same": "same document number: %(one)s",
        "document_same_other_issuer": "same document number of another issuer: %(one)s",
    }
)
"""What each reason says, in English. Screens translate by the code."""


def compare(one: Traits, other: Traits, *, prior: float = 0.0) -> Likeness:
    """How likely the two are one person. Symmetric in its score.

    `prior` is the log odds before anything was compared: 0 for a pair that somebody put together, below it for one of
    many records that a search brought up.
    """
    found = [
        *_names(one, other),
        *_fathers(one, other),
        *_births(one.birth, other.birth),
        *_sexes(one.sex, other.sex),
        *_citizenships(one.citizenships, other.citizenships),
        *_documents(one.documents, other.documents),
    ]
    odds = prior + sum(reason.weight for reason in found)
    return Likeness(1 / (1 + math.exp(-odds)), tuple(sorted(found, key=lambda reason: -abs(reason.weight))))


def _best(some: Iterable[str], others: Iterable[str]) -> Pairing:
    split = [words(name) for name in others]
    return max((pairing(words(a), b) for a in some for b in split), key=lambda found: found.score, default=NOTHING)


def _names(one: Traits, other: Traits) -> list[Reason]:
    if not one.names or not other.names:
        return [Reason("name_not_known", NO_NAME)]
    best = _best(one.names, other.names)
    little = LITTLE_TOLD * max(0.0, ENOUGH_TOLD - best.told)
    weight = max(NAME_LEAST, NAME_BASE + NAME_SLOPE * best.score - little)
    facts = {"one": one.names[0], "other": other.names[0]}
    if best.pairs:
        facts = dict(zip(("one", "other"), _spellings(best), strict=True))
    if facts["one"] == facts["other"]:
        return [Reason("name_same", weight, facts)]
    code = "name_spelled_otherwise" if best.score >= 0.85 else "name_alike" if weight > 0 else "name_other"
    return [Reason(code, weight, facts)]


def _spellings(found: Pairing) -> tuple[str, str]:
    def written(side: list[Word]) -> str:
        return " ".join(word.text.title() if word.script != "Arab" else word.text for word in side)

    return written([pair[0] for pair in found.pairs]), written([pair[1] for pair in found.pairs])


def _fathers(one: Traits, other: Traits) -> list[Reason]:
    if not one.fathers or not other.fathers:
        return []
    alike = _best(one.fathers, other.fathers).score
    facts = {"one": one.fathers[0], "other": other.fathers[0]}
    if alike >= 0.8:
        return [Reason("father_same", FATHER_SAME, facts)]
    return [Reason("father_other", FATHER_OTHER, facts)] if alike < 0.55 else []


def _births(one: Birth | None, other: Birth | None) -> list[Reason]:
    if one is None or other is None:
        return []
    first, last = max(one.earliest, other.earliest), min(one.latest, other.latest)
    if first <= last:
        return [_birth_met(one, other)]
    if _swapped(one, other):
        return [Reason("birth_swapped", BIRTH_SWAPPED)]
    years = (first - last).days / 365.25
    if one.iso[:4] and one.iso[:4] == other.iso[:4]:
        return [Reason("birth_year_same", 0.8 if _may_stand_for_year(one, other) else -0.3, {"one": one.iso[:4]})]
    for most, weight in BIRTH_GAPS:
        if years <= most:
            return [Reason("birth_near", weight, {"years": f"{most:.0f}"})]
    return [Reason("birth_far", BIRTH_FAR, {"years": f"{BIRTH_GAPS[-1][0]:.0f}"})]


def _birth_met(one: Birth, other: Birth) -> Reason:
    """Two ranges meet: the wider the wider one is, the less it says."""
    widest = max((birth.latest - birth.earliest).days + 1 for birth in (one, other))
    weight = max(0.0, _BIRTH_SCALE * math.log(_DAYS_OF_LIVES / widest))
    if widest == 1:
        # 1 January is printed for days that are not known, so that many share it.
        placeholder = (one.earliest.month, one.earliest.day) == (1, 1)
        return Reason("birth_day_same", weight * (0.45 if placeholder else 1), {"one": one.iso})
    if one.iso[:4] and one.iso[:4] == other.iso[:4]:
        return Reason("birth_year_same", weight, {"one": one.iso[:4]})
    return Reason("birth_overlaps", weight)


def _swapped(one: Birth, other: Birth) -> bool:
    if one.earliest != one.latest or other.earliest != other.latest or one.earliest.day > 12:
        return False
    return date(one.earliest.year, one.earliest.day, one.earliest.month) == other.earliest


def _may_stand_for_year(one: Birth, other: Birth) -> bool:
    return any((birth.earliest.month, birth.earliest.day) == (1, 1) for birth in (one, other))


def _sexes(one: str, other: str) -> list[Reason]:
    return [Reason("sex_other", SEX_OTHER)] if {one, other} == {"female", "male"} else []


def _citizenships(one: frozenset[str], other: frozenset[str]) -> list[Reason]:
    if not one or not other:
        return []
    shared = sorted(one & other)
    if shared:
        return [Reason("citizenship_same", CITIZENSHIP_SAME, {"one": shared[0]})]
    return [Reason("citizenship_other", CITIZENSHIP_OTHER)]


def _documents(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> list[Reason]:
    mine, theirs = (
        {_plain(number): issuer for issuer, number in one},
        {_plain(number): issuer for issuer, number in other},
    )
    shared = sorted(number for number in mine.keys() & theirs.keys() if number)
    if not shared:
        return []
    same_issuer = [
        number for number in shared if not mine[number] or not theirs[number] or mine[number] == theirs[number]
    ]
    if same_issuer:
        return [Reason("document_same", DOCUMENT_SAME, {"one": same_issuer[0]})]
    return [Reason("document_same_other_issuer", DOCUMENT_SAME_OTHER_ISSUER, {"one": shared[0]})]


def _plain(number: str) -> str:
    return "".join(character for character in number.upper() if character.isalnum())
