"""The board of those who oversee, the page of a hold, and the question that comes before every act of force."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Harm, NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.node.safeguards import board as boards
from panah.node.safeguards import files, need_to_know, rules, service, words
from panah.node.safeguards.actions import AskCoerciveAct, EndCoerciveAct, LiftHold, PlaceHold
from panah.node.safeguards.forms import CoerciveActForm, EndForm, LiftForm, PlaceForm
from panah.node.safeguards.models import CoerciveAct, Hold
from panah.web.local_time import in_local_time
from panah.web.parts import Column, Event, Link, Table
from panah.web.reading import how_long
from panah.web.stops import ACTS


@required("safeguards.see_board")
@in_local_time
def board(request: HttpRequest) -> HttpResponse:
    """Big numbers; each opens its list."""
    tiles = []
    for section in boards.sections(officer_of(request)):
        number = section.count()
        tiles.append((section, number, "danger" if section.must_be_zero and number else "plain"))
    return render(request, "safeguards/board.html", {"tiles": tiles})


@required("safeguards.see_board")
@in_local_time
def board_list(request: HttpRequest, code: str) -> HttpResponse:
    """The lines behind one number."""
    section = boards.section(code, officer_of(request))
    if section is None:
        raise Http404
    rows, moment = boards.as_seen_by(officer_of(request), section.rows()), now()
    numbers = boards.numbers_of(rows)
    table = Table(
        caption=section.title,
        columns=(
            Column(_("What"), heading=True),
            Column(_("File")),
            Column(_("Since")),
            Column(_("Age")),
            Column(_("Who")),
            Column(_("More")),
        ),
        rows=[
            (
                Link(row.what, row.url) if row.url else row.what,
                numbers.get(row.subject, "") if row.subject else None,
                row.since,
                how_long(moment - row.since) if row.since else None,
                row.who,
                row.detail,
            )
            for row in rows
        ],
        empty=section.empty,
        next_step=None,
    )
    context = {
        "section": section,
        "table": table,
        "cut": len(rows) >= boards.LONGEST_LIST,
        "way": [Link(_("Board"), reverse("board"))],
    }
    return render(request, "safeguards/board_list.html", context)


@required("safeguards.see_holds")
@in_local_time
def hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold: why it stands, who has said that it may fall, and the form for those who may say so."""
    officer = officer_of(request)
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise Http404
    file = _file(officer, found.subject, "safeguards.see_holds")
    lifting = found.lifted_at is None and not found.absolute and rules.may_lift(found.code, officer.roles)
    closed = need_to_know.kept_from(officer, found)
    lifting = lifting and not need_to_know.keeps_back(officer, found)
    form = LiftForm(request.POST or None) if lifting and may(officer, "safeguards.lift_hold", file) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                receipt = perform(LiftHold(hold=found.id, **form.made(officer), **form.said()))
                messages.success(request, _lifted(bool(receipt.result["fell"])))
                return redirect("hold", hold_id=hold_id)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    _note(officer, "safeguards.hold_read", found.subject)
    told, kept_back = words.reasons(found, closed, str(officer.pk))
    context = {
        "hold": found,
        "shown": words.shown(found, closed),
        "number": files.numbers([found.subject]).get(found.subject, ""),
        "file_url": files.url(found.subject) if files.readable(officer, file) else "",
        "reasons": told,
        "kept_back": kept_back,
        "stops": [ACTS[harm] for harm in rules.stopped_by(found.code)],
        "lifts": _lift_events(found, "" if need_to_know.WRITTEN in closed else str(officer.pk)),
        "form": form,
    }
    return render(request, "safeguards/hold.html", context)


def _lifted(fell: bool) -> str:
    if fell:
        return _("The hold has fallen. Both reasons are on record.")
    return _("Your word is on record. The hold stands until an officer of another body agrees.")


def _lift_events(found: Hold, reader: str) -> list[Event]:
    """Who said that the hold may fall. Why, for a `reader` to whom what officers wrote is open."""
    lifts = list(found.lifts.order_by("at"))
    names = dict(Officer.objects.filter(pk__in=[lift.by for lift in lifts]).values_list("pk", "display_name"))
    counts_no_more = _("Counts no more: a new reason for the hold came up afterwards.")
    return [
        Event(
            lift.at,
            lift.reason if reader else _("The reason is kept. It is shown to those who decide on this hold."),
            who=f"{names.get(lift.by, '')} ({lift.body})",
            detail=counts_no_more if lift.voided_at else "",
        )
        for lift in lifts
    ]


@required("safeguards.place_hold")
@in_local_time
def hold_new(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """An officer places a hold."""
    officer = officer_of(request)
    _file(officer, file_id, "safeguards.place_hold")
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        perform(PlaceHold(file=file_id, **form.made(officer), **form.said()))
        messages.success(request, _("The hold stands."))
        return redirect(files.url(file_id))
    context = {"form": form, "number": files.numbers([file_id]).get(file_id, ""), "file_url": files.url(file_id)}
    return render(request, "safeguards/hold_new.html", context)


@required("safeguards.ask_coercive_act")
@in_local_time
def coercive_act(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Before any act of force: ask whether it may go on. A hold answers with the stop page."""
    officer = officer_of(request)
    _file(officer, file_id, "safeguards.ask_coercive_act")
    if "ended" in request.POST:
        return _end(request, officer, file_id)
    form = CoerciveActForm(request.POST or None, roles=officer.roles)
    if request.method == "POST" and form.is_valid():
        perform(AskCoerciveAct(file=file_id, **form.made(officer), **form.said()))
        messages.success(
            request,
            _(
                "No hold stands against this act at this moment. Your question and its grounds are on record; "
                "ask again before each step."
            ),
        )
        return redirect("coercive_act", file_id=file_id)
    _note(officer, "safeguards.coercive_acts_read", file_id)
    acts = CoerciveAct.objects.filter(subject=file_id).order_by("-asked_at")
    context = {
        "form": form,
        "number": files.numbers([file_id]).get(file_id, ""),
        "file_url": files.url(file_id),
        "holds": service.shown(officer, file_id),
        "acts": [(act, ACTS[Harm(act.act)], EndForm(auto_id=False, initial={"coercive_act": act.id})) for act in acts],
    }
    return render(request, "safeguards/coercive_act.html", context)


def _end(request: HttpRequest, officer: Officer, file_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        raise Http404
    act, how = form.cleaned_data["coercive_act"], form.cleaned_data["ended"]
    perform(EndCoerciveAct(coercive_act=act, how=how, **form.made(officer)))
    return redirect("coercive_act", file_id=file_id)


def _file(officer: Officer, subject: UUID, permission: str) -> object:
    """The file, or 404 for those who may not do this with it."""
    file = files.found(subject)
    if not may(officer, permission, file):
        raise NotFound("There is no such file.")
    return file


def _note(officer: Officer, code: str, subject: UUID) -> None:
    journal.note_read(code, by=officer.pk, place=officer.post, subject=subject)
