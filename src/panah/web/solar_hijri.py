"""The Solar Hijri calendar of Iran and Afghanistan, for showing a date as its reader counts it.

Years are laid out by the 33-year cycle, which agrees day for day with the calendar of the Unicode ICU library for all
of 1206 to 1497 SH (1827 to 2119). Outside these years there is no answer, and only the Gregorian date is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1206, 1497
_LEAP_IN_CYCLE = (1, 5, 9, 13, 17, 22, 26, 30)
_KNOWN_YEAR, _KNOWN_NEW_YEAR = 1403, date(2024, 3, 20)

_IRAN = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_AFGHANISTAN = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت")
_PASHTO = ("وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب")

# The names of the months by the reader's language. Readers of other languages count by the Gregorian calendar.
MONTHS = {"fa": _IRAN, "prs": _AFGHANISTAN, "fa-AF": _AFGHANISTAN, "ps": _PASHTO}


@dataclass(frozen=True)
class SolarHijriDay:
    year: int
    month: int
    day: int


def new_year(year: int) -> date:
    """The Gregorian day of 1 Farvardin (1 Hamal). Raises ValueError outside FIRST_YEAR to LAST_YEAR + 1."""
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise ValueError(f"The Solar Hijri year is {year}. Known are {FIRST_YEAR} to {LAST_YEAR}.")
    days = 365 * (year - _KNOWN_YEAR) + _leap_years_before(year) - _leap_years_before(_KNOWN_YEAR)
    return date.fromordinal(_KNOWN_NEW_YEAR.toordinal() + days)


def from_gregorian(day: date) -> SolarHijriDay | None:
    """The same day in the Solar Hijri calendar, or None outside the years that are known."""
    if not new_year(FIRST_YEAR) <= day < new_year(LAST_YEAR + 1):
        return None
    year = day.year - 621
    if day < new_year(year):
        year -= 1
    passed = day.toordinal() - new_year(year).toordinal()
    # Six months of 31 days, then months of 30; the last has 29 or 30.
    month, in_month = divmod(passed, 31) if passed < 186 else divmod(passed - 186, 30)
    return SolarHijriDay(year, month + (1 if passed < 186 else 7), in_month + 1)


def _leap_years_before(year: int) -> int:
    cycles, place = divmod(year, 33)
    return cycles * len(_LEAP_IN_CYCLE) + sum(1 for leap in _LEAP_IN_CYCLE if leap < place)
