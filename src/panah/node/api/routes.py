"""The addresses of the interface. Each write is one action through the door."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import HttpBearer

from panah import __version__
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may, officer_of, officer_of_token
from panah.foundation.door.service import NotFound, Refused
from panah.node.api import (
    complaints,
    custody,
    envelopes,
    families,
    hearings,
    labour,
    problems,
    procedures,
    reception,
    remedies,
    shapes,
    solutions,
)
from panah.node.api.acting import common as _common
from panah.node.api.acting import done as _done
from panah.node.api.shapes import (
    AnswerSent,
    ConfirmationSent,
    InterviewSent,
    PersonSent,
    Problem,
    ProposalGiven,
    QueueGiven,
    ReceiptGiven,
    ReferralGiven,
    ReferralSent,
    SecondReadingSent,
)
from panah.node.profiling import service as profiling
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration


class Token(HttpBearer):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        officer = officer_of_token(token)
        if officer is not None:
            request.user = officer
        return officer


class Described(NinjaAPI):
    """The interface, whose description names errors by their own media type."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        described = super().get_openapi_schema(*args, **kwargs)
        for path in described["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        shapes.describe_screening(described["components"]["schemas"])
        return described


api = Described(
    title="Panah node",
    version=__version__,
    description="Register people, record interviews, send referrals and answer them. Every write is one act with an id of the sender's.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=Token(),
    urls_namespace="api",
)
problems.register(api)
api.add_router("", procedures.router)
api.add_router("", hearings.router)
api.add_router("", remedies.router)
api.add_router("", custody.router)
api.add_router("", envelopes.router)
api.add_router("", reception.router)
api.add_router("", complaints.router)
api.add_router("", families.router)
api.add_router("", solutions.router)
api.add_router("", labour.router)

_ERRORS = {400: Problem, 401: Problem, 404: Problem, 409: Problem, 422: Problem}
_WRITES: Any = {200: ReceiptGiven} | _ERRORS
_READS_ONE: Any = {401: Problem, 404: Problem, 422: Problem}


@api.post("/persons", response=_WRITES, summary="Register a person", operation_id="register")
def register(request: HttpRequest, sent: PersonSent) -> dict[str, Any]:
    """Open a file at the officer's own post."""
    fields = sent.model_dump(exclude={"action", "happened_at"})
    return _done(registration.RegisterPerson(**_common(request, sent), source="rest", **fields))


@api.post("/persons/{file}/interviews", response=_WRITES, summary="Record an interview", operation_id="interview")
def interview(request: HttpRequest, file: UUID, sent: InterviewSent) -> dict[str, Any]:
    """Screen a whole interview: the proposal is made and the holds are placed in the same act."""
    return _done(profiling.RecordInterview(**_common(request, sent), file=file, record=sent.record))


@api.get(
    "/persons/{file}/proposal",
    response={200: ProposalGiven} | _READS_ONE,
    summary="The latest proposal",
    operation_id="proposal",
)
def proposal(request: HttpRequest, file: UUID) -> dict[str, Any]:
    officer = officer_of(request)
    person = registration.file_for(officer, file)
    found, decided = profiling.proposal_of(file), profiling.confirmed(file)
    if found is None:
        raise NotFound("There is no proposal yet.")
    return {
        "proposal": found.pk,
        "profile": profiling.profile_for(officer, found),
        "pack_digest": found.pack_digest,
        "decided": profiling.profiles_for(officer, person, decided.profiles) if decided else None,
    }


@api.post("/persons/{file}/confirmation", response=_WRITES, summary="Decide on a proposal", operation_id="confirm")
def confirm(request: HttpRequest, file: UUID, sent: ConfirmationSent) -> dict[str, Any]:
    found = profiling.proposal_of(file)
    if found is None or not may(officer_of(request), "profiling.confirm", registration.file_by_id(file)):
        raise NotFound("There is no proposal yet.")
    if found.pk != sent.proposal:
        raise Refused(
            "The proposal is not the latest one of this file. Read it again.", code="not_latest", field="proposal"
        )
    return _done(
        profiling.ConfirmProfile(**_common(request, sent), proposal=sent.proposal, add=sent.add, remove=sent.remove)
    )


@api.post(
    "/persons/{file}/second-reading", response=_WRITES, summary="Read as a second officer", operation_id="read_second"
)
def read_second(request: HttpRequest, file: UUID, sent: SecondReadingSent) -> dict[str, Any]:
    """Of the latest decision, by another officer of the post than the one who decided. It holds nothing up."""
    decided = profiling.confirmed(file)
    if (
        decided is None
        or decided.decision is None
        or not may(officer_of(request), "profiling.read_second", registration.file_by_id(file))
    ):
        raise NotFound("There is no decision yet.")
    return _done(
        profiling.ReadSecond(
            **_common(request, sent), confirmation=decided.decision, agrees=sent.agrees, remark=sent.remark
        )
    )


@api.post("/persons/{file}/referrals", response=_WRITES, summary="Send a referral", operation_id="refer")
def refer(request: HttpRequest, file: UUID, sent: ReferralSent) -> dict[str, Any]:
    """Send one line of the decided profile to the body that is competent."""
    return _done(
        referrals.SendReferral(
            **_common(request, sent), file=file, **sent.model_dump(exclude={"action", "happened_at"})
        )
    )


@api.get(
    "/queue", response={200: QueueGiven} | _READS_ONE, summary="What waits for the officer's body", operation_id="queue"
)
def queue(request: HttpRequest) -> dict[str, Any]:
    """The newest two hundred open referrals, first what is due first. Packets are read one at a time."""
    officer = officer_of(request)
    if not may(officer, "referrals.see_queue"):
        raise NotFound("There is no queue of yours.")
    return {
        "waiting": [
            _given(row, packet=False) for row in referrals.waiting_for(officer).defer("packet", "because")[:200]
        ]
    }


@api.get(
    "/queue/{referral}",
    response={200: ReferralGiven} | _READS_ONE,
    summary="One referral",
    operation_id="referral",
)
def received(request: HttpRequest, referral: UUID) -> dict[str, Any]:
    """A referral with its packet; the read is written into the journal."""
    return _given(referrals.received_by(officer_of(request), referral), packet=True)


@api.post("/queue/{referral}/answer", response=_WRITES, summary="Answer a referral", operation_id="acknowledge")
def acknowledge(request: HttpRequest, referral: UUID, sent: AnswerSent) -> dict[str, Any]:
    common = _common(request, sent) | {"referral": referral}
    if sent.answer == "accept":
        return _done(referrals.AcceptReferral(**common))
    if sent.answer == "done":
        return _done(referrals.CompleteReferral(**common, outcome=sent.outcome, remark=sent.remark))
    if not sent.reason:
        raise Refused(
            "A referral is declined with a reason. Allowed are the codes of `reason`.",
            code="reason_missing",
            field="reason",
        )
    return _done(referrals.DeclineReferral(**common, reason=sent.reason, competent=sent.competent, remark=sent.remark))


def _given(row: Any, *, packet: bool) -> dict[str, Any]:
    return {
        "referral": row.pk,
        "number": row.number,
        "to": row.to,
        "urgency": row.urgency,
        "status": row.status,
        "due_at": row.due_at,
        "due_basis": row.due_basis,
        "packet": referrals.packet_given(row) if packet else {},
    }
