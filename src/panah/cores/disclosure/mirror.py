"""The mirror leak: what one state withholds of those who came from another, the other may publish of those who left.

A state's table by other state is turned into a table of moves, from whom to whom. Cells of two states that count the same
move are then one cell, and `protect`, `prove` and `audit` reckon with all states' tables as with linked tables of one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import msgspec

from panah.cores.disclosure.proof import Bounds
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
    # What solves takes seconds to load, and most of the program only brings tables into another form.
    import numpy as np

    from panah.cores.disclosure.attack import attack
    from panah.cores.disclosure.knowledge import gather
    from panah.cores.disclosure.relations import key_of, relate

    tables = [table for several in published.values() for table in several]
    if not tables:
        return ()
    relations = relate(tables)
    known: dict[int, int] = {}
    limits: dict[int, tuple[float, float]] = {}
    for table in tables:
        alone = gather([by_itself(table)], rules)
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


def new_leaks(
    published: Mapping[str, Sequence[PublishedTable]], by: str, rules: Rules, regarded: Collection[str] = ()
) -> tuple[Bounds, ...]:
    """What can be bounded too tightly once the tables of the state `by` stand beside those of all others.

    regarded: states whose tables `by` is known to have reckoned with when it protected its own: a number that they publish
    and `by` withholds is then another number. Corridors in which two states' numbers cannot both be true are told apart,
    for there nobody can take the one for the other; a number that the one shows and the other withholds still counts.
    What could be bounded before without `by` is not laid on it. Never raises for what was published.
    """
    apart = _contradicted(published, by, regarded)
    told = {state: [_told_apart(table, state, apart) for table in several] for state, several in published.items()}
    together, left_out = _that_agree(told, by, rules)
    found = {(one.table, one.codes): one for one in leaks(together, rules)}
    before = {(one.table, one.codes): one for one in _leaks_without(told, by, rules)} if found else {}
    own = {table.name for table in told.get(by, ())}
    new = [one for place, one in found.items() if place[0] in own or before.get(place) != one]
    shown = _shown_by(published, by, {state for corridor in apart for state in corridor} | left_out)
    plain = (msgspec.structs.replace(one, codes=tuple(_plain(code) for code in one.codes)) for one in [*new, *shown])
    return tuple({(one.table, one.codes): one for one in plain}.values())


APART = "*"


def _plain(code: str) -> str:
    return code.removesuffix(APART)


def by_itself(table: PublishedTable) -> PublishedTable:
    """The table without what only an earlier release could explain: a changed count was, whatever it was before, not small."""
    cells = (msgspec.structs.replace(c, kind="complementary") if c.kind == "difference" else c for c in table.cells)
    return msgspec.structs.replace(table, cells=tuple(cells))


Seen = tuple[str, PublishedTable, PublishedCell]


def _shared(published: Mapping[str, Sequence[PublishedTable]]) -> list[tuple[Seen, Seen]]:
    """The cells that two states publish, or withhold, of the same moves."""
    from panah.cores.disclosure.relations import key_of

    first: dict[object, Seen] = {}
    found = []
    for state, tables in sorted(published.items()):
        for table in tables:
            for cell in table.cells:
                seen = (state, table, cell)
                other = first.setdefault(key_of(table, cell.codes), seen)
                if other[0] != state:
                    found.append((other, seen))
    return found


def _contradicted(
    published: Mapping[str, Sequence[PublishedTable]], by: str, regarded: Collection[str]
) -> frozenset[tuple[str, str]]:
    """The corridors, from and to, in which two states' cells cannot both be true."""
    found = set()
    for one, other in _shared(published):
        knew = (one[0] == by and other[0] in regarded, other[0] == by and one[0] in regarded)
        if _cannot_both(one[2], other[2], knew[0]) or _cannot_both(other[2], one[2], knew[1]):
            codes = dict(zip((d.id for d in one[1].dimensions), one[2].codes, strict=True))
            found.add((codes[FROM], codes[TO]))
    return frozenset(found)


