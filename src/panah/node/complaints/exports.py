"""The list as a file: the same columns as on the page, without a word that was said and without a name."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from panah.web.parts import Link, Table

FORMATS: Final = ("csv", "xlsx")


def answer(table: Table, name: str, kind: str) -> HttpResponse:
    """The table as a file of one of FORMATS."""
    rows = [[str(column.label) for column in table.columns], *([_cell(one) for one in row] for row in table.rows)]
    content = _csv(rows) if kind == "csv" else _xlsx(rows)
    type_ = (
        "text/csv; charset=utf-8"
        if kind == "csv"
        else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response = HttpResponse(content, content_type=type_)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _cell(value: Any) -> str:
    """Plain: a link is its text, a moment its local day. A text that a program would reckon with is only a text."""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Panah")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
