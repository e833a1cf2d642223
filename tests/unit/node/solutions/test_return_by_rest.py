"""A program of the office that accompanies a return keeps counsel, the yes, its taking back and the departure."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import IssueToken
from panah.foundation.access.service import new_token, token_digest
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from tests.unit.node.solutions.conftest import HOMEWARD, Office, later
from tests.unit.node.solutions.test_free_return import lift_all

ORIGIN = {"by_whom": "iom", "language": "uz", "origin": "The road is open.", "origin_as_of": "2026-11-20"}
YES = {"said": "Uyga qaytmoqchiman.", "language": "uz"}


@pytest.fixture
def desk(office: Any) -> Office:
    found = office("iom", "io_partner", HOMEWARD, "UZB")
    found.opens("voluntary_return")
    return found


def program(who: Any) -> Any:
    token = new_token()
    said = {"officer": who.pk, "name": "program", "token_digest": token_digest(token), "days": 30}
    perform(IssueToken(by=None, happened_at=now(), **said))

    def call(path: str, **said: Any) -> Any:
        sent = {"action": str(uuid7()), "happened_at": now().isoformat(), **said}
        header = {"Authorization": f"Bearer {token}"}
        return Client().post(f"/api/solutions/{path}", sent, content_type="application/json", headers=header)

    return call


def test_counsel_yes_no_yes_and_departure_by_rest(desk, officer):
    call, root = program(desk.who), str(desk.plan_id)
    stopped = call(f"{root}/agreement", agreement=str(uuid7()), **YES)
    assert (stopped.status_code, stopped.json()["code"]) == (409, "stopped")
    assert call(f"{root}/counselling", counselling=str(uuid7()), **ORIGIN).status_code == 200
    lift_all(desk, officer)
    early = call(f"{root}/agreement", agreement=str(uuid7()), **YES)
    assert (early.status_code, early.json()["code"]) == (409, "time_to_think")
    with later(hours=30):
        assert call(f"{root}/agreement", agreement=str(uuid7()), **YES).status_code == 200
        assert call(f"{root}/agreement/taking-back").status_code == 200
        gone = call(f"{root}/departure", on="2026-11-21", asked_again="still_wants")
        assert gone.json()["code"] == "no_yes"
        assert call(f"{root}/agreement", agreement=str(uuid7()), **YES).status_code == 200
    with later(days=3):
        assert call(f"{root}/departure", on="2026-11-22", asked_again="still_wants").status_code == 200
    assert desk.plan.follow_ups.count() == 3


def test_a_stranger_finds_no_plan_by_rest(desk, officer):
    call = program(officer("io_partner", body="elsewhere"))
    assert call(f"{desk.plan_id}/counselling", counselling=str(uuid7()), **ORIGIN).status_code == 404
    assert call(f"{desk.plan_id}/beginning", on="2026-11-20").status_code == 404
    assert desk.plan.began_on is None
