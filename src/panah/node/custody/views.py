"""The register of custody, recording an apprehension, and one custody with every act that is possible now."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.node.custody import acts, forms, service, shown, unity
from panah.node.custody.models import Custody
from panah.node.custody.permissions import may_name
from panah.node.registration import service as registration
from panah.web import spreadsheet
from panah.web.action_form import ActionForm
from panah.web.deeds import Deed
from panah.web.local_time import in_local_time

ASK = Deed(forms.AskForm, acts.Ask, title=gettext_lazy("Ask and tell the person"))
JOIN = Deed(forms.JoinForm, acts.Join, title=gettext_lazy("The person has a file now"))
FITNESS = Deed(forms.FitnessForm, acts.SayFitness, title=gettext_lazy("Can the person travel?"))
HAND_ON = Deed(forms.HandOnForm, acts.HandOn, title=gettext_lazy("Hand over to another body"))
CONFIRM = Deed(forms.ConfirmForm, acts.Confirm, title=gettext_lazy("Confirm: the person is with us"))
TAKE_BACK = Deed(forms.TakeBackForm, acts.TakeBack, title=gettext_lazy("The person was not handed over"))
END = Deed(forms.EndForm, acts.End, title=gettext_lazy("Custody ends"))


@required("custody.see")
@in_local_time
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """The register of whom the officer may know, with filters and numbers, and as a file."""
    officer, moment = officer_of(request), now()
    form = forms.Wanted(request.GET or None)
    mine = service.visible(officer)
    rows = _wanted(mine, form.cleaned_data if form.is_valid() else {})
    if request.GET.get("format") in spreadsheet.FORMATS:
        facts = {"rows": rows.count()}
        journal.note_read("custody.listed", by=officer.pk, place=officer.post, subject=None, facts=facts)
        return spreadsheet.answer(shown.register(rows, moment), "custody", request.GET["format"])
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "table": shown.register(page, moment),
        "form": form,
        "asked": asked.urlencode(),
        "held": mine.filter(ended_at=None).count(),
        "late": service.unconfirmed(mine, moment).count(),
        "over": service.over_time(mine, moment).count(),
        "children": service.children(mine).count(),
        "may_record": may(officer, "custody.record"),
        "unknown_fitness": service.fitness_unknown(mine).count() if may(officer, "custody.oversee") else None,
    }
    return render(request, "custody/listed.html", context)


def _wanted(rows: QuerySet[Custody], said: dict[str, Any]) -> QuerySet[Custody]:
    show, moment = said.get("show", ""), now()
    found = {
        "unconfirmed": lambda: rows.filter(pk__in=service.unconfirmed(rows, moment).values("custody")),
        "over": lambda: service.over_time(rows, moment),
        "children": lambda: service.children(rows),
        "unknown_fitness": lambda: service.fitness_unknown(rows),
        "unasked": lambda: rows.filter(ended_at=None, asked_at=None),
        "ended": lambda: rows.filter(ended_at__isnull=False),
        "all": lambda: rows,
    }.get(show, lambda: rows if said.get("how") else rows.filter(ended_at=None))()
    if said.get("how"):
        found = found.filter(ended_how=said["how"])
    if said.get("since"):
        found = found.filter(apprehended_at__date__gte=said["since"])
    return found.order_by("-apprehended_at", "pk")


@required("custody.record")
@in_local_time
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Record an apprehension, of somebody with a file or of somebody not yet registered."""
    officer = officer_of(request)
    form = forms.ApprehendForm(
        request.POST or None, initial={"number": _number_of(officer, request.GET.get("file", ""))}
    )
    if request.method == "POST" and form.is_valid():
        custody = _record(officer, form)
        if custody is not None:
            messages.success(request, _("Kept. Ask the person before anything else."))
            return redirect("custody_one", custody_id=custody)
    return render(request, "custody/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _record(officer: Officer, form: ActionForm) -> UUID | None:
    said = form.said()
    try:
        said["file"] = _file_of(officer, said.pop("number"))
        # The id of the page's own act names what it makes, so that the form sent twice makes it once.
        common = form.made(officer) | {"happened_at": said.pop("happened_at")}
        receipt = perform(acts.Apprehend(**common, custody=form.cleaned_data["id"], **said))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    return UUID(receipt.result["custody"])


def _file_of(officer: Officer, number: str) -> UUID | None:
    """The file of a number, for an officer who may know it; nothing for an empty one."""
    if not number.strip():
        return None
    file = registration.PersonFile.objects.filter(number=number.strip().upper()).first()
    if file is None or not may_name(officer, file.pk):
        raise Refused(_("You have no file with this number."), code="no_file", field="number")
    return file.pk


def _number_of(officer: Officer, file: str) -> str:
    try:
        found = registration.PersonFile.objects.filter(pk=UUID(file)).first()
    except ValueError:
        return ""
    return found.number if found and may_name(officer, found.pk) else ""


@required("custody.see")
@in_local_time
@never_cache
def one(request: HttpRequest, custody_id: UUID) -> HttpResponse:
    """Who was taken, by whom, why and how; who has them now; and what can be done."""
    officer = officer_of(request)
    row = service.read(officer, custody_id)
    deeds, wrong = _deeds(officer, row), {}
    if request.method == "POST":
        form = _act(request, officer, row, deeds)
        if form is None:
            seen = may(officer, "custody.read", Custody.objects.get(pk=row.pk))
            return redirect("custody_one", custody_id=row.pk) if seen else redirect("custody")
        wrong[request.POST["act"]] = form
    context = shown.one(row, now(), health=may(officer, "custody.read_health", row)) | {
        "reads_file": row.file is not None
        and may(officer, "registration.read_file", registration.file_by_id(row.file)),
        "deeds": [
            {
                "act": code,
                "title": deed.title,
                "form": wrong.get(code) or _blank(code, deed, row),
                "open": code in wrong,
            }
            for code, deed in deeds.items()
        ],
    }
    return render(request, "custody/one.html", context, status=422 if wrong else 200)


def _along(made: UUID, custody: str) -> dict[str, UUID]:
    """One of the family with the id of their own transfer, which comes from that of the page's act: the form sent twice makes it once."""
    return {"custody": UUID(custody), "transfer": uuid5(made, custody)}


def _deeds(officer: Officer, row: Custody) -> dict[str, Deed]:
    """What this officer can do now, what comes first at the top."""
    found: dict[str, Deed] = {}
    if row.ended_at is None and may(officer, "custody.receive", row):
        found["confirm"] = CONFIRM
    if not may(officer, "custody.work", row):
        return found
    underway = service.underway(Custody.objects.filter(pk=row.pk)).exists()
    if row.ended_at is None:
        found["ask"] = ASK
    if row.file is None:
        found["join"] = JOIN
    if row.ended_at is None:
        found |= {"take_back": TAKE_BACK} if underway else {"fitness": FITNESS, "hand_on": HAND_ON}
        found["end"] = END
    return found


def _blank(code: str, deed: Deed, row: Custody) -> ActionForm:
    initial = {
        "fear": row.fear,
        "child": row.child,
        "told_language": row.told_language,
        "wishes": row.wishes,
        "id": uuid7(),
    }
    return _made(code, deed, row, initial=initial if code == "ask" else None)


def _made(code: str, deed: Deed, row: Custody, *args: Any, **said: Any) -> ActionForm:
    """The form of an act; the one that hands over names the family who are held here."""
    family = [(str(one.pk), one.number) for one in unity.held_here(row)] if code == "hand_on" else []
    form: ActionForm = deed.form(*args, auto_id=f"{code}_%s", **said, **({"family": family} if family else {}))
    return form


def _act(request: HttpRequest, officer: Officer, row: Custody, deeds: dict[str, Deed]) -> ActionForm | None:
    """Perform what was posted. A form to be shown again with its errors, or None when it is done."""
    code = request.POST.get("act", "")
    deed = deeds.get(code)
    if deed is None:
        raise NotFound("There is no such act.")
    form = _made(code, deed, row, request.POST)
    if not form.is_valid():
        return form
    said = form.said()
    try:
        if "number" in said:
            said["file"] = _file_of(officer, said.pop("number"))
        if "to" in said:
            kind, _colon, to = said.pop("to").partition(":")
            said |= {f"to_{kind}": to, "transfer": form.cleaned_data["id"]}
            said["companions"] = [_along(form.cleaned_data["id"], one) for one in said.get("companions", ())]
        if code == "fitness":
            said["asking"] = form.cleaned_data["id"]
        perform(deed.action(**form.made(officer) | said, custody=row.pk))
    except Refused as refusal:
        field = "to" if refusal.field == "to_body" else refusal.field
        form.add_error(field if field in form.fields else None, str(refusal))
        return form
    messages.success(request, _("Kept."))
    return None
