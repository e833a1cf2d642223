"""The pages of referrals: preview and sending, the body's queue."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.journal.models import Entry
from panah.node.referrals.models import Referral
from tests.unit.node.referrals.conftest import WHEN


def hidden(page, name, near):
    """The hidden value that stands in the form which sends to `near`."""
    form = next(part for part in page.split("<form") if f'name="to" value="{near}"' in part)
    return re.search(rf'name="{name}" value="([^"]+)"', form)[1]


def test_the_preview_shows_what_goes_and_what_is_kept_back(case, signed_in):
    person = case()
    page = signed_in(person.aida).get(f"/files/{person.file}/referrals/").content.decode()
    assert "Asylum authority" in page
    assert "What they will see" in page
    assert "Afraid to return: <bdi>Yes</bdi>" in page
    assert "they do not need it" in page
    assert "protection." not in page


def test_sending_twice_sends_once(case, signed_in):
    person = case()
    browser = signed_in(person.aida)
    address = f"/files/{person.file}/referrals/"
    page = browser.get(address).content.decode()
    form = {name: hidden(page, name, "asylum_authority") for name in ("action", "referral")} | {
        "to": "asylum_authority"
    }
    for _ in range(2):
        assert browser.post(address, form).status_code == 302
    assert Referral.objects.count() == 1


def test_a_refusal_is_told_on_the_page(case, signed_in):
    person = case({"protection": {"fears_return": "yes"}, "consent": {"understands": "yes"}})
    browser = signed_in(person.aida)
    address = f"/files/{person.file}/referrals/"
    page = browser.get(address).content.decode()
    form = {name: hidden(page, name, "unhcr") for name in ("action", "referral")} | {"to": "unhcr", "consent": "no"}
    assert "has not given it" in browser.post(address, form, follow=True).content.decode()
    assert not Referral.objects.exists()


def test_a_form_that_is_not_whole_sends_nothing(case, signed_in):
    person = case()
    page = signed_in(person.aida).post(f"/files/{person.file}/referrals/", {"to": "asylum_authority"}, follow=True)
    assert "Nothing was sent" in page.content.decode()
    assert not Referral.objects.exists()


def test_the_queue_is_ordered_by_what_is_due(case, signed_in):
    person = case()
    first = person.send("asylum_authority")
    Referral.objects.filter(pk=first.pk).update(due_at=WHEN + timedelta(days=3))
    second = case().send("asylum_authority")
    page = signed_in(person.receiver(first, "asylum_officer")).get("/queue/").content.decode()
    assert page.index(second.number) < page.index(first.number)


def test_the_queue_of_another_lane_is_empty(case, signed_in):
    person = case()
    referral = person.send("asylum_authority")
    page = signed_in(person.receiver(referral, "labour_officer")).get("/queue/").content.decode()
    assert referral.number not in page


def test_the_receiver_reads_the_packet_accepts_and_closes(case, signed_in):
    person = case()
    referral = person.send("asylum_authority")
    browser = signed_in(person.receiver(referral, "asylum_officer"))
    address = f"/queue/{referral.pk}/"
    page = browser.get(address).content.decode()
    assert "زهرا" in page
    assert Entry.objects.filter(code="referrals.packet_read", subject=person.file).count() == 1
    action = re.search(r'name="action" value="([^"]+)"', page)[1]
    assert browser.post(address, {"accept": "1", "action": action}).status_code == 302
    page = browser.get(address).content.decode()
    action = re.search(r'name="action" value="([^"]+)"', page)[1]
    assert browser.post(address, {"complete": "1", "action": action, "outcome": ""}).status_code == 422
    assert (
        browser.post(address, {"complete": "1", "action": action, "outcome": "registered", "remark": ""}).status_code
        == 302
    )
    referral.refresh_from_db()
    assert referral.status == "done"


def test_declining_as_not_competent_without_a_name_shows_the_error(case, signed_in):
    person = case()
    referral = person.send("asylum_authority")
    browser = signed_in(person.receiver(referral, "asylum_officer"))
    page = browser.get(f"/queue/{referral.pk}/").content.decode()
    action = re.search(r'name="action" value="([^"]+)"', page)[1]
    answer = browser.post(f"/queue/{referral.pk}/", {"decline": "1", "action": action, "reason": "NOT_COMPETENT"})
    assert answer.status_code == 422
    assert "must name who is" in answer.content.decode()


def test_a_stranger_finds_no_referral(case, signed_in, officer):
    person = case()
    referral = person.send("asylum_authority")
    for stranger in (
        officer("asylum_officer", body="other"),
        person.aida,
        person.receiver(referral, "security_liaison"),
    ):
        assert signed_in(stranger).get(f"/queue/{referral.pk}/").status_code == 404
    assert signed_in(officer("border_officer", post="KRG")).get(f"/files/{person.file}/referrals/").status_code == 404


def test_the_board_counts_what_is_late(case, signed_in, officer):
    person = case()
    referral = person.send("asylum_authority")
    with standing_at(referral.due_at + timedelta(hours=1)):
        page = signed_in(officer("supervisor")).get("/board/overdue-referrals/").content.decode()
    assert referral.number in page


def test_the_preview_shows_what_a_person_is_asked_to_agree_to(case, signed_in):
    person = case({"purpose": ["protection"], "protection": {"fears_return": "yes"}, "consent": {"understands": "yes"}})
    page = signed_in(person.aida).get(f"/files/{person.file}/referrals/").content.decode()
    asked = next(part for part in page.split("<section") if 'id="to-unhcr"' in part)
    assert "What they will see if the person agrees" in asked
    assert "Afraid to return: <bdi>Yes</bdi>" in asked


def test_what_was_sent_in_another_window_is_not_blamed_on_consent(case, signed_in):
    person = case({"protection": {"fears_return": "yes"}, "consent": {"understands": "yes"}})
    browser, address = signed_in(person.aida), f"/files/{person.file}/referrals/"
    page = browser.get(address).content.decode()
    form = {name: hidden(page, name, "unhcr") for name in ("action", "referral")} | {"to": "unhcr", "consent": "no"}
    person.send("unhcr", consent_given=True)
    assert "is open already" in browser.post(address, form, follow=True).content.decode()


@pytest.mark.parametrize("late", [{"accept": "1"}, {"decline": "1", "reason": ""}, {"complete": "1", "outcome": ""}])
def test_an_answer_that_comes_after_another_is_told_so(case, signed_in, late):
    """Two windows on one referral: the second finds it done, and says so instead of saying nothing."""
    person = case()
    referral = person.send("asylum_authority")
    browser, address = signed_in(person.receiver(referral, "asylum_officer")), f"/queue/{referral.pk}/"
    Referral.objects.filter(pk=referral.pk).update(status="done", outcome="registered", answered_at=WHEN)
    page = browser.post(address, late | {"action": str(uuid7())}, follow=True)
    assert page.status_code == 200
    assert page.context["messages"]


def test_an_answer_without_its_number_does_nothing(case, signed_in):
    person = case()
    referral = person.send("asylum_authority")
    browser = signed_in(person.receiver(referral, "asylum_officer"))
    page = browser.post(f"/queue/{referral.pk}/", {"accept": "1"}, follow=True).content.decode()
    assert "Nothing was sent" in page
    assert Referral.objects.get().status == "sent"


def test_what_waits_for_an_answer_stands_before_what_was_accepted(case, signed_in):
    person = case()
    accepted = person.send("asylum_authority")
    Referral.objects.filter(pk=accepted.pk).update(status="accepted")
    waiting = case().send("asylum_authority")
    Referral.objects.filter(pk=waiting.pk).update(due_at=WHEN + timedelta(days=9))
    page = signed_in(person.receiver(accepted, "asylum_officer")).get("/queue/").content.decode()
    assert page.index(waiting.number) < page.index(accepted.number)
