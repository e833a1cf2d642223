"""The state of things as plain values for the rules: who sleeps where, who a person came with, what the standards ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from panah.cores.lawbook import Unknown
from panah.foundation.clock import now
from panah.node.profiling import service as profiling
from panah.node.reception.models import Block, Centre, Fear, Stay, Supply, Unit
from panah.node.reception.rules import COUNTED, PER_PERSON, PER_SO_MANY, Guest, Need, Option, Room, needs, propose
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

MAJORITY = "child/age_of_majority"

Kin = Callable[[Iterable[UUID]], Mapping[UUID, UUID]]
_kin: list[Kin] = []


def kin_from(kin: Kin) -> None:
    """A room above says which people are one family by verified links: of each file that has such links the id of its family, the same
    for all of them. Whoever has none is of the family that they came with."""
    _kin.append(kin)


def _families(files: Iterable[UUID]) -> dict[UUID, UUID]:
    asked = list(files)
    return {file: family for kin in _kin for file, family in kin(asked).items()}


def family_of(file: registration.PersonFile) -> list[registration.PersonFile]:
    """The people of the person's family that came together, the person among them; the person alone where there is none."""
    if file.group is None or file.group.kind != "family":
        return [file]
    return list(file.group.files.filter(closed_at=None).order_by("number"))


def guest_of(file: registration.PersonFile, stay: Stay | None = None) -> Guest:
    """What bears on where the person sleeps. What an officer of the centre said later (`stay`) speaks before the interview."""
    record, codes, child = _known(file)
    health = record.get("health", {})
    family = file.group_id if file.group is not None and file.group.kind == "family" else None
    family = _families([file.pk]).get(file.pk, family)
    return Guest(
        file=file.pk,
        sex=file.sex,
        child=child or _under_age(file),
        family=family,
        apart=stay.apart if stay else health.get("infectious_suspected") == "yes",
        step_free=stay.step_free
        if stay
        else health.get("disability") == "yes" or any(code.startswith("DS") for code in codes),
        feared=fears_of([file.pk])[file.pk],
    )


def _known(file: registration.PersonFile) -> tuple[dict[str, Any], tuple[str, ...], bool]:
    held = any(hold.code == "treat_as_child" for hold in safeguards.standing(file.pk)) or "child_alone" in file.urgent
    decided = profiling.confirmed(file.pk)
    if decided is not None:
        return dict(decided.record), decided.needs, decided.child or held
    proposal = profiling.proposal_of(file.pk)
    return (dict(proposal.record) if proposal else {}), (), held


def _under_age(file: registration.PersonFile) -> bool:
    """Childhood is asked of the last day on which the person can have been born."""
    majority = int(figure(MAJORITY) or 18)
    if file.birth_to is not None:
        today = registration.local_day(now())
        years = today.year - file.birth_to.year - ((today.month, today.day) < (file.birth_to.month, file.birth_to.day))
        return bool(years < majority)
    return file.age_estimate is not None and file.age_estimate < majority


def fears_of(files: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each file, those whom the person fears and those who fear them."""
    wanted = set(files)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Fear.objects.filter(Q(file__in=wanted) | Q(other__in=wanted), ended_at=None).values_list("file", "other")
    for one, other in rows:
        found[one].add(other)
        found[other].add(one)
    return {file: frozenset(found[file]) for file in wanted}


def rooms_of(centre: Centre) -> list[Room]:
    """The units of a centre as they are now. Four queries, however many there are."""
    return rooms(Unit.objects.filter(centre=centre, closed_at=None, centre__closed_at=None))


def rooms(units: Iterable[Unit]) -> list[Room]:
    every = list(units)
    stays = list(Stay.objects.filter(unit__in=every, ended_at=None))
    feared = fears_of(stay.file for stay in stays)
    families = _families(stay.file for stay in stays)
    guests: dict[UUID, list[Guest]] = defaultdict(list)
    for stay in stays:
        guests[stay.unit_id].append(_as_kept(stay, feared[stay.file], families.get(stay.file, stay.family)))
    closed = dict(
        Block.objects.filter(unit__in=every, ended_at=None)
        .values("unit")
        .annotate(sum=Sum("places"))
        .values_list("unit", "sum")
        .order_by()
    )
    return [
        Room(
            unit=unit.pk,
            centre=unit.centre_id,
            block=unit.block,
            name=unit.name,
            meant_for=unit.meant_for,
            free=max(0, unit.places - closed.get(unit.pk, 0) - len(guests[unit.pk])),
            accessible=unit.accessible,
            guests=tuple(guests[unit.pk]),
        )
        for unit in every
    ]


def _as_kept(stay: Stay, feared: frozenset[UUID], family: UUID | None) -> Guest:
    return Guest(stay.file, stay.sex, stay.child, family, stay.apart, stay.step_free, feared)


def stay_of(file: UUID) -> Stay | None:
    """Where the person stays now."""
    return Stay.objects.select_related("unit__centre").filter(file=file, ended_at=None).first()


def family_rooms(guest: Guest, without: Iterable[UUID] = ()) -> list[Room]:
    """The rooms where members of the person's family sleep now, one entry a member; not of those who are feared."""
    if guest.family is None:
        return []
    stays = (
        Stay.objects.filter(family=guest.family, ended_at=None)
        .exclude(file__in=[guest.file, *without, *guest.feared])
        .select_related("unit")
    )
    return [place(stay.unit) for stay in stays]


def place(unit: Unit) -> Room:
    """Where a unit is, without who sleeps in it."""
    return Room(unit.pk, unit.centre_id, unit.block, unit.name)


def options(guests: Sequence[Guest], centre: Centre) -> tuple[Option, ...]:
    """What is proposed for these people together in a centre, best first, with reasons."""
    files = {guest.file for guest in guests}
    near = [room for guest in guests for room in family_rooms(guest, without=files)]
    return propose(guests, rooms_of(centre), near)


def figure(name: str, on: date | None = None) -> Decimal | None:
    """A figure of the pack on a day (today); None where the pack gives none."""
    parameter = registration.node_pack().parameters.get(name)
    if parameter is None:
        return None
    value = parameter.value_on(on or registration.local_day(now()))
    return None if isinstance(value, Unknown) else value.number


def needs_of(centre: Centre, people: int) -> tuple[Need, ...]:
    """What the people of a centre need by the standards, what was counted, and what is missing."""
    names = (*PER_PERSON, *PER_SO_MANY)
    figures = {name: value for name in names if (value := figure(name)) is not None}
    have = {row.parameter: row.amount for row in Supply.objects.filter(centre=centre, parameter__in=COUNTED)}
    sizes = list(Unit.objects.filter(centre=centre, closed_at=None).values_list("square_metres", flat=True))
    if sizes and None not in sizes:
        have["reception/living_space"] = sum((size for size in sizes if size is not None), Decimal(0))
    return needs(people, figures, have)
