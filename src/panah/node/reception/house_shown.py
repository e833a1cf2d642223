"""What the pages of houses show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panah.foundation.access.models import Officer
from panah.node.reception import houses, rooms, rules, service, shown, words
from panah.node.reception.models import Appointment, Centre, Incident, PlaceAsked
from panah.node.registration import service as registration
from panah.web.parts import Column, Link, Table


def needs(centre: Centre, people: int) -> Table:
    """One line a standard: needed, there, missing, for how many, and in the days to come."""
    unknown = _("not counted")

    def amount(value: Decimal | int | None) -> Any:
        if value is None:
            return unknown
        return int(value) if value == int(value) else float(value)

    horizons = [_("Missing today"), _("Missing in 7 days"), _("Missing in 30 days")]
    return Table(
        caption=_("What is needed by the standards"),
        columns=[
            Column(_("Standard"), heading=True),
            Column(_("Needed"), numeric=True),
            Column(_("There is"), numeric=True),
            *(Column(label, numeric=True) for label in horizons),
            Column(_("Missing for people"), numeric=True),
        ],
        rows=[
            [
                words.standard_title(one.need.parameter),
                amount(one.need.needed),
                amount(one.need.have),
                *(amount(one.days[day]) for day in rules.NEEDED_FOR),
                amount(one.people),
            ]
            for one in rules.ahead(rooms.needs_of(centre, people), people)
        ],
        empty=_("The pack gives no figures."),
    )


def stock(rows: Iterable[houses.InStore]) -> Table:
    return Table(
        caption=_("In store"),
        columns=[
            Column(_("What"), heading=True),
            Column(_("Came in"), numeric=True),
            Column(_("Handed out"), numeric=True),
            Column(_("Left"), numeric=True),
            Column(_("Handed out in 14 days"), numeric=True),
            Column(_("Lasts for days"), numeric=True),
        ],
        rows=[
            [
                words.of(words.ITEMS, one.item),
                one.came,
                one.given,
                _("not counted") if one.left is None else one.left,
                one.use,
                _("not known") if one.days is None else one.days,
            ]
            for one in rows
        ],
        empty=_("Nothing was counted into the store yet. Say below what came in."),
    )


def appointments(rows: Sequence[Appointment]) -> Table:
    known = shown.numbers(row.stay.file for row in rows)
    return Table(
        caption=_("Appointments"),
        columns=[
            Column(_("When"), heading=True),
            Column(_("Number")),
            Column(pgettext("room", "Unit")),
            Column(_("With whom")),
            Column(_("Where")),
            Column(_("What came of it")),
        ],
        rows=[
            [
                row.at,
                Link(known[row.stay.file], reverse("reception_person", args=[row.stay.file])),
                words.unit_title(row.stay.unit),
                words.of(words.APPOINTMENTS, row.kind),
                row.where,
                words.of(words.KEPT, row.outcome) if row.outcome else "",
            ]
            for row in rows
        ],
        empty=_("None. An appointment is made on the page of the person."),
    )


def incidents(officer: Officer, rows: Sequence[Incident]) -> Table:
    """Without what happened: that is read on the page of the centre, and does not go into a file."""
    known = shown.numbers(row.file for row in rows if row.file)

    def cells(row: Incident) -> list[Any]:
        sees, done = shown.sees_incident(officer, row), list(row.follow_ups.all())
        return [
            row.at,
            shown.incident_kind(officer, row),
            known.get(row.file, "") if row.file and sees else "",
            ", ".join(words.of(words.TOLD, code) for code in row.told) if sees else "",
            len(done),
            done[-1].at if done else None,
            row.closed_at,
        ]

    return Table(
        caption=_("Incidents"),
        columns=[
            Column(_("When"), heading=True),
            Column(_("What kind")),
            Column(_("Number")),
            Column(_("Told")),
            Column(_("Steps that were taken"), numeric=True),
            Column(_("Last step")),
            Column(_("Closed")),
        ],
        rows=[cells(row) for row in rows],
        empty=_("None."),
    )


def room(rows: Iterable[tuple[Centre, service.Occupancy]]) -> Table:
    return Table(
        caption=_("Centres that can be asked"),
        columns=[
            Column(_("Centre"), heading=True),
            Column(_("Body")),
            Column(pgettext("places", "Free"), numeric=True),
        ],
        rows=[[words.centre_title(row), registration.body_title(row.body), one.free] for row, one in rows],
        empty=_("No centre is open. Call the body that is competent for reception; its name is in the directory."),
    )


def asked(rows: Iterable[PlaceAsked]) -> list[dict[str, Any]]:
    answers = {"": _("no answer yet"), "given": _("there is a place"), "declined": _("no place")}
    return [{"row": row, "centre": words.centre_title(row.centre), "answer": answers[row.answer]} for row in rows]


def waiting(rows: Sequence[PlaceAsked]) -> list[dict[str, Any]]:
    known = shown.numbers(row.file for row in rows)
    return [{"row": row, "number": known[row.file], "post": registration.place_title(row.post)} for row in rows]


def emergency(rows: Iterable[houses.Proposal]) -> Table:
    said = {
        "all_full": _("Of all usable places so many percent are taken"),
        "centre_full": _("A centre is full to so many percent"),
        "point": _("So many people arrived today at one point"),
        "arrivals": _("On each of three days at least so many percent of the mean of the four weeks before arrived"),
    }
    return Table(
        caption=_("What speaks for an emergency level"),
        columns=[
            Column(_("Level proposed"), heading=True),
            Column(_("Why")),
            Column(_("Where")),
            Column(_("Number"), numeric=True),
            Column(_("Above"), numeric=True),
        ],
        rows=[[one.level, said[one.why], _where(one), one.number, one.limit] for one in rows],
        empty=_("Nothing speaks for an emergency level now."),
    )


def _where(one: houses.Proposal) -> str:
    if not one.where:
        return _("the whole state")
    if one.why == "centre_full":
        return words.centre_title(Centre.objects.get(code=one.where))
    return registration.place_title(one.where)
