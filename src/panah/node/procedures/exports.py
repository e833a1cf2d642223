"""Lists as files: the same columns as on the page, so no name goes out that the page does not show."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from panah.web.parts import Link, Table

FORMATS: Final = ("csv", "xlsx")
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def answer(table: Table, name: str, kind: str) -> HttpResponse:
    """The table as a file of one of FORMATS."""
    rows = [[str(column.label) for column in table.columns], *([_cell(one) for one in row] for row in table.rows)]
    response = HttpResponse(_csv(rows) if kind == "csv" else _xlsx(rows), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _cell(value: Any) -> Any:
    """Plain: a link is its text, a moment its local day and hour. A text that a program would reckon with is only a text."""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _csv(rows: list[list[Any]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(rows: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Panah")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
