"""What follows from days and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from panah.hub.commitments import rules

DUE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "status", "standing", "said"),
    [
        (date(2026, 11, 30), "planning", "made", ""),
        (date(2026, 12, 1), "planning", "made", "soon"),
        (DUE, "", "made", "soon"),
        (date(2027, 1, 1), "in_progress", "made", "overdue"),
        (date(2027, 1, 1), "fulfilled", "made", ""),
        (date(2027, 1, 1), "planning", "draft", ""),
        (date(2027, 1, 1), "planning", "withdrawn", ""),
    ],
)
def test_thirty_days_before_and_after_the_day(today: date, status: str, standing: str, said: str):
    assert rules.lateness(DUE, status, standing, today) == said


def test_nothing_is_late_without_a_day():
    assert rules.lateness(None, "planning", "made", date(2030, 1, 1)) == ""


@pytest.mark.parametrize(
    ("baseline", "goal", "value", "direction", "percent"),
    [
        ("10", "20", "15", "up", "50"),
        ("20", "10", "15", "down", "50"),
        ("10", "20", "25", "up", "150"),
        ("10", "20", "5", "up", "-50"),
        (None, "20", "25", "up", "100"),
        (None, "20", "5", "up", None),
        ("10", "20", None, "up", None),
        ("10", "5", "8", "up", None),
        ("10", "10", "10", "up", "100"),
    ],
)
def test_progress_is_the_share_of_the_way_and_unknown_stays_unknown(
    baseline: str | None, goal: str, value: str | None, direction: rules.Direction, percent: str | None
):
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    assert rules.progress(number(baseline), Decimal(goal), number(value), direction) == number(percent)


def test_a_figure_moved_when_number_period_or_whole_is_another():
    said = {"value": "5", "period": "2025", "numerator": "5", "denominator": "10", "publication": "a"}
    assert not rules.moved(said, said | {"publication": "b"})
    assert rules.moved(said, said | {"value": "6"})
    assert rules.moved(said, said | {"period": "2026"})
    assert rules.moved(said, said | {"value": None})
    assert rules.moved(said, None)


def test_the_digest_is_the_same_whatever_the_order():
    assert rules.digest({"a": 1, "b": "ё"}) == rules.digest({"b": "ё", "a": 1})
    assert rules.digest({"a": 1}) != rules.digest({"a": 2})
