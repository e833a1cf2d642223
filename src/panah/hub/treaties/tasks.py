"""What this room gives to pages of others: the secretariat's checks, and a state's treaties and laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from panah.hub.evidence import service as evidence
from panah.hub.participants.service import Related
from panah.hub.treaties import models, words
from panah.hub.treaties.tables import REGION
from panah.web.parts import Link
from panah.web.tasks import Line


@task()
def count_ratified() -> bool:
    """Let indicator 1.01 count the acts that were confirmed since it was computed; whether there were any."""
    return evidence.count_treaties(models.ReportedAct.objects.filter(check_state=models.Check.VERIFIED).count())


def waiting(officer: Any, now: datetime, limit: int) -> Sequence[Line]:
    """Reports that this officer may check: those that wait and that somebody else made, the oldest first."""
    acts = models.ReportedAct.objects.filter(check_state=models.Check.WAITING).exclude(reported_by=officer.pk)
    steps = models.AmendmentStep.objects.filter(check_state=models.Check.WAITING).exclude(reported_by=officer.pk)
    found = [(row.reported_at, str(row.pk), row.state) for row in acts.order_by("reported_at")[:limit]]
    found += [(row.reported_at or now, row.key, row.state) for row in steps.order_by("reported_at")[:limit]]
    return [
        Line(_("Report of %(state)s") % {"state": words.state(state)}, reverse("treaty_report", args=[key]))
        for _at, key, state in islice(sorted(found), limit)
    ]


def of_participant(code: str) -> Sequence[Related]:
    """The pages on a state's treaties and laws."""
    if code not in REGION:
        return ()
    links = [
        Link(_("Treaties"), reverse("treaties_of_state", args=[code])),
        Link(_("National laws"), f"{reverse('laws')}?state={code}"),
        Link(_("Changes of law"), f"{reverse('amendments')}?state={code}"),
    ]
    return (Related(_("Treaties and laws"), links),)
