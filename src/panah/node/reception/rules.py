"""Pure rules of reception: who may sleep where, what is proposed and why, what is needed and what is missing.

`BARS` are never passed, whatever reason is given. What stands against a unit otherwise can be outweighed by an officer's reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Final
from uuid import UUID

KINDS: Final = ("reception_centre", "shelter", "emergency_site")
FROM_PACK: Final = ("reception_centre", "shelter")
MEANT_FOR: Final = ("anyone", "families", "women", "men", "children", "apart")
WHY_BLOCKED: Final = ("repair", "hygiene", "no_staff", "danger", "kept_free", "other")
PRESENCES: Final = ("in", "leave", "absent")
ENDINGS: Final = ("left_freely", "own_housing", "other_place", "returned", "not_back", "sent_away", "died")
MOVED: Final = "moved"
"""How a stay ends when the person goes on to another unit."""
ITEMS: Final = (
    "meal",
    "food_parcel",
    "water",
    "bedding",
    "clothing",
    "hygiene_kit",
    "baby_kit",
    "heater",
    "cash",
    "other",
)
STOCK_REASONS: Final[Mapping[str, int]] = {"delivery": 1, "found": 1, "spoilt": -1, "sent_on": -1, "missing": -1}
"""Why a store changes, and whether it grows or shrinks by it."""
USE_COUNTED_OVER: Final = 14
"""Days of hand-outs from which the use of a day is reckoned."""
NEEDED_FOR: Final = (1, 7, 30)
"""For how many days a centre's needs are reckoned, at present occupancy."""
RECEIPTS: Final = ("signed", "fingerprint", "by_guardian", "would_not_sign")
APPOINTMENTS: Final = ("health", "interview", "legal_aid", "school", "counselling", "authority", "other")
KEPT: Final = ("kept", "missed", "cancelled")
INCIDENTS: Final = (
    "violence", "sexual_violence", "child_harmed", "self_harm", "death", "missing_child", "fire", "illness", "theft", "threat", "other"
)  # fmt: skip
GRAVE: Final = frozenset({"violence", "sexual_violence", "child_harmed", "self_harm", "death", "missing_child", "fire"})
"""Of these the supervisor of the centre's body and the ombudsman are told by the system itself."""
RESTRICTED: Final[Mapping[str, str]] = {"sexual_violence": "violence_and_mind", "self_harm": "violence_and_mind"}
"""Incidents that tell a restricted fact about a person, and its class (docs/decisions/0065, 0087)."""
TOLD: Final = ("police", "ambulance", "child_protection", "family", "guardian", "nobody")

BARS: Final = ("full", "child_among_adults", "feared", "women_only", "children_only")

# Weights of what speaks against a unit and for it. A family that stays together outweighs all else that can be outweighed.
_AGAINST: Final[Mapping[str, int]] = {
    "family_elsewhere": 1000, "contagion": 400, "woman_among_men": 300, "not_step_free": 100, "kept_for_others": 50,
}  # fmt: skip
_FOR: Final[Mapping[str, int]] = {
    "with_family": 600, "near_family": 40, "for_children": 60, "for_women": 60, "for_families": 30, "sleeps_apart": 80, "step_free": 10,
    "empty_room": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Guest:
    """What bears on a person's sleeping place, and nothing else. `family` is the family that they came with."""

    file: UUID
    sex: str = "unknown"
    child: bool = False
    family: UUID | None = None
    apart: bool = False
    step_free: bool = False
    feared: frozenset[UUID] = frozenset()
    """Those whom they fear and those who fear them."""

    def of_family(self, other: Guest) -> bool:
        return self.family is not None and self.family == other.family and other.file not in self.feared


@dataclass(frozen=True)
class Room:
    """A unit as it is now. `free` is what is left of its places after those who stay and those that are blocked."""

    unit: UUID
    centre: UUID
    block: str
    name: str
    meant_for: str = "anyone"
    free: int = 1
    accessible: bool = False
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True)
class Option:
    """A unit judged for a party: what bars it, what speaks against and for it. Lower `cost` is better."""

    room: Room
    bars: tuple[str, ...]
    against: tuple[str, ...]
    for_it: tuple[str, ...]
    cost: int = field(default=0)

    @property
    def possible(self) -> bool:
        return not self.bars


