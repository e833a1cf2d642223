"""Projects, trainings and who works where: three lists of one shape, each entry with its page and its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from panah.foundation.access.service import may, officer_of, required
from panah.foundation.door.service import NotFound
from panah.hub.participants import service as participants
from panah.hub.practices import acts, forms, service, shown
from panah.hub.practices.models import Activity, Course, Project, Trained
from panah.hub.practices.views import ROWS_A_PAGE, chosen, filters, initial, own_codes, uuid_of
from panah.web import spreadsheet
from panah.web.deeds import Deed, done, ids
from panah.web.parts import Link


@dataclass(frozen=True)
class Listing:
    """One of the lists. `plural` and `single` are the names of its addresses."""

    plural: str
    single: str
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    table: Any
    shown: Callable[..., Any]
    keep: Deed


PROJECTS = Listing(
    "projects", "project", gettext_lazy("Projects"),
    gettext_lazy("Whoever pays for them. A budget stands only with its currency and source; what is not known says so."),
    gettext_lazy("Add a project"), Project, shown.projects, Deed(forms.ProjectForm, acts.KeepProject, makes=("version",)),
)  # fmt: skip
COURSES = Listing(
    "courses", "course", gettext_lazy("Trainings"),
    gettext_lazy("Whom they trained is counted by function and sex. Fewer than five are never kept as a number."),
    gettext_lazy("Add a training"), Course, shown.courses, Deed(forms.CourseForm, acts.KeepCourse, makes=("version",)),
)  # fmt: skip
ACTIVITIES = Listing(
    "activities", "activity", gettext_lazy("Who does what where"),
    gettext_lazy("Organisations and what they do in which district."),
    gettext_lazy("Add an activity"), Activity, shown.activities, Deed(forms.ActivityForm, acts.KeepActivity, makes=("version",)),
)  # fmt: skip
_COUNT = Deed(forms.TrainedForm, acts.CountTrained)


def _listed(request: HttpRequest, of: Listing) -> HttpResponse:
    rows = chosen(request).of(of.table.objects.filter(superseded_at=None))
    file = request.GET.get("format", "")
    if file in spreadsheet.FORMATS:
        return spreadsheet.answer(of.shown(rows[:5000], for_file=True), of.plural, file)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "of": of, "page": page, "table": of.shown(page), "keeps": may(request.user, "practices.keep_lists"),
        "add_url": reverse(f"{of.single}_new"), **filters(request),
    }  # fmt: skip
    return render(request, "practices/listed.html", context)


def _one(request: HttpRequest, of: Listing, entry: UUID) -> HttpResponse:
    row = of.table.objects.filter(entry=entry, superseded_at=None).first()
    if row is None:
        raise Http404
    versions = of.table.objects.filter(entry=entry, superseded_at__isnull=False).order_by("-made_at")
    keeps = may(request.user, "practices.keep_lists", row)
    context = {
        "of": of, "row": row, "title": service.title_of(row), "what": service.what_of(row), "note": service.what_of(row, "note"),
        "facts": [*_own_facts(row), *shown.about(row)], "source": shown.source(row), "way": _way(of), "keeps": keeps,
        "edit_url": reverse(f"{of.single}_edit", args=[entry]), "versions": list(versions[:50]),
        "draft_translation": service.is_translated(row) and not row.translation_checked,
    }  # fmt: skip
    if isinstance(row, Course):
        form: Form | None = None
        if request.method == "POST":
            if not keeps:
                raise NotFound("There is nothing here that you may do.")
            form = done(request, _COUNT, forms.TrainedForm(request.POST), _counted_by(request, row))
            if form is None:
                return redirect(of.single, entry=entry)
        counts = Trained.objects.filter(course=entry, superseded_at=None)
        context |= {"trained": shown.trained(counts), "form": form or forms.TrainedForm(), **ids()}
        context |= {"wrong": {"count"} if form else set()}
    return render(request, "practices/entry.html", context)


def _counted_by(request: HttpRequest, row: Course) -> dict[str, Any]:
    return {"course": row.entry, "participant": row.participant}


def _own_facts(row: Any) -> list[tuple[str, Any]]:
    if isinstance(row, Project):
        budget = shown.amount(row.budget_amount, row.budget_currency)
        return [
            (_("Carried out by"), row.run_by),
            (_("Status"), Project.Status(row.status).label),
            (_("Budget"), f"{budget} ({row.budget_source})" if row.budget_source else budget),
        ]
    if isinstance(row, Course):
        places = row.places if row.places is not None else _("not said")
        return [(_("Carried out by"), row.run_by), (_("Place"), row.town or _("not said")), (_("Planned for"), places)]
    return [(_("Organisation"), row.organisation), (_("District"), row.district or _("not said"))]


def _keep(request: HttpRequest, of: Listing, entry: UUID | None) -> HttpResponse:
    officer, before = officer_of(request), None
    if entry is not None:
        before = of.table.objects.filter(entry=entry, superseded_at=None).first()
        if before is None or not may(officer, "practices.keep_lists", before):
            raise Http404
    codes = own_codes(officer)
    if "secretariat" in officer.roles:
        codes = tuple(one.code for one in participants.participants())
    form: Form = of.keep.form(codes=codes, initial=initial(before))  # type: ignore[call-arg]
    kept = before.entry if before else uuid_of(request, "entry")
    if request.method == "POST":
        filled = of.keep.form(request.POST, codes=codes)  # type: ignore[call-arg]
        found = done(request, of.keep, filled, {"entry": kept})
        if found is None:
            there = of.table.objects.filter(entry=kept, superseded_at=None).exists()
            return redirect(of.single, entry=kept) if there else redirect(of.plural)
        form = found
    title = service.title_of(before) if before else str(of.add)
    lead = _("What stood there before stays readable as an earlier version.")
    context = {"form": form, "entry": kept, "title": title, "way": _way(of), "lead": lead, **ids()}
    return render(request, "practices/write.html", context)


def _way(of: Listing) -> list[Link]:
    return [Link(str(of.title), reverse(of.plural))]


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    return _listed(request, PROJECTS)


@require_safe
def project(request: HttpRequest, entry: UUID) -> HttpResponse:
    return _one(request, PROJECTS, entry)


@required("practices.keep_lists")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_project(request: HttpRequest, entry: UUID | None = None) -> HttpResponse:
    return _keep(request, PROJECTS, entry)


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    return _listed(request, COURSES)


@require_http_methods(["GET", "HEAD", "POST"])
def course(request: HttpRequest, entry: UUID) -> HttpResponse:
    return _one(request, COURSES, entry)


@required("practices.keep_lists")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_course(request: HttpRequest, entry: UUID | None = None) -> HttpResponse:
    return _keep(request, COURSES, entry)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    return _listed(request, ACTIVITIES)


@require_safe
def activity(request: HttpRequest, entry: UUID) -> HttpResponse:
    return _one(request, ACTIVITIES, entry)


@required("practices.keep_lists")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_activity(request: HttpRequest, entry: UUID | None = None) -> HttpResponse:
    return _keep(request, ACTIVITIES, entry)
