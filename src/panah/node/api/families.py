"""The addresses of family tracing: open a request, say what was tried, and, for the tracing officer alone, proposals and answers.

A request is answered alike to everybody else whether somebody was found or not, until both sides agreed.
"""

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
from panah.node.api.shapes import Problem, ReceiptGiven, Sent
from panah.node.families import service as families

Code = Annotated[str, StringConstraints(max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Year = Annotated[int, Field(ge=1890, le=2100)]
Names = Annotated[tuple[Name, ...], Field(max_length=10)]
Recipient = Literal["family_tracing", "child_protection", "unhcr", "iom", "own_consulate"]
Interests = Literal["", "in_interest", "not_in_interest", "not_assessed"]

router = Router(tags=["families"])
_WRITES: Any = {200: ReceiptGiven, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_READS: Any = {401: Problem, 404: Problem, 409: Problem, 422: Problem}


class RequestSent(Sent):
    """Who is sought, and what the seeker agrees to. A kind of body that is not in `shares` was not asked for, and gets nothing."""

    request: UUID = Field(description="Id of the request, made by the sender.")
    file: UUID = Field(description="The file of the one who seeks.")
    relation: Literal[
        "mother", "father", "child", "spouse", "sister_or_brother", "grandparent", "grandchild", "aunt_or_uncle", "other_relative",
        "guardian", "other",
    ]  # fmt: skip
    names: Names = Field(description="Names of the one sought, in any scripts.")
    fathers: Names = ()
    sex: Literal["", "female", "male", "other"] = ""
    year_from: Year | None = None
    year_to: Year | None = None
    last_place: Annotated[str, StringConstraints(max_length=200)] = ""
    last_day: Annotated[str, StringConstraints(max_length=60)] = ""
    marks: Remark = ""
    agrees: Literal["yes", "no", "not_asked"]
    shares: dict[Recipient, Literal["yes", "no"]] = {}
    interests: Interests = ""
    next_on: date


class AttemptSent(Sent):
    attempt: UUID
    kind: Literal[
        "own_files", "centres", "hospitals", "border_posts", "telephone", "community", "family_links_network", "other_body", "other"
    ]  # fmt: skip
    what: Text
    next_on: date


class ClosingSent(Sent):
    outcome: Literal[
        "reunited", "contact_restored", "declined_by_one", "not_in_best_interests", "not_traced", "closed_by_wish", "died", "opened_twice"
    ]  # fmt: skip
    remark: Remark = ""


class LookSent(Sent):
    """Nothing but the id of the act."""


class DecisionSent(Sent):
    standing: Literal["proposed", "confirmed", "rejected"]
    reason: Text


class AnswerOfSide(Sent):
    answer: UUID
    side: Literal["seeker", "sought"]
    says: Literal["yes", "no", "later"]
    in_private: bool
    may_tell: tuple[Literal["message", "contact", "place"], ...] = ()
    message: Remark = ""
    guardian: bool = False
    interests: Interests = ""


class WishSent(Sent):
    wish: UUID
    kind: Literal["do_not_look", "do_not_tell"]
    everybody: bool = False
    other_number: Code = ""
    names: Names = ()
    year_from: Year | None = None
    year_to: Year | None = None
    why: Remark = ""


class RequestGiven(Schema):
    request: UUID
    number: str
    relation: str
    child: bool
    opened_at: datetime
    next_on: date
    closed_at: datetime | None
    outcome: str = Field(description="As far as the officer may know it.")


class RequestsGiven(Schema):
    requests: list[RequestGiven]


class MatchProposed(Schema):
    match: UUID
    likeness: float
    reasons: list[str]
    standing: str


class MatchesProposed(Schema):
    proposals: list[MatchProposed]


@router.post("/families/requests", response=_WRITES, summary="Seek somebody", operation_id="open_tracing")
def open_one(request: HttpRequest, sent: RequestSent) -> dict[str, Any]:
    return done(families.OpenRequest(**common(request, sent), **_said(sent)))


@router.get(
    "/families/requests",
    response={200: RequestsGiven} | _READS,
    summary="The open requests of the officer's body",
    operation_id="tracing_requests",
)
def listed(request: HttpRequest) -> dict[str, Any]:
    """At most two hundred, first whose next step is due first."""
    officer = officer_of(request)
    if not may(officer, "families.see"):
        raise NotFound("There are no requests of yours.")
    rows = families.requests_of(officer).filter(closed_at=None).order_by("next_on", "pk")
    return {"requests": [_given(officer, row) for row in rows[:200]]}


@router.get(
    "/families/requests/{tracing}",
    response={200: RequestGiven} | _READS,
    summary="One request",
    operation_id="tracing_request",
)
def one(request: HttpRequest, tracing: UUID) -> dict[str, Any]:
    officer = officer_of(request)
    return _given(officer, families.read_request(officer, tracing))


@router.post(
    "/families/requests/{tracing}/attempts", response=_WRITES, summary="Say what was tried", operation_id="note_attempt"
)
def attempt(request: HttpRequest, tracing: UUID, sent: AttemptSent) -> dict[str, Any]:
    return done(families.NoteAttempt(**common(request, sent), request=tracing, **_said(sent)))


@router.post(
    "/families/requests/{tracing}/closing", response=_WRITES, summary="Close a request", operation_id="close_tracing"
)
def close(request: HttpRequest, tracing: UUID, sent: ClosingSent) -> dict[str, Any]:
    return done(families.CloseRequest(**common(request, sent), request=tracing, **_said(sent)))


@router.post(
    "/families/requests/{tracing}/comparison",
    response=_WRITES,
    summary="Compare with the files now",
    operation_id="compare_tracing",
)
def look(request: HttpRequest, tracing: UUID, sent: LookSent) -> dict[str, Any]:
    return done(families.Look(**common(request, sent), request=tracing))


@router.get(
    "/families/requests/{tracing}/proposals",
    response={200: MatchesProposed} | _READS,
    summary="Proposals, for the tracing officer alone",
    operation_id="tracing_proposals",
)
def proposals(request: HttpRequest, tracing: UUID) -> dict[str, Any]:
    """Likeness and the codes of its reasons: no name, no number, no place."""
    officer = officer_of(request)
    row = families.read_request(officer, tracing)
    if not may(officer, "families.trace", row):
        raise NotFound("There are no proposals for this officer.")
    return {
        "proposals": [
            {
                "match": one.pk,
                "likeness": round(one.score, 4),
                "reasons": [reason["code"] for reason in one.reasons],
                "standing": one.standing,
            }
            for one in families.proposals_of(officer, row)
        ]
    }


@router.post(
    "/families/matches/{match}/decision", response=_WRITES, summary="Decide on a proposal", operation_id="decide_match"
)
def decide(request: HttpRequest, match: UUID, sent: DecisionSent) -> dict[str, Any]:
    return done(families.DecideMatch(**common(request, sent), match=match, **_said(sent)))


@router.post(
    "/families/matches/{match}/answers", response=_WRITES, summary="What one side said", operation_id="keep_answer"
)
def answer(request: HttpRequest, match: UUID, sent: AnswerOfSide) -> dict[str, Any]:
    return done(families.KeepAnswer(**common(request, sent), match=match, **_said(sent)))


@router.post("/persons/{file}/wishes", response=_WRITES, summary="Do not look, do not tell", operation_id="keep_wish")
def wish(request: HttpRequest, file: UUID, sent: WishSent) -> dict[str, Any]:
    return done(families.KeepWish(**common(request, sent), file=file, **_said(sent)))


def _said(sent: Sent) -> dict[str, Any]:
    return sent.model_dump(exclude={"action", "happened_at"})


def _given(officer: Any, row: Any) -> dict[str, Any]:
    return {
        "request": row.pk,
        "number": row.number,
        "relation": row.relation,
        "child": row.child,
        "opened_at": row.opened_at,
        "next_on": row.next_on,
        "closed_at": row.closed_at,
        "outcome": families.shown_outcome(officer, row) if row.outcome else "",
    }
