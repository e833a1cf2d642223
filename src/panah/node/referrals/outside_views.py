"""Pages about bodies outside: what was sent and how it stands, envelopes and answers, and the keys."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.profiling import service as profiling
from panah.node.referrals import answering, lists, outside, outside_shown
from panah.node.referrals.actions import ConfirmOutsideBody, EndOutsideBody, EnterOutsideBody, TakeEnvelope
from panah.node.referrals.forms import AnswerFileForm, ConfirmBodyForm, EndBodyForm, EnterBodyForm
from panah.node.referrals.models import Envelope, OutsideBody, Referral
from panah.node.registration import service as registration
from panah.web.action_form import ActionForm

MEDIA = "application/age"


def closed_kinds(officer: Officer) -> Q:
    """What another officer of the post sent in a lane that is closed to this one; one's own stays in sight, to be brought and answered."""
    kinds = {to for lane in profiling.sight.closed_to(officer.roles) for to in lane.referrals}
    return Q(to__in=kinds) & ~Q(sent_by=officer.pk)


@required("referrals.see_sent")
def sent_list(request: HttpRequest) -> HttpResponse:
    """What was sent from the officer's post, the newest first, with how it stands."""
    officer = officer_of(request)
    page = lists.sent_from(officer.post, closed_kinds(officer), request.GET.get("after", ""))
    return render(request, "referrals/sent_list.html", {"page": page, "table": outside_shown.sent(page.rows, now())})


def _sent(officer: Officer, referral_id: UUID) -> Referral:
    row = Referral.objects.filter(pk=referral_id, way="envelope").exclude(closed_kinds(officer)).first()
    if row is None or not may(officer, "referrals.send", registration.file_by_id(row.file)):
        raise NotFound("There is no such referral.")
    return row


@required("referrals.see_sent")
def sent(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """A referral to a body outside: its envelopes, the form that takes one, and the form that brings the answer."""
    officer = officer_of(request)
    row = _sent(officer, referral_id)
    form = AnswerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _brought(request, row, form):
        return redirect("referral_sent", referral_id=row.pk)
    context = outside_shown.standing(row, now()) | {"answer": form, "action": uuid7(), "envelope": uuid7()}
    return render(request, "referrals/sent.html", context, status=422 if form.errors else 200)


def _brought(request: HttpRequest, row: Referral, form: AnswerFileForm) -> bool:
    made = form.made(officer_of(request))
    try:
        answering.take(form.cleaned_data["content"], made, referral=row.pk)
    except (Refused, NotFound) as refusal:
        form.add_error("content", str(refusal))
        return False
    messages.success(request, _("The answer is believed and taken."))
    return True


@required("referrals.see_sent")
def envelope(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take the envelope: an act on record, which gives the sealed file. Only by a form, so that no link takes one by chance."""
    officer = officer_of(request)
    row = _sent(officer, referral_id)
    if request.method != "POST":
        raise NotFound("An envelope is taken by the form of its referral.")
    try:
        common: dict[str, Any] = {"id": UUID(request.POST["action"]), "by": officer.pk, "place": officer.post}
        receipt = perform(
            TakeEnvelope(**common, happened_at=now(), referral=row.pk, envelope=UUID(request.POST["envelope"]))
        )
    except (KeyError, ValueError):
        messages.error(request, _("The form was not whole. Nothing was sent; try again."))
        return redirect("referral_sent", referral_id=row.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("referral_sent", referral_id=row.pk)
    made = Envelope.objects.select_related("referral").get(pk=receipt.result["envelope"])
    answer = HttpResponse(outside.content_of(made), content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="{outside.file_name(made)}"'
    answer["Cache-Control"] = "no-store"
    return answer


@required("referrals.keep_keys")
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies outside with their keys, and the form that enters one."""
    form = EnterBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, said = form.made(officer_of(request)), form.said()
        kinds = tuple(said.pop("kinds"))
        if _done(request, form, EnterOutsideBody(**made, entry=made["id"], kinds=kinds, **said)):
            return redirect("outside_body", entry_id=made["id"])
    context = {"table": outside_shown.bodies(), "form": form, "own_key": outside.own_public_key()}
    return render(request, "referrals/bodies.html", context, status=422 if form.errors else 200)


@required("referrals.keep_keys")
def body(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry: what it is, and the forms by which a second officer confirms it and anybody ends it."""
    row = OutsideBody.objects.filter(pk=entry_id).first()
    if row is None:
        raise NotFound("There is no such entry.")
    officer = officer_of(request)
    confirm = ConfirmBodyForm(request.POST if "confirm" in request.POST else None, auto_id="confirm_%s")
    end = EndBodyForm(request.POST if "end" in request.POST else None, auto_id="end_%s")
    form: ActionForm
    for name, form, kind in (("confirm", confirm, ConfirmOutsideBody), ("end", end, EndOutsideBody)):
        if name in request.POST and form.is_valid():
            action = kind(**form.made(officer), entry=row.pk, **form.said())
            if _done(request, form, action):
                return redirect("outside_body", entry_id=row.pk)
    context = outside_shown.body(row) | {
        "confirm": confirm if row.confirmed_at is None and row.entered_by != officer.pk else None,
        "own": row.entered_by == officer.pk,
        "end": end,
    }
    return render(request, "referrals/body.html", context, status=422 if confirm.errors or end.errors else 200)


def _done(request: HttpRequest, form: ActionForm, action: Any) -> bool:
    try:
        perform(action)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Done, and on record."))
    return True
