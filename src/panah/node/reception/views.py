"""Centres and their board, units, handing out, receipts, parted families, and the directory of bodies with their room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.reception import acts, forms, house_acts, house_shown, rooms, rules, service, shown, words
from panah.node.reception.models import Centre, HandOut, Stay, Unit
from panah.node.reception.permissions import centres_of, may_be_received
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration
from panah.web.deeds import Deed, act, ids

AT_CENTRE = {
    "unit": Deed(forms.UnitForm, acts.AddUnit, ("unit",)),
    "supply": Deed(forms.SupplyForm, acts.CountSupply),
    "incident": Deed(forms.IncidentForm, acts.ReportIncident, ("incident",)),
    "follow": Deed(forms.FollowForm, acts.FollowIncident, ("follow_up",), ("incident",)),
    "answer": Deed(forms.AnswerPlaceForm, house_acts.AnswerPlace, names=("ask",)),
    "close": Deed(forms.CloseForm, house_acts.CloseCentre),
    "reopen": Deed(forms.CloseForm, house_acts.ReopenCentre),
}
ON_UNIT = {
    "block": Deed(forms.BlockForm, acts.BlockPlaces, ("block",)),
    "free": Deed(forms.FreeForm, acts.FreePlaces, names=("block",)),
    "close": Deed(forms.CloseForm, house_acts.CloseUnit),
    "reopen": Deed(forms.CloseForm, house_acts.ReopenUnit),
}


@required("reception.see")
def listed(request: HttpRequest) -> HttpResponse:
    """The centres of the officer, and the places of the pack where none is open yet."""
    officer = officer_of(request)
    mine = centres_of(officer)
    rows, places = list(mine), service.occupancy(mine)
    may_open = may(officer, "reception.open_centre")
    opened = set(Centre.objects.values_list("code", flat=True))
    context = {
        "table": shown.centres(officer, rows, places),
        "places": sum(one.places for one in places.values()),
        "taken": sum(one.taken for one in places.values()),
        "free": sum(one.free for one in places.values()),
        "may_open": may_open,
        "may_oversee": may(officer, "reception.oversee"),
        "waiting": [
            {"code": place.code, "title": registration.place_title(place.code)}
            for place in registration.node_pack().places
            if place.kind in rules.FROM_PACK and place.code not in opened
        ]
        if may_open
        else [],
    }
    return render(request, "reception/listed.html", context)


@required("reception.open_centre")
def new(request: HttpRequest) -> HttpResponse:
    """Open a centre: a place of the pack, or one that the pack does not have."""
    deed = {"open": Deed(forms.CentreForm, acts.OpenCentre, ("centre",))}
    form: Form = forms.CentreForm(initial={"centre_code": request.GET.get("code", "")})
    status = 200
    if request.method == "POST":
        wrong = act(request, deed, {}, {})
        if wrong is None:
            return redirect("reception")
        form, status = wrong, 422
    return render(request, "reception/new.html", {"form": form, **ids()}, status=status)


@required("reception.oversee")
def centre(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The board of a centre: places, who is expected, who is away, needs and gaps, incidents."""
    officer = officer_of(request)
    row = service.read_centre(officer, centre_id)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        known: dict[str, Any] = {"centre": row.pk}
        _name_person(request, officer, known)
        form = act(request, AT_CENTRE, known, {})
        if form is None:
            return redirect("reception_centre", centre_id=row.pk)
        wrong[request.POST["act"]] = form
    stays = Stay.objects.filter(unit__centre=row, ended_at=None)
    away = list(stays.exclude(presence="in").order_by("presence", "presence_since")[:200])
    full = rooms.figure("reception/full_share")
    place = service.occupancy(Centre.objects.filter(pk=row.pk))[row.pk]
    open_incidents = row.incidents.filter(closed_at=None).prefetch_related("follow_ups")[:100]
    context = {
        "row": row,
        "title": words.centre_title(row),
        "kind": words.of(words.KINDS, row.kind),
        "body": registration.body_title(row.body),
        "place": place,
        "nearly_full": full is not None and place.places > 0 and place.share > full,
        "absent": sum(stay.presence == "absent" for stay in away),
        "units": shown.units(list(row.units.all()), {room.unit: room for room in rooms.rooms(row.units.all())}),
        "away": shown.sleepers(away, _("Nobody is away.")),
        "expected": shown.expected(officer, row),
        "needs": shown.needs(row, place.taken),
        "incidents": shown.incidents(officer, list(open_incidents)),
        "leads": may(officer, "reception.lead", row),
        "asked": house_shown.waiting(list(row.places_asked.filter(answered_at=None))),
        "forms": {name: wrong.get(name) or deed.form() for name, deed in AT_CENTRE.items()},
        "wrong": set(wrong),
        **ids(),
    }
    return render(request, "reception/centre.html", context, status=422 if wrong else 200)


def _name_person(request: HttpRequest, officer: Officer, known: dict[str, Any]) -> None:
    """Put the file into what is known where an incident names a person by number; 404 where the number is of nobody here."""
    number = request.POST.get("person", "").strip()
    if request.POST.get("act") != "incident" or not number:
        return
    file = registration.PersonFile.objects.filter(number=number).first()
    if file is None or not may_be_received(officer, file.pk):
        messages.error(
            request, _("Nobody of this number is in your centre. The incident was not kept; check the number.")
        )
        raise NotFound("There is no such person in the centre.")
    known["file"] = file.pk


