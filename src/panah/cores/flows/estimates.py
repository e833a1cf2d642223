"""All methods on the same accounts, and the interval between them: never one number alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from panah.cores.flows.accounting import System, fewest, most_mixed
from panah.cores.flows.accounts import Accounts, Matrix

WEIGHT_OF_FEWEST: Final = 0.87
"""How much of the pseudo-Bayes estimate is the fewest moves, the rest being the most mixed. Azose and Raftery 2019
(PNAS 116:1) as the reference material has it, from memory: to be confirmed there.
"""

SHARES: Final = 100.0
"""Moves in all that the migration-rate method spreads out when nobody says how many there were: shares in percent."""


class Method(StrEnum):
    SD_DROP_NEG = "sd_drop_neg"
    SD_REV_NEG = "sd_rev_neg"
    MIG_RATE = "mig_rate"
    DA_MIN_OPEN = "da_min_open"
    DA_MIN_CLOSED = "da_min_closed"
    DA_FREE_CLOSED = "da_free_closed"
    DA_PB_CLOSED = "da_pb_closed"


METHODS: Final = tuple(Method)


@dataclass(frozen=True, slots=True)
class Interval:
    """The moves from one region to another: what each method says, and the least and the most of them.

    `minimum` and `maximum` are None when no method that was run estimates persons.
    """

    origin: str
    destination: str
    values: Mapping[Method, float]
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, eq=False)
class Estimates:
    """Flows between regions by method: origin in the rows, destination in the columns, nothing in the diagonal.

    `shares` are methods whose values are percent of all moves and no persons; they have no part in the interval.
    `unsettled` are methods whose fitting still moved when it was given up: their values are not to be relied on.
    """

    regions: tuple[str, ...]
    flows: Mapping[Method, Matrix]
    shares: frozenset[Method] = frozenset()
    unsettled: frozenset[Method] = frozenset()

    def bounds(self) -> tuple[Matrix, Matrix] | None:
        """The least and the most over the methods that estimate persons; None when there is none."""
        counted = [table for method, table in self.flows.items() if method not in self.shares]
        if not counted:
            return None
        stack = np.stack(counted)
        return stack.min(axis=0), stack.max(axis=0)

    def intervals(self) -> Iterator[Interval]:
        """One interval for each pair of different regions, in the order of the regions."""
        bounds = self.bounds()
        for row, origin in enumerate(self.regions):
            for column, destination in enumerate(self.regions):
                if row == column:
                    continue
                yield Interval(
                    origin,
                    destination,
                    {method: float(table[row, column]) for method, table in self.flows.items()},
                    float(bounds[0][row, column]) if bounds else None,
                    float(bounds[1][row, column]) if bounds else None,
                )


def estimate(given: Accounts, methods: Sequence[Method] = METHODS, *, migrants: float | None = None) -> Estimates:
    """Flows of the period by each method.

    `migrants` is how many moved in all, which `mig_rate` (Dennett 2016) spreads by the stock at the start and cannot
    know itself; without it its values are percent. Raises ValueError for a negative number.
    """
    if migrants is not None and not migrants >= 0:
        raise ValueError(f"How many moved in all must be a count of persons; found {migrants}.")
    flows: dict[Method, Matrix] = {}
    unsettled: set[Method] = set()
    wanted = set(methods)
    if Method.SD_DROP_NEG in wanted:
        flows[Method.SD_DROP_NEG] = _growth(given, reverse=False)
    if Method.SD_REV_NEG in wanted:
        flows[Method.SD_REV_NEG] = _growth(given, reverse=True)
    if Method.MIG_RATE in wanted:
        flows[Method.MIG_RATE] = _by_rate(given, SHARES if migrants is None else migrants)
    if Method.DA_MIN_OPEN in wanted:
        moves = fewest(given, System.OPEN)
        flows[Method.DA_MIN_OPEN] = moves.flows()
        unsettled |= set() if moves.settled else {Method.DA_MIN_OPEN}
    if wanted & {Method.DA_MIN_CLOSED, Method.DA_PB_CLOSED, Method.DA_FREE_CLOSED}:
        few, mixed = fewest(given, System.CLOSED), most_mixed(given, System.CLOSED)
        blend = WEIGHT_OF_FEWEST * few.flows() + (1 - WEIGHT_OF_FEWEST) * mixed.flows()
        closed = {Method.DA_MIN_CLOSED: few.flows(), Method.DA_FREE_CLOSED: mixed.flows(), Method.DA_PB_CLOSED: blend}
        flows |= {method: table for method, table in closed.items() if method in wanted}
        unsettled |= set() if few.settled else set(closed) & wanted
    ordered = {method: flows[method] for method in METHODS if method in flows}
    shares = frozenset({Method.MIG_RATE} & wanted) if migrants is None else frozenset()
    return Estimates(given.regions, ordered, shares, frozenset(unsettled))


def _growth(given: Accounts, *, reverse: bool) -> Matrix:
    """Growth of a stock as arrivals from the place of birth; a fall as return to it, or as nothing."""
    growth = given.end - given.start
    np.fill_diagonal(growth, 0.0)
    flows = np.maximum(growth, 0.0)
    return flows + np.maximum(-growth.T, 0.0) if reverse else flows


def _by_rate(given: Accounts, migrants: float) -> Matrix:
    abroad = given.start.copy()
    np.fill_diagonal(abroad, 0.0)
    total = abroad.sum()
    return abroad * (migrants / total) if total else abroad
