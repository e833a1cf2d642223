"""Reading errors put right where the position or the check digits leave one way only; the others are proposed.

Two rules. Where only digits or only letters can stand, a look-alike of the other kind is read as what can stand
there. Where both can stand, a letter after a digit is changed into a digit only if two check digits cover it and
that change alone makes every check digit of the zone agree; everything else is proposed and not made. Each repair and
each proposal is a problem. docs/algorithms/machine-readable-zones.md has the measurements behind the second rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from panah.cores.documents.alphabet import DIGITS, FILLER, LETTERS
from panah.cores.documents.checks import Check, read_checks
from panah.cores.documents.codes import KNOWN_CODES
from panah.cores.documents.layouts import MIXED, NUMERIC, TITLES, Layout, Span
from panah.cores.documents.names import SEPARATOR
from panah.cores.documents.position import (
    FILLER_LETTERS,
    Change,
    apply,
    changes_by_position,
    numeric_choices,
    proposed,
    repaired,
    why_by_position,
)
from panah.cores.documents.problems import Problem

MIXED_LETTER_TO_DIGIT: Final = {"O": "0", "Q": "0", "D": "0", "I": "1", "Z": "2", "S": "5", "B": "8"}
MIXED_DIGIT_TO_LETTERS: Final = {"0": "ODQ", "1": "I", "2": "Z", "5": "S", "8": "B"}
"""Confusions where letters and digits both stand. G and 6, L and 1, U and 0 differ by ten or twenty: no check digit
can tell them apart, so they are not here."""

Move = tuple[Change, ...]

MOST_LETTERS: Final = 2
"""A field with more letters than this is not mostly digits: a letter in it is then no sign of a misread digit."""

MOST_PROPOSALS: Final = 5
MOST_COMBINATIONS: Final = 400

_WHY_CHECKS: Final = "it is the only likely misreading with which the check digits agree"
_WHY_CHECKED_ONCE: Final = "with it the check digits agree, but only one of them covers it, and that one may be misread"
_WHY_POSSIBLE: Final = "with it the check digits agree, but what stands there is as likely"
_WHY_ONE_OF_SEVERAL: Final = "with it the check digits agree, but another change would do the same"
_WHY_AFTER_NAME: Final = "the name has ended before it and only fillers can follow"


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lines after repair, with what was changed and what could be."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def _wrong(layout: Layout, lines: tuple[str, ...]) -> tuple[Check, ...]:
    return tuple(check for check in read_checks(layout, lines) if check.state == "wrong")


def _likely_choices(line: str, span: Span, column: int) -> str:
    """A letter after a digit is likely a digit, where the field has few letters and they stand at its beginning."""
    character = line[column]
    choices = ""
    before = line[column - 1] if column > span.start else ""
    if before in DIGITS and character in MIXED_LETTER_TO_DIGIT:
        field = line[span.start : span.end]
        others = sum(letter in LETTERS and letter != character for letter in field)
        choices = MIXED_LETTER_TO_DIGIT[character] if others <= MOST_LETTERS else ""
    ends_here = not line[column + 1 : span.end].strip(FILLER)
    if before == FILLER and ends_here and character in FILLER_LETTERS:
        choices += FILLER
    return choices


def _possible_choices(line: str, span: Span, column: int) -> str:
    """A letter elsewhere may be a digit, and a digit that begins a number or stands beside a letter may be a letter."""
    character = line[column]
    if character in LETTERS:
        return MIXED_LETTER_TO_DIGIT.get(character, "")
    before = line[column - 1] if column > span.start else "A"
    after = line[column + 1] if column + 1 < span.end else ""
    return MIXED_DIGIT_TO_LETTERS.get(character, "") if before in LETTERS or after in LETTERS else ""


Choices = Callable[[str, Span, int], str]


def _single_changes(layout: Layout, read: tuple[str, ...], lines: tuple[str, ...], mixed: Choices) -> Iterator[Change]:
    """Every other way to read one character: `read` is what was found, `lines` what is assumed so far."""
    for field, span in layout.spans.items():
        if field not in NUMERIC and field not in MIXED:
            continue
        found, assumed = read[span.line], lines[span.line]
        for column in range(span.start, span.end):
            choices = ""
            if field in MIXED:
                choices = mixed(assumed, span, column)
            elif found[column] not in DIGITS:
                choices = numeric_choices(found[column], field)
            for choice in choices:
                if choice != assumed[column]:
                    yield Change(span.line, column, assumed[column], choice)


def _throughout(layout: Layout, lines: tuple[str, ...]) -> Iterator[Move]:
    """One letter taken for one digit wherever it stands after the beginning of a field: one eye or lens errs alike."""
    for field in sorted(MIXED & set(layout.spans)):
        span = layout.spans[field]
        line = lines[span.line]
        for letter, digit in MIXED_LETTER_TO_DIGIT.items():
            columns = [
                column
                for column in range(span.start + 1, span.end)
                if line[column] == letter and line[column - 1] in DIGITS | {letter}
            ]
            if len(columns) > 1:
                yield tuple(Change(span.line, column, letter, digit) for column in columns)


def _solutions(layout: Layout, lines: tuple[str, ...], moves: tuple[Move, ...]) -> list[Move]:
    """The changes that make all check digits agree: one move, or where none does, one for each wrong field."""
    found = [move for move in moves if not _wrong(layout, apply(move, lines))]
    if found:
        return found
    by_field: list[list[Move]] = []
    size = 1
    for check in _wrong(layout, lines):
        if check.name != "composite":
            mending = [
                move for move in moves if check.name not in {left.name for left in _wrong(layout, apply(move, lines))}
            ]
            by_field.append(mending)
            size *= len(mending)
    if len(by_field) < 2 or size > MOST_COMBINATIONS:
        return []
    combined = (tuple(change for move in chosen for change in move) for chosen in product(*by_field))
    return [changes for changes in combined if not _wrong(layout, apply(changes, lines))]


def _agreed(layout: Layout, solutions: list[Move]) -> Move:
    """The changes in the fields that every solution changes alike."""
    agreed: list[Change] = []
    for field in layout.spans:
        per_solution = {
            tuple(change for change in changes if layout.field_at[change.line, change.column] == field)
            for changes in solutions
        }
        if len(per_solution) == 1:
            agreed.extend(per_solution.pop())
    return tuple(agreed)


def _mended_by_checks(layout: Layout, read: tuple[str, ...], lines: tuple[str, ...]) -> Repaired:
    """Make the likely changes that there is no alternative to in their field; propose the others."""
    if not _wrong(layout, lines):
        return Repaired(lines, ())
    singles = ((change,) for change in _single_changes(layout, read, lines, _likely_choices))
    solutions = _solutions(layout, lines, (*singles, *_throughout(layout, lines)))
    agreed = _agreed(layout, solutions)
    made = tuple(change for change in agreed if _is_checked_twice(layout, change))
    why = _WHY_CHECKED_ONCE if agreed else _WHY_ONE_OF_SEVERAL
    if not solutions:
        possible = tuple((change,) for change in _single_changes(layout, read, lines, _possible_choices))
        solutions, why = _solutions(layout, lines, possible), _WHY_POSSIBLE
    said = [repaired(_as_found(change, read), _WHY_CHECKS) for change in made]
    open_ = _distinct(change for changes in solutions for change in changes if change not in made)
    said.extend(proposed(_as_found(change, read), why) for change in open_[:MOST_PROPOSALS])
    return Repaired(apply(made, lines), tuple(said))


def _is_checked_twice(layout: Layout, change: Change) -> bool:
    """Whether two check digits cover a character, its own and the composite.

    One alone cannot tell a misread character from a misread check digit; two can, since they weigh both differently.
    Where only digits can stand something must be chosen, and one is enough.
    """
    field = layout.field_at[change.line, change.column]
    return field in NUMERIC or (bool(layout.composite) and f"{field}_check" in layout.spans)


def _as_found(change: Change, read: tuple[str, ...]) -> Change:
    return Change(change.line, change.column, read[change.line][change.column], change.read_as)


def _fillers_after_name(span: Span, lines: tuple[str, ...]) -> Iterator[Change]:
    """Letters after the end of a name that can only be fillers: K read for < is the commonest error of all.

    The name ends at three fillers in a row, or at the second pair of fillers. What follows is taken for fillers where
    it is one letter repeated, and a letter that recognisers take a filler for. A run of three such letters at the end
    of the field is taken for fillers too: no name ends so.
    """
    field = span.of(lines)
    end = field.find(FILLER * 3)
    first = field.find(SEPARATOR)
    second = field.find(SEPARATOR, first + 2) if first >= 0 else -1
    if second >= 0 and (end < 0 or second < end):
        end = second
    if end >= 0:
        for column, letter in _repeated(field, end):
            yield Change(span.line, span.start + column, letter, FILLER)
        return
    last = field[-1:]
    run = len(field) - len(field.rstrip(last))
    if last in FILLER_LETTERS and run >= 3:
        for column in range(len(field) - run, len(field)):
            yield Change(span.line, span.start + column, last, FILLER)


def _repeated(field: str, end: int) -> Iterator[tuple[int, str]]:
    start = end
    for word in field[end:].split(FILLER):
        if word and word[0] in FILLER_LETTERS and word == word[0] * len(word):
            yield from ((start + index, letter) for index, letter in enumerate(word))
        start += len(word) + 1


def _name_proposals(layout: Layout, lines: tuple[str, ...]) -> Iterator[Problem]:
    """`<K` or `K<` where the two fillers between the identifiers should be; a code that would be known with a filler."""
    if "names" in layout.spans:
        span = layout.spans["names"]
        field = span.of(lines).rstrip(FILLER)
        if SEPARATOR not in field:
            for letter in FILLER_LETTERS:
                for pair, offset in ((FILLER + letter, 1), (letter + FILLER, 0)):
                    at = field.find(pair)
                    if at > 0 and field.count(pair) == 1:
                        change = Change(span.line, span.start + at + offset, letter, FILLER)
                        yield proposed(change, "two fillers divide the surname from the given names, and none are here")
    for name in ("issuer", "nationality"):
        if name not in layout.spans:
            continue
        span = layout.spans[name]
        code = span.of(lines)
        if code.rstrip(FILLER) in KNOWN_CODES or code[1:].strip(FILLER_LETTERS + FILLER):
            continue
        if code[0] in KNOWN_CODES:
            for index in (1, 2):
                if code[index] != FILLER:
                    change = Change(span.line, span.start + index, code[index], FILLER)
                    yield proposed(change, f"{code[0]} is a known code of the {TITLES[name]} and {code} is none")


def _distinct(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(dict.fromkeys(changes))


def _told_as_runs(changes: tuple[Change, ...]) -> Iterator[Problem]:
    """One problem for each run of fillers put right, however long."""
    runs: list[list[Change]] = []
    for change in changes:
        if runs and (runs[-1][-1].line, runs[-1][-1].column + 1) == (change.line, change.column):
            runs[-1].append(change)
        else:
            runs.append([change])
    for run in runs:
        first, last = run[0], run[-1]
        if first is last:
            yield repaired(first, _WHY_AFTER_NAME)
            continue
        found = "".join(change.found for change in run)
        sentence = (
            f"Line {first.line + 1}, positions {first.column + 1} to {last.column + 1}: {found} was read as fillers, "
            f"because {_WHY_AFTER_NAME}."
        )
        yield Problem("repaired", sentence, first.line + 1, first.column + 1, found, FILLER * len(run))


def repair(layout: Layout, read: tuple[str, ...]) -> Repaired:
    """Put right what has one way to be right; propose the rest. `read` has the exact shape of the layout."""
    by_position = changes_by_position(layout, read)
    mended = _mended_by_checks(layout, read, apply(by_position, read))
    # A position change that the check digits then corrected is told once, with its last reading.
    told = {(problem.line, problem.position) for problem in mended.problems if problem.code == "repaired"}
    said = [
        repaired(change, why_by_position(layout, change))
        for change in by_position
        if (change.line + 1, change.column + 1) not in told
    ]
    after_name = _distinct(
        change for name in layout.name_fields for change in _fillers_after_name(layout.spans[name], mended.lines)
    )
    lines = apply(after_name, mended.lines)
    return Repaired(lines, (*said, *mended.problems, *_told_as_runs(after_name), *_name_proposals(layout, lines)))
