"""Days of the Hijri calendars as Gregorian days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.cores.identity import calendars


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (1375, date(1996, 3, 20)),
        (1376, date(1997, 3, 21)),
        (1400, date(2021, 3, 21)),
        (1403, date(2024, 3, 20)),
        (1404, date(2025, 3, 21)),
    ],
)
def test_the_solar_year_begins_on_its_known_day(year, first):
    assert calendars.solar_day(year, 1, 1) == first


def test_a_leap_year_has_thirty_days_in_its_last_month():
    assert calendars.solar_month_days(1375, 12) == 30
    assert calendars.solar_month_days(1376, 12) == 29
    with pytest.raises(ValueError, match=r"day is 30\. Allowed are 1 to 29"):
        calendars.solar_day(1376, 12, 30)


@given(some.sampled_from(calendars.SOLAR_YEARS), some.integers(1, 12))
def test_no_day_is_missing_or_double_between_solar_months(year, month):
    last = calendars.solar_day(year, month, calendars.solar_month_days(year, month))
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    if following[0] in calendars.SOLAR_YEARS:
        assert calendars.solar_day(*following, 1) == last + timedelta(days=1)


@given(some.sampled_from(calendars.LUNAR_YEARS), some.integers(1, 12))
def test_no_day_is_missing_or_double_between_lunar_months(year, month):
    last = calendars.lunar_day(year, month, calendars.lunar_month_days(year, month))
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    if following[0] in calendars.LUNAR_YEARS:
        assert calendars.lunar_day(*following, 1) == last + timedelta(days=1)


def test_the_lunar_table_gives_the_beginning_of_a_known_month():
    assert calendars.lunar_day(1445, 9, 1) == date(2024, 3, 11)


@pytest.mark.parametrize("year", [1205, 1499])
def test_a_year_outside_the_table_is_refused_and_named(year):
    with pytest.raises(ValueError, match=rf"The Solar Hijri year is {year}\. Allowed are 1206 to 1498\."):
        calendars.solar_day(year, 1, 1)
