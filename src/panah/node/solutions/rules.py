"""Pure rules of plans: who works on which, the scale, how a plan may end, what a return asks for, when to remind, what may be counted.

Outcome codes are those of the rows RET, LMW, ASY and STL of domain reference 11.1; the months of follow-up are parameters of the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

RETURN: Final = "voluntary_return"

# Need to know: which roles of the body that leads a plan work on it.
WORKED_ON_BY: Final[Mapping[str, tuple[str, ...]]] = {
    RETURN: ("io_partner", "ngo_partner", "social_officer", "asylum_officer", "child_officer", "nrm_officer"),
    "reintegration": ("labour_officer", "social_officer", "io_partner", "ngo_partner", "child_officer", "nrm_officer"),
    "local_integration": (
        "social_officer", "labour_officer", "io_partner", "ngo_partner", "asylum_officer", "statelessness_officer", "child_officer",
    ),
    "regularisation": ("labour_officer", "migration_officer", "statelessness_officer", "ngo_partner"),
    "ethnic_return": ("labour_officer", "migration_officer", "social_officer"),
    "resettlement": ("io_partner", "asylum_officer", "child_officer"),
}  # fmt: skip
WORKING: Final = tuple(sorted({role for roles in WORKED_ON_BY.values() for role in roles}))

# Who decides on removal, or carries it out, counsels nobody on return (G10).
ENFORCING_ROLES: Final = frozenset({"border_officer", "migration_officer", "security_liaison", "consular_officer"})
ENFORCING_PROCEDURES: Final = ("removal", "readmission", "detention")

AREAS: Final = (
    "documents", "housing", "work", "skills", "school", "health", "social_protection", "family", "debt", "safety", "community",
)  # fmt: skip
# Restricted (domain reference 3.2): the lane of violence and mind, and with the person's consent those to whom the sharing matrix lets it go.
_HEALTH_LANE: Final = frozenset({"health_officer", "asylum_officer", "child_officer", "nrm_officer", "ombudsman"})
_HEALTH_WITH_CONSENT: Final = frozenset({"io_partner", "ngo_partner", "social_officer"})

UNKNOWN: Final = 0
LEVELS: Final = (0, 1, 2, 3, 4)
STANDS: Final = 3  # from here on a person manages in that area, with little help or none

_WORK = ("employed", "regularised", "alternative_destination", "returned")
OUTCOMES: Final[Mapping[str, tuple[str, ...]]] = {
    RETURN: ("reintegrated", "re_migrated_regular", "left_again", "changed_mind", "support_ended"),
    "reintegration": ("reintegrated", "re_migrated_regular", "left_again", "employed", "alternative_destination", "support_ended"),
    "local_integration": ("naturalised", *_WORK, "support_ended"),
    "regularisation": (*_WORK, "support_ended"),
    "ethnic_return": ("naturalised", "citizenship_confirmed", "employed", "support_ended"),
    "resettlement": ("resettled", "alternative_destination", "changed_mind", "support_ended"),
}  # fmt: skip

# By which name of the pack each follow-up falls due.
FOLLOW_UPS: Final[Mapping[int, str]] = {
    1: "return_home/follow_up_first",
    2: "return_home/follow_up_second",
    3: "return_home/follow_up_third",
}
TRIES: Final = "return_home/follow_up_tries"

# To whom a danger is told, beside the ombudsman. A national of the state is no asylum-seeker in it.
LANES_OF_DANGER: Final = ("asylum_authority", "unhcr")
LANES_OF_DANGER_OF_OWN: Final = ("legal_aid", "iom")
LANE_OF_CHILD: Final = "child_protection"
ROLE_OF_LANE: Final = {
    "asylum_authority": "asylum_officer", "unhcr": "io_partner", "iom": "io_partner", "legal_aid": "ngo_partner",
    LANE_OF_CHILD: "child_officer",
}  # fmt: skip


def may_see_health(roles: Iterable[str], consent: str) -> bool:
    """Whether what concerns health is for these roles: those of its lane, and with the person's yes those who help."""
    held = frozenset(roles)
    return bool(held & _HEALTH_LANE) or (consent == "yes" and bool(held & _HEALTH_WITH_CONSENT))


