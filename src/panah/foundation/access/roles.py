"""The roles of an installation (domain reference 11.3), each with the kind of installation that it belongs to.

A role opens nothing by itself: each room says in its `permissions.py` which roles may do what, and over whose files.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    code: str
    title: str | Promise
    installations: frozenset[str]


def _node(code: str, title: str | Promise) -> Role:
    return Role(code, title, frozenset({"node"}))


def _hub(code: str, title: str | Promise) -> Role:
    return Role(code, title, frozenset({"hub"}))


def _both(code: str, title: str | Promise) -> Role:
    return Role(code, title, frozenset({"node", "hub"}))


ROLES: tuple[Role, ...] = (
    _node("border_officer", _("Border officer")),
    _node("registrar", _("Registrar")),
    _node("asylum_officer", _("Asylum officer")),
    _node("child_officer", _("Child-protection officer")),
    _node("nrm_officer", _("Anti-trafficking officer")),
    _node("statelessness_officer", _("Statelessness officer")),
    _node("migration_officer", _("Migration officer")),
    _node("labour_officer", _("Labour officer")),
    _node("health_officer", _("Health officer")),
    _node("social_officer", _("Social-protection officer")),
    _node("security_liaison", _("Security liaison")),
    _node("ngo_partner", _("Partner organisation")),
    _node("io_partner", _("International organisation")),
    _node("consular_officer", _("Consular officer")),
    _node("supervisor", _("Supervisor")),
    _node("ombudsman", _("Ombudsman")),
    _both("national_coordinator", _("National coordinator")),
    _both("statistician", _("Statistician")),
    _both("administrator", _("Administrator of accounts")),
    _both("auditor", _("Auditor")),
    _hub("secretariat", _("Secretariat")),
    _hub("senior_official", _("Senior official")),
    _hub("observer", _("Observer")),
)

ROLE_CODES = frozenset(role.code for role in ROLES)

# The roles of the bodies that receive referrals and work on them.
RECEIVING = (
    "asylum_officer",
    "child_officer",
    "nrm_officer",
    "statelessness_officer",
    "migration_officer",
    "labour_officer",
    "health_officer",
    "social_officer",
    "security_liaison",
    "ngo_partner",
    "io_partner",
    "consular_officer",
)


def of_installation(kind: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if kind in role.installations)
