"""The reference of the spreadsheet says what the code does."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from panah.node.imports import limits
from panah.node.imports.actions import KEPT_FOR
from panah.node.imports.columns import SHOWN, allowed_in, heading

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "spreadsheet.md"


def test_every_column_stands_in_the_reference_with_what_is_allowed() -> None:
    with translation.override("en"):
        lines = [f"| `{one.key}` | {heading(one, 'en')} | {allowed_in(one)} |" for one in SHOWN]
    table = PAGE.read_text(encoding="utf-8").partition("| column | in words | allowed |\n| --- | --- | --- |\n")[2]
    assert table.splitlines() == lines


def test_the_limits_in_the_reference_are_those_of_the_code() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for size, what in (
        (limits.BIGGEST_TABLE, "MB as CSV"),
        (limits.BIGGEST_WORKBOOK, "MB as XLSX"),
        (limits.BIGGEST_UPLOAD, "MB on the page"),
        (limits.BIGGEST_UNPACKED, "MB unpacked"),
    ):
        assert f"{size // limits.MEGABYTE} {what}" in text
    assert f"{limits.MOST_ROWS:,} rows" in text
    assert f"{limits.MOST_COLUMNS} columns" in text
    assert KEPT_FOR.days == 14
