"""What happens by itself: terms are warned of, and who leads is told, on another day, of what came without a name."""

from __future__ import annotations

from django.db.models import F, Q
from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.complaints import rules, terms
from panah.node.complaints.acts import SeekReader, TellNews, Warn
from panah.node.complaints.models import Complaint


@task()
def warn_of_complaints() -> int:
    """Give every warning whose time has come. Returns how many; those given are left."""
    moment, given = now(), 0
    running = Complaint.objects.filter(state__in=rules.OPEN, warned__lt=100, started_at__lt=F("due_at"))
    for row in running.iterator():
        if row.due_at is None or not rules.warning_due(row.started_at, row.due_at, row.warned, moment):
            continue
        try:
            perform(Warn(id=uuid7(), by=None, happened_at=moment, complaint=row.pk))
            given += 1
        except Refused:
            continue  # ended, or warned of by another worker, in the meantime
    return given


@task()
def tell_of_complaints() -> int:
    """Tell of what came on an earlier day. On the same day the hour of the notice would be the hour of the complaint."""
    moment, told = now(), 0
    today = terms.day_of(moment)
    for row in Complaint.objects.filter(news=True):
        last = row.lines.filter(kind="from_complainer").order_by("-order").first()
        if (last.on if last else row.received_on) >= today:
            continue
        try:
            perform(TellNews(id=uuid7(), by=None, happened_at=moment, complaint=row.pk))
            told += 1
        except Refused:
            continue
    return told


@task()
def seek_readers() -> int:
    """Look whether everything that is open has somebody who may read it: accounts are opened and closed. Returns how many changed hands."""
    moment, changed = now(), 0
    for row in Complaint.objects.filter(Q(state__in=rules.OPEN) | Q(unread=True)).iterator():
        try:
            perform(SeekReader(id=uuid7(), by=None, happened_at=moment, complaint=row.pk))
            changed += 1
        except Refused:
            continue  # as it was
    return changed
