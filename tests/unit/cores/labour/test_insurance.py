"""Time insured in several states: each day once, and only between parties of one agreement."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from panah.cores.labour.insurance import EAEU_PENSIONS, Period, Reckoned, coinciding, days_of, reckon

TODAY = date(2026, 11, 20)
NEVER_ENOUGH = 40_000
STATES = ("RUS", "KAZ", "KGZ", "TJK", "UZB")


def asked(*periods: Period, state: str = "KAZ", minimum: int = NEVER_ENOUGH, of: str = "KGZ") -> Reckoned:
    return reckon(periods, state, minimum, EAEU_PENSIONS, national_of=[of], on=TODAY)


def test_4_a_kyrgyz_worker_of_eight_years_in_russia_and_nine_in_kazakhstan_has_the_common_half_year_once() -> None:
    russia = Period("RUS", date(2010, 1, 1), date(2017, 12, 31))
    kazakhstan = Period("KAZ", date(2017, 7, 1), date(2026, 6, 30))
    found = asked(russia, kazakhstan)
    half_year = (date(2018, 1, 1) - date(2017, 7, 1)).days
    assert found.coinciding == half_year == 184
    assert (
        found.days
        == days_of([russia]) + days_of([kazakhstan]) - half_year
        == (date(2026, 7, 1) - date(2010, 1, 1)).days
    )
    assert found.before_force == (date(2021, 1, 1) - date(2010, 1, 1)).days
    assert found.share == Fraction(days_of([kazakhstan]), found.days)
    assert found.basis == "together"


def test_3_the_russian_months_of_a_tajik_worker_are_added_to_nothing_at_home_and_his_own_to_nothing_there() -> None:
    russia, home = Period("RUS", date(2025, 1, 1), date(2026, 2, 28)), Period("TJK", date(2015, 1, 1), date(2020, 1, 1))
    at_home = asked(russia, home, state="TJK", of="TJK")
    assert (at_home.basis, at_home.why, at_home.days) == ("not_added", "state_outside", days_of([home]))
    assert at_home.left_out == {"RUS": days_of([russia])}
    in_russia = asked(russia, home, state="RUS", of="TJK")
    assert (in_russia.why, in_russia.days) == ("person_outside", days_of([russia]))


def test_a_state_whose_own_periods_are_enough_adds_nothing() -> None:
    own, other = Period("KAZ", date(2015, 1, 1), date(2025, 1, 1)), Period("RUS", date(2010, 1, 1), date(2014, 1, 1))
    found = asked(own, other, minimum=days_of([own]))
    assert (found.basis, found.days, found.enough, found.share) == ("own", days_of([own]), True, 1)
    assert not asked(own, minimum=days_of([own]) + 1).enough


def test_what_is_insured_outside_the_agreement_is_told_and_not_added() -> None:
    found = asked(Period("KAZ", date(2024, 1, 1), date(2024, 1, 10)), Period("UZB", date(2023, 1, 1), date(2023, 1, 5)))
    assert (found.days, found.left_out) == (10, {"UZB": 5})


def test_before_the_agreement_is_in_force_nothing_is_added() -> None:
    worked = [Period("RUS", date(2019, 1, 1), date(2019, 12, 31))]
    found = reckon(worked, "KAZ", 1, EAEU_PENSIONS, national_of=["KAZ"], on=date(2020, 12, 31))
    assert (found.why, found.days) == ("not_in_force", 0)


def test_days_to_come_are_not_insured_yet() -> None:
    assert asked(Period("KAZ", TODAY, TODAY + timedelta(days=900))).days == 1


def test_a_period_that_ends_before_it_begins_and_a_negative_minimum_are_named() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period("KAZ", TODAY, TODAY - timedelta(days=1))
    with pytest.raises(ValueError, match="from 0 up"):
        asked(minimum=-1)


FIRST = date(2019, 6, 1)
PERIODS = some.lists(
    some.builds(
        lambda state, start, length: Period(
            state, FIRST + timedelta(days=start), FIRST + timedelta(days=start + length)
        ),
        some.sampled_from(STATES),
        some.integers(0, 1_500),
        some.integers(0, 700),
    ),
    max_size=7,
)


# A machine that does other work may take long over the days; how fast it is, is no matter here.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def one_by_one(periods: list[Period]) -> dict[date, set[str]]:
    """Which states insured each day, counted day by day."""
    found: dict[date, set[str]] = {}
    for period in periods:
        for n in range((period.last - period.first).days + 1):
            found.setdefault(period.first + timedelta(days=n), set()).add(period.state)
    return found


@unhurried
@given(PERIODS)
def test_the_days_are_those_that_a_count_one_by_one_finds(periods: list[Period]) -> None:
    inside = [period for period in periods if period.state in EAEU_PENSIONS.parties]
    days = one_by_one(inside)
    found = asked(*periods)
    assert found.days == len(days)
    assert found.coinciding == coinciding(inside) == sum(len(states) > 1 for states in days.values())
    assert found.before_force == sum(day < EAEU_PENSIONS.in_force for day in days)


@unhurried
@given(PERIODS, some.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_a_paper_shown_twice_changes_nothing(periods: list[Period], chance) -> None:
    mixed = [*periods, *periods]
    chance.shuffle(mixed)
    assert asked(*mixed) == asked(*periods)


@unhurried
@given(PERIODS)
def test_there_are_never_more_days_than_the_calendar_has(periods: list[Period]) -> None:
    for state in STATES:
        found = asked(*periods, state=state)
        assert 0 <= found.own <= found.days
        if periods:
            assert found.days <= (max(one.last for one in periods) - min(one.first for one in periods)).days + 1
        assert 0 <= found.share <= 1


@unhurried
@given(PERIODS, PERIODS)
def test_a_further_period_never_takes_days_away(periods: list[Period], more: list[Period]) -> None:
    assert asked(*periods, *more).days >= asked(*periods).days
