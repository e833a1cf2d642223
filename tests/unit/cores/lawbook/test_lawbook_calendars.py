"""Working days: weekends, holidays, what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from panah.cores.lawbook import Unknown, load_pack
from panah.cores.lawbook.calendars import calendar_of, library_holidays

KAZAKHSTAN = calendar_of(load_pack("kaz"))
EXAMPLIA = calendar_of(load_pack("xx"))


def test_a_weekend_and_a_holiday_are_no_working_days() -> None:
    assert KAZAKHSTAN.is_working(date(2026, 11, 20)) is True
    assert KAZAKHSTAN.is_working(date(2026, 11, 21)) is False
    assert KAZAKHSTAN.is_working(date(2026, 12, 16)) is False
    assert KAZAKHSTAN.holiday(date(2026, 12, 16)) == "Independence Day"


def test_a_holiday_on_a_sunday_is_observed_on_monday() -> None:
    assert KAZAKHSTAN.is_working(date(2026, 10, 26)) is False


def test_a_day_off_moved_against_a_working_saturday() -> None:
    assert EXAMPLIA.is_working(date(2024, 5, 2)) is False
    assert EXAMPLIA.is_working(date(2024, 5, 11)) is True
    assert EXAMPLIA.holiday(date(2024, 5, 11)) is None


@pytest.mark.parametrize(("calendar", "on"), [(KAZAKHSTAN, date(2031, 1, 8)), (EXAMPLIA, date(2018, 6, 5))])
def test_a_year_without_holidays_is_unknown_and_not_a_year_of_work(calendar: object, on: date) -> None:
    answer = calendar.is_working(on)  # type: ignore[attr-defined]
    assert isinstance(answer, Unknown)
    assert answer.missing == f"holidays of {on.year}"


def test_a_holiday_that_follows_the_moon_is_marked_as_an_estimate() -> None:
    assert KAZAKHSTAN.has_estimate(date(2026, 5, 27), date(2026, 5, 27))
    assert not KAZAKHSTAN.has_estimate(date(2026, 1, 1), date(2026, 5, 26))
    assert not KAZAKHSTAN.has_estimate(date(2026, 5, 28), date(2026, 12, 31))


def test_the_day_is_the_one_on_the_states_clocks() -> None:
    assert KAZAKHSTAN.day_of(datetime(2026, 11, 20, 19, 30, tzinfo=UTC)) == date(2026, 11, 21)
    assert KAZAKHSTAN.day_of(date(2026, 11, 20)) == date(2026, 11, 20)


def test_kazakhstan_has_one_time_zone_since_march_2024() -> None:
    assert KAZAKHSTAN.start_of(date(2024, 2, 29)).utcoffset() != KAZAKHSTAN.start_of(date(2024, 3, 2)).utcoffset()
    assert KAZAKHSTAN.start_of(date(2026, 11, 21)).isoformat() == "2026-11-21T00:00:00+05:00"


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset from UTC"):
        KAZAKHSTAN.day_of(datetime(2026, 11, 21, 10))


def test_a_country_that_the_library_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no country 'QQ'"):
        library_holidays("QQ", 2026)
