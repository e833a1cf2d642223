"""An officer's own account, the way back into one, and opening a closed one again."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import CloseOfficer, IssueToken, SetPassword, hashed
from panah.foundation.access.models import Officer, Token, WayBack
from panah.foundation.access.own.actions import ChangeOwnPassword, EndOwnSessions, ReopenOfficer, RevokeOwnToken
from panah.foundation.access.own.sessions import device_of, handle_of, sessions_of
from panah.foundation.access.service import token_digest
from panah.foundation.clock import now, standing_at
from panah.foundation.door.models import Receipt
from panah.foundation.door.service import NotFound, Refused, perform
from panah.foundation.factors.codes import code_at
from panah.foundation.factors.models import Factor
from panah.foundation.factors.service import factors_of
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.tasks import mail_notice
from tests.conftest import PASSWORD
from tests.unit.foundation.test_second_factor import SECRET, with_app

NEW = "a longer sentence of mine"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signs_in(person: Officer, password: str = PASSWORD, **headers: str) -> Client:
    browser = Client(**headers)  # type: ignore[arg-type]
    assert browser.post("/sign-in/", {"username": person.username, "password": password}).status_code == 302
    return browser


def changes(browser: Client, **said: str) -> Any:
    return browser.post(
        "/account/", {"do": "password", "id": str(uuid7()), "old": PASSWORD, "new": NEW, "again": NEW, **said}
    )


def inside(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def test_the_password_is_changed_by_the_old_one_and_all_other_sessions_end(officer: Any) -> None:
    dana = officer("registrar", post="ALA", email="dana@example.org")
    here, there = signs_in(dana), signs_in(dana)
    assert changes(here).status_code == 302
    assert inside(here)
    assert not inside(there)
    assert signs_in(dana, NEW)
    notice = Notice.objects.get(code="access.password_changed", officer=dana.pk)
    mail_notice.func(str(notice.pk))
    assert NEW not in mail.outbox[-1].body
    assert PASSWORD not in mail.outbox[-1].body
    assert Entry.objects.filter(code="access.change_own_password", by=dana.pk).count() == 1


def test_neither_password_is_a_part_of_what_the_receipt_is_made_of(officer: Any) -> None:
    dana = officer("registrar", post="ALA")
    said = {"by": dana.pk, "happened_at": now(), "id": uuid7(), "password_hash": "!"}
    perform(ChangeOwnPassword(**said, old=PASSWORD))
    other = ChangeOwnPassword(**said, old="another")
    assert bytes(Receipt.objects.get(pk=said["id"]).digest) == other.digest()
    assert PASSWORD not in repr(other) + other.model_dump_json()


@pytest.mark.parametrize(
    "said",
    [
        {"old": "wrong"},
        {"new": "short", "again": "short"},
        {"again": "another one entirely"},
        {"new": "123456789012", "again": "123456789012"},
    ],
)
def test_a_wrong_old_or_a_weak_new_password_changes_nothing(officer: Any, said: dict[str, str]) -> None:
    dana = officer("registrar", post="ALA")
    answer = changes(signs_in(dana), **said)
    assert answer.status_code == 422
    assert Officer.objects.get(pk=dana.pk).check_password(PASSWORD)


def test_who_guesses_the_old_password_at_an_open_screen_is_signed_out(officer: Any) -> None:
    browser = signs_in(officer("registrar", post="ALA"))
    assert [changes(browser, old="guess").status_code for _ in range(5)] == [422, 422, 422, 422, 302]
    assert not inside(browser)


def test_where_a_second_factor_stands_it_is_asked(officer: Any, signed_in: Any) -> None:
    dana = officer("registrar", post="ALA")
    with_app(dana, now())
    browser = signed_in(dana)
    session = browser.session
    session["second_factor"] = str(dana.second_factor)
    session.save()
    assert changes(browser).status_code == 422
    assert changes(browser, proof="000000").status_code == 422
    later = now() + timedelta(minutes=2)
    with standing_at(later):
        assert changes(browser, proof=code_at(SECRET, later)).status_code == 302
    assert Officer.objects.get(pk=dana.pk).check_password(NEW)


def test_who_has_a_passkey_alone_changes_it_only_just_after_signing_in(officer: Any, signed_in: Any) -> None:
    dana = officer("registrar", post="ALA")
    with_app(dana, now())
    Factor.objects.update(kind=Factor.Kind.PASSKEY)
    dana.refresh_from_db()
    with standing_at(now() - timedelta(minutes=11)):
        browser = signed_in(dana)
    session = browser.session
    session["second_factor"] = str(dana.second_factor)
    session.save()
    answer = changes(browser)
    assert answer.status_code == 422
    assert "again with your passkey" in answer.content.decode()
    session["access.signed_in"] = {"since": now().isoformat(), "device": ""}
    session.save()
    assert changes(browser).status_code == 302


def test_sessions_are_listed_by_device_without_their_keys_and_ended_one_by_one(officer: Any) -> None:
    dana, other = officer("registrar", post="ALA"), officer("registrar", post="ALA")
    here, there, stranger = signs_in(dana), signs_in(dana, HTTP_USER_AGENT=FIREFOX), signs_in(other)
    page = here.get("/account/").content.decode()
    assert "Firefox · Linux" in page
    assert there.session.session_key not in page
    handle = next(one for one in re.findall(r'name="handles" value="([0-9a-f]{32})"', page) if _opens(one, there))
    assert here.post("/account/", {"do": "sessions", "id": str(uuid7()), "handles": handle}).status_code == 302
    assert (inside(here), inside(there), inside(stranger)) == (True, False, True)
    assert len(sessions_of(dana, now())) == 1
    foreign = sessions_of(other, now())[0]
    with pytest.raises(Exception, match="ended already"):
        perform(EndOwnSessions(by=dana.pk, happened_at=now(), handles=(handle_of(foreign.key),)))


def _opens(handle: str, browser: Client) -> bool:
    return handle_of(browser.session.session_key or "") == handle


def test_a_device_is_two_words_and_no_fingerprint() -> None:
    assert device_of(FIREFOX) == "Firefox · Linux"
    assert device_of("Telltale/9 build 77") == ""


def test_own_tokens_are_revoked_and_no_others(officer: Any, signed_in: Any) -> None:
    dana, other = officer("registrar", post="ALA"), officer("registrar", post="ALA")
    for person in (dana, other):
        perform(
            IssueToken(
                by=None,
                happened_at=now(),
                officer=person.pk,
                name="handheld",
                token_digest=token_digest(person.username),
                days=1,
            )
        )
    own, foreign = Token.objects.get(officer=dana), Token.objects.get(officer=other)
    assert (
        signed_in(dana).post("/account/", {"do": "token", "id": str(uuid7()), "token": str(own.pk)}).status_code == 302
    )
    with pytest.raises(NotFound):
        perform(RevokeOwnToken(by=dana.pk, happened_at=now(), token=foreign.pk))
    assert list(Token.objects.filter(revoked_at=None)) == [foreign]


def makes_link(officer: Any, signed_in: Any, person: Officer) -> str:
    admin = signed_in(officer("administrator"))
    page = admin.post(f"/officers/{person.pk}/", {"do": "way_back", "id": str(uuid7())}).content.decode()
    found = re.search(r'id="way-back">http://testserver(/way-back/[^<]+)<', page)
    assert found is not None
    return found[1]


def test_a_link_sets_a_password_once_and_signs_nobody_in(officer: Any, signed_in: Any) -> None:
    dana = officer("registrar", post="ALA")
    old = signs_in(dana)
    link = makes_link(officer, signed_in, dana)
    assert link.split("/")[2] not in str(list(WayBack.objects.values())) + str(list(Entry.objects.values()))
    anybody = Client()
    assert anybody.get(link)["Referrer-Policy"] == "no-referrer"
    said = {"id": str(uuid7()), "new": NEW, "again": NEW}
    assert anybody.post(link, {**said, "again": "other"}).status_code == 422
    assert anybody.post(link, said).status_code == 302
    assert "_auth_user_id" not in anybody.session
    assert not inside(old)
    assert signs_in(dana, NEW)
    assert anybody.get(link).status_code == 404
    assert anybody.post(link, {**said, "id": str(uuid7())}).status_code == 404
    assert set(Notice.objects.values_list("code", flat=True)) == {"access.way_back_made", "access.password_changed"}


def test_a_link_ends_after_a_day_by_a_newer_one_or_with_the_account(officer: Any, signed_in: Any) -> None:
    dana = officer("registrar", post="ALA")
    first = makes_link(officer, signed_in, dana)
    second = makes_link(officer, signed_in, dana)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    with standing_at(now() + timedelta(hours=25)):
        assert Client().get(second).status_code == 404
    Officer.objects.filter(pk=dana.pk).update(is_active=False)
    assert Client().get(second).status_code == 404


def test_no_link_and_no_token_outlives_the_closing_of_an_account_or_a_password_set_by_another(
    officer: Any, signed_in: Any
) -> None:
    dana, admin = officer("registrar", post="ALA"), officer("administrator")
    by = {"by": admin.pk, "happened_at": now(), "officer": dana.pk}
    link = makes_link(officer, signed_in, dana)
    perform(SetPassword(**by, password_hash=hashed(NEW)))
    assert Client().get(link).status_code == 404
    link = makes_link(officer, signed_in, dana)
    perform(CloseOfficer(**by, reason="Left the service."))
    token = {"name": "program", "token_digest": token_digest("t"), "days": 1}
    with pytest.raises(Refused, match="closed"):
        perform(IssueToken(**by, **token))
    perform(ReopenOfficer(**by, reason="Came back to the post."))
    assert Client().get(link).status_code == 404
    assert not Token.objects.filter(officer=dana, revoked_at=None).exists()


def test_nobody_makes_a_link_or_reopens_for_themself(officer: Any, signed_in: Any) -> None:
    admin = officer("administrator")
    browser = signed_in(admin)
    assert browser.post(f"/officers/{admin.pk}/", {"do": "way_back", "id": str(uuid7())}).status_code == 422
    assert not WayBack.objects.exists()
    clerk = signed_in(officer("registrar", post="ALA"))
    assert clerk.post(f"/officers/{admin.pk}/", {"do": "way_back", "id": str(uuid7())}).status_code == 404


def test_a_reopened_account_has_neither_its_password_nor_its_factor_and_others_are_told(
    officer: Any, signed_in: Any
) -> None:
    dana = officer("registrar", post="ALA", body="border")
    with_app(dana)
    admin = officer("administrator")
    perform(CloseOfficer(by=admin.pk, happened_at=now(), officer=dana.pk, reason="Left the service."))
    said = {"do": "reopen", "id": str(uuid7()), "reason": "Came back to the post."}
    assert signed_in(admin).post(f"/officers/{dana.pk}/", said).status_code == 302
    dana = Officer.objects.get(pk=dana.pk)
    assert dana.is_active
    assert (dana.second_factor, dana.has_usable_password(), factors_of(dana.pk).count()) == (None, False, 0)
    assert dana.roles == {"registrar"}
    told = {(one.role, one.body) for one in Notice.objects.filter(code="access.reopened")}
    assert told == {("auditor", ""), ("supervisor", "border")}
    assert signed_in(admin).post(f"/officers/{dana.pk}/", {**said, "id": str(uuid7())}).status_code == 422


@pytest.mark.parametrize("keeps", [False, True])
def test_the_tokens_of_programs_end_with_the_old_password_unless_their_officer_keeps_them(
    officer: Any, keeps: bool
) -> None:
    dana, other = officer("registrar", post="ALA"), officer("registrar", post="ALA")
    for number, person in enumerate((dana, other)):
        said = {"officer": person.pk, "name": "program", "days": 30}
        perform(IssueToken(by=None, happened_at=now(), token_digest=token_digest(f"t{number}"), **said))
    here = signs_in(dana)
    assert "Programs go on" in here.get("/account/").content.decode()
    assert changes(here, **({"keep_tokens": "on"} if keeps else {})).status_code == 302
    assert Token.objects.filter(officer=dana, revoked_at=None).exists() is keeps
    assert Token.objects.filter(officer=other, revoked_at=None).exists()
    line = Entry.objects.get(code="access.change_own_password")
    assert json.loads(line.facts) == {"keep_tokens": keeps, "tokens_revoked": 0 if keeps else 1}


def test_no_token_outlives_a_password_that_a_link_or_an_administrator_set(officer: Any, signed_in: Any) -> None:
    dana, admin = officer("registrar", post="ALA"), officer("administrator")

    def issue(text: str) -> None:
        said = {"officer": dana.pk, "name": "program", "days": 30, "token_digest": token_digest(text)}
        perform(IssueToken(by=None, happened_at=now(), **said))

    issue("one")
    link = makes_link(officer, signed_in, dana)
    assert Client().post(link, {"id": str(uuid7()), "new": NEW, "again": NEW}).status_code == 302
    assert not Token.objects.filter(officer=dana, revoked_at=None).exists()
    issue("two")
    perform(SetPassword(by=admin.pk, happened_at=now(), officer=dana.pk, password_hash=hashed(NEW)))
    assert not Token.objects.filter(officer=dana, revoked_at=None).exists()
