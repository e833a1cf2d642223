"""The mirror leak: what one state withholds of those who came from another, the other may publish of those who left.

A state's table by other state is turned into a table of moves, from whom to whom. Cells of two states that count the same
move are then one cell, and `protect`, `prove` and `audit` reckon with all states' tables as with linked tables of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np

from panah.cores.disclosure.attack import attack
from panah.cores.disclosure.knowledge import gather
from panah.cores.disclosure.proof import Bounds
from panah.cores.disclosure.relations import key_of, relate
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.tables import Cell, Dimension, PublishedCell, PublishedTable, Table

MOVES = "moves"
FROM, TO = "FROM", "TO"


def as_moves(table: Table, state: str, axis: str, way: Literal["in", "out"]) -> Table:
    """The table of a state by other state (`axis`) as one of moves, named after the state.

    way: `in` where it counts those who came from the other state, `out` where those who left for it.
    Raises ValueError where the table has no such axis.
    """
    dimensions = _dimensions(table.dimensions, state, axis, way)
    counts = {_cell(table.dimensions, cell, state, axis, way): count for cell, count in table.counts.items()}
    structural = frozenset(_cell(table.dimensions, cell, state, axis, way) for cell in table.structural)
    return Table(f"{table.name} {state}", MOVES, table.period, dimensions, counts, structural)


def published_as_moves(table: PublishedTable, state: str, axis: str, way: Literal["in", "out"]) -> PublishedTable:
    """The same of what a state published: what `protect` takes as `earlier` when the other state publishes next."""
    cells = tuple(
        msgspec.structs.replace(cell, codes=_cell(table.dimensions, cell.codes, state, axis, way))
        for cell in table.cells
    )
    dimensions = _dimensions(table.dimensions, state, axis, way)
    return PublishedTable(f"{table.name} {state}", MOVES, table.period, dimensions, cells)


def as_published(
    moves: PublishedTable, like: Sequence[Dimension], name: str, population: str, axis: str
) -> PublishedTable:
    """A protected table of moves as the state publishes it again: by other state."""
    way_axis = next(d.id for d in moves.dimensions if d.id in (FROM, TO) and len(d.codes) > 1)
    place = {dimension.id: number for number, dimension in enumerate(moves.dimensions)}
    order = [place[way_axis] if dimension.id == axis else place[dimension.id] for dimension in like]
    cells = tuple(
        msgspec.structs.replace(cell, codes=tuple(cell.codes[number] for number in order)) for cell in moves.cells
    )
    return PublishedTable(name, population, moves.period, tuple(like), cells)


def leaks(published: Mapping[str, Sequence[PublishedTable]], rules: Rules) -> tuple[Bounds, ...]:
    """The withheld cells that a reader of the tables of all states can bound tighter than the rules allow.

    published: tables of moves, by state. The reader is taken to know that both states count the same people, which is the
    most that could be known. Raises Contradiction where the tables cannot all be true under that.
    """
    tables = [table for several in published.values() for table in several]
    relations = relate(tables)
    known: dict[int, int] = {}
    limits: dict[int, tuple[float, float]] = {}
    for table in tables:
        alone = gather([table], rules)
        for position, key in enumerate(alone.relations.keys):
            here = relations.index[key]
            if position in alone.known:
                known[here] = alone.known[position]
            elif position in alone.limits:
                least, most = alone.limits[position]
                before = limits.get(here, (0.0, np.inf))
                limits[here] = max(least, before[0]), min(most, before[1])
    hidden = {position: limit for position, limit in limits.items() if position not in known}
    ranges = attack(relations, known, hidden).by_position()
    named = [
        (table.name, cell.codes, relations.index[key_of(table, cell.codes)])
        for table in tables
        for cell in table.cells
        if cell.count is None
    ]
    found = (
        Bounds(name, codes, int(known[here]), known[here])
        if here in known
        else Bounds(name, codes, int(ranges[here][0]), None if np.isinf(ranges[here][1]) else int(ranges[here][1]))
        for name, codes, here in named
    )
    return tuple(one for one in found if one.upper is not None and one.upper - one.lower < rules.protection)


def _dimensions(given: Sequence[Dimension], state: str, axis: str, way: Literal["in", "out"]) -> tuple[Dimension, ...]:
    if axis not in {dimension.id for dimension in given}:
        raise ValueError(f"The table has no axis {axis}; it has {', '.join(dimension.id for dimension in given)}.")
    others, own = (FROM, TO) if way == "in" else (TO, FROM)
    renamed = [msgspec.structs.replace(d, id=others) if d.id == axis else d for d in given]
    return (*renamed, Dimension(own, (state,), None))


def _cell(given: Sequence[Dimension], cell: Cell, state: str, axis: str, way: Literal["in", "out"]) -> Cell:
    return (*cell, state)


__all__ = ["PublishedCell", "as_moves", "as_published", "leaks", "published_as_moves"]
