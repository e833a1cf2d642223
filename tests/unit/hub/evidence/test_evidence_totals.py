"""Totals and rates, and what they must not hide."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from panah.hub.evidence.figures import (
    CASES,
    CASES_LEFT_OUT,
    INCLUDES_SMALL,
    NIL_OR_NOT_AVAILABLE,
    ONLY_CASES,
    PERSONS,
    SMALL_COUNT,
    SMALL_DENOMINATOR,
    TOTAL,
    Figure,
    Source,
    breakdown,
)
from panah.hub.evidence.totals import totals_of


def _figure(source: Source, indicator: str, value: int | None, unit: str = PERSONS, **parts: str) -> Figure:
    flags = (SMALL_COUNT,) if value == 5 else ()
    return Figure(indicator, "KAZ", "AFG", 2025, value, unit, source, breakdown(parts), flags)


def _total(
    figures: list[Figure], indicator: str, destination: str = "KAZ", origin: str = TOTAL, **parts: str
) -> Figure:
    return next(
        figure
        for figure in totals_of(figures)
        if (figure.indicator, figure.destination, figure.origin, figure.breakdown)
        == (indicator, destination, origin, breakdown(parts))
    )


def test_a_figure_between_two_of_the_ten_states_counts_for_both_sides(source: Source) -> None:
    figures = [_figure(source, "refugees", 100)]
    assert _total(figures, "refugees").value == 100
    assert _total(figures, "refugees", TOTAL, "AFG").value == 100


def test_a_state_listed_without_a_figure_has_a_missing_total_and_not_zero(source: Source) -> None:
    total = _total([_figure(source, "refugees", 100)], "stateless")
    assert total.value is None
    assert total.flags == (NIL_OR_NOT_AVAILABLE,)


def test_cases_are_left_out_of_a_total_of_persons_and_it_says_so(source: Source) -> None:
    figures = [
        _figure(source, "asylum_applications", 40, type="N", level="FI"),
        _figure(source, "asylum_applications", 30, unit=CASES, type="A", level="AR"),
    ]
    total = _total(figures, "asylum_applications")
    assert total.value == 40
    assert total.flags == (CASES_LEFT_OUT,)


def test_a_total_of_cases_only_has_no_figure_of_persons(source: Source) -> None:
    total = _total([_figure(source, "asylum_applications", 30, unit=CASES, type="N")], "asylum_applications")
    assert total.value is None
    assert total.flags == (ONLY_CASES,)


def test_a_total_over_small_counts_says_that_it_is_not_exact(source: Source) -> None:
    figures = [_figure(source, "asylum_applications", 5, type="N"), _figure(source, "asylum_applications", 9, type="A")]
    assert _total(figures, "asylum_applications").flags == (INCLUDES_SMALL,)


def test_new_applications_are_only_those_that_the_producer_marks_as_new(source: Source) -> None:
    figures = [_figure(source, "asylum_applications", 20, type=code) for code in ("N", "A", "V")]
    assert _total(figures, "asylum_applications").value == 60
    assert _total(figures, "asylum_applications_new").value == 20


def _decisions(source: Source, **outcomes: int) -> list[Figure]:
    return [_figure(source, "asylum_decisions", value, outcome=outcome) for outcome, value in outcomes.items()]


def test_the_recognition_rate_leaves_closed_applications_out_and_shows_both_its_parts(source: Source) -> None:
    figures = _decisions(source, recognised=30, complementary=10, rejected=60, closed=500, total=600)
    rate = _total(figures, "recognition_rate")
    assert (rate.value, rate.numerator, rate.denominator) == (Decimal("40.0"), 40, 100)
    assert SMALL_DENOMINATOR not in rate.flags


def test_a_rate_over_few_decisions_is_marked(source: Source) -> None:
    figures = _decisions(source, recognised=10, complementary=0, rejected=10, closed=0, total=20)
    assert SMALL_DENOMINATOR in _total(figures, "recognition_rate").flags


def test_there_is_no_rate_where_nothing_was_decided_on_substance(source: Source) -> None:
    figures = _decisions(source, recognised=0, complementary=0, rejected=0, closed=70, total=70)
    assert not [figure for figure in totals_of(figures) if figure.indicator == "recognition_rate"]


def test_sexes_are_totalled_apart(source: Source) -> None:
    figures = [
        _figure(source, "migrant_stock", value, sex=sex) for sex, value in (("", 100), ("male", 60), ("female", 40))
    ]
    assert _total(figures, "migrant_stock").value == 100
    assert _total(figures, "migrant_stock", sex="female").value == 40


def test_totals_do_not_depend_on_the_order_of_the_rows(source: Source, pairs: Callable[..., list[Figure]]) -> None:
    figures = [*pairs("refugees", "KAZ", "AFG", {2024: 10, 2025: 20}), *pairs("refugees", "KAZ", "UKR", {2025: 30})]
    key = {
        (figure.indicator, figure.destination, figure.origin, figure.period): figure.value
        for figure in totals_of(figures)
    }
    turned = {
        (figure.indicator, figure.destination, figure.origin, figure.period): figure.value
        for figure in totals_of(reversed(figures))
    }
    assert key == turned
    assert key[("refugees", "KAZ", TOTAL, 2025)] == 50
