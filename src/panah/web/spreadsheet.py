"""A list of a page as a file: the same columns, so nothing goes out that the page does not show."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from panah.web.parts import Link, Table

FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_RECKONED_WITH: Final = "=+-@\t\r"
"""A text that begins so is run by programs that open tables."""


def answer(table: Table, name: str, kind: str, *, to_the_day: bool = False) -> HttpResponse:
    """The table as a file of one of FORMATS. With `to_the_day` no moment tells its hour."""
    rows = [[str(column.label) for column in table.columns]]
    rows += [[_cell(one, to_the_day=to_the_day) for one in row] for row in table.rows]
    response = HttpResponse(_csv(rows) if kind == "csv" else _xlsx(rows), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _cell(value: Any, *, to_the_day: bool) -> Any:
    """Plain: a link is its text, a moment its local day and hour, a whole number a number, and every text only a text."""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return local.date().isoformat() if to_the_day else local.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text and text[0] in _RECKONED_WITH else text


def _csv(rows: list[list[Any]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Panah")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
