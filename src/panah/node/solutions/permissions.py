"""Who may do what in this room: a plan is of the body that leads it, in the lanes of what it goes toward."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import rules as predicates
from django.db.models import Q, QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role
from panah.node.referrals import service as referrals
from panah.node.solutions.models import Plan
from panah.node.solutions.rules import WORKED_ON_BY, WORKING

if TYPE_CHECKING:
    from panah.node.solutions.acts import OpenPlan


@predicates.predicate
def leads(officer: Officer, row: Plan | None) -> bool:
    """The plan is led by the officer's own body and lies in a lane of the officer's roles."""
    if row is None or not officer.body or row.body != officer.body:
        return False
    return not officer.roles.isdisjoint(WORKED_ON_BY[row.toward])


@predicates.predicate
def may_begin(officer: Officer, action: OpenPlan | None) -> bool:
    """The plan lies in the officer's lane, and the person was referred to the officer's body, which accepted."""
    if action is None or not officer.body or officer.roles.isdisjoint(WORKED_ON_BY[action.toward]):
        return False
    return referrals.accepted_by(officer, action.file)


@predicates.predicate
def of_same_body(officer: Officer, row: Plan | None) -> bool:
    return row is not None and bool(officer.body) and row.body == officer.body


def led_by(officer: Officer) -> Q:
    """The same as `leads`, as a condition for lists."""
    lanes = [toward for toward, roles in WORKED_ON_BY.items() if not officer.roles.isdisjoint(roles)]
    return Q(body=officer.body, toward__in=lanes) & ~Q(body="")


def readable(officer: Officer) -> QuerySet[Plan]:
    """The plans that the officer reads: those of the lanes, for a supervisor those of the body, for the ombudsman all."""
    if "ombudsman" in officer.roles:
        return Plan.objects.all()
    if "supervisor" in officer.roles and officer.body:
        return Plan.objects.filter(body=officer.body)
    return Plan.objects.filter(led_by(officer))


def works_on(officer: Officer, subject: UUID) -> bool:
    """Whether an open plan of the person is led by the officer's body, in a lane of the officer's."""
    return Plan.objects.filter(led_by(officer), file=subject, ended_at=None).exists()


_overseen = (has_role("supervisor") & of_same_body) | has_role("ombudsman")

allow("solutions.see", has_role(*WORKING, "supervisor", "ombudsman"))
allow("solutions.open", has_role(*WORKING) & may_begin)
allow("solutions.work", has_role(*WORKING) & leads)
allow("solutions.read", (has_role(*WORKING) & leads) | _overseen)
allow("solutions.oversee", has_role("supervisor", "ombudsman", "national_coordinator"))
