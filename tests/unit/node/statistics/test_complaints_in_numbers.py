"""Complaints in numbers: small ones are kept, running quarters are not counted, and who has a list of their own is not shown the whole."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from panah.foundation.clock import standing_at
from panah.node.complaints import service, tickets
from panah.node.statistics import complained

SUMMER = datetime(2026, 8, 3, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def come(many: int, kind: str, at: datetime) -> None:
    with standing_at(at):
        for _ in range(many):
            service.lodge_public(tickets.new(at), {"kind": kind, "text": "Nothing happens.", "language": "ru"})


def test_quarters_are_those_that_are_over() -> None:
    found = complained.quarters(date(2026, 2, 1))
    assert list(found) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert found["2025-Q4"] == (date(2025, 10, 1), date(2025, 12, 31))


def test_few_complaints_are_not_told_nor_found_out_and_the_running_quarter_not_at_all(
    officer: Any, signed_in: Any
) -> None:
    come(30, "delay", SUMMER)
    come(20, "other", SUMMER)
    come(12, "documents", SUMMER)
    come(3, "sexual_exploitation", SUMMER)
    come(1, "theft", NOW)
    with standing_at(NOW):
        cells = {cell.codes: cell.count for cell in complained.received(date(2026, 11, 21)).cells}
        page = signed_in(officer("national_coordinator")).get("/statistics/complaints/").content.decode()
        assert signed_in(officer("ombudsman")).get("/statistics/complaints/").status_code == 404
        assert signed_in(officer("supervisor")).get("/statistics/complaints/").status_code == 404
    told = [count for count in cells.values() if count]
    assert told
    assert 3 not in told
    assert not {65, 30, 20, 12} <= set(told)  # else the small one is what is left of the whole
    assert not {code for code in cells if code[1] == "2026-Q4"}
    assert "2026-Q3" in page
