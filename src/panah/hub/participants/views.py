"""Pages of this room: who takes part, one of them, the chair, the bodies, contacts, seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.service import may, required
from panah.foundation.door.service import NotFound
from panah.hub.participants import acts, forms, models, service, shown
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, ids
from panah.web.parts import Link

_ON_PARTICIPANT = {
    "role": Deed(forms.RoleForm, acts.SayRole, makes=("row",)),
    "end_role": Deed(forms.EndRoleForm, acts.EndRole),
    "chair": Deed(forms.ChairForm, acts.SayChair, makes=("row",)),
    "contact": Deed(forms.ContactForm, acts.AddContact, makes=("row",)),
    "end_contact": Deed(forms.EndContactForm, acts.EndContact),
}
_ON_LIST = {"add": Deed(forms.ParticipantForm, acts.AddParticipant)}
_ON_BODIES = {"contact": Deed(forms.BodyContactForm, acts.AddContact, makes=("row",))}
_ON_SEATS = {
    "seat": Deed(forms.SeatForm, acts.SeatOfficer, makes=("seat",)),
    "end": Deed(forms.EndSeatForm, acts.EndSeat),
    "ask": Deed(forms.AskForSeatForm, acts.AskForSeat),
}


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who takes part or took part, with the roles that nothing excludes on a day."""
    keeps = may(request.user, "participants.keep")
    form: Form | None = None
    if request.method == "POST":
        _only(keeps)
        form = act(request, _ON_LIST, {}, {})
        if form is None:
            return redirect("participants")
    on, kind, role = _day(request), request.GET.get("kind", ""), request.GET.get("role", "")
    kind = kind if kind in models.Kind.values else ""
    role = role if role in models.Role.values else ""
    file = request.GET.get("format", "")
    table = shown.everybody(on, kind, role, for_file=file in spreadsheet.FORMATS)
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(table, f"participants-{on}", file)
    chair = service.chair_on(on)
    context = {
        "table": table, "on": on, "kind": kind, "role": role, "kinds": models.Kind.choices, "roles": models.Role.choices,
        "chair": service.name_of(chair) if chair else "", "keeps": keeps, "query": _query(request),
        "form": form or forms.ParticipantForm(), "wrong": {"add"} if form else set(), **ids(),
    }  # fmt: skip
    return render(request, "participants/listed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One participant: what sources say of its roles, its time as chair, contacts, and what other rooms have of it."""
    found = next((each for each in service.participants() if each.code == code), None)
    if found is None:
        raise Http404
    keeps = may(request.user, "participants.keep")
    made: dict[str, Form] = {}
    if request.method == "POST":
        _only(keeps)
        name = request.POST.get("act", "")
        ready = {"end_role": forms.EndRoleForm, "end_contact": forms.EndContactForm}
        given = {name: ready[name](request.POST, code=code)} if name in ready else {}
        form = act(request, _ON_PARTICIPANT, {"participant": code}, given)
        if form is None:
            return redirect("participant", code=code)
        made = {name: form}
    held = service.roles_of(code)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.roles(held, found.title(), for_file=True), f"{code}-roles", file)
    sees = may(request.user, "participants.see_contacts")
    context = {
        "found": found, "kind": models.Kind(found.kind).label, "way": _way(),
        "roles": shown.roles(held, _("What sources say of the role")), "disputed": any(role.disputed for role in held),
        "chairs": shown.chairs(of=code), "ties": shown.ties(code), "earlier": shown.superseded(code),
        "contacts": shown.contacts(service.contacts(code)) if sees else None, "related": service.related(code),
        "keeps": keeps, "forms": _forms(code, made) if keeps else {}, "wrong": set(made), **ids(),
    }  # fmt: skip
    return render(request, "participants/one.html", context)


@require_safe
def chairs(request: HttpRequest) -> HttpResponse:
    """Who held the chair, and who holds it today."""
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.chairs(for_file=True), "chairs", file)
    names = {each.code: each.title() for each in service.participants("state")}
    terms = [
        (term, names.get(term.participant, term.participant), shown.day(term.begins), shown.day(term.ends))
        for term in service.chairs()
    ]
    code = service.chair_on(service.today())
    context = {
        "terms": terms, "table": shown.chairs(), "chair": names.get(code, code) if code else "", "on": service.today(),
        "way": _way(),
    }  # fmt: skip
    return render(request, "participants/chairs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of the Process, what each has to do, and the links with sister processes."""
    keeps = may(request.user, "participants.keep")
    form: Form | None = None
    if request.method == "POST":
        _only(keeps)
        form = act(request, _ON_BODIES, {}, {})
        if form is None:
            return redirect("bodies")
    russian = service.reads_russian()
    tasks = list(models.BodyTask.objects.filter(superseded_at=None))
    rows = [
        {
            "title": service.title_of(body),
            "what": body.what_ru if russian else body.what_en,
            "seat": body.seat,
            "source": shown.source(service.source_of(body)),
            "tasks": [
                (task.text_ru if russian else task.text_en, task.served_by) for task in tasks if task.body == body.key
            ],
        }
        for body in service.bodies()
    ]
    context = {
        "rows": rows, "ties": shown.ties(), "keeps": keeps, "form": form or forms.BodyContactForm(),
        "wrong": {"contact"} if form else set(), "sees": may(request.user, "participants.see_contacts"), "way": _way(), **ids(),
    }  # fmt: skip
    return render(request, "participants/bodies.html", context)


@required("participants.see_contacts")
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """All contacts by office, for those who have an account of this hub."""
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(shown.contacts(service.contacts(), for_file=True), "contacts", file)
    context = {"table": shown.contacts(service.contacts()), "way": _way()}
    return render(request, "participants/contacts.html", context)


@required("participants.see_seats")
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest) -> HttpResponse:
    """Which account acts for whom; giving and ending seats, and asking for one."""
    seats_them, keeps = may(request.user, "participants.seat"), may(request.user, "participants.keep")
    made: dict[str, Form] = {}
    if request.method == "POST":
        name = request.POST.get("act", "")
        _only(keeps if name == "ask" else seats_them)
        form = act(request, _ON_SEATS, {}, {})
        if form is None:
            return redirect("seats")
        made = {name: form}
    asked = {name: request.GET[name] for name in ("officer", "participant", "office") if name in request.GET}
    given: dict[str, Any] = {}
    if seats_them:
        given |= {"seat": forms.SeatForm(initial={"begins": service.today(), **asked}), "end": forms.EndSeatForm()}
    if keeps:
        given |= {"ask": forms.AskForSeatForm()}
    rows = models.Seat.objects.select_related("officer").order_by("ends", "participant", "office", "begins")
    context = {"table": shown.seats(rows), "forms": given | made, "wrong": set(made), "asked": bool(asked), **ids()}
    return render(request, "participants/seats.html", context)


def _way() -> list[Link]:
    return [Link(_("Participants"), reverse("participants"))]


def _only(allowed: bool) -> None:
    if not allowed:
        raise NotFound("There is nothing here that you may do.")


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return service.today()


def _query(request: HttpRequest) -> str:
    chosen = request.GET.copy()
    chosen.pop("format", None)
    return chosen.urlencode()


def _forms(code: str, made: dict[str, Form]) -> dict[str, Form]:
    fresh: dict[str, Form] = {
        "role": forms.RoleForm(), "end_role": forms.EndRoleForm(code=code), "chair": forms.ChairForm(),
        "contact": forms.ContactForm(), "end_contact": forms.EndContactForm(code=code),
    }  # fmt: skip
    return fresh | made
