"""The list, one request, and the page where a proposal is compared and both sides are asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.families import acts, forms, people, rules, service, shown, words
from panah.node.families.models import Request
from panah.node.families.sealing import unseal
from panah.node.reception import service as reception
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, ids

STATES = ("open", "silent", "closed", "mine")
WORK = {
    "attempt": Deed(forms.AttemptForm, acts.NoteAttempt, ("attempt",)),
    "outside": Deed(forms.OutsideForm, acts.AskOutside, ("attempt", "referral")),
    "sharing": Deed(forms.SharingForm, acts.SetSharing),
    "close": Deed(forms.CloseForm, acts.CloseRequest),
}
TRACE = {"look": Deed(forms.LookForm, acts.Look)}
GIVE = {"hand_over": Deed(forms.HandOverForm, acts.HandOver)}
MATCH = {
    "decide": Deed(forms.DecideForm, acts.DecideMatch),
    "answer": Deed(forms.AnswerForm, acts.KeepAnswer, ("answer",)),
}


@required("families.see")
def listed(request: HttpRequest) -> HttpResponse:
    """The requests that the officer may read, with filters; ways together; families in different centres."""
    officer = officer_of(request)
    mine = service.requests_of(officer)
    asked = {name: request.GET.get(name, "") for name in ("state", "relation", "number")}
    rows = _filtered(mine, officer, asked)
    if request.GET.get("format") in spreadsheet.FORMATS:
        table = shown.requests(officer, list(rows), registration.local_day(now()))
        return spreadsheet.answer(table, "tracing", request.GET["format"])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    families = reception.split_families(officer) if may(officer, "reception.oversee") else []
    context = {
        "page": page,
        "table": shown.requests(officer, list(page), registration.local_day(now())),
        "unions": shown.unions(list(service.reunifications_of(officer).order_by("closed_at", "-at")[:100])),
        "apart": shown.apart(officer, families) if families else None,
        "asked": asked,
        "relations": [(code, words.of(words.RELATIONS, code)) for code in rules.RELATIONS],
        "open": mine.filter(closed_at=None).count(),
        "silent": mine.filter(pk__in=service.silent(now())).count(),
        "closed": mine.exclude(closed_at=None).count(),
    }
    return render(request, "families/listed.html", context)


def _filtered(rows: QuerySet[Request], officer: Officer, asked: dict[str, str]) -> QuerySet[Request]:
    state = asked["state"] if asked["state"] in STATES else "open"
    asked["state"] = state
    if state == "closed":
        rows = rows.exclude(closed_at=None)
    elif state == "silent":
        rows = rows.filter(pk__in=service.silent(now()))
    else:
        rows = rows.filter(closed_at=None)
    if state == "mine":
        rows = rows.filter(tracer=officer.pk)
    if asked["relation"] in rules.RELATIONS:
        rows = rows.filter(relation=asked["relation"])
    if asked["number"]:
        rows = rows.filter(number__startswith=asked["number"].strip().upper())
    return rows.order_by("next_on", "opened_at", "pk")


@required("families.see")
def new(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Open a request for a person."""
    officer = officer_of(request)
    if not may(officer, "families.serve", file_id):
        raise NotFound("There is no such file.")
    file = service.read_person(officer, file_id)
    form: Form = forms.RequestForm(initial={"interests": "not_assessed" if people.is_child(file.pk) else ""})
    status = 200
    if request.method == "POST":
        wrong = act(request, {"open": Deed(forms.RequestForm, acts.OpenRequest, ("request",))}, {"file": file.pk}, {})
        if wrong is None:
            return redirect("family_person", file_id=file.pk)
        form, status = wrong, 422
    context = {"file": file, "name": registration.display_name(file), "form": form, **ids()}
    return render(request, "families/new.html", context, status=status)


