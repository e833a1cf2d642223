"""The addresses of who interprets, who leads and who gives legal aid; and an interpreter's own appointments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.procedures import service as procedures

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Name = Annotated[str, StringConstraints(max_length=200)]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]

router = Router(tags=["procedures"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class InterpreterSent(Sent):
    interpreter: Name = Field("", description="Whoever interprets without an account here.")
    interpreter_account: UUID | None = Field(
        None, description="The account that interprets; then `interpreter` stays empty."
    )


class AnswerOfInterpreterSent(Sent):
    answer: Literal["available", "declined"]
    conflict: bool = Field(False, description="A conflict of interest; then the answer is `declined`.")
    words: Annotated[str, StringConstraints(max_length=4_000)] = ""


class LeadSent(Sent):
    lead: UUID = Field(description="An officer of the body that leads the procedure, who works on such ones.")


class AidAskedSent(Sent):
    aid: UUID = Field(description="Id of what is asked for, made by the sender.")
    language: Tag


class AidGivenSent(Sent):
    aid: UUID = Field(
        description="Id of the record, made by the sender; not used where legal aid was asked for and waits."
    )
    organisation: Short
    kind: Literal["state", "ngo", "un", "law_clinic", "private", "other"]
    on: date


class AidDeclinedSent(Sent):
    aid: UUID = Field(
        description="Id of the record, made by the sender; not used where legal aid was asked for and waits."
    )
    said: Text = Field(description="The person's own words.")
    language: Tag
    interpreter: Name = ""
    informed: bool = Field(
        description="The person was told what legal aid is and that they may ask for it at any time."
    )
    freely: bool = Field(description="The person said it alone.")


class AppointmentGiven(Schema):
    """What an interpreter learns: no name, no file, no procedure by its kind."""

    hearing: UUID
    number: str
    at: datetime
    minutes: int
    room: str
    setting: str
    language: str
    answer: Literal["available", "declined", ""]


class AppointmentsGiven(Schema):
    appointments: list[AppointmentGiven]


def _said(request: HttpRequest, sent: Sent) -> dict[str, Any]:
    return common(request, sent) | sent.model_dump(exclude={"action", "happened_at"})


@router.post(
    "/procedures/{proceeding}/hearings/{hearing}/interpreter",
    response=_WRITES,
    summary="Name another interpreter",
    operation_id="name_interpreter",
)
def interpreter(request: HttpRequest, proceeding: UUID, hearing: UUID, sent: InterpreterSent) -> dict[str, Any]:
    """Before the hearing was held. Who was named before finds the appointment no more."""
    return done(procedures.NameInterpreter(**_said(request, sent), proceeding=proceeding, hearing=hearing))


@router.post("/procedures/{proceeding}/lead", response=_WRITES, summary="Say who leads the case", operation_id="lead")
def lead(request: HttpRequest, proceeding: UUID, sent: LeadSent) -> dict[str, Any]:
    return done(procedures.AssignLead(**_said(request, sent), proceeding=proceeding))


@router.post(
    "/procedures/{proceeding}/legal-aid", response=_WRITES, summary="The person asks for legal aid", operation_id="ask_legal_aid"
)  # fmt: skip
def ask_aid(request: HttpRequest, proceeding: UUID, sent: AidAskedSent) -> dict[str, Any]:
    return done(procedures.AskLegalAid(**_said(request, sent), proceeding=proceeding))


@router.post(
    "/procedures/{proceeding}/legal-aid/given", response=_WRITES, summary="Somebody gives legal aid", operation_id="give_legal_aid"
)  # fmt: skip
def give_aid(request: HttpRequest, proceeding: UUID, sent: AidGivenSent) -> dict[str, Any]:
    return done(procedures.GiveLegalAid(**_said(request, sent), proceeding=proceeding))


@router.post(
    "/procedures/{proceeding}/legal-aid/declined",
    response=_WRITES,
    summary="The person declines legal aid",
    operation_id="decline_legal_aid",
)
def decline_aid(request: HttpRequest, proceeding: UUID, sent: AidDeclinedSent) -> dict[str, Any]:
    """Refused for a child, for somebody who was not told, and where somebody else spoke for them."""
    return done(procedures.DeclineLegalAid(**_said(request, sent), proceeding=proceeding))


@router.get(
    "/appointments", response={200: AppointmentsGiven} | _READS, summary="Where the officer interprets", operation_id="appointments"
)  # fmt: skip
def appointments(request: HttpRequest) -> dict[str, Any]:
    """Of an interpreter's own account, soonest first, at most two hundred."""
    officer = officer_of(request)
    if not may(officer, "procedures.interpret"):
        raise NotFound("There are no appointments of yours.")
    return {"appointments": [_given(row) for row in procedures.appointments(officer, now())[:200]]}


@router.get(
    "/appointments/{hearing}", response={200: AppointmentGiven} | _READS, summary="One appointment", operation_id="appointment"
)  # fmt: skip
def appointment(request: HttpRequest, hearing: UUID) -> dict[str, Any]:
    """The look is written into the journal."""
    return _given(procedures.appointment(officer_of(request), hearing))


@router.post(
    "/appointments/{hearing}/answer", response=_WRITES, summary="Say whether one comes", operation_id="answer_appointment"
)  # fmt: skip
def answer(request: HttpRequest, hearing: UUID, sent: AnswerOfInterpreterSent) -> dict[str, Any]:
    return done(procedures.AnswerAppointment(**_said(request, sent), hearing=hearing))


def _given(row: Any) -> dict[str, Any]:
    names = ("at", "minutes", "room", "setting", "language")
    return {name: getattr(row, name) for name in names} | {
        "hearing": row.pk,
        "number": row.proceeding.number,
        "answer": row.interpreter_says,
    }
