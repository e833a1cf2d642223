"""Proposals for a request: which files of the node are perhaps of the person sought. Reading only.

Both ways: files that are like the person sought, and people who themselves seek somebody like the seeker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from panah.cores.identity.likeness import Likeness, compare
from panah.node.families import people, rules
from panah.node.families.models import Request
from panah.node.registration import service as registration

PRIOR = -3.0
"""Log odds before two people are compared whom an index brought up, as in registration's search."""
LOOK_EVERY = timedelta(days=1)
MOST_SEEKING = 50


@dataclass(frozen=True)
class Proposal:
    file: UUID
    score: float
    reasons: list[dict[str, Any]]


def waiting(moment: datetime) -> QuerySet[Request]:
    """Open requests that were not compared for a day, longest ago first."""
    due = Q(looked_at=None) | Q(looked_at__lt=moment - LOOK_EVERY)
    return Request.objects.filter(due, closed_at=None).order_by(F("looked_at").asc(nulls_first=True), "pk")


def proposals(request: Request, roles: Iterable[str]) -> list[Proposal]:
    """The likeliest first. Nobody between whom and the seeker a wish or a fear stands, and nobody of the family that came along."""
    sought = people.sought_in(request)
    if not sought.names:
        return []
    found: dict[UUID, Likeness] = {
        file.pk: likeness for file, likeness in registration.likely(sought, without=request.file) if _can_be(file)
    }
    seeking = _seeking(request)
    for file in seeking:
        if file not in found:
            row = registration.file_by_id(file)
            if _can_be(row):
                found[file] = compare(sought, registration.traits(row), prior=PRIOR)
    near, roles = people.came_with(request.file), frozenset(roles)
    judged = [
        Proposal(
            file,
            rules.together(likeness.score, seeking.get(file, 0.0)),
            rules.reasons_of(likeness, seeks_back=file in seeking),
        )
        for file, likeness in found.items()
        if file not in near
    ]
    likely = [one for one in judged if one.score >= rules.PROPOSED_FROM]
    return sorted(
        (
            one
            for one in likely
            if not people.withheld(request.file, one.file) and people.may_be_proposed(one.file, roles)
        ),
        key=lambda one: (-one.score, str(one.file)),
    )


def _can_be(file: registration.PersonFile) -> bool:
    return file.closing_reason not in ("opened_twice", "opened_in_error")


def _seeking(request: Request) -> dict[UUID, float]:
    """People with open requests whose description fits the seeker, and how well."""
    seeker = registration.traits(registration.file_by_id(request.file))
    rows = Request.objects.filter(keys__key__in=people.keys_of(seeker), closed_at=None).exclude(file=request.file)
    found: dict[UUID, float] = {}
    for row in rows.distinct().order_by("pk")[:MOST_SEEKING]:
        score = compare(people.sought_in(row), seeker, prior=PRIOR).score
        if score >= rules.PROPOSED_FROM:
            found[row.file] = max(score, found.get(row.file, 0.0))
    return found
