"""The second reading of a decided profile: its form on the proposal's page, and what waits for one at the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, required
from panah.foundation.door.service import NotFound, Refused, perform
from panah.node.profiling.models import Confirmation, SecondReading
from panah.node.profiling.second.actions import ReadSecond
from panah.node.registration import service as registration
from panah.web.action_form import ActionForm
from panah.web.tasks import Line, Task

LOOKED_BACK = timedelta(days=7)


class SecondForm(ActionForm):
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Does it read so to you?"), coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no, otherwise"))],
    )  # fmt: skip
    remark = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed where it reads otherwise. The officer who decided is told, and can ask again."),
    )  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What a second reader said; `by` is their name."""

    agrees: bool
    remark: str
    by: str
    at: datetime


def reading_of(decision: Confirmation | None) -> Read | None:
    """The second reading of a decision; None before there is one."""
    row = SecondReading.objects.filter(confirmation=decision).first() if decision is not None else None
    if row is None:
        return None
    name = Officer.objects.filter(pk=row.by).values_list("display_name", flat=True).first() or ""
    return Read(row.agrees, row.remark, name, row.at)


def form_for(officer: Officer, decision: Confirmation | None) -> SecondForm | None:
    """The form for who may be the second reader of this decision now; None for everybody else."""
    if decision is None or decision.by == officer.pk or SecondReading.objects.filter(confirmation=decision).exists():
        return None
    return SecondForm(auto_id="second_%s") if may(officer, "profiling.read_second", decision.file) else None


@required("profiling.read_second")
def second(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Keep what the second reader says of the latest decision. Opened as a page, it leads to the proposal."""
    officer = officer_of(request)
    if not may(officer, "profiling.read_second", registration.file_by_id(file_id)):
        raise NotFound("There is no such file.")
    decision = Confirmation.objects.filter(file=file_id).order_by("-at").first()
    if request.method == "POST" and decision is not None:
        form = SecondForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        else:
            try:
                perform(ReadSecond(confirmation=decision.pk, **form.made(officer), **form.said()))
                messages.success(request, _("Done, and on record."))
            except Refused as refusal:
                messages.error(request, str(refusal))
    return redirect("proposal", file_id=file_id)


def waiting(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Profiles that others of the post decided on in the last week and nobody has read a second time."""
    rows = Confirmation.objects.filter(file__place=officer.post, at__gte=now - LOOKED_BACK, second=None)
    rows = rows.exclude(by=officer.pk).exclude(file__status="closed").select_related("file").order_by("at", "pk")
    return [Line(row.file.number, reverse("proposal", args=[row.file_id])) for row in rows[:limit]]


TASKS = (
    Task("second-reading", gettext_lazy("Profiles for a second reading"), "profiling.read_second", waiting, "arrivals"),
)
