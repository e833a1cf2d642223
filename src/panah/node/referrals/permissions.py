"""Who may do what in this room."""

from __future__ import annotations

from uuid import UUID

import rules
from django.db.models import Q

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role, serves_other_state
from panah.foundation.door.service import Harm
from panah.node.referrals.models import Referral
from panah.node.referrals.rules import LANES
from panah.node.safeguards import service as safeguards

CONSULATE = "own_consulate"


@rules.predicate
def receives(officer: Officer, referral: Referral | None) -> bool:
    """The referral is addressed to the officer's own body, and lies in a lane of the officer's roles."""
    if referral is None or not officer.body or referral.body != officer.body:
        return False
    if referral.serves_state and referral.serves_state != officer.serves_state:
        return False
    if (
        referral.to == CONSULATE
        and safeguards.held_against(Harm.CONSULAR_NOTICE).filter(subject=referral.file).exists()
    ):
        return False  # a hold that was placed after it was sent
    return _own_lane(officer, referral)


def _own_lane(officer: Officer, referral: Referral) -> bool:
    if serves_other_state(officer) and referral.to != CONSULATE:
        return False
    return not officer.roles.isdisjoint(LANES[referral.to])


def in_lane_of(officer: Officer) -> Q:
    """The same as `receives`, as a condition for lists."""
    foreign = serves_other_state(officer)
    lanes = [
        to for to, roles in LANES.items() if not officer.roles.isdisjoint(roles) and (to == CONSULATE or not foreign)
    ]
    mine = Q(body=officer.body, to__in=lanes, serves_state__in=["", officer.serves_state]) & ~Q(body="")
    return (
        mine & ~Q(to=CONSULATE, file__in=safeguards.held_against(Harm.CONSULAR_NOTICE)) if CONSULATE in lanes else mine
    )


def works_on(officer: Officer, subject: UUID) -> bool:
    """Whether an accepted referral of the person lies with the officer's body, in a lane of the officer's."""
    return Referral.objects.filter(in_lane_of(officer), file=subject, status=Referral.Status.ACCEPTED).exists()


@rules.predicate
def at_its_post(officer: Officer, file: object) -> bool:
    """The person's file was opened at the officer's own post."""
    return file is not None and bool(officer.post) and getattr(file, "place", None) == officer.post


allow("referrals.send", has_role("border_officer", "registrar") & at_its_post)
allow("referrals.see_sent", has_role("border_officer", "registrar"))
allow("referrals.keep_keys", has_role("administrator", "supervisor"))
allow("referrals.see_queue", has_role(*RECEIVING), other_state=True)
allow("referrals.work", has_role(*RECEIVING) & receives, other_state=True)
allow("referrals.oversee", has_role("supervisor", "ombudsman", "national_coordinator"))
