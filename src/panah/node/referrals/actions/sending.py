"""Sending a person to a competent body."""

from __future__ import annotations

from django.db.models import QuerySet

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.node.profiling import service as profiling
from panah.node.referrals import drafts, outside, rules
from panah.node.referrals.actions.words import to_lane
from panah.node.referrals.acts import SendReferral
from panah.node.referrals.models import Referral
from panah.node.registration import service as registration


@handles(SendReferral)
def send_referral(action: SendReferral, moment: Moment) -> Outcome:
    confirmed = profiling.confirmed(action.file)
    if confirmed is None:
        raise Refused(
            "No officer has confirmed a profile of this person yet. Confirm the proposal first.", code="not_confirmed"
        )
    draft = _draft(action, confirmed, moment)
    body = draft.body or ""
    earlier = Referral.objects.filter(file=action.file)
    _refuse_what_may_not_go(action, draft, confirmed, earlier)
    referral = Referral.objects.create(
        id=action.referral,
        number=f"{confirmed.file_number}-R{earlier.count() + 1}",
        file=action.file,
        to=action.to,
        body=body,
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
        way=draft.way,
        agreed=list(draft.agreed),
        chosen_for=action.chosen_for,
        after=action.after,
    )
    earlier.filter(to=action.to).exclude(cure="").update(cure="cured")
    registration.set_status(action.file, "referred")
    told = () if draft.way == "envelope" else to_lane("referrals.received", referral)
    return Outcome(
        result={"referral": str(referral.id), "number": referral.number, "way": referral.way},
        facts={"number": referral.number, "body": referral.body, "due": referral.due_at.isoformat()},
        notices=told,
    )


def _draft(action: SendReferral, confirmed: profiling.Confirmed, moment: Moment) -> drafts.Draft:
    declined = None
    if action.after is not None:
        declined = Referral.objects.filter(pk=action.after, file=action.file, decline_code="NOT_COMPETENT").first()
    chosen = drafts.Chosen(action.body, action.agreed)
    try:
        draft = drafts.draft_for(confirmed, action.to, action.consent_given, moment.recorded_at, chosen, declined)
    except LookupError as unknown:
        raise Refused(
            f"The body {action.body!r} is none of those that this referral can go to. Open the page anew and choose one of them.",
            code="no_such_body",
            field="body",
        ) from unknown
    if draft is None:
        raise Refused(f"The confirmed profile has no referral to {action.to}.", code="no_such_line", field="to")
    return draft


def _refuse_what_may_not_go(
    action: SendReferral, draft: drafts.Draft, confirmed: profiling.Confirmed, earlier: QuerySet[Referral]
) -> None:
    if earlier.filter(to=action.to, status__in=[Referral.Status.SENT, Referral.Status.ACCEPTED]).exists():
        raise Refused("A referral to this body is open already. Wait for its answer.", code="open_already", field="to")
    choice = next((one for one in draft.choices if one.body == draft.body), None)
    if choice is not None and outside.may_be_origin(choice.entry, confirmed.record):
        raise Refused(
            "This body is an authority of a state from which the person came, or may have come. It is told nothing.",
            code="origin_state",
            field="body",
        )
    if choice is not None and outside.is_foreign(choice.entry) and not action.body:
        # The safeguards were asked about the body that the act names.
        raise Refused("An authority of another state gets a referral only by its name.", code="name_it", field="body")
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
    if draft.body != draft.choices[0].body and not action.chosen_for:
        raise Refused(
            "Another body is proposed for this referral. Say why it goes to this one: "
            + ", ".join(rules.CHOSEN_FOR)
            + ".",
            code="choice_needs_reason",
            field="chosen_for",
        )
    if draft.way == "envelope" and not draft.packet.items:
        raise Refused(
            "Nothing would be in the envelope. Ask the person what they agree to share, and tick it.",
            code="nothing_to_send",
            field="agreed",
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
