"""What the pages of this room show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.reception import rooms, rules, service, words
from panah.node.reception.models import Announcement, Centre, HandOut, Incident, Stay, Unit
from panah.node.reception.permissions import of_centre, stays_here
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web.parts import Column, Link, Table


def numbers(files: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of files: what people are called by where a name is not needed."""
    return dict(registration.PersonFile.objects.filter(pk__in=list(files)).values_list("pk", "number"))


def people(files: Iterable[UUID]) -> dict[UUID, registration.PersonFile]:
    """Files with their names, in two queries."""
    rows = registration.PersonFile.objects.filter(pk__in=list(files)).select_related("group").prefetch_related("names")
    return {row.pk: row for row in rows}


def centres(officer: Officer, rows: Sequence[Centre], places: Mapping[UUID, service.Occupancy]) -> Table:
    def cells(row: Centre) -> list[Any]:
        one = places[row.pk]
        title = words.centre_title(row)
        page = "reception_centre" if may(officer, "reception.read", row) else "reception_hand_out"
        return [
            Link(title, reverse(page, args=[row.pk])),
            words.of(words.KINDS, row.kind),
            one.places,
            one.blocked,
            one.taken,
            one.free,
        ]

    return Table(
        caption=_("Centres"),
        columns=[
            Column(_("Centre"), heading=True),
            Column(_("Kind")),
            Column(_("Places"), numeric=True),
            Column(_("Blocked"), numeric=True),
            Column(_("Taken"), numeric=True),
            Column(pgettext("places", "Free"), numeric=True),
        ],
        rows=[cells(row) for row in rows],
        empty=_("No centre is open at your body or post."),
    )


def units(rows: Sequence[Unit], now_: Mapping[UUID, rules.Room]) -> Table:
    return Table(
        caption=_("Units"),
        columns=[
            Column(pgettext("room", "Unit"), heading=True),
            Column(_("Meant for")),
            Column(_("Places"), numeric=True),
            Column(_("Who sleeps there"), numeric=True),
            Column(pgettext("places", "Free"), numeric=True),
        ],
        rows=[
            [
                Link(words.unit_title(row), reverse("reception_unit", args=[row.pk])),
                words.of(words.MEANT_FOR, row.meant_for),
                row.places,
                len(now_[row.pk].guests),
                now_[row.pk].free,
            ]
            for row in rows
        ],
        empty=_("The centre has no unit yet. Add the first one below."),
    )


def sleepers(stays: Sequence[Stay], empty: str) -> Table:
    """Who sleeps in a unit, or is away from a centre."""
    files = people(stay.file for stay in stays)
    return Table(
        caption=_("People"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("Name")),
            Column(_("Presence")),
            Column(_("Since")),
            Column(_("Leave until")),
        ],
        rows=[
            [
                Link(files[stay.file].number, reverse("reception_person", args=[stay.file])),
                registration.display_name(files[stay.file]),
                words.of(words.PRESENCES, stay.presence),
                stay.presence_since,
                stay.leave_until,
            ]
            for stay in stays
        ],
        empty=empty,
    )


def expected(officer: Officer, centre: Centre) -> Table:
    """Who was announced for the centre, and who was referred to the officer's body and has no place yet."""
    announced = list(Announcement.objects.filter(centre=centre, ended_at=None).order_by("on")[:200])
    referred = []
    if of_centre.test(officer, centre) and officer.body:
        staying = Stay.objects.filter(ended_at=None).values("file")
        waiting = referrals.waiting_for(officer).filter(to="reception_centre", status="accepted")
        referred = list(waiting.exclude(file__in=staying)[:200])
    known = numbers([row.file for row in announced])
    lines: list[list[Any]] = [
        [Link(known[row.file], reverse("reception_person", args=[row.file])), _("announced by another centre"), row.on]
        for row in announced
    ]
    lines += [
        [Link(row.number, reverse("reception_person", args=[row.file])), _("referred and accepted"), row.answered_at]
        for row in referred
    ]
    return Table(
        caption=_("Expected"),
        columns=[Column(_("Number"), heading=True), Column(_("How")), Column(_("When"))],
        rows=lines,
        empty=_("Nobody is expected."),
    )


def needs(centre: Centre, taken: int) -> Table:
    """What the people of the centre need by the standards, what there is, what is missing."""
    unknown = _("not counted")
    return Table(
        caption=_("What is needed by the standards"),
        columns=[
            Column(_("Standard"), heading=True),
            Column(_("Needed"), numeric=True),
            Column(_("There is"), numeric=True),
            Column(_("Missing"), numeric=True),
        ],
        rows=[
            [
                words.standard_title(need.parameter),
                _plain(need.needed),
                unknown if need.have is None else _plain(need.have),
                unknown if need.gap is None else _plain(need.gap),
            ]
            for need in rooms.needs_of(centre, taken)
        ],
        empty=_("The pack gives no figures."),
    )


