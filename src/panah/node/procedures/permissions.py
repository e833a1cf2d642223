"""Who may do what in this room."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import rules
from django.db.models import Q

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role
from panah.node.procedures.models import Hearing, Proceeding
from panah.node.procedures.rules import INTERPRETER, WORKED_ON_BY
from panah.node.referrals import service as referrals

if TYPE_CHECKING:
    from panah.node.procedures.acts import OpenProceeding

WORKING = (*(role for role in RECEIVING if role != "consular_officer"), "migration_officer")


@rules.predicate
def leads(officer: Officer, row: Proceeding | None) -> bool:
    """The proceeding is led by the officer's own body and lies in a lane of the officer's roles."""
    if row is None or not officer.body or row.body != officer.body:
        return False
    return not officer.roles.isdisjoint(WORKED_ON_BY[row.procedure])


@rules.predicate
def may_begin(officer: Officer, action: OpenProceeding | None) -> bool:
    """The procedure lies in the officer's lane, and the person was referred to the officer's body, which accepted."""
    if action is None or not officer.body or officer.roles.isdisjoint(WORKED_ON_BY.get(action.procedure, ())):
        return False
    return referrals.accepted_by(officer, action.file)


@rules.predicate
def of_same_body(officer: Officer, row: Proceeding | None) -> bool:
    """A supervisor of the body that leads the proceeding, or another of its officers in the lane."""
    return row is not None and bool(officer.body) and row.body == officer.body


@rules.predicate
def is_detention(officer: Officer, row: Proceeding | None) -> bool:
    """Who monitors places of detention reads why and how long somebody is held, and no other procedure."""
    return row is not None and row.procedure == "detention"


@rules.predicate
def interprets(officer: Officer, hearing: Hearing | None = None) -> bool:
    """The appointment is the officer's own, is still to come about, and was not declined. Asked in general, the role decides."""
    if hearing is None:
        return True
    return (
        hearing.interpreter_account == officer.pk and hearing.held_at is None and hearing.interpreter_says != "declined"
    )


def worked_on(officer: Officer) -> list[str]:
    """The procedures that lie in the officer's lanes."""
    return [code for code, roles in WORKED_ON_BY.items() if not officer.roles.isdisjoint(roles)]


def led_by(officer: Officer) -> Q:
    """The same as `leads`, as a condition for lists."""
    return Q(body=officer.body, procedure__in=worked_on(officer)) if officer.body else Q(pk__in=[])


def works_on(officer: Officer, subject: UUID) -> bool:
    """Whether an open proceeding of the person is led by the officer's body, in a lane of the officer's."""
    return Proceeding.objects.filter(led_by(officer), file=subject, ended_at=None).exists()


allow("procedures.see", has_role(*WORKING, "supervisor"))
allow("procedures.see_one", has_role(*WORKING, "supervisor", "ombudsman", "detention_monitor"))
allow("procedures.open", has_role(*WORKING) & may_begin)
allow("procedures.work", has_role(*WORKING) & leads)
allow("procedures.assign", (has_role(*WORKING) & leads) | (has_role("supervisor") & of_same_body))
# An interpreter sees the appointment and nothing of the file: no other permission of the node names the role.
allow("procedures.interpret", has_role(INTERPRETER) & interprets)
allow("procedures.sign", (has_role(*WORKING) & leads) | (has_role("supervisor") & of_same_body))
allow(
    "procedures.read",
    (has_role(*WORKING) & leads)
    | (has_role("supervisor") & of_same_body)
    | has_role("ombudsman")
    | (has_role("detention_monitor") & is_detention),
)
allow("procedures.see_detained", has_role("supervisor", "ombudsman", "national_coordinator", "detention_monitor"))
allow("procedures.oversee", has_role("supervisor", "ombudsman", "national_coordinator"))
