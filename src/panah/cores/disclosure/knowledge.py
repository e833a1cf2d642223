"""What a reader holds: the published tables, those published earlier, and what each kind of reason gives away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from panah.cores.disclosure.relations import Key, Relations, key_of, relate
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.tables import Kind, PublishedCell, PublishedTable, families


class Disagreement(ValueError):
    """Two tables that are published together say different things about the same cell."""


@dataclass(frozen=True)
class Knowledge:
    """Everything that bears on the withheld cells, by position in `relations`.

    not_zero_before: those withheld of which an earlier release said that they were one or more.
    """

    relations: Relations
    known: Mapping[int, int]
    kinds: Mapping[int, Kind]
    limits: Mapping[int, tuple[float, float]]
    previous: Mapping[int, int]
    not_zero_before: frozenset[int]

    def width(self, position: int, lower: float, upper: float) -> float:
        """The width of the range that is left to a reader who also reckons with what earlier releases suggest.

        A count withheld for its change did change; one that was withheld before, and not zero then, is hardly zero now.
        """
        if self.kinds[position] == "difference":
            lower += lower == self.previous[position]
            upper -= upper == self.previous[position]
        elif position in self.not_zero_before:
            lower += lower == 0
        return upper - lower


def cells_of(tables: Sequence[PublishedTable]) -> Iterator[tuple[PublishedTable, PublishedCell, Key]]:
    """Every cell with what it counts."""
    for table in tables:
        for cell in table.cells:
            yield table, cell, key_of(table, cell.codes)


def gather(published: Sequence[PublishedTable], rules: Rules, earlier: Sequence[PublishedTable] = ()) -> Knowledge:
    """What a reader of these tables and of the earlier ones holds.

    An earlier table that still agrees with the new ones is reckoned with as if it had been published today. One that
    does not was revised: then only its numbers are compared.
    Raises Disagreement when the tables contradict each other.
    """
    status: dict[Key, PublishedCell] = {}
    for table, cell, key in cells_of(published):
        same = status.setdefault(key, cell)
        if (same.count, same.kind) != (cell.count, cell.kind):
            raise Disagreement(
                f"{table.place(cell)} is {_say(cell)} in table {table.name} and {_say(same)} in a table published with "
                "it; the same cell must be the same everywhere."
            )
    before = {key: cell for _, cell, key in cells_of(earlier)}
    standing = [table for table in earlier if still_stands(table, status)]
    for _, cell, key in cells_of(standing):
        if status.setdefault(key, cell).kind == "unexplained":
            status[key] = cell
    relations = relate([*published, *standing])
    known: dict[int, int] = {}
    kinds: dict[int, Kind] = {}
    for key, cell in status.items():
        if cell.count is not None:
            known[relations.index[key]] = cell.count
        else:
            kinds[relations.index[key]] = cell.kind or "primary"
    previous = {
        relations.index[key]: cell.count for key, cell in before.items() if cell.count is not None and key in status
    }
    hidden_before = {relations.index[key] for key, cell in before.items() if cell.count is None and key in status}
    limits = _limits(relations, kinds, rules, previous, hidden_before)
    told = {relations.index[key] for key in _said_not_zero(earlier, rules) if key in status}
    return Knowledge(relations, known, kinds, limits, previous, frozenset(told & hidden_before & kinds.keys()))


def _said_not_zero(earlier: Sequence[PublishedTable], rules: Rules) -> set[Key]:
    """The cells that an earlier release withheld and, by the kind of its reason, said to be one or more.

    It says nothing of a cell inside a group that is itself too small, nor where zeros are withheld or the reason is left out: a
    release that withholds the same again must not be held to more than the first.
    """
    said: set[Key] = set()
    hidden: set[Key] = set()
    for table in earlier:
        small = {cell.codes for cell in table.cells if cell.kind == "primary"}
        inside = {part for whole, parts, _ in families(table.dimensions) if whole in small for part in parts}
        for _, cell, key in cells_of([table]):
            may_be_zero = rules.zeros == "withheld" or cell.codes in inside or key in hidden
            if cell.kind == "unexplained" or (cell.kind == "primary" and may_be_zero):
                continue
            if cell.count is None:
                said.add(key)
        for _, cell, key in cells_of([table]):
            hidden.add(key) if cell.count is None else hidden.discard(key)
    return said


def still_stands(table: PublishedTable, status: Mapping[Key, PublishedCell]) -> bool:
    """True when the table bears on the new ones, and nothing published since tells that a number of it has changed."""
    shared = [(cell, status[key]) for _, cell, key in cells_of([table]) if key in status]
    return bool(shared) and all(_agree(before, now) for before, now in shared)


def _agree(before: PublishedCell, now: PublishedCell) -> bool:
    if before.count is not None or now.count is not None:
        return before.count == now.count
    return "unexplained" in (before.kind, now.kind) or (before.kind == "primary") == (now.kind == "primary")


def _limits(
    relations: Relations,
    kinds: Mapping[int, Kind],
    rules: Rules,
    previous: Mapping[int, int],
    hidden_before: Collection[int],
) -> dict[int, tuple[float, float]]:
    """What the kind of reason alone tells about each withheld cell.

    A small count is at least one where zeros are shown, so a withheld one cannot be zero; but not inside a group that
    is itself too small, nor where the cell was withheld before, for there zeros are withheld too.
    """
    limits: dict[int, tuple[float, float]] = {}
    for position, kind in kinds.items():
        if kind == "primary":
            may_be_zero = (
                rules.zeros == "withheld"
                or position in hidden_before
                or any(kinds.get(above) == "primary" for above in relations.containing[position])
            )
            limits[position] = (0.0 if may_be_zero else 1.0, rules.threshold - 1.0)
        elif kind == "difference":
            if position not in previous:
                raise Disagreement(
                    "A cell is withheld because it changed since an earlier release, but no earlier release has it; "
                    "give the earlier release along."
                )
            most_change = rules.threshold - 1
            was = previous[position]
            limits[position] = (float(max(rules.threshold, was - most_change)), float(was + most_change))
        else:
            limits[position] = (0.0 if kind == "unexplained" else float(rules.threshold), np.inf)
    return limits


def _say(cell: PublishedCell) -> str:
    return f"withheld ({cell.kind})" if cell.count is None else str(cell.count)
