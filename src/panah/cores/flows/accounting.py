"""Demographic accounting: the moves without which the stocks at the end could not have come from those at the start.

Abel 2013 (Demographic Research 28:18), Abel and Sander 2014 (Science 343), Abel 2018 (International Migration Review
52:3); compared with other methods in Abel and Cohen 2019 (Scientific Data 6:82). Births and deaths are taken out of the
stocks, the numbers born in each region are made the same at both ends, and moves are fitted to what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from panah.cores.flows.accounts import Accounts, Matrix
from panah.cores.flows.fitting import Factors, fit, fit_columns, fit_moves, fit_rows


class System(StrEnum):
    """What happens to people born in a region who are more, or fewer, at the end than births and deaths explain."""

    CLOSED = "closed"
    """Both stocks are scaled toward each other: nobody came from, or left for, elsewhere."""

    OPEN = "open"
    """Those too many came from outside, those too few left for outside, wherever people born there live otherwise."""

    OPEN_AS_FIRST_PUBLISHED = "open_as_first_published"
    """The same with the two stocks changed over, as Abel 2013 had it; for comparison only."""


@dataclass(frozen=True, eq=False)
class Balanced:
    """Stocks (birth by residence) without births and deaths, with as many born in each region at both ends."""

    start: Matrix
    end: Matrix
    settled: bool


@dataclass(frozen=True, eq=False)
class Moves:
    """Estimated moves. `stayed[r, b]` are those born in b who lived in r at both ends; `factors` are all others."""

    factors: Factors
    stayed: Matrix
    settled: bool

    def flows(self) -> Matrix:
        """Persons who moved from each region (rows) to each other (columns)."""
        return self.factors.moves()

    def table(self) -> Matrix:
        """The same with those who stayed in the diagonal."""
        table = self.factors.moves()
        np.fill_diagonal(table, self.stayed.sum(axis=1))
        return table

    def cube(self) -> NDArray[np.float64]:
        """Persons by origin, destination and birthplace, those who stayed included."""
        cube = self.factors.cube()
        regions = np.arange(len(self.stayed))
        cube[regions, regions, :] = self.stayed
        return cube


def balance(given: Accounts, system: System) -> Balanced:
    """Take births and deaths out of the stocks and make the numbers born in each region equal at both ends."""
    start, end = _no_negative_natives(given.start), _no_negative_natives(given.end)
    if system is System.CLOSED:
        start, end = _grow_as_born_and_died(start, end, float(given.births.sum() - given.deaths.sum()))
    start = start - fit_columns(start, given.deaths)
    end = end - _born(end, given.births)
    lost = start.sum(axis=1) - end.sum(axis=1)
    if system is System.CLOSED:
        first = fit(start, start.sum(axis=1) - lost / 2, start.sum(axis=0))
        last = fit(end, end.sum(axis=1) + lost / 2, end.sum(axis=0))
        return Balanced(first.table, last.table, first.settled and last.settled)
    here, there = (end, start) if system is System.OPEN else (start, end)
    out, into = fit_rows(here, np.maximum(lost, 0)), fit_rows(there, np.maximum(-lost, 0))
    return Balanced(start - out, end - into, True)


def fewest(given: Accounts, system: System) -> Moves:
    """The fewest moves: whoever can have stayed has stayed."""
    stocks = balance(given, system)
    stayed = np.minimum(stocks.start, stocks.end).T
    leaving, arriving = stocks.start.T - stayed, stocks.end.T - stayed
    # What rounding left of a difference between the two is taken out.
    factors = fit_moves(leaving, fit_columns(arriving, leaving.sum(axis=0)))
    return Moves(factors, stayed, stocks.settled and factors.settled)


def most_mixed(given: Accounts, system: System) -> Moves:
    """Moves as if where one lives at the end had nothing to do with where one lived at the start."""
    stocks = balance(given, system)
    leaving, arriving = stocks.start.T, stocks.end.T
    total = leaving.sum(axis=0)
    shares = np.divide(leaving, total, out=np.zeros_like(leaving), where=total != 0)
    return Moves(Factors(shares, arriving.copy(), True), shares * arriving, stocks.settled)


def _no_negative_natives(stock: Matrix) -> Matrix:
    below = np.diag(stock) < 0
    return np.where(below[None, :], fit_columns(np.maximum(stock, 0), stock.sum(axis=0)), stock)


def _grow_as_born_and_died(start: Matrix, end: Matrix, natural: float) -> tuple[Matrix, Matrix]:
    """Scale those who live where they were born, half at each end, until the world grows by births less deaths."""
    short = natural - float((end - start).sum())
    if short == 0:
        return start, end
    start, end = start.copy(), end.copy()
    natives_before, natives_after = np.diag(start).copy(), np.diag(end).copy()
    np.fill_diagonal(start, _whole(natives_before, float(natives_before.sum()) - short / 2))
    np.fill_diagonal(end, _whole(natives_after, float(natives_after.sum()) + short / 2))
    return start, end


def _whole(values: Matrix, total: float) -> Matrix:
    """Values scaled to a total in whole persons; what rounding leaves goes to the largest, the first one of several."""
    scaled: Matrix = np.rint(values * (total / values.sum()))
    scaled[int(np.argmax(values))] += total - scaled.sum()
    return scaled


def _born(end: Matrix, births: Matrix) -> Matrix:
    """Where those born in the period live: where they were born; in the proportions of all who live there, when more
    were born than there are natives at the end.
    """
    born = np.diag(births)
    too_many = np.diag(end) < births
    return np.where(too_many[None, :], fit_columns(end, births), born) if too_many.any() else born
