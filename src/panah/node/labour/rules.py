"""Pure rules of a worker's record: who works on it, what its lines are, until when a permit holds, which evidence shows something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from panah.cores.labour.insurance import Period

WORKING: Final = ("labour_officer",)

KINDS: Final = ("employed", "self_employed", "service", "unpaid", "unknown")
PERMITS: Final = ("work_permit", "patent", "residence", "visa", "registration", "other")
GRADES: Final = ("A", "B", "C", "D", "E", "F")
# Papers show a period; what was said or seen tells of it. Both are counted, never mixed.
PAPERS: Final = frozenset({"A", "B", "C"})
RESULTS: Final = ("confirmed", "in_part", "denied", "no_answer")
OUTCOMES: Final = ("claim_prepared", "papers_given", "not_wanted", "moved_away", "done")

SOON: Final = timedelta(days=30)
"""So long before its end a permit is shown as ending soon: a mark of the design, no term of law."""

SUMMED: Final = "labour/eaeu_pension_periods_summed"
LEAST: Final = "labour/pension_insurance_least"
"""Names of the pack's figures: whether the time of other states is added, and how many days of insurance a pension asks for."""


@dataclass(frozen=True)
class Known:
    """One line of insured time, as it stands."""

    state: str
    first: date
    last: date | None
    grade: str


def periods(lines: Iterable[Known], *, shown_by_papers: bool) -> tuple[Period, ...]:
    """What can be counted: lines whose end is known; with `shown_by_papers` only those that papers show."""
    return tuple(
        Period(one.state, one.first, one.last, one.grade)
        for one in lines
        if one.last is not None and (one.grade in PAPERS or not shown_by_papers)
    )


def without_end(lines: Iterable[Known]) -> int:
    """How many lines count nowhere because nobody knows when they ended."""
    return sum(1 for one in lines if one.last is None)


def standing(first: date | None, last: date | None, today: date) -> str:
    """How a permit stands on a day: `to_come`, `unknown`, `over`, `ends_soon` or `holds`. An unknown end is never read as endless."""
    if first is not None and first > today:
        return "to_come"
    if last is None:
        return "unknown"
    if last < today:
        return "over"
    return "ends_soon" if last - today <= SOON else "holds"


def to_ask(home: str, states: Sequence[str], asked: Iterable[str]) -> tuple[str, ...]:
    """The states whose fund nobody has asked yet, in order; this state's own first."""
    done = set(asked)
    return tuple(state for state in sorted(set(states), key=lambda one: (one != home, one)) if state not in done)
