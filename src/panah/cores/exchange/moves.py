"""The tables of a message as one linked set, in which two states that count the same moves count them in the same cells.

A flow with a mirror counts moves between two states. Beside the other tables of its state it is linked to them too: who was
returned by another state arrived, with that manner of entry. So the arrivals of a state are moves to it, and all tables are
protected, proved and audited in that form; what is published is in the form of the structure again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import overload

import msgspec

from panah.cores import disclosure
from panah.cores.disclosure import Dimension, PublishedTable, Rules, Table
from panah.cores.disclosure.mirror import FROM, MOVES, TO, as_moves, as_published, by_itself, published_as_moves
from panah.cores.exchange.structure import Dataflow, the_structure

AREA = "COUNTERPART_AREA"


def mirrored(tables: Sequence[Table] | Sequence[PublishedTable]) -> bool:
    """Whether one of the tables has a mirror. Without one, tables are protected as they are."""
    return any(_flow(table.name).mirror is not None for table in tables)


@overload
def as_linked(table: Table, state: str) -> Table: ...
@overload
def as_linked(table: PublishedTable, state: str) -> PublishedTable: ...
def as_linked(table: Table | PublishedTable, state: str) -> Table | PublishedTable:
    """The table of a state in the linked form. Tables that count no moves of people stay as they are."""
    flow = _flow(table.name)
    if flow.mirror is not None:
        fixed = _with(table, [Dimension(axis, (code,), None) for axis, code in _manner(flow).items()])
        way = flow.mirror.way
        if isinstance(fixed, Table):
            return as_moves(fixed, state, AREA, way)
        return published_as_moves(fixed, state, AREA, way)
    end = _ends().get(flow.population)
    return table if end is None else _with(table, [Dimension(end, (state,), None)], MOVES)


def of_another(table: PublishedTable, state: str) -> PublishedTable:
    """What another state published, in the linked form, as it is reckoned with. What it withheld for a change since its own earlier
    releases is there without these: a number that is not small."""
    return by_itself(as_linked(table, state))


def as_told(linked: PublishedTable, like: Table) -> PublishedTable:
    """The protected table in the form of the structure, from its linked form; `like` is the table that was counted."""
    if _flow(like.name).mirror is not None:
        return as_published(linked, like.dimensions, like.name, like.population, AREA)
    width = len(like.dimensions)
    cells = tuple(msgspec.structs.replace(cell, codes=cell.codes[:width]) for cell in linked.cells)
    return PublishedTable(like.name, like.population, like.period, like.dimensions, cells)


def protect_beside(
    tables: Sequence[Table], rules: Rules, others: Sequence[PublishedTable], own: Sequence[PublishedTable]
) -> tuple[disclosure.Protected, list[PublishedTable]]:
    """Linked tables, protected with regard to what others have published and to one's `own` earlier revisions, and the tables that
    were reckoned with, in the order in which the proof names them: one's own last word on a cell comes last.

    Another state's numbers that cannot be true beside these do not stop a state: then as many of the others' tables are taken as
    go together. Raises CannotProtect as `protect` does.
    """
    try:
        return disclosure.protect(tables, rules, [*others, *own]), [*others, *own]
    except disclosure.CannotProtect:
        if not others:
            raise
    taken: list[PublishedTable] = []
    found = disclosure.protect(tables, rules, own)
    for table in others:
        with suppress(disclosure.CannotProtect):
            found = disclosure.protect(tables, rules, [*taken, table, *own])
            taken.append(table)
    return found, [*taken, *own]


def place_told(place: str, state: str) -> str:
    """A cell in words as `disclosure.tables.place` gives it, from the linked form of a state into that of the structure."""
    parts = [part.partition("=") for part in place.split(", ")]
    own = {(end, state) for end in (FROM, TO)}
    kept = [
        (AREA if axis in (FROM, TO) else axis) + sign + code for axis, sign, code in parts if (axis, code) not in own
    ]
    return ", ".join(kept) or "total"


def between_states(table: PublishedTable, state: str) -> PublishedTable | None:
    """The table as one of moves alone, without the links to others of its state; None where it has no mirror."""
    mirror = _flow(table.name).mirror
    return None if mirror is None else published_as_moves(table, state, AREA, mirror.way)


def _flow(name: str) -> Dataflow:
    return the_structure().dataflow(name)


def _manner(flow: Dataflow) -> dict[str, str]:
    """Where those who came stand on the axes of other tables: the codes at which the flow of arrivals is fixed."""
    assert flow.mirror is not None  # noqa: S101 - only asked of those
    arriving = flow if flow.mirror.way == "in" else _flow(flow.mirror.flow)
    return {axis: code for axis, code in arriving.fixed.items() if axis != "INDICATOR" and code not in ("_T", "_Z")}


def _ends() -> dict[str, str]:
    """The end of a move at which a population is counted: arrivals where they end, departures where they begin."""
    flows = the_structure().tables
    return {flow.population: TO if flow.mirror.way == "in" else FROM for flow in flows if flow.mirror is not None}


def _with(
    table: Table | PublishedTable, fixed: Sequence[Dimension], population: str | None = None
) -> Table | PublishedTable:
    """The table with further axes of one code."""
    more = tuple(dimension.codes[0] for dimension in fixed)
    dimensions, counted = (*table.dimensions, *fixed), population or table.population
    if isinstance(table, Table):
        counts = {(*cell, *more): count for cell, count in table.counts.items()}
        structural = frozenset((*cell, *more) for cell in table.structural)
        return Table(table.name, counted, table.period, dimensions, counts, structural)
    cells = tuple(msgspec.structs.replace(cell, codes=(*cell.codes, *more)) for cell in table.cells)
    return PublishedTable(table.name, counted, table.period, dimensions, cells)
