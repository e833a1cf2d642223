"""The addresses of reception: ask for a place, answer, move people in, say who is there, hand things out. The rules are those of the room."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Moment, Problem, ReceiptGiven, Sent
from panah.node.reception import service as reception

Remark = Annotated[str, StringConstraints(max_length=4_000)]

router = Router(tags=["reception"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 422: Problem}


class AskSent(Sent):
    """A post asks a centre for a place for tonight, for the person and the family that came along."""

    ask: UUID = Field(description="Id of the request, made by the sender.")
    file: UUID
    centre: UUID = Field(description="One of `reception/rooms`.")


class AskAnswered(Sent):
    answer: Literal["given", "declined"]
    why: Remark = Field("", description="Why there is no place; needed where it is declined.")


class CompanionSent(Schema):
    stay: UUID
    file: UUID


class MoveInSent(Sent):
    """Give a person a place, and with them members of the family: all of them or nobody."""

    stay: UUID = Field(description="Id of the stay, made by the sender.")
    file: UUID
    unit: UUID
    companions: tuple[CompanionSent, ...] = ()
    will: Literal["agrees", "does_not_agree", "not_asked"]
    reason: Remark = Field("", description="Needed where another unit was proposed, and where a family is parted.")


class PresenceSent(Sent):
    presence: Literal["in", "leave", "absent"]
    until: Moment | None = None
    remark: Remark = ""


class HandOutSent(Sent):
    hand_out: UUID = Field(description="Id of the hand-out, made by the sender.")
    item: Literal[
        "meal", "food_parcel", "water", "bedding", "clothing", "hygiene_kit", "baby_kit", "heater", "cash", "other"
    ]
    amount: int = Field(1, ge=1, le=1_000)
    receipt: Literal["signed", "fingerprint", "by_guardian", "would_not_sign"]


class RoomGiven(Schema):
    """A centre that can be asked, with the room that it has. Shelters are never among them."""

    centre: UUID
    code: str
    title: str
    free: int


class CentreGiven(Schema):
    """A centre of the officer's, as it is now; and how many of those who stay are in, out with leave, and absent."""

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


class RoomsGiven(Schema):
    rooms: list[RoomGiven]


class CentresGiven(Schema):
    centres: list[CentreGiven]


@router.get(
    "/reception/rooms", response={200: RoomsGiven} | _READS, summary="Centres that can be asked", operation_id="rooms"
)
def rooms(request: HttpRequest) -> dict[str, Any]:
    if not may(officer_of(request), "reception.ask_place"):
        raise NotFound("There is nothing here for you.")
    return {
        "rooms": [
            {"centre": row.pk, "code": row.code, "title": reception.title_of(row), "free": places.free}
            for row, places in reception.askable()
        ]
    }


@router.get(
    "/reception/centres",
    response={200: CentresGiven} | _READS,
    summary="Occupancy and presence",
    operation_id="centres",
)
def centres(request: HttpRequest) -> dict[str, Any]:
    """The centres of the officer's body or post."""
    officer = officer_of(request)
    if not may(officer, "reception.oversee"):
        raise NotFound("There is nothing here for you.")
    return {"centres": [found._asdict() for found in reception.standing_of(officer)]}


@router.post(
    "/reception/places-asked", response=_WRITES, summary="Ask for a place for tonight", operation_id="ask_place"
)
def ask_place(request: HttpRequest, sent: AskSent) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(reception.AskPlace(**common(request, sent), **said))


@router.post(
    "/reception/places-asked/{ask}/answer",
    response=_WRITES,
    summary="Answer whether there is a place",
    operation_id="answer_place",
)
def answer_place(request: HttpRequest, ask: UUID, sent: AskAnswered) -> dict[str, Any]:
    return done(reception.AnswerPlace(**common(request, sent), ask=ask, answer=sent.answer, why=sent.why))


@router.post("/reception/stays", response=_WRITES, summary="Move in", operation_id="move_in")
def move_in(request: HttpRequest, sent: MoveInSent) -> dict[str, Any]:
    """A unit that is barred stays barred, and what could harm asks the safeguards."""
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(reception.MoveIn(**common(request, sent), **said))


@router.post("/reception/stays/{stay}/presence", response=_WRITES, summary="Say who is there", operation_id="presence")
def presence(request: HttpRequest, stay: UUID, sent: PresenceSent) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(reception.SetPresence(**common(request, sent), stay=stay, **said))


@router.post(
    "/reception/stays/{stay}/hand-outs", response=_WRITES, summary="Hand something out", operation_id="hand_out"
)
def hand_out(request: HttpRequest, stay: UUID, sent: HandOutSent) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(reception.HandOutItem(**common(request, sent), stay=stay, **said))