def _cannot_both(one: PublishedCell, other: PublishedCell, knew: bool) -> bool:
    """Whether the one cell speaks against the other. knew: whoever withholds the one had seen the other."""
    if one.count is not None:
        return other.count is not None and one.count != other.count
    if other.count is not None:
        too_large = one.kind == "primary" and other.count > 0  # what is published and above zero is not small
        too_small = one.kind not in ("primary", "unexplained") and other.count == 0
        return too_large or too_small or one.kind == "difference" or knew
    return "unexplained" not in (one.kind, other.kind) and (one.kind == "primary") != (other.kind == "primary")


def _told_apart(table: PublishedTable, state: str, apart: Collection[tuple[str, str]]) -> PublishedTable:
    """The table with another name for the other end of those corridors, on the side of the state that people left."""
    places = {dimension.id: number for number, dimension in enumerate(table.dimensions)}
    if table.dimensions[places[FROM]].codes != (state,):
        return table
    other = {code: code + APART for code in table.dimensions[places[TO]].codes if (state, code) in apart}
    dimensions = [
        msgspec.structs.replace(d, codes=tuple(other.get(code, code) for code in d.codes)) if d.id == TO else d
        for d in table.dimensions
    ]
    place = places[TO]
    cells = [
        msgspec.structs.replace(
            c, codes=(*c.codes[:place], other.get(c.codes[place], c.codes[place]), *c.codes[place + 1 :])
        )
        for c in table.cells
    ]
    return msgspec.structs.replace(table, dimensions=tuple(dimensions), cells=tuple(cells))


def _that_agree(
    published: Mapping[str, Sequence[PublishedTable]], first: str, rules: Rules
) -> tuple[dict[str, Sequence[PublishedTable]], set[str]]:
    """The states whose sums agree too, and the others: one after the other is taken in while some true table is left."""
    from panah.cores.disclosure.attack import Contradiction

    try:
        leaks(published, rules)
    except Contradiction:
        pass
    else:
        return dict(published), set()
    together: dict[str, Sequence[PublishedTable]] = {}
    left_out: set[str] = set()
    for state in sorted(published, key=lambda one: (one != first, one)):
        try:
            leaks({**together, state: published[state]}, rules)
        except Contradiction:
            left_out.add(state)
        else:
            together[state] = published[state]
    return together, left_out


def _leaks_without(published: Mapping[str, Sequence[PublishedTable]], by: str, rules: Rules) -> tuple[Bounds, ...]:
    others = {state: several for state, several in published.items() if state != by}
    return leaks(_that_agree(others, "", rules)[0], rules)


def _shown_by(published: Mapping[str, Sequence[PublishedTable]], by: str, others: Collection[str]) -> list[Bounds]:
    """Cells that one of the others withholds and `by` shows, where the number could be the one that is withheld."""
    found = []
    for pair in _shared(published):
        for (_state, table, hidden), (shows, _table, shown) in (pair, pair[::-1]):
            if shows != by or _state not in others or hidden.count is not None or shown.count is None:
                continue
            if not _cannot_both(hidden, shown, knew=False):
                found.append(Bounds(table.name, hidden.codes, shown.count, shown.count))
    return found


def _dimensions(given: Sequence[Dimension], state: str, axis: str, way: Literal["in", "out"]) -> tuple[Dimension, ...]:
    if axis not in {dimension.id for dimension in given}:
        raise ValueError(f"The table has no axis {axis}; it has {', '.join(dimension.id for dimension in given)}.")
    others, own = (FROM, TO) if way == "in" else (TO, FROM)
    renamed = [msgspec.structs.replace(d, id=others) if d.id == axis else d for d in given]
    return (*renamed, Dimension(own, (state,), None))


def _cell(given: Sequence[Dimension], cell: Cell, state: str, axis: str, way: Literal["in", "out"]) -> Cell:
    return (*cell, state)


__all__ = ["PublishedCell", "as_moves", "as_published", "by_itself", "leaks", "new_leaks", "published_as_moves"]
