"""The tables and facts of this room's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from panah.hub.participants import service as participants
from panah.hub.practices import rules, service, words
from panah.hub.practices.models import (
    Activity,
    Course,
    HelpOffer,
    HelpRequest,
    HelpStep,
    Practice,
    Project,
    Told,
    Trained,
)
from panah.web.parts import Column, Link, Table

Names = Mapping[str, str]


def names() -> Names:
    """Names of all participants in the reader's language, by code."""
    return {one.code: one.title() for one in participants.participants()}


def many(codes: str, known: Names) -> str:
    """Codes as they are kept, as names."""
    return ", ".join(known.get(code, code) for code in codes.split())


def amount(number: Decimal | None, currency: str) -> str:
    return f"{number:,.2f} {currency}".replace(",", "\u00a0") if number is not None else _("not known")


def result(row: Practice) -> str:
    """What came of it: in words where it is known, otherwise that it is not."""
    known = service.what_of(row, "result")
    if row.result == Practice.Result.KNOWN:
        return known
    label = str(Practice.Result(row.result).label)
    return f"{label}. {known}" if known else label


def practices(rows: Iterable[Practice], *, for_file: bool = False, in_work: bool = False) -> Table:
    known = names()
    ten, agenda = (_("Ten-Point Plan"), _("Eight-point agenda")) if for_file else (_("Ten points"), _("Eight points"))
    columns = [
        Column(_("Practice"), heading=True), Column(_("Whose")), Column(_("States")), Column(_("Theme")), Column(ten),
        Column(agenda), Column(_("Result")),
    ]  # fmt: skip
    if for_file:
        columns += [Column(_("What was tried")), Column(_("Cost")), *_source_columns()]
    elif in_work:
        columns += [Column(_("Standing"))]
    return Table(
        caption=_("Good practice"),
        columns=columns,
        rows=[
            (
                Link(service.title_of(row), reverse("practice", args=[row.pk])),
                known.get(row.participant, row.participant),
                many(row.states, known),
                words.THEMES[row.theme],
                ", ".join(row.ten_points.split()),
                ", ".join(row.agenda.split()),
                result(row) if for_file else Practice.Result(row.result).label,
                *(
                    (service.what_of(row), amount(row.cost_amount, row.cost_currency), *_source_cells(row))
                    if for_file
                    else (Practice.Standing(row.standing).label,) * in_work
                ),
            )
            for row in rows
        ],
        empty=_("Nothing fits. Take away a filter."),
    )


def _source_columns() -> list[Column]:
    return [Column(_("Source")), Column(_("Date of the source")), Column(_("Verified"))]


def _source_cells(row: Told) -> tuple[str, str, str]:
    where = " ".join(part for part in (row.source, row.source_url) if part)
    return where, row.source_date, _("yes") if row.verified else _("no")


def source(row: Told) -> Any:
    """Where it stands and how it is known."""
    when = row.source_date or _("no date printed")
    mark = _("verified") if row.verified else _("not verified")
    address = row.source_url
    if address.startswith(("https://", "http://")):
        title: Any = format_html('<a href="{}" rel="noreferrer external">{}</a>', address, row.source)
    else:
        title = format_html("{} <bdi>{}</bdi>", row.source, address) if address else row.source
    how = participants.basis_label(row.basis)
    return format_html('{} <span class="soft">· {} · {} · {}</span>', title, when, how, mark)


def about(row: Told) -> list[tuple[str, Any]]:
    """What every entry says of itself."""
    known, titles = names(), words.point_titles()
    return [
        (_("Whose"), Link(known.get(row.participant, row.participant), reverse("participant", args=[row.participant]))),
        (_("States"), many(row.states, known) or _("none named")),
        (_("Theme"), words.THEMES[row.theme]),
        (_("Ten-Point Plan"), _point_links("ten_points", row.ten_points, titles)),
        (_("Eight-point agenda"), _point_links("agenda", row.agenda, titles)),
        (_("From"), row.begins or _("not said")),
        (_("Until"), row.ends or _("not said")),
    ]


def _point_links(framework: str, codes: str, titles: Any) -> str:
    known = titles.get(framework, {})
    found = [f"{code}. {known[code].title}" if code in known else code for code in codes.split()]
    return "; ".join(found) or _("none named")


def projects(rows: Iterable[Project], *, for_file: bool = False) -> Table:
    known = names()
    return Table(
        caption=_("Projects"),
        columns=[
            Column(_("Project"), heading=True),
            Column(_("Carried out by")),
            Column(_("States")),
            Column(_("Theme")),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Status")),
            Column(_("Budget")),
            *(_source_columns() if for_file else ()),
        ],
        rows=[
            (
                Link(service.title_of(row), reverse("project", args=[row.entry])),
                row.run_by,
                many(row.states, known),
                words.THEMES[row.theme],
                row.begins,
                row.ends,
                Project.Status(row.status).label,
                amount(row.budget_amount, row.budget_currency),
                *(_source_cells(row) if for_file else ()),
            )
            for row in rows
        ],
        empty=_("No project is known of that fits."),
    )


