"""Sending a person to a body, and what the body answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused, Stopped, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import recipients, waiting_for
from panah.foundation.notices.tasks import mail_notice
from panah.node.referrals.actions import AcceptReferral, CompleteReferral, DeclineReferral, SendReferral
from panah.node.referrals.models import Referral
from panah.node.referrals.tasks import report_silences
from tests.unit.node.referrals.conftest import CLAIM, WHEN

FLAGGED = CLAIM | {"security": {"alert_match": "yes", "alert_confirmed": "unknown"}}
TRAFFICKED = {
    "entry": {"mode": "in_country"},
    "protection": {"left_because": ["work"], "fears_return": "no"},
    "exploitation": {
        "deceived_about_work": "yes",
        "documents_withheld": "yes",
        "movement_controlled": "yes",
        "threats": "yes",
        "no_or_little_pay": "yes",
        "free_to_leave": "no",
    },
    "consent": {"understands": "yes", "share_partner": "yes"},
}
STRANDED = {
    "protection": {"left_because": ["work"], "fears_return": "no", "asked_asylum": "no"},
    "return": {"stranded": "yes", "wants_to_return": "yes", "has_means": "no"},
    "consent": {"understands": "yes", "contact_consulate": "yes", "share_iom": "yes"},
}


def accept(referral, person):
    return perform(AcceptReferral(by=person.pk, happened_at=WHEN, referral=referral.pk))


def test_only_those_of_the_body_who_work_on_such_referrals_hear_of_one(case, officer):
    person = case(TRAFFICKED)
    body = "kaz-police-anti-trafficking"
    nrm, other, chief = (officer(role, body=body) for role in ("nrm_officer", "labour_officer", "supervisor"))
    referral = person.send("anti_trafficking_unit", consent_given=True)
    assert referral.body == body
    heard = {one.username for notice in Notice.objects.filter(code="referrals.received") for one in recipients(notice)}
    assert heard == {nrm.username}
    assert not waiting_for(other).exists()
    assert not waiting_for(chief).exists()


def test_a_confirmed_claim_goes_to_the_asylum_authority_with_its_term_and_a_notice(case):
    referral = case().send("asylum_authority")
    assert (referral.status, referral.consent) == ("sent", "not_required")
    assert WHEN < referral.due_at <= WHEN + timedelta(hours=24)
    assert Notice.objects.get(code="referrals.received").body == referral.body


def test_nothing_goes_before_an_officer_has_confirmed(case):
    with pytest.raises(Refused) as refusal:
        case(confirm=False).send("asylum_authority")
    assert refusal.value.code == "not_confirmed"


def test_a_body_that_the_profile_does_not_name_is_refused(case):
    with pytest.raises(Refused, match="no referral to labour_authority"):
        case().send("labour_authority")


def test_without_consent_a_line_that_needs_it_stays(case):
    silent = case(CLAIM | {"consent": {"understands": "yes"}})
    assert silent.drafts["unhcr"].consent == "needed"
    for answer in (None, False):
        with pytest.raises(Refused) as refusal:
            silent.send("unhcr", consent_given=answer)
        assert refusal.value.code == "consent_needed"
    assert silent.send("unhcr", consent_given=True).consent == "given"


def test_what_the_person_says_now_speaks_before_the_interview(case):
    agreed = case()
    assert agreed.drafts["unhcr"].consent == "given"
    with pytest.raises(Refused, match="consent"):
        agreed.send("unhcr", consent_given=False)


def test_a_second_open_referral_to_the_same_kind_of_body_is_refused(case):
    person = case()
    person.send("asylum_authority")
    with pytest.raises(Refused, match="open already"):
        person.send("asylum_authority")


def test_a_declined_referral_can_be_sent_again(case):
    person = case()
    first = person.send("asylum_authority")
    receiver = person.receiver(first, "asylum_officer")
    perform(
        DeclineReferral(
            by=receiver.pk, happened_at=WHEN, referral=first.pk, reason="INCOMPLETE", remark="The name is missing."
        )
    )
    second = person.send("asylum_authority")
    assert second.number.endswith("-R2")


def test_the_security_service_hears_nothing_before_the_asylum_authority(case):
    person = case(FLAGGED)
    with pytest.raises(Refused) as refusal:
        person.send("security_service")
    assert refusal.value.code == "protection_first"
    person.send("asylum_authority")
    referral = person.send("security_service")
    assert {item["data_class"] for item in referral.packet["items"]} == {"identity_core"}


def test_a_consulate_is_told_nothing_of_one_who_fears_return(case):
    person = case()
    with pytest.raises(Stopped):
        person.send("own_consulate", consent_given=True)
    assert not Referral.objects.exists()
    assert Entry.objects.filter(code="safeguards.attempt_stopped").count() == 1


def test_a_stranded_person_who_asks_for_the_consulate_is_helped(case):
    referral = case(STRANDED, citizenship="UZB").send("own_consulate")
    assert referral.serves_state == "UZB"


def test_an_officer_of_another_post_can_send_nothing(case, officer):
    person = case()
    bolat = officer("border_officer", post="KRG")
    with pytest.raises(NotAllowed):
        perform(
            SendReferral(
                by=bolat.pk, place="KRG", happened_at=WHEN, referral=uuid7(), file=person.file, to="asylum_authority"
            )
        )


@pytest.mark.parametrize("role", ["labour_officer", "security_liaison", "border_officer", "supervisor"])
def test_only_the_lane_of_a_referral_answers_it(case, role):
    person = case()
    referral = person.send("asylum_authority")
    with pytest.raises(NotAllowed):
        accept(referral, person.receiver(referral, role))


def test_a_body_answers_only_what_came_to_it(case, officer):
    referral = case().send("asylum_authority")
    with pytest.raises(NotAllowed):
        accept(referral, officer("asylum_officer", body="some-other-body"))


def test_accepting_and_closing_tells_the_sender(case):
    person = case()
    referral = person.send("asylum_authority")
    receiver = person.receiver(referral, "asylum_officer")
    accept(referral, receiver)
    perform(CompleteReferral(by=receiver.pk, happened_at=WHEN, referral=referral.pk, outcome="registered"))
    referral.refresh_from_db()
    assert (referral.status, referral.outcome) == ("done", "registered")
    told = set(Notice.objects.filter(officer=person.aida.pk).values_list("code", flat=True))
    assert {"referrals.accepted", "referrals.done"} <= told


def test_an_outcome_of_another_lane_is_refused(case):
    person = case()
    referral = person.send("asylum_authority")
    receiver = person.receiver(referral, "asylum_officer")
    accept(referral, receiver)
    with pytest.raises(Refused, match="Allowed are"):
        perform(CompleteReferral(by=receiver.pk, happened_at=WHEN, referral=referral.pk, outcome="employed"))


def test_what_is_not_accepted_cannot_be_closed(case):
    person = case()
    referral = person.send("asylum_authority")
    with pytest.raises(Refused, match="is sent; this needs"):
        perform(
            CompleteReferral(
                by=person.receiver(referral, "asylum_officer").pk,
                happened_at=WHEN,
                referral=referral.pk,
                outcome="registered",
            )
        )


def test_who_is_not_competent_must_name_who_is(case):
    person = case()
    referral = person.send("asylum_authority")
    decline = {
        "by": person.receiver(referral, "asylum_officer").pk,
        "happened_at": WHEN,
        "referral": referral.pk,
        "reason": "NOT_COMPETENT",
    }
    for wrong in ("", "nobody", "asylum_authority"):
        with pytest.raises(Refused):
            perform(DeclineReferral(**decline, competent=wrong))
    perform(DeclineReferral(**decline, competent="child_protection"))
    referral.refresh_from_db()
    assert referral.competent == "child_protection"


def test_want_of_room_is_told_upwards_at_once(case):
    person = case()
    referral = person.send("asylum_authority")
    receiver = person.receiver(referral, "asylum_officer")
    perform(DeclineReferral(by=receiver.pk, happened_at=WHEN, referral=referral.pk, reason="CAPACITY"))
    assert set(Notice.objects.filter(code="referrals.no_capacity").values_list("role", flat=True)) == {
        "supervisor",
        "national_coordinator",
    }


def test_silence_is_reported_step_by_step_and_once(case):
    referral = case().send("asylum_authority")
    term = referral.due_at - referral.sent_at
    for times, roles in (
        (1, {"supervisor"}),
        (2, {"supervisor", "national_coordinator"}),
        (3, {"supervisor", "national_coordinator", "ombudsman"}),
    ):
        with standing_at(referral.sent_at + times * term + timedelta(minutes=1)):
            assert report_silences.call() == 1
            assert report_silences.call() == 0
        told = Notice.objects.filter(code="referrals.silence").exclude(role="")
        assert set(told.values_list("role", flat=True)) == roles


def test_an_answered_referral_is_never_reported(case):
    person = case()
    referral = person.send("asylum_authority")
    accept(referral, person.receiver(referral, "asylum_officer"))
    with standing_at(referral.sent_at + timedelta(days=30)):
        assert report_silences.call() == 0


def test_the_mail_about_a_referral_names_no_person(case, officer):
    person = case()
    referral = person.send("asylum_authority")
    officer("asylum_officer", body=referral.body, email="a@example.org")
    mail_notice.call(str(Notice.objects.get(code="referrals.received").pk))
    assert len(mail.outbox) == 1
    assert "زهرا" not in mail.outbox[0].body + mail.outbox[0].subject
    assert referral.number in mail.outbox[0].body


def test_the_journal_holds_no_name_in_the_clear(case):
    person = case()
    person.send("asylum_authority")
    assert not Entry.objects.filter(facts__contains="زهرا").exists()
