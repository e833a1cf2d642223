"""The second factor: codes by time, recovery codes, passkeys, lock-out, and the pages that ask for it."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.foundation.factors import codes
from panah.foundation.factors.actions import AddTotp, MakeRecoveryCodes, ProveCode, RemoveFactor, ResetFactors
from panah.foundation.factors.models import Factor, RecoveryCode
from panah.foundation.factors.service import opened, recovery_key, sealed_text
from panah.foundation.journal.models import Entry
from panah.foundation.keys.crypto import CannotOpen
from panah.foundation.notices.service import waiting_for
from tests.conftest import PASSWORD

WHEN = datetime(2026, 11, 21, 8, 0, 5, tzinfo=UTC)
SECRET = b"12345678901234567890"


def with_app(person: Officer, at: datetime = WHEN) -> Officer:
    """The officer has an authenticator with SECRET, taken into use ten minutes before `at`."""
    before = at - timedelta(minutes=10)
    with standing_at(before):
        perform(
            AddTotp(
                by=person.pk,
                happened_at=before,
                name="telephone",
                sealed_secret=sealed_text(person.pk, SECRET),
                said=codes.code_at(SECRET, before),
            )
        )
    person.refresh_from_db()
    return person


def proves(person: Officer, said: str, at: datetime = WHEN) -> bool:
    with standing_at(at):
        return bool(perform(ProveCode(by=person.pk, happened_at=at, said=said)).result["right"])


@pytest.mark.parametrize(("second", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_codes_are_those_of_rfc_6238(second, code):
    assert codes.code_at(SECRET, datetime.fromtimestamp(second, UTC)) == code


def test_a_code_of_a_clock_that_is_a_step_off_counts_and_of_two_steps_does_not(officer):
    person = with_app(officer("supervisor"))
    assert not proves(person, codes.code_at(SECRET, WHEN - timedelta(seconds=60)))
    assert not proves(person, codes.code_at(SECRET, WHEN + timedelta(seconds=60)))
    assert proves(person, codes.code_at(SECRET, WHEN - timedelta(seconds=30)))
    assert proves(person, codes.code_at(SECRET, WHEN + timedelta(seconds=30)))


def test_a_code_counts_once_and_so_does_none_before_it(officer):
    person = with_app(officer("supervisor"))
    assert proves(person, codes.code_at(SECRET, WHEN))
    assert not proves(person, codes.code_at(SECRET, WHEN))
    assert not proves(person, codes.code_at(SECRET, WHEN - timedelta(seconds=30)))


def test_the_first_code_of_an_authenticator_cannot_be_used_to_sign_in(officer):
    person = officer("supervisor")
    with_app(person, WHEN + timedelta(minutes=10))
    assert not proves(person, codes.code_at(SECRET, WHEN), WHEN)


def test_a_recovery_code_works_once_and_the_officer_is_told(officer):
    person = with_app(officer("supervisor"))
    fresh = codes.new_recovery_codes()
    digests = tuple(codes.digest(one, recovery_key()).hex() for one in fresh)
    perform(MakeRecoveryCodes(by=person.pk, happened_at=WHEN, digests=digests))
    assert proves(person, fresh[3].upper().replace("-", " "))
    assert not proves(person, fresh[3])
    assert "factors.recovery_used" in {notice.code for notice in waiting_for(person)}
    assert RecoveryCode.objects.filter(officer=person, used_at=None).count() == len(fresh) - 1


def test_new_recovery_codes_make_the_earlier_ones_void(officer):
    person = with_app(officer("supervisor"))
    first, second = codes.new_recovery_codes(), codes.new_recovery_codes()
    for made in (first, second):
        digests = tuple(codes.digest(one, recovery_key()).hex() for one in made)
        perform(MakeRecoveryCodes(by=person.pk, happened_at=WHEN, digests=digests))
    assert not proves(person, first[0])
    assert proves(person, second[0])


def test_after_eight_wrong_codes_the_right_one_is_not_heard_for_a_quarter_of_an_hour(officer):
    person = with_app(officer("supervisor"))
    for _ in range(8):
        assert not proves(person, "000000")
    with pytest.raises(Refused, match="Too many wrong codes"):
        proves(person, codes.code_at(SECRET, WHEN))
    assert "factors.locked" in {notice.code for notice in waiting_for(person)}
    later = WHEN + timedelta(minutes=15)
    assert proves(person, codes.code_at(SECRET, later), later)


def test_a_right_code_begins_the_count_anew(officer):
    person = with_app(officer("supervisor"))
    for _ in range(7):
        proves(person, "000000")
    assert proves(person, codes.code_at(SECRET, WHEN))
    later = WHEN + timedelta(minutes=1)
    for _ in range(7):
        proves(person, "000000", later)
    assert proves(person, codes.code_at(SECRET, later), later)


def test_secrets_are_sealed_in_the_database_and_open_for_their_officer_only(officer):
    person, other = with_app(officer("supervisor")), officer("registrar")
    kept = bytes(Factor.objects.get(officer=person).sealed)
    assert SECRET not in kept
    assert opened(person.pk, kept) == SECRET
    with pytest.raises(CannotOpen):
        opened(other.pk, kept)


def test_the_journal_holds_no_code_and_no_secret(officer):
    person = with_app(officer("supervisor"))
    said = codes.code_at(SECRET, WHEN)
    proves(person, said)
    lines = "".join(Entry.objects.filter(by=person.pk).values_list("facts", flat=True))
    assert said not in lines
    assert codes.in_letters(SECRET) not in lines


def test_an_administrator_resets_a_lost_factor_and_the_officer_is_told(officer):
    person, admin = with_app(officer("supervisor")), officer("administrator")
    perform(ResetFactors(by=admin.pk, happened_at=WHEN, officer=person.pk, reason="The telephone fell into the river."))
    person.refresh_from_db()
    assert person.second_factor is None
    assert not proves(person, codes.code_at(SECRET, WHEN))
    assert "factors.reset" in {notice.code for notice in waiting_for(person)}
    assert Entry.objects.filter(code="factors.reset", by=admin.pk).exists()


def test_nobody_resets_their_own_factor_nor_does_who_is_no_administrator(officer):
    admin, person = with_app(officer("administrator")), officer("supervisor")
    why = "The telephone fell into the river."
    with pytest.raises(Refused, match="own second factor"):
        perform(ResetFactors(by=admin.pk, happened_at=WHEN, officer=admin.pk, reason=why))
    with pytest.raises(NotAllowed):
        perform(ResetFactors(by=person.pk, happened_at=WHEN, officer=admin.pk, reason=why))


def test_the_last_factor_is_not_removed_where_one_is_required(officer, settings):
    person = with_app(officer("supervisor"))
    remove = {"by": person.pk, "happened_at": WHEN, "factor": Factor.objects.get(officer=person).pk}
    settings.PANAH_SECOND_FACTOR = "required"
    with pytest.raises(Refused, match="only second factor"):
        perform(RemoveFactor(id=uuid7(), **remove))
    settings.PANAH_SECOND_FACTOR = "offered"
    perform(RemoveFactor(id=uuid7(), **remove))
    person.refresh_from_db()
    assert person.second_factor is None


def password_of(person: Officer, browser: Client, onward: str = "") -> Any:
    return browser.post("/sign-in/", {"username": person.username, "password": PASSWORD, "next": onward})


def test_the_password_alone_opens_nothing_for_who_has_a_second_factor(officer):
    person, browser = with_app(officer("supervisor")), Client()
    with standing_at(WHEN):
        assert password_of(person, browser)["Location"] == "/sign-in/second/"
        assert browser.get("/notices/")["Location"].startswith("/sign-in/")
        wrong = browser.post("/sign-in/second/", {"said": "000000"})
        assert wrong.status_code == 422
        assert browser.get("/notices/").status_code == 302


def test_password_and_code_open_the_page_that_was_asked_for(officer):
    person, browser = with_app(officer("supervisor")), Client()
    with standing_at(WHEN):
        password_of(person, browser, "/board/")
        answer = browser.post("/sign-in/second/", {"said": codes.code_at(SECRET, WHEN)})
        assert answer["Location"] == "/board/"
        assert browser.get("/notices/").status_code == 200


def test_the_second_step_waits_ten_minutes_and_not_longer(officer):
    person, browser = with_app(officer("supervisor")), Client()
    with standing_at(WHEN):
        password_of(person, browser)
    later = WHEN + timedelta(minutes=11)
    with standing_at(later):
        answer = browser.post("/sign-in/second/", {"said": codes.code_at(SECRET, later)})
        assert answer["Location"] == "/sign-in/"
        assert browser.get("/notices/").status_code == 302


def test_where_it_is_required_nothing_opens_before_enrolment_and_all_after_it(officer, settings):
    settings.PANAH_SECOND_FACTOR = "required"
    person, browser = officer("supervisor"), Client()
    with standing_at(WHEN):
        password_of(person, browser)
        for path in ("/board/", "/notices/", "/search/", "/"):
            assert browser.get(path)["Location"] == "/second-factor/", path
        page = browser.get("/second-factor/app/").content.decode()
        letters = re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        secret = base64.b32decode(letters)
        answer = browser.post("/second-factor/app/", {"name": "telephone", "said": codes.code_at(secret, WHEN)})
        assert answer["Location"] == "/second-factor/codes/"
        shown = browser.post("/second-factor/codes/").content.decode()
        assert len(re.findall(r"<li><code>[a-z2-9-]{14}</code>", shown)) == codes.RECOVERY_CODES
        assert browser.get("/board/").status_code == 200


def test_a_session_from_before_the_factor_or_its_reset_is_at_an_end(officer, signed_in):
    person, admin = officer("supervisor"), officer("administrator")
    before = signed_in(person)
    assert before.get("/notices/").status_code == 200
    with_app(person)
    assert before.get("/notices/")["Location"].startswith("/sign-in/")
    browser = Client()
    with standing_at(WHEN):
        password_of(person, browser)
        browser.post("/sign-in/second/", {"said": codes.code_at(SECRET, WHEN)})
        assert browser.get("/notices/").status_code == 200
        perform(ResetFactors(by=admin.pk, happened_at=WHEN, officer=person.pk, reason="The telephone was stolen."))
        assert browser.get("/notices/")["Location"].startswith("/sign-in/")


def test_the_secret_of_an_enrolment_stands_sealed_in_the_session(officer, signed_in):
    person = officer("supervisor")
    browser = signed_in(person)
    page = browser.get("/second-factor/app/").content.decode()
    letters = re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert letters not in str(dict(browser.session))


def test_a_passkey_answer_made_by_a_stranger_proves_nothing(officer):
    person, browser = with_app(officer("supervisor")), Client()
    with standing_at(WHEN):
        password_of(person, browser)
        answer = browser.post("/sign-in/second/", {"answer": '{"id": "AAAA", "rawId": "AAAA", "type": "public-key"}'})
        assert answer.status_code == 422
        assert browser.get("/notices/").status_code == 302
