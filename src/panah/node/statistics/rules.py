"""Pure rules of publishing: what a period is, which releases would tell on each other, and when to knock at the hub again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_COUNT = timedelta(minutes=10)
"""A release that has been counted for longer is counted again: the worker that did it is gone."""


@dataclass(frozen=True)
class Period:
    """A day or a month, in the days of the node's own state. `code` is its SDMX form: `2026-11-21` or `2026-11`."""

    code: str
    first: date
    last: date

    @property
    def frequency(self) -> Literal["D", "M"]:
        """The code of CL_FREQ."""
        return "D" if self.first == self.last else "M"

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last


def period_of(code: str) -> Period:
    """The period that a code names. Raises ValueError with a sentence."""
    try:
        if found := _DAY.fullmatch(code):
            day = date(*map(int, found.groups()))
            return Period(code, day, day)
        if found := _MONTH.fullmatch(code):
            year, month = map(int, found.groups())
            return Period(code, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except ValueError as error:
        raise ValueError(f"There is no such period as {code!r}: {error}. {_ALLOWED}") from error
    raise ValueError(f"The period {code!r} cannot be read. {_ALLOWED}")


_ALLOWED = "Give a day, like 2026-11-21, or a month, like 2026-11."


def overlapping(period: Period, released: Iterable[str]) -> tuple[str, ...]:
    """The released periods that share days with this one and are not this one.

    A month and its days published beside each other would tell the small counts of the day that was withheld: the month
    less the other days. Protection sees only tables of one period, so such a pair must not come about.
    """
    return tuple(sorted({code for code in released if code != period.code and period_of(code).overlaps(period)}))


def local_day(moment: datetime, timezone: str) -> date:
    """The day that it is at a moment in a time zone."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def wait_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt to hand over: half a minute, doubled each time, an hour at most."""
    return min(FIRST_WAIT * int(2 ** min(max(attempts, 1) - 1, 10)), LONGEST_WAIT)