def judge(party: Sequence[Guest], room: Room, family_rooms: Iterable[Room] = ()) -> Option:
    """The unit for these people together. `family_rooms` are the units where members of their family sleep now."""
    others = tuple(guest for guest in room.guests if guest.file not in {one.file for one in party})
    bars = tuple(_bars(party, room, others))
    against = tuple(_against(party, room, others, tuple(family_rooms)))
    for_it = tuple(_for(party, room, others, tuple(family_rooms)))
    cost = sum(_AGAINST[code] for code in against) - sum(_FOR[code] for code in for_it)
    return Option(room, bars, against, for_it, cost + max(0, room.free - len(party)))


def propose(party: Sequence[Guest], rooms: Iterable[Room], family_rooms: Iterable[Room] = ()) -> tuple[Option, ...]:
    """Every unit judged: the possible ones first, best first, then those that are barred. The first possible one is the proposal."""
    near = tuple(family_rooms)
    judged = [judge(party, room, near) for room in rooms]
    return tuple(sorted(judged, key=lambda one: (not one.possible, one.cost, one.room.block, one.room.name)))


def _bars(party: Sequence[Guest], room: Room, others: Sequence[Guest]) -> Iterable[str]:
    if room.free < len(party):
        yield "full"
    everybody = (*party, *others)
    if any(_child_among_strangers(guest, everybody) for guest in everybody):
        yield "child_among_adults"
    if any(other.file in guest.feared or guest.file in other.feared for guest in party for other in everybody):
        yield "feared"
    # Men and boys who came with a woman who sleeps here are her family; other men never come in.
    if room.meant_for == "women" and any(_strange_man(guest, everybody) for guest in party):
        yield "women_only"
    if room.meant_for == "children" and any(_strange_adult(guest, everybody) for guest in party):
        yield "children_only"


def _child_among_strangers(child: Guest, everybody: Sequence[Guest]) -> bool:
    """A child without an adult of the family here, and with an adult who is none of the family."""
    if not child.child:
        return False
    adults = [one for one in everybody if not one.child and one.file != child.file]
    own = [one for one in adults if child.of_family(one)]
    return not own and bool(adults)


def _strange_man(man: Guest, everybody: Sequence[Guest]) -> bool:
    return man.sex != "female" and not man.child and not any(o.sex == "female" and man.of_family(o) for o in everybody)


def _strange_adult(adult: Guest, everybody: Sequence[Guest]) -> bool:
    return not adult.child and not any(other.child and adult.of_family(other) for other in everybody)


def _against(party: Sequence[Guest], room: Room, others: Sequence[Guest], near: Sequence[Room]) -> Iterable[str]:
    if near and not any(_beside(room, each) for each in near):
        yield "family_elsewhere"
    strangers = [one for one in others if not any(one.of_family(guest) for guest in party)]
    if strangers and any(guest.apart for guest in (*party, *strangers)):
        yield "contagion"
    own = [*party, *(one for one in others if one not in strangers)]
    if _women_among_men(own, strangers) or _women_among_men(strangers, own):
        yield "woman_among_men"
    if any(guest.step_free for guest in party) and not room.accessible:
        yield "not_step_free"
    if room.meant_for == "apart" and not any(guest.apart for guest in party):
        yield "kept_for_others"
    if room.meant_for == "families" and len(party) + len(others) == 1 and not near:
        yield "kept_for_others"
    if room.meant_for == "men" and any(guest.sex != "male" or guest.child for guest in party):
        yield "kept_for_others"


def _women_among_men(some: Sequence[Guest], others: Sequence[Guest]) -> bool:
    """A woman with no man of her family among them, beside men who are strangers."""
    alone = any(
        one.sex == "female" and not one.child and not any(o.sex == "male" and one.of_family(o) for o in some)
        for one in some
    )
    return alone and any(one.sex != "female" and not one.child for one in others)


