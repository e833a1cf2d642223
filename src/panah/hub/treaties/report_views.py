"""Pages on what states report: the queue of checks, one report, and reporting an act towards a treaty."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.service import may, officer_of, required
from panah.hub.treaties import forms, models, reporting, service, shown, words
from panah.hub.treaties.actions import OfState, RefuseReport, ReportAct, TakeBackReport, VerifyReport
from panah.hub.treaties.views import menu, names_of
from panah.web.deeds import Deed, act, done, ids
from panah.web.parts import Column, Link, Table

_DEEDS = {
    "verify": Deed(forms.VerifyForm, VerifyReport),
    "refuse": Deed(forms.RefuseForm, RefuseReport),
    "take_back": Deed(forms.TakeBackForm, TakeBackReport),
}


@required("treaties.see_reports")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What states reported, what waits for the check first."""
    states = reporting.seen_by(request.user)
    names = names_of(service.instruments())
    found: list[tuple[Any, str, str, str]] = [
        (report, names.get(report.instrument, report.instrument), str(words.ACTS[report.act]), report.date)
        for report in models.ReportedAct.objects.filter(state__in=states)
    ]
    titles = {row.key: words.title(row) for row in models.Amendment.objects.filter(superseded_at=None, digest="")}
    steps = models.AmendmentStep.objects.filter(state__in=states).exclude(check_state="")
    found += [
        (step, titles.get(step.amendment, step.amendment), str(models.Stage(step.stage).label), step.on)
        for step in steps
    ]
    found.sort(key=lambda one: (one[0].check_state != models.Check.WAITING, -one[0].reported_at.timestamp()))
    table = Table(
        _("Reports of states"),
        [
            Column(_("State")),
            Column(_("Treaty or change of law"), heading=True),
            Column(_("Act or stage")),
            Column(_("Day")),
            Column(_("Reported")),
            Column(_("What became of it")),
        ],
        [
            (
                words.state(row.state),
                Link(about, reverse("treaty_report", args=[_id(row)])),
                what,
                on,
                row.reported_at,
                models.Check(row.check_state).label,
            )
            for row, about, what, on in found
        ],
        _("No state has reported anything yet."),
    )
    return render(request, "treaties/reports.html", {"table": table, **menu(request, "treaty_reports")})


@required("treaties.report")
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """Report a signature, ratification, reservation and the like."""
    states = reporting.states_of(request.user)
    if not states:
        raise Http404
    choices = {"state": reporting.state_choices(states), "instrument": reporting.instrument_choices()}
    asked = {name: request.GET[name] for name in ("state", "instrument") if name in request.GET}
    form = forms.ActForm(request.POST or None, choices=choices, initial={"state": states[0], **asked})
    deed = Deed(forms.ActForm, ReportAct, makes=("report",))
    if request.method == "POST" and done(request, deed, form, {}) is None:
        return redirect("treaty_reports")
    context = {
        "title": _("Report an act towards a treaty"),
        "form": form,
        "back": reverse("treaty_reports"),
        **ids(),
        **menu(request, "treaty_reports"),
        "way": [Link(_("Reports of states"), reverse("treaty_reports"))],
    }
    return render(request, "treaties/form.html", context)


@required("treaties.see_reports")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: what is said, the paper, and the check by somebody else than who reported it."""
    found: Any = models.ReportedAct.objects.filter(pk=report_id).first()
    found = found or models.AmendmentStep.objects.filter(key=str(report_id), digest="").first()
    if found is None or found.state not in reporting.seen_by(request.user):
        raise Http404
    officer = officer_of(request)
    waiting = found.check_state == models.Check.WAITING
    checks = waiting and may(officer, "treaties.verify") and found.reported_by != officer.pk
    takes_back = waiting and may(officer, "treaties.take_back", OfState(found.state))
    allowed = (("verify", "refuse") if checks else ()) + (("take_back",) if takes_back else ())
    given = {name: _DEEDS[name].form() for name in allowed}
    if request.method == "POST":
        name = request.POST.get("act", "")
        if name not in allowed:
            raise Http404
        form = act(request, _DEEDS, {"report": report_id}, {})
        if form is None:
            return redirect("treaty_report", report_id=report_id)
        given[name] = form
    context = {
        "title": _("Report of %(state)s") % {"state": words.state(found.state)},
        "facts": _facts(found),
        "forms": given,
        "own": waiting and found.reported_by == officer.pk and may(officer, "treaties.verify"),
        **ids(),
        **menu(request, "treaty_reports"),
        "way": [Link(_("Reports of states"), reverse("treaty_reports"))],
    }
    return render(request, "treaties/report.html", context)


def _id(row: models.ReportedAct | models.AmendmentStep) -> str:
    return str(row.pk) if isinstance(row, models.ReportedAct) else row.key


def _facts(row: Any) -> list[tuple[str, object]]:
    if isinstance(row, models.ReportedAct):
        names = names_of(service.instruments())
        about: list[tuple[str, object]] = [
            (_("Instrument"), names.get(row.instrument, row.instrument)),
            (_("Act of the state"), words.ACTS[row.act]),
            (_("Day of the act"), row.date),
            (_("In force for the state from"), row.in_force),
            (_("What it says"), row.says or _("nothing was said")),
            (_("Paper that shows it"), shown.cited(row.paper, row.link)),
        ]
    else:
        amendment = models.Amendment.objects.filter(key=row.amendment, superseded_at=None).first()
        about = [
            (_("Change"), words.title(amendment) if amendment else row.amendment),
            (_("Stage"), models.Stage(row.stage).label),
            (_("Day of this stage"), row.on),
            (_("Paper that shows it"), shown.cited(row.source, row.link)),
        ]
    became = [(_("Reported"), row.reported_at), (_("What became of it"), models.Check(row.check_state).label)]
    if row.checked_at:
        became += [(_("Checked"), row.checked_at)]
    if row.checked_against:
        why = row.check_state == models.Check.REFUSED
        became += [(_("Why it is not confirmed") if why else _("Checked against"), row.checked_against)]
    return [*about, *became]
