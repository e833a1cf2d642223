"""The same figures as files: CSV for machines, XLSX with a second sheet that says what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from panah.hub.evidence import words
from panah.hub.evidence.figures import TOTAL, Figure
from panah.hub.evidence.indicators import BY_CODE

COLUMNS = (
    "indicator", "breakdown", "destination", "origin", "period", "value", "unit", "numerator", "denominator", "flags", "producer",
    "title", "edition", "as_of", "licence",
)  # fmt: skip
"""Stable names, the same in every language. An empty value is no figure; `_T` is all countries together."""

Cell = str | int | float | None


def as_csv(figures: Iterable[Figure]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheet programs read the letters right."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in _row(figure)] for figure in figures)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(figures: Sequence[Figure]) -> bytes:
    """A workbook with the figures, and a sheet with definition, method, protection, source and licence of each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_("Figures"))
    sheet.append(list(COLUMNS))
    for figure in figures:
        sheet.append(list(_row(figure)))
    sheet.freeze_panes = "A2"
    about = book.create_sheet(_("About"))
    for line in _about(figures):
        about.append(list(line))
    about.column_dimensions["A"].width = 28
    about.column_dimensions["B"].width = 110
    for cell in about["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (*sheet[1], *about["A"]):
        cell.font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(figure: Figure) -> tuple[Cell, ...]:
    value = figure.value if figure.value is None or isinstance(figure.value, int) else float(figure.value)
    return (
        figure.indicator,
        " ".join(code for _name, code in figure.breakdown),
        figure.destination,
        figure.origin,
        figure.period,
        value,
        figure.unit,
        figure.numerator,
        figure.denominator,
        " ".join(figure.flags),
        figure.source.producer,
        figure.source.title,
        figure.source.edition,
        figure.source.as_of.isoformat(),
        figure.source.licence,
    )


def _about(figures: Sequence[Figure]) -> Iterable[tuple[str, str]]:
    for code in dict.fromkeys(figure.indicator for figure in figures):
        indicator = BY_CODE[code]
        source = next(figure.source for figure in figures if figure.indicator == code)
        yield _("Indicator"), f"{code}: {_(indicator.title)}"
        yield _("Definition"), _(indicator.definition)
        yield _("When measured"), _(indicator.measured)
        yield _("Method"), _(indicator.method)
        yield _("Small counts"), _(indicator.protection)
        yield _("Unit"), str(words.UNITS[indicator.unit])
        yield _("Producer"), source.producer
        yield _("Edition"), f"{source.title}, {source.edition}"
        yield _("As of"), source.as_of.isoformat()
        yield _("Taken from"), source.obtained_from
        yield _("Licence"), f"{source.licence} {source.licence_url}".strip()
    for flag in dict.fromkeys(flag for figure in figures for flag in figure.flags):
        yield flag, str(words.NOTES[flag])
    for state in sorted({code for figure in figures for code in (figure.destination, figure.origin)} - {TOTAL}):
        yield state, words.country(state)
