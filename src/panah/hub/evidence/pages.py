"""What the pages and the drawings of this room show, made of the figures that service.py hands out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.hub.evidence import service, words
from panah.hub.evidence.figures import REGION, Figure, Source
from panah.hub.evidence.indicators import BY_CODE, INDICATORS, Indicator, Role
from panah.hub.evidence.marks import Legend
from panah.hub.evidence.quality import SeriesFlag
from panah.web.parts import Column, Link, Table
from panah.web.tags.words import said

BREAKS = frozenset({"break_up", "break_down", "block_gone", "block_gone_to_none"})

ByYear = dict[tuple[str, int], Figure]


@dataclass(frozen=True)
class View:
    """One indicator seen from one side."""

    indicator: Indicator
    role: Role

    @property
    def title(self) -> str:
        return words.side_title(self.indicator, self.role)

    @property
    def url(self) -> str:
        return reverse("indicator", args=[self.indicator.code, self.role.value])

    @property
    def key(self) -> str:
        return f"{self.indicator.code}.{self.role.value}"

    def state_of(self, figure: Figure) -> str:
        return figure.destination if self.role is Role.DESTINATION else figure.origin

    def whole(self, figure: Figure) -> bool:
        """Whether the figure is the whole of its indicator and not one part of its breakdown."""
        return figure.broken_down_by(self.indicator.dimension) in ("", "total")


def all_views() -> tuple[View, ...]:
    return tuple(View(indicator, role) for indicator in INDICATORS for role in indicator.roles)


def view_of(code: str, side: str) -> View | None:
    """The view of an indicator from a side, or None when there is none."""
    indicator = BY_CODE.get(code)
    role = next((role for role in Role if role.value == side), None)
    if indicator is None or role is None or role not in indicator.roles:
        return None
    return View(indicator, role)


def wholes(view: View, states: Iterable[str] = REGION) -> ByYear:
    """The wholes of a view by state and year."""
    shown = service.series(view.indicator.code, view.role, states)
    return {(view.state_of(figure), figure.period): figure for figure in shown if view.whole(figure)}


def broken_years(view: View, flags: Iterable[SeriesFlag]) -> dict[tuple[str, int], str]:
    """Where a series breaks: state and year to the code of the doubt."""
    return {
        (state, flag.periods[-1]): flag.code
        for flag in flags
        if flag.code in BREAKS and flag.role is view.role
        for state in flag.states
    }


def table_of_year(view: View, year: int, found: ByYear, legend: Legend) -> Table:
    """The ten states in one year, by name: no state is ranked."""
    broken = broken_years(view, service.flags_of(view.indicator.code, role=view.role))
    rows = []
    for state in sorted(REGION, key=words.country):
        figure = found.get((state, year))
        extra = ["break"] if (state, year) in broken else []
        as_of = figure.source.as_of if figure else None
        link = Link(words.country(state), reverse("state", args=[state]))
        rows.append((link, legend.cell(figure, extra), f"{year}", as_of))
    return Table(
        caption=f"{view.title}, {year}",
        columns=[
            Column(_("State"), heading=True),
            Column(words.UNITS[view.indicator.unit], numeric=True),
            Column(_("Year"), numeric=True),
            Column(_("As of")),
        ],
        rows=rows,
        empty=_("There is no figure for this year. Choose another."),
    )


def table_of_years(view: View, states: Sequence[str], found: ByYear, legend: Legend) -> Table:
    """All years of some states, the latest first."""
    broken = broken_years(view, service.flags_of(view.indicator.code, role=view.role))
    years = sorted({year for _state, year in found}, reverse=True)
    rows = [
        (
            f"{year}",
            *(legend.cell(found.get((state, year)), ["break"] if (state, year) in broken else []) for state in states),
        )
        for year in years
    ]
    return Table(
        caption=view.title,
        columns=[Column(_("Year"), heading=True), *(Column(words.country(state), numeric=True) for state in states)],
        rows=rows,
        empty=_("There is no figure for these states."),
    )


def table_of_views(state: str, views: Sequence[View], legend: Legend) -> Table:
    """All years of several indicators of one state, the latest first."""
    found = {view: wholes(view, [state]) for view in views}
    with_value = {
        year for values in found.values() for (_s, year), figure in values.items() if figure.value is not None
    }
    return Table(
        caption=words.country(state),
        columns=[Column(_("Year"), heading=True), *(Column(view.title, numeric=True) for view in views)],
        rows=[
            (f"{year}", *(legend.cell(found[view].get((state, year))) for view in views))
            for year in sorted(with_value, reverse=True)
        ],
        empty=_("There is no figure for this state."),
    )


def table_of_parts(view: View, legend: Legend) -> Table | None:
    """The parts of a broken-down indicator in the last year for which there are figures; None for other indicators."""
    dimension = view.indicator.dimension
    years = service.periods(view.indicator.code, view.role)
    if not dimension or not years:
        return None
    shown = [figure for figure in service.series(view.indicator.code, view.role) if figure.period == years[0]]
    by_part = {(view.state_of(figure), figure.broken_down_by(dimension)): figure for figure in shown}
    parts = words.PARTS[dimension]
    return Table(
        caption=f"{view.title}, {years[0]}",
        columns=[Column(_("State"), heading=True), *(Column(label, numeric=True) for label in parts.values())],
        rows=[
            (words.country(state), *(legend.cell(by_part.get((state, part))) for part in parts))
            for state in sorted(REGION, key=words.country)
        ],
        empty=_("There is no figure for this year. Choose another."),
    )


def table_of_state(state: str, role: Role, legend: Legend) -> Table:
    """The last figure of every indicator for one state on one side."""
    views = [View(indicator, role) for indicator in INDICATORS if role in indicator.roles]
    last = last_of_state(state, role)
    flags = service.flags_of(state=state, role=role)
    rows = []
    for view in views:
        figure = last.get(view.indicator.code)
        if figure is not None:
            here = [flag for flag in flags if flag.indicator == view.indicator.code]
            broken = (state, figure.period) in broken_years(view, here)
            cell = legend.cell(figure, ["break"] if broken else [])
            unit = words.UNITS[figure.unit]
            producer = Link(said(words.short_producer(figure.source), "en"), reverse("sources"))
            rows.append((Link(view.title, view.url), cell, unit, f"{figure.period}", figure.source.as_of, producer))
    return Table(
        caption=_("%(side)s: the last figure of each indicator") % {"side": words.SIDES[role]},
        columns=[
            Column(_("Indicator"), heading=True),
            Column(_("Figure"), numeric=True),
            Column(_("Unit")),
            Column(_("Year"), numeric=True),
            Column(_("As of")),
            Column(_("Producer")),
        ],
        rows=rows,
        empty=_("No producer has a figure for this state. Load the figures, or choose another state."),
    )


def last_of_state(state: str, role: Role) -> dict[str, Figure]:
    """The last figure with a value of every indicator of a state on one side, by the indicator's code."""
    return {
        figure.indicator: figure
        for figure in service.of_state(state, role)
        if figure.value is not None and View(BY_CODE[figure.indicator], role).whole(figure)
    }


