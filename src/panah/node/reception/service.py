"""What other rooms may know of reception: where there is room, who sleeps where (by number only), and the pages of a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.reception import rooms, rules, words
from panah.node.reception.acts import Announce, HandOutItem, MoveIn, SetPresence
from panah.node.reception.house_acts import AnswerPlace, AskPlace
from panah.node.reception.models import Block, Capacity, Centre, Stay, Unit
from panah.node.reception.permissions import centres_of
from panah.node.referrals.service import RoomAt
from panah.node.registration import service as registration
from panah.web.parts import Link

__all__ = [
    "Announce",
    "AnswerPlace",
    "AskPlace",
    "Countable",
    "HandOutItem",
    "MoveIn",
    "Occupancy",
    "SetPresence",
    "askable",
    "centre_titles",
    "countable",
    "family_of",
    "fears_of",
    "is_child",
    "kin_from",
    "kind_title",
    "occupancy",
    "pages_for",
    "proposed_unit",
    "read_person",
    "room_at",
    "split_families",
    "standing_of",
    "stay_of",
    "stays_at",
    "title_of",
]  # fmt: skip

stay_of, family_of, fears_of, kin_from = rooms.stay_of, rooms.family_of, rooms.fears_of, rooms.kin_from


@dataclass(frozen=True)
class Occupancy:
    """Places of a centre. `away` are those on leave or absent; their places are kept for them."""

    places: int
    blocked: int
    taken: int
    away: int

    @property
    def free(self) -> int:
        return max(0, self.places - self.blocked - self.taken)

    @property
    def share(self) -> int:
        """Percent of the usable places that are taken; 100 where none is usable."""
        usable = self.places - self.blocked
        return 100 if usable <= 0 else min(999, 100 * self.taken // usable)


@dataclass(frozen=True)
class Countable:
    """One centre as statistics may count it: no person, no file."""

    centre: str
    kind: str
    body: str
    province: str
    places: int
    blocked: int
    taken: int
    away: int


def occupancy(centres: QuerySet[Centre]) -> dict[UUID, Occupancy]:
    """Places of each centre now. Five queries, however many there are."""
    ids = list(centres.values_list("pk", flat=True))
    places = _sums(
        Unit.objects.filter(centre__in=ids, closed_at=None, centre__closed_at=None)
        .values("centre")
        .annotate(n=Sum("places")),
        "centre",
    )
    blocked = _sums(
        Block.objects.filter(unit__centre__in=ids, unit__closed_at=None, unit__centre__closed_at=None, ended_at=None)
        .order_by()
        .values(centre=F("unit__centre"))
        .annotate(n=Sum("places")),
        "centre",
    )
    open_stays = Stay.objects.filter(unit__centre__in=ids, ended_at=None).order_by().values(centre=F("unit__centre"))
    taken = _sums(open_stays.annotate(n=Count("pk")), "centre")
    away = _sums(open_stays.exclude(presence="in").annotate(n=Count("pk")), "centre")
    return {pk: Occupancy(places.get(pk, 0), blocked.get(pk, 0), taken.get(pk, 0), away.get(pk, 0)) for pk in ids}


def _sums(rows: Any, key: str) -> dict[UUID, int]:
    return {row[key]: row["n"] for row in rows.order_by()}


def room_at(body: str, to: str = "") -> RoomAt | None:
    """How many more people the body can take now, and who said so; None where nobody knows, which is not the same as full.

    A body that runs centres has the free places of these, for referrals to reception; any other what it said itself of the
    kind of referral `to` (of any kind, where `to` is empty), as long as that word still counts.
    """
    return rooms_at([(body, to)])[body, to]


def rooms_at(asked: list[tuple[str, str]]) -> dict[tuple[str, str], RoomAt | None]:
    """The same for many bodies in a fixed number of queries."""
    moment, bodies = now(), {body for body, _to in asked}
    centres = Centre.objects.filter(body__in=bodies).exclude(kind="shelter")
    places = occupancy(centres)
    of_body: dict[str, list[Occupancy]] = {}
    for centre in centres:
        if places[centre.pk].places:
            of_body.setdefault(centre.body, []).append(places[centre.pk])
    days = rooms.figure("reception/word_valid_days")
    last = Capacity.objects.filter(body__in=bodies).values("body", "to").annotate(last=Max("pk")).order_by()
    said = {
        (row.body, row.to): row
        for row in Capacity.objects.filter(pk__in=[each["last"] for each in last])
        if days is None or rules.word_counts(row.at, moment, days)
    }
    return {(body, to): _room(of_body.get(body, []), said, body, to, moment) for body, to in asked}


def _room(
    found: list[Occupancy], said: dict[tuple[str, str], Capacity], body: str, to: str, moment: datetime
) -> RoomAt | None:
    if found and to in ("", "reception_centre"):
        return RoomAt(sum(one.free for one in found), moment, counted=True)
    words = [row for (b, t), row in said.items() if b == body and to in ("", t)]
    if not words:
        return None
    newest = max(words, key=lambda row: row.at)
    return RoomAt(newest.free, newest.at, counted=False)


def told_of(body: str) -> list[tuple[str, str]]:
    """Bodies that run centres, shelters left out, and the kinds of referral for which this body has said its room."""
    running = (
        Centre.objects.filter(closed_at=None)
        .exclude(kind="shelter")
        .order_by("body")
        .values_list("body", flat=True)
        .distinct()
    )
    said = Capacity.objects.filter(body=body).order_by("to").values_list("to", flat=True).distinct()
    return [*((one, "reception_centre") for one in running), *((body, to) for to in said)]


def countable() -> Iterator[Countable]:
    """Every centre that is open, as it is now."""
    centres = Centre.objects.filter(closed_at=None)
    places = occupancy(centres)
    for row in centres:
        one = places[row.pk]
        yield Countable(row.code, row.kind, row.body, row.province, one.places, one.blocked, one.taken, one.away)


def is_child(file: registration.PersonFile) -> bool:
    """Whether the person is a child, or treated so."""
    return rooms.guest_of(file).child


def centre_titles() -> dict[UUID, str]:
    """The centres by their titles, shelters left out: where they are is for those who work there to say."""
    rows = Centre.objects.exclude(kind="shelter").order_by("code")
    return {row.pk: row.title or registration.place_title(row.code) for row in rows}


class Standing(NamedTuple):
    """A centre as it is now, in numbers."""

    centre: UUID
    code: str
    kind: str
    places: int
    blocked: int
    taken: int
    free: int
    inside: int
    on_leave: int
    absent: int


def standing_of(officer: Officer) -> list[Standing]:
    """The officer's centres as they are now, and how many are in, out with leave, and absent."""
    mine = centres_of(officer)
    places = occupancy(mine)
    counted = (
        Stay.objects.filter(unit__centre__in=mine, ended_at=None).order_by().values_list("unit__centre", "presence")
    )
    found = {(centre, presence): n for centre, presence, n in counted.annotate(n=Count("pk"))}

    def presence(row: Centre, code: str) -> int:
        return found.get((row.pk, code), 0)

    return [
        Standing(
            row.pk, row.code, row.kind, one.places, one.blocked, one.taken, one.free, presence(row, "in"), presence(row, "leave"),
            presence(row, "absent"),
        )
        for row in mine
        if (one := places[row.pk])
    ]  # fmt: skip


