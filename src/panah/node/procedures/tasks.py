"""What happens by itself: a term that is half over, nearly over or over is reported."""

from __future__ import annotations

from django.db.models import F, Q
from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.procedures import rules
from panah.node.procedures.actions.remedies import why_over
from panah.node.procedures.acts import WarnOfTerm
from panah.node.procedures.force_acts import TellOfDetention
from panah.node.procedures.models import Decision, Detention, Term
from panah.node.procedures.remedy_acts import EndRemedy


@task()
def warn_of_terms() -> int:
    """Give every warning whose time has come. Returns how many; those given are left."""
    moment, given = now(), 0
    running = Term.objects.filter(
        done_at=None, started_at__lt=F("due_at"), warned__lt=100, step__proceeding__ended_at=None
    )
    for term in running.exclude(due_at=None).iterator():
        if term.started_at is None or term.due_at is None:
            continue
        if not rules.warning_due(term.started_at, term.due_at, term.warned, moment):
            continue
        try:
            perform(WarnOfTerm(id=uuid7(), by=None, happened_at=moment, term=term.pk))
            given += 1
        except Refused:
            continue  # met, or reported by another worker, in the meantime
    return given


@task()
def end_remedies() -> int:
    """End every remedy that is over, and with it the reason to hold off removal. What is not known stays. Returns how many."""
    moment, ended = now(), 0
    for decision in Decision.objects.filter(holds_removal=True, notified_at__isnull=False).order_by("signed_at"):
        try:
            if why_over(decision, moment):
                perform(EndRemedy(id=uuid7(), by=None, happened_at=moment, decision=decision.pk))
                ended += 1
        except Refused:
            continue  # its law is not in the pack any more, or it was ended by another worker in the meantime
    return ended


@task()
def watch_detentions() -> int:
    """Tell at once of every review that was missed and of everybody who must be released. Returns how many were told of."""
    moment, told = now(), 0
    late = Q(review_due__lte=moment) & (Q(missed_told=None) | ~Q(missed_told=F("review_due")))
    over = Q(maximum_due__lte=moment, maximum_told=False)
    for held in Detention.objects.filter(late | over, released_at=None):
        try:
            perform(TellOfDetention(id=uuid7(), by=None, happened_at=moment, detention=held.pk))
            told += 1
        except Refused:
            continue  # released, or told of by another worker, in the meantime
    return told
