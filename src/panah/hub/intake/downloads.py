"""A published table as files: CSV for spreadsheets, XLSX with what it is beside it, SDMX for machines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from panah.cores.disclosure import PublishedTable
from panah.cores.exchange.messages import Letterhead, read, write
from panah.cores.exchange.submission import Part
from panah.hub.intake import models
from panah.hub.intake.checking import opened_again
from panah.hub.intake.tables import as_table, unit
from panah.web import counts

Line = tuple[str | int | None, ...]


def as_csv(row: models.PublishedTable) -> bytes:
    """Codes and their names, the number or why there is none. UTF-8 with a byte order mark, which spreadsheets look for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(_lines(row, as_table(row)))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(row: models.PublishedTable) -> bytes:
    """A workbook with the figures, and a sheet that says what they are."""
    table = as_table(row)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_("Figures"))
    for line in _lines(row, table):
        sheet.append(list(line))
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_("About"))
    for name, value in _about(row, table):
        about.append([name, value])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 28, 100
    for cell in (*sheet[1], *about["A"]):
        cell.font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_sdmx_csv(row: models.PublishedTable) -> bytes:
    """SDMX-CSV 2.0, to the byte as the state signed it."""
    return _part(row).content.encode()


def as_sdmx_ml(row: models.PublishedTable) -> bytes:
    """SDMX-ML 3.0, made from what the state signed."""
    (dataset,) = read(as_sdmx_csv(row))
    head = Letterhead(f"{row.state}-{row.period}-{row.revision}", row.state, row.submission.made_at, "ALMATY")
    return write(dataset, "xml-3.0", head)


def _part(row: models.PublishedTable) -> Part:
    return next(part for part in opened_again(row.submission).parts if part.flow == row.flow)


def _lines(row: models.PublishedTable, table: PublishedTable) -> Iterator[Line]:
    names = [dimension.id for dimension in table.dimensions]
    yield (
        "REF_AREA",
        "TIME_PERIOD",
        "REVISION",
        *(column for name in names for column in (name, f"{name}_LABEL")),
        "OBS_VALUE",
        "WITHHELD",
        "WITHHELD_WHY",
    )
    for cell in table.cells:
        labelled = (
            column
            for name, code in zip(names, cell.codes, strict=True)
            for column in (code, counts.code_name(name, code, row.state))
        )
        why = str(counts.MARKS[cell.kind][1]) if cell.kind else ""
        yield (row.state, row.period, row.revision, *labelled, cell.count, cell.kind or "", why)


def _about(row: models.PublishedTable, table: PublishedTable) -> Iterator[tuple[str, str | int]]:
    yield _("Table"), counts.flow_name(row.flow)
    yield _("State"), row.state
    yield _("Period"), row.period
    yield _("Revision"), row.revision
    yield _("Counted"), row.counted_at.isoformat()
    yield _("Published"), row.published_at.isoformat()
    yield _("Version of the definitions"), row.definitions
    yield _("Unit"), unit(table)
    for mark, why in counts.legend(table):
        yield mark, str(why)
