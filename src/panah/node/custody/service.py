"""The door of this room for the others: when somebody was taken, who is held and for how long, and what of it is on a file's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.custody import journey, rules
from panah.node.custody.acts import Apprehend, Ask, Confirm, End, HandOn, Join, SayFitness, TakeBack
from panah.node.custody.joining import when_joined
from panah.node.custody.models import Custody, Transfer
from panah.node.custody.permissions import visible
from panah.node.custody.unity import kin_from
from panah.node.safeguards import service as safeguards
from panah.web.parts import Link

__all__ = [
    "Apprehend", "Ask", "Confirm", "Countable", "End", "HandOn", "Join", "SayFitness", "TakeBack", "began", "children", "countable",
    "fitness_unknown", "kin_from", "needs_of_journey", "pages_for", "read", "unconfirmed", "underway", "visible", "when_joined",
]  # fmt: skip


@dataclass(frozen=True)
class Countable:
    """One custody as statistics may count it: no person, no file. `fitness_unknown` are the hand-overs before which nobody medical had said
    whether the person can travel; never to be added to those who were fit."""

    taken_by: str
    body: str
    apprehended_at: datetime
    ended_at: datetime | None
    ended_how: str
    child: str
    transfers: int
    fitness_unknown: int
    in_time: bool | None


def began(file: UUID, at: datetime, after: datetime | None = None) -> datetime | None:
    """When the person was taken, where they were in custody at `at` or went from it into a procedure of detention: from then on detention
    counts. Custody upon custody without a day of freedom between them counts from the first. What lies before `after`, an earlier
    release, counts no more."""
    rows = Custody.objects.filter(file=file, apprehended_at__lte=at).order_by("-apprehended_at")
    earliest: datetime | None = None
    for row in rows.filter(apprehended_at__gt=after) if after else rows:
        if not (row.ended_at is None or row.ended_at >= (earliest or at) or row.ended_how == "detention"):
            break
        earliest = row.apprehended_at
    return earliest


def underway(held: QuerySet[Custody]) -> QuerySet[Transfer]:
    """Transfers of these people that nobody confirmed yet, oldest first."""
    found = Transfer.objects.filter(custody__in=held, confirmed_at=None, taken_back_at=None, custody__ended_at=None)
    return found.select_related("custody").order_by("handed_at", "pk")


def unconfirmed(held: QuerySet[Custody], moment: datetime) -> QuerySet[Transfer]:
    """Those of them that are late: a person between two bodies."""
    return underway(held).filter(handed_at__lte=moment - rules.TO_CONFIRM)


def fitness_unknown(held: QuerySet[Custody]) -> QuerySet[Custody]:
    """Those who were handed over while nobody medical had said whether they can travel; also those whom nobody asked yet when this was
    not asked for. How many is for those who oversee; it says nothing of anybody's health."""
    known = Transfer.objects.filter(custody=OuterRef("pk"), fitness="unknown", taken_back_at=None)
    return held.filter(Q(Exists(known)))


def children(held: QuerySet[Custody]) -> QuerySet[Custody]:
    """Those in custody who are children or treated so. Must be nobody."""
    codes = Q(code="treat_as_child") | Q(code="no_detention", absolute=True)
    child = safeguards.Hold.objects.filter(codes, lifted_at=None, subject=OuterRef("file"))
    return held.filter(Q(child__in=rules.CHILDREN) | Q(Exists(child)), ended_at=None)


def over_time(held: QuerySet[Custody], moment: datetime) -> QuerySet[Custody]:
    """Those who are held beyond the time that verified law gives."""
    return held.filter(ended_at=None, limit_due__lte=moment)


def read(officer: Officer, custody: UUID) -> Custody:
    """One custody for an officer who may read it; the read is written into the journal. Raises NotFound."""
    row = Custody.objects.filter(pk=custody).first()
    if row is None or not may(officer, "custody.read", row):
        raise NotFound("There is nobody in custody under this id.")
    journal.note_read("custody.read", by=officer.pk, place=officer.post, subject=row.file, facts={"number": row.number})
    return row


def needs_of_journey(row: Custody, at: datetime) -> dict[str, Any]:
    """Whether the person can travel and what the journey needs, for escorts and receivers; of somebody on the way as it was handed over."""
    on_the_way = underway(Custody.objects.filter(pk=row.pk)).first()
    if on_the_way is not None:
        names = ("seen_by", "seen_at", "conditions", "conditions_more")
        return {"result": on_the_way.fitness} | {name: getattr(on_the_way, name) for name in names}
    known = journey.fitness_of(row, at)
    return {
        "result": known.result,
        "seen_by": known.seen_by,
        "seen_at": known.seen_at,
        "conditions": list(known.conditions),
        "conditions_more": known.more,
    }


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The pages of this room about a file, for the page of the file."""
    rows = list(visible(officer).filter(file=file.pk).order_by("-apprehended_at")[:5])
    found = [
        Link(_("Custody %(number)s") % {"number": row.number}, reverse("custody_one", args=[row.pk])) for row in rows
    ]
    held = any(row.ended_at is None for row in rows)
    if not held and file.closed_at is None and may(officer, "custody.record"):
        found.append(Link(_("Record an apprehension"), f"{reverse('custody_new')}?file={file.pk}"))
    return found


def countable(first: datetime, after_last: datetime) -> Iterator[Countable]:
    """Everybody who was taken in the period [first, after_last). Whether in time is not known where no verified law says a time, or
    while it still runs."""
    rows = Custody.objects.filter(apprehended_at__gte=first, apprehended_at__lt=after_last).order_by(
        "apprehended_at", "pk"
    )
    for row in rows.prefetch_related("transfers").iterator(chunk_size=500):
        ended, limit = row.ended_at, row.limit_due
        yield Countable(
            row.taken_by,
            row.body,
            row.apprehended_at,
            ended,
            row.ended_how,
            row.child,
            sum(one.confirmed_at is not None for one in row.transfers.all()),
            sum(one.taken_back_at is None and one.fitness == "unknown" for one in row.transfers.all()),
            ended <= limit if ended and limit else None,
        )
