"""Lists as files, for whoever opens them in a program that reckons."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from panah.web import spreadsheet
from panah.web.parts import Column, Link, Table

TABLE = Table(
    caption="People",
    columns=[Column("Number"), Column("Text"), Column("Day"), Column("Count")],
    rows=[(Link("A-1", "/a/"), "=1+1", datetime(2026, 11, 21, 20, 30, tzinfo=UTC), 3)],
    empty="",
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_text_that_a_program_would_reckon_with_stays_a_text_and_a_number_a_number(kind):
    content = spreadsheet.answer(TABLE, "people", kind).content
    if kind == "csv":
        assert content.decode("utf-8-sig").splitlines()[1].startswith("A-1,'=1+1,")
        return
    row = [cell.value for cell in load_workbook(BytesIO(content)).active[2]]
    assert (row[0], row[1], row[3]) == ("A-1", "'=1+1", 3)


def test_where_no_hour_may_be_told_none_goes_out():
    text = spreadsheet.answer(TABLE, "people", "csv", to_the_day=True).content.decode("utf-8-sig")
    assert ":" not in text
    assert ":" in spreadsheet.answer(TABLE, "people", "csv").content.decode("utf-8-sig")