@required("families.see")
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: who is sought, what was tried, what can be done now; proposals to the tracing officer alone."""
    officer = officer_of(request)
    row = service.read_request(officer, request_id)
    works, traces = may(officer, "families.work", row), may(officer, "families.trace", row)
    gives = may(officer, "families.hand_over", row)
    deeds = (WORK if works else {}) | (TRACE if traces else {}) | (GIVE if gives else {})
    wrong: dict[str, Form] = {}
    if request.method == "POST":
        posted = {"close": _close_form(traces, request)} if request.POST.get("act") == "close" else {}
        form = act(request, deeds, {"request": row.pk}, posted)
        if form is None:
            return redirect("family_request", request_id=row.pk)
        wrong[request.POST["act"]] = form
    context = {
        "row": row,
        "file": registration.file_by_id(row.file),
        "reads_person": may(officer, "families.read_person", row.file),
        "holds": safeguards.shown(officer, row.file),
        "sought": shown.sought(row),
        "attempts": shown.attempts(row),
        "found": _found(row),
        "proposals": shown.proposals(service.proposals_of(officer, row)) if traces else None,
        "outcome": words.of(words.OUTCOMES, service.shown_outcome(officer, row)) if row.outcome else "",
        "closing": unseal(row.file, row.closing).get("remark", "") if traces else "",
        "tracer": Officer.objects.filter(pk=row.tracer).first(),
        "silent": row.closed_at is None and row.next_on < registration.local_day(now()),
        "works": works and row.closed_at is None,
        "traces": traces and row.closed_at is None,
        "gives": gives and row.closed_at is None,
        "forms": _blank(row, traces) | wrong,
        "wrong": set(wrong),
        **ids(),
    }
    return render(request, "families/request.html", context, status=422 if wrong else 200)


def _blank(row: Request, traces: bool) -> dict[str, Form]:
    will = {
        "agrees": row.agrees,
        "shares_yes": [to for to, said in row.shares.items() if said == "yes"],
        "interests": row.interests,
    }
    return {
        "attempt": forms.AttemptForm(),
        "outside": forms.OutsideForm(),
        "sharing": forms.SharingForm(initial=will),
        "hand_over": forms.HandOverForm(),
        "look": forms.LookForm(),
        "close": _close_form(traces, None),
    }


def _close_form(traces: bool, request: HttpRequest | None) -> forms.CloseForm:
    """Outcomes that tell that somebody was found are offered to the tracing officer only."""
    form = forms.CloseForm(request.POST if request else None)
    codes = [code for code in rules.OUTCOMES if traces or code not in rules.TELLING]
    forms.offer(form, "outcome", [(code, words.of(words.OUTCOMES, code)) for code in codes])
    return form


def _found(row: Request) -> list[dict[str, Any]]:
    """Those found by this request of whom the seeker's officers may know."""
    mine = set(row.matches.values_list("file", flat=True))
    return [one for one in shown.found(row.file) if one["other"] in mine]


@required("families.see")
def match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Two people side by side, with reasons and without whereabouts."""
    row = service.read_match(officer_of(request), match_id)
    wrong: Form | None = None
    if request.method == "POST":
        wrong = act(request, {"decide": MATCH["decide"]}, {"match": row.pk}, {})
        if wrong is None:
            return redirect("family_match", match_id=row.pk)
    file = row.request.file
    context = {
        "row": row,
        "standing": words.of(words.STANDINGS, row.standing),
        "score": round(100 * row.score),
        "sought": shown.sought(row.request)[:8],
        "column": shown.column(row.file),
        "seeker": shown.column(file),
        "reasons": shown.reasons_for(row),
        "decisions": [
            {
                "row": one,
                "standing": words.of(words.STANDINGS, one.standing),
                "reason": unseal(file, one.sealed).get("reason", ""),
            }
            for one in row.decisions.all()
        ],
        "decide": wrong or forms.DecideForm(),
        "works": row.request.closed_at is None,
        **ids(),
    }
    return render(request, "families/match.html", context, status=422 if wrong else 200)


@required("families.see")
def asking(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Once an officer confirmed: where to ask each of the two, and what each said. The one page that tells the tracing officer where."""
    row = service.read_match(officer_of(request), match_id)
    if row.standing != "confirmed":
        raise NotFound("Nobody is asked before the proposal is confirmed.")
    wrong: Form | None = None
    if request.method == "POST":
        wrong = act(request, {"answer": MATCH["answer"]}, {"match": row.pk}, {})
        if wrong is None:
            return redirect("family_asking", match_id=row.pk)
    side = request.POST.get("side", "")
    sides = shown.answers(row)
    for one in sides:
        blank = forms.AnswerForm(initial={"side": one["side"], "interests": "not_assessed" if one["child"] else ""})
        one["form"] = wrong if wrong is not None and side == one["side"] else blank
        one["form"].auto_id = f"id_{one['side']}_%s"
    agreed = people.is_agreed(row)
    context = {
        "row": row,
        "sides": sides,
        "agreed": agreed,
        "works": agreed or row.request.closed_at is None,  # a yes is taken back whenever the person wants
        **ids(),
    }
    return render(request, "families/asking.html", context, status=422 if wrong else 200)
