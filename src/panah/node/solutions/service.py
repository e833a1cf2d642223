"""What other rooms may know of plans, the reads of this room's own pages, and what may be counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.registration import service as registration
from panah.node.solutions import rules
from panah.node.solutions.acts import (
    AddMember,
    AddStep,
    AgreeToReturn,
    AskReferral,
    BeginSolution,
    ChangeMind,
    ClosePlan,
    Counsel,
    Depart,
    EndStep,
    GiveService,
    OpenPlan,
    ProposeJob,
    RecordStanding,
    ReplyToDanger,
    ReportDanger,
    SetJob,
    TryFollowUp,
)
from panah.node.solutions.models import Danger, FollowUp, Member, Plan, Try
from panah.node.solutions.permissions import readable
from panah.node.solutions.words import GRADES, toward_title
from panah.node.solutions.work import Lasting, lasting
from panah.web.parts import Link

__all__ = [
    "GRADES", "AddMember", "AddStep", "AgreeToReturn", "AskReferral", "BeginSolution", "ChangeMind", "ClosePlan", "Counsel", "Countable", "Depart",
    "EndStep", "GiveService", "Heard", "Lasting", "OpenPlan", "ProposeJob", "RecordStanding", "ReplyToDanger", "ReportDanger", "Returned", "SetJob",
    "TryFollowUp", "countable", "dangers", "follow_ups", "lasting", "of_file", "overdue", "pages_for", "read", "readable", "returned", "toward_title",
    "working_after", "works_said",
]  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What a follow-up brought, as it may be counted. Not reached, refused and not asked are unknown, not no."""

    months: int
    state: str
    works: str
    safe: str
    wants_to_leave: str
    where: str


@dataclass(frozen=True)
class Countable:
    """One plan as statistics may count it: no person, no file."""

    toward: str
    body: str
    own_national: bool
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    in_time: bool | None
    dangers: int
    follow_ups: tuple[Heard, ...]


@dataclass(frozen=True)
class Returned:
    """One person who went back freely, as statistics may count it. to_state is empty where nobody wrote it down."""

    sex: str
    to_state: str


def returned(first: date, last: date) -> Iterator[Returned]:
    """Everybody who left for a free return on a day of the period (both included), the families that plans are for too. Three
    queries however many there are."""
    left = Plan.objects.filter(toward=rules.RETURN, began_on__gte=first, began_on__lte=last)
    states = dict(left.values_list("pk", "returned_to"))
    members = Member.objects.filter(plan__in=left)
    of = Q(pk__in=left.values("file")) | Q(pk__in=members.values("file"))
    sexes = dict(registration.PersonFile.objects.filter(of).values_list("pk", "sex"))
    gone = [*left.values_list("pk", "file"), *members.values_list("plan", "file")]
    for plan, file in sorted(gone):
        yield Returned(sexes.get(file, ""), states[plan])


def of_file(file: UUID) -> QuerySet[Plan]:
    """The plans of a person, oldest first. The caller has the right to the file."""
    return Plan.objects.filter(file=file).order_by("opened_at")


def read(officer: Officer, plan: UUID, *, paper: bool = False) -> Plan:
    """One plan for an officer who may read it; the read, or that it was printed, is written into the journal. Raises NotFound."""
    row = Plan.objects.filter(pk=plan).first()
    if row is None or not may(officer, "solutions.read", row):
        raise NotFound("There is no such plan.")
    code = "solutions.paper_printed" if paper else "solutions.read"
    journal.note_read(code, by=officer.pk, place=officer.post, subject=row.file, facts={"plan": row.number})
    return row


def follow_ups(plans: QuerySet[Plan]) -> QuerySet[FollowUp]:
    """The follow-ups of open plans that are not done, those due first before the others."""
    return (
        FollowUp.objects.filter(plan__in=plans, plan__ended_at=None, done_at=None)
        .select_related("plan")
        .order_by("due_at", "id")
    )


def works_said(plans: QuerySet[Plan], turn: int, moment: datetime) -> tuple[int, rules.Share]:
    """The months of a follow-up, and of all whose day has come how many work, do not, and of how many that is not known."""
    heard = Try.objects.filter(follow_up=OuterRef("pk"), reached=True).order_by("-at", "-id").values("works")[:1]
    rows = FollowUp.objects.filter(plan__in=plans, turn=turn, first_due_at__lte=moment)
    counted = rows.annotate(said=Subquery(heard)).order_by().values("months", "said").annotate(n=Count("pk"))
    lines = list(counted)
    yes, no = (sum(line["n"] for line in lines if line["said"] == word) for word in ("yes", "no"))
    whole = sum(line["n"] for line in lines)
    return max((line["months"] for line in lines), default=0), rules.Share(yes, no, whole - yes - no)


def overdue(moment: datetime) -> QuerySet[FollowUp]:
    """Follow-ups whose day is over and which nobody has tried, or tried again, longest first."""
    return follow_ups(Plan.objects.all()).filter(due_at__lte=moment)


def dangers() -> QuerySet[Danger]:
    """Dangers that are open, oldest first."""
    return Danger.objects.filter(closed_at=None).select_related("plan").order_by("at", "id")


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The plans of a person that the officer may read, for the page of the file."""
    from panah.node.solutions import words

    plans = readable(officer).filter(file=file.pk).order_by("opened_at", "id")
    return [
        Link(
            _("Plan: %(toward)s") % {"toward": words.of(words.TOWARD, plan.toward)}, reverse("solution", args=[plan.pk])
        )
        for plan in plans
    ]


def countable(first: datetime, after_last: datetime) -> Iterator[Countable]:
    """Every plan opened in the period [first, after_last), with what its follow-ups brought until now."""
    moment = now()
    plans = Plan.objects.filter(opened_at__gte=first, opened_at__lt=after_last).order_by("opened_at", "id")
    for plan in plans.prefetch_related("follow_ups__tries", "dangers").iterator(chunk_size=500):
        yield Countable(
            toward=plan.toward,
            body=plan.body,
            own_national=plan.own_national,
            opened_at=plan.opened_at,
            ended_at=plan.ended_at,
            outcome=plan.outcome,
            in_time=None if plan.due_at is None else plan.opened_at <= plan.due_at,
            dangers=len(plan.dangers.all()),
            follow_ups=tuple(_heard(row, list(row.tries.all()), moment) for row in plan.follow_ups.all()),
        )


def _heard(row: FollowUp, tries: list[Try], moment: datetime) -> Heard:
    last = next((one for one in reversed(tries) if one.reached), None)
    state = rules.follow_up_state(row.reached, row.first_due_at, moment)
    if last is None:
        return Heard(row.months, state, "unknown", "unknown", "unknown", "unknown")
    return Heard(row.months, state, last.works, last.safe, last.wants_to_leave, last.where)


def working_after(months: int, plans: Iterable[Countable]) -> rules.Share:
    """How many work so many months after return, how many do not, and of how many that is not known, among all whose day has come."""
    heard = (one for plan in plans for one in plan.follow_ups if one.months == months and one.state != "to_come")
    return rules.share(one.works for one in heard)
