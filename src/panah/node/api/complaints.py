"""The addresses of complaints: enter one for somebody, read those that are the officer's, work on them. The rules are those of the room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict, StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound, Refused
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.complaints import service as complaints

Text = Annotated[str, StringConstraints(min_length=1, max_length=5_000, pattern=r"\S")]
Short = Annotated[str, StringConstraints(max_length=200)]
Kind = Literal[
    "pushback", "removal_now", "violence", "sexual_exploitation", "theft", "detention", "discrimination", "delay", "wrong_data",
    "recruiter", "documents", "other",
]  # fmt: skip

router = Router(tags=["complaints"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 422: Problem}


class TicketGiven(Schema):
    """What the complainer gets: number and secret code. The code is kept nowhere here; `ticket` goes with the complaint."""

    ticket: str
    number: str
    code: str


class ComplaintSent(Schema):
    """A complaint in the complainer's own words. Without `name` and `contact` it is one without a name, and no hour of it is kept."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    ticket: Annotated[str, StringConstraints(max_length=1_000)] = Field(
        description="Of `POST /complaints/tickets`. The same ticket again is the same complaint."
    )
    kind: Kind
    text: Text
    who: Literal["", "person", "relative", "lawyer", "officer", "organisation", "other"] = ""
    danger: bool = Field(False, description="Somebody is in danger now: told at once.")
    language: Annotated[str, StringConstraints(max_length=16)] = ""
    body: Annotated[str, StringConstraints(max_length=80)] = Field(
        "", description="Body of the pack that it is against."
    )
    post: Annotated[str, StringConstraints(max_length=40)] = Field(
        "", description="Place of the pack where it happened."
    )
    against_office: bool = Field(False, description="It is about the ombudsman's own office.")
    whom: Short = ""
    name: Short = ""
    contact: Short = ""


class EnteredGiven(Schema):
    number: str
    received_on: date
    due_at: datetime | None
    due_by_law: bool = Field(description="False where `due_at` is a target and no term of law.")


class ComplaintGiven(Schema):
    complaint: UUID
    number: str
    kind: str
    state: str
    danger: bool
    received_on: date
    due_at: datetime | None
    due_by_law: bool
    finding: str
    text: str = Field(description="Empty in lists, and where the words were erased.")


class ComplaintsGiven(Schema):
    complaints: list[ComplaintGiven]


class WordSent(Sent):
    text: Text


class InquiryStepSent(Sent):
    kind: Literal["step", "measure", "remark"]
    step: Literal["", "talked", "heard_accused", "documents", "visit", "medical", "expert", "other"] = ""
    text: Text


class ConclusionSent(Sent):
    finding: Literal["upheld", "partly_upheld", "not_upheld", "cannot_be_established"]
    reasons: Text
    remedy: Annotated[str, StringConstraints(max_length=5_000)] = ""
    told: Text = Field(description="The answer to the complainer, in a language that they understand.")


@router.post(
    "/complaints/tickets",
    response={200: TicketGiven} | _READS,
    summary="Number and code for a complaint to come",
    operation_id="complaint_ticket",
)
def ticket(request: HttpRequest) -> dict[str, Any]:
    """Nothing is kept by this. Give number and code to the complainer, and to nobody else."""
    if not may(officer_of(request), "complaints.enter"):
        raise NotFound("There is nothing here for you.")
    made = complaints.tickets.new(now())
    return {"ticket": made.sealed(), "number": made.number, "code": made.code}


@router.post(
    "/complaints",
    response={200: EnteredGiven} | _READS | {400: Problem, 409: Problem},
    summary="Enter a complaint for somebody",
    operation_id="complain",
)
def enter(request: HttpRequest, sent: ComplaintSent) -> dict[str, Any]:
    """For a hotline or an organisation whose officer holds the token."""
    found = complaints.tickets.opened(sent.ticket, now())
    if found is None:
        raise Refused(
            "The ticket is not ours, or older than twelve hours. Ask for a new one.", code="ticket", field="ticket"
        )
    row = complaints.lodge_entered(officer_of(request), found, sent.model_dump(exclude={"ticket"}), via="rest")
    given = {"number": row.number, "received_on": row.received_on, "due_at": row.due_at}
    return given | {"due_by_law": complaints.by_law(row)}


@router.get(
    "/complaints",
    response={200: ComplaintsGiven} | _READS,
    summary="The complaints that are the officer's to read",
    operation_id="complaints",
)
def listed(request: HttpRequest) -> dict[str, Any]:
    """At most two hundred, danger first, then what is due first; without what was said."""
    officer = officer_of(request)
    if not may(officer, "complaints.see"):
        raise NotFound("There is nothing here for you.")
    return {"complaints": [_given(row, "") for row in complaints.visible(officer)[:200]]}


@router.get(
    "/complaints/{complaint}",
    response={200: ComplaintGiven} | _READS,
    summary="One complaint",
    operation_id="complaint",
)
def one(request: HttpRequest, complaint: UUID) -> dict[str, Any]:
    """With what was said; the read is written into the journal."""
    row = complaints.read(officer_of(request), complaint)
    return _given(row, complaints.said(row).get("text", ""))


@router.post(
    "/complaints/{complaint}/acknowledgement",
    response=_WRITES,
    summary="Acknowledge a complaint",
    operation_id="acknowledge_complaint",
)
def acknowledge(request: HttpRequest, complaint: UUID, sent: Sent) -> dict[str, Any]:
    return done(complaints.Acknowledge(**common(request, sent), complaint=complaint))


@router.post(
    "/complaints/{complaint}/words",
    response=_WRITES,
    summary="Write into the complainer's mailbox",
    operation_id="write_to_complainer",
)
def write(request: HttpRequest, complaint: UUID, sent: WordSent) -> dict[str, Any]:
    return done(complaints.WriteBack(**common(request, sent), complaint=complaint, text=sent.text))


@router.post(
    "/complaints/{complaint}/steps",
    response=_WRITES,
    summary="Keep a step, a measure or a remark",
    operation_id="complaint_step",
)
def step(request: HttpRequest, complaint: UUID, sent: InquiryStepSent) -> dict[str, Any]:
    said = sent.model_dump(include={"kind", "step", "text"})
    return done(complaints.TakeStep(**common(request, sent), complaint=complaint, **said))


@router.post(
    "/complaints/{complaint}/conclusion",
    response=_WRITES,
    summary="Say what was found, and answer",
    operation_id="conclude_complaint",
)
def conclude(request: HttpRequest, complaint: UUID, sent: ConclusionSent) -> dict[str, Any]:
    said = sent.model_dump(include={"finding", "reasons", "remedy", "told"})
    return done(complaints.Conclude(**common(request, sent), complaint=complaint, **said))


def _given(row: Any, text: str) -> dict[str, Any]:
    fields = ("number", "kind", "state", "danger", "received_on", "due_at", "finding")
    found = {name: getattr(row, name) for name in fields}
    return found | {"complaint": row.pk, "due_by_law": complaints.by_law(row), "text": text}
