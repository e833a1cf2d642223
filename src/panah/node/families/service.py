"""What other rooms may know of families: numbers, never a match; and the reads of this room's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.families import people, rules
from panah.node.families.acts import (
    CloseRequest,
    DecideMatch,
    KeepAnswer,
    KeepWish,
    Look,
    NoteAttempt,
    OpenRequest,
)
from panah.node.families.models import Match, Request, Reunification, Wish
from panah.node.families.permissions import requests_of, reunifications_of
from panah.node.families.sealing import unseal
from panah.node.families.work import Seeking, seeking
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration
from panah.web.parts import Link

__all__ = [
    "CloseRequest", "Countable", "DecideMatch", "KeepAnswer", "KeepWish", "Look", "NoteAttempt", "OpenRequest", "Seeking", "countable", "pages_for",
    "proposals_of", "read_match", "read_person", "read_request", "read_union", "requests_of", "reunifications_of", "said_of", "seeking", "shown_outcome",
    "silent", "without_tracing",
]  # fmt: skip

ALONE = ("unaccompanied_child", "separated_child")


@dataclass(frozen=True)
class Countable:
    """One request as statistics may count it: no person, no file, no body and no place."""

    opened_on: date
    closed_on: date | None
    relation: str
    child: bool
    outcome: str
    reunited: bool


def countable(first: datetime, after_last: datetime) -> Iterator[Countable]:
    """Every request opened in the period [first, after_last)."""
    rows = Request.objects.filter(opened_at__gte=first, opened_at__lt=after_last).order_by("opened_at", "pk")
    together = Reunification.objects.filter(together_on__isnull=False, outcome__in=("", "reunited"))
    united = set(together.values_list("request", flat=True))
    for row in rows.iterator():
        closed = registration.local_day(row.closed_at) if row.closed_at else None
        opened = registration.local_day(row.opened_at)
        yield Countable(opened, closed, row.relation, row.child, row.outcome, row.pk in united)


def silent(moment: datetime) -> QuerySet[Request]:
    """Open requests whose day for the next step went by, longest first."""
    return Request.objects.filter(closed_at=None, next_on__lt=registration.local_day(moment)).order_by("next_on", "pk")


def without_tracing(moment: datetime) -> dict[UUID, datetime]:
    """Children alone or separated for whom nobody is sought though the term for it is over: since when. The term is that of the referral
    to family tracing; none where the pack sets none, and nobody who wishes that nobody is looked for or has said no to tracing. A request
    that was closed by a wish is none: such a wish is kept as one, in private. Nor does the wish not to look for one person speak of the others."""
    due = profiling.tracing_due(ALONE, moment)
    begun = Request.objects.filter(file__in=due).exclude(outcome__in=("closed_by_wish", "opened_twice"))
    wished = Wish.objects.filter(file__in=due, kind="do_not_look", everybody=True, ended_at=None)
    done = {*begun.values_list("file", flat=True), *wished.values_list("file", flat=True)}
    return {file: at for file, at in due.items() if file not in done}


def read_request(officer: Officer, request: UUID) -> Request:
    """A request for an officer who may read it; the read is written into the journal. Raises NotFound."""
    row = Request.objects.filter(pk=request).first()
    if row is None or not may(officer, "families.read", row):
        raise NotFound("There is no such request.")
    journal.note_read("families.read", by=officer.pk, place=officer.post, subject=row.file, facts={})
    return row


def said_of(request: Request) -> dict[str, Any]:
    """Who is sought, as the seeker said it."""
    return unseal(request.file, request.sealed)


def proposals_of(officer: Officer, request: Request) -> list[Match]:
    """The proposals for the tracing officer, likeliest first; for everybody else there are none, nor of who may not be proposed any more."""
    if not may(officer, "families.trace", request):
        return []
    rows = request.matches.prefetch_related("answers").order_by("-score", "pk")
    return [row for row in rows if not people.hidden(row, officer.roles)]


def read_match(officer: Officer, match: UUID) -> Match:
    """A proposal with both people, for the tracing officer alone; it is written into the journal as a reading of each. Raises NotFound."""
    row = Match.objects.select_related("request").prefetch_related("answers", "decisions").filter(pk=match).first()
    if row is None or not may(officer, "families.trace", row.request) or people.hidden(row, officer.roles):
        raise NotFound("There is no such proposal.")
    for file in (row.request.file, row.file):
        journal.note_read("families.read", by=officer.pk, place=officer.post, subject=file, facts={})
    return row


def shown_outcome(officer: Officer, request: Request) -> str:
    """How a request ended, for this officer. That somebody was found and said no is for the tracing officer only."""
    if request.outcome not in rules.TELLING:
        return request.outcome
    knows = may(officer, "families.trace", request) or any(
        people.is_agreed(match) for match in request.matches.prefetch_related("answers")
    )
    return rules.shown_outcome(request.outcome, knows=knows)


def read_person(officer: Officer, file: UUID) -> registration.PersonFile:
    """The person, for an officer who works on the case or oversees it; the read is written into the journal. Raises NotFound."""
    row = registration.PersonFile.objects.select_related("group").filter(pk=file).first()
    if row is None or not may(officer, "families.read_person", row.pk):
        raise NotFound("There is no such file.")
    journal.note_read("families.read", by=officer.pk, place=officer.post, subject=row.pk, facts={})
    return row


def read_union(officer: Officer, reunification: UUID) -> Reunification:
    """A way together with its people, for who may read it. Raises NotFound."""
    row = Reunification.objects.prefetch_related("members").filter(pk=reunification).first()
    if row is None or not may(officer, "families.read_union", row):
        raise NotFound("There is no such reunification.")
    for member in row.members.all():
        journal.note_read("families.read", by=officer.pk, place=officer.post, subject=member.file, facts={})
    return row


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The page of this room about a file, for the page of the file."""
    if not may(officer, "families.read_person", file.pk):
        return []
    return [Link(_("Family"), reverse("family_person", args=[file.pk]))]
