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

from panah.hub.evidence import downloads, framework_words
from panah.hub.evidence.figures import TOTAL, Figure, Number, Source
from panah.hub.evidence.framework import definitions
from panah.hub.evidence.framework.compute import COLUMNS, row_of
from panah.hub.evidence.framework.values import Value

KINDS: Final = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "sdmx": ("application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", "sdmx.csv"),
}
"""Form to media type and ending."""

DATAFLOW: Final = "ALMATY:EVIDENCE(1.0.0)"
"""The dataflow that SDMX-CSV names: what producers publish and what is computed from it, beside what states exchange."""

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

_SDMX = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "COUNTERPART_AREA", "INDICATOR", "PART", "UNIT_MEASURE", "TIME_PERIOD",
    "OBS_VALUE", "OBS_STATUS", "LOWER", "UPPER", "NUMERATOR", "DENOMINATOR", "METHOD", "AS_OF", "PROVENANCE", "LICENCE",
)  # fmt: skip
_PERIODS = {4: "A", 7: "Q", 9: "A5"}

Line = tuple[str, ...]


def answer_values(request: HttpRequest, values: Sequence[Value], name: str, form: str) -> HttpResponse:
    """The values as a file of one of KINDS, or 404."""
    body = [row_of(value) for value in values]
    if form == "csv":
        return _answer(_csv(COLUMNS, body, hxl=_wants_hxl(request)), name, form)
    if form == "xlsx":
        return _answer(_xlsx(COLUMNS, body, _about(values)), name, form)
    if form == "sdmx":
        return _answer(_csv(_SDMX, [_observation(value) for value in values if not value.withheld]), name, form)
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
        return _answer(_csv(_SDMX, [_figure(figure) for figure in figures]), name, form)
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
    """With a byte order mark for people; without it where a program reads hashtags or SDMX."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    if hxl:
        writer.writerow([HXL.get(column, "") for column in head])
    writer.writerows(body)
    plain = hxl or head[0] == "STRUCTURE"
    return text.getvalue().encode("utf-8" if plain else "utf-8-sig")


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


def _observation(value: Value) -> Line:
    return (
        "dataflow",
        DATAFLOW,
        "I",
        _PERIODS.get(len(value.period), "A"),
        value.state,
        value.counterpart,
        value.indicator,
        value.part or TOTAL,
        value.unit.upper(),
        value.period if len(value.period) != 9 else f"{value.period[:4]}-01-01/P5Y",
        *(_plain(number) for number in (value.value,)),
        "E" if value.definition.protection.code == "estimates" else "A",
        *(_plain(number) for number in (value.low, value.high, value.numerator, value.denominator)),
        value.method,
        value.as_of.isoformat() if value.as_of else "",
        "; ".join(f"{source.producer}: {source.title}, {source.edition}" for source in value.sources),
        "; ".join(dict.fromkeys(source.licence for source in value.sources)),
    )


def _figure(figure: Figure) -> Line:
    return (
        "dataflow",
        DATAFLOW,
        "I",
        "A",
        figure.destination,
        figure.origin,
        figure.indicator,
        " ".join(code for _name, code in figure.breakdown) or TOTAL,
        figure.unit.upper(),
        f"{figure.period}",
        _plain(figure.value),
        "M" if figure.value is None else "A",
        "",
        "",
        _plain(figure.numerator),
        _plain(figure.denominator),
        "",
        figure.source.as_of.isoformat(),
        f"{figure.source.producer}: {figure.source.title}, {figure.source.edition}",
        figure.source.licence,
    )


def _plain(number: Number | None) -> str:
    return "" if number is None else f"{number}" if isinstance(number, int) else format(number, "f")
