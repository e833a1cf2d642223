"""The addresses of bodies outside: their keys, envelopes and answers. The rules are those of referrals; each write is one act."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.door.service import NotFound, Refused
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.referrals import service as referrals

Code = Annotated[str, StringConstraints(max_length=80)]

router = Router(tags=["bodies outside"])
_ERRORS: Any = {400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_WRITES: Any = {200: ReceiptGiven} | _ERRORS


class EntrySent(Sent):
    entry: UUID = Field(description="Id of the entry, made by the sender.")
    body: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,59}(/[A-Z0-9-]{2,10})?$")]
    title: Annotated[str, StringConstraints(min_length=2, max_length=160)]
    kinds: list[Code] = Field(description="Kinds of referral that it takes.", min_length=1, max_length=20)
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = Field(
        "", description="Whose authority it is; empty for all others."
    )
    call: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    seals_for: Code
    signs_with: Code


class HeardSent(Sent):
    heard: Code = Field(description="The forty digits that were heard over the telephone.")


class KeyEndSent(Sent):
    why: Literal["wrong_hands", "lost", "closed", "mistake"]


class EnvelopeSent(Sent):
    envelope: UUID = Field(description="Id of the envelope, made by the sender.")


class EnvelopeGiven(ReceiptGiven):
    file_name: str
    content: str = Field(description="The sealed file, base64.")


class AnswerBrought(Sent):
    content: Annotated[str, StringConstraints(max_length=16_384)] = Field(description="The signed answer as it came.")


class AnswerTaken(Schema):
    said: str
    recorded_at: datetime


@router.post("/outside-bodies", response=_WRITES, summary="Enter a body outside", operation_id="enter_body")
def enter(request: HttpRequest, sent: EntrySent) -> dict[str, Any]:
    """Its keys are used once a second officer has confirmed them."""
    fields = sent.model_dump(exclude={"action", "happened_at", "kinds"})
    return done(referrals.EnterOutsideBody(**common(request, sent), kinds=tuple(sent.kinds), **fields))


@router.post(
    "/outside-bodies/{entry}/confirmation", response=_WRITES, summary="Confirm keys", operation_id="confirm_body"
)
def confirm(request: HttpRequest, entry: UUID, sent: HeardSent) -> dict[str, Any]:
    return done(referrals.ConfirmOutsideBody(**common(request, sent), entry=entry, heard=sent.heard))


@router.post("/outside-bodies/{entry}/end", response=_WRITES, summary="End keys", operation_id="end_body")
def end(request: HttpRequest, entry: UUID, sent: KeyEndSent) -> dict[str, Any]:
    return done(referrals.EndOutsideBody(**common(request, sent), entry=entry, why=sent.why))


@router.post(
    "/referrals/{referral}/envelope",
    response={200: EnvelopeGiven} | _ERRORS,
    summary="Take the envelope of a referral",
    operation_id="take_envelope",
)
def take_envelope(request: HttpRequest, referral: UUID, sent: EnvelopeSent) -> dict[str, Any]:
    """Each taking is an act, and gives another sealed file; the same act again gives the same one."""
    given = done(referrals.TakeEnvelope(**common(request, sent), referral=referral, envelope=sent.envelope))
    name, content = referrals.envelope_file(UUID(given["result"]["envelope"]))
    return given | {"file_name": name, "content": base64.b64encode(content).decode()}


@router.post(
    "/referrals/{referral}/answers",
    response=_WRITES,
    summary="Bring the answer of a body outside",
    operation_id="bring_answer",
)
def bring(request: HttpRequest, referral: UUID, sent: AnswerBrought) -> dict[str, Any]:
    if not may(officer_of(request), "referrals.see_sent"):
        raise NotFound("There is no such referral.")
    receipt = referrals.take_answer(sent.content, common(request, sent), referral=referral)
    return {
        "action": receipt.action,
        "code": receipt.code,
        "recorded_at": receipt.recorded_at,
        "line": receipt.seq,
        "result": receipt.result,
    }


@router.post(
    "/envelope-answers",
    auth=None,
    response={200: AnswerTaken} | _ERRORS,
    summary="Post an answer",
    operation_id="post_answer",
)
def post_answer(request: HttpRequest) -> dict[str, Any]:
    """For the body itself, which has no account: the signed answer is the whole of what is sent, and its signature speaks for it. An answer
    whose signature does not hold is told no more than one to nothing."""
    try:
        content = request.body[: referrals.MOST_ANSWER_BYTES + 1].decode("ascii").strip()
        receipt = referrals.take_posted_answer(content)
    except (UnicodeDecodeError, ValueError) as unreadable:
        raise NotFound("The answer belongs to no envelope of this node.") from unreadable
    except Refused as refusal:
        if refusal.code in referrals.NOT_BELIEVED:
            raise NotFound("The answer belongs to no envelope of this node.") from refusal
        raise
    return {"said": receipt.result["said"], "recorded_at": receipt.recorded_at}
