"""What the pages of corridors show: flows as spans, stocks, refugees and money between two countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.hub.evidence import framework_pages, framework_words, messages, service, words
from panah.hub.evidence.framework import definitions
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.framework_pages import Marks
from panah.hub.evidence.marks import Legend
from panah.web.parts import Column, Link, Table

RECENT_STOCKS = 10


def corridor_chart(origin: str, destination: str, there: Sequence[Value], back: Sequence[Value]) -> dict[str, Any]:
    """JSON of the spans of five-year flows in both directions, with no line between the ends."""
    periods = sorted({value.period for value in (*there, *back) if value.indicator == "7.03" and not value.withheld})
    ways = ((f"{words.country(origin)} → {words.country(destination)}", there), (f"{words.country(destination)} → {words.country(origin)}", back))  # fmt: skip
    series = []
    for name, values in ways:
        by_period = {value.period: value for value in values if value.indicator == "7.03"}
        series.append(framework_pages.line(name, [by_period.get(period) for period in periods]))
    return {
        "kind": "span",
        "x": [messages.five_years(period) for period in periods],
        "unit": str(framework_words.UNITS["persons"]),
        "series": series,
        "breaks": [],
    }


def flows(origin: str, destination: str, there: Sequence[Value], back: Sequence[Value], marks: Marks) -> Table:
    """Five-year flows in both directions as spans."""
    by = {
        (value.period, way): value
        for way, values in (("there", there), ("back", back))
        for value in values
        if value.indicator == "7.03"
    }
    return Table(
        caption=_("People who moved within five years, least to most over six methods"),
        columns=[
            Column(_("Years"), heading=True),
            Column(f"{origin} → {destination}", numeric=True),
            Column(f"{destination} → {origin}", numeric=True),
        ],
        rows=[
            (messages.five_years(period), marks.value(by.get((period, "there"))), marks.value(by.get((period, "back"))))
            for period in sorted({period for period, _way in by}, reverse=True)
        ],
        empty=_("The table of estimates has no flow between these two."),
    )


def stocks(origin: str, destination: str, legend: Legend) -> list[Table]:
    """Who was born in one and lives in the other, and refugees, in both directions by year."""
    tables = []
    for indicator, title in (
        ("migrant_stock", _("Born in one and living in the other")),
        ("refugees", _("Refugees at the end of the year")),
    ):
        ways = [
            {figure.period: figure for figure in service.pair(indicator, to, of) if not figure.breakdown}
            for of, to in ((origin, destination), (destination, origin))
        ]
        years = sorted({year for way in ways for year in way}, reverse=True)[:RECENT_STOCKS]
        tables.append(
            Table(
                caption=title,
                columns=[
                    Column(_("Year"), heading=True),
                    Column(f"{origin} → {destination}", numeric=True),
                    Column(f"{destination} → {origin}", numeric=True),
                ],
                rows=[(f"{year}", *(legend.cell(way.get(year)) for way in ways)) for year in years],
                empty=_("The producer's table names no persons between these two."),
            )
        )
    return tables


def money(origin: str, destination: str, there: Sequence[Value], back: Sequence[Value], marks: Marks) -> Table:
    """Remittances and their newest cost in both directions of the money."""
    rows = []
    for sender, receiver, values in ((destination, origin, back), (origin, destination, there)):
        for indicator in ("6.02", "2.02"):
            shown = [value for value in values if value.indicator == indicator]
            value = max(shown, key=lambda one: one.period, default=None)
            if value is not None:
                way = f"{words.country(sender)} → {words.country(receiver)}"
                one = definitions()[indicator]
                rows.append(
                    (
                        way,
                        framework_pages.link(one),
                        marks.value(value),
                        framework_words.unit(one),
                        value.period,
                        *framework_pages.source_cells(value),
                    )
                )
    return Table(
        caption=_("Money between the two countries"),
        columns=[
            Column(_("The money goes"), heading=True),
            Column(_("Indicator")),
            Column(_("Value"), numeric=True),
            Column(_("Unit")),
            Column(_("Period"), numeric=True),
            Column(_("As of")),
            Column(_("Producer")),
        ],
        rows=rows,
        empty=_("No producer at hand has a figure for this corridor."),
    )


def corridor_list(found: Iterable[Value], caption: str, unit: str) -> Table:
    """Corridors with their newest value or span, each a way to its page."""
    rows = [
        (
            Link(f"{words.country(value.counterpart)} → {words.country(value.state)}", corridor_url(value)),
            framework_words.written(value),
            messages.five_years(value.period) if len(value.period) == 9 else value.period,
            value.as_of,
        )
        for value in found
    ]
    return Table(
        caption=caption,
        columns=[
            Column(_("Corridor"), heading=True),
            Column(unit, numeric=True),
            Column(_("Period"), numeric=True),
            Column(_("As of")),
        ],
        rows=rows,
        empty=_("No figures are loaded yet."),
    )


def corridor_url(value: Value) -> str:
    """The page of the corridor along which people move: money goes the other way."""
    ends = [value.counterpart, value.state]
    if value.indicator in ("2.02", "6.02"):
        ends.reverse()
    return reverse("corridor", args=ends)
