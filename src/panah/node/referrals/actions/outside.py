"""Bodies outside: their keys with four eyes, envelopes sealed for them, and their answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from panah.cores.exchange import sealing
from panah.cores.exchange.referral import Answer
from panah.cores.exchange.sharing import never_allowed
from panah.cores.exchange.submission import BadMessage, digest_of_bytes, key_id
from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.keys import service as keys
from panah.foundation.notices.service import Word
from panah.node.profiling import service as profiling
from panah.node.referrals import drafts, outside, packets, rules
from panah.node.referrals.actions import answers
from panah.node.referrals.actions.words import facts, to_sender, word
from panah.node.referrals.acts import (
    ConfirmOutsideBody,
    EndOutsideBody,
    EnterOutsideBody,
    NoteRefusedAnswer,
    TakeAnswer,
    TakeEnvelope,
)
from panah.node.referrals.models import Envelope, OutsideAnswer, OutsideBody, Referral
from panah.node.registration import service as registration

_OPEN = (Referral.Status.SENT, Referral.Status.ACCEPTED)


def _who(moment: Moment) -> UUID:
    assert moment.officer is not None  # noqa: S101 - the door lets only officers through here
    return moment.officer.pk


@handles(EnterOutsideBody)
def enter(action: EnterOutsideBody, moment: Moment) -> Outcome:
    unknown = sorted(set(action.kinds) - set(outside.KINDS))
    if unknown:
        raise Refused(
            f"No body outside takes {', '.join(unknown)}. Allowed are: {', '.join(outside.KINDS)}.",
            code="kinds",
            field="kinds",
        )
    ours = action.body.partition("/")[0] in {body.id for body in registration.node_pack().bodies}
    if action.state == outside.own_state() or (ours and action.state):
        raise Refused(
            "A body of this state, and every body of its pack, serves no other state. Leave the state empty.",
            code="own_state",
            field="state",
        )
    try:
        public = sealing.check_public(action.seals_for, action.signs_with)
    except sealing.BadKeys as bad:
        field = "signs_with" if "signing" in str(bad) else "seals_for"
        raise Refused(str(bad), code="not_a_key", field=field) from bad
    used = OutsideBody.objects.exclude(code=action.body).filter(seals_for=action.seals_for, ended_at=None)
    if used.exists() or action.signs_with == outside.own_public_key():
        raise Refused("Another body has this key. Each body makes its own.", code="key_used", field="seals_for")
    said = action.model_dump(include={"title", "kinds", "state", "call", "seals_for", "signs_with"})
    OutsideBody.objects.create(
        id=action.entry, code=action.body, entered_at=moment.recorded_at, entered_by=_who(moment), **said
    )
    return Outcome(result={"entry": str(action.entry), "fingerprint": public.fingerprint})


@handles(ConfirmOutsideBody)
def confirm(action: ConfirmOutsideBody, moment: Moment) -> Outcome:
    row = action.row
    if row.confirmed_at is not None or row.ended_at is not None:
        raise Refused("These keys are confirmed already, or have ended. Reload the page.", code="wrong_status")
    if row.entered_by == action.by:
        raise Refused(
            "Who entered the keys does not confirm them. A second officer calls the body and compares.",
            code="four_eyes",
        )
    wanted = sealing.fingerprint_of(row.seals_for, row.signs_with)
    if "".join(filter(str.isdigit, action.heard)) != wanted.replace(" ", ""):
        raise Refused(
            "What was heard is not the fingerprint of these keys. Have it read out again; if it still differs, the keys were "
            "changed on their way: end this entry and ask for them anew.",
            code="wrong_fingerprint",
            field="heard",
        )
    OutsideBody.objects.filter(code=row.code, confirmed_at__isnull=False, ended_at=None).update(
        ended_at=moment.recorded_at, ended_by=action.by, ended_for="replaced"
    )
    OutsideBody.objects.filter(pk=row.pk).update(confirmed_at=moment.recorded_at, confirmed_by=action.by)
    return Outcome(result={"entry": str(row.pk)}, facts={"body": row.code})


@handles(EndOutsideBody)
def end(action: EndOutsideBody, moment: Moment) -> Outcome:
    row = action.row
    if row.ended_at is not None:
        raise Refused("These keys have ended already.", code="wrong_status")
    OutsideBody.objects.filter(pk=row.pk).update(ended_at=moment.recorded_at, ended_by=action.by, ended_for=action.why)
    told = Word(
        "referrals.keys_ended", role="supervisor", facts={"title": row.title}, link=f"/outside-bodies/{row.pk}/"
    )
    return Outcome(facts={"body": row.code}, notices=(told,))


@handles(TakeEnvelope)
def take_envelope(action: TakeEnvelope, moment: Moment) -> Outcome:
    row = action.row
    if row.way != "envelope" or row.status not in _OPEN:
        raise Refused("This referral goes by no envelope, or is answered. Reload the page.", code="wrong_status")
    entry = outside.standing_of(row.body)
    if entry is None or row.to not in entry.kinds:
        raise Refused(
            "No confirmed keys of this body stand for this kind of referral, so nothing is sealed for it. A supervisor enters them, and "
            "a second officer confirms them.",
            code="no_keys",
        )
    _refuse_what_may_not_leave(row, entry)
    made = outside.sealed(outside.letter(row, entry, action.envelope, moment.recorded_at))
    digest = digest_of_bytes(made)
    Envelope.objects.create(
        id=action.envelope,
        referral=row,
        sealed_for=entry,
        content=keys.seal_for(row.file, made),
        digest=digest,
        made_at=moment.recorded_at,
        made_by=_who(moment),
    )
    return Outcome(
        result={"envelope": str(action.envelope), "digest": digest}, facts=facts(row) | {"keys": str(entry.pk)}
    )


def _refuse_what_may_not_leave(row: Referral, entry: OutsideBody) -> None:
    """Ask the matrix and the person's word once more, as they stand now: hours or days may lie between sending and taking."""
    confirmed = profiling.confirmed(row.file)
    if confirmed is None:
        raise Refused("No confirmed profile stands for this person any more.", code="not_confirmed")
    if outside.may_be_origin(entry, confirmed.record):
        raise Refused(
            "This body is an authority of a state from which the person came, or may have come. It is told nothing.",
            code="origin_state",
        )
    if row.consent == "given" and confirmed.at > row.sent_at and drafts.said(confirmed.record, row.to) is False:
        raise Refused(
            "The person has said no to this since the referral was sent. Nothing leaves.", code="consent_withdrawn"
        )
    classes = [item["data_class"] for item in row.packet["items"]]
    stopped = never_allowed(
        classes,
        row.to,
        profiles=confirmed.profiles,
        child=confirmed.child,
        agreed=row.agreed,
        voluntary_return=packets.wishes_to_return(confirmed.record),
    )
    beyond = set(classes) - set(row.agreed) if outside.is_foreign(entry) else set()
    if stopped or beyond:
        raise Refused(
            "By what is known of the person now, the matrix forbids this body: "
            + ", ".join(sorted({*stopped, *beyond}))
            + ". Nothing leaves; send a new referral.",
            code="not_allowed_any_more",
        )


