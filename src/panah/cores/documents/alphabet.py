"""The alphabet of the machine-readable zone and its check digit (ICAO Doc 9303-3, 4.3 and 4.9)."""

from __future__ import annotations

from typing import Final

FILLER: Final = "<"
LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS: Final = frozenset("0123456789")
CHARACTERS: Final = LETTERS | DIGITS | {FILLER}

VALUES: Final = {FILLER: 0} | {character: int(character, 36) for character in sorted(LETTERS | DIGITS)}
WEIGHTS: Final = (7, 3, 1)

# A translation table turns every character into a code point equal to its value, so that a check digit is three
# slices and three sums of bytes. Anything outside the alphabet counts nothing, as a filler does.
_VALUE_OF_BYTE: Final = bytes(VALUES.get(chr(number), 0) for number in range(256))


def check_digit(text: str) -> str:
    """The check digit of `text`: values times 7, 3, 1 repeating from the left, summed, modulo 10.

    A character outside the alphabet counts as a filler, so that damaged text still has a digit to compare with.
    """
    values = text.encode("latin-1", "replace").translate(_VALUE_OF_BYTE)
    return str((7 * sum(values[0::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10)
