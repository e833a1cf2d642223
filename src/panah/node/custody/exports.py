"""The register as a file: the columns of the page, so no name and no ground goes out."""

from __future__ import annotations

import csv
from datetime import datetime
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


def answer(table: Table, kind: str) -> HttpResponse:
    rows = [[str(column.label) for column in table.columns], *([_cell(one) for one in row] for row in table.rows)]
    out = BytesIO()
    if kind == "csv":
        text = StringIO(newline="")
        csv.writer(text).writerows(rows)
        out.write(text.getvalue().encode("utf-8-sig"))
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Panah")
        for row in rows:
            sheet.append(row)
        book.save(out)
    response = HttpResponse(out.getvalue(), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="custody.{kind}"'
    return response


def _cell(value: Any) -> Any:
    """Plain: a link is its text, a moment its local day and hour. A text that a program would reckon with is only a text."""
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    text = str(value.text if isinstance(value, Link) else value or "")
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
