"""What is said about one identity number, and how a number as people write it becomes one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from panah.cores.documents.problems import Problem

Sex = Literal["female", "male"]

_BETWEEN: Final = frozenset(" \t-–—‐‑_./\\\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\ufeff")


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number and what its own characters say; no register was asked.

    `valid` is True where a published check digit agrees, False where the check digit or the shape is wrong, None
    where no check digit is published and only the shape was tested. `sex` and `birth_date` are hints from the digits,
    never facts about a person. `is_shaped` is False where the text cannot be a number of this kind at all.
    """

    country: str
    number: str
    kind: str
    valid: bool | None
    sex: Sex | None = None
    birth_date: date | None = None
    problems: tuple[Problem, ...] = ()
    is_shaped: bool = True

    def as_json(self) -> dict[str, object]:
        """The keys of `panah id-number`, in order, as plain values."""
        return {
            "country": self.country,
            "number": self.number,
            "kind": self.kind,
            "valid": self.valid,
            "sex": self.sex,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "problems": [problem.as_json() for problem in self.problems],
        }

    def noting(self, code: str, sentence: str) -> IdentityNumber:
        return replace(self, problems=(*self.problems, Problem(code, sentence)))


def normalised(text: str) -> str:
    """Capitals and the digits 0 to 9, without what people put between them.

    Digits of any script (۱۲۳, ١٢٣, full width) become 0 to 9; marks of writing direction go.
    """
    written: list[str] = []
    for character in unicodedata.normalize("NFKC", text):
        if character in _BETWEEN:
            continue
        digit = unicodedata.digit(character, None)
        written.append(str(digit) if digit is not None else character.upper())
    return "".join(written)


def only_digits(number: str) -> bool:
    return number.isascii() and number.isdigit()


def misshapen(country: str, number: str, kind: str, allowed: str) -> IdentityNumber:
    """The answer for a text that cannot be a number of this kind."""
    found = f"{len(number)} characters" if number else "nothing"
    sentence = f"The number is {number!r} ({found}); a {kind} has {allowed}. Compare it with the document."
    return IdentityNumber(country, number, kind, False, problems=(Problem("shape", sentence),), is_shaped=False)


def with_check_digit(found: IdentityNumber, expected: str, position: int) -> IdentityNumber:
    """Compare the digit at `position` (from 1) with the one computed."""
    printed = found.number[position - 1]
    if printed == expected:
        return replace(found, valid=True)
    sentence = (
        f"Digit {position} is {printed}; computed it is {expected}. Compare the number with the document. "
        "A wrong check digit never refuses a person."
    )
    return replace(found, valid=False, problems=(*found.problems, Problem("check_digit_wrong", sentence)))


def as_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
