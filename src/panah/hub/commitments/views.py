"""Pages of this room: all commitments, one of them, the board, lists of recommendations, the chair's report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.clock import now
from panah.foundation.door.service import Refused
from panah.hub.commitments import acts, figures, forms, lists, report, rules, shown
from panah.hub.commitments.models import Commitment, Measure, Report, SignedFigure
from panah.hub.commitments.permissions import Of, seat_code
from panah.hub.commitments.service import own_action
from panah.hub.participants import service as participants
from panah.hub.record import service as record
from panah.web import spreadsheet
from panah.web.deeds import Deed, act, done, ids
from panah.web.parts import Column, Link, Table

Standing = Commitment.Standing
ROWS_A_PAGE = 50
_DEEDS = {
    "accept": Deed(forms.NothingForm, acts.Accept),
    "join": Deed(forms.NothingForm, acts.Join),
    "due": Deed(forms.DueForm, acts.ChangeDue),
    "withdraw": Deed(forms.WithdrawForm, acts.Withdraw),
    "report": Deed(forms.ReportForm, acts.DraftReport, makes=("report",)),
    "sign_report": Deed(forms.SignReportForm, acts.SignReport),
    "measure": Deed(forms.MeasureForm, acts.SetMeasure, makes=("measure",)),
    "sign_figure": Deed(forms.SignFigureForm, acts.SignFigure, makes=("signed",)),
}
_MAKE = Deed(forms.MakeForm, acts.Make, makes=("commitment",))
_CHOICES = ("state", "point", "theme", "status", "source", "late")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that was promised, by owner, point, theme, status and source; the same as a list of recommendations."""
    chosen = {name: request.GET.get(name, "") for name in _CHOICES}
    today = now().date()
    rows = _fitting(chosen)
    kind = request.GET.get("as", "")
    if kind in spreadsheet.FORMATS:
        return spreadsheet.answer(lists.table(rows, _signed_reports()), "commitments", kind)
    if kind:
        raise Http404
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "table": shown.listed(list(page.object_list), today),
        "page": page,
        "count": len(rows),
        "chosen": chosen,
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
        "tiles": _tiles(today),
        "states": sorted(
            ((one.code, one.title()) for one in participants.participants("state")), key=lambda pair: pair[1]
        ),
        "frameworks": [
            (one.title, [(f"{one.code}.{point.code}", point.title) for point in one.points])
            for one in record.frameworks()
            if one.code != "themes"
        ],
        "themes": sorted(shown.themes().items(), key=lambda pair: pair[1]),
        "statuses": Commitment.Status.choices,
        "sources": Commitment.Source.choices,
        "may_draft": may(request.user, "commitments.draft"),
        "may_see_board": may(request.user, "commitments.see_board"),
    }
    return render(request, "commitments/listed.html", context)


def _fitting(chosen: dict[str, str]) -> list[Commitment]:
    rows = Commitment.objects.filter(standing=Standing.MADE)
    if chosen["state"]:
        rows = rows.filter(participant=chosen["state"])
    if chosen["theme"]:
        rows = rows.filter(theme=chosen["theme"])
    if chosen["status"]:
        rows = rows.filter(status="" if chosen["status"] == "none" else chosen["status"])
    if chosen["source"]:
        rows = rows.filter(kind=chosen["source"])
    found = sorted(rows, key=lambda row: (row.seed, row.code))
    framework, _dot, code = chosen["point"].partition(".")
    if framework in ("ten_points", "agenda"):
        found = [row for row in found if code in getattr(row, framework)]
    if chosen["late"]:
        today = now().date()
        found = [row for row in found if rules.lateness(row.due, row.status, row.standing, today) == chosen["late"]]
    return found


def _signed_reports() -> dict[UUID, Report]:
    return {one.commitment_id: one for one in Report.objects.exclude(signed_at=None).order_by("signed_at")}


