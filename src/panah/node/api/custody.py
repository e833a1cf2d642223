"""The addresses of custody: record an apprehension, what the person answered, hand over, confirm, end. The rules are those of the room."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import AwareDatetime, StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.custody import service as custody

Words = Annotated[str, StringConstraints(max_length=4_000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Answer = Literal["yes", "no", "unknown", "refused"]
Known = Literal["yes", "no", "unknown"]
Child = Literal["yes", "treated", "no", "unknown"]
Told = Literal["reasons", "rights", "asylum", "lawyer", "family", "consulate", "complaint"]
Wish = Literal["lawyer", "family", "consulate", "unhcr", "nobody"]
Fit = Literal["fit", "conditions", "unfit", "unknown"]
Condition = Literal["medicine", "medic_along", "seat", "lying", "rests", "short_road", "other"]

router = Router(tags=["custody"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 422: Problem}


class ApprehensionSent(Sent):
    """Somebody was stopped, taken or taken over; `happened_at` is when. What is not known stays `unknown`."""

    custody: UUID = Field(description="Id of the record, made by the sender.")
    file: UUID | None = Field(None, description="The person's file; null for a person not yet registered.")
    unit: Short
    where: Short
    ground_source: Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")] = Field(
        "", description="Id of a source of the pack; empty where the ground is in the officer's words."
    )
    ground: Text
    means: Known = Field(description="Whether force was used.")
    means_how: Words = ""
    injuries: Known
    injuries_what: Words = ""
    doctor: Literal["seen", "called", "refused", "no", "unknown"] = "unknown"
    property_taken: Words = ""
    property_receipt: Annotated[str, StringConstraints(max_length=40)] = ""
    told: tuple[Told, ...] = ()
    told_language: Annotated[str, StringConstraints(max_length=40)] = ""
    wishes: tuple[Wish, ...] = ()
    child: Child = "unknown"
    fear: Answer = "unknown"


class CustodyAnswersSent(Sent):
    fear: Answer
    child: Child
    told: tuple[Told, ...] = ()
    told_language: Annotated[str, StringConstraints(max_length=40)] = ""
    wishes: tuple[Wish, ...] = ()


class CustodyJoinSent(Sent):
    file: UUID


class CustodyFitnessSent(Sent):
    """What the person said of their health before a journey, and what somebody medical said. Codes only: no field takes a diagnosis."""

    asking: UUID = Field(description="Id of this asking, made by the sender.")
    ill: Known
    hurt: Known
    pregnant: Known
    cannot_travel: Known
    seen_by: Literal["physician", "nurse", "medic", "nobody", "unknown"]
    seen_at: AwareDatetime | None = Field(
        None, description="When somebody medical saw the person; null where none did."
    )
    result: Fit = Field("unknown", description="The word of somebody medical; `unknown` where none saw the person.")
    conditions: tuple[Condition, ...] = Field((), description="Only where the result is `conditions`.")
    conditions_more: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="Only with the condition `other`: what the journey needs, without a diagnosis."
    )


class CustodyFitnessGiven(Schema):
    """What escorts and receivers need for the journey: no complaint, no diagnosis. `unknown` stands for neither fit nor unfit."""

    result: Fit
    seen_by: str
    seen_at: datetime | None
    conditions: list[Condition]
    conditions_more: str


class CustodyCompanionSent(Schema):
    custody: UUID
    transfer: UUID = Field(description="Id of this person's own transfer, made by the sender.")


class CustodyTransferSent(Sent):
    """A hand-over asks first whether the person can travel (`/custody/{record}/fitness`); to a health service of the pack nobody waits."""

    transfer: UUID = Field(description="Id of the transfer, made by the sender.")
    to_body: Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")] = ""
    to_post: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9-]*$")] = ""
    to_where: Short
    purpose: Literal[
        "registration", "medical", "child_protection", "competent_body", "court", "identification", "other"
    ]
    remark: Words = ""
    companions: tuple[CustodyCompanionSent, ...] = Field(
        (), max_length=30, description="Family held by the same body, handed over in the same act."
    )
    apart_why: Words = Field("", description="Why family held by the same body stays behind.")


class CustodyConfirmed(Sent):
    state: Text = Field(description="How the person arrived.")


class CustodyTakenBack(Sent):
    why: Text


class CustodyEndSent(Sent):
    """`detention`, `refused_entry` and `handed_over` ask the safeguards and answer 409 where they stop it."""

    how: Literal["released", "referred", "reception", "hospital", "detention", "refused_entry", "handed_over", "died"]
    where: Annotated[str, StringConstraints(max_length=200)] = ""
    left_with: Words = ""


class CustodyGiven(Schema):
    """One of those in custody of whom the officer may know: no name, no ground."""

    custody: UUID
    number: str
    body: str
    post: str
    apprehended_at: datetime
    limit_due: datetime | None = Field(description="By law: null where no verified law says a time.")
    asked: bool


class CustodiesGiven(Schema):
    held: list[CustodyGiven]


@router.get("/custody", response={200: CustodiesGiven} | _READS, summary="In custody now", operation_id="custodies")
def listed(request: HttpRequest) -> dict[str, Any]:
    officer = officer_of(request)
    if not may(officer, "custody.see"):
        raise NotFound("There is nothing here for you.")
    rows = custody.visible(officer).filter(ended_at=None).order_by("apprehended_at", "pk")[:200]
    names = ("number", "body", "post", "apprehended_at", "limit_due")
    return {
        "held": [
            {name: getattr(row, name) for name in names} | {"custody": row.pk, "asked": row.asked_at is not None}
            for row in rows
        ]
    }


def _done(action: Any, request: HttpRequest, sent: Sent, **more: Any) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(action(**common(request, sent), **said, **more))


@router.post("/custody", response=_WRITES, summary="Record an apprehension", operation_id="apprehend")
def apprehend(request: HttpRequest, sent: ApprehensionSent) -> dict[str, Any]:
    return _done(custody.Apprehend, request, sent)


@router.post("/custody/{record}/answers", response=_WRITES, summary="What the person said", operation_id="custody_ask")
def ask(request: HttpRequest, record: UUID, sent: CustodyAnswersSent) -> dict[str, Any]:
    return _done(custody.Ask, request, sent, custody=record)


@router.post("/custody/{record}/file", response=_WRITES, summary="Join the person's file", operation_id="custody_join")
def join(request: HttpRequest, record: UUID, sent: CustodyJoinSent) -> dict[str, Any]:
    return _done(custody.Join, request, sent, custody=record)


@router.post(
    "/custody/{record}/fitness", response=_WRITES, summary="Can the person travel", operation_id="custody_say_fitness"
)
def say_fitness(request: HttpRequest, record: UUID, sent: CustodyFitnessSent) -> dict[str, Any]:
    return _done(custody.SayFitness, request, sent, custody=record)


@router.get(
    "/custody/{record}/fitness", response={200: CustodyFitnessGiven} | _READS, summary="What the journey needs",
    operation_id="custody_fitness",
)  # fmt: skip
def fitness(request: HttpRequest, record: UUID) -> dict[str, Any]:
    """Of somebody who is on the way: what stood when they were handed over."""
    return custody.needs_of_journey(custody.read(officer_of(request), record), now())


@router.post("/custody/{record}/transfers", response=_WRITES, summary="Hand over", operation_id="custody_hand_on")
def hand_on(request: HttpRequest, record: UUID, sent: CustodyTransferSent) -> dict[str, Any]:
    return _done(custody.HandOn, request, sent, custody=record)


@router.post(
    "/custody/{record}/confirmation", response=_WRITES, summary="Confirm a hand-over", operation_id="custody_confirm"
)
def confirm(request: HttpRequest, record: UUID, sent: CustodyConfirmed) -> dict[str, Any]:
    return _done(custody.Confirm, request, sent, custody=record)


@router.post(
    "/custody/{record}/taking-back", response=_WRITES, summary="It was no hand-over", operation_id="custody_take_back"
)
def take_back(request: HttpRequest, record: UUID, sent: CustodyTakenBack) -> dict[str, Any]:
    return _done(custody.TakeBack, request, sent, custody=record)


@router.post("/custody/{record}/end", response=_WRITES, summary="Custody ends", operation_id="custody_end")
def end(request: HttpRequest, record: UUID, sent: CustodyEndSent) -> dict[str, Any]:
    return _done(custody.End, request, sent, custody=record)
