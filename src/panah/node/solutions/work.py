"""How a body helps people to what lasts: figures of the body's work, of no person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from panah.node.solutions.models import Danger, FollowUp, Plan, Try


@dataclass
class Lasting:
    """The plans toward one solution that a body opened in a period, and those that are open there now.

    `asked` counts the follow-ups whose first day came in the period, tried or not; `reached`, `safe` and `works` are those of them at
    which the person was reached, and last said that they are safe, or work. All others are not known, and no success.
    """

    toward: str
    opened: int = 0
    asked: int = 0
    reached: int = 0
    safe: int = 0
    works: int = 0
    dangers: int = 0
    pending: int = 0
    oldest: datetime | None = None


def lasting(body: str, first: datetime, after_last: datetime, now: datetime) -> list[Lasting]:
    """By what the plans go toward, in four queries."""
    found: defaultdict[str, Lasting] = defaultdict(lambda: Lasting(""))
    plans = Plan.objects.filter(body=body).order_by().values("toward")
    for row in plans.filter(opened_at__gte=first, opened_at__lt=after_last).annotate(n=Count("pk")):
        found[row["toward"]].opened = row["n"]
    for row in plans.filter(ended_at=None).annotate(n=Count("pk"), oldest=Min("opened_at")):
        found[row["toward"]].pending, found[row["toward"]].oldest = row["n"], row["oldest"]
    last = Try.objects.filter(follow_up=OuterRef("pk"), reached=True).order_by("-at", "-id")
    due = FollowUp.objects.filter(plan__body=body, first_due_at__gte=first, first_due_at__lt=min(after_last, now))
    heard = due.annotate(safe=Subquery(last.values("safe")[:1]), works=Subquery(last.values("works")[:1]))
    counted = heard.order_by().values(toward=F("plan__toward")).annotate(
        n=Count("pk"),
        reached=Count("pk", filter=Q(reached=True)),
        safe_yes=Count("pk", filter=Q(safe="yes")),
        works_yes=Count("pk", filter=Q(works="yes")),
    )  # fmt: skip
    for row in counted:
        one = found[row["toward"]]
        one.asked, one.reached, one.safe, one.works = row["n"], row["reached"], row["safe_yes"], row["works_yes"]
    told = Danger.objects.filter(plan__body=body, at__gte=first, at__lt=after_last).order_by()
    for row in told.values(toward=F("plan__toward")).annotate(n=Count("pk")):
        found[row["toward"]].dangers = row["n"]
    for toward, one in found.items():
        one.toward = toward
    return sorted(found.values(), key=lambda one: one.toward)
