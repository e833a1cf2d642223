"""The addresses of procedures: open one, go through it, read it. The rules are those of the room; each write is one act."""

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

Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9_./:-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
AnyState = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]

router = Router(tags=["procedures"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class ProceedingSent(Sent):
    proceeding: UUID = Field(description="Id of the proceeding, made by the sender.")
    referral: UUID = Field(description="The accepted referral from which it arises.")
    procedure: Code
    stage: Code = ""


class EndSent(Sent):
    outcome: Code
    following: Code = Field("", description="The next stage, or `ends-here`; empty where only one follows.")
    remark: Annotated[str, StringConstraints(max_length=4_000)] = ""
    to_state: AnyState = Field(
        "", description="Where the person was taken by a removal or readmission, if it is known."
    )


class FactSent(Sent):
    fact: Code
    at: Moment
    to_the_day: bool = False


class HearingSent(Sent):
    hearing: UUID
    at: Moment
    minutes: int = Field(120, ge=10, le=600)
    room: Short
    setting: Literal["private", "semi_private", "open", "remote", "vehicle", "detention"] = "private"
    setting_reason: Annotated[str, StringConstraints(max_length=4_000)] = ""
    language: Tag
    interpreter: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="Whoever interprets without an account here."
    )
    interpreter_account: UUID | None = Field(
        None, description="The account that interprets; then `interpreter` stays empty."
    )
    same_sex: Literal["yes", "no", "unknown"] = "unknown"


class DraftSent(Sent):
    decision: UUID
    outcome: Code
    facts_found: Text
    law_applied: Text
    assessment: Text
    to_state: AnyState = Field("", description="Where the decision itself takes the person, if it is known.")


class SignSent(Sent):
    following: Code = ""


class NotifySent(Sent):
    how: Literal["in_person", "registered_mail", "legal_aid", "guardian", "not_found"]
    language: Tag
    proof: Text


class SentBack(Sent):
    why: Text


class RecordSent(Sent):
    held_at: Moment
    record: Text


class EvidenceSent(Sent):
    kind: Literal["document", "statement", "report", "country_information", "medical", "photograph", "other"]
    grade: Literal["A", "B", "C", "D", "E", "F"] = Field(description="A original, verified … F what an officer saw.")
    what: Text


class PauseSent(Sent):
    cause: Code = Field(description="Of packs/_schema/facts.yaml.")
    start: date


class PauseEndSent(Sent):
    cause: Code
    end: date = Field(description="The last day on which the clocks stood still.")


class TermGiven(Schema):
    """One term: when it ends, or what is missing to know it."""

    parameter: str
    binds: str
    verified: bool
    basis: Literal["statutory", "target", ""] = Field(
        description="Whether the law sets `due_at` or only a target; empty while no end is known."
    )
    cited: str = Field(description="Source and article of the value that was applied.")
    due_at: datetime | None
    target_at: datetime | None = Field(
        description="The floor's target, where the law gives a term of its own beside it."
    )
    done_at: datetime | None
    unknown: str


class ProceedingGiven(Schema):
    proceeding: UUID
    number: str
    procedure: str
    stage: str
    outcome: str
    opened_at: datetime
    ended_at: datetime | None
    counsel: Literal["asked", "given", "declined", ""] = Field(
        description="Legal aid so far; empty where it was never spoken of."
    )
    lead: UUID | None = Field(description="The officer who leads the case.")
    terms: list[TermGiven]


class ProceedingsGiven(Schema):
    proceedings: list[ProceedingGiven]


@router.post("/procedures", response=_WRITES, summary="Open a procedure", operation_id="open_procedure")
def open_one(request: HttpRequest, sent: ProceedingSent) -> dict[str, Any]:
    """From a referral that the officer's body accepted."""
    file = procedures.file_of_referral(officer_of(request), sent.referral)
    said = sent.model_dump(include={"proceeding", "referral", "procedure", "stage"})
    return done(procedures.OpenProceeding(**common(request, sent), file=file, **said))


@router.get(
    "/procedures",
    response={200: ProceedingsGiven} | _READS,
    summary="What the officer's body leads",
    operation_id="procedures",
)
def listed(request: HttpRequest) -> dict[str, Any]:
    """The open procedures in the officer's lanes, at most two hundred, oldest first."""
    officer = officer_of(request)
    if not may(officer, "procedures.see"):
        raise NotFound("There are no procedures of yours.")
    rows = procedures.led(officer).filter(ended_at=None).order_by("opened_at").prefetch_related("legal_aid")
    return {"proceedings": [_given(row, []) for row in rows[:200]]}


@router.get(
    "/procedures/{proceeding}",
    response={200: ProceedingGiven} | _READS,
    summary="One procedure",
    operation_id="procedure",
)
def one(request: HttpRequest, proceeding: UUID) -> dict[str, Any]:
    """A procedure with its terms; the read is written into the journal."""
    row = procedures.read(officer_of(request), proceeding)
    return _given(row, [term for step in row.steps.prefetch_related("terms") for term in step.terms.all()])


@router.post("/procedures/{proceeding}/end", response=_WRITES, summary="End the stage", operation_id="end_stage")
def end(request: HttpRequest, proceeding: UUID, sent: EndSent) -> dict[str, Any]:
    said = sent.model_dump(include={"outcome", "following", "remark", "to_state"})
    return done(procedures.EndStage(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/facts", response=_WRITES, summary="Say when something happened", operation_id="fact"
)
def fact(request: HttpRequest, proceeding: UUID, sent: FactSent) -> dict[str, Any]:
    said = sent.model_dump(include={"fact", "at", "to_the_day"})
    return done(procedures.RecordFact(**common(request, sent), proceeding=proceeding, **said))


@router.post("/procedures/{proceeding}/hearings", response=_WRITES, summary="Set a hearing", operation_id="set_hearing")
def hearing(request: HttpRequest, proceeding: UUID, sent: HearingSent) -> dict[str, Any]:
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(procedures.SetHearing(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/decisions", response=_WRITES, summary="Draft a decision", operation_id="draft_decision"
)
def draft(request: HttpRequest, proceeding: UUID, sent: DraftSent) -> dict[str, Any]:
    """It is nothing until another officer signs it."""
    said = sent.model_dump(exclude={"action", "happened_at"})
    return done(procedures.DraftDecision(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/decisions/{decision}/signature",
    response=_WRITES,
    summary="Sign a decision",
    operation_id="sign_decision",
)
def sign(request: HttpRequest, proceeding: UUID, decision: UUID, sent: SignSent) -> dict[str, Any]:
    said: dict[str, Any] = {"decision": decision, "following": sent.following}
    return done(procedures.SignDecision(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/decisions/{decision}/notification",
    response=_WRITES,
    summary="Record that the person was told",
    operation_id="notify_decision",
)
def notify(request: HttpRequest, proceeding: UUID, decision: UUID, sent: NotifySent) -> dict[str, Any]:
    said = sent.model_dump(include={"how", "language", "proof"}) | {"decision": decision}
    return done(procedures.NotifyDecision(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/decisions/{decision}/sending-back",
    response=_WRITES,
    summary="Send a draft back",
    operation_id="send_decision_back",
)
def send_back(request: HttpRequest, proceeding: UUID, decision: UUID, sent: SentBack) -> dict[str, Any]:
    return done(
        procedures.SendDecisionBack(**common(request, sent), proceeding=proceeding, decision=decision, why=sent.why)
    )


@router.post(
    "/procedures/{proceeding}/hearings/{hearing}/record", response=_WRITES, summary="Keep the record", operation_id="record_hearing"
)  # fmt: skip
def record(request: HttpRequest, proceeding: UUID, hearing: UUID, sent: RecordSent) -> dict[str, Any]:
    """Once, after it was read back to the person."""
    said: dict[str, Any] = {"hearing": hearing, "held_at": sent.held_at, "record": sent.record}
    return done(procedures.RecordHearing(**common(request, sent), proceeding=proceeding, **said))


@router.post("/procedures/{proceeding}/evidence", response=_WRITES, summary="Add evidence", operation_id="add_evidence")
def evidence(request: HttpRequest, proceeding: UUID, sent: EvidenceSent) -> dict[str, Any]:
    said = sent.model_dump(include={"kind", "grade", "what"})
    return done(procedures.AddEvidence(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/pauses", response=_WRITES, summary="Let clocks stand still", operation_id="pause_clocks"
)
def pause(request: HttpRequest, proceeding: UUID, sent: PauseSent) -> dict[str, Any]:
    said: dict[str, Any] = {"cause": sent.cause, "start": sent.start}
    return done(procedures.PauseClocks(**common(request, sent), proceeding=proceeding, **said))


@router.post(
    "/procedures/{proceeding}/pauses/end", response=_WRITES, summary="Let clocks run again", operation_id="resume_clocks"
)  # fmt: skip
def resume(request: HttpRequest, proceeding: UUID, sent: PauseEndSent) -> dict[str, Any]:
    said: dict[str, Any] = {"cause": sent.cause, "end": sent.end}
    return done(procedures.ResumeClocks(**common(request, sent), proceeding=proceeding, **said))


def _given(row: Any, terms: list[Any]) -> dict[str, Any]:
    fields = ("parameter", "binds", "verified", "basis", "cited", "due_at", "target_at", "done_at", "unknown")
    return {
        "proceeding": row.pk,
        "number": row.number,
        "procedure": row.procedure,
        "stage": row.stage,
        "outcome": row.outcome,
        "opened_at": row.opened_at,
        "ended_at": row.ended_at,
        "counsel": procedures.counsel(row),
        "lead": row.lead,
        "terms": [{name: getattr(term, name) for name in fields} for term in terms],
    }
