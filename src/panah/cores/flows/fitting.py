"""Iterative proportional fitting: scaling a table until it has the margins that it should have.

Deming and Stephan 1940. What is scaled stops changing, by less than `TOLERANCE` persons in any cell, or `LONGEST`
rounds are over; the reference implementation of the methods stops by the same rule, so that results can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from panah.cores.flows.accounts import Matrix

TOLERANCE: Final = 1e-3
"""Persons."""

LONGEST: Final = 100_000
"""Rounds."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """A table with the margins asked for; `settled` is false when it still changed after the last round."""

    table: Matrix
    settled: bool


def scale(target: Matrix, found: Matrix) -> Matrix:
    """What to multiply by, so that `found` becomes `target`; 0 where either of them is 0."""
    nothing = (target == 0) | (found == 0)
    return np.where(nothing, 0.0, target / np.where(nothing, 1.0, found))


def fit_columns(seed: Matrix, columns: Matrix) -> Matrix:
    """`seed` with the sums of its columns scaled to `columns`."""
    return seed * scale(columns, seed.sum(axis=0))


def fit_rows(seed: Matrix, rows: Matrix) -> Matrix:
    """`seed` with the sums of its rows scaled to `rows`."""
    return seed * scale(rows, seed.sum(axis=1))[:, None]


def fit(seed: Matrix, rows: Matrix, columns: Matrix) -> Fitted:
    """`seed` scaled to the sums of rows and of columns in turn. The two must add up to the same."""
    table = seed
    for _ in range(LONGEST):
        following = fit_columns(fit_rows(table, rows), columns)
        change = float(np.abs(following - table).max())
        table = following
        if change < TOLERANCE:
            return Fitted(table, True)
    return Fitted(table, False)


@dataclass(frozen=True, eq=False)
class Factors:
    """Moves by birthplace b from o to d as `leaving[o, b] * arriving[d, b]`, nothing where o is d.

    A table with equal chances for every move keeps this form through all rounds of the fitting, so that the cube of all
    moves is never written down: 200 regions are two tables of 40,000 numbers, not one of eight million.
    """

    leaving: Matrix
    arriving: Matrix
    settled: bool

    def moves(self) -> Matrix:
        """All moves from o (rows) to d (columns), whatever the birthplace."""
        moves = self.leaving @ self.arriving.T
        np.fill_diagonal(moves, 0.0)
        return moves

    def cube(self) -> NDArray[np.float64]:
        """The moves with the axes o, d, b."""
        moves: NDArray[np.float64] = self.leaving[:, None, :] * self.arriving[None, :, :]
        regions = np.arange(len(self.leaving))
        moves[regions, regions, :] = 0.0
        return moves


def fit_moves(leaving: Matrix, arriving: Matrix) -> Factors:
    """Moves of each birthplace (columns) that leave and reach each region (rows) as often as given, none to the same region."""
    one, other = np.ones_like(leaving), np.ones_like(arriving)
    witness = 0
    for _ in range(LONGEST):
        first = one * scale(leaving, one * _all_others(other))
        second = other * scale(arriving, other * _all_others(first))
        witness = _still_changes(one, other, first, second, witness)
        one, other = first, second
        if witness < 0:
            return Factors(one, other, True)
    return Factors(one, other, False)


def _all_others(values: Matrix) -> Matrix:
    """For each row the sum of all other rows, added up from both sides: a difference of sums would lose small numbers."""
    sums = np.zeros_like(values)
    np.cumsum(values[:-1], axis=0, out=sums[1:])
    sums[:-1] += np.cumsum(values[:0:-1], axis=0)[::-1]
    return sums


def _still_changes(one: Matrix, other: Matrix, first: Matrix, second: Matrix, start: int) -> int:
    """A birthplace of which some cell changed by `TOLERANCE` or more, -1 when there is none. It asks `start` first."""
    count = int(one.shape[1])
    for step in range(count):
        birthplace = (start + step) % count
        change = np.abs(
            np.outer(first[:, birthplace], second[:, birthplace]) - np.outer(one[:, birthplace], other[:, birthplace])
        )
        np.fill_diagonal(change, 0.0)
        if change.max() >= TOLERANCE:
            return birthplace
    return -1
