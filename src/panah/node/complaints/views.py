"""The officers' pages: the list of what is theirs, one complaint with every act, and entering one from paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Action, NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.node.complaints import acts, forms, rules, service, shown, tickets
from panah.node.complaints.models import Complaint
from panah.node.complaints.texts import of_reader
from panah.node.registration import service as registration
from panah.web import spreadsheet
from panah.web.action_form import ActionForm
from panah.web.local_time import in_local_time


@dataclass(frozen=True)
class Deed:
    """An act of the page: its form, its action, and who may do it. `of_row` forms are made with the complaint."""

    form: Callable[..., ActionForm]
    action: Callable[..., Action]
    right: str = "complaints.work"
    of_row: bool = False


DEEDS = {
    "acknowledge": Deed(ActionForm, acts.Acknowledge),
    "triage": Deed(forms.TriageForm, acts.Triage, "complaints.lead"),
    "assign": Deed(forms.AssignForm, acts.Assign, "complaints.lead", of_row=True),
    "write": Deed(forms.WriteForm, acts.WriteBack),
    "step": Deed(forms.StepForm, acts.TakeStep),
    "conclude": Deed(forms.ConcludeForm, acts.Conclude),
    "withdrawal": Deed(forms.WithdrawalForm, acts.LookAtWithdrawal, "complaints.lead"),
    "link": Deed(forms.LinkForm, acts.LinkFile, "complaints.lead"),
    "hold": Deed(forms.HoldForm, acts.AskForHold, "complaints.lead"),
}


@required("complaints.see")
@in_local_time
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """The complaints that are this officer's to read, with filters, numbers by kind, and as a file."""
    officer, moment = officer_of(request), now()
    form = forms.Wanted(request.GET or None)
    rows = _wanted(service.visible(officer), form.cleaned_data if form.is_valid() else {}, officer)
    if request.GET.get("format") in spreadsheet.FORMATS:
        journal.note_read(
            "complaints.listed", by=officer.pk, place=officer.post, subject=None, facts={"rows": rows.count()}
        )
        return spreadsheet.answer(shown.table(rows), "complaints", request.GET["format"], to_the_day=True)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "table": shown.table(page),
        "kinds": shown.by_kind(service.visible(officer)),
        "numbers": service.waiting(officer, moment),
        "form": form,
        "asked": asked.urlencode(),
        "may_enter": may(officer, "complaints.enter"),
    }
    return render(request, "complaints/listed.html", context)


def _wanted(rows: QuerySet[Complaint], said: dict[str, str], officer: Officer) -> QuerySet[Complaint]:
    if said.get("kind"):
        rows = rows.filter(kind=said["kind"])
    if said.get("number"):
        rows = rows.filter(number=tickets.number_of(said["number"]))
    state, show = said.get("state", ""), said.get("show", "")
    if state:
        rows = rows.filter(state__in=rules.OPEN) if state == "open" else rows.filter(state=state)
    if show == "late":
        rows = rows.filter(state__in=rules.OPEN, due_at__lt=now())
    elif show == "urgent":
        rows = rows.filter(danger=True)
    elif show == "mine":
        rows = rows.filter(assigned_to=officer.pk)
    elif show == "withdrawals":
        rows = rows.filter(withdrawal="asked")
    return rows


@required("complaints.see")
@in_local_time
@never_cache
def one(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """One complaint: what was said, where it stands, the mailbox, the inquiry, and what can be done now."""
    officer = officer_of(request)
    row = service.read(officer, complaint_id)
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        form = _act(request, officer, row)
        if form is None:
            return (
                redirect("complaint", complaint_id=row.pk)
                if may(officer, "complaints.read", row)
                else redirect("complaints")
            )
        wrong[request.POST["act"]] = form
    context = shown.one(row) | {
        "deeds": [
            {
                "act": act,
                "title": title,
                "button": button,
                "form": wrong.get(act) or _blank(act, row),
                "open": act in wrong,
            }
            for act, title, button in shown.deeds(row)
            if may(officer, DEEDS[act].right, row)
        ],
    }
    return render(request, "complaints/one.html", context, status=422 if wrong else 200)


def _blank(act: str, row: Complaint) -> ActionForm:
    deed, auto_id = DEEDS[act], f"{act}_%s"
    if deed.of_row:
        return deed.form(row, auto_id=auto_id)
    initial = {"kind": row.kind, "danger": row.danger} if act == "triage" else None
    return deed.form(auto_id=auto_id, initial=initial)


def _act(request: HttpRequest, officer: Officer, row: Complaint) -> ActionForm | None:
    """Perform what was posted. A form to be shown again with its errors, or None when it is done."""
    deed = DEEDS.get(request.POST.get("act", ""))
    if deed is None or not may(officer, deed.right, row):
        raise NotFound("There is no such act.")
    form = deed.form(row, request.POST) if deed.of_row else deed.form(request.POST)
    if not form.is_valid():
        return form
    try:
        perform(deed.action(complaint=row.pk, **form.made(officer), **_with_file(officer, form.said())))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return form
    messages.success(request, _("Kept."))
    return None


def _with_file(officer: Officer, said: dict[str, Any]) -> dict[str, Any]:
    """The number of a file as its id, for an officer who may read that file."""
    if "number" not in said:
        return said
    number = said.pop("number").strip().upper()
    file = registration.PersonFile.objects.filter(number=number).first() if number else None
    if number and (file is None or not may(officer, "registration.read_file", file)):
        raise Refused(_("You have no file with this number."), code="no_file", field="number")
    return said | {"file": file.pk if file else None}


@required("complaints.enter")
@in_local_time
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """A complaint on paper or by word. The receipt is for the complainer, and shown this one time."""
    officer, moment = officer_of(request), now()
    if request.method != "POST":
        form = forms.EnterForm(initial={"ticket": tickets.new(moment).sealed()})
        return render(request, "complaints/enter.html", {"form": form})
    form = forms.EnterForm(request.POST)
    ticket = tickets.opened(request.POST.get("ticket", ""), moment)
    if ticket is None:
        form.add_error(None, _("This page was opened too long ago. Open it anew and send it again."))
    if not form.is_valid() or ticket is None:
        return render(request, "complaints/enter.html", {"form": form}, status=422)
    said = {name: value for name, value in form.cleaned_data.items() if name != "ticket"}
    try:
        row = service.lodge_entered(officer, ticket, said, via="paper")
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return render(request, "complaints/enter.html", {"form": form}, status=422)
    texts = of_reader(row.language)
    context = {
        "row": row,
        "number": ticket.number,
        "code": ticket.code,
        "texts": texts,
        "due": shown.due_said(row, texts),
    }
    return render(request, "complaints/entered.html", context)