def courses(rows: Iterable[Course], *, for_file: bool = False) -> Table:
    known, kept = names(), list(rows)
    counted: dict[Any, list[tuple[int | None, bool]]] = {}
    for one in Trained.objects.filter(course__in=[row.entry for row in kept], superseded_at=None):
        counted.setdefault(one.course, []).append((one.count, one.few))
    return Table(
        caption=_("Trainings"),
        columns=[
            Column(_("Training"), heading=True),
            Column(_("Carried out by")),
            Column(_("States")),
            Column(_("Place")),
            Column(_("Theme")),
            Column(_("From")),
            Column(_("Until")),
            Column(_("Trained")),
            *(_source_columns() if for_file else ()),
        ],
        rows=[
            (
                Link(service.title_of(row), reverse("course", args=[row.entry])),
                row.run_by,
                many(row.states, known),
                row.town,
                words.THEMES[row.theme],
                row.begins,
                row.ends,
                total(counted.get(row.entry, [])),
                *(_source_cells(row) if for_file else ()),
            )
            for row in kept
        ],
        empty=_("No training is known of that fits."),
    )


def total(counts: list[tuple[int | None, bool]]) -> str:
    """The sum as far as it can be said from what is kept."""
    if not counts:
        return _("not counted")
    number, whole = rules.at_least(counts)
    return str(number) if whole else _("at least %(number)s") % {"number": number}


def trained(rows: Iterable[Trained]) -> Table:
    """Counts by function and sex; one to four read as fewer than five, and there is no sum by which they could be worked out."""
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        said = _("fewer than 5") if row.few else str(row.count)
        cells.setdefault(row.function, {})[row.group] = said
    groups = Trained.Group
    return Table(
        caption=_("Trained, by function and sex"),
        columns=[
            Column(_("Function"), heading=True),
            Column(groups.WOMEN.label, numeric=True),
            Column(groups.MEN.label, numeric=True),
            Column(groups.NOT_SAID.label, numeric=True),
        ],
        rows=[
            (words.FUNCTIONS[code], *(cells[code].get(group, _("not counted")) for group in groups.values))
            for code in rules.FUNCTIONS
            if code in cells
        ],
        empty=_("Nobody has said yet how many were trained."),
    )


def activities(rows: Iterable[Activity], *, for_file: bool = False) -> Table:
    known = names()
    return Table(
        caption=_("Who does what where"),
        columns=[
            Column(_("Organisation")),
            Column(_("What"), heading=True),
            Column(_("State")),
            Column(_("District")),
            Column(_("Theme")),
            Column(_("From")),
            Column(_("Until")),
            *(_source_columns() if for_file else ()),
        ],
        rows=[
            (
                row.organisation,
                Link(service.title_of(row), reverse("activity", args=[row.entry])),
                many(row.states, known),
                row.district or _("not said"),
                words.THEMES[row.theme],
                row.begins,
                row.ends,
                *(_source_cells(row) if for_file else ()),
            )
            for row in rows
        ],
        empty=_("Nobody is known of who works there."),
    )


def requests(rows: Iterable[HelpRequest]) -> Table:
    known = names()
    return Table(
        caption=_("Help asked for"),
        columns=[
            Column(_("What is needed"), heading=True),
            Column(_("State")),
            Column(_("Theme")),
            Column(_("Needed by")),
            Column(_("Standing")),
            Column(_("Offers"), numeric=True),
            Column(_("Asked")),
        ],
        rows=[
            (
                Link(row.title, reverse("help_request", args=[row.pk])),
                known.get(row.participant, row.participant),
                words.THEMES[row.theme],
                row.needed_by,
                HelpRequest.Standing(row.standing).label,
                len(row.offers.all()),
                row.made_at,
            )
            for row in rows
        ],
        empty=_("No help is asked for that fits."),
    )


def offers(rows: Iterable[HelpOffer], caption: str) -> Table:
    known = names()
    return Table(
        caption=caption,
        columns=[
            Column(_("What is offered"), heading=True),
            Column(_("Who offers")),
            Column(_("Theme")),
            Column(_("Open until")),
            Column(_("Standing")),
            Column(_("Offered")),
        ],
        rows=[
            (
                Link(row.title, reverse("help_offer", args=[row.pk])),
                known.get(row.participant, row.participant),
                words.THEMES[row.theme],
                row.until,
                HelpOffer.Standing(row.standing).label,
                row.made_at,
            )
            for row in rows
        ],
        empty=_("Nothing is offered yet."),
    )


def steps(rows: Iterable[HelpStep]) -> Table:
    known = names()
    return Table(
        caption=_("What happened"),
        columns=[Column(_("What"), heading=True), Column(_("By")), Column(_("When")), Column(_("Remark"))],
        rows=[(words.STEPS[row.kind], known.get(row.participant, row.participant), row.at, row.text) for row in rows],
        empty="",
    )
