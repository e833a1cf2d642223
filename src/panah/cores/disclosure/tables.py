"""Tables of counts, before and after protection.

A table counts one population (persons who arrived, referrals sent) over the full product of its dimensions, margins
included. Two tables of the same population and period that share dimensions are linked: a cell of the one may be a
cell or a margin of the other, and what one publishes the other cannot hide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import Literal

import msgspec

Cell = tuple[str, ...]
Identity = tuple[tuple[str, str], ...]
Kind = Literal["primary", "complementary", "difference", "earlier", "unexplained"]

TIME = "TIME_PERIOD"


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One axis of a table.

    codes: every code of the axis, the total included.
    total: the code that stands for all, or None where no total is published.
    parents: (code, code that contains it); a code that is not named here lies directly under the total.
    additive: True where each person has one code, so that a whole is the sum of its parts. False where a person may
        have several (the profiles of contracts/screening.md): then a part is never more than the whole.
    exhaustive: for a dimension that is not additive: every person has at least one of the codes, so that the whole
        is never more than the sum of the parts.
    """

    id: str
    codes: tuple[str, ...]
    total: str | None = "_T"
    parents: tuple[tuple[str, str], ...] = ()
    additive: bool = True
    exhaustive: bool = False

    def __post_init__(self) -> None:
        known = set(self.codes)
        if len(known) != len(self.codes):
            raise ValueError(f"Dimension {self.id} names a code twice; every code may stand once.")
        if self.total is not None and self.total not in known:
            raise ValueError(f"Dimension {self.id} has the total {self.total!r}, which is not among its codes.")
        for code, above in self.parents:
            if code not in known or above not in known or code == self.total:
                raise ValueError(f"Dimension {self.id} puts {code!r} under {above!r}; both must be codes of it.")
        if len({code for code, _ in self.parents}) != len(self.parents):
            raise ValueError(f"Dimension {self.id} puts a code under two others; its codes must form a tree.")
        for code in self.codes:
            self.line(code)

    def parent(self, code: str) -> str | None:
        """The code that directly contains this one, or None at the top."""
        for child, parent in self.parents:
            if child == code:
                return parent
        return None if code == self.total else self.total

    def families(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every code that has parts, with its direct parts."""
        for whole in self.codes:
            parts = tuple(code for code in self.codes if self.parent(code) == whole)
            if parts:
                yield whole, parts

    def line(self, code: str) -> tuple[str, ...]:
        """The code and all that contain it, upwards."""
        found = [code]
        parent = self.parent(code)
        while parent is not None:
            if parent in found:
                raise ValueError(f"Dimension {self.id} puts {code!r} under itself; its codes must form a tree.")
            found.append(parent)
            parent = self.parent(parent)
        return tuple(found)


def all_cells(dimensions: Sequence[Dimension]) -> Iterator[Cell]:
    """Every cell of the table, margins included, in the order of the code lists."""
    return product(*(dimension.codes for dimension in dimensions))


def identity(dimensions: Sequence[Dimension], cell: Cell, period: str) -> Identity:
    """What the cell counts, whatever table it stands in: its coordinates that are not totals, and its period."""
    named = {d.id: code for d, code in zip(dimensions, cell, strict=True) if code != d.total or d.id == TIME}
    named.setdefault(TIME, period)
    return tuple(sorted(named.items()))


def place(dimensions: Sequence[Dimension], cell: Cell) -> str:
    """The cell in words: `PROFILE=asylum_seeker, SEX=F`; `total` when it is the total of the table."""
    named = [f"{d.id}={code}" for d, code in zip(dimensions, cell, strict=True) if code != d.total]
    return ", ".join(named) or "total"


@dataclass(frozen=True)
class Table:
    """Counts before protection. Never leaves the node.

    counts: one whole number of zero or more for every cell, margins included.
    structural: cells that are zero because the combination cannot exist; a reader knows that anyway.

    Raises ValueError when a cell is missing or unknown, a count is negative, or a whole and its parts disagree.
    """

    name: str
    population: str
    period: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Cell, int]
    structural: frozenset[Cell] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))
        if len({dimension.id for dimension in self.dimensions}) != len(self.dimensions):
            raise ValueError(f"Table {self.name} has two dimensions of the same name; each must have its own.")
        cells = list(all_cells(self.dimensions))
        missing = [cell for cell in cells if cell not in self.counts]
        if missing:
            raise ValueError(
                f"Table {self.name} lacks {len(missing)} of {len(cells)} cells, the first at "
                f"{place(self.dimensions, missing[0])}; every cell must be given, with 0 where nobody was counted."
            )
        unknown = [cell for cell in self.counts if len(cell) != len(self.dimensions)] or list(
            self.counts.keys() - set(cells)
        )
        if unknown:
            raise ValueError(f"Table {self.name} has the cell {unknown[0]}, which its dimensions do not have.")
        for cell, count in self.counts.items():
            if count < 0 or (count and cell in self.structural):
                raise ValueError(
                    f"Table {self.name} has {count} at {place(self.dimensions, cell)}; a count is 0 or more, and 0 where "
                    "the combination is said to be impossible."
                )
        self._require_margins_to_agree()

    def _require_margins_to_agree(self) -> None:
        for whole, parts, dimension in families(self.dimensions):
            count, counts = self.counts[whole], [self.counts[part] for part in parts]
            if dimension.additive and sum(counts) != count:
                allowed = f"the sum of its parts, {sum(counts)}"
            elif max(counts) > count:
                allowed = f"no less than its largest part, {max(counts)}"
            elif dimension.exhaustive and not dimension.additive and sum(counts) < count:
                allowed = f"no more than its parts together, {sum(counts)}"
            else:
                continue
            raise ValueError(
                f"Table {self.name} has {count} at {place(self.dimensions, whole)}; over {dimension.id} it must be {allowed}."
            )


def families(dimensions: Sequence[Dimension]) -> Iterator[tuple[Cell, tuple[Cell, ...], Dimension]]:
    """Every margin of the product with the cells that it is made of along one dimension."""
    for axis, dimension in enumerate(dimensions):
        others = [d.codes for i, d in enumerate(dimensions) if i != axis]
        for whole, parts in dimension.families():
            for rest in product(*others):
                before, after = rest[:axis], rest[axis:]
                yield (*before, whole, *after), tuple((*before, part, *after) for part in parts), dimension


def tabulate(
    name: str,
    population: str,
    period: str,
    dimensions: Sequence[Dimension],
    records: Iterable[Mapping[str, str | Collection[str]]],
    structural: frozenset[Cell] = frozenset(),
) -> Table:
    """Count records into a table with all its margins.

    A record gives for every dimension a code, or several where the dimension is not additive. A record is counted
    once in each cell that contains it, however many of its codes lie under that cell.

    Raises ValueError for a record with a code that the dimension does not have, with none, or with several where one
    is allowed.
    """
    counts: dict[Cell, int] = dict.fromkeys(all_cells(dimensions), 0)
    lines = [{code: dimension.line(code) for code in dimension.codes} for dimension in dimensions]
    for number, record in enumerate(records, start=1):
        axes = []
        for dimension, line in zip(dimensions, lines, strict=True):
            value = record.get(dimension.id, ())
            codes = (value,) if isinstance(value, str) else tuple(value)
            if any(code not in line for code in codes) or (dimension.additive and len(codes) != 1):
                raise ValueError(
                    f"Record {number} has {codes!r} for {dimension.id}; allowed is "
                    f"{'one' if dimension.additive else 'any'} of {', '.join(dimension.codes)}."
                )
            reached = {above for code in codes for above in line[code]}
            if not dimension.additive and dimension.total is not None:
                reached.add(dimension.total)
            axes.append(reached)
        for cell in product(*axes):
            counts[cell] += 1
    return Table(name, population, period, tuple(dimensions), counts, structural)


class PublishedCell(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One cell as it leaves: a count, or the kind of reason for which it is withheld.

    kind: `primary` (fewer than the threshold), `complementary` (protects such a cell), `difference` (changed by
        fewer than the threshold since an earlier release), `earlier` (withheld in an earlier release), `unexplained`
        (the reason itself would tell too much).
    impossible: the count is zero because the combination cannot exist.
    """

    codes: Cell
    count: int | None = None
    kind: Kind | None = None
    impossible: bool = False


class PublishedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table as it leaves the node. Everything in it may be known to anyone."""

    name: str
    population: str
    period: str
    dimensions: tuple[Dimension, ...]
    cells: tuple[PublishedCell, ...]

    def place(self, cell: PublishedCell) -> str:
        """The cell in words."""
        return place(self.dimensions, cell.codes)

    def identity(self, cell: PublishedCell) -> Identity:
        """What the cell counts, whatever table it stands in."""
        return identity(self.dimensions, cell.codes, self.period)
