"""Which body a referral goes to: those that are competent, with their room, and which of them is proposed and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from panah.cores.lawbook import Body, Pack
from panah.node.referrals import capacity, outside, rules
from panah.node.referrals.models import OutsideBody

Why = Literal["", "only", "law", "room", "unknown_room", "all_full"]


@dataclass(frozen=True)
class Choice:
    """A body that may get a referral. `entry` is its keys, where it has no account or is another state's authority; `reached` is False
    where nobody works for it here and it has no keys either. `why` says why it is proposed, and is empty for the others."""

    body: str
    way: Literal["account", "envelope"]
    entry: OutsideBody | None = None
    room: capacity.RoomAt | None = None
    reached: bool = True
    why: Why = ""

    @property
    def full(self) -> bool:
        return self.room is not None and self.room.full


def choices_for(wanted: Iterable[str], pack: Pack, on: date, place: str) -> Mapping[str, tuple[Choice, ...]]:
    """For each kind of referral the bodies that may get it, the proposed one first. A fixed number of queries, however many kinds."""
    kinds = tuple(dict.fromkeys(wanted))
    entries = {entry.code: entry for entry in outside.standing()}
    codes = {to: _competent(to, pack, on, place, entries.values()) for to in kinds}
    here = outside.with_account(code for found in codes.values() for code in found)
    rooms = capacity.rooms_for([(code, to) for to, found in codes.items() for code in found])
    return {
        to: propose(
            to, [_choice(code, to, entries.get(code), here, rooms.get((code, to))) for code in found]
        )
        for to, found in codes.items()
    }  # fmt: skip


def _choice(
    code: str, to: str, entry: OutsideBody | None, here: set[tuple[str, str]], room: capacity.RoomAt | None
) -> Choice:
    by_envelope = entry is not None and to in entry.kinds and (code, to) not in here
    way: Literal["account", "envelope"] = "envelope" if by_envelope else "account"
    # That a body is an authority of another state counts for those of its people, too, who have an account here.
    foreign = outside.is_foreign(entry)
    return Choice(code, way, entry if by_envelope or foreign else None, room, reached=by_envelope or (code, to) in here)


def propose(to: str, found: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices in the order given, but the proposed one first. The first given is the one that the law names.

    Where the law names who decides, that body is proposed, full or not. Where a place is what is needed, one with room comes before one that
    is full, and one that said nothing between them. Nobody drops out: a full house is no reason to leave a child outside.
    """
    if len(found) < 2 or to not in rules.PLACES_MATTER:
        why: Why = "only" if len(found) == 1 else "law"
        return (replace(found[0], why=why), *found[1:]) if found else ()
    ranked = sorted(range(len(found)), key=lambda at: (_rank(found[at]), at))
    best = ranked[0]
    reason: Why = ("room", "unknown_room", "all_full")[_rank(found[best])]  # type: ignore[assignment]
    return (replace(found[best], why=reason), *(found[at] for at in range(len(found)) if at != best))


def _rank(choice: Choice) -> int:
    return 1 if choice.room is None else 2 if choice.full else 0


def _competent(to: str, pack: Pack, on: date, place: str, entries: Iterable[OutsideBody]) -> list[str]:
    """Codes of the pack's bodies that have a mandate here, first the one that the pack names; then bodies outside of that kind."""
    first = pack.body_for(to, on, place)
    found = [body_code(first)] if first else []
    if first is not None and to != "own_consulate":
        province = first.area or _province(pack, place)
        for body in pack.bodies:
            local = not body.areas or province in body.areas
            if body.origin == first.origin and local and body.mandate_for(to, on):
                area = province if body.one_per == "province" else None
                found.append(body_code(replace(body, area=area)))
    if to not in outside.NEVER_OUTSIDE:
        found += [entry.code for entry in entries if to in entry.kinds]
    return list(dict.fromkeys(found))


def _province(pack: Pack, place: str) -> str | None:
    found = pack.place(place) if place else None
    if found is None:
        return None
    return found.code if found.kind == "province" else found.province or None


def body_code(body: Body) -> str:
    """The code under which a body is addressed: its id, and the province where there is one office in each."""
    return f"{body.id}/{body.area}" if body.area else body.id
