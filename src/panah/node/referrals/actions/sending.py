"""Sending a person to a competent body, and what that body answers. The only writer of this room."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import StringConstraints

from panah.foundation.door.service import Action, Harm, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.profiling import service as profiling
from panah.node.referrals import drafts, rules
from panah.node.referrals.models import Referral
from panah.node.registration import service as registration

Remark = Annotated[str, StringConstraints(max_length=2000)]


class SendReferral(Action):
    """Send one line of a confirmed profile to the body that is competent for it.

    `consent_given` is what the person said when asked; None where they were not asked. A line that needs consent goes only with yes.
    """

    code: ClassVar[str] = "referrals.send"
    needs: ClassVar[str] = "referrals.send"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "to", "consent_given"})

    referral: UUID
    file: UUID
    to: str
    consent_given: bool | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file)

    def harm(self) -> Harm | None:
        return Harm.CONSULAR_NOTICE if self.to == "own_consulate" else None


class _OnReferral(Action):
    """An act of the body that received a referral."""

    needs: ClassVar[str] = "referrals.work"

    referral: UUID

    @cached_property
    def row(self) -> Referral:
        found = Referral.objects.select_for_update().filter(pk=self.referral).first()
        if found is None:
            raise NotFound("There is no such referral.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Referral:
        return self.row


class AcceptReferral(_OnReferral):
    code: ClassVar[str] = "referrals.accept"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral"})


class DeclineReferral(_OnReferral):
    """Say no with a code. Who says NOT_COMPETENT names who is; nobody is sent back by a declined referral."""

    code: ClassVar[str] = "referrals.decline"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "reason", "competent"})

    reason: Literal["NOT_COMPETENT", "INCOMPLETE", "CAPACITY", "DUPLICATE", "PERSON_DECLINED"]
    competent: str = ""
    remark: Remark = ""


class CompleteReferral(_OnReferral):
    """Close an accepted referral with its outcome, which the sender is told."""

    code: ClassVar[str] = "referrals.complete"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral", "outcome"})

    outcome: str
    remark: Remark = ""


class ReportSilence(Action):
    """The installation's own act: tell those above that a referral has no answer in time."""

    code: ClassVar[str] = "referrals.report_silence"
    needs: ClassVar[str] = "referrals.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"referral"})
    by_installation: ClassVar[bool] = True

    referral: UUID

    def subject(self) -> UUID | None:
        return Referral.objects.filter(pk=self.referral).values_list("file", flat=True).first()


@handles(SendReferral)
def send_referral(action: SendReferral, moment: Moment) -> Outcome:
    confirmed = profiling.confirmed(action.file)
    if confirmed is None:
        raise Refused(
            "No officer has confirmed a profile of this person yet. Confirm the proposal first.", code="not_confirmed"
        )
    draft = drafts.draft_for(confirmed, action.to, action.consent_given, moment.recorded_at)
    if draft is None:
        raise Refused(f"The confirmed profile has no referral to {action.to}.", code="no_such_line", field="to")
    earlier = Referral.objects.filter(file=action.file)
    if earlier.filter(to=action.to, status__in=[Referral.Status.SENT, Referral.Status.ACCEPTED]).exists():
        raise Refused("A referral to this body is open already. Wait for its answer.", code="open_already", field="to")
    if draft.consent == "needed":
        raise Refused(
            "This referral needs the person's consent, and the person has not given it.",
            code="consent_needed",
            field="consent_given",
        )
    if draft.body is None:
        raise Refused(
            f"The pack names no body for {action.to} on this day: {draft.why_no_body}", code="no_body", field="to"
        )
    waiting = rules.protection_first(action.to, confirmed.recipients, earlier.values_list("to", flat=True))
    if waiting:
        raise Refused(
            "A security concern never hides a claim to protection. Send the protection referrals first: "
            + ", ".join(sorted(waiting))
            + ".",
            code="protection_first",
            field="to",
        )
    referral = Referral.objects.create(
        id=action.referral,
        number=f"{confirmed.file_number}-R{earlier.count() + 1}",
        file=action.file,
        to=action.to,
        body=draft.body,
        from_place=confirmed.place,
        urgency=confirmed.urgency,
        because=list(draft.because),
        consent=draft.consent,
        packet=draft.packet.as_json(),
        serves_state=draft.serves_state,
        status=Referral.Status.SENT,
        sent_at=moment.recorded_at,
        sent_by=action.by,
        due_at=draft.due_at,
        due_basis=draft.due_basis,
    )
    registration.set_status(action.file, "referred")
    return Outcome(
        result={"referral": str(referral.id), "number": referral.number},
        facts={"number": referral.number, "body": referral.body, "due": referral.due_at.isoformat()},
        notices=(_word("referrals.received", referral, body=referral.body),),
    )


