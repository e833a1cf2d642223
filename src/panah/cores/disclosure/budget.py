"""Noise of differential privacy, and the book that refuses to spend more of it than was set.

For releases that repeat or cross states, where suppression would have to be reckoned with everything that was ever said.
The noise is that of OpenDP (extra `panah[sdc]`), drawn from the machine's own chance: it must not be guessed or drawn
again, so unlike all other chance here it has no seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec


class Overspent(ValueError):
    """The budget does not allow the release. The sentence says what is left."""


class Spending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One release: what for, how much of the budget, when. `releases` counts the numbers in it."""

    purpose: str
    epsilon: Decimal
    at: datetime
    numbers: int


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one population may give away at most, and what it gave away. Nothing is ever taken out of it.

    population: whose records; each record may change each release by one. limit: the sum of all epsilons that is allowed.
    """

    population: str
    limit: Decimal
    spendings: tuple[Spending, ...] = ()

    @property
    def spent(self) -> Decimal:
        """The sum of what was spent: releases of the same records add up."""
        return sum((one.epsilon for one in self.spendings), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        return self.limit - self.spent

    def spend(self, purpose: str, epsilon: Decimal, at: datetime, numbers: int) -> Ledger:
        """The ledger with one more release. Raises Overspent when less is left, ValueError for an epsilon that is not positive."""
        if not epsilon.is_finite() or epsilon <= 0:
            raise ValueError(f"Epsilon is {epsilon}; it must be above 0.")
        if epsilon > self.left:
            raise Overspent(
                f"The release '{purpose}' asks for {epsilon} of the budget of {self.population}; {self.left} of {self.limit} is left. "
                "Ask for less, or do not release."
            )
        return msgspec.structs.replace(self, spendings=(*self.spendings, Spending(purpose, epsilon, at, numbers)))


def read_ledger(content: bytes) -> Ledger:
    """The ledger in a JSON text. Raises ValueError for what is none, and for one that was overspent by hand."""
    try:
        ledger = msgspec.json.decode(content, type=Ledger)
    except (msgspec.DecodeError, ValueError) as error:
        raise ValueError(f"This is no ledger of a privacy budget: {error}.") from error
    if ledger.left < 0 or any(one.epsilon <= 0 for one in ledger.spendings):
        raise ValueError(
            f"The ledger of {ledger.population} has more spent than its limit, or a spending that is none."
        )
    return ledger


def to_json(ledger: Ledger) -> bytes:
    """The form in which a ledger is kept."""
    return msgspec.json.format(msgspec.json.encode(ledger), indent=1) + b"\n"


def blurred(counts: Sequence[int], epsilon: Decimal, records_in: int = 1) -> list[int]:
    """The counts with whole-number Laplace noise, so that the whole release costs `epsilon`.

    records_in: how many of the counts one record can change at most (1 where the cells exclude each other; with margins,
        one for each table that it stands in). Numbers below 0 may come out and are left, since cutting them off would
        lean the rest. Raises RuntimeError that says what to install where OpenDP is not there.
    """
    try:
        import opendp.prelude as dp
    except ImportError as error:
        raise RuntimeError("Noise of differential privacy needs OpenDP; install panah[sdc].") from error
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    release = dp.m.make_laplace(*space, scale=records_in / float(epsilon))
    # What the library proves of its own noise must not cost more than was booked.
    cost = float(release.map(records_in))  # type: ignore[no-untyped-call]
    if cost > float(epsilon) * (1 + 1e-9):
        raise RuntimeError(f"OpenDP reckons a cost of {cost} for a release booked at {epsilon}.")
    return [int(number) for number in release(list(counts))]
