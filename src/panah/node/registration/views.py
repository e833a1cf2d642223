"""The pages where a person's file begins: arrivals, a new person, the file, search. Pages work without scripts; parts come by htmx."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from panah.cores.identity import birth
from panah.cores.identity.likeness import Traits
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.registration import numbers, service, shown, zone
from panah.node.registration.actions import (
    AmendPerson,
    CloseFile,
    OpenGroup,
    RegisterPerson,
    ReportConsularSearch,
    node_pack,
)
from panah.node.registration.forms import (
    AmendForm,
    CloseForm,
    DocumentForms,
    GroupForm,
    RegisterForm,
    SearchForm,
    country_list,
    filled_from,
)
from panah.node.registration.models import PersonFile, Status
from panah.node.registration.permissions import serves_other_state
from panah.node.registration.rules import birth_of, local_day
from panah.node.registration.said import DocumentShown
from panah.node.registration.search_keys import full_names
from panah.node.safeguards import service as safeguards
from panah.web.tags.words import day

View = Callable[..., HttpResponse]

LISTS: Mapping[str, tuple[str, ...]] = {
    "waiting": (Status.ARRIVED, Status.REGISTERED),
    "interview": (Status.INTERVIEWED, Status.PROPOSED, Status.CONFIRMED),
    "referred": (Status.REFERRED,),
    "closed": (Status.CLOSED,),
}
ASK_FROM = 0.6
"""Score from which a new file is opened only after the officer has seen the known one."""


def in_local_time(view: View) -> View:
    """Times on the page are those of the pack's state."""

    @wraps(view)
    def local(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(node_pack().timezone)):
            return view(request, *args, **kwargs)

    return local


@required("registration.see_arrivals")
@require_safe
@in_local_time
def arrivals(request: HttpRequest) -> HttpResponse:
    """Who came to the officer's post on a day, those of a group together."""
    officer, today = officer_of(request), local_day(now(), node_pack())
    on = _day(request.GET.get("day", "")) or today
    begin = datetime.combine(on, time.min, tzinfo=ZoneInfo(node_pack().timezone))
    came = PersonFile.objects.filter(
        place=officer.post, arrived_at__gte=begin, arrived_at__lt=begin + timedelta(days=1)
    )
    which = show if (show := request.GET.get("show", "")) in LISTS else "all"
    rows = came.filter(status__in=LISTS[which]) if which in LISTS else came.exclude(status=Status.CLOSED)
    page = Paginator(_by_arrival(rows), 100).get_page(request.GET.get("page"))
    context = {
        "lead": day(on),
        "is_today": on == today,
        "which": which,
        "lists": shown.lists(on, which),
        "tiles": shown.tiles(
            {name: came.filter(status__in=standings).count() for name, standings in LISTS.items()}, on
        ),
        "place": service.place_title(officer.post),
        "together": shown.arrivals(list(page), today),
        "page": page,
        "may_register": may(officer, "registration.register"),
        "before": shown.address(on - timedelta(days=1), which),
        "after": shown.address(on + timedelta(days=1), which) if on < today else "",
    }
    return render(request, "registration/arrivals.html", context)


@required("registration.register")
@in_local_time
def group_new(request: HttpRequest) -> HttpResponse:
    """People came together: each gets a number at once."""
    officer, form = officer_of(request), GroupForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        # The ids follow from the group's, so that the form sent twice gives the same numbers.
        files = tuple(UUID(int=said["group"].int ^ (n + 1)) for n in range(said["people"]))
        try:
            receipt = perform(OpenGroup(**form.made(officer), group=said["group"], kind=said["kind"], files=files))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Numbers given: %(numbers)s.") % {"numbers": ", ".join(receipt.result["numbers"])}
            )
            return redirect("arrivals")
    return render(request, "registration/group_new.html", {"form": form}, status=422 if form.errors else 200)


@required("registration.register")
@in_local_time
def person_new(request: HttpRequest) -> HttpResponse:
    """A new file, after looking whether the person is known already."""
    return _register(request, officer_of(request), None)


