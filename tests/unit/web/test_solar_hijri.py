from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.web.solar_hijri import FIRST_YEAR, LAST_YEAR, MONTHS, SolarHijriDay, from_gregorian, new_year

# New year's days of the official calendar on both sides of the places where four years become five.
NEW_YEARS = {
    1343: date(1964, 3, 21),
    1371: date(1992, 3, 21),
    1375: date(1996, 3, 20),
    1376: date(1997, 3, 21),
    1400: date(2021, 3, 21),
    1403: date(2024, 3, 20),
    1404: date(2025, 3, 21),
    1408: date(2029, 3, 20),
    1409: date(2030, 3, 21),
    1436: date(2057, 3, 20),
    1437: date(2058, 3, 21),
    1441: date(2062, 3, 20),
}


@pytest.mark.parametrize("year", NEW_YEARS)
def test_new_year_falls_on_its_day(year: int) -> None:
    assert new_year(year) == NEW_YEARS[year]
    assert from_gregorian(NEW_YEARS[year]) == SolarHijriDay(year, 1, 1)


def test_the_last_day_of_a_leap_year_is_the_thirtieth() -> None:
    assert from_gregorian(date(2025, 3, 20)) == SolarHijriDay(1403, 12, 30)
    assert from_gregorian(date(2024, 3, 19)) == SolarHijriDay(1402, 12, 29)


def test_the_seventh_month_begins_after_six_months_of_31_days() -> None:
    assert from_gregorian(date(2026, 9, 22)) == SolarHijriDay(1405, 6, 31)
    assert from_gregorian(date(2026, 9, 23)) == SolarHijriDay(1405, 7, 1)


@given(some.dates(new_year(FIRST_YEAR), new_year(LAST_YEAR)))
def test_the_next_day_is_one_day_later_or_the_first_of_a_month(day: date) -> None:
    here, there = from_gregorian(day), from_gregorian(date.fromordinal(day.toordinal() + 1))
    assert here is not None
    assert there is not None
    if there.day == 1:
        assert (there.year, there.month) in {(here.year, here.month + 1), (here.year + 1, 1)}
        assert here.day in {29, 30, 31}
    else:
        assert there == SolarHijriDay(here.year, here.month, here.day + 1)


def test_years_that_are_not_known_have_no_answer() -> None:
    assert from_gregorian(date(1800, 1, 1)) is None
    assert from_gregorian(date(2200, 1, 1)) is None
    with pytest.raises(ValueError, match="Known are 1206 to 1497"):
        new_year(1100)


def test_iran_and_afghanistan_have_names_of_their_own_for_the_months() -> None:
    assert all(len(names) == len(set(names)) == 12 for names in MONTHS.values())
    assert MONTHS["fa"][0] == "فروردین"
    assert MONTHS["prs"][0] == "حمل"
    assert MONTHS["ps"][0] == "وری"
