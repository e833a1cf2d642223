"""Who may do what in this room: those who hold the person or are to receive them, their supervisor, and those who watch custody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import rules as predicates
from django.db.models import Exists, OuterRef, Q, QuerySet

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role, serves_other_state
from panah.node.custody.models import Custody, Transfer
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration

if TYPE_CHECKING:
    from panah.node.custody.acts import Apprehend, Join

HOLDING = ("border_officer", "migration_officer", "security_liaison")
WORKING = (*HOLDING, "registrar")
WATCHING = ("ombudsman", "detention_monitor")


def _own(officer: Officer, before: str = "") -> Q:
    """What is of the officer's body, or of the post where no body is named; to a registrar only at the own post."""
    body, post = f"{before}body", f"{before}post"
    at_post = Q(**{body: "", post: officer.post}) if officer.post else Q(pk__in=[])
    of_body = Q(**{body: officer.body}) if officer.body else Q(pk__in=[])
    if officer.roles.isdisjoint({*HOLDING, "supervisor"}):
        of_body = of_body & Q(**{post: officer.post}) if officer.post else Q(pk__in=[])
    return of_body | at_post


def held_by(officer: Officer) -> QuerySet[Custody]:
    """Those whom the officer's body holds or held last."""
    return Custody.objects.filter(_own(officer))


def coming_to(officer: Officer) -> QuerySet[Transfer]:
    """Transfers to the officer's body that nobody confirmed yet."""
    return Transfer.objects.filter(_own(officer, "to_"), confirmed_at=None, taken_back_at=None)


def visible(officer: Officer) -> QuerySet[Custody]:
    """Everybody in custody of whom the officer may know."""
    if serves_other_state(officer) or officer.roles.isdisjoint({*WORKING, "supervisor", *WATCHING}):
        return Custody.objects.none()
    if not officer.roles.isdisjoint(WATCHING):
        return Custody.objects.all()
    return Custody.objects.filter(_own(officer) | Q(Exists(coming_to(officer).filter(custody=OuterRef("pk")))))


@predicates.predicate
def has_place(officer: Officer) -> bool:
    return bool(officer.body or officer.post)


@predicates.predicate
def holds(officer: Officer, row: Custody | None) -> bool:
    """The officer's body holds the person. Without a person the role alone is asked, as menus do."""
    return row is None or held_by(officer).filter(pk=row.pk).exists()


@predicates.predicate
def is_to_receive(officer: Officer, row: Custody | None) -> bool:
    return row is not None and coming_to(officer).filter(custody=row.pk).exists()


@predicates.predicate
def sees(officer: Officer, row: Custody | None) -> bool:
    return row is not None and visible(officer).filter(pk=row.pk).exists()


def may_name(officer: Officer, file: UUID) -> bool:
    """The officer knows the file by office: break-glass is for reading."""
    by_office = registration.visible_files(officer, break_glass=False).filter(pk=file).exists()
    return by_office or referrals.accepted_by(officer, file)


@predicates.predicate
def names_a_known_file(officer: Officer, action: Apprehend | None) -> bool:
    return action is None or action.file is None or may_name(officer, action.file)


@predicates.predicate
def joins_a_known_file(officer: Officer, action: Join | None) -> bool:
    return action is not None and holds.test(officer, action.row) and may_name(officer, action.file)


_works = has_role(*WORKING) & has_place
allow("custody.see", (has_role(*WORKING, "supervisor") & has_place) | has_role(*WATCHING))
allow("custody.read", sees)
allow("custody.record", _works & names_a_known_file)
allow("custody.work", _works & holds)
allow("custody.join", _works & joins_a_known_file)
allow("custody.receive", _works & is_to_receive)
allow("custody.oversee", (has_role("supervisor") & has_place) | has_role(*WATCHING))
# What the person said of their health: those who watch. Escorts and receivers read whether they can travel and what the journey needs.
allow("custody.read_health", has_role(*WATCHING) & sees)
