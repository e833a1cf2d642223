"""Who may do what in this room. A centre is of the officers of its body, and of those whose post it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import rules
from django.db.models import Q, QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role
from panah.node.reception.models import Announcement, Centre, Stay
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration

if TYPE_CHECKING:
    from panah.node.reception.acts import MoveIn

PARTNERS = ("ngo_partner", "io_partner")
OWN = tuple(role for role in RECEIVING if role != "consular_officer")


@rules.predicate
def serves_other_state(officer: Officer) -> bool:
    return bool(officer.serves_state) or "consular_officer" in officer.roles


@rules.predicate
def of_centre(officer: Officer, centre: Centre | None) -> bool:
    """The centre is run by the officer's body, or is the officer's post."""
    if centre is None:
        return False
    return (bool(officer.body) and centre.body == officer.body) or (bool(officer.post) and centre.code == officer.post)


def centres_of(officer: Officer) -> QuerySet[Centre]:
    """The same as `of_centre`, as a query; all of them for the ombudsman, none for who serves another state."""
    if serves_other_state.test(officer):
        return Centre.objects.none()
    if "ombudsman" in officer.roles:
        return Centre.objects.all()
    if officer.roles.isdisjoint({"social_officer", "supervisor", *PARTNERS}):
        return Centre.objects.none()
    return Centre.objects.filter(Q(pk__in=[]) | Q(body=officer.body) & ~Q(body="") | Q(code=officer.post) & ~Q(code=""))


def stays_here(officer: Officer, file: UUID) -> bool:
    """Whether the person stays in a centre of the officer's now."""
    return Stay.objects.filter(file=file, ended_at=None, unit__centre__in=centres_of(officer)).exists()


def works_on(officer: Officer, file: UUID) -> bool:
    """Whether the person stays in a centre where the officer works as a social officer."""
    return "social_officer" in officer.roles and stays_here(officer, file)


def may_be_received(officer: Officer, file: UUID) -> bool:
    """Whether the person is one for the officer's centres: stays there, is expected there, was referred to the officer's body,
    which accepted, or was registered at the officer's post."""
    if stays_here(officer, file) or referrals.accepted_by(officer, file):
        return True
    if Announcement.objects.filter(file=file, ended_at=None, centre__in=centres_of(officer)).exists():
        return True
    return bool(officer.post) and registration.PersonFile.objects.filter(pk=file, place=officer.post).exists()


@rules.predicate
def may_place(officer: Officer, action: MoveIn | None) -> bool:
    """The unit is in a centre of the officer's, and the person one whom that centre may receive."""
    return action is not None and of_centre.test(officer, action.room.centre) and may_be_received(officer, action.file)


@rules.predicate
def concerns(officer: Officer, file: Any) -> bool:
    """The file, by its id, is of a person whom the officer's centres may receive."""
    return isinstance(file, UUID) and may_be_received(officer, file)


@rules.predicate
def of_person_s_centre(officer: Officer, file: Any) -> bool:
    return isinstance(file, UUID) and stays_here(officer, file)


@rules.predicate
def at_its_post(officer: Officer, file: Any = None) -> bool:
    """The person's file was opened at the officer's own post. In general: the officer has a post."""
    return bool(officer.post) and (file is None or file.place == officer.post)


@rules.predicate
def has_body(officer: Officer) -> bool:
    return bool(officer.body)


_lead = has_role("social_officer") & ~serves_other_state
_sees_all = has_role("ombudsman") & ~serves_other_state

allow("reception.see", has_role("social_officer", "supervisor", "ombudsman", *PARTNERS) & ~serves_other_state)
allow("reception.oversee", has_role("social_officer", "supervisor", "ombudsman") & ~serves_other_state)
allow("reception.lead", _lead & of_centre)
allow("reception.read", (has_role("social_officer", "supervisor") & ~serves_other_state & of_centre) | _sees_all)
allow("reception.place", _lead & may_place)
allow("reception.receive", _lead & concerns)
allow("reception.read_person", (_lead & concerns) | (has_role("supervisor") & of_person_s_centre) | _sees_all)
allow("reception.hand_out", has_role("social_officer", *PARTNERS) & ~serves_other_state & of_centre)
allow("reception.open_centre", has_role("social_officer", "supervisor") & has_body & ~serves_other_state)
allow(
    "reception.see_room",
    has_role("border_officer", "registrar", "supervisor", "ombudsman", "national_coordinator", *OWN)
    & ~serves_other_state,
)
allow("reception.ask_place", has_role("border_officer", "registrar") & at_its_post & ~serves_other_state)
allow("reception.see_emergency", has_role("national_coordinator", "ombudsman") & ~serves_other_state)
allow("reception.say_room", has_role("supervisor", *OWN) & has_body & ~serves_other_state)
