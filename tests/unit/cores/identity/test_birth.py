"""Dates of birth as ranges that are never narrower than what was said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.cores.identity import birth
from panah.cores.identity.birth import Precision
from panah.cores.identity.calendars import Calendar

SOLAR = Calendar.SOLAR_HIJRI


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("1990", date(1990, 1, 1), date(1990, 12, 31), Precision.YEAR),
        ("1990-02", date(1990, 2, 1), date(1990, 2, 28), Precision.MONTH),
        ("1990-12", date(1990, 12, 1), date(1990, 12, 31), Precision.MONTH),
        ("1990-05-03", date(1990, 5, 3), date(1990, 5, 3), Precision.DAY),
        ("03.05.1990", date(1990, 5, 3), date(1990, 5, 3), Precision.DAY),
        ("05.1990", date(1990, 5, 1), date(1990, 5, 31), Precision.MONTH),
        ("۱۹۹۰", date(1990, 1, 1), date(1990, 12, 31), Precision.YEAR),
    ],
)
def test_a_part_of_a_date_stays_a_part(text, first, last, precision):
    found = birth.stated(text)
    assert (found.earliest, found.latest, found.precision) == (first, last, precision)
    assert birth.of_iso(found.iso) == found


def test_a_solar_year_is_a_range_over_two_years():
    found = birth.stated("1375", SOLAR)
    assert (found.earliest, found.latest, found.iso) == (date(1996, 3, 20), date(1997, 3, 20), "")


def test_a_whole_solar_date_is_one_day():
    assert birth.stated("1400-01-01", SOLAR).iso == "2021-03-21"


def test_a_lunar_date_keeps_the_doubt_of_the_moon():
    found = birth.stated("1445-09-01", Calendar.LUNAR_HIJRI)
    assert (found.earliest, found.latest) == (date(2024, 3, 9), date(2024, 3, 13))


def test_twenty_two_in_1400_is_a_range_of_two_years():
    found = birth.of_age(22, birth.stated("1400", SOLAR))
    assert (found.earliest, found.latest) == (date(1998, 3, 22), date(2000, 3, 20))
    assert found.precision is Precision.AGE


def test_seventeen_or_eighteen_may_be_a_child():
    today = birth.on_day(date(2026, 11, 21))
    found = birth.of_age(17, today, 18)
    assert (found.earliest, found.latest) == (date(2007, 11, 22), date(2009, 11, 21))
    assert found.may_be_child_on(date(2026, 11, 21))
    assert not found.may_be_child_on(date(2027, 11, 21))


def test_majority_is_asked_of_the_last_possible_day():
    found = birth.stated("2008")
    assert found.may_be_child_on(date(2026, 12, 30))
    assert not found.may_be_child_on(date(2026, 12, 31))


@pytest.mark.parametrize("text", ["03/05/1990", "5.3.90", "May 1990", "1990-13", "1990-02-30", "0000", ""])
def test_what_cannot_be_read_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\."):
        birth.stated(text)


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="Exchange the two"):
        birth.between(birth.stated("1992"), birth.stated("1990"))


@given(some.dates(date(1930, 1, 1), date(2026, 1, 1)), some.dates(date(1930, 1, 1), date(2026, 11, 21)))
def test_the_range_of_an_age_holds_the_true_birthday(born, asked):
    if born > asked:
        born, asked = asked, born
    age = asked.year - born.year - ((asked.month, asked.day) < (born.month, born.day))
    found = birth.of_age(age, birth.on_day(asked))
    assert found.earliest <= born <= found.latest
    assert found.age_on(asked) == age