def table_of_counterparts(view: View, state: str, legend: Legend) -> Table | None:
    """The largest counterparts of a state in the last year that has figures; None when there are none."""
    last = service.latest(view.indicator.code, view.role).get(state)
    if last is None:
        return None
    shown = service.counterparts(view.indicator.code, state, view.role, last.period)
    other = "origin" if view.role is Role.DESTINATION else "destination"
    label = _("Origin") if view.role is Role.DESTINATION else _("Country")
    return Table(
        caption=f"{view.title}, {last.period}",
        columns=[Column(label, heading=True), Column(words.UNITS[view.indicator.unit], numeric=True)],
        rows=[(words.country(getattr(figure, other)), legend.cell(figure)) for figure in shown],
        empty=_("The producer's table names no country."),
    )


def table_of_published(published: Sequence[service.Published]) -> Table:
    """What states published to the hub, latest first."""
    return Table(
        caption=_("Published by states"),
        columns=[
            Column(_("Table"), heading=True),
            Column(_("State")),
            Column(_("Period")),
            Column(_("Published")),
        ],
        rows=[(Link(one.title, one.url), words.country(one.state), one.period, one.at) for one in published],
        empty=_("No state has published a table yet."),
    )


@dataclass(frozen=True)
class Doubt:
    """A doubt as pages say it."""

    years: str
    states: tuple[Link, ...]
    figures: Link
    reason: str


