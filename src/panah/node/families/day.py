"""What of this room is an officer's to do, and what they find by a number."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.families import words
from panah.node.families.models import FollowUp, Request, Reunification
from panah.web.parts import Link
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


def found(officer: Officer, number: str, file: UUID | None) -> list[Link]:
    """The request or way together of this number, and the family page of this file, that the officer may open."""
    links = [
        Link(_("Tracing request %(number)s") % {"number": row.number}, reverse("family_request", args=[row.pk]))
        for row in Request.objects.filter(number=number)
        if may(officer, "families.read", row)
    ]
    links += [
        Link(_("Reunification %(number)s") % {"number": row.number}, reverse("family_union", args=[row.pk]))
        for row in Reunification.objects.filter(number=number)
        if may(officer, "families.read_union", row)
    ]
    if file is not None and may(officer, "families.read_person", file):
        links.append(Link(_("Family of %(number)s") % {"number": number}, reverse("family_person", args=[file])))
    return links


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
