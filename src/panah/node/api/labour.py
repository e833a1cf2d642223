"""Work and insurance: opening a record, its lines and their corrections, what it comes to, what funds were asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.clock import now
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.labour import service as labour
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration

Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Short = Annotated[str, StringConstraints(max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20)]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Grade = Literal["A", "B", "C", "D", "E", "F"]
router = Router(tags=["work and insurance"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class WorkRecordSent(Sent):
    record: UUID = Field(description="Id of the record, made by the sender.")
    referral: UUID = Field(description="The accepted referral from which it arises.")
    language: Tag
    consent: Literal["person", "guardian"] = Field(description="Who agreed. Without agreement there is no record.")


class PeriodSent(Sent):
    period: UUID
    state: State = Field(description="ISO 3166-1 alpha-3.")
    first: date
    last: date | None = Field(
        None, description="The last day; left out where nobody knows it, and then it counts nowhere."
    )
    kind: Literal["employed", "self_employed", "service", "unpaid", "unknown"] = "unknown"
    employer: Short = ""
    fund: Short = ""
    grade: Grade = Field(description="How it is known: A to C by papers, D to F by what was told or seen.")
    evidence: Remark = ""
    corrects: UUID | None = Field(None, description="The line whose place it takes. That one stays, struck out.")
    why: Remark = ""


class PermitSent(Sent):
    permit: UUID
    state: State
    kind: Literal["work_permit", "patent", "residence", "visa", "registration", "other"]
    number: Annotated[str, StringConstraints(max_length=80)] = ""
    bound_to: Short = ""
    first: date | None = None
    last: date | None = Field(None, description="Left out where nobody knows until when. It is never read as endless.")
    grade: Grade
    evidence: Remark = ""
    corrects: UUID | None = None
    why: Remark = ""


class StrikeSent(Sent):
    why: Text


class FundSent(Sent):
    enquiry: UUID
    state: State
    fund: Name
    what: Text
    way: Literal["person", "office"] = Field(description="With `office` data leave, and the safeguards are asked.")
    agreed: Literal["yes", "no", "not_asked"] = "not_asked"
    answer_by: date


class FundAnswerSent(Sent):
    result: Literal["confirmed", "in_part", "denied", "no_answer"]
    on: date
    answer: Remark = ""


class WorkRecordCloseSent(Sent):
    outcome: Literal["claim_prepared", "papers_given", "not_wanted", "moved_away", "done"]
    remark: Remark = ""


class WorkRecordGiven(Schema):
    record: UUID
    number: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str


class WorkRecordsGiven(Schema):
    records: list[WorkRecordGiven]


class StateDaysGiven(Schema):
    """Days of one state; `together` is empty where no source allows to count it."""

    state: str
    shown: int
    told: int
    together: int | None
    counted_once: int | None
    before_agreement: int | None


class EstimateGiven(Schema):
    """An estimate, which promises nothing. `answer` is unknown where the sources tell nothing; `least` is empty where nobody knows it."""

    on: date
    answer: Literal["added", "not_added", "unknown"]
    why: str
    agreement: str
    source: str
    verified: bool
    least: int | None
    left_out: list[str]
    without_end: int
    states: list[StateDaysGiven]


@router.post("/labour", response=_WRITES, summary="Open a record of work", operation_id="open_work_record")
def open_record(request: HttpRequest, sent: WorkRecordSent) -> Any:
    file = referrals.received_by(officer_of(request), sent.referral).file
    said = sent.model_dump(exclude={"action", "happened_at", "referral"})
    return done(labour.OpenRecord(**common(request, sent), file=file, **said))


@router.get(
    "/labour", response={200: WorkRecordsGiven} | _READS, summary="Records that the officer reads", operation_id="work_records"
)  # fmt: skip
def listed(request: HttpRequest) -> Any:
    officer = officer_of(request)
    if not may(officer, "labour.see"):
        raise NotFound("There is nothing here.")
    return {"records": [_given(row) for row in labour.readable(officer).filter(ended_at=None)[:500]]}


@router.get(
    "/labour/{record}", response={200: WorkRecordGiven} | _READS, summary="One record", operation_id="work_record"
)
def one(request: HttpRequest, record: UUID) -> Any:
    return _given(labour.read(officer_of(request), record))


@router.get(
    "/labour/{record}/estimate", response={200: EstimateGiven} | _READS, summary="What a record comes to", operation_id="work_estimate"
)  # fmt: skip
def estimated(request: HttpRequest, record: UUID) -> Any:
    found = labour.estimate(labour.read(officer_of(request), record), registration.local_day(now()))
    return {
        "on": found.on,
        "answer": found.answer,
        "why": found.why,
        "agreement": found.agreement,
        "source": str(found.citation or ""),
        "verified": found.verified,
        "least": found.least,
        "left_out": list(found.left_out),
        "without_end": found.without_end,
        "states": [
            {
                "state": each.state,
                "shown": each.shown,
                "told": each.told,
                "together": each.together.days if each.together else None,
                "counted_once": each.together.coinciding if each.together else None,
                "before_agreement": each.together.before_force if each.together else None,
            }
            for each in found.sums
        ],
    }


@router.post("/labour/{record}/periods", response=_WRITES, summary="Insured time", operation_id="record_period")
def period(request: HttpRequest, record: UUID, sent: PeriodSent) -> Any:
    return done(labour.RecordPeriod(**common(request, sent), record=record, **_said(sent)))


@router.post(
    "/labour/{record}/periods/{period}/strike", response=_WRITES, summary="Strike out a line", operation_id="strike_period"
)  # fmt: skip
def strike_period(request: HttpRequest, record: UUID, period: UUID, sent: StrikeSent) -> Any:
    return done(labour.StrikePeriod(**common(request, sent), record=record, period=period, **_said(sent)))


@router.post("/labour/{record}/permits", response=_WRITES, summary="A permit or patent", operation_id="record_permit")
def permit(request: HttpRequest, record: UUID, sent: PermitSent) -> Any:
    return done(labour.RecordPermit(**common(request, sent), record=record, **_said(sent)))


@router.post(
    "/labour/{record}/permits/{permit}/strike", response=_WRITES, summary="Strike out a permit", operation_id="strike_permit"
)  # fmt: skip
def strike_permit(request: HttpRequest, record: UUID, permit: UUID, sent: StrikeSent) -> Any:
    return done(labour.StrikePermit(**common(request, sent), record=record, permit=permit, **_said(sent)))


@router.post("/labour/{record}/enquiries", response=_WRITES, summary="Ask a fund", operation_id="ask_fund")
def ask(request: HttpRequest, record: UUID, sent: FundSent) -> Any:
    return done(labour.AskFund(**common(request, sent), record=record, **_said(sent)))


@router.post(
    "/labour/{record}/enquiries/{enquiry}/answer", response=_WRITES, summary="Answer of a fund", operation_id="take_fund_answer"
)  # fmt: skip
def answer(request: HttpRequest, record: UUID, enquiry: UUID, sent: FundAnswerSent) -> Any:
    return done(labour.TakeAnswer(**common(request, sent), record=record, enquiry=enquiry, **_said(sent)))


@router.post(
    "/labour/{record}/close", response=_WRITES, summary="Close a record of work", operation_id="close_work_record"
)
def close(request: HttpRequest, record: UUID, sent: WorkRecordCloseSent) -> Any:
    return done(labour.CloseRecord(**common(request, sent), record=record, **_said(sent)))


def _said(sent: Sent) -> dict[str, Any]:
    return sent.model_dump(exclude={"action", "happened_at"})


def _given(row: Any) -> dict[str, Any]:
    return {
        "record": row.pk,
        "number": row.number,
        "opened_at": row.opened_at,
        "ended_at": row.ended_at,
        "outcome": row.outcome,
    }
