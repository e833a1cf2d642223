"""The arithmetic that binds the cells of linked tables: what a reader may add and subtract."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array

from panah.cores.disclosure.solver import FloatArray
from panah.cores.disclosure.tables import Cell, Dimension, all_cells, families, identity

Key = tuple[str, Hashable]


class Described(Protocol):
    """A table, before or after protection: what the arithmetic needs to know of it."""

    @property
    def population(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def dimensions(self) -> tuple[Dimension, ...]: ...


@dataclass(frozen=True)
class Relations:
    """The cells of a linked set and every relation that holds between them whatever the counts are.

    keys: one entry for each thing counted; cells of several tables that count the same thing share it.
    matrix, lower, upper: `lower <= matrix @ counts <= upper` for all counts that can occur.
    containing: for each cell, the cells that directly contain it.
    """

    keys: tuple[Key, ...]
    index: Mapping[Key, int]
    matrix: csr_array
    lower: FloatArray
    upper: FloatArray
    containing: tuple[frozenset[int], ...]


def key_of(table: Described, cell: Cell) -> Key:
    """What the cell counts, the same in every table in which it stands."""
    return table.population, identity(table.dimensions, cell, table.period)


def relate(tables: Sequence[Described]) -> Relations:
    """The relations of all the tables together."""
    index: dict[Key, int] = {}
    for table in tables:
        for cell in all_cells(table.dimensions):
            index.setdefault(key_of(table, cell), len(index))
    rows: dict[tuple[tuple[int, int], ...], tuple[float, float]] = {}
    containing: list[set[int]] = [set() for _ in index]
    for table in tables:
        position = {cell: index[key_of(table, cell)] for cell in all_cells(table.dimensions)}
        for whole, parts, dimension in families(table.dimensions):
            above, below = position[whole], sorted(position[part] for part in parts)
            for part in below:
                containing[part].add(above)
            _add(rows, above, below, dimension)
    matrix, lower, upper = _matrix(rows.items(), len(index))
    return Relations(tuple(index), index, matrix, lower, upper, tuple(frozenset(found) for found in containing))


def _add(
    rows: dict[tuple[tuple[int, int], ...], tuple[float, float]], whole: int, parts: Sequence[int], dimension: Dimension
) -> None:
    together = ((whole, 1), *((part, -1) for part in parts))
    if dimension.additive:
        rows[together] = (0.0, 0.0)
        return
    for part in parts:
        rows[(whole, 1), (part, -1)] = (0.0, np.inf)
    if dimension.exhaustive:
        rows.setdefault(together, (-np.inf, 0.0))


def _matrix(
    rows: Iterable[tuple[tuple[tuple[int, int], ...], tuple[float, float]]], width: int
) -> tuple[csr_array, FloatArray, FloatArray]:
    values: list[int] = []
    columns: list[int] = []
    starts = [0]
    limits: list[tuple[float, float]] = []
    for row, limit in rows:
        columns.extend(column for column, _ in row)
        values.extend(value for _, value in row)
        starts.append(len(columns))
        limits.append(limit)
    matrix = csr_array((np.array(values, dtype=float), columns, starts), shape=(len(limits), width))
    bounds = np.array(limits, dtype=float).reshape(-1, 2)
    return matrix, bounds[:, 0], bounds[:, 1]
