"""A sheet of people, whatever its format: the heading row, and the rows under it as cells by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panah.node.imports.columns import COLUMN, REFUSED_WHY, headings, nearest, plain
from panah.node.imports.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    FileRefused,
    too_many_columns,
    too_many_rows,
)
from panah.node.imports.people import Problem, Row

WHOLE_LINE = -1


@dataclass(frozen=True)
class Fault:
    """What could not be read in a line: the index of the cell or WHOLE_LINE, what was found, what is allowed."""

    cell: int
    found: str
    allowed: str


@dataclass(frozen=True)
class Line:
    """A line of a sheet as its format gives it: its number there, the texts of its cells, and what could not be read."""

    number: int
    cells: Sequence[str]
    faults: tuple[Fault, ...] = ()


def people_in(lines: Iterable[Line]) -> Iterator[Row]:
    """The rows under the heading, empty ones left out. Raises FileRefused for a heading that cannot be trusted, and past the limits."""
    columns: list[str] | None = None
    rows = 0
    for line in lines:
        if not any(line.cells) and not line.faults:
            continue
        if columns is None:
            columns = columns_of(line)
            continue
        if _repeats_the_heading(line, columns):
            continue
        rows += 1
        if rows > MOST_ROWS:
            raise too_many_rows()
        yield _row(line, columns)
    if columns is None or not rows:
        raise FileRefused(_("The file is empty: there is no person in it. Fill in one row for each person."), "empty")


def columns_of(line: Line) -> list[str]:
    """The key of each column, empty for one without a heading. One heading that is not known refuses the file: what stands
    under it must not be lost."""
    if line.faults:
        raise FileRefused(
            _("The heading row cannot be read: found %(found)s; allowed is %(allowed)s.")
            % {"found": line.faults[0].found, "allowed": line.faults[0].allowed},
            "heading",
        )
    if len(line.cells) > MOST_COLUMNS:
        raise too_many_columns(len(line.cells))
    known, found = headings(), []
    places: dict[str, int] = {}
    for at, text in enumerate(line.cells):
        key = known.get(plain(text), "") if text else ""
        if text and not key:
            said = {"column": text[:60], "cell": letters(at), "nearest": nearest(text)}
            raise FileRefused(
                _(
                    "There is no column “%(column)s” (%(cell)s). The nearest that is allowed is “%(nearest)s”. Nothing was taken."
                )
                % said,
                "unknown_column",
            )
        if key and key in places:
            said = {"column": key, "first": letters(places[key]), "second": letters(at)}
            raise FileRefused(
                _(
                    "The column “%(column)s” stands twice (%(first)s and %(second)s). Keep one of them. Nothing was taken."
                )
                % said,
                "column_twice",
            )
        if key:
            places[key] = at
        found.append(key)
    if not places:
        raise FileRefused(_("The first row names no column. Take the headings of the template."), "heading")
    return found


def letters(at: int) -> str:
    """The name that spreadsheets give to a column, from its index: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _repeats_the_heading(line: Line, columns: list[str]) -> bool:
    """The template has the questions in words under the keys; they are no person."""
    known = headings()
    said = [(text, columns[at] if at < len(columns) else "") for at, text in enumerate(line.cells) if text]
    return len(said) > 1 and all(known.get(plain(text)) == key for text, key in said)


def _row(line: Line, columns: list[str]) -> Row:
    problems = [Problem(_name(fault.cell, columns), fault.found, fault.allowed) for fault in line.faults]
    cells: dict[str, str] = {}
    for at, text in enumerate(line.cells):
        if not text:
            continue
        key = columns[at] if at < len(columns) else ""
        if not key:
            problems.append(
                Problem(
                    letters(at), text, _("nothing, since the column has no heading (look for a parting sign too many)")
                )
            )
        elif len(text) > LONGEST_CELL:
            problems.append(Problem(key, text, _("at most %(most)s characters") % {"most": LONGEST_CELL}))
        elif key != REFUSED_WHY.key:
            cells[key] = text
    return Row(line.number, cells, tuple(problems))


def _name(cell: int, columns: list[str]) -> str:
    if cell == WHOLE_LINE:
        return ""
    return (columns[cell] if cell < len(columns) else "") or letters(cell)


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a line looks like the heading of a sheet of people."""
    known = headings()
    keys = {known.get(plain(text), "") for text in cells if text}
    return len(keys & set(COLUMN)) > 1
