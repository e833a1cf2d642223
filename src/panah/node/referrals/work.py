"""How a body answers its referrals: figures of the body's work, of no person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Field, Min, Q, Value, When

from panah.foundation.spans import MinutesBetween, Spans
from panah.node.referrals.models import Referral


@dataclass
class Answering:
    """The referrals of one kind that came to a body in a period, and those that wait there now. `statutory` and `target` hold of each
    answered or overdue one whether its answer came in time."""

    to: str
    received: int = 0
    answered: Spans = field(default_factory=Spans)
    statutory: list[bool] = field(default_factory=list)
    target: list[bool] = field(default_factory=list)
    pending: int = 0
    oldest: datetime | None = None


def answering(body: str, first: datetime, after_last: datetime, now: datetime) -> list[Answering]:
    """By kind of referral, in two queries. Those that took the same minutes are counted by the database: a tenth of the rows to read."""
    found: defaultdict[str, Answering] = defaultdict(lambda: Answering(""))
    sent = Referral.objects.filter(body=body, sent_at__gte=first, sent_at__lt=after_last).order_by()
    took = MinutesBetween(F("answered_at"), F("sent_at"))
    late = Case(
        When(answered_at__isnull=False, then=Q(answered_at__gt=F("due_at"))),
        When(due_at__lt=now, then=Value(True)),
        output_field=Field[Any, Any](),
    )
    alike = sent.values_list("to", "due_basis", took, late)
    for to, basis, minutes, is_late, many in alike.annotate(many=Count("*")):
        of_kind = found[to]
        of_kind.received += many
        if minutes is not None:
            of_kind.answered.of_minutes[minutes] += many
        if is_late is not None:
            (of_kind.statutory if basis == "statutory" else of_kind.target).extend([not is_late] * many)
    waiting = Referral.objects.filter(body=body, status=Referral.Status.SENT).order_by().values("to")
    for row in waiting.annotate(n=Count("*"), oldest=Min("sent_at")):
        found[row["to"]].pending, found[row["to"]].oldest = row["n"], row["oldest"]
    for to, of_kind in found.items():
        of_kind.to = to
    return sorted(found.values(), key=lambda one: one.to)
