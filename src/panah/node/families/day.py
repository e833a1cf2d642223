"""What of this room is an officer's to do: the next steps of the requests they trace, and follow-ups of their body."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.node.families import words
from panah.node.families.models import FollowUp, Request
from panah.web.tasks import Line, Task


def _end_of(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))  # type: ignore[arg-type]


def steps(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """The open requests that the officer traces, by the day of the next step."""
    rows = Request.objects.filter(tracer=officer.pk, closed_at=None).order_by("next_on", "pk")[:limit]
    return [
        Line(
            _("%(number)s: next step of the tracing") % {"number": row.number},
            reverse("family_request", args=[row.pk]),
            _end_of(row.next_on),
        )
        for row in rows
    ]


def follow_ups(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """How people are who came together: what the officer's body is to ask, by its day."""
    if not officer.body:
        return []
    rows = FollowUp.objects.filter(done_at=None, reunification__body=officer.body, reunification__closed_at=None)
    return [
        Line(
            _("%(number)s: ask how they are") % {"number": row.reunification.number},
            reverse("family_union", args=[row.reunification_id]),
            _end_of(row.due_on),
            words.of(words.MONTHS, str(row.months)),
        )
        for row in rows.select_related("reunification").order_by("due_on", "pk")[:limit]
    ]


TASKS = (
    Task("families.steps", gettext_lazy("Tracing: next steps"), "families.see", steps, "families", "?state=mine"),
    Task("families.follow_ups", gettext_lazy("Families brought together"), "families.see", follow_ups, "families"),
)
