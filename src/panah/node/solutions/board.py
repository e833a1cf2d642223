"""What those who oversee see of plans: dangers that are open, follow-ups that are due."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.clock import now
from panah.node.registration.service import body_title
from panah.node.safeguards.service import Row, Section
from panah.node.solutions import service

_LONGEST_LIST = 200


def dangers_section() -> Section:
    """Dangers after return, oldest first."""
    return Section(
        "dangers-after-return",
        gettext_lazy("People with a plan who are in danger"),
        12,
        lambda: service.dangers().count(),
        _dangers,
        gettext_lazy("No danger is open."),
        note=gettext_lazy("open until the person is safe"),
        must_be_zero=True,
    )


def follow_ups_section() -> Section:
    """Follow-ups that are due and were not tried, or not tried again."""
    return Section(
        "follow-ups",
        gettext_lazy("Follow-ups that are due"),
        32,
        lambda: service.overdue(now()).count(),
        _overdue,
        gettext_lazy("Everybody was asked, or tried, in time."),
        note=gettext_lazy("how the person is, is not known"),
    )


def _dangers() -> list[Row]:
    return [
        Row(
            row.plan.number,
            row.at,
            row.plan.file,
            who=body_title(row.plan.body),
            url=reverse("solution", args=[row.plan_id]),
        )
        for row in service.dangers()[:_LONGEST_LIST]
    ]


def _overdue() -> list[Row]:
    return [
        Row(
            _("%(number)s: after %(months)s months") % {"number": row.plan.number, "months": row.months},
            row.due_at,
            row.plan.file,
            who=body_title(row.plan.body),
            url=reverse("solution", args=[row.plan_id]),
        )
        for row in service.overdue(now())[:_LONGEST_LIST]
    ]
