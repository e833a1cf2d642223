"""A situation report on paper: one state or the region, in the reader's language, with everything that stands behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from panah.foundation.clock import now
from panah.hub.evidence import framework_pages, framework_words, messages, pages, service, words
from panah.hub.evidence.figures import REGION
from panah.hub.evidence.framework import definitions, of_point, points
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.framework_pages import PAIRS
from panah.hub.evidence.indicators import BY_CODE, Role
from panah.web.paper import fonts

DOUBTS = 6
YEARS = 20


@dataclass(frozen=True)
class Line:
    """One indicator in the report."""

    title: str
    value: str
    unit: str
    period: str
    as_of: date | None
    over: str
    note: str


def of_state(code: str) -> bytes:
    """The report on one state, PDF/UA, A4."""
    found = service.values(state=code, latest=True)
    main = service.main(found)
    flags = service.flags_of(state=code)
    view = pages.View(BY_CODE["refugees"], Role.DESTINATION)
    return _printed(
        title=words.country(code),
        message=messages.state(code, main),
        lines=_lines(code, main),
        waiting=_waiting(code, main),
        doubts=[(doubt.years, doubt.reason) for doubt in map(pages.doubt, flags[:DOUBTS])],
        drawing=_drawing(view, code),
        values=list(main.values()),
    )


def of_region() -> bytes:
    """The report on the ten states together."""
    found = service.values(latest=True)
    main = service.main(found)
    rows = []
    for state in sorted(REGION, key=words.country):
        rows.append((words.country(state), [_short(main.get((number, state))) for number in _REGION]))
    said = framework_words.said
    heads = [said(definitions()[number].title) for number in _REGION]
    doubts = [(doubt.years, doubt.reason) for doubt in map(pages.doubt, service.alarms()[:DOUBTS])]
    return _printed(
        title=_("The region"),
        message=messages.region(),
        lines=[],
        waiting=[],
        doubts=doubts,
        heads=heads,
        rows=rows,
        notes=[
            (said(one.title), said(one.numerator), said(one.denominator), said(one.note), said(one.protection.note))
            for one in (definitions()[number] for number in _REGION)
        ],
        values=[value for (number, _state), value in main.items() if number in _REGION],
    )


_REGION = ("1.05", "1.02", "1.07", "4.05", "6.01", "7.01", "1.01")


def _printed(**facts: Any) -> bytes:
    from panah.web.paper.printing import printed  # WeasyPrint takes a second to load, and few requests print

    values: Sequence[Value] = facts.pop("values")
    sources = framework_pages.sources_of(value for value in values if not value.withheld)
    context = {
        **facts,
        "tag": framework_words.language()[:2],
        "on": now().date(),
        "sources": [pages.source_line(source) for source in sources],
        "draft": framework_words.draft(),
        **fonts.context("ltr"),
    }
    return printed(render_to_string("evidence/report.html", context), fonts.BY_ADDRESS)


def _lines(code: str, main: messages.Values) -> list[tuple[str, list[Line]]]:
    said = framework_words.said
    found = []
    for point in points().values():
        lines = []
        for one in of_point(point.code):
            value = main.get((one.id, code))
            if value is None or value.withheld or one.id in PAIRS:
                continue
            over = said(one.numerator)
            if one.needs_denominator:
                over = _("%(numerator)s / %(denominator)s") % {"numerator": over, "denominator": said(one.denominator)}
            note = f"{said(one.note)} {said(one.protection.note)}"
            lines.append(Line(said(one.title), framework_words.written(value), framework_words.unit(one), value.period, value.as_of, over, note))  # fmt: skip
        if lines:
            found.append((said(point.title), lines))
    return found


def _waiting(code: str, main: messages.Values) -> list[str]:
    return [
        f"{one.id} {framework_words.said(one.title)}"
        for point in points()
        for one in of_point(point)
        if one.id not in PAIRS and ((one.id, code) not in main or main[(one.id, code)].withheld)
    ]


def _short(value: Value | None) -> tuple[str, list[str]]:
    if value is None or value.withheld:
        return "–", []
    return framework_pages.stacked(value)


def _drawing(view: pages.View, code: str) -> dict[str, Any] | None:
    """Bars of the last years, for a drawing in the paper; a missing year has none."""
    found = {
        year: figure.value for (_state, year), figure in pages.wholes(view, [code]).items() if figure.value is not None
    }
    if not found:
        return None
    last = max(found)
    years = range(last - YEARS + 1, last + 1)
    most = max((value for year, value in found.items() if year in years), default=0) or 1
    bars = [
        {"x": 4 + place * 25, "height": round(100 * float(found[year]) / float(most), 1), "year": year}
        for place, year in enumerate(years)
        if year in found
    ]
    for bar in bars:
        bar["y"] = 110 - bar["height"]
    labels = [{"x": 13 + place * 25, "year": year} for place, year in enumerate(years) if (last - year) % 5 == 0]
    return {
        "title": view.title,
        "bars": bars,
        "labels": labels,
        "most": words.number(most),
        "first": years[0],
        "last": last,
    }