@required("reception.oversee")
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit: who sleeps there, which places are blocked and why."""
    officer = officer_of(request)
    row = Unit.objects.select_related("centre").filter(pk=unit_id).first()
    if row is None or not may(officer, "reception.read", row.centre):
        raise NotFound("There is no such unit.")
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        form = act(request, ON_UNIT, {"unit": row.pk}, {})
        if form is None:
            return redirect("reception_unit", unit_id=row.pk)
        wrong[request.POST["act"]] = form
    stays = list(row.stays.filter(ended_at=None))
    for stay in stays:
        journal.note_read(
            "reception.read_person", by=officer.pk, place=officer.post, subject=stay.file, facts={"unit": str(row.pk)}
        )
    context = {
        "row": row,
        "title": words.unit_title(row),
        "centre": words.centre_title(row.centre),
        "meant_for": words.of(words.MEANT_FOR, row.meant_for),
        "room": rooms.rooms([row])[0],
        "people": shown.sleepers(stays, _("Nobody sleeps here.")),
        "blocks": [
            {"row": block, "why": words.of(words.WHY_BLOCKED, block.why)} for block in row.blocks.filter(ended_at=None)
        ],
        "leads": may(officer, "reception.lead", row.centre),
        "form": wrong.get("block") or forms.BlockForm(),
        "closing": wrong.get("close") or wrong.get("reopen") or forms.CloseForm(),
        **ids(),
    }
    return render(request, "reception/unit.html", context, status=422 if wrong else 200)


@required("reception.see")
def hand_out(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """A counter: give things to the people of a centre, who are called by their numbers here."""
    officer = officer_of(request)
    row = Centre.objects.filter(pk=centre_id).first()
    if row is None or not may(officer, "reception.hand_out", row):
        raise NotFound("There is no such centre.")
    here = list(Stay.objects.filter(unit__centre=row, ended_at=None).values_list("pk", "file"))
    known = shown.numbers(file for _stay, file in here)
    choices = sorted(((str(stay), known[file]) for stay, file in here), key=lambda each: each[1])
    form: Form = _to_whom(choices, None)
    status = 200
    if request.method == "POST":
        deed = {"hand_out": Deed(forms.HandOutToForm, acts.HandOutItem, ("hand_out",))}
        wrong = act(request, deed, {}, {"hand_out": _to_whom(choices, request.POST)})
        if wrong is None:
            return redirect("reception_hand_out", centre_id=row.pk)
        form, status = wrong, 422
    latest = HandOut.objects.filter(stay__unit__centre=row)[:50]
    context = {"row": row, "title": words.centre_title(row), "form": form, "table": shown.handed_out(latest), **ids()}
    return render(request, "reception/hand_out.html", context, status=status)


def _to_whom(choices: list[tuple[str, str]], posted: QueryDict | None) -> forms.HandOutToForm:
    form = forms.HandOutToForm(posted)
    forms.offer(form, "stay", choices)
    return form


@required("reception.see")
def receipt(request: HttpRequest, hand_out_id: UUID) -> HttpResponse:
    """The receipt of what was handed out, to be printed and signed."""
    officer = officer_of(request)
    row = HandOut.objects.select_related("stay__unit__centre").filter(pk=hand_out_id).first()
    if row is None or not may(officer, "reception.hand_out", row.stay.unit.centre):
        raise NotFound("There is no such receipt.")
    giver = Officer.objects.filter(pk=row.by).first() if row.by else None
    context = {
        "row": row,
        "item": words.of(words.ITEMS, row.item),
        "received": words.of(words.RECEIPTS, row.receipt),
        "number": shown.numbers([row.stay.file])[row.stay.file],
        "centre": words.centre_title(row.stay.unit.centre),
        "giver": giver.display_name if giver else "",
    }
    return render(request, "reception/receipt.html", context)


@required("reception.oversee")
def families(request: HttpRequest) -> HttpResponse:
    """Families of whom members stay in different centres, so that they can come together again."""
    officer = officer_of(request)
    return render(
        request, "reception/families.html", {"table": shown.families(officer, service.split_families(officer))}
    )


@required("reception.see_room")
def directory(request: HttpRequest) -> HttpResponse:
    """The bodies of the pack with the room that they have; an officer of one says here how much it has."""
    officer = officer_of(request)
    form: Form = _room_form(None)
    status = 200
    may_say = may(officer, "reception.say_room")
    if request.method == "POST":
        if not may_say:
            raise NotFound("There is no such act.")
        deed = {"room": Deed(forms.RoomForm, acts.SayRoom)}
        wrong = act(request, deed, {}, {"room": _room_form(request.POST)})
        if wrong is None:
            return redirect("reception_directory")
        form, status = wrong, 422
    rows = _bodies(officer)
    context = {
        "table": shown.directory(rows, service.rooms_at(rows)),
        "form": form,
        "may_say": may_say,
        "body": registration.body_title(officer.body) if officer.body else "",
        **ids(),
    }
    return render(request, "reception/directory.html", context, status=status)


def _bodies(officer: Officer) -> list[tuple[str, str]]:
    """Who is competent for what, as seen from the officer's post; then bodies with centres of their own, and what the officer's own
    body has said."""
    pack, on = registration.node_pack(), registration.local_day(now())
    found = []
    for to in referrals.recipients():
        body = pack.body_for(to, on, officer.post or None)
        if body is not None and to != "own_consulate":
            found.append((referrals.body_code(body), to))
    return list(dict.fromkeys([*found, *service.told_of(officer.body)]))


def _room_form(posted: QueryDict | None) -> forms.RoomForm:
    form = forms.RoomForm(posted)
    offered = [(to, referrals.recipient_title(to)) for to in referrals.recipients() if to != "own_consulate"]
    forms.offer(form, "to", offered)
    return form
