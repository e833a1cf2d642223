"""What happens by itself: reminders of follow-ups that come near or are over."""

from __future__ import annotations

from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.solutions import rules
from panah.node.solutions.acts import RemindOfFollowUp
from panah.node.solutions.models import FollowUp


@task()
def remind_of_follow_ups() -> int:
    """Give every word whose time has come. Returns how many; those given are left."""
    moment, given = now(), 0
    waiting = FollowUp.objects.filter(done_at=None, plan__ended_at=None, told__lt=100, from_at__lte=moment)
    for row in waiting.order_by("due_at").iterator():
        if not rules.reminder_due(row.from_at, row.due_at, row.told, moment):
            continue
        try:
            perform(RemindOfFollowUp(id=uuid7(), by=None, happened_at=moment, follow_up=row.pk))
            given += 1
        except Refused:
            continue  # done, or reminded of by another worker, in the meantime
    return given
