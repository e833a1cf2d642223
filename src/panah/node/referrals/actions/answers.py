"""What the receiving body answers, and what is told upwards when it does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.referrals import rules
from panah.node.referrals.actions.words import facts, of_silence, to_sender, to_supervisor, word
from panah.node.referrals.acts import AcceptReferral, CompleteReferral, DeclineReferral, ReportSilence, ReportUncured
from panah.node.referrals.models import Referral


@handles(AcceptReferral)
def accept_referral(action: AcceptReferral, moment: Moment) -> Outcome:
    return Outcome(facts=facts(action.row), notices=accepted(action.row, moment.recorded_at, action.by))


@handles(DeclineReferral)
def decline_referral(action: DeclineReferral, moment: Moment) -> Outcome:
    notices = declined(
        action.row,
        moment.recorded_at,
        action.by,
        reason=action.reason,
        competent=action.competent,
        remark=action.remark,
    )
    return Outcome(facts=facts(action.row) | {"reason": action.reason}, notices=notices)


@handles(CompleteReferral)
def complete_referral(action: CompleteReferral, moment: Moment) -> Outcome:
    notices = done(action.row, moment.recorded_at, outcome=action.outcome, remark=action.remark)
    return Outcome(facts=facts(action.row) | {"outcome": action.outcome}, notices=notices)


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
        facts=facts(referral) | {"levels": [step.level for step in steps]}, notices=of_silence(referral, steps)
    )


@handles(ReportUncured)
def report_uncured(action: ReportUncured, moment: Moment) -> Outcome:
    referral = Referral.objects.select_for_update().filter(pk=action.referral, cure="open").first()
    if referral is None or referral.cure_by is None or referral.cure_by > moment.recorded_at:
        raise Refused("Nothing is missing, or there is still time to add it.", code="not_due")
    Referral.objects.filter(pk=referral.pk).update(cure="late")
    return Outcome(
        facts=facts(referral),
        notices=(to_sender("referrals.uncured", referral), word("referrals.uncured", referral, role="supervisor")),
    )


def in_status(referral: Referral, wanted: str) -> None:
    """Raise Refused for a referral that stands otherwise."""
    if referral.status != wanted:
        raise Refused(
            f"The referral {referral.number} is {referral.status}; this needs one that is {wanted}. Reload the page.",
            code="wrong_status",
        )


def accepted(referral: Referral, at: datetime, by: UUID | None) -> tuple[Word, ...]:
    in_status(referral, Referral.Status.SENT)
    _answer(referral, at, by, status=Referral.Status.ACCEPTED)
    return (to_sender("referrals.accepted", referral),)


def declined(
    referral: Referral,
    at: datetime,
    by: UUID | None,
    *,
    reason: str,
    competent: str = "",
    remark: str = "",
    missing: Iterable[str] = (),
) -> tuple[Word, ...]:
    """Who is told of the no. Something missing leaves the sender two days, and want of room goes upwards at once."""
    in_status(referral, Referral.Status.SENT)
    _refuse_a_wrong_competent(referral, reason, competent)
    curing = {"cure": "open", "cure_by": at + rules.CURE_TERM} if reason == "INCOMPLETE" else {}
    _answer(
        referral,
        at,
        by,
        status=Referral.Status.DECLINED,
        decline_code=reason,
        competent=competent if reason == "NOT_COMPETENT" else "",
        remark=remark,
        missing=list(missing),
        **curing,
    )
    if reason == "INCOMPLETE":
        return (to_sender("referrals.incomplete", referral, due=(at + rules.CURE_TERM).isoformat()),)
    if reason == "CAPACITY":
        return (
            to_sender("referrals.declined", referral),
            to_supervisor("referrals.no_capacity", referral),
            word("referrals.no_capacity", referral, role="national_coordinator"),
        )
    return (to_sender("referrals.declined", referral),)


def _refuse_a_wrong_competent(referral: Referral, reason: str, competent: str) -> None:
    if reason == "NOT_COMPETENT" and competent not in rules.LANES:
        raise Refused(
            "Who is not competent must name who is. Allowed are: " + ", ".join(sorted(rules.LANES)) + ".",
            code="competent_missing",
            field="competent",
        )
    if reason == "NOT_COMPETENT" and competent == referral.to:
        raise Refused(
            "The kind of body named as competent is the one that declines. Name another.",
            code="competent_same",
            field="competent",
        )


def done(referral: Referral, at: datetime, *, outcome: str, remark: str = "") -> tuple[Word, ...]:
    in_status(referral, Referral.Status.ACCEPTED)
    allowed = rules.outcomes(referral.to)
    if outcome not in allowed:
        raise Refused(
            f"The outcome {outcome!r} is not one of this kind of referral. Allowed are: {', '.join(allowed)}.",
            code="unknown_outcome",
            field="outcome",
        )
    Referral.objects.filter(pk=referral.pk).update(
        status=Referral.Status.DONE, outcome=outcome, remark=remark, done_at=at
    )
    return (to_sender("referrals.done", referral),)


def _answer(referral: Referral, at: datetime, by: UUID | None, **changes: Any) -> None:
    Referral.objects.filter(pk=referral.pk).update(answered_at=at, answered_by=by, **changes)