def askable() -> list[tuple[Centre, Occupancy]]:
    """Centres that can be asked for a place, those with most room first. Shelters are not among them."""
    found = Centre.objects.filter(closed_at=None).exclude(kind="shelter")
    places = occupancy(found)
    return sorted(((row, places[row.pk]) for row in found), key=lambda one: (-one[1].free, one[0].code))


def title_of(centre: Centre) -> str:
    """The centre's own title, or the pack's for its place."""
    return centre.title or registration.place_title(centre.code)


def stays_at(at: datetime) -> Iterator[Countable]:
    """One line for each person who had a place at a moment: of which kind and where, and nothing else."""
    rows = Stay.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), since__lte=at).order_by()
    for kind, province in rows.values_list("unit__centre__kind", "unit__centre__province").iterator():
        yield Countable("", kind, "", province, 0, 0, 1, 0)


def kind_title(kind: str) -> str:
    """What a kind of place is called in the reader's language."""
    return words.of(words.KINDS, kind)


def proposed_unit(files: list[UUID], centre: UUID) -> UUID | None:
    """The unit of a centre that is proposed for these people together; None where none fits."""
    row = Centre.objects.get(pk=centre)
    guests = [rooms.guest_of(registration.file_by_id(file), rooms.stay_of(file)) for file in files]
    best = next(iter(rooms.options(guests, row)), None)
    return best.room.unit if best is not None and best.possible else None


def read_centre(officer: Officer, centre: UUID) -> Centre:
    """A centre for an officer who may read it. Raises NotFound."""
    row = Centre.objects.filter(pk=centre).first()
    if row is None or not may(officer, "reception.read", row):
        raise NotFound("There is no such centre.")
    return row


def read_person(officer: Officer, file: UUID) -> registration.PersonFile:
    """The person for an officer whose centre the person concerns; the read is written into the journal. Raises NotFound."""
    row = registration.PersonFile.objects.select_related("group").filter(pk=file).first()
    if row is None or not may(officer, "reception.read_person", row.pk):
        raise NotFound("There is no such file.")
    journal.note_read("reception.read_person", by=officer.pk, place=officer.post, subject=row.pk, facts={})
    return row


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The pages of this room about a file, for the page of the file."""
    found = []
    if file.closed_at is None and may(officer, "reception.ask_place", file):
        found.append(Link(_("A place for tonight"), reverse("reception_place", args=[file.pk])))
    if may(officer, "reception.read_person", file.pk):
        found.append(Link(_("Reception"), reverse("reception_person", args=[file.pk])))
    return found


def split_families(officer: Officer) -> list[list[Stay]]:
    """Families of whom members stay in different centres, at least one of them in a centre of the officer's. A family within which a fear
    stands is not parted by mistake: only the ombudsman is told of it."""
    found = families_in_different_centres(
        Stay.objects.filter(ended_at=None, unit__centre__in=centres_of(officer)).exclude(family=None)
    )
    if "ombudsman" in officer.roles:
        return found
    feared = rooms.fears_of(stay.file for stays in found for stay in stays)
    return [stays for stays in found if all(feared[stay.file].isdisjoint(one.file for one in stays) for stay in stays)]


def families_in_different_centres(mine: QuerySet[Stay]) -> list[list[Stay]]:
    """Of the families of these stays those of whom members stay in different centres."""
    apart = (
        Stay.objects.filter(ended_at=None, family__in=mine.values("family"))
        .order_by()
        .values("family")
        .annotate(centres=Count("unit__centre", distinct=True))
        .filter(centres__gt=1)
        .values("family")
    )
    found: dict[UUID | None, list[Stay]] = {}
    stays = (
        Stay.objects.filter(ended_at=None, family__in=apart).select_related("unit__centre").order_by("family", "since")
    )
    for stay in stays:
        found.setdefault(stay.family, []).append(stay)
    return list(found.values())