@required("registration.register")
@in_local_time
def person_of_number(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Register somebody who has a number already."""
    officer = officer_of(request)
    file = service.file_for(officer, file_id)
    if file.status != Status.ARRIVED or not may(officer, "registration.register", file):
        raise NotFound("There is no such file.")
    return _register(request, officer, file)


def _register(request: HttpRequest, officer: Officer, file: PersonFile | None) -> HttpResponse:
    initial = {"file": file.pk, "group": str(file.group_id or "")} if file else {"group": request.GET.get("group", "")}
    context: dict[str, Any] = {"numbered": file, "countries": country_list()}
    if request.method != "POST":
        form, documents = RegisterForm(place=officer.post, initial=initial), DocumentForms(prefix="documents")
        return render(request, "registration/person_new.html", context | {"form": form, "documents": documents})
    form, documents, reading = _posted(request, officer)
    if "read_zone" in request.POST or "add_document" in request.POST:
        # A button of a page without scripts: fill or widen the form, and judge nothing yet.
        context |= {"checks": zone.checks(reading) if reading and "read_zone" in request.POST else (), "known": ()}
        return render(request, "registration/person_new.html", context | _unjudged(request, officer, reading))
    known: tuple[service.Known, ...] = ()
    if form.is_valid() and documents.is_valid() and (file is None or form.cleaned_data["file"] == file.pk):
        known = service.similar(officer, _traits(form, documents, now()), without=form.cleaned_data["file"])
        unseen = [one for one in known if one.score >= ASK_FROM and str(one.file) not in request.POST.getlist("seen")]
        if not unseen and _opened(request, officer, form, documents, reading):
            return redirect("file", file_id=form.cleaned_data["file"])
    context |= {
        "form": form,
        "documents": documents,
        "known": shown.known(known),
        "ask": not form.errors and not documents.total_error_count(),
    }
    context["checks"] = zone.checks(reading) if reading else ()
    return render(request, "registration/person_new.html", context, status=422)


def _opened(request: HttpRequest, officer: Officer, form: RegisterForm, documents: Any, reading: Any) -> bool:
    said = form.cleaned_data
    try:
        receipt = perform(
            RegisterPerson(
                **form.made(officer),
                **form.person(),
                file=said["file"],
                group=UUID(said["group"]) if said["group"] else None,
                documents=_documents(documents, said["zone"], reading),
            )
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("Registered under the number %(number)s.") % receipt.result)
    return True


@required("registration.register")
@require_POST
def zone_check(request: HttpRequest) -> HttpResponse:
    """The checks of a zone as it is typed, and the form filled with what it says, for the scan box."""
    officer = officer_of(request)
    _form, _rows, reading = _posted(request, officer)
    context = {"checks": zone.checks(reading) if reading else (), **_unjudged(request, officer, reading)}
    response = render(request, "registration/zone_answer.html", context)
    response.headers["HX-Trigger"] = "filled"
    return response


@required("registration.register")
@require_POST
def person_known(request: HttpRequest) -> HttpResponse:
    """Perhaps already known: the part of the page that follows what is typed."""
    officer = officer_of(request)
    form, documents, _reading = _posted(request, officer)
    form.is_valid()
    documents.is_valid()
    traits = _traits(form, documents, now())
    known = service.similar(officer, traits) if traits.names or traits.documents else ()
    return render(request, "registration/known.html", {"known": shown.known(known), "searched": True})


@required("registration.find")
@in_local_time
def search(request: HttpRequest) -> HttpResponse:
    """Look for a case by its number, or for a person over all posts. Whoever serves another state finds nothing, and that is told."""
    officer = officer_of(request)
    by_name, by_number = may(officer, "registration.search"), request.POST.get("number")
    form = SearchForm(None if by_number is not None else _sent(request))
    known: tuple[service.Known, ...] = ()
    searched = by_name and form.is_bound and form.is_valid()
    tried = searched or by_number is not None
    if tried and serves_other_state.test(officer):
        perform(ReportConsularSearch(by=officer.pk, place=officer.post, happened_at=now()))
    elif searched:
        said = form.cleaned_data
        traits = Traits(
            names=full_names((name.kind, name.script, name.text) for name in form.names()),
            fathers=tuple(said[field] for field in ("father", "patronymic") if said[field]),
            birth=_birth_or_none(said["birth_date"]),
            citizenships=frozenset({said["citizenship"]} - {""}),
            documents=(("", said["document_number"]),) if said["document_number"] else (),
        )
        known = service.similar(officer, traits)
    context = {"form": form, "known": shown.known(known), "searched": searched, "countries": country_list()} | {
        "by_name": by_name,
        "number": by_number,
        "found": numbers.find(officer, by_number) if by_number is not None else [],
    }
    return render(request, "registration/search.html", context, status=422 if form.errors else 200)


@required("registration.amend")
@in_local_time
def file_amend(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Put right what a file says, with a reason."""
    officer = officer_of(request)
    found = service.file_for(officer, file_id)
    if found.closed_at is not None or found.status == Status.ARRIVED or not may(officer, "registration.amend", found):
        raise NotFound("There is no such file.")
    form = AmendForm(_sent(request), initial=filled_from(found))
    if request.method == "POST" and form.is_valid():
        try:
            perform(
                AmendPerson(
                    **form.made(officer), file=found.pk, reason=form.cleaned_data["reason"], **form.changes(found)
                )
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The file is changed. What it said before stays on record."))
            return redirect("file", file_id=found.pk)
    context = {"form": form, "file": found, "countries": country_list()}
    return render(request, "registration/file_amend.html", context, status=422 if form.errors else 200)


@required("registration.close_file")
@in_local_time
def file_close(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Close a file, unless a safeguard stands."""
    officer = officer_of(request)
    found = service.file_for(officer, file_id)
    if found.closed_at is not None or not may(officer, "registration.close_file", found):
        raise NotFound("There is no such file.")
    form = CloseForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            perform(CloseFile(**form.made(officer), file=found.pk, **form.said()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is closed."))
            return redirect("file", file_id=found.pk)
    context = {"form": form, "file": found, "holds": safeguards.shown(officer, found.pk)}
    return render(request, "registration/file_close.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _posted(request: HttpRequest, officer: Officer) -> tuple[RegisterForm, Any, Any]:
    reading = zone.read(request.POST.get("zone", ""), local_day(now(), node_pack()))
    return RegisterForm(request.POST, place=officer.post), DocumentForms(request.POST, prefix="documents"), reading


def _unjudged(request: HttpRequest, officer: Officer, reading: Any) -> dict[str, Any]:
    """The form as posted, with what the zone says filled in and one more row for a document if asked, and no errors shown."""
    posted = {name: request.POST.get(name, "") for name in request.POST}
    before = _from_zone(posted.get("from_zone", ""))
    new = zone.fields(reading, shown.reader()) if reading else {}
    filled = zone.filled(posted, before, new)
    rows = min(12, _whole(filled.get("documents-TOTAL_FORMS", "")) + ("add_document" in request.POST))
    fields = ("type", "issuer", "number", "status")
    documents = [{field: filled.get(f"documents-{n}-{field}", "") for field in fields} for n in range(max(1, rows))]
    initial = filled | {"urgent": request.POST.getlist("urgent"), "from_zone": json.dumps(new)}
    form = RegisterForm(place=officer.post, initial=initial)
    forms = DocumentForms(prefix="documents", initial=documents)
    forms.extra = 0
    return {"form": form, "documents": forms}


def _from_zone(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 1


def _documents(forms: Any, zone_text: str, reading: Any) -> tuple[DocumentShown, ...]:
    """The documents of the form. The zone belongs to the first of them that has its number, else to the first."""
    filled = [form for form in forms if form.cleaned_data.get("type")]
    if reading is None or not reading.is_zone or not filled:
        return tuple(form.document() for form in filled)
    of_zone = next((form for form in filled if form.cleaned_data["number"] == reading.number), filled[0])
    return tuple(
        form.document(zone_text, zone.as_kept(reading)) if form is of_zone else form.document() for form in filled
    )


def _traits(form: RegisterForm, documents: Any, moment: datetime) -> Traits:
    """What is known so far, for comparing; a part that cannot be read yet is left out."""
    said = form.cleaned_data
    try:
        born = birth_of(form.birth(), local_day(moment, node_pack()))
    except ValueError:
        born = None
    numbers = [
        (one.cleaned_data.get("issuer", ""), one.cleaned_data.get("number", ""))
        for one in documents
        if hasattr(one, "cleaned_data")
    ]
    return Traits(
        names=full_names((name.kind, name.script or "", name.text) for name in form.names()),
        fathers=tuple(said[field] for field in ("father", "patronymic") if said.get(field)),
        birth=born,
        sex=said.get("sex", ""),
        citizenships=frozenset(form.citizenships()),
        documents=tuple((issuer, number) for issuer, number in numbers if number),
    )


def _birth_or_none(text: str) -> birth.Birth | None:
    try:
        return birth.stated(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_arrival(files: Any) -> Any:
    """By arrival; a group stands where it came, its people beside each other."""
    came = Coalesce("group__arrived_at", "arrived_at")
    return files.select_related("group").prefetch_related("names").order_by(came, "group__number", "number")
