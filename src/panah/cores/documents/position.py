"""Reading errors that the position alone gives away: a letter among digits, a digit among letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from panah.cores.documents.alphabet import CHARACTERS, DIGITS, FILLER, LETTERS
from panah.cores.documents.codes import KNOWN_CODES
from panah.cores.documents.layouts import ALPHABETIC, NUMERIC, TITLES, Layout
from panah.cores.documents.problems import Problem

LETTER_TO_DIGITS: Final = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "U": "0",
    "I": "1",
    "L": "1",
    "J": "1",
    "T": "71",
    "Z": "27",
    "S": "58",
    "G": "69",
    "B": "83",
    "A": "4",
    "|": "1",
    "!": "1",
    "]": "1",
    "[": "1",
    "$": "5",
    "§": "5",
    "&": "8",
    "?": "27",
}
"""The digits that a letter or a sign can be, the likeliest first."""

DIGIT_TO_LETTERS: Final = {"0": "ODQ", "1": "ILT", "2": "Z", "5": "S", "6": "G", "8": "B", "4": "A", "7": "TZ"}
"""The letters that a digit can be, the likeliest first."""

FILLER_LETTERS: Final = "KCSEL"
"""The letters that recognisers take a filler for (github.com/googlesamples/mlkit, 354; naptha/tesseract.js, 520)."""

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One character read as another. `line` and `column` count from 0."""

    line: int
    column: int
    found: str
    read_as: str

    def applied(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        line = lines[self.line]
        changed = line[: self.column] + self.read_as + line[self.column + 1 :]
        return (*lines[: self.line], changed, *lines[self.line + 1 :])


def apply(changes: tuple[Change, ...], lines: tuple[str, ...]) -> tuple[str, ...]:
    for change in changes:
        lines = change.applied(lines)
    return lines


def _name_of(character: str) -> str:
    if character == FILLER:
        return "a filler"
    if character in DIGITS:
        return f"the digit {character}"
    if character in LETTERS:
        return f"the letter {character}"
    return f"the sign {character!r}"


def repaired(change: Change, why: str) -> Problem:
    """A change that was made."""
    sentence = (
        f"Line {change.line + 1}, position {change.column + 1}: {_name_of(change.found)} was read as "
        f"{_name_of(change.read_as)}, because {why}."
    )
    return Problem("repaired", sentence, change.line + 1, change.column + 1, change.found, change.read_as)


def proposed(change: Change, why: str) -> Problem:
    """A change that was not made."""
    sentence = (
        f"Line {change.line + 1}, position {change.column + 1}: {_name_of(change.found)} could be "
        f"{_name_of(change.read_as)}: {why}. Nothing was changed; compare it with the document."
    )
    return Problem("repair_proposed", sentence, change.line + 1, change.column + 1, change.found, change.read_as)


def numeric_choices(character: str, field: str) -> str:
    """What a character can be where only digits stand, the likeliest first; empty where nothing is known.

    A letter that recognisers take a filler for is a filler in a date, which may be unknown, and never a digit there.
    """
    choices = LETTER_TO_DIGITS.get(character, "")
    return choices or (FILLER if character in FILLER_LETTERS and field != "composite" else "")


def _code_changes(layout: Layout, lines: tuple[str, ...], field: str) -> Iterator[Change]:
    """Digits in a code of an issuer or nationality: the letters that make it a known code, if only one does."""
    span = layout.spans[field]
    printed = span.of(lines)
    options = [DIGIT_TO_LETTERS.get(character, character) for character in printed]
    known = [code for letters in product(*options) if (code := "".join(letters)).rstrip(FILLER) in KNOWN_CODES]
    other = layout.spans.get("nationality" if field == "issuer" else "issuer")
    agreed = [code for code in known if other is not None and code == other.of(lines)]
    chosen = agreed or known
    target = chosen[0] if len(chosen) == 1 else "".join(letters[0] for letters in options)
    for index, (found, read_as) in enumerate(zip(printed, target, strict=True)):
        if found != read_as:
            yield Change(span.line, span.start + index, found, read_as)


def changes_by_position(layout: Layout, lines: tuple[str, ...]) -> tuple[Change, ...]:
    """The first choice for every character that cannot stand where it stands."""
    changes: list[Change] = []
    for field, span in layout.spans.items():
        printed = span.of(lines)
        if field in NUMERIC:
            if DIGITS.issuperset(printed):
                continue
            for index, character in enumerate(printed):
                if character in DIGITS or character == FILLER:
                    continue
                choices = numeric_choices(character, field)
                if choices:
                    changes.append(Change(span.line, span.start + index, character, choices[0]))
        elif field in ALPHABETIC and not DIGITS.isdisjoint(printed):
            if field in {"issuer", "nationality"}:
                changes.extend(_code_changes(layout, lines, field))
                continue
            changes.extend(
                Change(span.line, span.start + index, character, DIGIT_TO_LETTERS[character][0])
                for index, character in enumerate(printed)
                if character in DIGIT_TO_LETTERS
            )
    return tuple(changes)


def why_by_position(layout: Layout, change: Change) -> str:
    field = layout.field_at[change.line, change.column]
    if field in NUMERIC:
        return f"only digits can stand in the {TITLES[field]}"
    return f"no digit can stand in the {TITLES[field]}"


def misplaced(layout: Layout, lines: tuple[str, ...]) -> Iterator[Problem]:
    """What is left that cannot stand where it stands."""
    for (line, column), field in sorted(layout.field_at.items()):
        character = lines[line][column]
        if field in NUMERIC:
            wrong, allowed = character not in DIGITS and character != FILLER, "a digit"
        elif field in ALPHABETIC:
            wrong, allowed = character not in LETTERS and character != FILLER, "a letter or a filler"
        elif field == "sex":
            continue
        else:
            wrong, allowed = character not in CHARACTERS, "a letter, a digit or a filler"
        if wrong:
            sentence = (
                f"Line {line + 1}, position {column + 1}: {_name_of(character)} stands in the {TITLES[field]}, "
                f"where only {allowed} can stand. Compare it with the document and type it again."
            )
            yield Problem("character_not_allowed", sentence, line + 1, column + 1, character)
