"""Long lists: page after page by the place where the last one ended, and counts that stop. No query here grows with the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.node.referrals.models import Referral

PAGE = 50
MOST_COUNTED = 1000
"""Nobody plans a day by the difference between one thousand and two."""

# The statuses of each list, in the order in which they stand in it: what waits for an answer before what was accepted.
_STATUSES = {"open": ("sent", "accepted"), "late": ("sent",), "accepted": ("accepted",)}
_OPEN = ("sent", "accepted")


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next ones begin; empty on the last page. `first` is whether nothing stands before."""

    rows: Sequence[Referral]
    following: str
    first: bool


@dataclass(frozen=True)
class _After:
    """The last line of the page before."""

    status: str
    at: datetime
    pk: UUID


def counted(rows: QuerySet[Referral]) -> int:
    """How many there are, but never more than one over the most that is counted."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def page_of(rows: QuerySet[Referral], which: str, now: datetime, after: str) -> Page:
    """A page of a body's queue: first what is due first; of what is closed, the newest first."""
    last = _read(after)
    light = rows.defer("packet", "because")
    if which == "closed":
        # Not `status__in` what is closed: so the database walks the index from its end and stops after a page.
        found = light.exclude(status__in=_OPEN).order_by("-due_at", "-pk")
        if last:
            found = found.filter(due_at__lte=last.at).exclude(due_at=last.at, pk__gte=last.pk)
        return _page(list(found[: PAGE + 1]), "due_at", last)
    made: list[Referral] = []
    statuses = _STATUSES[which]
    begun = statuses.index(last.status) if last and last.status in statuses else 0
    for status in statuses[begun:]:
        found = light.filter(status=status).order_by("due_at", "pk")
        if which == "late":
            found = found.filter(due_at__lt=now)
        if last and last.status == status:
            found = found.filter(due_at__gte=last.at).exclude(due_at=last.at, pk__lte=last.pk)
        made += found[: PAGE + 1 - len(made)]
        if len(made) > PAGE:
            break
    return _page(made, "due_at", last)


def sent_from(place: str, hidden: Q, after: str) -> Page:
    """A page of what was sent from a place, the newest first."""
    last = _read(after)
    found = (
        Referral.objects.filter(from_place=place).exclude(hidden).defer("packet", "because").order_by("-sent_at", "-pk")
    )
    if last:
        found = found.filter(sent_at__lte=last.at).exclude(sent_at=last.at, pk__gte=last.pk)
    return _page(list(found[: PAGE + 1]), "sent_at", last)


def _page(rows: list[Referral], by: str, last: _After | None) -> Page:
    more, rows = len(rows) > PAGE, rows[:PAGE]
    following = f"{rows[-1].status}~{getattr(rows[-1], by).isoformat()}~{rows[-1].pk}" if more else ""
    return Page(rows, following, last is None)


def _read(after: str) -> _After | None:
    """Where the page before ended; what is none is taken for the beginning."""
    status, _, rest = after.partition("~")
    at, _, pk = rest.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return _After(status, moment, UUID(pk)) if moment.tzinfo else None
    except ValueError:
        return None
