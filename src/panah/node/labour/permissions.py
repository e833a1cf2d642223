"""Who may do what in this room: a record is of the labour office that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import rules as predicates
from django.db.models import Q, QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role
from panah.node.labour.models import WorkRecord
from panah.node.labour.rules import WORKING
from panah.node.referrals import service as referrals

if TYPE_CHECKING:
    from panah.node.labour.acts import OpenRecord


@predicates.predicate
def keeps(officer: Officer, row: WorkRecord | None) -> bool:
    """The record is of the officer's own body."""
    return row is not None and bool(officer.body) and row.body == officer.body


@predicates.predicate
def may_begin(officer: Officer, action: OpenRecord | None) -> bool:
    """The person was referred to the officer's body in a lane of the officer's, and it accepted."""
    return action is not None and bool(officer.body) and referrals.accepted_by(officer, action.file)


def kept_by(officer: Officer) -> Q:
    """The same as `keeps` for who works on records, as a condition for lists."""
    return Q(body=officer.body) & ~Q(body="")


def readable(officer: Officer) -> QuerySet[WorkRecord]:
    """The records that the officer reads: those of the own body for labour officers and its supervisor, all for the ombudsman."""
    if "ombudsman" in officer.roles:
        return WorkRecord.objects.all()
    if officer.roles.isdisjoint((*WORKING, "supervisor")):
        return WorkRecord.objects.none()
    return WorkRecord.objects.filter(kept_by(officer))


def works_on(officer: Officer, subject: UUID) -> bool:
    """Whether the officer's labour office keeps an open record of the person."""
    if officer.roles.isdisjoint(WORKING):
        return False
    return WorkRecord.objects.filter(kept_by(officer), file=subject, ended_at=None).exists()


allow("labour.see", has_role(*WORKING, "supervisor", "ombudsman"))
allow("labour.open", has_role(*WORKING) & may_begin)
allow("labour.work", has_role(*WORKING) & keeps)
allow("labour.read", (has_role(*WORKING, "supervisor") & keeps) | has_role("ombudsman"))
