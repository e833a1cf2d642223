"""When a person was born, as far as it is known: a range of days that is never narrower than what was said.

An unknown month or day stays unknown; 1 January is never put in its place. Whether a person is a child is asked of
`latest`, the last day on which they can have been born (benefit of the doubt, CRC General Comment No. 6, para. 31).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from panah.cores.identity import calendars
from panah.cores.identity.calendars import Calendar

OLDEST: Final = 130
"""Years. Nobody is older; a greater age is a slip of the pen."""

_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST: Final = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})")
_ONE_DAY: Final = timedelta(days=1)


class Precision(StrEnum):
    """How the range came about: a day, month or year was stated; two bounds were; an age was; nothing was."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    AGE = "age"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Birth:
    """First and last day on which the person can have been born, both included.

    `iso` is the Gregorian date or part of one (`1990`, `1990-05`, `1990-05-03`) when the range is exactly that, else "".
    """

    earliest: date
    latest: date
    precision: Precision
    iso: str = ""

    def age_on(self, on: date) -> int:
        """Whole years on a day by the latest possible birth: the least that the person can be; 0 at the least."""
        return max(0, _years_between(self.latest, on))

    def may_be_child_on(self, on: date, majority: int = 18) -> bool:
        """Whether the person can still be under the age of majority on that day."""
        return self.age_on(on) < majority


def stated(text: str, calendar: Calendar = Calendar.GREGORIAN) -> Birth:
    """The range that a date says: `1990`, `1990-05`, `1990-05-03`, `05.1990` or `03.05.1990` in the given calendar.

    Digits may be Persian or Arabic. `03/05/1990` is refused, since it means two days. Raises ValueError with a sentence.
    """
    year, month, day = _parts(text)
    if calendar is Calendar.GREGORIAN:
        return _gregorian(year, month, day)
    first, last = _bounds(year, month, day, calendar)
    if calendar is Calendar.LUNAR_HIJRI:
        doubt = timedelta(days=calendars.MOON_DOUBT)
        return Birth(first - doubt, last + doubt, Precision.RANGE)
    if first == last:
        return Birth(first, last, Precision.DAY, first.isoformat())
    return Birth(first, last, Precision.RANGE)


def between(first: Birth, last: Birth) -> Birth:
    """The range from the beginning of one to the end of the other. Raises ValueError when they stand the wrong way round."""
    if first.earliest > last.latest:
        raise ValueError(
            f"The first possible date of birth ({first.earliest}) is after the last one ({last.latest}). Exchange the two."
        )
    return Birth(first.earliest, last.latest, Precision.RANGE)


def of_age(age: int, when: Birth, upto: int | None = None) -> Birth:
    """The range for a person who was `age` whole years old (or `age` to `upto`) at some moment of the range `when`.

    "22 in 1400" is `of_age(22, stated("1400", SOLAR_HIJRI))`. Raises ValueError for an age that nobody reaches.
    """
    oldest = age if upto is None else upto
    if not 0 <= age <= oldest <= OLDEST:
        raise ValueError(
            f"The age is {age if upto is None else f'{age} to {oldest}'}. Allowed are 0 to {OLDEST} whole years, the lower first."
        )
    return Birth(_years_before(when.earliest, oldest + 1) + _ONE_DAY, _years_before(when.latest, age), Precision.AGE)


def on_day(day: date) -> Birth:
    """A single day as a range, for `of_age` at a known date."""
    return Birth(day, day, Precision.DAY, day.isoformat())


def of_iso(text: str) -> Birth:
    """The range of a Gregorian date or part of one; the inverse of `Birth.iso`."""
    return stated(text)


def _parts(text: str) -> tuple[int, int | None, int | None]:
    plain = text.strip().translate(_DIGITS)
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
    else:
        raise ValueError(
            f"The date {text.strip()!r} cannot be read. Write the year, or year and month, or the whole date: "
            "1990, 1990-05, 1990-05-03 or 03.05.1990."
        )
    return int(year), int(month) if month else None, int(day) if day else None


def _gregorian(year: int, month: int | None, day: int | None) -> Birth:
    try:
        if month is None:
            return Birth(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, f"{year:04}")
        if day is None:
            after = date(year + month // 12, month % 12 + 1, 1)
            return Birth(date(year, month, 1), after - _ONE_DAY, Precision.MONTH, f"{year:04}-{month:02}")
        exact = date(year, month, day)
    except ValueError:
        written = "-".join(str(part) for part in (year, month, day) if part is not None)
        raise ValueError(
            f"The calendar has no date {written}. Check year, month and day; leave out what is not known."
        ) from None
    return Birth(exact, exact, Precision.DAY, exact.isoformat())


def _bounds(year: int, month: int | None, day: int | None, calendar: Calendar) -> tuple[date, date]:
    solar = calendar is Calendar.SOLAR_HIJRI
    to_day = calendars.solar_day if solar else calendars.lunar_day
    month_days = calendars.solar_month_days if solar else calendars.lunar_month_days
    if month is not None and day is not None:
        return to_day(year, month, day), to_day(year, month, day)
    last_month = month or 12
    return to_day(year, month or 1, 1), to_day(year, last_month, month_days(year, last_month))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # 29 February in a year that has none: the birthday falls on 1 March.
        return date(day.year - years, 3, 1)


def _years_between(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
