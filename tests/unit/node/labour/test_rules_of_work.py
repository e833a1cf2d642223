"""Pure rules of records of work: how a permit stands on a day, and whom to ask next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from panah.node.labour import rules

TODAY = date(2026, 11, 20)


def test_a_permit_without_a_known_end_is_never_endless() -> None:
    assert rules.standing(date(2020, 1, 1), None, TODAY) == "unknown"
    assert rules.standing(None, None, TODAY) == "unknown"


@pytest.mark.parametrize(
    ("days", "standing"), [(-1, "over"), (0, "ends_soon"), (30, "ends_soon"), (31, "holds")], ids=str
)
def test_a_permit_stands_by_its_last_day(days: int, standing: str) -> None:
    assert rules.standing(None, TODAY + timedelta(days=days), TODAY) == standing


def test_a_permit_that_begins_later_does_not_hold_yet() -> None:
    assert rules.standing(TODAY + timedelta(days=1), TODAY + timedelta(days=90), TODAY) == "to_come"


def test_own_fund_is_asked_first_and_none_twice() -> None:
    assert rules.to_ask("KAZ", ["RUS", "KAZ", "KGZ", "RUS"], ["KGZ"]) == ("KAZ", "RUS")
