"""Time insured in several states: whose days count where, and none of them twice.

A state counts its own periods first. Only where they are too short does an agreement add those of its other parties, save what coincides
in time. What the sources do not tell (how days before the agreement entered into force count, and whom besides workers of its states it covers)
is said and never filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

Basis = Literal["own", "together", "not_added"]
Why = Literal["", "own_is_enough", "state_outside", "person_outside", "not_in_force"]


@dataclass(frozen=True)
class Period:
    """Insured in a state (ISO 3166-1 alpha-3) from the first to the last day, both included. `source` says how that is known."""

    state: str
    first: date
    last: date
    source: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"The period in {self.state} ends on {self.last}, before it begins on {self.first}. Give the first and the last day."
            )


@dataclass(frozen=True)
class Agreement:
    """Which states add each other's periods, since when, and the source that says so (an id of packs/_floor/sources)."""

    code: str
    parties: frozenset[str]
    in_force: date
    source: str


EAEU_PENSIONS: Final = Agreement(
    code="eaeu-pensions-2019",
    parties=frozenset({"ARM", "BLR", "KAZ", "KGZ", "RUS"}),
    in_force=date(2021, 1, 1),
    source="eaeu-pensions-2019",
)
"""Signed on 20 December 2019 (domain reference 6; parties by 4.5). Tajikistan, Uzbekistan, Azerbaijan and Turkmenistan are outside."""


@dataclass(frozen=True)
class Reckoned:
    """What one state counts. `days` is what stands against `minimum` (None: not known, and then what could be counted at the most);
    `coinciding` days lie in periods of several counted states and are in it once; `before_force` of them lie before the agreement was in
    force; `left_out` is what states outside it insured."""

    state: str
    own: int
    days: int
    minimum: int | None
    basis: Basis
    why: Why
    coinciding: int = 0
    before_force: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def enough(self) -> bool | None:
        """Whether the days are enough; None where nobody knows how many the state asks for."""
        return None if self.minimum is None else self.days >= self.minimum

    @property
    def share(self) -> Fraction:
        """The part of the counted time that the state's own periods are: it pays for these."""
        return Fraction(self.own, self.days) if self.days else Fraction(0)


def days_of(periods: Iterable[Period]) -> int:
    """How many days of the calendar lie in at least one of the periods."""
    return sum((last - first).days + 1 for first, last in _merged(periods))


def coinciding(periods: Iterable[Period]) -> int:
    """How many days lie in periods of two states or more."""
    known = list(periods)
    states = {period.state for period in known}
    edges: Counter[date] = Counter()
    for state in states:
        for first, last in _merged(period for period in known if period.state == state):
            edges[first] += 1
            edges[last + timedelta(days=1)] -= 1
    days = insured_in = 0
    for here, there in pairwise(sorted(edges)):
        insured_in += edges[here]
        days += (there - here).days if insured_in > 1 else 0
    return days


def reckon(
    periods: Iterable[Period],
    state: str,
    minimum: int | None,
    agreement: Agreement,
    *,
    national_of: Iterable[str],
    on: date,
) -> Reckoned:
    """What `state` counts on the day `on` of the periods of a person against the days that its law asks for at the least.

    A minimum of None is not known: then nobody can say that own days are enough, and the sum is told that could count.
    Raises ValueError for a negative minimum. Days after `on` are not insured yet and count nowhere.
    """
    if minimum is not None and minimum < 0:
        raise ValueError(f"The state asks for at least {minimum} days. Give a number from 0 up.")
    past = tuple(_until(periods, on))
    own = days_of(period for period in past if period.state == state)
    inside = tuple(period for period in past if period.state == state or period.state in agreement.parties)
    why = _why_not_added(own, state, minimum, agreement, frozenset(national_of), on)
    if why:
        others = {period.state for period in past} - {state}
        basis: Basis = "own" if why == "own_is_enough" else "not_added"
        return Reckoned(state, own, own, minimum, basis, why, left_out=_by_state(past, others))
    before = agreement.in_force - timedelta(days=1)
    outside = {period.state for period in past} - agreement.parties
    return Reckoned(
        state, own, days_of(inside), minimum, "together", "",
        coinciding=coinciding(inside), before_force=days_of(_until(inside, before)), left_out=_by_state(past, outside),
    )  # fmt: skip


def _why_not_added(
    own: int, state: str, minimum: int | None, agreement: Agreement, national_of: frozenset[str], on: date
) -> Why:
    if minimum is not None and own >= minimum:
        return "own_is_enough"
    if state not in agreement.parties:
        return "state_outside"
    if on < agreement.in_force:
        return "not_in_force"
    return "" if national_of & agreement.parties else "person_outside"


def _by_state(periods: Iterable[Period], states: Iterable[str]) -> dict[str, int]:
    known = tuple(periods)
    return {state: days_of(one for one in known if one.state == state) for state in sorted(states)}


def _until(periods: Iterable[Period], on: date) -> Iterable[Period]:
    """The periods without the days after `on`."""
    for period in periods:
        if period.first <= on:
            yield Period(period.state, period.first, min(period.last, on), period.source)


def _merged(periods: Iterable[Period]) -> list[tuple[date, date]]:
    """The days of the periods as stretches that neither touch nor overlap, in order."""
    found: list[tuple[date, date]] = []
    for first, last in sorted((period.first, period.last) for period in periods):
        if found and (first - found[-1][1]).days <= 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
