"""What everybody may read, and the pages of the secretariat. The address to which nodes send is in receiving.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.cores.exchange.messages import MEDIA
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.door.service import Refused, perform
from panah.hub.intake import downloads, service, tables
from panah.hub.intake.actions import Withdraw
from panah.hub.intake.forms import UploadForm, WithdrawForm
from panah.hub.intake.models import PublishedTable, Submission
from panah.web import counts
from panah.web.parts import Column, Link, Table
from panah.web.tags.words import country_name

ROWS_A_PAGE = 50


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Everything that states published and that stands."""
    page = Paginator(tables.standing(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Published by states"),
        columns=[
            Column(_("Table"), heading=True),
            Column(_("State")),
            Column(_("Period")),
            Column(_("Revision"), numeric=True),
            Column(_("Published")),
        ],
        rows=[
            (
                Link(counts.flow_name(row.flow), tables.address(row)),
                country_name(row.state),
                row.period,
                row.revision,
                row.published_at,
            )
            for row in page.object_list
        ],
        empty=_("No state has published a table yet."),
    )
    return render(request, "intake/published.html", {"table": table, "page": page})


@require_safe
def published_table(request: HttpRequest, state: str, flow: str, period: str) -> HttpResponse:
    """One table: the numbers, what is withheld and why, where they come from, and how they changed."""
    row, revisions = _row(request, state, flow, period)
    table = tables.as_table(row)
    names = [dimension.id for dimension in table.dimensions]
    here = reverse("published_table", args=[state, flow, period])
    context = {
        "row": row,
        "name": counts.flow_name(flow),
        "state_name": country_name(state),
        "way": [Link(_("Published by states"), reverse("published"))],
        "panes": counts.panes(table, state),
        "legend": counts.legend(table),
        "facts": _facts(row, table),
        "source": _("Source: %(state)s, revision %(revision)s, as of %(day)s.")
        % {"state": country_name(state), "revision": row.revision, "day": row.counted_at.date().isoformat()},
        "chart_src": f"{here}chart.json?revision={row.revision}",
        "map_src": f"{here}map.json?revision={row.revision}",
        "map_caption": _("Crossings") if "CROSSING" in names else _("States that published this table"),
        "files": [(_FORMS[form].title, f"{here}table.{form}?revision={row.revision}") for form in _FORMS],
        "revisions": _revisions(revisions, here) if len(revisions) > 1 else None,
    }
    return render(request, "intake/published_table.html", context)


@require_safe
def published_chart(request: HttpRequest, state: str, flow: str, period: str) -> HttpResponse:
    row, _revisions = _row(request, state, flow, period)
    return JsonResponse(tables.chart(tables.as_table(row), state))


@require_safe
def published_map(request: HttpRequest, state: str, flow: str, period: str) -> HttpResponse:
    row, _revisions = _row(request, state, flow, period)
    return JsonResponse(tables.drawn(row))


@require_safe
def published_file(request: HttpRequest, state: str, flow: str, period: str, form: str) -> HttpResponse:
    row, _revisions = _row(request, state, flow, period)
    if form not in _FORMS:
        raise Http404
    file = _FORMS[form]
    answer = HttpResponse(file.write(row), content_type=file.media)
    answer["Content-Disposition"] = f'attachment; filename="{state}-{flow}-{period}-r{row.revision}.{file.ending}"'
    return answer


@dataclass(frozen=True)
class _File:
    title: str
    ending: str
    media: str
    write: Callable[[PublishedTable], bytes]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS: Mapping[str, _File] = {
    "csv": _File("CSV", "csv", "text/csv; charset=utf-8", downloads.as_csv),
    "xlsx": _File("XLSX", "xlsx", _XLSX, downloads.as_xlsx),
    "sdmx-csv": _File("SDMX-CSV", "sdmx.csv", MEDIA["csv"], downloads.as_sdmx_csv),
    "sdmx-ml": _File("SDMX-ML", "sdmx.xml", MEDIA["xml-3.0"], downloads.as_sdmx_ml),
}


@required("intake.see")
def intake(request: HttpRequest) -> HttpResponse:
    """What states sent, the newest first, and what became of it."""
    page = Paginator(Submission.objects.select_related("sender"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Received messages"),
        columns=[
            Column(_("Message"), heading=True),
            Column(_("State")),
            Column(_("Received")),
            Column(_("Way")),
            Column(_("What became of it")),
            Column(_("Problems"), numeric=True),
        ],
        rows=[
            (
                Link(
                    _("%(period)s, revision %(revision)s") % {"period": one.period, "revision": one.revision},
                    reverse("submission", args=[one.pk]),
                ),
                country_name(one.area),
                one.received_at,
                Submission.Way(one.way).label,
                Submission.State(one.state).label,
                len(one.problems),
            )
            for one in page.object_list
        ],
        empty=_("No state has sent anything yet."),
    )
    return render(
        request, "intake/intake.html", {"table": table, "page": page, "may_upload": may(request.user, "intake.take_in")}
    )


@required("intake.see")
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One message: who signed it, what was found in it, what was published of it, and its withdrawal."""
    found = get_object_or_404(Submission.objects.select_related("sender"), pk=submission_id)
    officer = officer_of(request)
    may_withdraw = found.state == Submission.State.PUBLISHED and may(officer, "intake.withdraw")
    form = WithdrawForm(request.POST or None) if may_withdraw else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            perform(Withdraw(submission=found.pk, **form.made(officer), **form.said()))
            messages.success(request, _("The tables are withdrawn. Everybody reads why."))
            return redirect("submission", submission_id=found.pk)
    context = {
        "found": found,
        "form": form,
        "title": f"{country_name(found.area)}, {found.period}",
        "way": [Link(_("Received"), reverse("intake"))],
        "facts": _about(found),
        "problems": _problems(found),
        "published": [
            Link(counts.flow_name(row.flow), f"{tables.address(row)}?revision={row.revision}")
            for row in found.tables.all()
        ],
    }
    return render(request, "intake/submission.html", context)


@required("intake.see")
def receipt(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The signed receipt as a file, to be carried back to the node."""
    found = get_object_or_404(Submission, pk=submission_id)
    answer = HttpResponse(bytes(found.receipt), content_type="application/jose")
    answer["Content-Disposition"] = f'attachment; filename="panah-receipt-{found.pk}.jws"'
    return answer


@required("intake.take_in")
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a message that somebody brought as a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = service.take_in(form.cleaned_data["message"], "file", by=officer_of(request).pk)
        except Refused as refusal:
            form.add_error("message", str(refusal))
        else:
            said = _("This message was known already. Nothing changed.") if answer.known else _("The message is kept.")
            messages.success(request, said)
            return redirect("submission", submission_id=answer.submission)
    return render(request, "intake/upload.html", {"form": form, "way": [Link(_("Received"), reverse("intake"))]})


def _row(request: HttpRequest, state: str, flow: str, period: str) -> tuple[PublishedTable, list[PublishedTable]]:
    """The revision that was asked for, or the last one, and all of them, the newest first."""
    found = PublishedTable.objects.filter(state=state, flow=flow, period=period).order_by("-revision")
    revisions = list(found.select_related("submission"))
    wanted = request.GET.get("revision", "")
    chosen = [row for row in revisions if not wanted or str(row.revision) == wanted]
    if not chosen:
        raise Http404
    return chosen[0], revisions


def _revisions(rows: list[PublishedTable], here: str) -> Table:
    return Table(
        caption=_("Revisions"),
        columns=[
            Column(_("Revision"), heading=True),
            Column(_("Published")),
            Column(_("Until")),
            Column(_("Withdrawn")),
        ],
        rows=[
            (
                Link(str(row.revision), f"{here}?revision={row.revision}"),
                row.published_at,
                row.superseded_at,
                row.withdrawn_because,
            )
            for row in rows
        ],
        empty="",
    )


def _facts(row: PublishedTable, table: Any) -> list[tuple[str, object]]:
    persons = _("Persons. Who has several profiles is counted once under each, and once in the total.")
    referrals = _("Referrals. One person may have several.")
    return [
        (_("What is counted"), referrals if row.population == "referrals" else persons),
        (_("Counted"), row.counted_at),
        (
            _("Period"),
            _("%(period)s, not over when it was counted") % {"period": row.period} if row.provisional else row.period,
        ),
        (_("Published"), row.published_at),
        (_("Version of the definitions"), row.definitions),
        (
            _("Protection"),
            _(
                "Numbers of one to nine are withheld, and as many others as keep them from being worked out. The proof came with the "
                "table and was made anew here."
            ),
        ),
        (_("Signed by the state with the key"), row.submission.sender.key_id),
        (_("Digest of the signed message"), row.submission.digest),
    ]


def _about(found: Submission) -> list[tuple[str, object]]:
    return [
        (_("What became of it"), Submission.State(found.state).label),
        (_("Revision"), found.revision),
        (_("Signed"), found.made_at),
        (_("Received"), found.received_at),
        (_("Way"), Submission.Way(found.way).label),
        (_("Key"), found.sender.key_id),
        (
            _("Journal of the node"),
            _("line %(line)s, %(hash)s") % {"line": found.journal_seq, "hash": found.journal_hash},
        ),
        (_("Digest of the message"), found.digest),
    ]


def _problems(found: Submission) -> Table:
    return Table(
        caption=_("What is wrong with it"),
        columns=[Column(_("Code"), heading=True), Column(_("Where")), Column(_("Found")), Column(_("Allowed"))],
        rows=[(problem["code"], problem["place"], problem["found"], problem["allowed"]) for problem in found.problems],
        empty=_("Nothing was found wrong with it."),
    )
