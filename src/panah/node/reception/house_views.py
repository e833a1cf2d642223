"""Pages of a house: what it needs and has in store, its appointments and incidents as lists; a place for tonight; hints of emergency."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.reception import forms, house_acts, house_shown, houses, rooms, service, words
from panah.node.reception.models import Appointment, Centre, Incident, PlaceAsked
from panah.node.registration import service as registration
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, ids
from panah.web.parts import Table

_MOST_SHOWN = 200


def _file(table: Table, name: str, request: HttpRequest) -> HttpResponse | None:
    """The table as the file that was asked for; None where a page was."""
    kind = request.GET.get("format", "")
    return spreadsheet.answer(table, name, kind) if kind in spreadsheet.FORMATS else None


@required("reception.oversee")
def needs(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """What a centre needs by the standards today and in the days to come, and for how many people something is missing."""
    row = service.read_centre(officer_of(request), centre_id)
    people = service.occupancy(Centre.objects.filter(pk=row.pk))[row.pk].taken
    table = house_shown.needs(row, people)
    context = {"row": row, "title": words.centre_title(row), "people": people, "table": table}
    return _file(table, f"needs-{row.code}", request) or render(request, "reception/needs.html", context)


@required("reception.oversee")
def stock(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """What is in store, what was handed out, and how many days it lasts."""
    officer = officer_of(request)
    row = service.read_centre(officer, centre_id)
    form: Form = forms.StockForm()
    status = 200
    if request.method == "POST":
        deeds = {"stock": Deed(forms.StockForm, house_acts.ChangeStock, ("stock",))}
        wrong = act(request, deeds, {"centre": row.pk}, {})
        if wrong is None:
            return redirect("reception_stock", centre_id=row.pk)
        form, status = wrong, 422
    table = house_shown.stock(houses.store(row, now()))
    context = {
        "row": row,
        "title": words.centre_title(row),
        "table": table,
        "form": form,
        "leads": may(officer, "reception.lead", row),
        **ids(),
    }
    return _file(table, f"stock-{row.code}", request) or render(request, "reception/stock.html", context, status=status)


@required("reception.oversee")
def appointments(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The appointments of the people of a centre, soonest first; or those that are over, newest first."""
    row = service.read_centre(officer_of(request), centre_id)
    found = Appointment.objects.filter(stay__unit__centre=row).select_related("stay__unit")
    past = request.GET.get("list") == "past"
    found = (
        found.filter(at__lt=now()).order_by("-at", "pk") if past else found.filter(at__gte=now()).order_by("at", "pk")
    )
    table = house_shown.appointments(list(found if "format" in request.GET else found[:_MOST_SHOWN]))
    context = {"row": row, "title": words.centre_title(row), "table": table, "past": past, "heading": _("Appointments")}
    return _file(table, f"appointments-{row.code}", request) or render(request, "reception/house_list.html", context)


@required("reception.oversee")
def incidents(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The incidents of a centre, newest first; those that are closed with `list=past`."""
    officer = officer_of(request)
    row = service.read_centre(officer, centre_id)
    past = request.GET.get("list") == "past"
    found = Incident.objects.filter(centre=row, closed_at__isnull=not past).prefetch_related("follow_ups")
    found = found.order_by("-at", "pk")
    table = house_shown.incidents(officer, list(found if "format" in request.GET else found[:_MOST_SHOWN]))
    context = {"row": row, "title": words.centre_title(row), "table": table, "past": past, "heading": _("Incidents")}
    return _file(table, f"incidents-{row.code}", request) or render(request, "reception/house_list.html", context)


@required("reception.ask_place")
def place(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A place for tonight: which centres have room, what was asked and answered. Where somebody sleeps is not said here."""
    officer = officer_of(request)
    file = registration.file_by_id(file_id)
    if not may(officer, "reception.ask_place", file):
        raise NotFound("There is no such file.")
    form: Form = _ask_form(None)
    status = 200
    if request.method == "POST":
        deeds = {"ask": Deed(forms.AskPlaceForm, house_acts.AskPlace, ("ask",))}
        wrong = act(request, deeds, {"file": file.pk}, {"ask": _ask_form(request.POST)})
        if wrong is None:
            return redirect("reception_place", file_id=file.pk)
        form, status = wrong, 422
    asked = list(PlaceAsked.objects.filter(file=file.pk).select_related("centre").order_by("-at"))
    sleeps = rooms.stay_of(file.pk) is not None
    context = {
        "file": file,
        "people": len(rooms.family_of(file)),
        "sleeps": sleeps,
        "asked": house_shown.asked(asked),
        "may_ask": not sleeps and file.closed_at is None and not any(one.answered_at is None for one in asked),
        "table": house_shown.room(service.askable()),
        "form": form,
        **ids(),
    }
    return render(request, "reception/place.html", context, status=status)


def _ask_form(posted: QueryDict | None) -> forms.AskPlaceForm:
    form = forms.AskPlaceForm(posted)
    forms.offer(form, "centre", [(str(row.pk), words.centre_title(row)) for row, _places in service.askable()])
    return form


@required("reception.see_emergency")
def emergency(request: HttpRequest) -> HttpResponse:
    """What speaks for an emergency level, with its numbers. A proposal: who decides is a person."""
    table = house_shown.emergency(list(houses.proposals(now())))
    return render(request, "reception/emergency.html", {"table": table})
