"""A consulate's user finds nothing by any path, is told 404, and supervisor and ombudsman are told each time."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import IssueToken
from panah.foundation.access.service import may, new_token, open_to_other_states, permission_names, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import waiting_for
from panah.node.referrals.models import Referral
from panah.node.referrals.service import waiting_for as queue_of
from panah.node.safeguards.service import standing
from tests.architecture.addresses import NODE
from tests.architecture.test_addresses import address, world  # noqa: F401 - the fixture
from tests.people import WORKER, arrives

ABOUT_PERSONS = sorted(
    route for route in NODE if "<uuid:" in route and not route.startswith(("officers/", "statistics/"))
)
REST = {
    "get": ("persons/{file}/proposal", "queue/{referral}"),
    "post": (
        "persons/{file}/interviews",
        "persons/{file}/confirmation",
        "persons/{file}/referrals",
        "queue/{referral}/answer",
    ),
}


def alarms() -> int:
    return Notice.objects.filter(code="registration.foreign_try").count()


@pytest.fixture
def consul(officer: Any) -> Any:
    return officer("consular_officer", post="ALA", serves_state="AFG", body="afg-embassy", display_name="Consul")


@pytest.mark.parametrize("route", ABOUT_PERSONS)
def test_a_direct_address_is_not_found_and_two_are_told(route, world, consul, signed_in):  # noqa: F811
    before = alarms()
    answer = signed_in(consul).get(address(route, world))
    assert answer.status_code in {404, 405}
    assert "Afghanistan" not in answer.content.decode()
    assert alarms() == before + (2 if answer.status_code == 404 else 0)


@pytest.mark.parametrize("path", ["arrivals/", "board/", "procedures/", "imports/", "receipts/", "statistics/"])
def test_a_list_is_not_found_and_two_are_told(path, world, consul, signed_in):  # noqa: F811
    before = alarms()
    assert signed_in(consul).get(f"/{path}").status_code == 404
    assert alarms() == before + 2


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, paths in REST.items() for path in paths])
def test_rest_answers_a_file_that_is_there_as_one_that_is_not(method, path, world, consul):  # noqa: F811
    token = new_token()
    perform(
        IssueToken(
            by=None, happened_at=now(), officer=consul.pk, name="consulate", token_digest=token_digest(token), days=1
        )
    )
    header = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    common = {"action": str(uuid7()), "happened_at": now().isoformat()}
    bodies = {
        "persons/{file}/interviews": {"record": WORKER},
        "persons/{file}/confirmation": {"proposal": str(uuid7())},
        "persons/{file}/referrals": {"referral": str(uuid7()), "to": "own_consulate", "consent_given": True},
        "queue/{referral}/answer": {"answer": "accept"},
    }
    answers = []
    for named in (world, {"file": uuid7(), "referral": uuid7()}):
        before = alarms()
        sent = {"data": json.dumps(common | bodies[path]), "content_type": "application/json"} if path in bodies else {}
        answer = getattr(Client(), method)(f"/api/{path.format(**named)}", **sent, **header)
        answers.append((answer.status_code, answer.content))
        assert alarms() == before + 2
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_supervisor_and_ombudsman_read_who_tried_and_what(world, consul, officer, signed_in):  # noqa: F811
    signed_in(consul).get(f"/files/{world['file']}/")
    for role in ("supervisor", "ombudsman"):
        [notice] = waiting_for(officer(role)).filter(code="registration.foreign_try")
        assert notice.facts == {"officer": "Consul", "page": "file"}


def test_somebody_of_this_state_who_finds_nothing_raises_no_alarm(world, officer, signed_in):  # noqa: F811
    assert signed_in(officer("border_officer", post="KRG")).get(f"/files/{world['file']}/").status_code == 404
    assert alarms() == 0


def test_who_serves_another_state_holds_only_the_permissions_that_say_so(officer):
    """Whatever roles were given by mistake."""
    double = officer("consular_officer", serves_state="AFG", post="ALA", body="b")
    named = officer("registrar", post="ALA", body="b")
    named.serves_state = "AFG"
    open_to = {
        "access.own",
        "factors.own",
        "referrals.see_queue",
        "referrals.work",
        "registration.be_watched",
        "registration.find",
        "registration.search",
    }
    assert open_to_other_states() == open_to
    for permission in set(permission_names()) - open_to:
        assert not may(double, permission), permission
        assert not may(named, permission), permission


def consular_referral(body: str, state: str, file: UUID) -> Referral:
    return Referral(
        id=uuid7(), number="X-1", file=file, to="own_consulate", body=body, serves_state=state, from_place="ALA", urgency="routine", consent="given",
        because=[], packet={"items": [], "withheld": []}, due_at=now(), due_basis="target", sent_at=now(), status="sent",
    )  # fmt: skip


def test_a_hold_that_is_placed_after_a_person_agreed_closes_the_consulates_queue(officer, world, consul):  # noqa: F811
    """The claimant's holds stand; a referral to the consulate, however it came about, is seen no more."""
    worker = arrives(officer("border_officer", post="ALA"), now(), None, citizenship="AFG")
    consular_referral(consul.body, "AFG", worker).save(force_insert=True)
    kept_back = consular_referral(consul.body, "AFG", world["file"])
    kept_back.number = "X-2"
    kept_back.save(force_insert=True)
    assert {hold.code for hold in standing(world["file"])} >= {"no_consular_contact"}
    assert [row.number for row in queue_of(consul)] == ["X-1"]
    assert not may(consul, "referrals.work", kept_back)


def test_a_consulate_never_sees_the_queue_of_another_state(officer, world, consul):  # noqa: F811
    worker = arrives(officer("border_officer", post="ALA"), now(), None, citizenship="UZB")
    row = consular_referral(consul.body, "UZB", worker)
    row.save(force_insert=True)
    assert list(queue_of(consul)) == []
    assert not may(consul, "referrals.work", row)
