"""Every address against every role. A new address that stands in no table fails here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.roles import ROLES
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.profiling.service import ConfirmProfile, RecordInterview, proposal_of
from panah.node.referrals.models import Referral
from panah.node.referrals.service import SendReferral
from panah.node.registration.service import RegisterPerson
from panah.node.safeguards.service import standing
from tests.architecture.addresses import ANYBODY, HUB, NODE, SIGNED_IN, routes

pytestmark = pytest.mark.any_database

CLAIM = {"protection": {"fears_return": "yes", "fear_grounds": ["religion"]}, "consent": {"understands": "yes"}}


def officers_of(kind: str, officer: Any, body: str) -> dict[str, Any]:
    """One officer for each role: those of a post at Almaty airport, those of a body at the one that got the referral."""
    return {
        role.code: officer(
            role.code,
            post="ALA" if role.code in {"border_officer", "registrar"} else "",
            body=body if role.code != "border_officer" else "",
        )
        for role in ROLES
        if kind in role.installations
    }


@pytest.fixture
def world(officer: Any) -> dict[str, Any]:
    """A person at Almaty airport whose claim was sent to the asylum body."""
    aida = officer("border_officer", post="ALA")
    common = {"by": aida.pk, "place": "ALA", "happened_at": now()}
    file, referral = uuid7(), uuid7()
    perform(RegisterPerson(**common, file=file, citizenships=("AFG",)))
    perform(RecordInterview(**common, file=file, record=CLAIM))
    perform(ConfirmProfile(**common, proposal=proposal_of(file).pk))
    perform(SendReferral(**common, file=file, to="asylum_authority", referral=referral))
    return {
        "file_id": file,
        "file": file,
        "referral_id": referral,
        "referral": referral,
        "hold_id": standing(file)[0].pk,
        "body": Referral.objects.get(pk=referral).body,
        "code": "holds",
        "kind": "line",
        "status": 404,
        "state": "KAZ",
        "side": "destination",
        "form": "csv",
    }


def address(route: str, world: dict[str, Any]) -> str:
    """The route with the world's ids in it; what the world does not have gets an id that does not exist."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(world.get(found[1], uuid7())), route)


def answers(client: Client, path: str) -> int:
    return client.get(path).status_code


@pytest.mark.parametrize(("urlconf", "table"), [("panah.node.urls", NODE), ("panah.hub.urls", HUB)])
def test_every_address_stands_in_the_table(urlconf, table):
    assert sorted(set(routes(urlconf)) ^ set(table)) == [], "Say in tests/architecture/addresses.py who may open it."


@pytest.mark.parametrize(("kind", "table"), [("node", NODE), ("hub", HUB)])
def test_every_address_answers_each_role_as_the_table_says(kind, table, world, officer, signed_in, settings):
    settings.ROOT_URLCONF, settings.PANAH_ROLE = f"panah.{kind}.urls", kind
    people = officers_of(kind, officer, world["body"])
    browsers = {role: signed_in(person) for role, person in people.items()}
    wrong = []
    for route, allowed in table.items():
        path = address(route, world)
        if allowed == ANYBODY:
            continue
        for role, browser in browsers.items():
            found = answers(browser, path) != 404
            if found != (allowed == SIGNED_IN or role in allowed):
                wrong.append(f"{route} answers {'something' if found else '404'} to {role}")
    assert wrong == []


@pytest.mark.parametrize(("kind", "table"), [("node", NODE), ("hub", HUB)])
def test_who_has_not_signed_in_gets_only_what_is_for_anybody(kind, table, world, settings):
    settings.ROOT_URLCONF, settings.PANAH_ROLE = f"panah.{kind}.urls", kind
    for route, allowed in table.items():
        status = answers(Client(), address(route, world))
        assert allowed == ANYBODY or status in {302, 401, 404, 405}, f"{route} answers {status}"


def test_an_officer_of_another_post_finds_no_address_of_the_file(world, officer, signed_in):
    browser = signed_in(officer("border_officer", "registrar", post="KRG"))
    for route in NODE:
        if "file_id" in route or "hold_id" in route:
            assert answers(browser, address(route, world)) in {404, 405}, route
