"""Pure rules of referral: who may receive, how to decline, how it ends, when silence is reported and to whom.

Codes and times are those of domain reference 11.1 (design, to be overridden by a pack where the law says otherwise).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# Why a body may decline. NOT_COMPETENT must name who is; INCOMPLETE gives the sender 48 hours and never sends the person back;
# CAPACITY is reported upwards at once.
DECLINE_CODES = ("NOT_COMPETENT", "INCOMPLETE", "CAPACITY", "DUPLICATE", "PERSON_DECLINED")

# Which roles work on which kind of referral: need to know, by lane.
LANES: Mapping[str, tuple[str, ...]] = {
    "asylum_authority": ("asylum_officer",),
    "statelessness_authority": ("statelessness_officer",),
    "migration_authority": ("migration_officer", "statelessness_officer", "social_officer"),
    "anti_trafficking_unit": ("nrm_officer",),
    "victim_assistance": ("nrm_officer", "ngo_partner"),
    "child_protection": ("child_officer",),
    "health_service": ("health_officer",),
    "psychosocial_support": ("health_officer", "ngo_partner"),
    "social_protection": ("social_officer",),
    "labour_authority": ("labour_officer",),
    "labour_inspection": ("labour_officer",),
    "own_consulate": ("consular_officer",),
    "civil_registry": ("statelessness_officer",),
    "security_service": ("security_liaison",),
    "legal_aid": ("ngo_partner",),
    "reception_centre": ("social_officer",),
    "ethnic_return_authority": ("labour_officer",),
    "family_tracing": ("ngo_partner", "io_partner"),
    "unhcr": ("io_partner",),
    "iom": ("io_partner",),
}

# The lanes that protect a person. A security referral goes out beside them, never before or instead of them.
PROTECTION_LANES = frozenset(
    {"asylum_authority", "statelessness_authority", "anti_trafficking_unit", "victim_assistance", "child_protection"}
)

# Where a bed or an hour of somebody's time is what is needed: there a body with room is proposed before a full one. Elsewhere the law says who
# is competent, and has no "unless full" (docs/decisions/0077).
PLACES_MATTER = frozenset(
    {"victim_assistance", "health_service", "psychosocial_support", "legal_aid", "reception_centre", "family_tracing"}
)

# Why a full body is chosen while another has room.
CHOSEN_FOR = ("law", "wish", "family", "skill", "near", "promised", "no_other")

# What is missing is added within 48 hours, and the person is not sent back meanwhile (domain reference 11.1).
CURE_TERM = timedelta(hours=48)

# A body that is named as competent gets the person in one step, but for those whom only a confirmed profile may name.
NOT_BY_NAMING = frozenset({"own_consulate", "security_service"})

# Who stands beside the person and is told at the third step that another body is silent.
PARTNERS = ("unhcr", "legal_aid")

_ASYLUM = (
    "registered",
    "recognised",
    "complementary",
    "temporary",
    "rejected_final",
    "withdrawn_free",
    "resettled",
    "opened_elsewhere",
)
_CHILD = ("family_reunited", "alternative_care", "asylum_lane", "best_interests_solution")
_TRAFFICKING = ("identified", "not_identified_still_served", "safe_return", "residence", "compensation")
_STATELESS = ("stateless_status", "citizenship_confirmed", "nationality_of_safe_state", "naturalised")
_MIGRATION = ("other_lane", "regularised", "voluntary_return", "witness")
_SERVICE = ("needs_met", "ongoing", "declined_by_person")
_LABOUR = ("employed", "regularised", "alternative_destination", "returned", "remedy_obtained")
_SECURITY = ("cleared", "to_exclusion_unit", "criminal_procedure")

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "asylum_authority": _ASYLUM,
    "statelessness_authority": _STATELESS,
    "migration_authority": _MIGRATION,
    "anti_trafficking_unit": _TRAFFICKING,
    "victim_assistance": _TRAFFICKING + _SERVICE,
    "child_protection": _CHILD,
    "labour_authority": _LABOUR,
    "labour_inspection": _LABOUR,
    "civil_registry": _STATELESS,
    "security_service": _SECURITY,
    "unhcr": _ASYLUM + _STATELESS + _SERVICE,
}


def outcomes(to: str) -> tuple[str, ...]:
    """How a referral of this kind can end. Every kind can end in a service given or declined."""
    return OUTCOMES.get(to, _SERVICE)


@dataclass(frozen=True)
class Escalation:
    """Word of silence that is due: the level reached, and the roles that must hear of it."""

    level: int
    roles: tuple[str, ...]
    in_body: bool


_STEPS = (
    Escalation(1, ("supervisor",), in_body=True),
    Escalation(2, ("national_coordinator",), in_body=False),
    Escalation(3, ("ombudsman",), in_body=False),
)

# The third step is for those for whom silence is most dangerous (asylum, children, trafficking).
_REACHES_OMBUDSMAN = frozenset({"asylum_authority", "child_protection", "anti_trafficking_unit", "victim_assistance"})


def silence(to: str, sent_at: datetime, due_at: datetime, already: int, now: datetime) -> tuple[Escalation, ...]:
    """The escalations that an unanswered referral has earned by now and that were not made yet: at one, two and three times the term."""
    term = due_at - sent_at
    earned = (
        step
        for step in _STEPS
        if step.level > already and now >= sent_at + step.level * term and (step.level < 3 or to in _REACHES_OMBUDSMAN)
    )
    return tuple(earned)


def protection_first(to: str, lines: Iterable[str], sent: Iterable[str]) -> frozenset[str]:
    """The protection lanes that must have been sent before a referral to `to` may go: all of them, when `to` is the security lane."""
    return (PROTECTION_LANES & frozenset(lines)) - frozenset(sent) if to == "security_service" else frozenset()
