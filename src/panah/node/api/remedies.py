"""The addresses of remedies and force: bans on entry, remedies lodged and given up, asking again, detention, the lifting of holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Moment, Problem, ReceiptGiven, Sent
from panah.node.procedures import service as procedures
from panah.node.safeguards import service as safeguards

Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_./:-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Name = Annotated[str, StringConstraints(max_length=200)]
Language = Annotated[str, StringConstraints(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Answer = Literal["yes", "no", "unknown", "refused"]

router = Router(tags=["remedies"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class RemedySent(Sent):
    stage: Code = Field(
        description="The stage of the remedy, of those that the law of the pack has after how the procedure ended."
    )
    remark: Remark = ""


class WaiverSent(Sent):
    waiver: UUID = Field(description="Id of the waiver, made by the sender.")
    decision: UUID
    in_person: bool = Field(description="The person is in the room.")
    said: Text = Field(description="The person's own words.")
    counsel: Text = Field(description="Who offered legal counsel, and what came of it.")
    counsel_at: Moment
    lawyer_present: bool
    language: Language
    understood: bool
    interpreter: Name = ""


class WaiverConfirmed(Sent):
    paper: Text = Field(description="The written confirmation: where it lies, who signed.")
    lawyer_present: bool
    interpreter: Name = ""


class WaiverTakenBack(Sent):
    """Without a reason: the remedy is open again."""


class BanSent(Sent):
    """Asks the safeguards where the state is this one: answers 409 where they stop it."""

    ban: UUID = Field(description="Id of the ban, made by the sender.")
    state: State
    authority: Name = ""
    ground: Text
    paper: Remark = ""
    starts: date | None = None
    length: Literal["until", "forever", "unknown"]
    ends: date | None = Field(None, description="With `until` alone.")


class BanRemedySent(Sent):
    to: Short
    on: date
    what: Text
    wished: bool = Field(description="The person wishes it, and knows that the other state learns of it.")


class DestinationSent(Sent):
    state: State
    why: Text


class BanLiftedSent(Sent):
    on: date
    lifted_by: Short
    paper: Text


class AskedAgainSent(Sent):
    """What the person answered before a step of force. A yes places holds."""

    asked: UUID = Field(description="Id of the record, made by the sender.")
    fear: Answer
    health: Answer
    pressure: Answer
    children: Answer
    family: Answer
    language: Language
    interpreter: Name = ""


class Alternatives(Schema):
    """Why each alternative is not enough for this person."""

    reporting: Text
    residence_direction: Text
    deposit: Text
    bond: Text
    community_supervision: Text
    case_management: Text
    open_reception: Text


class DetentionSent(Sent):
    """Asks the safeguards: answers 409 where they stop it."""

    legal_ground: Text
    assessment: Text = Field(description="Why this person must be held, in their own case.")
    alternatives: Alternatives
    where: Short


class DetentionReviewed(Sent):
    result: Literal["released", "kept"]
    reason: Text


class HoldLifted(Sent):
    reason: Annotated[str, StringConstraints(min_length=20, max_length=2_000, pattern=r"^\S[\s\S]{18,}\S$")] = Field(
        description="The hold falls with the word of a second authority, and an absolute one with none."
    )


class HeldGiven(Schema):
    """One who is held, of whom the officer may know: no name."""

    proceeding: UUID
    number: str
    body: str
    ordered_at: datetime
    reviewed_at: datetime | None
    review_due: datetime | None
    review_basis: Literal["statutory", "target", ""]
    maximum_due: datetime | None
    maximum_basis: Literal["statutory", "target", ""]


class DetainedGiven(Schema):
    held: list[HeldGiven]


class BanGiven(Schema):
    ban: UUID
    state: str
    starts: date | None
    ends: date | None
    length: str
    remedy_on: date | None
    destination: str
    lifted_on: date | None


class WaiverGiven(Schema):
    waiver: UUID
    decision: UUID
    declared_at: datetime
    may_confirm_at: datetime
    confirmed_at: datetime | None
    revoked_at: datetime | None


class RemediesGiven(Schema):
    """What can still be lodged, and the bans and waivers of a proceeding."""

    open: list[str]
    bans: list[BanGiven]
    waivers: list[WaiverGiven]


def _done(action: Any, request: HttpRequest, sent: Sent, **more: Any) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(action(**common(request, sent), **said, **more))


@router.get(
    "/procedures/{proceeding}/remedies", response={200: RemediesGiven} | _READS, summary="Bans and remedies", operation_id="remedies"
)  # fmt: skip
def remedies(request: HttpRequest, proceeding: UUID) -> dict[str, Any]:
    """The read is written into the journal."""
    row = procedures.read(officer_of(request), proceeding)
    bans, waivers = procedures.bans_and_waivers(row)
    of_ban = ("state", "starts", "ends", "length", "remedy_on", "destination", "lifted_on")
    of_waiver = ("declared_at", "may_confirm_at", "confirmed_at", "revoked_at")
    return {
        "open": list(procedures.remedies_open(row)),
        "bans": [{name: getattr(one, name) for name in of_ban} | {"ban": one.pk} for one in bans],
        "waivers": [
            {name: getattr(one, name) for name in of_waiver} | {"waiver": one.pk, "decision": one.decision_id}
            for one in waivers
        ],
    }


@router.post(
    "/procedures/{proceeding}/remedies", response=_WRITES, summary="A remedy is lodged", operation_id="lodge_remedy"
)
def lodge(request: HttpRequest, proceeding: UUID, sent: RemedySent) -> dict[str, Any]:
    """Also late, after the procedure had ended: it is open again, at the remedy."""
    return _done(procedures.LodgeRemedy, request, sent, proceeding=proceeding)


@router.post(
    "/procedures/{proceeding}/waivers",
    response=_WRITES,
    summary="A person wants to give up a remedy",
    operation_id="declare_waiver",
)
def declare(request: HttpRequest, proceeding: UUID, sent: WaiverSent) -> dict[str, Any]:
    """It changes nothing until it is confirmed, after the time to think."""
    return _done(procedures.DeclareWaiver, request, sent, proceeding=proceeding)


@router.post(
    "/procedures/{proceeding}/waivers/{waiver}/confirmation", response=_WRITES, summary="Confirmed in writing", operation_id="confirm_waiver"
)  # fmt: skip
def confirm(request: HttpRequest, proceeding: UUID, waiver: UUID, sent: WaiverConfirmed) -> dict[str, Any]:
    return _done(procedures.ConfirmWaiver, request, sent, proceeding=proceeding, waiver=waiver)


@router.post(
    "/procedures/{proceeding}/waivers/{waiver}/taking-back", response=_WRITES, summary="Taken back", operation_id="revoke_waiver"
)  # fmt: skip
def revoke(request: HttpRequest, proceeding: UUID, waiver: UUID, sent: WaiverTakenBack) -> dict[str, Any]:
    return _done(procedures.RevokeWaiver, request, sent, proceeding=proceeding, waiver=waiver)


@router.post(
    "/procedures/{proceeding}/bans", response=_WRITES, summary="Record a ban on entry", operation_id="record_ban"
)
def ban(request: HttpRequest, proceeding: UUID, sent: BanSent) -> dict[str, Any]:
    return _done(procedures.RecordBan, request, sent, proceeding=proceeding)


@router.post(
    "/procedures/{proceeding}/bans/{ban}/remedy", response=_WRITES, summary="What is done against a ban", operation_id="ban_remedy"
)  # fmt: skip
def ban_remedy(request: HttpRequest, proceeding: UUID, ban: UUID, sent: BanRemedySent) -> dict[str, Any]:
    return _done(procedures.LodgeBanRemedy, request, sent, proceeding=proceeding, ban=ban)


@router.post(
    "/procedures/{proceeding}/bans/{ban}/destination", response=_WRITES, summary="Another destination", operation_id="ban_destination"
)  # fmt: skip
def destination(request: HttpRequest, proceeding: UUID, ban: UUID, sent: DestinationSent) -> dict[str, Any]:
    return _done(procedures.NoteDestination, request, sent, proceeding=proceeding, ban=ban)


@router.post(
    "/procedures/{proceeding}/bans/{ban}/lifting", response=_WRITES, summary="A ban was lifted", operation_id="lift_ban"
)
def lift_ban(request: HttpRequest, proceeding: UUID, ban: UUID, sent: BanLiftedSent) -> dict[str, Any]:
    return _done(procedures.LiftBan, request, sent, proceeding=proceeding, ban=ban)


@router.post(
    "/procedures/{proceeding}/asked-again", response=_WRITES, summary="Ask again before force", operation_id="ask_again"
)
def asked_again(request: HttpRequest, proceeding: UUID, sent: AskedAgainSent) -> dict[str, Any]:
    return _done(procedures.AskAgain, request, sent, proceeding=proceeding)


@router.get(
    "/detained", response={200: DetainedGiven} | _READS, summary="Everybody who is held now", operation_id="detained"
)
def detained(request: HttpRequest) -> dict[str, Any]:
    """For those who oversee, at most two hundred, longest first; a supervisor gets those of the own body."""
    officer = officer_of(request)
    if not may(officer, "procedures.see_detained"):
        raise NotFound("There is nobody here for you.")
    names = ("ordered_at", "reviewed_at", "review_due", "review_basis", "maximum_due", "maximum_basis")
    return {
        "held": [
            {name: getattr(one, name) for name in names}
            | {"proceeding": one.proceeding.pk, "number": one.proceeding.number, "body": one.proceeding.body}
            for one in procedures.detained(officer)[:200]
        ]
    }


@router.post(
    "/procedures/{proceeding}/detention",
    response=_WRITES,
    summary="Grounds of a detention",
    operation_id="order_detention",
)
def detain(request: HttpRequest, proceeding: UUID, sent: DetentionSent) -> dict[str, Any]:
    """Every alternative is considered, or the order is refused."""
    return _done(procedures.OrderDetention, request, sent, proceeding=proceeding)


@router.post(
    "/procedures/{proceeding}/detention/reviews", response=_WRITES, summary="Review or release", operation_id="review_detention"
)  # fmt: skip
def review(request: HttpRequest, proceeding: UUID, sent: DetentionReviewed) -> dict[str, Any]:
    """`released` frees at once; `kept` asks the safeguards again and is refused after the longest time."""
    return _done(procedures.ReviewDetention, request, sent, proceeding=proceeding)


@router.post("/holds/{hold}/lifting", response=_WRITES, summary="Say that a hold may fall", operation_id="lift_hold")
def lift_hold(request: HttpRequest, hold: UUID, sent: HoldLifted) -> dict[str, Any]:
    """One of two words, of different authorities, each with reasons."""
    return _done(safeguards.LiftHold, request, sent, hold=hold)
