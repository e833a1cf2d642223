"""Who may do what in this room. A request is of the body that opened it; proposals are of one named officer, and of no role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import rules
from django.db.models import QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role, may, serves_other_state
from panah.node.families.models import Request, Reunification
from panah.node.procedures import service as procedures
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration

LEADING = ("child_officer", "social_officer", "asylum_officer")
PARTNERS = ("ngo_partner", "io_partner")
WORKING = (*LEADING, *PARTNERS)


def serves(officer: Officer, file: UUID) -> bool:
    """Whether the officer's body works on the person's case in a lane of this room."""
    if not officer.body or serves_other_state(officer):
        return False
    if not officer.roles.isdisjoint({"child_officer", "asylum_officer"}) and (
        referrals.accepted_by(officer, file) or procedures.led(officer).filter(file=file, ended_at=None).exists()
    ):
        return True
    if "social_officer" in officer.roles and may(officer, "reception.receive", file):
        return True
    return not officer.roles.isdisjoint(PARTNERS) and (
        referrals.of_file(file).filter(to="family_tracing", body=officer.body, status="accepted").exists()
    )


def requests_of(officer: Officer) -> QuerySet[Request]:
    """The requests that the officer may read: those of the own body; all of them for the ombudsman."""
    if serves_other_state(officer):
        return Request.objects.none()
    if "ombudsman" in officer.roles:
        return Request.objects.all()
    if officer.roles.isdisjoint({*WORKING, "supervisor"}) or not officer.body:
        return Request.objects.none()
    return Request.objects.filter(body=officer.body)


def reunifications_of(officer: Officer) -> QuerySet[Reunification]:
    """The same for the ways together."""
    if "ombudsman" in officer.roles and not serves_other_state(officer):
        return Reunification.objects.all()
    if officer.roles.isdisjoint({*WORKING, "supervisor"}) or not officer.body or serves_other_state(officer):
        return Reunification.objects.none()
    return Reunification.objects.filter(body=officer.body)


@rules.predicate
def serves_person(officer: Officer, file: Any) -> bool:
    return isinstance(file, UUID) and serves(officer, file)


@rules.predicate
def of_body(officer: Officer, row: Request | Reunification | None) -> bool:
    return row is not None and bool(officer.body) and row.body == officer.body


@rules.predicate
def is_tracer(officer: Officer, row: Request | None) -> bool:
    """The one officer who may know both sides."""
    return row is not None and row.tracer == officer.pk


@rules.predicate
def serves_a_member(officer: Officer, row: Reunification | None) -> bool:
    return row is not None and any(serves(officer, member.file) for member in row.members.all())


@rules.predicate
def oversees_person(officer: Officer, file: Any) -> bool:
    """A supervisor of the post where the file was opened, or of a body that seeks somebody for the person."""
    if not isinstance(file, UUID):
        return False
    at_post = bool(officer.post) and registration.PersonFile.objects.filter(pk=file, place=officer.post).exists()
    return at_post or (bool(officer.body) and Request.objects.filter(file=file, body=officer.body).exists())


_works = has_role(*WORKING)
_supervises = has_role("supervisor")
_sees_all = has_role("ombudsman")

allow("families.see", has_role(*WORKING, "supervisor", "ombudsman"))
allow("families.serve", _works & serves_person)
allow("families.work", _works & of_body)
allow("families.trace", _works & of_body & is_tracer)
allow("families.hand_over", (_works & of_body & is_tracer) | (_supervises & of_body))
allow("families.read", ((_works | _supervises) & of_body) | _sees_all)
allow("families.read_person", (_works & serves_person) | (_supervises & oversees_person) | _sees_all)
allow("families.unite", _works & (of_body | serves_a_member))
allow("families.read_union", (_works & (of_body | serves_a_member)) | (_supervises & of_body) | _sees_all)
allow("families.oversee", has_role("supervisor", "ombudsman"))