def areas_for(roles: Iterable[str], consent: str) -> tuple[str, ...]:
    """The areas of a plan that these roles ask about and read."""
    return AREAS if may_see_health(roles, consent) else tuple(area for area in AREAS if area != "health")


@dataclass(frozen=True)
class Stand:
    """Where a person stood in an area on a day, as they said."""

    area: str
    level: int
    on: date


@dataclass(frozen=True)
class Round:
    """The picture on one day: the last word on each area until then. What was never asked, or not answered, is in no count."""

    on: date
    levels: Mapping[str, int]

    @property
    def known(self) -> int:
        return sum(level != UNKNOWN for level in self.levels.values())

    @property
    def stands(self) -> int:
        return sum(level >= STANDS for level in self.levels.values())


def rounds(said: Iterable[Stand], areas: Iterable[str]) -> tuple[Round, ...]:
    """The picture on each day on which somebody asked, oldest first."""
    wanted, words = frozenset(areas), sorted(said, key=lambda one: one.on)
    found: dict[date, dict[str, int]] = {}
    standing: dict[str, int] = {}
    for one in words:
        if one.area in wanted:
            standing[one.area] = one.level
            found[one.on] = dict(standing)
    return tuple(Round(on, levels) for on, levels in found.items())


def follow_up_state(reached: bool | None, due_at: datetime, now: datetime) -> str:
    """`reached`, `not_reached`, `due` or `to_come`. Only who was reached was reached: all else is not known."""
    if reached is not None:
        return "reached" if reached else "not_reached"
    return "due" if due_at <= now else "to_come"


def reminder_due(started: datetime, due_at: datetime, told: int, now: datetime) -> int:
    """The word on a follow-up that is due and was not given: 80 percent of the time to the officer, 100 to the supervisor too; else 0."""
    gone = 100 if due_at <= started else 100 * (now - started) / (due_at - started)
    reached = 100 if now >= due_at else 80 if gone >= 80 else 0
    return reached if reached > told else 0


@dataclass(frozen=True)
class Closing:
    """What bears on whether a plan may be closed."""

    toward: str
    outcome: str
    overdue: int
    dangers: int
    departed: bool
    returned: bool  # by the acts of a free return, in a plan of its own
    last_safe: str  # of the last follow-up at which the person was reached; empty where there was none


def why_not_closed(closing: Closing) -> str:
    """The code of what keeps the plan open, or an empty string."""
    if closing.outcome not in OUTCOMES[closing.toward]:
        return "unknown_outcome"
    if closing.dangers:
        return "danger_open"
    if closing.overdue:
        return "follow_up_due"
    if closing.outcome == "reintegrated" and closing.last_safe != "yes":
        return "not_heard"
    if closing.outcome == "changed_mind" and closing.departed:
        return "departed"
    if closing.outcome == "returned" and not closing.returned:
        return "not_returned"
    return ""


@dataclass(frozen=True)
class Will:
    """What stands behind somebody's wish to return. `waits_until` is when the time to think ends; None where that is not known."""

    counselled_at: datetime | None
    waits_until: datetime | None
    informed_on: date | None
    detained: bool
    counsel: str
    protected: bool
    child: bool


def why_not_agreed(will: Will, now: datetime) -> str:
    """What a free return still lacks (G10), or an empty string.

    A standing `no_removal` is not above the person's own wish, but asks for independent counsel; for a child it is above everything.
    """
    if will.counselled_at is None:
        return "not_counselled"
    if will.informed_on is None:
        return "not_informed"
    if will.waits_until is None or now < will.waits_until:
        return "time_to_think"
    if will.protected and will.child:
        return "child_protected"
    if not will.counsel and (will.detained or will.protected):
        return "no_counsel"
    return ""


@dataclass(frozen=True)
class Share:
    """How many said yes, how many no, and of how many nobody knows: never one number without the others."""

    yes: int
    no: int
    unknown: int

    @property
    def of(self) -> int:
        return self.yes + self.no + self.unknown


def share(said: Iterable[str]) -> Share:
    """Whatever is not a plain yes or no is unknown: refused, not asked, not reached."""
    counted = Counter(one if one in ("yes", "no") else "unknown" for one in said)
    return Share(counted["yes"], counted["no"], counted["unknown"])
