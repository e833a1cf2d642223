"""How a body seeks families and brings them together: figures of the body's work, of no person and of no match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from panah.node.families import rules
from panah.node.families.models import FollowUp, Request
from panah.node.registration import service as registration


@dataclass(frozen=True)
class Seeking:
    """The requests that a body opened and closed in a period, and those that are open there now.

    `found` are those closed that ended in contact or together. `asked` counts the follow-ups of families brought together whose day
    came in the period, kept or not; `together` those of them at which they were reached and together. All others are not known or apart.
    """

    opened: int
    of_children: int
    closed: int
    found: int
    asked: int
    together: int
    pending: int
    silent: int
    oldest: datetime | None


def seeking(body: str, first: datetime, after_last: datetime, now: datetime) -> Seeking | None:
    """In two queries; None where nothing came and nothing is open."""
    today = registration.local_day(now)
    opened, closed = (Q(**{f"{name}__gte": first, f"{name}__lt": after_last}) for name in ("opened_at", "closed_at"))
    standing = Q(closed_at=None)
    row = Request.objects.filter(body=body).aggregate(
        opened=Count("pk", filter=opened),
        of_children=Count("pk", filter=opened & Q(child=True)),
        closed=Count("pk", filter=closed),
        found=Count("pk", filter=closed & Q(outcome__in=("reunited", "contact_restored"))),
        pending=Count("pk", filter=standing),
        silent=Count("pk", filter=standing & Q(next_on__lt=today)),
        oldest=Min("opened_at", filter=standing),
    )
    until = min(registration.local_day(after_last), today)
    due = FollowUp.objects.filter(
        reunification__body=body, due_on__gte=registration.local_day(first), due_on__lt=until
    ).aggregate(asked=Count("pk"), together=Count("pk", filter=Q(how__in=sorted(rules.TOGETHER))))
    found = Seeking(**row, **due)
    return found if found.opened or found.closed or found.asked or found.pending else None
