"""The roles of an installation (domain reference 11.3), each with the kind of installation that it belongs to.

A role opens nothing by itself: each room says in its `permissions.py` which roles may do what, and over whose files.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    _node("interpreter", _("Interpreter")),
    _node("ngo_partner", _("Partner organisation")),
    _node("io_partner", _("International organisation")),
    _node("consular_officer", _("Consular officer")),
    _node("supervisor", _("Supervisor")),
    _node("ombudsman", _("Ombudsman")),
    _node("detention_monitor", _("Monitor of places of detention")),
    _node("dpo", _("Data-protection officer")),
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


_OPERATING = (
    "border_officer",
    "registrar",
    "supervisor",
    *(role for role in RECEIVING if role != "consular_officer"),
)


@dataclass(frozen=True)
class Incompatible:
    """A role that nobody holds beside any of the others, and why."""

    role: str
    others: frozenset[str]
    reason: str | Promise


INCOMPATIBLE: tuple[Incompatible, ...] = (
    Incompatible(
        "consular_officer",
        ROLE_CODES - {"consular_officer"},
        _("Whoever serves another state stands behind the firewall and has no other part in this one."),
    ),
    Incompatible(
        "administrator",
        frozenset({*_OPERATING, "ombudsman"}),
        _("Whoever opens accounts reads no file: they could open every file to themselves."),
    ),
    Incompatible(
        "ombudsman",
        frozenset({*_OPERATING, "administrator", "national_coordinator"}),
        _("Whoever watches from outside does none of the work that is watched."),
    ),
    Incompatible(
        "detention_monitor",
        frozenset({*_OPERATING, "administrator", "national_coordinator"}),
        _("Whoever watches from outside does none of the work that is watched."),
    ),
    Incompatible(
        "dpo",
        frozenset({*_OPERATING, "administrator", "national_coordinator"}),
        _("Whoever examines the record writes no part of it."),
    ),
    Incompatible(
        "auditor",
        frozenset({*_OPERATING, "administrator", "national_coordinator"}),
        _("Whoever examines the record writes no part of it."),
    ),
    Incompatible(
        "interpreter",
        frozenset({*_OPERATING, "ombudsman", "detention_monitor", "national_coordinator", "administrator"}),
        _("Whoever lends their voice to both sides decides on neither, and reads no file."),
    ),
    Incompatible(
        "border_officer",
        frozenset({"asylum_officer", "statelessness_officer"}),
        _("Whoever meets people at the border does not decide on their claims."),
    ),
    Incompatible(
        "security_liaison",
        frozenset(
            {
                "asylum_officer",
                "statelessness_officer",
                "child_officer",
                "nrm_officer",
                "health_officer",
                "social_officer",
                "ngo_partner",
                "io_partner",
            }
        ),
        _("The security lane is apart: what is told to those who help does not reach it."),
    ),
)
"""Which roles one person never holds together (domain reference 11.3; the choice is ours)."""


def conflict(roles: Iterable[str]) -> Incompatible | None:
    """The first line of the table that these roles break; None when they go together."""
    held = frozenset(roles)
    return next((line for line in INCOMPATIBLE if line.role in held and line.others & held), None)


def title_of(code: str) -> str:
    """What a role is called on pages."""
    return next((str(role.title) for role in ROLES if role.code == code), code)


def of_installation(kind: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if kind in role.installations)
