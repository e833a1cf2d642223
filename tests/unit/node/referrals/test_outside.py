"""Referrals to bodies that have no account: keys with four eyes, envelopes, answers, and what never leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid6 import uuid7

from panah.cores.exchange import sealing
from panah.cores.exchange.referral import Answer
from panah.cores.exchange.submission import digest_of_bytes
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, NotFound, Refused, Stopped, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.node.profiling.service import RecordInterview
from panah.node.referrals import answering, outside, rules
from panah.node.referrals.actions import (
    AcceptReferral,
    ConfirmOutsideBody,
    DeclineReferral,
    EndOutsideBody,
    EnterOutsideBody,
    TakeEnvelope,
)
from panah.node.referrals.models import Envelope, OutsideAnswer, OutsideBody, Referral
from panah.node.referrals.tasks import report_silences, report_uncured
from panah.node.safeguards.actions import PlaceHold
from tests.unit.node.referrals.conftest import CLAIM, WHEN
from tests.unit.node.referrals.test_referral import STRANDED

OFFICE = sealing.new_identity()
ASKED = CLAIM | {"consent": {"understands": "yes"}}


class Desk:
    """The keys of bodies outside, and what can be done with them."""

    def __init__(self, officer):
        self.first, self.second = officer("supervisor"), officer("administrator")

    def enter(self, body="unhcr-office", kinds=("unhcr",), state="", identity=OFFICE, by=None):
        public, entry = identity.public, uuid7()
        perform(
            EnterOutsideBody(
                by=(by or self.first).pk, happened_at=WHEN, entry=entry, body=body, title="The office", kinds=kinds, state=state,
                call="+7 000 000", seals_for=public.seals_for, signs_with=public.signs_with,
            )
        )  # fmt: skip
        return entry

    def confirm(self, entry, by=None, heard=None):
        row = OutsideBody.objects.get(pk=entry)
        wanted = sealing.fingerprint_of(row.seals_for, row.signs_with)
        perform(ConfirmOutsideBody(by=(by or self.second).pk, happened_at=WHEN, entry=entry, heard=heard or wanted))

    def ready(self, **more):
        entry = self.enter(**more)
        self.confirm(entry)
        return entry


@pytest.fixture
def desk(officer):
    with standing_at(WHEN):
        yield Desk(officer)


def take(person, referral):
    receipt = perform(
        TakeEnvelope(by=person.aida.pk, place="ALA", happened_at=WHEN, referral=referral.pk, envelope=uuid7())
    )
    return Envelope.objects.select_related("referral").get(pk=receipt.result["envelope"])


def answered(envelope, said, identity=OFFICE, **more):
    """The answer that the body would write to this envelope, as it travels."""
    letter = sealing.open_letter(outside.content_of(envelope), OFFICE, outside.own_public_key())
    content = {
        "id": uuid7(), "letter": letter.id, "referral": letter.referral, "digest": envelope.digest, "recipient": letter.recipient,
        "said": said, "made_at": WHEN,
    }  # fmt: skip
    return sealing.sign_answer(Answer(**(content | more)), identity).decode()


def bring(person, content, referral=None):
    common = {"id": uuid7(), "by": person.aida.pk, "place": "ALA", "happened_at": WHEN}
    return answering.take(content, common, referral=referral.pk if referral else None)


def refer(person, **more):
    said = {"consent_given": True, "agreed": ("identity_core", "claim_content"), "body": "unhcr-office"}
    return person.send("unhcr", **(said | more))


def code_of(raised):
    return raised.value.code


def test_nothing_is_sealed_before_a_second_officer_has_heard_the_fingerprint(case, desk):
    person = case(ASKED)
    entry = desk.enter()
    assert not outside.standing().exists()
    with pytest.raises(Refused) as raised:
        desk.confirm(entry, by=desk.first)
    assert code_of(raised) == "four_eyes"
    with pytest.raises(Refused) as raised:
        desk.confirm(entry, heard="0" * 40)
    assert code_of(raised) == "wrong_fingerprint"
    desk.confirm(entry)
    assert refer(person).way == "envelope"


def test_ended_keys_send_nothing_and_are_believed_no_more(case, desk):
    person = case(ASKED)
    entry = desk.ready()
    referral = refer(person)
    envelope = take(person, referral)
    perform(EndOutsideBody(by=desk.second.pk, happened_at=WHEN, entry=entry, why="wrong_hands"))
    with pytest.raises(Refused) as raised:
        take(person, referral)
    assert code_of(raised) == "no_keys"
    with pytest.raises(Refused) as raised:
        bring(person, answered(envelope, "accepted"))
    assert code_of(raised) == "unknown_key"
    assert Referral.objects.get(pk=referral.pk).status == "sent"


def test_new_keys_take_the_place_of_the_old_ones_only_when_confirmed(desk):
    old, fresh = desk.ready(), sealing.new_identity()
    entry = desk.enter(identity=fresh)
    assert outside.standing_of("unhcr-office").pk == old
    desk.confirm(entry)
    assert outside.standing_of("unhcr-office").pk == entry
    assert OutsideBody.objects.get(pk=old).ended_for == "replaced"


@pytest.mark.parametrize("role", ["border_officer", "registrar", "asylum_officer", "national_coordinator"])
def test_nobody_else_keeps_keys(desk, officer, role):
    with pytest.raises(NotAllowed):
        desk.enter(by=officer(role))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kinds": ("own_consulate",)}, "kinds"),
        ({"kinds": ("security_service",)}, "kinds"),
        ({"state": "UZB"}, "own_state"),
        ({"body": "a-shelter", "state": "KAZ"}, "own_state"),
    ],
)
def test_an_entry_that_would_open_a_way_round_the_firewall_is_refused(desk, more, code):
    with pytest.raises(Refused) as raised:
        desk.enter(**more)
    assert code_of(raised) == code


def test_the_body_opens_what_was_agreed_and_nothing_more(case, desk):
    person = case(ASKED | {"health": {"pregnant": "yes"}})
    desk.ready()
    envelope = take(person, refer(person))
    content = outside.content_of(envelope)
    letter = sealing.open_letter(content, OFFICE, outside.own_public_key())
    assert {item.data_class for item in letter.packet.items} == {"identity_core", "claim_content"}
    assert letter.agreed == ("identity_core", "claim_content")
    assert "زهرا" in {item.value for item in letter.packet.items}
    assert "health_and_violence" not in {one.data_class for one in letter.packet.withheld}
    assert outside.file_name(envelope) == f"referral-{envelope.pk}.age"
    assert "زهرا".encode() not in content
    assert content not in bytes(envelope.content)


def test_every_taking_is_a_line_of_the_journal_and_another_file(case, desk):
    person = case(ASKED)
    desk.ready()
    referral = refer(person)
    first, second = take(person, referral), take(person, referral)
    assert first.digest != second.digest
    assert Entry.objects.filter(code="referrals.take_envelope", subject=person.file).count() == 2
    assert not Entry.objects.filter(facts__contains="زهرا").exists()


def test_without_a_yes_to_anything_no_envelope_comes_to_be(case, desk):
    person = case(ASKED)
    desk.ready()
    for wrong, code in (({"agreed": ()}, "nothing_to_send"), ({"consent_given": False}, "consent_needed")):
        with pytest.raises(Refused) as raised:
            refer(person, **wrong)
        assert code_of(raised) == code


def test_who_says_no_after_the_sending_is_heard_at_the_taking(case, desk):
    person = case(ASKED)
    desk.ready()
    referral = refer(person)
    from panah.node.profiling import service as profiling

    with standing_at(WHEN + timedelta(hours=1)):
        later = {"by": person.aida.pk, "place": "ALA", "happened_at": WHEN + timedelta(hours=1)}
        no = CLAIM | {"consent": {"understands": "yes", "share_unhcr": "no"}}
        perform(RecordInterview(**later, file=person.file, record=no))
        perform(profiling.ConfirmProfile(**later, proposal=profiling.proposal_of(person.file).pk))
        with pytest.raises(Refused) as raised:
            take(person, referral)
    assert code_of(raised) == "consent_withdrawn"


def foreign(case, desk, record, citizenship, state):
    """A person whose profile names victim assistance or the like, and a foreign authority that takes such referrals."""
    person = case(record, citizenship=citizenship)
    kind = next(iter(person.drafts))
    desk.ready(body="authority-abroad", kinds=(kind,), state=state)
    return person, kind


def test_an_authority_of_the_state_of_origin_gets_nothing_even_where_no_hold_stands(case, desk):
    worker = {
        "purpose": ["work"],
        "protection": {"fears_return": "no", "asked_asylum": "no"},
        "return": {"stranded": "yes"},
    }
    person, kind = foreign(case, desk, worker, "UZB", "UZB")
    with pytest.raises((Refused, Stopped)) as raised:
        person.send(kind, body="authority-abroad", consent_given=True, agreed=("identity_core",), chosen_for="wish")
    assert isinstance(raised.value, Stopped) or code_of(raised) == "origin_state"
    assert not Referral.objects.exists()


def test_an_account_for_the_authority_of_the_state_of_origin_is_no_way_round(case, desk, officer):
    person = case(STRANDED, citizenship="UZB")
    kind = next(to for to in person.drafts if to not in outside.NEVER_OUTSIDE)
    desk.ready(body="authority-abroad", kinds=(kind,), state="UZB")
    officer(rules.LANES[kind][0], body="authority-abroad")
    with pytest.raises((Refused, Stopped)) as raised:
        person.send(kind, body="authority-abroad", consent_given=True, chosen_for="wish")
    assert isinstance(raised.value, Stopped) or code_of(raised) == "origin_state"
    assert not Referral.objects.exists()


def test_an_authority_of_another_state_is_never_written_to_without_being_named(case, desk, monkeypatch):
    person = case(STRANDED, citizenship="UZB")
    monkeypatch.setattr("panah.node.referrals.choices._competent", lambda *_: ["mission-abroad"])
    desk.ready(body="mission-abroad", kinds=("iom",), state="KGZ")
    with pytest.raises(Refused) as raised:
        person.send("iom", consent_given=True, agreed=("identity_core",))
    assert code_of(raised) == "name_it"


def test_a_hold_stops_an_envelope_to_any_authority_of_another_state(case, desk):
    person, kind = foreign(case, desk, ASKED, "AFG", "KGZ")
    with pytest.raises(Stopped):
        person.send(kind, body="authority-abroad", consent_given=True, agreed=("identity_core",), chosen_for="wish")
    assert not Envelope.objects.exists()
    assert Entry.objects.filter(code="safeguards.attempt_stopped").count() == 1


@pytest.mark.parametrize("safeguard", ["no_sharing_with_origin", "no_consular_contact"])
def test_a_hold_that_came_after_the_sending_stops_the_taking(case, desk, safeguard):
    person = case(STRANDED, citizenship="UZB")
    desk.ready(body="mission-abroad", kinds=("iom",), state="KGZ")
    said = {"body": "mission-abroad", "consent_given": True, "agreed": ("identity_core",), "chosen_for": "wish"}
    referral = person.send("iom", **said)
    assert take(person, referral).referral_id == referral.pk
    reason = "She said today that her uncle in the ministry must not learn where she is."
    by = {"by": person.aida.pk, "place": "ALA", "happened_at": WHEN}
    perform(PlaceHold(**by, file=person.file, safeguard=safeguard, reason=reason))
    with pytest.raises(Stopped):
        take(person, referral)
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "state", "may_be"),
    [
        ({"citizenships": ["UZB"]}, "UZB", True),
        ({"citizenships": ["UZB"], "birth_country": "KGZ"}, "KGZ", True),
        ({"citizenships": ["UZB"], "residence_country": "RUS"}, "RUS", True),
        ({"citizenships": []}, "KGZ", True),
        ({"citizenships": ["XXB"]}, "KGZ", True),
        ({"citizenships": ["XXA"]}, "KGZ", True),
        ({"citizenships": ["XXA"], "birth_country": "UZB"}, "KGZ", False),
        ({"citizenships": ["AFG"]}, "KGZ", False),
        ({"citizenships": ["AFG"]}, "", False),
    ],
)
def test_an_unknown_origin_is_every_origin(person, state, may_be):
    assert outside.may_be_origin(OutsideBody(state=state), {"person": person}) is may_be


def test_only_the_signed_answer_counts_and_closes_the_way_through(case, desk):
    person = case(ASKED)
    desk.ready()
    referral = refer(person)
    envelope = take(person, referral)
    for said, status in (("received", "sent"), ("accepted", "accepted"), ("done", "done")):
        bring(person, answered(envelope, said, **({"code": "needs_met"} if said == "done" else {})), referral)
        referral.refresh_from_db()
        assert referral.status == status
        assert referral.received_at is not None
    assert OutsideAnswer.objects.count() == 3


def test_an_answer_is_refused_and_told_when_anything_is_wrong_with_it(case, desk):
    person, other = case(ASKED), case(ASKED)
    desk.ready()
    referral, another = refer(person), refer(other)
    envelope, strange = take(person, referral), take(other, another)
    good = answered(envelope, "accepted")
    wrong = {
        "unknown_key": answered(envelope, "accepted", sealing.new_identity()),
        "wrong_referral": answered(envelope, "accepted", referral=another.pk),
        "other_bytes": answered(envelope, "accepted", digest=digest_of_bytes(b"x")),
        "reason": answered(envelope, "declined", code="BECAUSE"),
        "competent_missing": answered(envelope, "declined", code="NOT_COMPETENT"),
        "wrong_signature": good[:-6] + ("AAAAAA" if good[-6:] != "AAAAAA" else "BBBBBA"),
    }
    for code, content in wrong.items():
        with pytest.raises(Refused) as raised:
            bring(person, content, referral)
        assert raised.value.code in (code, "not_a_message"), code
    with pytest.raises(Refused) as raised:
        bring(person, answered(strange, "accepted"), referral)
    assert code_of(raised) == "wrong_referral"
    assert set(Referral.objects.values_list("status", flat=True)) == {"sent"}
    assert Notice.objects.filter(code="referrals.answer_refused", officer=person.aida.pk).count() >= 5
    bring(person, good, referral)
    with pytest.raises(Refused) as raised:
        bring(person, good, referral)
    assert code_of(raised) == "replayed"


def test_an_answer_to_no_envelope_of_ours_leaves_no_trace(case, desk):
    person = case(ASKED)
    desk.ready()
    envelope = take(person, refer(person))
    lines = Entry.objects.count()
    for content in (answered(envelope, "accepted", letter=uuid7()), "no answer", "a.b.c"):
        with pytest.raises(NotFound):
            answering.posted(content)
    assert Entry.objects.count() == lines


def test_an_officer_of_another_post_brings_no_answer(case, desk, officer):
    person = case(ASKED)
    desk.ready()
    envelope = take(person, refer(person))
    bolat = officer("border_officer", post="KRG")
    with pytest.raises(NotAllowed):
        answering.take(
            answered(envelope, "accepted"), {"id": uuid7(), "by": bolat.pk, "place": "KRG", "happened_at": WHEN}
        )


def test_the_silence_of_a_body_outside_goes_to_the_sender_and_upwards(case, desk):
    person = case(ASKED)
    desk.ready()
    referral = refer(person)
    with standing_at(referral.due_at + timedelta(minutes=1)):
        assert report_silences.call() == 1
    told = Notice.objects.filter(code="referrals.silence")
    assert told.filter(officer=person.aida.pk).exists()
    assert told.filter(role="supervisor", body="").exists()


def test_a_body_whose_supervisor_has_an_account_is_told_itself(case, officer):
    person = case()
    referral = person.send("asylum_authority")
    officer("supervisor", body=referral.body)
    with standing_at(referral.due_at + timedelta(minutes=1)):
        report_silences.call()
    assert Notice.objects.get(code="referrals.silence").body == referral.body


def test_at_three_times_the_term_the_partner_hears_without_the_lane_being_named(case):
    person = case()
    referral, partner = person.send("asylum_authority"), person.send("unhcr", consent_given=True)
    perform(AcceptReferral(by=person.receiver(partner, "io_partner").pk, happened_at=WHEN, referral=partner.pk))
    with standing_at(referral.sent_at + 3 * (referral.due_at - referral.sent_at) + timedelta(minutes=1)):
        report_silences.call()
    word = Notice.objects.get(code="referrals.silence_beside")
    assert (word.body, word.facts["number"], word.facts["to"]) == (partner.body, partner.number, "unhcr")


def incomplete(case):
    person = case()
    referral = person.send("asylum_authority")
    by = person.receiver(referral, "asylum_officer").pk
    perform(DeclineReferral(by=by, happened_at=WHEN, referral=referral.pk, reason="INCOMPLETE"))
    return person, Referral.objects.get(pk=referral.pk)


def test_what_is_missing_has_two_days_and_then_goes_upwards(case):
    _person, referral = incomplete(case)
    assert referral.cure_by == WHEN + timedelta(hours=48)
    with standing_at(referral.cure_by - timedelta(minutes=1)):
        assert report_uncured.call() == 0
    with standing_at(referral.cure_by):
        assert report_uncured.call() == 1
        assert report_uncured.call() == 0
    assert Notice.objects.filter(code="referrals.uncured", role="supervisor").exists()


def test_what_was_sent_again_is_cured(case):
    person, referral = incomplete(case)
    person.send("asylum_authority")
    with standing_at(referral.cure_by):
        assert report_uncured.call() == 0
    referral.refresh_from_db()
    assert referral.cure == "cured"


def test_who_is_named_as_competent_gets_it_though_the_profile_has_no_such_line(case):
    person = case()
    referral = person.send("asylum_authority")
    by = person.receiver(referral, "asylum_officer").pk
    perform(
        DeclineReferral(
            by=by, happened_at=WHEN, referral=referral.pk, reason="NOT_COMPETENT", competent="migration_authority"
        )
    )
    with pytest.raises(Refused) as raised:
        person.send("migration_authority")
    assert code_of(raised) == "no_such_line"
    assert person.send("migration_authority", after=referral.pk).after == referral.pk


@pytest.mark.parametrize("named", sorted(rules.NOT_BY_NAMING))
def test_naming_the_consulate_or_security_as_competent_opens_no_way_to_them(case, named):
    person = case()
    referral = person.send("asylum_authority")
    by = person.receiver(referral, "asylum_officer").pk
    perform(DeclineReferral(by=by, happened_at=WHEN, referral=referral.pk, reason="NOT_COMPETENT", competent=named))
    with pytest.raises((Refused, Stopped)):
        person.send(named, after=referral.pk, consent_given=True)


def test_another_body_than_the_proposed_is_chosen_with_a_reason(case, desk):
    person = case(ASKED)
    desk.ready(body="other-office")
    with pytest.raises(Refused) as raised:
        refer(person, body="other-office")
    assert code_of(raised) == "choice_needs_reason"
    assert refer(person, body="other-office", chosen_for="promised").chosen_for == "promised"


def test_a_body_that_is_no_choice_is_refused(case, desk):
    with pytest.raises(Refused) as raised:
        refer(case(ASKED), body="nobody-knows-it")
    assert code_of(raised) == "no_such_body"
