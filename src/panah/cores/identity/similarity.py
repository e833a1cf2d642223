"""How alike two names are, from 0 to 1, whatever scripts they are written in.

Words are paired one to one in any order (offices put the family name first or last), a word may meet two that the other
side writes apart, and a pair counts as much as it tells: a long, rare skeleton more than `Ali`. What stays unpaired on
the longer side costs little, since names are left out as often as they are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from rapidfuzz.distance import JaroWinkler, Levenshtein

from panah.cores.identity.names import Word, joined

PAIRED_FROM: Final = 0.52
"""Two words less alike than this are not taken for the same."""

UNPAIRED_SHORTER: Final = 1.2
UNPAIRED_LONGER: Final = 0.3
SAME_CONSONANTS: Final = 0.84
SAME_STEM: Final = 0.92
OTHER_CONSONANTS: Final = 0.85


@dataclass(frozen=True, slots=True)
class Pairing:
    """The likeness of two names and the words that were paired: (word of the one, word of the other, likeness).

    `told` is the sum of what the paired words tell, about one for each full word.
    """

    score: float
    pairs: tuple[tuple[Word, Word, float], ...]
    told: float = 0.0


NOTHING: Final = Pairing(0.0, ())


def pairing(one: tuple[Word, ...], other: tuple[Word, ...]) -> Pairing:
    """Pair the words of two names; symmetric in its score."""
    if not one or not other:
        return NOTHING
    one, other = _together(one, other), _together(other, one)
    if len(one) <= len(other):
        return _paired(one, other)
    found = _paired(other, one)
    return Pairing(found.score, tuple((b, a, alike) for a, b, alike in found.pairs), found.told)


def _paired(shorter: tuple[Word, ...], longer: tuple[Word, ...]) -> Pairing:
    ranked = sorted(
        ((likeness(a, b), -abs(i - j), i, j) for i, a in enumerate(shorter) for j, b in enumerate(longer)), reverse=True
    )
    left, right = set(range(len(shorter))), set(range(len(longer)))
    pairs, met, weights = [], 0.0, 0.0
    for alike, _, i, j in ranked:
        if alike < PAIRED_FROM:
            break
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            weight = (tells(shorter[i]) + tells(longer[j])) / 2
            met, weights = met + weight * alike, weights + weight
            pairs.append((i, shorter[i], longer[j], alike))
    lost = UNPAIRED_SHORTER * sum(tells(shorter[i]) for i in left) + UNPAIRED_LONGER * sum(
        tells(longer[j]) for j in right
    )
    return Pairing(
        met / (weights + lost) if pairs else 0.0, tuple(pair[1:] for pair in sorted(pairs, key=itemgetter(0))), weights
    )


@lru_cache(maxsize=262144)
def likeness(one: Word, other: Word) -> float:
    """How alike two words are, 0 to 1: all letters where both scripts write vowels, consonants where one does not."""
    if one.text == other.text:
        return 1.0
    letters = _letters(one, other)
    if _meet(one.skeletons, other.skeletons):
        return SAME_CONSONANTS + (1 - SAME_CONSONANTS) * max(0.0, 2 * letters - 1)
    if _meet(one.skeletons + one.stems, other.skeletons + other.stems):
        return SAME_STEM * (SAME_CONSONANTS + (1 - SAME_CONSONANTS) * max(0.0, 2 * letters - 1))
    consonants = max(
        (Levenshtein.normalized_similarity(a, b) for a in one.skeletons[:4] for b in other.skeletons[:4]), default=0.0
    )
    return OTHER_CONSONANTS * (0.5 * consonants + 0.5 * letters)


def _letters(one: Word, other: Word) -> float:
    """Likeness of the letters; without vowels where one script does not write them."""
    if (one.script == "Arab") is (other.script == "Arab"):
        return JaroWinkler.similarity(one.plain, other.plain)
    return JaroWinkler.similarity(without_vowels(one.plain), without_vowels(other.plain))


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(reading in others for reading in some)


def without_vowels(plain: str) -> str:
    return plain[:1].translate(_VOWEL_AT_FIRST) + plain[1:].translate(_NO_VOWELS)


_NO_VOWELS: Final = str.maketrans("", "", "aeiou")
_VOWEL_AT_FIRST: Final = str.maketrans("eiou", "aaaa")


@lru_cache(maxsize=65536)
def tells(word: Word) -> float:
    """How much it says that two names share this word: by the number of its consonants, 0.35 to 1."""
    consonants = len(word.skeletons[0].replace("A", "")) if word.skeletons else 0
    return (0.35, 0.35, 0.6, 0.85, 0.95, 1.0)[min(consonants, 5)]


def _together(name: tuple[Word, ...], other: tuple[Word, ...]) -> tuple[Word, ...]:
    """The name with two neighbouring words made one where the other name writes them so."""
    at = 0
    while at < len(name) - 1:
        both = joined(name[at], name[at + 1])
        if any(
            not set(both.skeletons).isdisjoint(word.skeletons)
            and len(word.text) > max(len(name[at].text), len(name[at + 1].text))
            for word in other
        ):
            name = (*name[:at], both, *name[at + 2 :])
        at += 1
    return name