def _plain(amount: Any) -> Any:
    return int(amount) if amount == int(amount) else float(amount)


def sees_incident(officer: Officer, row: Incident) -> bool:
    """Whether the officer may know what an incident of a restricted kind was and whom it befell (docs/decisions/0087)."""
    lane = rules.RESTRICTED.get(row.kind, "")
    return not lane or row.by == officer.pk or lane not in safeguards.closed_to(officer)


def incident_kind(officer: Officer, row: Incident) -> str:
    return words.of(words.INCIDENTS, row.kind) if sees_incident(officer, row) else _("Restricted")


def incidents(officer: Officer, rows: Sequence[Incident]) -> list[dict[str, Any]]:
    """Incidents with what was done. One of a restricted kind says to others than its lane and who wrote it down only that it is there."""
    known = numbers(row.file for row in rows if row.file)
    return [
        {
            "row": row,
            "restricted": not sees_incident(officer, row),
            "kind": incident_kind(officer, row),
            "grave": row.kind in rules.GRAVE,
            "told": ", ".join(words.of(words.TOLD, code) for code in row.told),
            "number": known.get(row.file, "") if row.file and sees_incident(officer, row) else "",
            "follow_ups": list(row.follow_ups.all()),
        }
        for row in rows
    ]


def options(judged: Sequence[rules.Option]) -> list[dict[str, Any]]:
    """The units with what speaks for and against them; the first possible one is the proposal."""
    return [
        {
            "unit": option.room.unit,
            "title": f"{option.room.block} · {option.room.name}" if option.room.block else option.room.name,
            "free": option.room.free,
            "possible": option.possible,
            "proposed": option.possible and at == 0,
            "bars": [words.of(words.REASONS, code) for code in option.bars],
            "against": [words.of(words.REASONS, code) for code in option.against],
            "for_it": [words.of(words.REASONS, code) for code in option.for_it],
        }
        for at, option in enumerate(judged)
    ]


def where(officer: Officer, stay: Stay) -> str:
    """Where somebody stays, as far as the officer may know it: a shelter of others is never named."""
    centre = stay.unit.centre
    if may(officer, "reception.read", centre):
        return f"{words.centre_title(centre)}, {words.unit_title(stay.unit)}"
    if centre.kind == "shelter":
        return _("not shown: another body works with this person; the supervisor takes word to it")
    return words.centre_title(centre)


def families(officer: Officer, found: Sequence[Sequence[Stay]]) -> Table:
    """Members of one family in different centres, a line a person."""
    files = people(stay.file for stays in found for stay in stays)

    def cells(stay: Stay) -> list[Any]:
        file, mine = files[stay.file], stays_here(officer, stay.file) or "ombudsman" in officer.roles
        group = file.group.number if file.group else ""
        number: Any = Link(file.number, reverse("reception_person", args=[file.pk])) if mine else file.number
        return [group, number, where(officer, stay), stay.since]

    return Table(
        caption=_("Families in different centres"),
        columns=[Column(_("Family")), Column(_("Number"), heading=True), Column(_("Where")), Column(_("Since"))],
        rows=[cells(stay) for stays in found for stay in stays],
        empty=_("No family of your centres is parted."),
    )


def handed_out(rows: Iterable[HandOut], *, receipts: bool = True) -> Table:
    """`receipts`: whether the reader may open them, as those who hand out may."""
    return Table(
        caption=_("Handed out"),
        columns=[
            Column(_("Receipt"), heading=True),
            Column(_("What")),
            Column(_("How many"), numeric=True),
            Column(_("When")),
            Column(_("How received")),
        ],
        rows=[
            [
                Link(row.number, reverse("reception_receipt", args=[row.pk])) if receipts else row.number,
                words.of(words.ITEMS, row.item),
                row.amount,
                row.at,
                words.of(words.RECEIPTS, row.receipt),
            ]
            for row in rows
        ],
        empty=_("Nothing was handed out yet."),
    )


def directory(rows: Sequence[tuple[str, str]], known: Mapping[tuple[str, str], referrals.RoomAt | None]) -> Table:
    """The bodies of the pack by kind of referral, with the room that they have."""

    def cells(body: str, to: str) -> list[Any]:
        room = known[body, to]
        free: Any = _("not known") if room is None else _("full") if room.full else room.free
        how = "" if room is None else _("counted now") if room.counted else _("said by the body")
        return [
            referrals.recipient_title(to),
            registration.body_title(body),
            free,
            how,
            None if room is None else room.at,
        ]

    return Table(
        caption=_("Bodies and their room"),
        columns=[
            Column(_("For"), heading=True),
            Column(_("Body")),
            Column(_("Room for more people"), numeric=True),
            Column(_("How it is known")),
            Column(_("As of")),
        ],
        rows=[cells(body, to) for body, to in rows],
        empty=_("The pack names no body."),
    )
