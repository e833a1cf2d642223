"""The administrator's pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Grant, Officer
from panah.foundation.access.service import officer_of_token
from tests.conftest import PASSWORD
from tests.unit.foundation.test_second_factor import with_app


@pytest.fixture
def admin(officer: Any, signed_in: Any) -> Any:
    return signed_in(officer("administrator", display_name="The administrator"))


def does(browser: Any, person: Officer, deed: str, **said: Any) -> Any:
    return browser.post(f"/officers/{person.pk}/", {"do": deed, "id": str(uuid7()), **said})


def test_an_account_is_opened_once_and_signs_in(admin, client):
    said = {
        "id": str(uuid7()),
        "username": "dana.k",
        "display_name": "Dana",
        "password": "long enough to be good",
        "roles": ["registrar"],
        "post": "ALA",
    }
    assert admin.post("/officers/new/", said).status_code == 302
    dana = Officer.objects.get(username="dana.k")
    assert (dana.roles, dana.post) == ({"registrar"}, "ALA")
    answer = client.post("/sign-in/", {"username": "dana.k", "password": "long enough to be good"})
    assert answer.status_code == 302


def test_roles_that_do_not_go_together_are_refused_with_the_reason(admin, officer):
    said = {"id": str(uuid7()), "username": "dana.k", "display_name": "Dana", "password": "long enough to be good"}
    page = admin.post("/officers/new/", said | {"roles": ["administrator", "registrar"]})
    assert page.status_code == 422
    assert "reads no file" in page.content.decode()
    person = officer("ombudsman")
    assert does(admin, person, "grant", role="supervisor").status_code == 422
    assert Officer.objects.get(pk=person.pk).roles == {"ombudsman"}


def test_roles_are_given_and_taken_and_the_past_stays_on_record(admin, officer):
    person = officer("registrar", post="ALA")
    assert does(admin, person, "grant", role="border_officer").status_code == 302
    assert does(admin, person, "withdraw", role="registrar").status_code == 302
    assert Officer.objects.get(pk=person.pk).roles == {"border_officer"}
    assert Grant.objects.filter(officer=person, role="registrar").exclude(withdrawn_at=None).count() == 1


def test_post_and_body_are_changed(admin, officer):
    person = officer("registrar", post="ALA")
    assert does(admin, person, "about", display_name="New name", post="KRG", body="b").status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.post, person.body) == ("New name", "KRG", "b")


def test_an_account_is_closed_and_a_lost_factor_reset(admin, officer):
    person = with_app(officer("registrar", post="ALA"))
    assert does(admin, person, "factors", reason="The telephone was lost.").status_code == 302
    person.refresh_from_db()
    assert person.second_factor is None
    assert does(admin, person, "close", reason="Left the service.").status_code == 302
    person.refresh_from_db()
    assert not person.is_active


def test_a_new_password_replaces_the_old_one(admin, officer, client):
    person = officer("registrar", post="ALA")
    assert does(admin, person, "password", password="another good long one").status_code == 302
    assert client.post("/sign-in/", {"username": person.username, "password": PASSWORD}).status_code == 200
    assert does(admin, person, "password", password="short").status_code == 422


def test_a_token_is_shown_once_and_revoked(admin, officer):
    person = officer("registrar", post="ALA")
    page = does(admin, person, "token", name="Tablet 7", days=30).content.decode()
    token = re.search(r'id="fresh-token">([^<]+)<', page)[1]
    assert officer_of_token(token) == person
    again = admin.get(f"/officers/{person.pk}/").content.decode()
    assert token not in again
    assert "Tablet 7" in again
    assert does(admin, person, "revoke", token=str(person.tokens.get().pk)).status_code == 302
    assert officer_of_token(token) is None


def test_an_administrator_cannot_change_their_own_account(officer, signed_in):
    person = officer("administrator")
    browser = signed_in(person)
    assert does(browser, person, "grant", role="auditor").status_code == 422
    assert does(browser, person, "withdraw", role="administrator").status_code == 422
    assert does(browser, person, "about", display_name="New", post="ALA").status_code == 422
    assert does(browser, person, "close", reason="I am leaving now.").status_code == 422


def test_the_list_asks_no_more_of_the_database_the_longer_it_is(admin, officer, django_assert_max_num_queries):
    for _ in range(12):
        officer("registrar", post="ALA")
    with django_assert_max_num_queries(8):
        assert admin.get("/officers/").status_code == 200


@pytest.mark.parametrize("role", ["supervisor", "ombudsman", "auditor", "border_officer", "consular_officer"])
def test_others_find_no_page_of_accounts(role, officer, signed_in):
    person = officer(role, post="ALA")
    for path in ("/officers/", "/officers/new/", f"/officers/{person.pk}/"):
        assert signed_in(person).get(path).status_code == 404
