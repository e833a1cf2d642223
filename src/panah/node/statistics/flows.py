"""What is counted: for each dataflow its axes, and the codes under which one person or one referral falls. Pure.

`_T` is all, `_U` is not known, `_Z` does not apply. Not knowing is a code of its own and never falls under another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from panah.cores.disclosure import Dimension
from panah.cores.lawbook import Pack
from panah.cores.screening.codes import PROFILES
from panah.cores.screening.codes import REFERRALS as RECIPIENTS

DEFINITIONS = "1.0.0"
ARRIVALS, REFERRALS = "arrivals", "referrals"
TOTAL, UNKNOWN, INLAND, OTHER = "_T", "_U", "_Z", "_O"

Record = Mapping[str, Any]


class Person(Protocol):
    """What profiling says of somebody who arrived."""

    @property
    def place(self) -> str: ...
    @property
    def entry_mode(self) -> str: ...
    @property
    def profiles(self) -> tuple[str, ...]: ...
    @property
    def sex(self) -> str: ...
    @property
    def age_band(self) -> str: ...
    @property
    def citizenship(self) -> str: ...


class Sent(Protocol):
    """What referrals says of one that was sent."""

    @property
    def to(self) -> str: ...
    @property
    def status(self) -> str: ...


_SEX = {"female": "F", "male": "M", "other": "_O"}
_AGE = {"0-4": "Y0T4", "5-11": "Y5T11", "12-17": "Y12T17", "18-59": "Y18T59", "60+": "Y_GE60"}
ENTRY_MODES = ("border_point", "irregular", "intercepted", "airport_transit", "in_country", "returned_by_other_state")
_STATUS = {"sent": "waiting", "accepted": "accepted", "declined": "declined", "done": "done"}
_CROSSINGS = ("border_point", "airport", "port")

# Few groups, the same on every day: groups made from the numbers of a day would tell something about them.
CITIZENSHIP_GROUPS: Mapping[str, tuple[str, ...]] = {
    "AFG": ("AFG",),
    "CENTRAL_ASIA": ("KAZ", "KGZ", "TJK", "TKM", "UZB"),
    "IRN_PAK": ("IRN", "PAK"),
    "AZE_TUR": ("AZE", "TUR"),
    "STATELESS": ("XXA",),
}
_GROUP_OF = {code: group for group, codes in CITIZENSHIP_GROUPS.items() for code in codes}
_GROUP_OF |= {"XXX": UNKNOWN, "XXB": UNKNOWN, "": UNKNOWN}


@dataclass(frozen=True)
class Flow:
    """One table of a release, over some axes of a population."""

    name: str
    population: str
    axes: tuple[str, ...]


FLOWS = (
    Flow("ARRIVALS_PROFILE_SEX_AGE", ARRIVALS, ("PROFILE", "SEX", "AGE")),
    Flow("ARRIVALS_CITIZENSHIP_PROFILE", ARRIVALS, ("CITIZENSHIP", "PROFILE")),
    Flow("ARRIVALS_CROSSING_ENTRY_MODE", ARRIVALS, ("CROSSING", "ENTRY_MODE")),
    Flow("REFERRALS_BODY_OUTCOME", REFERRALS, ("BODY", "OUTCOME")),
)


def axes(pack: Pack) -> Mapping[str, Dimension]:
    """Every axis with its codes. Those of the crossings are the places of the state's pack."""
    return {
        # A person may have several profiles, and everybody has one code at least: `_U` before the first interview.
        "PROFILE": Dimension("PROFILE", (TOTAL, *PROFILES, UNKNOWN), additive=False, exhaustive=True),
        "SEX": Dimension("SEX", (TOTAL, *_SEX.values(), UNKNOWN)),
        "AGE": Dimension("AGE", (TOTAL, *_AGE.values(), UNKNOWN)),
        "CITIZENSHIP": Dimension("CITIZENSHIP", (TOTAL, *CITIZENSHIP_GROUPS, OTHER, UNKNOWN)),
        "CROSSING": Dimension("CROSSING", (TOTAL, *crossings(pack), INLAND)),
        "ENTRY_MODE": Dimension("ENTRY_MODE", (TOTAL, *ENTRY_MODES, UNKNOWN)),
        # No total over bodies: one person may be referred to several, so that ten referrals may be two persons.
        "BODY": Dimension("BODY", RECIPIENTS, total=None),
        "OUTCOME": Dimension("OUTCOME", (TOTAL, *_STATUS.values())),
    }


def crossings(pack: Pack) -> tuple[str, ...]:
    """The places at which people cross into the state."""
    return tuple(place.code for place in pack.places if place.kind in _CROSSINGS)


def person_record(person: Person, places: Collection[str]) -> Record:
    """The codes under which a person who arrived is counted. `places` are the crossings; who arrived elsewhere is `_Z`."""
    return {
        "PROFILE": person.profiles or (UNKNOWN,),
        "SEX": _SEX.get(person.sex, UNKNOWN),
        "AGE": _AGE.get(person.age_band, UNKNOWN),
        "CITIZENSHIP": _GROUP_OF.get(person.citizenship, OTHER),
        "CROSSING": person.place if person.place in places else INLAND,
        "ENTRY_MODE": person.entry_mode if person.entry_mode in ENTRY_MODES else UNKNOWN,
    }


def referral_record(referral: Sent) -> Record:
    """The codes under which a referral is counted."""
    return {"BODY": referral.to, "OUTCOME": _STATUS[referral.status]}
