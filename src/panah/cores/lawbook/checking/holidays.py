"""The calendar is known for the year of the pack and the next, and names only countries that the library carries."""

from collections.abc import Iterator
from datetime import date

from panah.cores.lawbook.calendars import calendar_of, library_holidays
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.model import Pack


def check_holidays(pack: Pack) -> Iterator[Problem]:
    """Years without holidays and library countries that do not exist."""
    path = f"{pack.code}/pack.yaml"
    calendar = calendar_of(pack)
    year = date.fromisoformat(pack.version).year
    for needed in (year, year + 1):
        if not calendar.knows(needed):
            yield Problem(
                path,
                f"the holidays of {needed} are not known",
                remedy="Raise holidays last_year, or list the year in holidays/ under complete_years.",
            )
    if pack.holidays.library:
        try:
            library_holidays(pack.holidays.library, year)
        except ValueError as wrong:
            yield Problem(path, str(wrong))
