"""Figures and values as files for machines: CSV, with HXL hashtags on request, XLSX, SDMX-CSV; and how to cite them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import MEDIA, Letterhead, write
from panah.foundation.clock import now
from panah.hub.evidence import downloads, framework_words, sdmx
from panah.hub.evidence.figures import Figure, Source
from panah.hub.evidence.framework import definitions
from panah.hub.evidence.framework.compute import COLUMNS, row_of
from panah.hub.evidence.framework.values import Value

KINDS: Final = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "sdmx": (MEDIA["csv"], "sdmx.csv"),
}
"""Form to media type and ending."""

HXL: Final = {
    "indicator": "#indicator+code", "title": "#indicator+name", "breakdown": "#meta+breakdown", "destination": "#country+destination+code",
    "origin": "#country+origin+code", "state": "#country+code", "counterpart": "#country+origin+code", "part": "#meta+part",
    "period": "#date+period", "value": "#indicator+value+num", "low": "#indicator+value+min+num", "high": "#indicator+value+max+num",
    "unit": "#indicator+unit", "numerator": "#indicator+numerator+num", "denominator": "#indicator+denominator+num",
    "as_of": "#date+reported", "producer": "#org+source", "sources": "#meta+source", "licence": "#meta+license", "method": "#meta+method",
    "numerator_is": "#meta+definition+numerator", "denominator_is": "#meta+definition+denominator", "quality": "#meta+caveat",
    "protection": "#meta+protection", "standard": "#meta+standard", "flags": "#meta+flags", "edition": "#meta+edition",
    "withheld": "#status+code", "why": "#status+reason",
}  # fmt: skip
"""Hashtags of the Humanitarian Exchange Language by our column names, 1.1."""

Line = tuple[str, ...]


def answer_values(request: HttpRequest, values: Sequence[Value], name: str, form: str) -> HttpResponse:
    """The values as a file of one of KINDS, or 404."""
    body = [row_of(value) for value in values]
    if form == "csv":
        return _answer(_csv(COLUMNS, body, hxl=_wants_hxl(request)), name, form)
    if form == "xlsx":
        return _answer(_xlsx(COLUMNS, body, _about(values)), name, form)
    if form == "sdmx":
        return _answer(_sdmx(sdmx.of_values(values)), name, form)
    raise Http404


def answer_figures(request: HttpRequest, figures: Sequence[Figure], name: str, form: str) -> HttpResponse:
    """Producers' figures as a file of one of KINDS, or 404."""
    if form == "csv" and _wants_hxl(request):
        rows = csv.reader(io.StringIO(downloads.as_csv(figures).decode("utf-8-sig")))
        head, *body = (tuple(row) for row in rows)
        return _answer(_csv(head, body, hxl=True), name, form)
    if form == "csv":
        return _answer(downloads.as_csv(figures), name, form)
    if form == "xlsx":
        return _answer(downloads.as_xlsx(figures), name, form)
    if form == "sdmx":
        return _answer(_sdmx(sdmx.of_figures(figures)), name, form)
    raise Http404


def citation(title: str, sources: Iterable[Source], address: str, on: date) -> str:
    """How to cite a page: what, from whom, which edition, under which licence, where and when it was read."""
    alike: dict[tuple[str, str, date, str], list[str]] = {}
    for source in sources:
        titles = alike.setdefault((source.producer, source.edition, source.as_of, source.licence), [])
        if source.title not in titles:
            titles.append(source.title)
    named = "; ".join(
        _("%(producer)s, %(title)s, edition %(edition)s, as of %(as_of)s, %(licence)s")
        % {
            "producer": producer,
            "title": ", ".join(titles),
            "edition": edition,
            "as_of": as_of.isoformat(),
            "licence": licence,
        }
        for (producer, edition, as_of, licence), titles in alike.items()
    )
    return _("%(title)s. Hub of the Almaty Process, from: %(named)s. %(address)s, read on %(on)s.") % {
        "title": title,
        "named": named,
        "address": address,
        "on": on.isoformat(),
    }


def _wants_hxl(request: HttpRequest) -> bool:
    return request.GET.get("hxl") == "1"


def _answer(content: bytes, name: str, form: str) -> HttpResponse:
    kind, ending = KINDS[form]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _csv(head: Sequence[str], body: Iterable[Line], *, hxl: bool = False) -> bytes:
    """With a byte order mark for people; without it where a program reads hashtags."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    if hxl:
        writer.writerow([HXL.get(column, "") for column in head])
    writer.writerows(body)
    return text.getvalue().encode("utf-8" if hxl else "utf-8-sig")


def _sdmx(found: Dataset | None) -> bytes:
    """SDMX-CSV 2.0 of the hub's dataflow; nothing but 404 where there is no value."""
    if found is None:
        raise Http404
    return write(found, "csv", Letterhead("EVIDENCE", "ALMATY", now()))


def _xlsx(head: Sequence[str], body: Iterable[Line], about: Iterable[tuple[str, str]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_("Values"))
    sheet.append(list(head))
    numeric = {
        place for place, column in enumerate(head) if column in ("value", "low", "high", "numerator", "denominator")
    }
    for row in body:
        sheet.append([float(cell) if place in numeric and cell else cell or None for place, cell in enumerate(row)])
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("About"))
    for line in about:
        notes.append(list(line))
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 28, 110
    for cell in notes["B"] if notes.max_row > 0 else ():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (*sheet[1], *notes["A"]):
        cell.font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _about(values: Iterable[Value]) -> Iterable[tuple[str, str]]:
    said = framework_words.said
    for code in dict.fromkeys(value.indicator for value in values):
        one = definitions()[code]
        yield _("Indicator"), f"{code}: {said(one.title)}"
        yield _("Numerator"), said(one.numerator)
        yield _("Denominator"), said(one.denominator)
        yield _("Unit"), framework_words.unit(one)
        yield _("Standard"), framework_words.standard(one)
        yield _("Quality"), said(one.note)
        yield _("Small counts"), said(one.protection.note)
    if framework_words.draft():
        yield _("Translation"), framework_words.draft()
