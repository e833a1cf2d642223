"""What the pages of the framework and of corridors show: tables, charts and maps made of values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panah.hub.evidence import framework_words, words
from panah.hub.evidence.figures import REGION, Number, Source
from panah.hub.evidence.framework import Definition, Supplied, of_point, points
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.marks import Legend
from panah.web.parts import Column, Link, Table
from panah.web.tags.words import said

PAIRS = frozenset({"2.02", "6.02", "7.03"})
"""Indicators that have a value for a corridor and none for a state."""

OLD_AFTER = 5
"""A value so many years older than the newest of its indicator is marked: it does not speak of the same time."""

Cell = str | Promise | SafeString | Link | None


class Marks(Legend):
    """Letters beside values, as `Legend` gives them beside figures."""

    notes = framework_words.NOTES

    def value(self, value: Value | None, extra: Iterable[str] = ()) -> SafeString:
        """The value with its marks; where there is none, the words that say so."""
        if value is None:
            return format_html('<span class="soft">{}</span>', _("no figure"))
        if value.withheld:
            return format_html('<span class="soft">{}</span>', framework_words.written(value))
        return self.marked(framework_words.written(value), (*value.flags, *extra))


def old(value: Value | None, main: Mapping[tuple[str, str], Value]) -> tuple[str, ...]:
    """The note on a value that is much older than the newest of its indicator."""
    if value is None or value.withheld:
        return ()
    newest = max(int(one.period[:4]) for one in main.values() if one.indicator == value.indicator and not one.withheld)
    return (framework_words.OLD,) if int(value.period[:4]) <= newest - OLD_AFTER else ()


def states_by_name() -> list[str]:
    return sorted(REGION, key=words.country)


def index_of(code: str, coverage: Mapping[str, tuple[int, str]]) -> Table:
    """The indicators of one point: who supplies each, in how many states it is known, and to when."""
    rows = []
    for one in of_point(code):
        states, newest = coverage.get(one.id, (0, ""))
        known = _("%(number)s of 10") % {"number": states}
        rows.append(
            (one.id, link(one), framework_words.SUPPLIED[one.supplied], known if states else _("none"), newest, framework_words.standard(one))
        )  # fmt: skip
    return Table(
        caption=_("%(point)s: who supplies each indicator") % {"point": framework_words.said(points()[code].title)},
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Indicator")),
            Column(_("Who supplies it")),
            Column(_("States with a value")),
            Column(_("Newest")),
            Column(_("Standard")),
        ],
        rows=rows,
        empty="",
    )


def link(one: Definition) -> Link:
    return Link(framework_words.said(one.title), reverse("framework_indicator", args=[one.id]))


def of_states(one: Definition, main: Mapping[tuple[str, str], Value], marks: Marks) -> Table:
    """The newest value of each state, by name: no state is ranked."""
    rows = []
    for state in states_by_name():
        found = main.get((one.id, state))
        link_to = Link(words.country(state), reverse("state", args=[state]))
        shown = marks.value(found, old(found, main))
        rows.append((link_to, shown, found.period if found else "", *source_cells(found)))
    return Table(
        caption=_("%(title)s: the newest value of each state") % {"title": framework_words.said(one.title)},
        columns=[
            Column(_("State"), heading=True),
            Column(framework_words.UNITS[one.unit], numeric=True),
            Column(_("Period"), numeric=True),
            Column(_("As of")),
            Column(_("Producer")),
        ],
        rows=rows,
        empty="",
    )


def of_parts(one: Definition, found: Iterable[Value], marks: Marks) -> Table | None:
    """The newest value of each part in each state; None where the indicator has no parts."""
    by_part: dict[str, dict[str, Value]] = defaultdict(dict)
    for value in found:
        if not value.withheld or value.sources:
            by_part[value.part][value.state] = value
    if len(by_part) < 2:
        return None
    parts = [part for part in framework_words.PARTS if part in by_part]
    return Table(
        caption=_("%(title)s: its parts") % {"title": framework_words.said(one.title)},
        columns=[
            Column(_("State"), heading=True),
            *(Column(framework_words.part(one.id, part), numeric=True) for part in parts),
        ],
        rows=[
            (words.country(state), *(_with_period(marks, by_part[part].get(state)) for part in parts))
            for state in states_by_name()
        ],
        empty="",
    )


def of_point_table(code: str, main: Mapping[tuple[str, str], Value], marks: Marks) -> Table:
    """The newest values of all indicators of a point that are known, one column an indicator."""
    shown = {key: value for key, value in main.items() if not value.withheld}
    known = [one for one in of_point(code) if any((one.id, state) in shown for state in REGION)]
    return Table(
        caption=_("The newest value of each state"),
        columns=[
            Column(_("State"), heading=True),
            *(
                Column(
                    _("%(title)s, %(unit)s")
                    % {"title": framework_words.said(one.title), "unit": framework_words.unit(one)},
                    numeric=True,
                )
                for one in known
            ),
        ],
        rows=[
            (
                Link(words.country(state), reverse("state", args=[state])),
                *(_stacked(marks, shown.get((one.id, state)), shown) for one in known),
            )
            for state in states_by_name()
        ]
        if known
        else [],
        empty=_("Nothing of this point is known yet: its indicators are supplied by states, and none has done so."),
    )


def of_state(code: str, main: Mapping[tuple[str, str], Value], marks: Marks) -> list[tuple[str, Table]]:
    """The indicators of a state by point: those known, and in one line those that are not."""
    tables = []
    for point in points().values():
        rows: list[tuple[Any, ...]] = []
        for one in of_point(point.code):
            found = main.get((one.id, code))
            if one.id in PAIRS or found is None:
                continue
            rows.append(
                (
                    link(one),
                    marks.value(found),
                    "" if found.withheld else framework_words.unit(one),
                    found.period,
                    *source_cells(found),
                )
            )
        tables.append(
            (
                framework_words.said(point.title),
                Table(
                    caption=framework_words.said(point.question),
                    columns=[
                        Column(_("Indicator"), heading=True),
                        Column(_("Value"), numeric=True),
                        Column(_("Unit")),
                        Column(_("Period"), numeric=True),
                        Column(_("As of")),
                        Column(_("Producer")),
                    ],
                    rows=rows,
                    empty=_("No figures are loaded yet."),
                ),
            )
        )
    return tables


def behind(code: str, main: Mapping[tuple[str, str], Value]) -> Table:
    """What must stand beside the numbers of a point: numerator, denominator, quality, protection, dates and sources."""
    rows = []
    for one in of_point(code):
        shown = [
            main[(one.id, state)] for state in REGION if (one.id, state) in main and not main[(one.id, state)].withheld
        ]
        if not shown:
            continue
        dates = sorted(value.as_of for value in shown if value.as_of)
        producers = dict.fromkeys(words.short_producer(source) for value in shown for source in value.sources)
        rows.append(
            (
                link(one),
                framework_words.said(one.numerator),
                framework_words.said(one.denominator) or _("none: a count or an amount"),
                framework_words.said(one.note),
                framework_words.said(one.protection.note),
                f"{dates[0].isoformat()} – {dates[-1].isoformat()}" if dates[0] != dates[-1] else dates[0].isoformat(),
                said(", ".join(producers), "en"),
            )
        )
    return Table(
        caption=_("What stands behind these numbers"),
        columns=[
            Column(_("Indicator"), heading=True),
            Column(_("Numerator")),
            Column(_("Denominator")),
            Column(_("Quality")),
            Column(_("Small counts")),
            Column(_("As of")),
            Column(_("Producers")),
        ],
        rows=rows,
        empty=_("Nothing of this point is known yet: its indicators are supplied by states, and none has done so."),
    )


def facts(one: Definition, found: Sequence[Value]) -> list[tuple[str, object]]:
    """Everything that must be known before an indicator is used."""
    methods = dict.fromkeys(framework_words.method(value) for value in found if value.method)
    about: list[tuple[str, object]] = [
        (_("Numerator"), framework_words.said(one.numerator)),
        (_("Denominator"), framework_words.said(one.denominator) or _("none: a count or an amount")),
        (_("Unit"), framework_words.unit(one)),
        (_("Reading"), framework_words.DIRECTIONS[one.direction]),
        (_("Method"), " ".join(methods) or _("As the state that supplies it says.")),
        (_("Quality"), framework_words.said(one.note)),
        (_("Small counts"), framework_words.said(one.protection.note)),
        (_("Standard"), framework_words.standard(one)),
        (_("Who supplies it"), framework_words.SUPPLIED[one.supplied]),
    ]
    if one.supplied is Supplied.STATE:
        checks = _(
            "The numerator is at most the denominator, a share is at most 100 percent and is that of the two numbers, nothing "
            "is below 0, and counts below the threshold are withheld."
        )
        about.append((_("Checked when supplied"), checks))
    for source in sources_of(found):
        licence = said(source.licence, "en")
        about += [
            (_("Producer"), said(f"{source.producer}: {source.title}, {source.edition}", "en")),
            (_("As of"), source.as_of),
            (_("Licence"), Link(licence, source.licence_url) if source.licence_url else licence),
        ]
    return about


def sources_of(found: Iterable[Value]) -> list[Source]:
    """The sources of values, each once."""
    return list(dict.fromkeys(source for value in found for source in value.sources))


def chart(one: Definition, states: Sequence[str], found: Iterable[Value], wanted: str) -> dict[str, Any]:
    """JSON of the lines of some states; a span is drawn as a band. Withheld values leave a gap."""
    of = [value for value in found if value.part == wanted and not value.withheld and value.state in states]
    by_key: dict[tuple[str, str], Value] = {}
    for value in sorted(of, key=lambda value: -value.rank):
        by_key[(value.state, value.period)] = value
    periods = _in_a_row(sorted({period for _state, period in by_key}))
    return {
        "kind": "line",
        "x": periods,
        "unit": framework_words.unit(one),
        "series": [
            line(words.country(state), [by_key.get((state, f"{period}")) for period in periods]) for state in states
        ],
        "breaks": [],
    }


def area_map(one: Definition, main: Mapping[tuple[str, str], Value]) -> dict[str, Any]:
    """JSON of the ten states with the newest value of each."""
    areas = []
    for state in REGION:
        value = main.get((one.id, state))
        shown = value.value if value is not None else None
        url = reverse("state", args=[state])
        areas.append({"code": state, "name": words.country(state), "value": plain(shown), "url": url})
    return {"unit": framework_words.unit(one), "areas": areas}


def plain(number: Number | None) -> float | int | None:
    return number if number is None or isinstance(number, int) else float(number)


def line(name: str, values: Sequence[Value | None]) -> dict[str, Any]:
    line: dict[str, Any] = {"name": name, "values": [plain(value.value) if value else None for value in values]}
    if any(value is not None and value.low is not None for value in values):
        line["low"] = [plain(value.low) if value else None for value in values]
        line["high"] = [plain(value.high) if value else None for value in values]
    return line


def _in_a_row(periods: list[str]) -> list[int | str]:
    """Years with those between them, so that a missing one leaves a gap; quarters and spans as they are."""
    if not periods or not all(period.isdecimal() for period in periods):
        return list(periods)
    return list(range(int(periods[0]), int(periods[-1]) + 1))


def _with_period(marks: Marks, value: Value | None) -> SafeString:
    if value is None or value.withheld:
        return format_html('<span class="soft">{}</span>', _("no figure"))
    return format_html('{}<br><span class="soft">{}</span>', marks.value(value), value.period)


def _stacked(marks: Marks, value: Value | None, main: Mapping[tuple[str, str], Value]) -> SafeString:
    """The number, under it what it is a share of or its span, and its period: narrow enough for many columns."""
    if value is None:
        return format_html('<span class="soft">{}</span>', _("no figure"))
    number, under = stacked(value)
    top = marks.marked(number, (*value.flags, *old(value, main)))
    return format_html(
        "{}{}", top, format_html_join("", '<br><span class="soft">{}</span>', ((line,) for line in under))
    )


def stacked(value: Value) -> tuple[str, list[str]]:
    """The number of a value that is shown, and the lines under it: what it is a share of or its span, and its period."""
    number = framework_words.written(value) if value.value is None else framework_words.number(value.value)
    lines = []
    if value.numerator is not None and value.denominator is not None:
        shares = {
            "numerator": framework_words.number(value.numerator),
            "denominator": framework_words.number(value.denominator),
        }
        lines.append(_("%(numerator)s of %(denominator)s") % shares)
    if value.value is not None and value.low is not None and value.high is not None:
        lines.append(f"[{framework_words.span(value.low, value.high)}]")
    return number, [*lines, value.period]


def source_cells(value: Value | None) -> tuple[Any, Any]:
    if value is None or not value.sources:
        return "", ""
    named = ", ".join(dict.fromkeys(words.short_producer(source) for source in value.sources))
    return value.as_of, Link(said(named, "en"), reverse("sources"))