def _for(party: Sequence[Guest], room: Room, others: Sequence[Guest], near: Sequence[Room]) -> Iterable[str]:
    if any(room.unit == each.unit for each in near):
        yield "with_family"
    elif any(_beside(room, each) for each in near):
        yield "near_family"
    if room.meant_for == "children" and all(guest.child for guest in party):
        yield "for_children"
    if room.meant_for == "women" and any(guest.sex == "female" for guest in party):
        yield "for_women"
    if room.meant_for == "families" and len(party) > 1:
        yield "for_families"
    if any(guest.apart for guest in party) and not others:
        yield "sleeps_apart"
    if room.accessible and any(guest.step_free for guest in party):
        yield "step_free"
    if not others:
        yield "empty_room"


def _beside(one: Room, other: Room) -> bool:
    """One unit, or two of one named block."""
    return one.unit == other.unit or (one.centre == other.centre and bool(one.block) and one.block == other.block)


def splits(to: Room | None, before: Room | None, family: Sequence[Room]) -> bool:
    """Whether going from `before` to `to` parts a person from members of the family who sleep in `family` (one entry a member).

    Coming from a place apart to where at least one of them sleeps parts nobody, even if others sleep elsewhere still.
    """
    if not family:
        return False
    after = sum(_beside(to, each) for each in family) if to else 0
    earlier = sum(_beside(before, each) for each in family) if before else 0
    return after == 0 or after < earlier


@dataclass(frozen=True)
class Need:
    """What the standard asks for those who stay, what there is, and what is missing. None means that nobody counted."""

    parameter: str
    needed: Decimal
    have: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        return None if self.have is None else max(Decimal(0), self.needed - self.have)


PER_PERSON: Final = ("reception/water_litres", "reception/food_kcal", "reception/living_space")
PER_SO_MANY: Final = ("reception/persons_per_toilet",)
COUNTED: Final = ("reception/water_litres", "reception/food_kcal", "reception/persons_per_toilet")
"""What an officer counts. Living space follows from the units."""


def needs(people: int, figures: Mapping[str, Decimal], have: Mapping[str, Decimal]) -> tuple[Need, ...]:
    """The needs of so many people by the figures of the pack; a figure that the pack does not have asks for nothing."""
    made = [Need(name, figures[name] * people, have.get(name)) for name in PER_PERSON if name in figures]
    for name in PER_SO_MANY:
        if figures.get(name):
            made.append(Need(name, (Decimal(people) / figures[name]).to_integral_value(ROUND_CEILING), have.get(name)))
    return tuple(made)


ONCE: Final = frozenset({"reception/living_space", "reception/persons_per_toilet"})
"""What is needed once and not every day."""


@dataclass(frozen=True)
class Ahead:
    """What is missing of one standard in so many days, and for how many people on the present count; None where nobody counted."""

    need: Need
    days: Mapping[int, Decimal | None]
    people: int | None


def ahead(found: Iterable[Need], people: int) -> tuple[Ahead, ...]:
    """What is missing today and in the days to come, if as many people stay. Water and food are needed anew every day."""
    made = []
    for need in found:
        gap = need.gap
        days = {day: None if gap is None else gap if need.parameter in ONCE else gap * day for day in NEEDED_FOR}
        without = None
        if gap is not None and need.needed:
            without = min(people, int((gap * people / need.needed).to_integral_value(ROUND_CEILING)))
        made.append(Ahead(need, days, without))
    return tuple(made)


def days_left(stock: int, used: int, days: int) -> int | None:
    """How many whole days a store lasts at the use of these days; None where nothing was used, so that nobody knows."""
    if used <= 0 or days <= 0:
        return None
    return max(0, stock) * days // used


def word_counts(said_at: datetime, now: datetime, days: Decimal) -> bool:
    """Whether what a body said of its room still counts."""
    return now - said_at <= timedelta(days=float(days))