@handles(AcceptReferral)
def accept_referral(action: AcceptReferral, moment: Moment) -> Outcome:
    referral = _in_status(action.row, Referral.Status.SENT)
    _answer(referral, moment.recorded_at, action.by, status=Referral.Status.ACCEPTED)
    return Outcome(facts=_facts(referral), notices=(_to_sender("referrals.accepted", referral),))


@handles(DeclineReferral)
def decline_referral(action: DeclineReferral, moment: Moment) -> Outcome:
    referral = _in_status(action.row, Referral.Status.SENT)
    if action.reason == "NOT_COMPETENT" and action.competent not in rules.LANES:
        raise Refused(
            "Who is not competent must name who is. Allowed are: " + ", ".join(sorted(rules.LANES)) + ".",
            code="competent_missing",
            field="competent",
        )
    if action.reason == "NOT_COMPETENT" and action.competent == referral.to:
        raise Refused(
            "The kind of body named as competent is the one that declines. Name another.",
            code="competent_same",
            field="competent",
        )
    _answer(
        referral,
        moment.recorded_at,
        action.by,
        status=Referral.Status.DECLINED,
        decline_code=action.reason,
        competent=action.competent if action.reason == "NOT_COMPETENT" else "",
        remark=action.remark,
    )
    notices = [_to_sender("referrals.declined", referral)]
    if action.reason == "CAPACITY":
        notices.append(_word("referrals.no_capacity", referral, role="supervisor", body=referral.body))
        notices.append(_word("referrals.no_capacity", referral, role="national_coordinator"))
    return Outcome(facts=_facts(referral) | {"reason": action.reason}, notices=tuple(notices))


@handles(CompleteReferral)
def complete_referral(action: CompleteReferral, moment: Moment) -> Outcome:
    referral = _in_status(action.row, Referral.Status.ACCEPTED)
    allowed = rules.outcomes(referral.to)
    if action.outcome not in allowed:
        raise Refused(
            f"The outcome {action.outcome!r} is not one of this kind of referral. Allowed are: {', '.join(allowed)}.",
            code="unknown_outcome",
            field="outcome",
        )
    Referral.objects.filter(pk=referral.pk).update(
        status=Referral.Status.DONE, outcome=action.outcome, remark=action.remark, done_at=moment.recorded_at
    )
    facts = _facts(referral) | {"outcome": action.outcome}
    return Outcome(facts=facts, notices=(_to_sender("referrals.done", referral),))


@handles(ReportSilence)
def report_silence(action: ReportSilence, moment: Moment) -> Outcome:
    referral = Referral.objects.select_for_update().filter(pk=action.referral, status=Referral.Status.SENT).first()
    if referral is None:
        raise Refused("The referral has its answer.", code="answered")
    steps = rules.silence(referral.to, referral.sent_at, referral.due_at, referral.escalated, moment.recorded_at)
    if not steps:
        raise Refused("No word of silence is due.", code="not_due")
    Referral.objects.filter(pk=referral.pk).update(escalated=max(step.level for step in steps))
    return Outcome(
        facts=_facts(referral) | {"levels": [step.level for step in steps]},
        notices=tuple(
            _word("referrals.silence", referral, role=role, body=referral.body if step.in_body else "")
            for step in steps
            for role in step.roles
        ),
    )


def _in_status(referral: Referral, wanted: str) -> Referral:
    if referral.status != wanted:
        raise Refused(
            f"The referral {referral.number} is {referral.status}; this needs one that is {wanted}. Reload the page.",
            code="wrong_status",
        )
    return referral


def _answer(referral: Referral, at: datetime, by: UUID | None, **changes: str) -> None:
    Referral.objects.filter(pk=referral.pk).update(answered_at=at, answered_by=by, **changes)


def _facts(referral: Referral) -> dict[str, str]:
    return {"number": referral.number, "to": referral.to, "body": referral.body}


def _word(code: str, referral: Referral, *, body: str = "", role: str = "") -> Word:
    facts = {
        "number": referral.number,
        "to": referral.to,
        "urgency": referral.urgency,
        "due": referral.due_at.isoformat(),
    }
    return Word(code, body=body, role=role, facts=facts, link=f"/queue/{referral.pk}/")


def _to_sender(code: str, referral: Referral) -> Word:
    return Word(
        code,
        officer=referral.sent_by,
        facts={"number": referral.number, "to": referral.to},
        link=f"/files/{referral.file}/referrals/",
    )
