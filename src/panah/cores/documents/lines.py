"""From what people type, paste or scan to lines of a machine-readable zone.

Typography is taken away silently: case, blanks, line ends, byte order marks, quotes, numbering. Whatever could change
a character is reported as a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from panah.cores.documents.alphabet import CHARACTERS, FILLER

LONGEST_LINE: Final = 200
MOST_LINES: Final = 40
LONGEST_BLOCK: Final = 100

FILLER_LOOKALIKES: Final = frozenset("‹〈⟨〈＜≤≺˂ᐸ❮⋖")
MISREAD_FILLERS: Final = frozenset("(")
"""Taken as a filler too, and said so: it may have been a C or a G."""
DOUBLE_FILLER_LOOKALIKES: Final = frozenset("«《⟪≪")

LETTER_LOOKALIKES: Final = dict(zip("АВЕЁКМНОРСТУХІЅЈЗΙΟΚ", "ABEEKMHOPCTYXISJ3IOK", strict=True))
"""Letters of other scripts that look like a letter of the zone: what a Cyrillic keyboard types."""

_NUMBERING: Final = re.compile(r"^(?:LINE|MRZ|L|СТРОКА)?\s*\d{1,2}\s*[:.)\]|]\s*|^\d{1,2}\s+", re.IGNORECASE)
_QUOTES: Final = " \t\r\f\v\u200b\u200e\u200f\u2060\ufeff\xa0\"'`“”„’‘*•>#·;,"
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Substitution:
    """A character of another script or shape, taken as one of the zone. `column` counts from 0 in the clean line."""

    column: int
    found: str
    read_as: str


@dataclass(frozen=True, slots=True)
class CleanLine:
    """One reading of one line of text.

    `source` is the line number in the text, from 1; `cost` says how much had to be assumed.
    """

    text: str
    source: int
    substitutions: tuple[Substitution, ...] = ()
    cost: int = 0
    blanks_are_fillers: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The text between empty lines and the number of its first line, from 1.

    `unread` counts lines past the hundredth, which are not kept: no document has so many.
    """

    first_line: int
    text: str
    unread: int = 0


def split_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """The blocks of a file: runs of lines parted by empty lines. Holds no more than one block at a time."""
    held: list[str] = []
    first, unread = 0, 0
    for number, line in enumerate(lines, start=1):
        if line.strip(" \t\r\n\f\v\ufeff\xa0"):
            if not held:
                first = number
            if len(held) < LONGEST_BLOCK:
                held.append(line.rstrip("\r\n"))
            else:
                unread += 1
        elif held:
            yield Block(first, "\n".join(held), unread)
            held, unread = [], 0
    if held:
        yield Block(first, "\n".join(held), unread)


def _fold(character: str, *, double_as: str) -> str:
    """One character of the text as it would stand in the zone; unchanged where nothing is known of it."""
    if character in CHARACTERS:
        return character
    if character in DOUBLE_FILLER_LOOKALIKES:
        return double_as
    if character in FILLER_LOOKALIKES | MISREAD_FILLERS:
        return FILLER
    upper = character.upper()
    if upper in CHARACTERS:
        return upper
    if upper in LETTER_LOOKALIKES:
        return LETTER_LOOKALIKES[upper]
    folded = unicodedata.normalize("NFKC", upper)
    if len(folded) == 1 and folded in CHARACTERS:
        return folded
    digit = unicodedata.digit(character, None)
    return str(digit) if digit is not None else upper[:1]


def _fold_line(line: str, source: int, cost: int, *, double_as: str = FILLER * 2, singles: int = 0) -> CleanLine:
    """`singles` is how many of the first characters are one filler each where they look like two."""
    written: list[str] = []
    substitutions: list[Substitution] = []
    column = 0
    for place, character in enumerate(line):
        folded = _fold(character, double_as=FILLER if place < singles else double_as)
        if character.upper() != folded and character not in FILLER_LOOKALIKES:
            substitutions.append(Substitution(column, character, folded))
        written.append(folded)
        column += len(folded)
    return CleanLine("".join(written), source, tuple(substitutions), cost)


def readings(line: str, source: int) -> tuple[CleanLine, ...]:
    """The ways in which one line of text can be meant, the likeliest first.

    Blanks are read as nothing, or as fillers; a number at the beginning as numbering, or as part of the zone;
    one « as two fillers, or as one.
    """
    if CHARACTERS.issuperset(line):
        return (CleanLine(line, source),)
    line = line.replace("&lt;", FILLER).replace("&LT;", FILLER)
    stripped = line.strip(_QUOTES)
    found: list[CleanLine] = []
    numbered = _NUMBERING.sub("", stripped, count=1).strip(_QUOTES)
    bodies = [(stripped, 0)] if numbered == stripped else [(stripped, 1), (numbered, 0)]
    for body, cost in bodies:
        found.append(_fold_line(_BLANKS.sub("", body), source, cost))
        if _BLANKS.search(body):
            for filled in (_BLANKS.sub(FILLER, body), re.sub(r"\s", FILLER, body)):
                found.append(replace(_fold_line(filled, source, cost + 2), blanks_are_fillers=True))
        if any(character in DOUBLE_FILLER_LOOKALIKES for character in body):
            single = _BLANKS.sub("", body)
            found.append(_fold_line(single, source, cost + 1, double_as=FILLER))
            # "P«UTO": after the first letter of a zone there is one filler, whatever the others are.
            found.append(_fold_line(single, source, cost + 1, singles=2))
    found.sort(key=lambda reading: -reading.cost)
    return tuple({reading.text: reading for reading in found}.values())[::-1]


def clean_lines(text: str) -> tuple[tuple[CleanLine, ...], ...]:
    """The lines of `text` that say anything, each with its possible readings.

    Lines past the fortieth and lines of more than 200 characters are left out: no zone has them.
    """
    lines: list[tuple[CleanLine, ...]] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if len(line) > LONGEST_LINE or not line.strip(_QUOTES):
            continue
        lines.append(readings(line, number))
        if len(lines) == MOST_LINES:
            break
    return tuple(lines)
