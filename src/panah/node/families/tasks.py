"""What happens by itself: requests are compared with new files, and silent ones are told of."""

from __future__ import annotations

from django.db.models import F, Q
from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.families import service
from panah.node.families.acts import LookAgain, ReportSilence


@task()
def compare_again() -> int:
    """Compare the requests whose turn it is. Returns 1 where there were any."""
    try:
        perform(LookAgain(id=uuid7(), by=None, happened_at=now()))
    except Refused:
        return 0
    return 1


@task()
def report_silent() -> int:
    """Tell of every request whose next step's day went by. Returns how many were told of."""
    moment, told = now(), 0
    for row in service.silent(moment).filter(Q(warned_for=None) | ~Q(warned_for=F("next_on"))):
        try:
            perform(ReportSilence(id=uuid7(), by=None, happened_at=moment, request=row.pk))
            told += 1
        except Refused:
            continue  # told of by another worker, or taken up, in the meantime
    return told
