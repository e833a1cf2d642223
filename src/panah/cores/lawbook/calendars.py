"""Working days of a state: its weekend, its holidays, and the years for which they are known.

Holidays come from the `holidays` library within the years that the pack trusts, then from the pack's own dated
files, which win. A year that neither covers is unknown; it never reads as a year without holidays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

from panah.cores.lawbook.model import HolidaySource, Pack
from panah.cores.lawbook.values import Unknown

ONE_DAY = timedelta(days=1)
ESTIMATED = "(estimated)"
_LIBRARY = f"holidays {version('holidays')}"


@dataclass(frozen=True)
class Calendar:
    """Weekend (ISO weekdays, 1 Monday to 7 Sunday), holidays and time zone (IANA) of one state."""

    weekend: frozenset[int]
    zone: str
    source: HolidaySource

    @property
    def basis(self) -> str:
        """What the calendar rests on beside the pack's files, so that an answer can be replayed."""
        return f"{_LIBRARY}, {self.source.library}" if self.source.library else ""

    def knows(self, year: int) -> bool:
        """Whether the holidays of that year are known."""
        return year in self.source.years or self.source.first_year <= year <= self.source.last_year

    def holiday(self, on: date) -> str | None:
        """The name of the holiday on a day of a known year, in English; None when it is none."""
        if on in self.source.open:
            return None
        if on in self.source.closed:
            return self.source.closed[on]
        if on.year in self.source.years or not self.source.library:
            return None
        return library_holidays(self.source.library, on.year).get(on)

    def has_estimate(self, first: date, last: date) -> bool:
        """Whether a holiday between two days, both included, follows the moon and was only calculated."""
        listed = (
            day
            for year in range(first.year, last.year + 1)
            if self.source.library and year not in self.source.years
            for day, name in library_holidays(self.source.library, year).items()
            if ESTIMATED in name
        )
        return any(first <= day <= last and ESTIMATED in (self.holiday(day) or "") for day in listed)

    def is_working(self, on: date) -> bool | Unknown:
        """Whether offices work on a day; Unknown for a year whose holidays the pack does not know."""
        if not self.knows(on.year):
            return Unknown(
                f"holidays of {on.year}", f"The holidays of {on.year} are not known; add them to the pack's holidays."
            )
        if on in self.source.open:
            return True
        return on.isoweekday() not in self.weekend and self.holiday(on) is None

    def local(self, moment: datetime) -> datetime:
        """A moment in the state's time zone; ValueError for one without an offset."""
        if moment.tzinfo is None:
            raise ValueError(
                f"The moment {moment.isoformat()} has no offset from UTC. Give a date or an aware datetime."
            )
        return moment.astimezone(ZoneInfo(self.zone))

    def day_of(self, moment: date) -> date:
        """The calendar day of a date or of a moment, as the state's clocks show it."""
        return self.local(moment).date() if isinstance(moment, datetime) else moment

    def start_of(self, day: date) -> datetime:
        """The first moment of a day in the state's time zone."""
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))

    def end_of(self, day: date) -> datetime:
        """The last full second of a day in the state's time zone."""
        return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZoneInfo(self.zone))


def calendar_of(pack: Pack) -> Calendar:
    """The calendar by which the pack's terms run."""
    return Calendar(weekend=pack.weekend, zone=pack.timezone, source=pack.holidays)


@lru_cache(maxsize=512)
def library_holidays(country: str, year: int) -> Mapping[date, str]:
    """Public holidays of one year as the `holidays` library has them, names in English.

    Raises ValueError for a country that the library does not carry.
    """
    try:
        found = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        raise ValueError(
            f"The library of holidays has no country '{country}'. Give an ISO 3166-1 alpha-2 code that it carries, "
            "or leave the key out and list the holidays in a file of the pack."
        ) from None
    return MappingProxyType({day: name for day, name in found.items() if day.year == year})
