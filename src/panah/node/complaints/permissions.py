"""Who may do what in this room. Whoever a complaint is against, their body and their post find nothing of it, whatever they hold."""

from __future__ import annotations

from typing import Any

import rules as predicates
from django.db.models import Q, QuerySet

from panah.foundation.access import service as access
from panah.foundation.access.models import Officer
from panah.foundation.access.roles import RECEIVING
from panah.foundation.access.service import allow, has_role
from panah.node.complaints import rules
from panah.node.complaints.models import Complaint, Concerned

LEADING = {"ombudsman": "ombudsman", "coordinator": "national_coordinator", "monitor": "detention_monitor"}
"""The office that leads, and the role of its officers, in the order in which a complaint falls to the next where it is against all of one."""
OFFICES = {office: f"office:{office}" for office in LEADING}
"""By what a complaint names a leading office itself, where else the code of a body stands."""
PROTECTION = ("child_officer", "nrm_officer")
"""Told at once where somebody is in danger; they read, so that they can help, and decide nothing."""
READING = ("ombudsman", "national_coordinator", "detention_monitor", "supervisor", *PROTECTION)
AT_WORK = (
    "border_officer",
    "registrar",
    "supervisor",
    "ombudsman",
    "national_coordinator",
    *(role for role in RECEIVING if role != "consular_officer"),
)


def about(officer: Officer) -> QuerySet[Concerned]:
    """What says that a complaint is against the officer, their body in any province, their post, or the leading office that is theirs."""
    against = Q(officer=officer.pk)
    if officer.body:
        against |= Q(body=rules.base(officer.body))
    if officer.post:
        against |= Q(post=officer.post)
    offices = [OFFICES[office] for office, role in LEADING.items() if role in officer.roles]
    if offices:
        against |= Q(body__in=offices)
    return Concerned.objects.filter(against)


def visible(officer: Officer) -> QuerySet[Complaint]:
    """The complaints that the officer may read."""
    if not officer.is_active or access.serves_other_state(officer) or officer.roles.isdisjoint(READING):
        return Complaint.objects.none()
    own = Q(assigned_to=officer.pk)
    for office, role in LEADING.items():
        if role in officer.roles:
            own |= Q(office=office)
    if "national_coordinator" in officer.roles:
        own |= Q(raised=True) & ~Q(kind__in=rules.RESTRICTED)
    if not officer.roles.isdisjoint(PROTECTION):
        own |= Q(danger=True, state__in=rules.OPEN)
    return Complaint.objects.filter(own).exclude(pk__in=about(officer).values("complaint"))


def against(officer: Officer) -> QuerySet[Complaint]:
    """The complaints against the officer, their body or their post, of whose very existence they must not learn."""
    return Complaint.objects.filter(pk__in=about(officer).values("complaint"))


@predicates.predicate
def sees(officer: Officer, row: Any = None) -> bool:
    return isinstance(row, Complaint) and visible(officer).filter(pk=row.pk).exists()


@predicates.predicate
def leads(officer: Officer, row: Any = None) -> bool:
    """The officer's office leads it; one that was raised for silence is led by those above as well."""
    if not isinstance(row, Complaint):
        return False
    above = row.raised and row.kind not in rules.RESTRICTED and "national_coordinator" in officer.roles
    return above or LEADING[row.office] in officer.roles


@predicates.predicate
def has_it(officer: Officer, row: Any = None) -> bool:
    return isinstance(row, Complaint) and row.assigned_to == officer.pk


def may_get(officer: Officer, row: Complaint) -> bool:
    """Whether it may be given to this officer: of the leading office or a supervisor, not concerned by it, nor colleague at the
    body whose officers work at the post that it is against."""
    if not officer.is_active or access.serves_other_state(officer):
        return False
    if officer.roles.isdisjoint({LEADING[row.office], "supervisor"}) or about(officer).filter(complaint=row).exists():
        return False
    posts = list(row.concerned.exclude(post="").values_list("post", flat=True))
    bodies = {
        rules.base(body) for body in Officer.objects.filter(post__in=posts).values_list("body", flat=True) if body
    }
    return not officer.body or rules.base(officer.body) not in bodies


allow("complaints.see", has_role(*READING))
allow("complaints.read", sees)
allow("complaints.work", sees & (leads | has_it))
allow("complaints.lead", sees & leads)
allow("complaints.enter", has_role(*AT_WORK))
