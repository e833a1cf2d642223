"""When terms end: laws of the arithmetic, and single cases that the packs do not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panah.cores.lawbook import Citation, Parameter, Unknown, Value, load_pack
from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.model import DURATIONS, HolidaySource
from panah.cores.lawbook.terms import Due, Suspension, add_months, due

TRUSTED = calendar_of(load_pack("kaz"))
KAZAKHSTAN = replace(TRUSTED, source=replace(TRUSTED.source, last_year=2060))
BERLIN = Calendar(
    weekend=frozenset({6, 7}), zone="Europe/Berlin", source=HolidaySource(first_year=2000, last_year=2040)
)

CAUSE = "illness"
days = st.dates(date(2015, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2015, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
units = st.sampled_from(DURATIONS)
amounts = st.integers(0, 20)
yes_no = st.booleans()
ends = st.sampled_from(["stays", "next_working_day"])
binders = st.sampled_from(["authority", "person"])


def term(
    unit: str, amount: int, counts_first_day: bool = False, end: str = "stays", binds: str = "authority"
) -> Parameter:
    value = Value(date(2000, 1, 1), None, "value", str(amount), unit, Citation("an-act"), verified=True)
    return Parameter(
        name="term",
        origin="xx",
        path="xx/parameters/term.yaml",
        what={"en": "A term"},
        unit=unit,
        values=(value,),
        runs_from=("registration",),
        version_chosen_by="registration",
        counts_first_day=counts_first_day and amount > 0,
        end_on_non_working_day=end if unit != "hours" else "stays",
        suspended_by=(CAUSE,),
        binds=binds,
    )


terms = st.builds(term, units, amounts, yes_no, ends, binders)


@st.composite
def pauses(draw: st.DrawFn, around: date) -> tuple[Suspension, ...]:
    first = st.integers(-10, 60)
    spans = draw(st.lists(st.tuples(first, st.integers(0, 30)), max_size=3))
    return tuple(
        Suspension(CAUSE, around + timedelta(days=start), around + timedelta(days=start + length))
        for start, length in spans
    )


def ended(parameter: Parameter, start: date, held: tuple[Suspension, ...] = (), calendar: Calendar = KAZAKHSTAN) -> Due:
    answer = due(parameter, {"registration": start}, calendar, held)
    assert isinstance(answer, Due), answer
    return answer


@given(terms, st.one_of(days, moments))
def test_no_term_ends_before_it_starts(parameter: Parameter, start: date) -> None:
    begin = KAZAKHSTAN.local(start) if isinstance(start, datetime) else KAZAKHSTAN.start_of(start)
    assert ended(parameter, start).at >= begin


@given(terms, days, st.data())
def test_a_suspension_never_shortens_a_term(parameter: Parameter, start: date, data: st.DataObject) -> None:
    held = data.draw(pauses(start))
    extra = data.draw(pauses(start))
    assert ended(parameter, start, held + extra).at >= ended(parameter, start, held).at


@given(terms, moments, st.data())
def test_a_suspension_never_shortens_a_term_that_starts_at_an_hour(
    parameter: Parameter, start: datetime, data: st.DataObject
) -> None:
    held = data.draw(pauses(start.date()))
    assert ended(parameter, start, held).at >= ended(parameter, start).at


@given(amounts, days, yes_no, st.data())
def test_a_term_of_working_days_never_ends_on_a_weekend_or_a_holiday(
    amount: int, start: date, first: bool, data: st.DataObject
) -> None:
    last = ended(term("working_days", amount, first), start, data.draw(pauses(start))).at.date()
    assert KAZAKHSTAN.is_working(last) is True


@given(st.sampled_from(["calendar_days", "months", "years"]), amounts, days)
def test_a_term_that_moves_never_ends_on_a_weekend_or_a_holiday(unit: str, amount: int, start: date) -> None:
    assert KAZAKHSTAN.is_working(ended(term(unit, amount, end="next_working_day"), start).at.date()) is True


@given(terms, days, st.data())
def test_a_day_term_never_ends_within_a_suspension(parameter: Parameter, start: date, data: st.DataObject) -> None:
    assume(parameter.unit != "hours")
    held = data.draw(pauses(start))
    last = ended(parameter, start, held).at.date()
    assert not any(pause.start <= last <= (pause.end or pause.start) for pause in held)


@given(terms, days)
def test_a_longer_term_never_ends_earlier(parameter: Parameter, start: date) -> None:
    value = parameter.values[0]
    longer = replace(parameter, values=(replace(value, amount=str(int(value.amount) + 1)),))
    assert ended(longer, start).at >= ended(parameter, start).at


@given(st.sampled_from(["calendar_days", "working_days", "months", "years"]), st.integers(1, 20), days)
def test_counting_the_first_day_never_lengthens_a_term(unit: str, amount: int, start: date) -> None:
    assert ended(term(unit, amount, True), start).at <= ended(term(unit, amount, False), start).at


@given(st.integers(1, 60), days)
def test_working_days_are_counted_one_by_one(amount: int, start: date) -> None:
    last = ended(term("working_days", amount), start).at.date()
    between = (start + timedelta(days=step) for step in range(1, (last - start).days + 1))
    assert sum(KAZAKHSTAN.is_working(day) is True for day in between) == amount


def test_a_day_of_twenty_five_hours_stands_still_for_all_of_them() -> None:
    start = datetime(2024, 2, 1, tzinfo=UTC)
    held = (Suspension("illness", date(2024, 2, 1), date(2024, 2, 29)),)
    assert ended(term("hours", 0), start, held).at == datetime(2024, 2, 29, 19, tzinfo=UTC)


@given(st.integers(0, 72), moments, st.data())
def test_hours_run_exactly_as_long_as_the_clock_is_not_suspended(
    hours: int, start: datetime, data: st.DataObject
) -> None:
    held = data.draw(pauses(start.date()))
    at = ended(term("hours", hours), start, held).at
    paused = {
        pause.start + timedelta(days=step)
        for pause in held
        for step in range(((pause.end or pause.start) - pause.start).days + 1)
    }
    stood = timedelta()
    for day in paused:
        # In UTC: the last of February 2024 had twenty-five hours in Almaty.
        low = max(KAZAKHSTAN.start_of(day), start).astimezone(UTC)
        high = min(KAZAKHSTAN.start_of(day + timedelta(days=1)), at).astimezone(UTC)
        stood += max(high - low, timedelta())
    assert at - start == timedelta(hours=hours) + stood


@given(days, st.integers(0, 240))
def test_a_month_ends_on_the_same_day_or_on_the_last_one(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


def test_twenty_four_hours_over_a_change_of_the_clocks_are_twenty_four_hours() -> None:
    start = BERLIN.start_of(date(2026, 3, 29))
    at = ended(term("hours", 24), start, calendar=BERLIN).at
    assert at.isoformat() == "2026-03-30T01:00:00+02:00"


def test_a_doubt_about_the_hour_favours_the_person_on_both_sides() -> None:
    start = date(2026, 11, 21)
    assert ended(term("hours", 24, binds="person"), start).at.isoformat() == "2026-11-23T00:00:00+05:00"
    assert ended(term("hours", 24, binds="authority"), start).at.isoformat() == "2026-11-22T00:00:00+05:00"
    assert ended(term("hours", 24), start).to_the_day


def test_the_day_of_a_moment_is_the_day_on_the_states_clocks() -> None:
    late_evening_in_utc = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert ended(term("calendar_days", 1), late_evening_in_utc).at.date() == date(2026, 11, 22)


def test_an_absent_fact_is_named_and_a_fact_that_did_not_happen_says_so() -> None:
    absent = due(term("months", 1), {}, KAZAKHSTAN)
    never = due(term("months", 1), {"registration": None}, KAZAKHSTAN)
    assert isinstance(absent, Unknown)
    assert isinstance(never, Unknown)
    assert absent.missing == never.missing == "registration"
    assert "is not known" in absent.why
    assert "has not happened" in never.why


def test_the_latest_of_several_starts_counts() -> None:
    parameter = replace(term("calendar_days", 5), runs_from=("arrival", "registration"))
    answer = due(parameter, {"arrival": date(2026, 11, 2), "registration": date(2026, 11, 9)}, KAZAKHSTAN)
    assert isinstance(answer, Due)
    assert (answer.start_fact, answer.at.date()) == ("registration", date(2026, 11, 14))


def test_the_three_dates_stay_apart_in_the_answer() -> None:
    pack = load_pack("xx")
    facts = {"decision": date(2021, 6, 30), "notification": date(2021, 7, 12)}
    answer = due(pack.parameters["asylum/appeal"], facts, calendar_of(pack))
    assert isinstance(answer, Due)
    assert (answer.start_fact, answer.start) == ("notification", date(2021, 7, 12))
    assert (answer.chosen_by, answer.chosen_on) == ("decision", date(2021, 6, 30))
    assert answer.known == pack.stamp
    assert str(answer.value.citation) == "xx-refugee-act-2014, art. 19, para. 1"


def test_an_end_that_crosses_a_calculated_holiday_says_so() -> None:
    assert ended(term("working_days", 10), date(2026, 5, 20)).estimated
    assert not ended(term("working_days", 10), date(2026, 9, 1)).estimated
    assert not ended(term("calendar_days", 10), date(2026, 5, 20)).estimated


def test_an_answer_that_rests_on_the_library_of_holidays_names_its_edition() -> None:
    assert ended(term("working_days", 5), date(2026, 9, 1)).calendar == f"holidays {holidays.__version__}, KZ"
    assert ended(term("hours", 5), date(2026, 9, 1)).calendar == ""


def test_a_year_without_holidays_gives_no_answer() -> None:
    answer = due(term("working_days", 20), {"registration": date(2030, 12, 20)}, TRUSTED)
    assert isinstance(answer, Unknown)
    assert answer.missing == "holidays of 2031"


def test_a_suspension_that_still_runs_gives_no_answer() -> None:
    answer = due(
        term("months", 3), {"registration": date(2026, 1, 5)}, KAZAKHSTAN, [Suspension(CAUSE, date(2026, 2, 1))]
    )
    assert isinstance(answer, Unknown)
    assert answer.missing == "end of illness"


def test_a_figure_does_not_fall_due() -> None:
    with pytest.raises(ValueError, match="'labour/quota' is measured in percent"):
        due(load_pack("xx").parameters["labour/quota"], {}, KAZAKHSTAN)
