"""Two digits of a year, unknown parts and impossible days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.cores.documents.dates import read_birth_date, read_expiry, write_date

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("740812", "1974-08-12", "day"),
        ("261121", "2026-11-21", "day"),
        ("261122", "1926-11-22", "day"),
        ("000229", "2000-02-29", "day"),
        ("7408<<", "1974-08", "month"),
        ("74<<<<", "1974", "year"),
        ("74<<12", "1974", "year"),
        ("26<<<<", "2026", "year"),
        ("2612<<", "1926-12", "month"),
        ("27<<<<", "1927", "year"),
        ("<<0812", None, "unknown"),
        ("<<<<<<", None, "unknown"),
        ("740000", "1974", "year"),
        ("740800", "1974-08", "month"),
    ],
)
def test_a_birth_is_never_in_the_future_and_keeps_what_is_known(
    printed: str, value: str | None, precision: str
) -> None:
    read = read_birth_date(printed, ON)
    assert (read.date.value, read.date.precision, read.date.printed) == (value, precision, printed)
    assert not read.impossible


@pytest.mark.parametrize("printed", ["740231", "741301", "740832", "7A0812", "7<0812", "<<1301", "250229"])
def test_what_is_no_date_is_told_and_its_characters_are_kept(printed: str) -> None:
    read = read_birth_date(printed, ON)
    assert (read.date.value, read.date.printed, read.impossible) == (None, printed, True)


def test_a_leap_day_takes_the_century_in_which_it_exists() -> None:
    assert read_birth_date("000229", date(2026, 1, 1)).date.value == "2000-02-29"
    assert read_birth_date("000229", date(1999, 1, 1)).impossible


def test_zeros_for_a_part_are_told() -> None:
    assert read_birth_date("740000", ON).zeros
    assert not read_birth_date("740812", ON).zeros


@pytest.mark.parametrize(
    ("printed", "value", "assumed"),
    [
        ("120415", "2012-04-15", False),
        ("300303", "2030-03-03", False),
        ("760101", "2076-01-01", False),
        ("770101", "1977-01-01", True),
        ("940623", "1994-06-23", True),
        ("990101", "1999-01-01", True),
        ("<<<<<<", None, False),
    ],
)
def test_an_expiry_lies_at_most_fifty_years_ahead(printed: str, value: str | None, assumed: bool) -> None:
    read = read_expiry(printed, ON)
    assert (read.date.value, read.century_assumed, read.impossible) == (value, assumed, False)


def test_near_the_end_of_a_century_an_expiry_passes_into_the_next() -> None:
    assert read_expiry("050101", date(2098, 1, 1)).date.value == "2105-01-01"


def test_an_impossible_expiry_is_told() -> None:
    assert read_expiry("301301", ON).impossible


@given(st.integers(0, 99 * 365))
def test_every_day_of_the_last_ninety_nine_years_comes_back(days: int) -> None:
    born = ON - timedelta(days)
    assert read_birth_date(write_date(born.isoformat()), ON).date.value == born.isoformat()


@given(st.text(max_size=8))
def test_any_characters_give_a_date_or_say_that_they_are_none(printed: str) -> None:
    for read in (read_birth_date(printed, ON), read_expiry(printed, ON)):
        assert read.date.printed == printed
        assert read.date.value is None or not read.impossible


def test_the_last_day_of_a_partial_date_is_the_latest_it_can_mean() -> None:
    assert read_birth_date("7402<<", ON).date.last_day == date(1974, 2, 28)
    assert read_birth_date("74<<<<", ON).date.last_day == date(1974, 12, 31)
    assert read_birth_date("<<<<<<", ON).date.last_day is None


@pytest.mark.parametrize("value", ["1974-13-01", "1974-02-30", "74-02-01", "1974-2", "yesterday", "1974-08-12T00"])
def test_what_cannot_be_written_as_a_date_is_refused_with_what_is_allowed(value: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        write_date(value)
