"""Days of the Solar Hijri and the Lunar Hijri calendar as Gregorian days, for dates of birth written in them.

Solar Hijri (Iran, Afghanistan): months of 31, 30 and at the end 29 or 30 days; leap years by the 33-year cycle, which
agrees day for day with the calendar of the Unicode ICU library for 1206 to 1498 SH. Lunar Hijri: the tabular calendar
(30-year cycle, civil epoch, as in Reingold and Dershowitz, Calendrical Calculations); the month that was in use began
by sight of the moon and may differ by up to two days, which is given as a range and never hidden.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

SOLAR_YEARS: Final = range(1206, 1499)
LUNAR_YEARS: Final = range(1250, 1501)
MOON_DOUBT: Final = 2
"""Days by which a Lunar Hijri date of the table may differ from the one in use."""

_LEAP_PLACES: Final = (1, 5, 9, 13, 17, 22, 26, 30)
_KNOWN_YEAR: Final = 1403
_KNOWN_NEW_YEAR: Final = date(2024, 3, 20).toordinal()
_LUNAR_EPOCH: Final = 227015
"""Ordinal of 1 Muharram of year 1 in the civil reckoning: 16 July 622 Julian, 19 July 622 Gregorian."""


class Calendar(StrEnum):
    """The calendars in which a date can be stated."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"
    LUNAR_HIJRI = "lunar_hijri"


def solar_new_year(year: int) -> date:
    """The Gregorian day of 1 Farvardin (1 Hamal). Raises ValueError for a year that is not in SOLAR_YEARS."""
    _within(year, SOLAR_YEARS, "Solar Hijri")
    days = 365 * (year - _KNOWN_YEAR) + _solar_leaps_before(year) - _solar_leaps_before(_KNOWN_YEAR)
    return date.fromordinal(_KNOWN_NEW_YEAR + days)


def solar_month_days(year: int, month: int) -> int:
    """Days of a Solar Hijri month. Raises ValueError for a month that is not."""
    _within(month, range(1, 13), "month")
    if month <= 6:
        return 31
    return 30 if month < 12 or year % 33 in _LEAP_PLACES else 29


def solar_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri day. Raises ValueError for a day that the calendar does not have."""
    _within(day, range(1, solar_month_days(year, month) + 1), "day")
    passed = 31 * (month - 1) - max(0, month - 7) + day - 1
    return date.fromordinal(solar_new_year(year).toordinal() + passed)


def lunar_month_days(year: int, month: int) -> int:
    """Days of a month of the tabular Lunar Hijri calendar. Raises ValueError for a month that is not."""
    _within(month, range(1, 13), "month")
    if month == 12:
        return 30 if (11 * year + 14) % 30 < 11 else 29
    return 29 + month % 2


def lunar_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of the tabular Lunar Hijri calendar; MOON_DOUBT is not in it.

    Raises ValueError for a year that is not in LUNAR_YEARS and a day that the calendar does not have.
    """
    _within(year, LUNAR_YEARS, "Lunar Hijri")
    _within(day, range(1, lunar_month_days(year, month) + 1), "day")
    passed = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return date.fromordinal(_LUNAR_EPOCH + passed)


def _within(value: int, allowed: range, what: str) -> None:
    if value not in allowed:
        kind = f"{what} year" if "Hijri" in what else what
        raise ValueError(f"The {kind} is {value}. Allowed are {allowed.start} to {allowed.stop - 1}.")


def _solar_leaps_before(year: int) -> int:
    cycles, place = divmod(year, 33)
    return cycles * len(_LEAP_PLACES) + sum(1 for leap in _LEAP_PLACES if leap < place)
