"""What the insured time of a record comes to: an estimate under the agreement that the pack names, and never more than its sources tell.

Where the pack says nothing of adding time, where nobody knows the person's citizenship, or where no source tells whether the agreement
covers the person, the answer is unknown and says why. The sums are of panah.cores.labour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from panah.cores.labour.insurance import EAEU_PENSIONS, Period, Reckoned, days_of, reckon
from panah.cores.lawbook import Citation, Pack, Unknown
from panah.node.labour import rules
from panah.node.labour.models import WorkRecord
from panah.node.registration import service as registration

Answer = Literal["added", "not_added", "unknown"]


@dataclass(frozen=True)
class StateSum:
    """What one state's own days are, by papers and with what was only told, and what it could count together with others."""

    state: str
    shown: int
    told: int
    together: Reckoned | None


@dataclass(frozen=True)
class Estimate:
    """`why` is a code of `words.WHY`. `least` is None where nobody knows how many days a pension asks for."""

    on: date
    home: str
    answer: Answer
    why: str
    citation: Citation | None
    verified: bool
    agreement: str
    least: int | None
    least_citation: Citation | None
    sums: tuple[StateSum, ...]
    without_end: int

    @property
    def left_out(self) -> tuple[str, ...]:
        """States with insured time that no sum of this estimate adds."""
        counted = {one.state for one in self.sums if one.together}
        return tuple(one.state for one in self.sums if one.state not in counted)


def lines_of(record: WorkRecord) -> tuple[rules.Known, ...]:
    """The lines that stand, without those that were struck out."""
    return tuple(
        rules.Known(row.state, row.first, row.last, row.grade) for row in record.periods.all() if row.struck_at is None
    )


def estimate(record: WorkRecord, on: date) -> Estimate:
    """The estimate of a record on a day, by the pack of this node."""
    file = registration.file_by_id(record.file)
    return of_lines(lines_of(record), file.citizenships, registration.node_pack(), on)


def of_lines(lines: Sequence[rules.Known], citizenships: Iterable[str], pack: Pack, on: date) -> Estimate:
    """The same for lines by themselves."""
    shown, told = rules.periods(lines, shown_by_papers=True), rules.periods(lines, shown_by_papers=False)
    national = tuple(citizenships)
    answer, why, citation, verified = _rule(pack, national, on)
    least, least_citation = _least(pack, on)
    states = sorted({one.state for one in told} | {pack.country}, key=lambda one: (one != pack.country, one))
    sums = tuple(
        StateSum(
            state, _own(shown, state, on), _own(told, state, on), _together(told, state, answer, least, pack, national, on)
        )
        for state in states
    )  # fmt: skip
    return Estimate(
        on, pack.country, answer, why, citation, verified, EAEU_PENSIONS.code, least, least_citation, sums, rules.without_end(lines)
    )  # fmt: skip


def _rule(pack: Pack, national: Sequence[str], on: date) -> tuple[Answer, str, Citation | None, bool]:
    """Whether this state adds the time of others, why, and where that stands."""
    parameter = pack.parameters.get(rules.SUMMED)
    if parameter is None:
        return "unknown", "pack_silent", None, False
    value = parameter.value_on(on)
    if isinstance(value, Unknown):
        return "unknown", "pack_silent", _cited(pack, rules.SUMMED, on), False
    if value.amount != "yes":
        return "not_added", "state_outside", value.citation, value.verified
    if not national:
        return "unknown", "citizenship_unknown", value.citation, value.verified
    if EAEU_PENSIONS.parties.isdisjoint(national):
        return "unknown", "person_outside", value.citation, value.verified
    return "added", "", value.citation, value.verified


def _least(pack: Pack, on: date) -> tuple[int | None, Citation | None]:
    parameter = pack.parameters.get(rules.LEAST)
    value = parameter.value_on(on) if parameter else None
    if value is None or isinstance(value, Unknown):
        return None, _cited(pack, rules.LEAST, on)
    return int(value.number), value.citation


def _cited(pack: Pack, name: str, on: date) -> Citation | None:
    """Where it was looked for and not found."""
    parameter = pack.parameters.get(name)
    return next((value.citation for value in parameter.values if value.holds_on(on)), None) if parameter else None


def _own(periods: Iterable[Period], state: str, on: date) -> int:
    return days_of(
        Period(one.state, one.first, min(one.last, on)) for one in periods if one.state == state and one.first <= on
    )


def _together(
    told: Sequence[Period],
    state: str,
    answer: Answer,
    least: int | None,
    pack: Pack,
    national: Sequence[str],
    on: date,
) -> Reckoned | None:
    """What the state could count together. How many days another state asks for is for its own law, which this pack does not hold."""
    if answer != "added" or state not in EAEU_PENSIONS.parties:
        return None
    return reckon(told, state, least if state == pack.country else None, EAEU_PENSIONS, national_of=national, on=on)
