"""The acts of this room as frozen values: what is said, by whom, about which centre, unit or person. What they do is in actions/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.reception import rooms, rules
from panah.node.reception.models import Block, Centre, Fear, Incident, Stay, Unit
from panah.node.registration import service as registration

Remark = Annotated[str, StringConstraints(max_length=4_000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Will = Literal["agrees", "does_not_agree", "not_asked"]


class OpenCentre(Action):
    """Begin to work with a centre: a place of the pack by its code, or one that the pack does not have, with a title."""

    code: ClassVar[str] = "reception.open_centre"
    needs: ClassVar[str] = "reception.open_centre"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre", "centre_code", "kind"})

    centre: UUID
    centre_code: Annotated[str, StringConstraints(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9-]+$")]
    kind: Literal["reception_centre", "shelter", "emergency_site"] = "reception_centre"
    title: Annotated[str, StringConstraints(max_length=200)] = ""


class _AtCentre(Action):
    """An act of those who lead a centre."""

    needs: ClassVar[str] = "reception.lead"

    centre: UUID

    @cached_property
    def row(self) -> Centre:
        found = Centre.objects.select_for_update().filter(pk=self.centre).first()
        if found is None:
            raise NotFound("There is no such centre.")
        return found

    def target(self) -> Any:
        return self.row


class AddUnit(_AtCentre):
    code: ClassVar[str] = "reception.add_unit"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre", "unit", "meant_for", "places", "accessible"})

    unit: UUID
    block: Annotated[str, StringConstraints(max_length=40)] = ""
    label: Short
    meant_for: Literal["anyone", "families", "women", "men", "children", "apart"] = "anyone"
    places: int = Field(ge=1, le=2_000)
    accessible: bool = False
    square_metres: Annotated[Decimal, Field(gt=0, le=99_999, decimal_places=2)] | None = None


class CountSupply(_AtCentre):
    """Say how much of something the centre has a day, in the unit of the standard."""

    code: ClassVar[str] = "reception.count_supply"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre", "parameter"})

    parameter: Literal["reception/water_litres", "reception/food_kcal", "reception/persons_per_toilet"]
    amount: Annotated[Decimal, Field(ge=0, le=999_999_999, decimal_places=2)]


class _OnUnit(Action):
    needs: ClassVar[str] = "reception.lead"

    unit: UUID

    @cached_property
    def room(self) -> Unit:
        found = Unit.objects.select_for_update(of=("self",)).select_related("centre").filter(pk=self.unit).first()
        if found is None:
            raise NotFound("There is no such unit.")
        return found

    def target(self) -> Any:
        return self.room.centre


class BlockPlaces(_OnUnit):
    """Say that places of a unit cannot be used, and why. Nobody who sleeps there is moved by it."""

    code: ClassVar[str] = "reception.block_places"
    open_fields: ClassVar[frozenset[str]] = frozenset({"unit", "block", "places", "why"})

    block: UUID
    places: int = Field(ge=1, le=2_000)
    why: Literal["repair", "hygiene", "no_staff", "danger", "kept_free", "other"]
    remark: Remark = ""


class FreePlaces(Action):
    code: ClassVar[str] = "reception.free_places"
    needs: ClassVar[str] = "reception.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"block"})

    block: UUID

    @cached_property
    def row(self) -> Block:
        found = Block.objects.select_related("unit__centre").filter(pk=self.block).first()
        if found is None:
            raise NotFound("There is no such block.")
        return found

    def target(self) -> Any:
        return self.row.unit.centre


class Companion(BaseModel):
    """One of the family who gets a place together with the person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stay: UUID
    file: UUID


class MoveIn(_OnUnit):
    """Give a person a place in a unit, and with them `companions` of their family: all of them or nobody. Who stays elsewhere
    leaves that place with it.

    Without the person's agreement it is a transfer, and parting the person from the family a split: the safeguards are asked first. Another
    unit than the proposed one needs a reason.
    """

    code: ClassVar[str] = "reception.move_in"
    needs: ClassVar[str] = "reception.place"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "unit", "will"})

    stay: UUID
    file: UUID
    companions: Annotated[tuple[Companion, ...], Field(max_length=50)] = ()
    will: Will
    reason: Remark = ""

    @cached_property
    def person(self) -> registration.PersonFile:
        return registration.file_by_id(self.file)

    @cached_property
    def before(self) -> Stay | None:
        return rooms.stay_of(self.file)

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        assert self.person and self.room  # noqa: S101, PT018 - what is not there raises NotFound
        return self

    def harm(self) -> Harm | None:
        if any(self.parts(file) for file in self.files):
            return Harm.FAMILY_SPLIT
        return None if self.will == "agrees" else Harm.TRANSFER

    @property
    def files(self) -> tuple[UUID, ...]:
        return (self.file, *(each.file for each in self.companions))

    def parts(self, file: UUID) -> bool:
        """Whether the act parts one of those who move from family members who do not move with them."""
        before = rooms.stay_of(file)
        guest = rooms.guest_of(registration.file_by_id(file), before)
        earlier = rooms.place(before.unit) if before else None
        return rules.splits(rooms.place(self.room), earlier, rooms.family_rooms(guest, without=self.files))