def _tiles(today: Any) -> list[tuple[int, str, str]]:
    rows = list(Commitment.objects.filter(standing=Standing.MADE).only("status", "due", "standing"))
    address = reverse("commitments")
    tiles = [
        (sum(row.status == code for row in rows), str(label), f"{address}?status={code}")
        for code, label in Commitment.Status.choices
    ]
    late = sum(rules.lateness(row.due, row.status, row.standing, today) == "overdue" for row in rows)
    none = sum(row.status == "" for row in rows)
    return [
        *tiles,
        (none, _("Not reported"), f"{address}?status=none"),
        (late, _("Overdue"), f"{address}?late=overdue"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment: what, who, until when, the figure beside the narrative, history; and the acts of those who may."""
    row = Commitment.objects.select_related("rests_on", "matches").filter(code=code).first()
    own = seat_code(request.user if isinstance(request.user, Officer) else None, now().date())
    if row is None or (row.standing == Standing.DRAFT and own != row.participant):
        raise Http404
    made: dict[str, Form] = {}
    if request.method == "POST":
        if not isinstance(request.user, Officer):
            raise Http404
        name = request.POST.get("act", "")
        given = {"report": forms.ReportForm(request.POST, request.FILES)} if name == "report" else {}
        form = act(request, _DEEDS, {"commitment": row.pk, "participant": own}, given)
        if form is None:
            return redirect("commitment", code=code)
        made = {name: form}
    return render(request, "commitments/one.html", _page(request, row, own, made))


def _page(request: HttpRequest, row: Commitment, own: str, made: dict[str, Form]) -> dict[str, Any]:
    names, today = shown.names(), now().date()
    measure = row.measures.filter(superseded_at=None).first()
    figure = figures.figure_of(measure) if measure else None
    signed = list(SignedFigure.objects.filter(measure__commitment=row))
    last = next((one for one in signed if measure and one.measure_id == measure.pk), None)
    leads = bool(row.participant) and own == row.participant
    waiting = row.reports.filter(signed_at=None, superseded_at=None).first()
    moved = last is not None and rules.moved(last.said, figure.plain() if figure else None)
    offered = _acts(request, row, own, leads, waiting, measure, figure, made)
    if last is not None and not moved:
        offered.pop("sign_figure", None)  # what is published now is signed already
    return {
        "row": row,
        "what": own_action(row),
        "way": [Link(_("Commitments"), reverse("commitments"))],
        "facts": _facts(row, names, today),
        "measure": measure,
        "figure_facts": shown.figure_facts(measure, figure) if measure else [],
        "moved": moved,
        "last_signed": last,
        "signed": shown.signatures(signed),
        "reports": [shown.report_shown(one) for one in row.reports.exclude(signed_at=None).order_by("-signed_at")],
        "waiting": shown.report_shown(waiting) if waiting and leads else None,
        "history": shown.history(row.steps.all(), names),
        "acts": offered,
        "wrong": set(made),
        **ids(),
    }


def _facts(row: Commitment, names: dict[str, str], today: Any) -> list[tuple[str, object]]:
    advice = row.recommendation
    facts: list[tuple[str, object]] = [
        (_("Owner"), shown.owner(row, names)),
        (_("Status"), shown.standing(row, today)),
        (_("Begins"), row.begins or _("not known")),
        (_("Due"), row.due or _("not known")),
        (_("Rests on"), shown.foundation(row)),
        (_("Theme"), shown.themes().get(row.theme, row.theme) or _("none named")),
        (_("Ten-Point Plan"), shown.points("ten_points", row.ten_points)),
        (_("Eight-point agenda"), shown.points("agenda", row.agenda)),
        *shown.related(row),
    ]
    titles = {
        "mechanism": _("Mechanism"), "paper": _("Document"), "paragraph": _("Paragraph"), "text": _("Text of the recommendation"),
        "body": _("Responsible body"), "indicator": _("Indicator"),
    }  # fmt: skip
    facts += [(titles[name], advice[name]) for name in titles if advice.get(name)]
    if row.source_text:
        facts.append((_("Source"), row.source_text))
    return facts


def _acts(
    request: HttpRequest,
    row: Commitment,
    own: str,
    leads: bool,
    waiting: Report | None,
    measure: Measure | None,
    figure: Any,
    made: dict[str, Form],
) -> dict[str, Form]:
    """The forms of what this reader may do now, by the name of the act."""
    user: Any = request.user
    signs = leads and may(user, "commitments.sign", Of(row.participant))
    drafts = leads and may(user, "commitments.draft", Of(row.participant))
    stands = row.standing == Standing.MADE
    found: dict[str, Form] = {}
    if signs and row.standing == Standing.DRAFT and row.drafted_by != user.pk:
        found["accept"] = forms.NothingForm()
    if own in row.partners and own not in row.joined and stands and may(user, "commitments.sign"):
        found["join"] = forms.NothingForm()
    if signs and stands and waiting and waiting.drafted_by != user.pk:
        found["sign_report"] = forms.SignReportForm(initial={"report": waiting.pk, "shown": waiting.digest})
    if signs and stands and measure and figure is not None and figure.value is not None:
        said = figures.to_sign(measure, figure)
        found["sign_figure"] = forms.SignFigureForm(initial={"shown": rules.digest(said)})
    if drafts and row.standing != Standing.WITHDRAWN:
        found["report"] = forms.ReportForm(initial={"status": row.status or "planning"})
    if signs and row.standing != Standing.WITHDRAWN:
        found["measure"] = forms.MeasureForm(initial={"state": own})
        found["due"] = forms.DueForm()
        found["withdraw"] = forms.WithdrawForm()
    return found | {name: form for name, form in made.items() if name in found}


@required("commitments.see_board")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What waits, what is due, what moved: of the reader's own participant; of all for the secretariat."""
    officer, today = officer_of(request), now().date()
    own = seat_code(officer, today)
    rows = Commitment.objects.filter(standing=Standing.MADE)
    if own and "secretariat" not in officer.roles:
        rows = rows.filter(participant=own)
    every = list(rows.order_by("due", "code"))
    waiting = (
        Report.objects.filter(commitment__participant=own, signed_at=None, superseded_at=None)
        if own
        else Report.objects.none()
    )
    with_report = {one.commitment_id for one in waiting}
    context = {
        "own": shown.names().get(own, own),
        "drafts": shown.listed(
            list(Commitment.objects.filter(standing=Standing.DRAFT, participant=own)),
            today,
            _("Drafts that wait to be signed"),
        )
        if own
        else None,
        "reports": shown.listed(
            [row for row in every if row.pk in with_report], today, _("Reports that wait to be signed")
        )
        if own
        else None,
        "late": shown.listed(
            [row for row in every if rules.lateness(row.due, row.status, row.standing, today)],
            today,
            _("Due within 30 days, and overdue"),
        ),
        "moved": _moved_table(own if "secretariat" not in officer.roles else ""),
        "asked": shown.listed(_asked(own), today, _("Asked to join")) if own else None,
        "may_draft": may(officer, "commitments.draft"),
        "way": [Link(_("Commitments"), reverse("commitments"))],
    }
    return render(request, "commitments/board.html", context)


def _asked(own: str) -> list[Commitment]:
    rows = Commitment.objects.filter(standing=Standing.MADE).exclude(participant=own).exclude(partners=[])
    return [row for row in rows if own in row.partners and own not in row.joined]


def _moved_table(own: str) -> Table:
    signed = (
        SignedFigure.objects.filter(measure__superseded_at=None)
        .select_related("measure__commitment")
        .order_by("signed_at")
    )
    if own:
        signed = signed.filter(measure__commitment__participant=own)
    rows = []
    for one in {one.measure_id: one for one in signed}.values():
        figure = figures.figure_of(one.measure)
        if rules.moved(one.said, figure.plain() if figure else None):
            value = _("not known") if figure is None or figure.value is None else f"{figure.value.normalize():f}"
            row = one.measure.commitment
            rows.append(
                (
                    Link(row.code, reverse("commitment", args=[row.code])),
                    one.said["value"],
                    one.said["period"],
                    value,
                    figure.period if figure else "",
                )
            )
    return Table(
        caption=_("Figures that moved since they were signed"),
        columns=[
            Column(_("Commitment"), heading=True),
            Column(_("Signed"), numeric=True),
            Column(_("Period")),
            Column(_("Published now"), numeric=True),
            Column(_("Period")),
        ],
        rows=rows,
        empty=_("No signed figure has moved."),
    )


@required("commitments.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a commitment; `?from=A-3` and `?matches=A-3.1` fill in what it rests on."""
    officer = officer_of(request)
    own = seat_code(officer, now().date())
    source = request.GET.get("from", "")
    kind = "conclusion" if source.startswith("M-") else "paragraph" if source else "own"
    form: Form = forms.MakeForm(initial={"kind": kind, "source": source, "matches": request.GET.get("matches", "")})
    if request.method == "POST":
        posted = forms.MakeForm(request.POST)
        again = done(request, _MAKE, posted, {"participant": own})
        if again is None:
            made = _uuid(request.POST.get("made", ""))
            row = Commitment.objects.filter(pk=made).first() if made else None
            return redirect("commitment", code=row.code) if row else redirect("commitments_board")
        form = again
    context = {
        "form": form,
        "own": shown.names().get(own, own),
        "way": [Link(_("Commitments"), reverse("commitments"))],
        **ids(),
    }
    return render(request, "commitments/new.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@required("commitments.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Take in a list of recommendations row by row, or take the own one along, drafts and waiting reports in it too."""
    officer = officer_of(request)
    own = seat_code(officer, now().date())
    kind = request.GET.get("as", "")
    if kind in spreadsheet.FORMATS:
        rows = Commitment.objects.filter(participant=own).exclude(standing=Standing.WITHDRAWN)
        reports = {
            one.commitment_id: one
            for one in Report.objects.filter(commitment__participant=own, superseded_at=None).order_by("drafted_at")
        }
        return spreadsheet.answer(lists.table(rows, reports), f"recommendations-{own}", kind)
    form, taken = forms.ListForm(), None
    if request.method == "POST":
        form = forms.ListForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                taken = lists.take(form.cleaned_data["sheet"], officer, own)
            except Refused as refusal:
                form.add_error("sheet", str(refusal))
    context = {
        "form": form,
        "taken": taken,
        "problems": _problems(taken) if taken else None,
        "columns": lists.COLUMNS,
        "own": shown.names().get(own, own),
        "way": [Link(_("Commitments"), reverse("commitments"))],
    }
    return render(request, "commitments/lists.html", context)


def _problems(taken: lists.Taken) -> Table:
    return Table(
        caption=_("Rows that were refused"),
        columns=[
            Column(_("Row"), numeric=True, heading=True),
            Column(_("Column")),
            Column(_("Found")),
            Column(_("Allowed")),
        ],
        rows=[(one.row, one.column, one.found, one.allowed) for one in taken.problems],
        empty=_("No row was refused."),
    )


@required("commitments.see_board")
@require_safe
def chair_report(request: HttpRequest, form: str) -> HttpResponse:
    """The chair's report as PDF, DOCX, XLSX or CSV, in English or Russian."""
    language = request.GET.get("lang", "ru" if (get_language() or "").startswith("ru") else "en")
    if language not in report.LANGUAGES:
        raise Http404
    name = f"commitments-{now().date().isoformat()}-{language}"
    if form in spreadsheet.FORMATS:
        return spreadsheet.answer(report.table(language), name, form)
    kinds = {
        "pdf": ("application/pdf", report.pdf),
        "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", report.docx),
    }
    if form not in kinds:
        raise Http404
    media, written = kinds[form]
    answer = HttpResponse(written(language), content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
