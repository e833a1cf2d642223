"""What is counted: the codes under which one person or one referral falls, on the axes of contracts/sdmx. Pure.

`_T` is all, `_U` is not known, `_Z` does not apply. Not knowing is a code of its own and never falls under another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from panah.cores.disclosure import Dimension
from panah.cores.exchange.structure import Dataflow, allowed_codes, codelist, the_structure
from panah.cores.lawbook import Pack

ARRIVALS, DEPARTURES, REFERRALS = "arrivals", "departures", "referrals"
TOTAL, UNKNOWN, NOWHERE, OTHER = "_T", "_U", "_Z", "_O"

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
    @property
    def came_from(self) -> str: ...


class Returned(Protocol):
    """What solutions and procedures say of somebody who went to another state."""

    @property
    def sex(self) -> str: ...
    @property
    def to_state(self) -> str: ...


class Sent(Protocol):
    """What referrals says of one that was sent."""

    @property
    def to(self) -> str: ...
    @property
    def status(self) -> str: ...


_SEX = {"female": "F", "male": "M", "other": "_O"}
_AGE = {"0-4": "Y0T4", "5-11": "Y5T11", "12-17": "Y12T17", "18-59": "Y18T59", "60+": "Y_GE60"}
_ENTRY_MODES = frozenset(
    {"border_point", "irregular", "intercepted", "airport_transit", "in_country", "returned_by_other_state"}
)
_STATUS = {"sent": "waiting", "accepted": "accepted", "declined": "declined", "done": "done"}
_CROSSINGS = ("border_point", "airport", "port")

# Few groups, the same on every day: groups made from the numbers of a day would tell something about them.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "AFG": ("AFG",),
    "CENTRAL_ASIA": ("KAZ", "KGZ", "TJK", "TKM", "UZB"),
    "IRN_PAK": ("IRN", "PAK"),
    "AZE_TUR": ("AZE", "TUR"),
    "STATELESS": ("XXA",),
    UNKNOWN: ("XXB", "XXX", ""),
}
_GROUP_OF = {code: group for group, codes in _GROUPS.items() for code in codes}


def definitions() -> str:
    """The version of the definitions by which this node counts."""
    return the_structure().version


def dataflows() -> tuple[Dataflow, ...]:
    """The tables of a release."""
    return the_structure().tables


def axes(flow: Dataflow, pack: Pack) -> tuple[Dimension, ...]:
    """The axes of a table with their codes. Crossings are the places of the state's own pack, as the structure allows."""
    return tuple(_axis(flow, name, pack) for name in flow.axes)


def crossings(pack: Pack) -> tuple[str, ...]:
    """The places at which people cross into the state."""
    return tuple(place.code for place in pack.places if place.kind in _CROSSINGS)


def person_record(person: Person, places: Collection[str], state: str) -> Record:
    """The codes under which a person who arrived in `state` is counted. `places` are the crossings; who arrived elsewhere is `_Z`."""
    return {
        "PROFILE": person.profiles or (UNKNOWN,),
        "SEX": _SEX.get(person.sex, UNKNOWN),
        "AGE": _AGE.get(person.age_band, UNKNOWN),
        "CITIZENSHIP": _GROUP_OF.get(person.citizenship, OTHER),
        "CROSSING": person.place if person.place in places else NOWHERE,
        "ENTRY_MODE": person.entry_mode if person.entry_mode in _ENTRY_MODES else UNKNOWN,
        "COUNTERPART_AREA": _area(person.came_from, state),
    }


def return_record(person: Returned, state: str) -> Record:
    """The codes under which somebody is counted whom this `state` returned to another, or who went back freely."""
    return {"COUNTERPART_AREA": _area(person.to_state, state), "SEX": _SEX.get(person.sex, UNKNOWN)}


def belongs(flow: Dataflow, record: Record) -> bool:
    """Whether a record of the flow's population falls into the flow, which may be fixed to one code of an axis of others."""
    return all(record.get(axis, code) == code for axis, code in flow.fixed.items() if code not in (TOTAL, NOWHERE))


def _area(country: str, state: str) -> str:
    """The other state as the list of areas has it. One's own is none: whoever wrote it down did not say where from or to."""
    if country in ("", state):
        return UNKNOWN
    return country if country in _areas() else OTHER


def _areas() -> frozenset[str]:
    return frozenset(code.code for code in codelist("areas") if not code.code.startswith("_"))


def referral_record(referral: Sent) -> Record:
    """The codes under which a referral is counted."""
    return {"BODY": referral.to, "OUTCOME": _STATUS[referral.status]}


def _axis(flow: Dataflow, name: str, pack: Pack) -> Dimension:
    structure = the_structure()
    said = structure.dimension(name)
    total = None if name in flow.no_total else TOTAL
    codes = (TOTAL, *crossings(pack), NOWHERE) if flow.is_open(said) else allowed_codes(structure, flow, said)
    codes = tuple(code for code in codes if code != pack.country)  # nobody is returned from a state to itself
    return Dimension(name, tuple(codes), total, (), said.additive, said.exhaustive)
