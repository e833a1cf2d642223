"""Where what the hub says and what a state's pack says differ. A doubt is a question to the state and to the pack's lawyer; neither side is
changed by it. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.hub.treaties import dates
from panah.hub.treaties.packs import Entry
from panah.hub.treaties.standing import Standing
from panah.hub.treaties.tables import BINDING, NOT_PARTY, PARTY, SIGNED, UNKNOWN

DIFFERENCES: Mapping[str, str | Promise] = {
    "value": _("One says that the state is bound, the other that it is not."),
    "date": _("The days differ."),
    "hub_unknown": _("The pack says it, the hub does not know it."),
    "pack_unknown": _("The hub says it, the pack does not know it."),
    "newer": _("The hub has read a newer source than the pack."),
}
_BOUND = frozenset({"party", *BINDING})
_VALUES = {"signature": SIGNED, "none": NOT_PARTY, "unknown": UNKNOWN} | dict.fromkeys(_BOUND, PARTY)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One difference; `what` is a code of DIFFERENCES."""

    state: str
    instrument: str
    what: str
    hub_value: str
    hub_date: str
    pack_action: str
    pack_date: str
    pack: str


def between(found: Mapping[tuple[str, str], Standing], entries: Iterable[Entry]) -> Iterator[Doubt]:
    """The differences, one an instrument and state. What only memory says is not held against the other side."""
    for entry in entries:
        standing = found.get((entry.state, entry.instrument))
        what = difference(standing, entry)
        if what:
            value, date = (standing.value, standing.since) if standing else (UNKNOWN, "")
            yield Doubt(entry.state, entry.instrument, what, value, date, entry.action, entry.on, entry.pack)


def difference(standing: Standing | None, entry: Entry) -> str:
    """The code of the difference; empty when the two agree."""
    hub, pack = (standing.value if standing else UNKNOWN), _VALUES.get(entry.action, UNKNOWN)
    if hub == pack:
        since = standing.since if standing else ""
        return "date" if pack == PARTY and not dates.agree(since, entry.on) else ""
    if hub == UNKNOWN:
        # The pack may carry what is from memory, or read an absence in a copy that is too old for the hub; both are marked there.
        return "hub_unknown" if entry.verified and pack == PARTY else ""
    if pack == UNKNOWN:
        return "pack_unknown" if standing and standing.verified else ""
    if standing and standing.leading and dates.first(standing.as_of) > dates.last(entry.checked_on):
        return "newer"
    return "value"
