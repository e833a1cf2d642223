"""Plans toward a solution: making one, what is done in it, follow-ups, closing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from panah.foundation.access.service import may, officer_of
from panah.foundation.door.service import NotFound
from panah.node.api.acting import common, done
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.referrals import service as referrals
from panah.node.solutions import service as solutions

Text = Annotated[str, StringConstraints(min_length=1, max_length=8_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]
Said = Literal["yes", "no", "unknown", "refused"]
Area = Literal[
    "documents", "housing", "work", "skills", "school", "health", "social_protection", "family", "debt", "safety", "community",
]  # fmt: skip

Driver = Literal[
    "PERSEC", "CONFLICT", "GENVIOL", "RIGHTS", "DISASTER", "ENVDEG", "CLIMATE", "WORK", "WAGE", "STUDY", "FAMILY", "HEALTH", "DEBT",
    "TRAFFICKED", "EXPELLED", "ETHNIC_TENSION", "LAND_WATER", "OTHER", "DK",
]  # fmt: skip
router = Router(tags=["solutions"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class PlanSent(Sent):
    plan: UUID = Field(description="Id of the plan, made by the sender.")
    referral: UUID = Field(description="The accepted referral from which it arises.")
    toward: Literal[
        "voluntary_return", "reintegration", "local_integration", "regularisation", "ethnic_return", "resettlement"
    ]
    aims: Text = Field(description="The person's own words.")
    language: Tag
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    consent: Literal["person", "guardian"] = Field(description="Who agreed. Without agreement there is no plan.")
    health_consent: Said = "unknown"
    began_on: date | None = Field(None, description="Day of return, or on which the solution began.")


class StandingSent(Sent):
    standing: UUID
    member: UUID | None = None
    area: Area
    level: int = Field(ge=0, le=4, description="0 is unknown, and neither good nor bad.")
    said: Remark = ""
    wanted: Remark = ""
    asked_on: date


class PlanStepSent(Sent):
    step: UUID
    area: Area
    what: Text
    who: Annotated[str, StringConstraints(min_length=2, max_length=40, pattern=r"^[a-z_]+$")]
    due_on: date | None = Field(
        None, description="Agreed with the person; without it the pack's term for that body counts."
    )


class StepEndSent(Sent):
    result: Literal["done", "not_possible", "not_wanted"]
    evidence: Remark = ""
    grade: Literal["A", "B", "C", "D", "E", "F", ""] = ""


class JobSent(Sent):
    job: UUID
    vacancy: Text
    employer: Short
    contract_checked: Literal["yes", "no", "unknown"] = "unknown"


class JobSetSent(Sent):
    stage: Literal["declined", "not_taken", "started", "ended"]
    on: date
    contract_checked: Literal["yes", "no", "unknown"] = "unknown"
    why: Remark = ""


class TrySent(Sent):
    attempt: UUID
    how: Literal["telephone", "message", "visit", "office"]
    reached: bool
    next_try: date | None = None
    last: bool = False
    safe: Said = "unknown"
    works: Said = "unknown"
    same_job: Said = "unknown"
    wants_to_leave: Said = "unknown"
    why_leave: tuple[Driver, ...] = ()
    where: Literal["same_place", "moved_inside", "abroad_regular", "abroad_other", "unknown"] = "unknown"
    said: Remark = ""


class DangerSent(Sent):
    danger: UUID
    what: Text


class CounselSent(Sent):
    """Counsel on return was held."""

    counselling: UUID
    by_whom: Literal["own_office", "iom", "unhcr", "legal_aid", "ngo"]
    language: Tag
    origin: Text = Field(description="What the person was told of the place of origin.")
    origin_as_of: date = Field(description="Of which day that is.")


class AgreementSent(Sent):
    """The person says yes to returning. Asks the safeguards: answers 409 where they stop it."""

    agreement: UUID
    said: Text = Field(description="The person's own words.")
    language: Tag
    detained: bool = False
    counsel: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="Independent counsel; needed in detention."
    )


class MindChanged(Sent):
    """Without a reason, at any time until departure."""


class DepartureSent(Sent):
    """The person left, freely. Asks the safeguards: answers 409 where they stop it."""

    on: date
    asked_again: Literal["still_wants"]


class BeginningSent(Sent):
    on: date = Field(description="The day of return, or on which the solution began.")


class CloseSent(Sent):
    outcome: Annotated[str, StringConstraints(min_length=2, max_length=30, pattern=r"^[a-z_]+$")]
    said: Remark = ""


class FollowUpGiven(Schema):
    """One follow-up. `reached` is empty while it is not known."""

    follow_up: UUID
    months: int
    due_at: datetime
    basis: Literal["target"] = Field(
        "target", description="Months after the return are a target of the floor; no law sets them."
    )
    verified: bool
    reached: bool | None


class PlanGiven(Schema):
    plan: UUID
    number: str
    toward: str
    began_on: date | None
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    follow_ups: list[FollowUpGiven]


class PlansGiven(Schema):
    plans: list[PlanGiven]


@router.post("/solutions", response=_WRITES, summary="Make a plan", operation_id="open_plan")
def open_one(request: HttpRequest, sent: PlanSent) -> dict[str, Any]:
    """From a referral that the officer's body accepted."""
    file = referrals.received_by(officer_of(request), sent.referral).file
    said = sent.model_dump(exclude={"action", "happened_at", "referral"})
    return done(solutions.OpenPlan(**common(request, sent), file=file, **said))


