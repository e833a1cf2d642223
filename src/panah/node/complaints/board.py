"""Complaints on the board of those who oversee: each reader's own, so that nobody learns by a number of one against them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.node.complaints import rules, service, words
from panah.node.complaints.models import Complaint
from panah.node.safeguards.service import Row, Section

_LONGEST_LIST = 200


def section_of(officer: Officer) -> Section | None:
    """Complaints in danger or late; for a supervisor only once one was given to them."""
    if "ombudsman" not in officer.roles and not service.visible(officer).exists():
        return None
    return Section(
        "complaints",
        gettext_lazy("Complaints that press"),
        12,
        lambda: _pressing(officer).count(),
        lambda: [_row(one) for one in _pressing(officer)[:_LONGEST_LIST]],
        gettext_lazy("No complaint is late, and in none is somebody in danger."),
        note=gettext_lazy("danger, or not answered in time"),
    )


def _pressing(officer: Officer) -> QuerySet[Complaint]:
    mine = service.visible(officer).filter(state__in=rules.OPEN)
    return mine.filter(danger=True) | mine.filter(due_at__lt=now())


def _row(row: Complaint) -> Row:
    what = f"{row.number}: {words.of(words.KINDS, row.kind)}"
    detail = gettext_lazy("danger") if row.danger else gettext_lazy("late")
    return Row(what, row.started_at, detail=detail, url=reverse("complaint", args=[row.pk]))