@handles(TakeAnswer)
def take_answer(action: TakeAnswer, moment: Moment) -> Outcome:
    envelope = action.letter
    referral = Referral.objects.select_for_update().get(pk=envelope.referral_id)
    answer, signed_with = _believed(action.content.encode(), referral)
    if (
        action.referral not in (None, referral.pk)
        or answer.referral != referral.pk
        or answer.recipient != referral.body
    ):
        raise Refused("The answer belongs to another referral. Bring it to that one's page.", code="wrong_referral")
    if answer.digest != envelope.digest:
        raise Refused(
            "The answer is to other bytes than those that were sealed here: the body opened a changed file. Give it a new envelope.",
            code="other_bytes",
        )
    earlier = OutsideAnswer.objects.filter(pk=answer.id).first()
    if earlier is not None:
        raise Refused(
            f"This very answer was taken on {earlier.taken_at:%Y-%m-%d %H:%M} UTC. Taken again it changes nothing.",
            code="replayed",
        )
    notices = _apply(answer, referral, moment.recorded_at, action.by)
    OutsideAnswer.objects.create(
        id=answer.id,
        envelope=envelope,
        said=answer.said,
        reason=answer.code,
        key_id=signed_with,
        taken_at=moment.recorded_at,
        taken_by=action.by,
    )
    told = facts(referral) | {"said": answer.said, "reason": answer.code, "answer": str(answer.id)}
    return Outcome(result={"referral": str(referral.pk), "said": answer.said}, facts=told, notices=notices)


def _believed(content: bytes, referral: Referral) -> tuple[Answer, str]:
    entry = outside.standing_of(referral.body)
    known = {key_id(entry.signs_with): entry.signs_with} if entry else {}
    try:
        return sealing.read_answer(content, known), next(iter(known), "")
    except BadMessage as bad:
        raise Refused(f"This answer is not believed. {bad}", code=bad.code) from bad


def _apply(answer: Answer, referral: Referral, at: datetime, by: UUID | None) -> tuple[Word, ...]:
    """What the answer changes, as if an officer of the body had given it here."""
    if answer.said == "accepted":
        return answers.accepted(referral, at, by)
    if answer.said == "declined":
        if answer.code not in rules.DECLINE_CODES:
            raise Refused(
                f"{answer.code!r} is no reason to decline. Allowed are: {', '.join(rules.DECLINE_CODES)}.",
                code="reason",
            )
        return answers.declined(
            referral, at, by, reason=answer.code, competent=answer.competent, missing=answer.missing
        )
    if answer.said == "done":
        return answers.done(referral, at, outcome=answer.code)
    answers.in_status(referral, Referral.Status.SENT)
    if referral.received_at is not None:
        raise Refused("That the body has it was told before. Nothing changes.", code="wrong_status")
    Referral.objects.filter(pk=referral.pk).update(received_at=at)
    return (to_sender("referrals.outside_received", referral),)


@handles(NoteRefusedAnswer)
def note_refused(action: NoteRefusedAnswer, moment: Moment) -> Outcome:
    envelope = Envelope.objects.select_related("referral").filter(pk=action.envelope).first()
    if envelope is None:
        raise Refused("There is no such envelope.", code="unknown_letter")
    row = envelope.referral
    return Outcome(
        facts=facts(row),
        notices=(
            to_sender("referrals.answer_refused", row),
            word("referrals.answer_refused", row, role="supervisor"),
        ),
    )
