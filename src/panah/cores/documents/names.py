"""The name field: primary and secondary identifier, divided by two fillers (ICAO Doc 9303-3, 4.6).

The primary identifier is what the issuer takes for the main name, often the family name; the secondary is the rest. A
person with one name has only a primary identifier: that is a whole name, not half of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from panah.cores.documents.alphabet import FILLER, LETTERS

SEPARATOR: Final = FILLER * 2

PLACEHOLDERS: Final = frozenset({"FNU", "LNU", "XXX", "XXXX", "UNKNOWN", "NFN", "NLN", "NONAME", "NO NAME", "NIL"})
"""What offices write for a name that a person does not have; never a name."""


@dataclass(frozen=True, slots=True)
class Names:
    """The name as the zone has it, in its alphabet, the parts of each identifier divided by spaces.

    `truncated` is true where the name reaches the last position of its field: by Doc 9303-4, 4.2.3 it must then be
    treated as cut, although it may not be.
    """

    primary: str | None
    secondary: str | None
    truncated: bool

    def as_json(self) -> dict[str, str | bool | None]:
        return {"primary": self.primary, "secondary": self.secondary, "truncated": self.truncated}


def _identifier(text: str) -> str | None:
    return " ".join(text.replace(FILLER, " ").split()) or None


def read_names(field: str) -> Names:
    """Read a name field that holds both identifiers."""
    primary, _, secondary = field.rstrip(FILLER).partition(SEPARATOR)
    return Names(_identifier(primary), _identifier(secondary), field[-1:] in LETTERS)


def read_separate_names(primary: str, secondary: str) -> Names:
    """Read two fields that hold one identifier each."""
    truncated = primary[-1:] in LETTERS or secondary[-1:] in LETTERS
    return Names(_identifier(primary), _identifier(secondary), truncated)


def _shorten(words: list[str], width: int) -> list[str]:
    """Take letters from the longest words, and then whole words from the end, until all fit into `width`."""
    shortened = list(words)
    while len(FILLER.join(shortened)) > width:
        longest = max(range(len(shortened)), key=lambda index: len(shortened[index]))
        if len(shortened[longest]) > 1:
            shortened[longest] = shortened[longest][:-1]
        else:
            shortened.pop()
    return shortened


def _cut_at_a_letter(words: list[str], width: int) -> str:
    """Words divided by fillers, cut at `width` so that the last position holds a letter."""
    text = FILLER.join(words)
    if len(text) > width and text[width - 1] == FILLER:
        kept = text[: width - 1].split(FILLER)
        longest = max(range(len(kept)), key=lambda index: len(kept[index]))
        words = [word[:-1] if index == longest and len(word) > 1 else word for index, word in enumerate(words)]
        text = FILLER.join(words)
    return text[:width]


def write_names(primary: str, secondary: str, width: int) -> str:
    """The name field of `width` positions for two identifiers in the alphabet of the zone, fillers between parts.

    A name that fits is never cut. One that does not is cut as 9303-4, 4.2.2.1 asks: the primary identifier gives way
    only until the separator and the first letter of the secondary fit, and the field ends with a letter.
    """
    whole = primary + SEPARATOR + secondary if secondary else primary
    if len(whole) <= width:
        return whole.ljust(width, FILLER)
    if not secondary:
        return _cut_at_a_letter(primary.split(FILLER), width).ljust(width, FILLER)
    kept = FILLER.join(_shorten(primary.split(FILLER), width - len(SEPARATOR) - 1)) + SEPARATOR
    return (kept + _cut_at_a_letter(secondary.split(FILLER), width - len(kept))).ljust(width, FILLER)
