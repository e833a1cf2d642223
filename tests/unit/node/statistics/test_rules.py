"""Periods, overlaps, waiting."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panah.node.statistics import rules


def test_a_day_is_one_day_and_a_month_all_of_its_days():
    assert rules.period_of("2026-11-20") == rules.Period("2026-11-20", date(2026, 11, 20), date(2026, 11, 20))
    assert rules.period_of("2028-02") == rules.Period("2028-02", date(2028, 2, 1), date(2028, 2, 29))
    assert (rules.period_of("2026-11-20").frequency, rules.period_of("2028-02").frequency) == ("D", "M")


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-13", "2026-02-30", "yesterday", "2026-1-1", "2026-11-20T10:00", "0000-01"]
)
def test_what_is_no_period_is_named_with_what_is_allowed(code: str):
    with pytest.raises(ValueError, match=r"Give a day, like 2026-11-21, or a month, like 2026-11\."):
        rules.period_of(code)


def test_a_month_overlaps_its_days_and_not_itself():
    month, released = rules.period_of("2026-11"), ["2026-11", "2026-11-20", "2026-10-31", "2026-12"]
    assert rules.overlapping(month, released) == ("2026-11-20",)
    assert rules.overlapping(rules.period_of("2026-11-21"), ["2026-11", "2026-11-20"]) == ("2026-11",)


def test_waiting_doubles_up_to_an_hour():
    waits = [rules.wait_after(attempts) for attempts in range(20)]
    assert waits[:4] == [timedelta(seconds=s) for s in (30, 30, 60, 120)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


def test_the_day_is_that_of_the_state():
    assert rules.local_day(datetime(2026, 11, 20, 20, 30, tzinfo=UTC), "Asia/Almaty") == date(2026, 11, 21)