class _OnStay(Action):
    """An act about somebody who stays in a centre, by those who lead it."""

    needs: ClassVar[str] = "reception.lead"

    stay: UUID

    @cached_property
    def row(self) -> Stay:
        found = Stay.objects.select_for_update(of=("self",)).select_related("unit__centre").filter(pk=self.stay).first()
        if found is None:
            raise NotFound("There is no such stay.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Any:
        return self.row.unit.centre


class MoveOut(_OnStay):
    """End a stay. Without the person's agreement it is a transfer, or a split where family stays behind: the safeguards are asked."""

    code: ClassVar[str] = "reception.move_out"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "why", "will"})

    why: Literal["left_freely", "own_housing", "other_place", "returned", "not_back", "sent_away", "died"]
    will: Will
    remark: Remark = ""

    def harm(self) -> Harm | None:
        if self.why == "died" or (self.why == "not_back" and self.row.presence == "absent"):
            return None
        if self.will == "agrees" and self.why != "sent_away":
            return None
        guest = rooms.guest_of(registration.file_by_id(self.row.file), self.row)
        parted = rules.splits(None, rooms.place(self.row.unit), rooms.family_rooms(guest))
        return Harm.FAMILY_SPLIT if parted else Harm.TRANSFER


class SetPresence(_OnStay):
    """Say that a person is in, out with leave until a moment, or absent. Being away costs nobody the place."""

    code: ClassVar[str] = "reception.set_presence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "presence"})

    presence: Literal["in", "leave", "absent"]
    until: AwareDatetime | None = None
    remark: Remark = ""


class SetCare(_OnStay):
    """Say whether a person is to sleep apart and needs a place without steps; it speaks before what the interview said."""

    code: ClassVar[str] = "reception.set_care"

    apart: bool = False
    step_free: bool = False


class HandOutItem(_OnStay):
    """Give a person something, against a receipt."""

    code: ClassVar[str] = "reception.hand_out"
    needs: ClassVar[str] = "reception.hand_out"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "hand_out", "item", "amount"})

    hand_out: UUID
    item: Literal[
        "meal", "food_parcel", "water", "bedding", "clothing", "hygiene_kit", "baby_kit", "heater", "cash", "other"
    ]
    amount: int = Field(default=1, ge=1, le=1_000)
    receipt: Literal["signed", "fingerprint", "by_guardian", "would_not_sign"]


class SetAppointment(_OnStay):
    code: ClassVar[str] = "reception.set_appointment"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "appointment"})

    appointment: UUID
    kind: Literal["health", "interview", "legal_aid", "school", "counselling", "authority", "other"]
    at: AwareDatetime
    where: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class KeepAppointment(_OnStay):
    """Say what came of an appointment. A missed one costs nothing by itself."""

    code: ClassVar[str] = "reception.keep_appointment"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stay", "appointment", "outcome"})

    appointment: UUID
    outcome: Literal["kept", "missed", "cancelled"]


class ReportIncident(_AtCentre):
    """Write down what went wrong, and who was told. With `file` it is about that person and sealed under their key."""

    code: ClassVar[str] = "reception.report_incident"
    open_fields: ClassVar[frozenset[str]] = frozenset({"centre", "incident"})

    incident: UUID
    kind: Literal[
        "violence", "sexual_violence", "child_harmed", "self_harm", "death", "missing_child", "fire", "illness", "theft",
        "threat", "other",
    ]  # fmt: skip
    what: Text
    told: tuple[Literal["police", "ambulance", "child_protection", "family", "guardian", "nobody"], ...] = ()
    file: UUID | None = None

    def subject(self) -> UUID | None:
        return self.file


class FollowIncident(Action):
    """Write down what was done about an incident, and whether that closes it."""

    code: ClassVar[str] = "reception.follow_incident"
    needs: ClassVar[str] = "reception.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"incident", "follow_up", "closes"})

    incident: UUID
    follow_up: UUID
    what: Text
    closes: bool = False

    @cached_property
    def row(self) -> Incident:
        found = (
            Incident.objects.select_for_update(of=("self",)).select_related("centre").filter(pk=self.incident).first()
        )
        if found is None:
            raise NotFound("There is no such incident.")
        return found

    def subject(self) -> UUID | None:
        return self.row.file

    def target(self) -> Any:
        return self.row.centre


class _OfPerson(Action):
    needs: ClassVar[str] = "reception.receive"

    file: UUID

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file).pk


class KeepApart(_OfPerson):
    """Keep that a person is afraid of another, by the number of that one's file. They never get one unit."""

    code: ClassVar[str] = "reception.keep_apart"
    open_fields: ClassVar[frozenset[str]] = frozenset({"fear"})

    fear: UUID
    other_number: Short
    why: Remark = ""


class EndKeepApart(_OfPerson):
    """The person says that the fear is over, or that it was written down in error."""

    code: ClassVar[str] = "reception.end_keep_apart"
    open_fields: ClassVar[frozenset[str]] = frozenset({"fear"})

    fear: UUID
    why: Text

    @cached_property
    def row(self) -> Fear:
        found = Fear.objects.select_for_update().filter(pk=self.fear, file=self.file, ended_at=None).first()
        if found is None:
            raise NotFound("There is no such fear.")
        return found


class Announce(_OfPerson):
    """Tell another centre that the person will come there, for example to the family. It moves nobody by itself."""

    code: ClassVar[str] = "reception.announce"
    open_fields: ClassVar[frozenset[str]] = frozenset({"announcement", "centre", "on"})

    announcement: UUID
    centre: UUID
    on: date


class SayRoom(Action):
    """A body says how many more people it can take now for one kind of referral."""

    code: ClassVar[str] = "reception.say_room"
    needs: ClassVar[str] = "reception.say_room"
    open_fields: ClassVar[frozenset[str]] = frozenset({"to", "free"})

    to: Short
    free: int = Field(ge=0, le=1_000_000)