def doubt(flag: SeriesFlag) -> Doubt:
    view = View(BY_CODE[flag.indicator], flag.role)
    states = tuple(Link(words.country(state), reverse("state", args=[state])) for state in flag.states)
    return Doubt(years(flag.periods), states, Link(view.title, view.url), words.reason(flag))


def years(periods: Sequence[int]) -> str:
    first, last = periods[0], periods[-1]
    return f"{first}" if first == last else f"{first}–{last}"


def source_line(source: Source) -> str:
    """The line that stands under every table and drawing."""
    return _("Source: %(producer)s, %(title)s, edition %(edition)s, as of %(as_of)s. Licence: %(licence)s.") % {
        "producer": source.producer,
        "title": source.title,
        "edition": source.edition,
        "as_of": source.as_of.isoformat(),
        "licence": source.licence,
    }


def source_of(found: Mapping[Any, Figure]) -> Source | None:
    return next((figure.source for figure in found.values()), None)


def chart_of_states(view: View, states: Sequence[str], found: ByYear) -> dict[str, Any]:
    """JSON of the lines of some states, with a gap where there is no figure and a mark where a series breaks."""
    step = view.indicator.step
    with_value = sorted(year for (_state, year), figure in found.items() if figure.value is not None)
    x = list(range(with_value[0], with_value[-1] + 1, step)) if with_value else []
    breaks = breaks_of(view, states)
    return {
        "kind": "line",
        "x": x,
        "unit": str(words.UNITS[view.indicator.unit]),
        "series": [
            {"name": words.country(state), "values": [_plain(found.get((state, year))) for year in x]}
            for state in states
        ],
        "breaks": [{"at": year, "note": f"{place}"} for place, (year, _states) in enumerate(breaks, 1)],
    }


def breaks_of(view: View, states: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The years in which series of these states break, in order, with the states. A chart numbers them in this order."""
    broken: dict[int, list[str]] = {}
    for state, year in sorted(broken_years(view, service.flags_of(view.indicator.code, role=view.role))):
        if state in states:
            broken.setdefault(year, []).append(state)
    return sorted(broken.items())


def legend_of_breaks(view: View, states: Sequence[str]) -> str:
    """What the numbered lines in a chart stand for; empty when there are none."""
    named = [
        f"{place}: {year}, {', '.join(words.country(state) for state in there)}"
        for place, (year, there) in enumerate(breaks_of(view, states), 1)
    ]
    return _("Breaks in the series: %(breaks)s.") % {"breaks": "; ".join(named)} if named else ""


def chart_of_state(state: str, views: Sequence[View]) -> dict[str, Any]:
    """JSON of several indicators of one state."""
    series = {view: wholes(view, [state]) for view in views}
    found = {year for values in series.values() for (_s, year), figure in values.items() if figure.value is not None}
    x = list(range(min(found), max(found) + 1)) if found else []
    return {
        "kind": "line",
        "x": x,
        "unit": str(words.UNITS["persons"]),
        "series": [
            {"name": view.title, "values": [_plain(values.get((state, year))) for year in x]}
            for view, values in series.items()
        ],
        "breaks": [],
    }


def map_of_year(view: View, year: int, found: ByYear) -> dict[str, Any]:
    """JSON of the ten states in one year."""
    return {
        "unit": str(words.UNITS[view.indicator.unit]),
        "areas": [
            {
                "code": state,
                "name": words.country(state),
                "value": _plain(found.get((state, year))),
                "url": reverse("state", args=[state]),
            }
            for state in REGION
        ],
    }


def _plain(figure: Figure | None) -> float | int | None:
    if figure is None or figure.value is None:
        return None
    return figure.value if isinstance(figure.value, int) else float(figure.value)
