"""What is somebody's to do here today, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.hub.commitments import rules
from panah.hub.commitments.models import Commitment, Report
from panah.hub.commitments.permissions import seat_code
from panah.hub.commitments.service import address, own_action
from panah.web.tasks import Line


def waiting(officer: Any, now: datetime, limit: int) -> Sequence[Line]:
    """Drafts and reports that wait for a signature, and what is due, of the officer's own participant; the most urgent first."""
    code = seat_code(officer, now.date())
    if not code:
        return []
    lines: list[Line] = []
    rows = Commitment.objects.filter(Q(participant=code), standing="made", due__isnull=False).exclude(
        status="fulfilled"
    )
    for row in rows.filter(due__lte=now.date() + rules.REMINDED_BEFORE).order_by("due")[:limit]:
        by = datetime.combine((row.due or now.date()) + timedelta(days=1), time(), UTC)
        lines.append(Line(_("%(code)s is due") % {"code": row.code}, address(row.code), by, own_action(row)))
    drafts = Commitment.objects.filter(participant=code, standing="draft").exclude(drafted_by=officer.pk)
    lines += [
        Line(_("%(code)s waits to be signed") % {"code": row.code}, address(row.code), detail=own_action(row))
        for row in drafts[:limit]
    ]
    reports = Report.objects.filter(
        commitment__participant=code, commitment__standing="made", signed_at=None, superseded_at=None
    )
    lines += [
        Line(
            _("A report on %(code)s waits to be signed") % {"code": one.commitment.code},
            address(one.commitment.code),
            detail=own_action(one.commitment),
        )
        for one in reports.exclude(drafted_by=officer.pk).select_related("commitment")[:limit]
    ]
    return lines[:limit]
