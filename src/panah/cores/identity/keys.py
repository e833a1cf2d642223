"""Keys under which a person is found again: consonant skeletons of the words of the name, day of birth, document numbers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from panah.cores.identity.birth import Birth, Precision
from panah.cores.identity.names import Word, joined, words

LONGEST_KEY: Final = 12
_SHORT_WORD: Final = 5
"""Letters. Words as short as this are often written together with their neighbour (`Shah Gul`, `Abdul Karim`)."""


def name_keys(names: Iterable[str]) -> frozenset[str]:
    """The keys of all words of all the names; two spellings of one name share at least one."""
    return frozenset(key for name in names for group in grouped_keys(words(name)) for key in group)


def grouped_keys(name: tuple[Word, ...]) -> tuple[frozenset[str], ...]:
    """For each word of a name, and each pair of neighbours that may be one word, the keys it is looked up by."""
    groups = [_of(word) for word in name]
    groups += [
        _of(joined(one, next_one))
        for one, next_one in pairwise(name)
        if min(len(one.text), len(next_one.text)) <= _SHORT_WORD
    ]
    return tuple(group for group in groups if group)


def document_key(secret: bytes, number: str) -> str:
    """The key of a document number: HMAC-SHA-256 under a secret of the installation, so that the index gives no number away.

    Spaces, signs and case do not matter. The issuer is not part of it, since papers and people name it differently.
    """
    plain = "".join(character for character in number.upper() if character.isalnum())
    return "#" + hmac.new(secret, plain.encode(), hashlib.sha256).hexdigest()[:40]


def birth_key(birth: Birth | None) -> str:
    """The key of a whole date of birth; empty for a part of one, and for 1 January, which stands for days not known."""
    if birth is None or birth.precision is not Precision.DAY or (birth.earliest.month, birth.earliest.day) == (1, 1):
        return ""
    return f"@{birth.earliest.isoformat()}"


def _of(word: Word) -> frozenset[str]:
    return frozenset(reading[:LONGEST_KEY] for reading in (*word.skeletons, *word.stems))
