"""What happens by itself: silence, and what stays missing, is reported upwards."""

from __future__ import annotations

from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.referrals import rules
from panah.node.referrals.actions import ReportSilence, ReportUncured
from panah.node.referrals.models import Referral


@task()
def report_silences() -> int:
    """Report every unanswered referral whose time has come. Returns how many; those already reported are left."""
    moment, reported = now(), 0
    waiting = Referral.objects.filter(status=Referral.Status.SENT, due_at__lte=moment, escalated__lt=3)
    for referral in waiting.iterator():
        if not rules.silence(referral.to, referral.sent_at, referral.due_at, referral.escalated, moment):
            continue
        try:
            perform(
                ReportSilence(id=uuid7(), by=None, place=referral.from_place, happened_at=moment, referral=referral.pk)
            )
            reported += 1
        except Refused:
            continue  # answered, or reported by another worker, in the meantime
    return reported


@task()
def report_uncured() -> int:
    """Report every referral to which nobody added what was missing in time. Returns how many."""
    moment, reported = now(), 0
    for referral in Referral.objects.filter(cure="open", cure_by__lte=moment).iterator():
        try:
            perform(
                ReportUncured(id=uuid7(), by=None, place=referral.from_place, happened_at=moment, referral=referral.pk)
            )
            reported += 1
        except Refused:
            continue  # cured, or reported by another worker, in the meantime
    return reported
