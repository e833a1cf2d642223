"""What of plans is next for a person, and what is an officer's to do: dangers, follow-ups, steps whose day has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.node.registration import service as registration
from panah.node.solutions import rules, service, shown, words
from panah.node.solutions.actions.follow import start_of
from panah.node.solutions.models import Step
from panah.node.solutions.permissions import readable
from panah.web.parts import Clock
from panah.web.tasks import Line, Task

_SOON = timedelta(days=7)


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """The next follow-up of each plan that the officer may read."""
    plans = readable(officer).filter(file=file.pk, ended_at=None)
    found = []
    for plan in plans.order_by("opened_at", "id"):
        row = plan.follow_ups.filter(done_at=None).order_by("due_at").first()
        if row is not None:
            what = _("Ask how life is, after %(months)s months") % {"months": row.months}
            started = min(row.from_at, row.due_at)
            found.append(Clock(what, started, row.due_at, now, kind="target", url=reverse("solution", args=[plan.pk])))
    return found


def dangers(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """People in danger in the officer's plans; each has waited since it was told."""
    rows = service.dangers().filter(plan__in=readable(officer))
    return [Line(row.plan.number, reverse("solution", args=[row.plan_id]), row.at) for row in rows[:limit]]


def follow_ups(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Whom to ask now or in the next days."""
    rows = service.follow_ups(readable(officer)).filter(due_at__lte=now + _SOON)
    return [
        Line(f"{row.plan.number}: {shown.months(row.months)}", reverse("solution", args=[row.plan_id]), row.due_at)
        for row in rows[:limit]
    ]


def steps(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Open steps whose day has come or is near, without those that concern health where it is not for the officer."""
    until = registration.local_day(now + _SOON)
    rows = Step.objects.filter(plan__in=readable(officer), plan__ended_at=None, ended_at=None, due_on__lte=until)
    if not rules.may_see_health(officer.roles, "unknown"):
        rows = rows.exclude(area="health")
    return [
        Line(
            f"{row.plan.number}: {words.of(words.AREAS, row.area)}",
            reverse("solution", args=[row.plan_id]),
            start_of(row.due_on) + timedelta(days=1) - timedelta(seconds=1),
        )
        for row in rows.select_related("plan").order_by("due_on", "id")[:limit]
    ]


TASKS = (
    Task(
        "dangers",
        gettext_lazy("People with a plan who are in danger"),
        "solutions.see",
        dangers,
        "solutions",
        "?list=danger",
    ),
    Task(
        "follow-ups-after-return",
        gettext_lazy("Follow-ups of plans"),
        "solutions.see",
        follow_ups,
        "solutions",
        "?list=late",
    ),
    Task("plan-steps", gettext_lazy("Steps of plans"), "solutions.see", steps, "solutions"),
)
