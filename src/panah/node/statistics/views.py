"""Statistics before publishing: the tables as they will be seen, why numbers are withheld, what changed, one signature."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panah.cores.disclosure import CannotProtect
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.registration import service as registration
from panah.node.statistics import capacity, complained, outbox, rules, shown, tasks
from panah.node.statistics.actions import AskRelease, SetAside, SignRelease
from panah.node.statistics.forms import AskForm, ReceiptForm, SetAsideForm, SignForm
from panah.node.statistics.models import Release
from panah.web import counts
from panah.web.local_time import in_local_time
from panah.web.parts import Link

ROWS_A_PAGE = 40
State = Release.State


@required("statistics.see")
@in_local_time
def statistics(request: HttpRequest) -> HttpResponse:
    """The releases, and the form that asks for one."""
    officer = officer_of(request)
    yesterday = rules.local_day(now(), registration.node_pack().timezone) - timedelta(days=1)
    form = AskForm(request.POST or None, initial={"period": yesterday.isoformat()})
    if request.method == "POST" and form.is_valid():
        action = AskRelease(release=form.cleaned_data["id"], **form.made(officer), **form.said())
        try:
            perform(action)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            tasks.prepare.enqueue(str(action.release))
            return redirect("release", release_id=action.release)
    standing = Release.objects.exclude(state=State.SET_ASIDE).order_by("-asked_at")
    page = Paginator(standing, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form if may(officer, "statistics.prepare") else None,
        "table": shown.releases(list(page.object_list)),
        "page": page,
    }
    return render(request, "statistics/statistics.html", context)


@required("statistics.see")
@in_local_time
def reception(request: HttpRequest) -> HttpResponse:
    """Places and people in centres, by kind and province. It stays here."""
    at = capacity.last_midnight(now())
    try:
        table = capacity.people(at)
    except CannotProtect:
        table = None
    context = {
        "at": at,
        "places": capacity.places(),
        "table": capacity.shown(table) if table else None,
        "legend": counts.legend(table) if table else [],
    }
    return render(request, "statistics/reception.html", context)


@required("statistics.see")
def complaints(request: HttpRequest) -> HttpResponse:
    """How many complaints came, by kind and quarter. It stays here."""
    try:
        table = complained.received(rules.local_day(now(), registration.node_pack().timezone))
    except CannotProtect:
        table = None
    context = {
        "table": complained.shown(table) if table else None,
        "legend": counts.legend(table) if table else [],
    }
    return render(request, "statistics/complaints.html", context)


@required("statistics.see")
@in_local_time
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """One release, from counting to the hub's receipt."""
    found = get_object_or_404(Release, pk=release_id)
    officer = officer_of(request)
    signer = Officer.objects.filter(pk=found.signed_by).first() if found.signed_by else None
    prepared = found.state not in (State.ASKED, State.SET_ASIDE)
    context = {
        "found": found,
        "state": State(found.state).label,
        "way": [Link(_("Statistics"), reverse("statistics"))],
        "title": _("%(period)s, revision %(revision)s")
        % {"period": shown.period_in_words(found.period), "revision": found.revision},
        "tables": shown.tables(found) if prepared else [],
        "reasons": shown.reasons(found) if prepared else None,
        "changes": shown.changes(found) if prepared else None,
        "proof": shown.proof_facts(found) if prepared else [],
        "hand_over": shown.hand_over_facts(found, signer.display_name if signer else "") if found.signed_at else [],
        "problems": shown.problems(found),
        "hub": settings.PANAH_HUB,
        **_forms(found, officer),
    }
    return render(request, "statistics/release.html", context)


def _forms(found: Release, officer: Officer) -> dict[str, object]:
    """The forms for what may be done next."""
    forms: dict[str, object] = {}
    if found.state == State.PREPARED:
        if may(officer, "statistics.sign"):
            forms["sign"] = SignForm(initial={"tables_digest": found.digest})
        if may(officer, "statistics.prepare"):
            forms["set_aside"] = SetAsideForm(prefix="aside")
    if found.state == State.SIGNED and may(officer, "statistics.prepare"):
        forms["receipt"] = ReceiptForm()
    return forms


@required("statistics.sign")
@require_POST
def sign(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The coordinator signs the tables that they were shown."""
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Http404
    officer = officer_of(request)
    perform(SignRelease(release=release_id, **form.made(officer), **form.said()))
    messages.success(request, _("Signed. The tables are on their way to the hub."))
    return redirect("release", release_id=release_id)


@required("statistics.prepare")
@require_POST
def set_aside(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Give up a release that was not signed."""
    form = SetAsideForm(request.POST, prefix="aside")
    if not form.is_valid():
        messages.error(request, _("Say why they are not to be published."))
        return redirect("release", release_id=release_id)
    perform(SetAside(release=release_id, **form.made(officer_of(request)), **form.said()))
    messages.success(request, _("Set aside. Nothing left."))
    return redirect("statistics")


@required("statistics.prepare")
@require_POST
def keep_receipt(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Keep the hub's receipt that somebody brought as a file."""
    form = ReceiptForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["receipt"])))
    else:
        try:
            outbox.record(form.cleaned_data["receipt"])
            messages.success(request, _("The receipt is kept."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("release", release_id=release_id)


@required("statistics.see")
def message(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """The signed message as a file, to be carried to the hub."""
    found = get_object_or_404(Release, pk=release_id, message__isnull=False)
    answer = HttpResponse(bytes(found.message or b""), content_type=outbox.MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="{outbox.file_name(found)}"'
    return answer
