"""Periods as SDMX writes them: a day, a month, a quarter or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_PATTERNS = {
    "D": re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    "M": re.compile(r"(\d{4})-(\d{2})"),
    "Q": re.compile(r"(\d{4})-Q([1-4])"),
    "A": re.compile(r"(\d{4})"),
}


def frequency(period: str) -> str:
    """The code of the frequency that the form of the period shows: D, M, Q or A. Raises ValueError with a sentence."""
    for code, pattern in _PATTERNS.items():
        if pattern.fullmatch(period):
            return code
    raise ValueError(f"{period!r} is no period; write 2026-11-21, 2026-11, 2026-Q4 or 2026.")


def span(period: str) -> tuple[str, str]:
    """The first and the last day of the period, as ISO dates. Raises ValueError with a sentence."""
    code = frequency(period)
    year = int(period[:4])
    try:
        if code == "D":
            day = date(year, int(period[5:7]), int(period[8:])).isoformat()
            return day, day
        if code == "M":
            first = last = int(period[5:])
        elif code == "Q":
            last = 3 * int(period[6:])
            first = last - 2
        else:
            first, last = 1, 12
        return date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat()
    except (ValueError, IndexError) as error:
        raise ValueError(f"There is no period {period!r} in the calendar: {error}.") from error
