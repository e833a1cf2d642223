"""Pages on national laws: the register, one act, changes on their way, what laws provide by standard, migration in plans."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.service import required
from panah.hub.participants.service import today
from panah.hub.treaties import forms, laws, models, reporting, service, shown, words
from panah.hub.treaties.actions import AnswerChecklist, ReportAmendment, ReportStage
from panah.hub.treaties.views import menu
from panah.web import spreadsheet
from panah.web.deeds import Deed, done, ids
from panah.web.parts import Link


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The acts of the states, by state and theme."""
    state, theme = request.GET.get("state", ""), request.GET.get("theme", "")
    if (state and state not in service.REGION) or (theme and theme not in words.THEMES):
        raise Http404
    rows = models.Law.objects.filter(superseded_at=None).order_by("state", "theme", "dated", "key")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(theme=theme) if theme else rows
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(laws.register(rows, for_file=True), "laws", file)
    used = set(models.Law.objects.filter(superseded_at=None).values_list("theme", flat=True))
    context = {
        "table": laws.register(rows),
        "state": state,
        "theme": theme,
        "states": [(code, words.state(code)) for code in service.REGION],
        "themes": [(code, label) for code, label in words.THEMES.items() if code in used],
        "query": f"state={state}&theme={theme}",
        **menu(request, "laws"),
    }
    return render(request, "treaties/laws.html", context)


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One act: what it is, how it changed, and which rules of the pack rest on which article."""
    found = get_object_or_404(models.Law, key=key, superseded_at=None)
    cited = models.PackCitation.objects.filter(superseded_at=None, cited=key)
    context = {
        "title": words.title(found),
        "found": found,
        "facts": laws.about(found),
        "note": words.note(found),
        "changes": laws.amendments(models.Amendment.objects.filter(superseded_at=None, law=key), today()),
        "rests": shown.rests_on(cited, _("Rules that rest on it")),
        **menu(request, "laws"),
        "way": [Link(_("National laws"), reverse("laws"))],
    }
    return render(request, "treaties/law.html", context)


@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """Changes of law: where each stands, and which values of the packs change with it."""
    state = request.GET.get("state", "")
    if state and state not in service.REGION:
        raise Http404
    rows = models.Amendment.objects.filter(superseded_at=None)
    rows = rows.filter(state=state) if state else rows
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(laws.amendments(rows, today(), for_file=True), "amendments", file)
    context = {
        "table": laws.amendments(rows, today()),
        "state": state,
        "states": [(code, words.state(code)) for code in service.REGION],
        **menu(request, "amendments"),
    }
    return render(request, "treaties/amendments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, key: str) -> HttpResponse:
    """One change of law, stage by stage; who reports for the state says the next stage."""
    found = get_object_or_404(models.Amendment, key=key, superseded_at=None)
    may_report = found.state in reporting.states_of(request.user)
    form = forms.StageForm(request.POST or None) if may_report else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if done(request, Deed(forms.StageForm, ReportStage, makes=("step",)), form, {"amendment": key}) is None:
            return redirect("amendment", key=key)
    context = {
        "title": words.title(found),
        "facts": laws.about_amendment(found),
        "note": words.note(found),
        "steps": laws.steps(key),
        "form": form,
        **ids(),
        **menu(request, "amendments"),
        "way": [Link(_("Changes of law"), reverse("amendments"))],
    }
    return render(request, "treaties/amendment.html", context)


@required("treaties.report")
@require_http_methods(["GET", "HEAD", "POST"])
def new_amendment(request: HttpRequest) -> HttpResponse:
    """Report a change of law."""
    states = reporting.states_of(request.user)
    if not states:
        raise Http404
    choices = {"state": reporting.state_choices(states), "law": reporting.law_choices(states)}
    form = forms.AmendmentForm(request.POST or None, choices=choices, initial={"state": states[0]})
    deed = Deed(forms.AmendmentForm, ReportAmendment, makes=("amendment",))
    if request.method == "POST" and done(request, deed, form, {}) is None:
        return redirect("amendments")
    return _form(request, _("Report a change of law"), form, "amendments", _("Changes of law"))


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What the laws of the states provide, standard by standard, as their packs have it."""
    theme = request.GET.get("theme", "")
    standards = models.Standard.objects.filter(superseded_at=None).order_by("id")
    if theme:
        standards = standards.filter(theme=theme)
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(laws.gaps(standards, for_file=True), "provisions", file)
    used = dict.fromkeys(
        models.Standard.objects.filter(superseded_at=None).order_by("id").values_list("theme", flat=True)
    )
    context = {
        "table": laws.gaps(standards),
        "theme": theme,
        "themes": [(code, words.THEMES[code]) for code in used],
        **menu(request, "law_gaps"),
    }
    return render(request, "treaties/gaps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mainstreaming(request: HttpRequest) -> HttpResponse:
    """Whether plans take account of migration: what each state answered last, with the plan."""
    states = reporting.states_of(request.user)
    form = None
    if states:
        choices = {"state": reporting.state_choices(states), "item": laws.item_choices()}
        form = forms.AnswerForm(request.POST or None, choices=choices)
    if request.method == "POST":
        if form is None:
            raise Http404
        if done(request, Deed(forms.AnswerForm, AnswerChecklist, makes=("answer_id",)), form, {}) is None:
            return redirect("mainstreaming")
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(laws.checklist(for_file=True), "mainstreaming", file)
    context = {"table": laws.checklist(), "form": form, **ids(), **menu(request, "mainstreaming")}
    return render(request, "treaties/mainstreaming.html", context)


def _form(request: HttpRequest, title: str, form: Any, back: str, back_title: str) -> HttpResponse:
    context = {
        "title": title, "form": form, "back": reverse(back), **ids(), **menu(request, back), "way": [Link(back_title, reverse(back))],
    }  # fmt: skip
    return render(request, "treaties/form.html", context)
