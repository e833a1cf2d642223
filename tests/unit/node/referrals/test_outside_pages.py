"""The pages and the interface for bodies outside."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid6 import uuid7

from panah.cores.exchange import sealing
from panah.foundation.access.actions import IssueToken
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.node.referrals import outside
from panah.node.referrals.actions import DeclineReferral
from panah.node.referrals.models import Envelope, OutsideBody, Referral
from tests.unit.node.referrals.conftest import WHEN
from tests.unit.node.referrals.test_outside import ASKED, OFFICE, Desk, answered, desk, incomplete, refer, take  # noqa: F401

KEYS = OFFICE.public


def form_id():
    """An id as a form has it that was opened at the moment of these tests."""
    random = uuid7().int & ((1 << 76) - 1)
    return str(UUID(int=(int(WHEN.timestamp() * 1000) << 80) | (7 << 76) | random))


def value(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


def test_keys_are_entered_by_one_officer_and_confirmed_by_another_on_the_pages(desk, signed_in):  # noqa: F811
    first, second = signed_in(desk.first), signed_in(desk.second)
    said = {"body": "unhcr-office", "title": "The office", "kinds": ["unhcr"], "state": "", "call": "+7 000 000"}
    form = said | {"seals_for": KEYS.seals_for, "signs_with": KEYS.signs_with}
    opened = first.get("/outside-bodies/").content.decode()
    assert outside.own_public_key() in opened
    page = first.post("/outside-bodies/", form | {"id": form_id()}, follow=True)
    assert "Another supervisor or administrator confirms them" in page.content.decode()
    address = f"/outside-bodies/{OutsideBody.objects.get().pk}/"
    opened = second.get(address).content.decode()
    assert KEYS.fingerprint not in opened
    wrong = second.post(address, {"confirm": "1", "id": form_id(), "heard": "1" * 40})
    assert wrong.status_code == 422
    assert "not the fingerprint" in wrong.content.decode()
    done = second.post(address, {"confirm": "1", "id": form_id(), "heard": KEYS.fingerprint}, follow=True)
    assert "Confirmed, in use" in done.content.decode()


def test_a_referral_is_asked_for_class_by_class_taken_and_answered_on_the_pages(case, desk, signed_in):  # noqa: F811
    person = case(ASKED)
    desk.ready()
    browser, address = signed_in(person.aida), f"/files/{person.file}/referrals/"
    section = next(part for part in browser.get(address).content.decode().split("<section") if 'id="to-unhcr"' in part)
    assert 'name="agreed" value="claim_content"' in section
    form = {"action": value(section, "action"), "referral": value(section, "referral"), "to": "unhcr"}
    said = {"asked_by_class": "1", "agreed": ["identity_core"], "consent": "yes"}
    assert "Take its envelope" in browser.post(address, form | said, follow=True).content.decode()
    referral = Referral.objects.get(way="envelope")
    assert [item["data_class"] for item in referral.packet["items"]] == ["identity_core"] * len(
        referral.packet["items"]
    )
    page = browser.get(f"/referrals/sent/{referral.pk}/").content.decode()
    assert "Envelope not taken yet" in page
    taking = {"action": value(page, "action"), "envelope": value(page, "envelope")}
    for _ in range(2):
        file = browser.post(f"/referrals/sent/{referral.pk}/envelope/", taking)
    assert Envelope.objects.count() == 1
    assert file["Content-Disposition"] == f'attachment; filename="referral-{Envelope.objects.get().pk}.age"'
    assert sealing.open_letter(file.content, OFFICE).number == referral.number
    assert "Envelope taken; waits for word" in browser.get("/referrals/sent/").content.decode()
    answer = SimpleUploadedFile("answer.jws", answered(Envelope.objects.get(), "accepted").encode())
    page = browser.post(f"/referrals/sent/{referral.pk}/", {"id": form_id(), "content": answer}, follow=True)
    assert "believed and taken" in page.content.decode()
    answer.seek(0)
    again = browser.post(f"/referrals/sent/{referral.pk}/", {"id": form_id(), "content": answer})
    assert again.status_code == 422
    assert "changes nothing" in again.content.decode()


def test_only_the_post_that_sent_finds_the_referral_and_its_envelope(case, desk, signed_in, officer):  # noqa: F811
    person = case(ASKED)
    desk.ready()
    referral = refer(person)
    for stranger in (
        officer("border_officer", post="KRG"),
        officer("supervisor"),
        officer("io_partner", body="unhcr-office"),
    ):
        browser = signed_in(stranger)
        assert browser.get(f"/referrals/sent/{referral.pk}/").status_code == 404
        assert browser.post(f"/referrals/sent/{referral.pk}/envelope/", {}).status_code == 404
        assert referral.number not in browser.get("/referrals/sent/").content.decode()
    assert signed_in(person.aida).get(f"/referrals/sent/{referral.pk}/envelope/").status_code == 404


def test_what_is_missing_is_shown_with_its_two_days(case, signed_in):
    person, _referral = incomplete(case)
    page = signed_in(person.aida).get(f"/files/{person.file}/referrals/").content.decode()
    assert "nobody is sent back because something is missing" in page
    assert "Add what is missing" in page


def test_who_is_named_as_competent_gets_it_by_one_press(case, signed_in):
    person = case()
    referral = person.send("asylum_authority")
    by = person.receiver(referral, "asylum_officer").pk
    said = {"reason": "NOT_COMPETENT", "competent": "migration_authority"}
    perform(DeclineReferral(by=by, happened_at=WHEN, referral=referral.pk, **said))
    browser, address = signed_in(person.aida), f"/files/{person.file}/referrals/"
    form = next(part for part in browser.get(address).content.decode().split("<form") if "Send on to" in part)
    sent = {name: value(form, name) for name in ("action", "referral", "to", "after")}
    browser.post(address, sent)
    assert Referral.objects.get(to="migration_authority").after == referral.pk


def token(who):
    fresh = new_token()
    perform(
        IssueToken(by=None, happened_at=WHEN, officer=who.pk, name="program", token_digest=token_digest(fresh), days=2)
    )
    return Client(headers={"authorization": f"Bearer {fresh}"})


def post(client, path, **said):
    body = {"action": str(uuid7()), "happened_at": WHEN.isoformat()} | said
    return client.post(f"/api/{path}", json.dumps(body), content_type="application/json")


def test_a_program_takes_an_envelope_and_the_body_posts_its_answer_without_an_account(case, desk):  # noqa: F811
    person = case(ASKED)
    first, second, aida = token(desk.first), token(desk.second), token(person.aida)
    entry = str(uuid7())
    keys = {"seals_for": KEYS.seals_for, "signs_with": KEYS.signs_with}
    said = {"entry": entry, "body": "unhcr-office", "title": "The office", "kinds": ["unhcr"], "call": "+7 000 000"}
    assert post(first, "outside-bodies", **said, **keys).status_code == 200
    assert post(first, f"outside-bodies/{entry}/confirmation", heard=KEYS.fingerprint).json()["code"] == "four_eyes"
    assert post(second, f"outside-bodies/{entry}/confirmation", heard=KEYS.fingerprint).status_code == 200
    referral = str(uuid7())
    sent = {"referral": referral, "to": "unhcr", "consent_given": True, "agreed": ["identity_core"]}
    assert post(aida, f"persons/{person.file}/referrals", **sent).json()["result"]["way"] == "envelope"
    given = post(aida, f"referrals/{referral}/envelope", envelope=str(uuid7())).json()
    letter = sealing.open_letter(base64.b64decode(given["content"]), OFFICE)
    assert str(letter.referral) == referral
    content = answered(Envelope.objects.get(), "accepted")
    told = Client().post("/api/envelope-answers", content, content_type="application/jose")
    assert (told.status_code, told.json()) == (200, told.json() | {"said": "accepted"})
    assert Referral.objects.get(pk=referral).status == "accepted"
    assert Client().post("/api/envelope-answers", content, content_type="application/jose").json()["code"] == "replayed"


@pytest.mark.parametrize("signer", ["stranger", "nobody"])
def test_a_posted_answer_that_is_not_believed_learns_nothing(case, desk, signer):  # noqa: F811
    person = case(ASKED)
    desk.ready()
    envelope = take(person, refer(person))
    forged = answered(envelope, "accepted", sealing.new_identity()) if signer == "stranger" else "no answer at all"
    told = Client().post("/api/envelope-answers", forged, content_type="application/jose")
    assert told.status_code == 404
    assert "referral" not in told.content.decode().lower()
    assert Entry.objects.filter(code="referrals.note_refused").count() == (1 if signer == "stranger" else 0)
    assert Referral.objects.get().status == "sent"


def test_who_posts_forged_answers_again_and_again_floods_neither_journal_nor_notices(case, desk):  # noqa: F811
    person = case(ASKED)
    desk.ready()
    envelope = take(person, refer(person))
    forged = answered(envelope, "accepted", sealing.new_identity())
    for _ in range(3):
        assert Client().post("/api/envelope-answers", forged, content_type="application/jose").status_code == 404
    assert Entry.objects.filter(code="referrals.note_refused").count() == 1
    with standing_at(WHEN + timedelta(hours=2)):
        Client().post("/api/envelope-answers", forged, content_type="application/jose")
    assert Entry.objects.filter(code="referrals.note_refused").count() == 2