@router.get(
    "/solutions", response={200: PlansGiven} | _READS, summary="Plans that the officer reads", operation_id="plans"
)
def listed(request: HttpRequest) -> dict[str, Any]:
    """The open plans, at most two hundred, newest first. Nobody is named."""
    officer = officer_of(request)
    if not may(officer, "solutions.see"):
        raise NotFound("There are no plans of yours.")
    rows = solutions.readable(officer).filter(ended_at=None).order_by("-opened_at", "id").prefetch_related("follow_ups")
    return {"plans": [_given(row) for row in rows[:200]]}


@router.get("/solutions/{plan}", response={200: PlanGiven} | _READS, summary="One plan", operation_id="plan")
def one(request: HttpRequest, plan: UUID) -> dict[str, Any]:
    """A plan with its follow-ups; the read is written into the journal."""
    return _given(solutions.read(officer_of(request), plan))


@router.post("/solutions/{plan}/standings", response=_WRITES, summary="Where somebody stands", operation_id="standing")
def standing(request: HttpRequest, plan: UUID, sent: StandingSent) -> dict[str, Any]:
    return done(solutions.RecordStanding(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/steps", response=_WRITES, summary="Agree on a step", operation_id="add_step")
def step(request: HttpRequest, plan: UUID, sent: PlanStepSent) -> dict[str, Any]:
    return done(solutions.AddStep(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/steps/{step}/end", response=_WRITES, summary="End a step", operation_id="end_step")
def end_step(request: HttpRequest, plan: UUID, step: UUID, sent: StepEndSent) -> dict[str, Any]:
    return done(solutions.EndStep(**common(request, sent), plan=plan, step=step, **_said(sent)))


@router.post("/solutions/{plan}/jobs", response=_WRITES, summary="Propose a job", operation_id="propose_job")
def job(request: HttpRequest, plan: UUID, sent: JobSent) -> dict[str, Any]:
    return done(solutions.ProposeJob(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/jobs/{job}", response=_WRITES, summary="What came of a job", operation_id="set_job")
def set_job(request: HttpRequest, plan: UUID, job: UUID, sent: JobSetSent) -> dict[str, Any]:
    return done(solutions.SetJob(**common(request, sent), plan=plan, job=job, **_said(sent)))


@router.post(
    "/solutions/{plan}/follow-ups/{follow_up}/tries", response=_WRITES, summary="Ask how life is", operation_id="try_follow_up"
)  # fmt: skip
def try_follow_up(request: HttpRequest, plan: UUID, follow_up: UUID, sent: TrySent) -> dict[str, Any]:
    """A person who says that they are not safe is a danger: those who protect are told in the same act."""
    return done(solutions.TryFollowUp(**common(request, sent), plan=plan, follow_up=follow_up, **_said(sent)))


@router.post("/solutions/{plan}/dangers", response=_WRITES, summary="Report a danger", operation_id="report_danger")
def danger(request: HttpRequest, plan: UUID, sent: DangerSent) -> dict[str, Any]:
    return done(solutions.ReportDanger(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/counselling", response=_WRITES, summary="Counsel on return", operation_id="counsel")
def counsel(request: HttpRequest, plan: UUID, sent: CounselSent) -> dict[str, Any]:
    return done(solutions.Counsel(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/agreement", response=_WRITES, summary="Agree to return", operation_id="agree_to_return")
def agree(request: HttpRequest, plan: UUID, sent: AgreementSent) -> dict[str, Any]:
    """Refused before counsel was held."""
    return done(solutions.AgreeToReturn(**common(request, sent), plan=plan, **_said(sent)))


@router.post(
    "/solutions/{plan}/agreement/taking-back", response=_WRITES, summary="Change one's mind", operation_id="change_mind"
)
def change_mind(request: HttpRequest, plan: UUID, sent: MindChanged) -> dict[str, Any]:
    return done(solutions.ChangeMind(**common(request, sent), plan=plan))


@router.post("/solutions/{plan}/departure", response=_WRITES, summary="The person left, freely", operation_id="depart")
def depart(request: HttpRequest, plan: UUID, sent: DepartureSent) -> dict[str, Any]:
    """Refused before the time to think is over."""
    return done(solutions.Depart(**common(request, sent), plan=plan, **_said(sent)))


@router.post(
    "/solutions/{plan}/beginning", response=_WRITES, summary="The solution began", operation_id="begin_solution"
)
def begin(request: HttpRequest, plan: UUID, sent: BeginningSent) -> dict[str, Any]:
    """Follow-ups run from it."""
    return done(solutions.BeginSolution(**common(request, sent), plan=plan, **_said(sent)))


@router.post("/solutions/{plan}/close", response=_WRITES, summary="Close a plan", operation_id="close_plan")
def close(request: HttpRequest, plan: UUID, sent: CloseSent) -> dict[str, Any]:
    """Refused while a follow-up is due or a danger is open."""
    return done(solutions.ClosePlan(**common(request, sent), plan=plan, **_said(sent)))


def _said(sent: Sent) -> dict[str, Any]:
    return sent.model_dump(exclude={"action", "happened_at"})


def _given(row: Any) -> dict[str, Any]:
    fields = ("number", "toward", "began_on", "opened_at", "ended_at", "outcome")
    follow_ups = [
        {
            "follow_up": one.pk,
            "months": one.months,
            "due_at": one.due_at,
            "verified": one.verified,
            "reached": one.reached,
        }
        for one in sorted(row.follow_ups.all(), key=lambda one: one.turn)
    ]
    return {name: getattr(row, name) for name in fields} | {"plan": row.pk, "follow_ups": follow_ups}
