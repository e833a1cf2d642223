"""The REST interface: from registration to acknowledgement, by token, once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access import service as access
from panah.foundation.access.actions import IssueToken, RevokeToken
from panah.foundation.access.models import Officer, Token
from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.node.profiling import service as profiling

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)
CLAIM = {
    "protection": {"fears_return": "yes", "fear_grounds": ["religion"]},
    "consent": {"understands": "yes", "share_unhcr": "yes"},
}


class Program:
    """A program that holds an officer's token."""

    def __init__(self, person: Officer | None) -> None:
        self.token = access.new_token()
        if person:
            perform(
                IssueToken(
                    by=None,
                    happened_at=WHEN,
                    officer=person.pk,
                    name="handheld",
                    token_digest=access.token_digest(self.token),
                    days=1,
                )
            )

    def post(self, path: str, action: Any = None, **body: Any):
        body = {"action": str(action or uuid7()), "happened_at": WHEN.isoformat()} | body
        return Client().post(
            f"/api{path}", json.dumps(body, default=str), content_type="application/json", headers=self.headers
        )

    def get(self, path: str):
        return Client().get(f"/api{path}", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def post(officer):
    """The program of an officer at Almaty airport, on 20 November 2026."""
    with standing_at(WHEN):
        yield Program(officer("border_officer", post="ALA"))


def registered(program: Program, **more: Any) -> str:
    file = str(uuid7())
    answer = program.post("/persons", file=file, names=[{"text": "زهرا"}], sex="female", citizenships=["AFG"], **more)
    assert answer.status_code == 200, answer.content
    return file


def referred(program: Program, file: str) -> str:
    program.post(f"/persons/{file}/interviews", record=CLAIM)
    proposal = program.get(f"/persons/{file}/proposal").json()["proposal"]
    program.post(f"/persons/{file}/confirmation", proposal=proposal)
    referral = str(uuid7())
    answer = program.post(f"/persons/{file}/referrals", referral=referral, to="asylum_authority")
    assert answer.status_code == 200, answer.content
    return referral


def test_a_person_goes_from_registration_to_acknowledgement(post, officer):
    file = registered(post)
    referral = referred(post, file)
    from panah.node.referrals.models import Referral

    body = Referral.objects.get(pk=referral).body
    receiver = Program(officer("asylum_officer", body=body))
    waiting = receiver.get("/queue").json()["waiting"]
    assert [row["referral"] for row in waiting] == [referral]
    assert waiting[0]["packet"] == {}
    packet = receiver.get(f"/queue/{referral}").json()["packet"]
    assert {"data_class": "identity_core", "label": "name", "value": "زهرا"} in packet["items"]
    assert receiver.post(f"/queue/{referral}/answer", answer="accept").status_code == 200
    assert receiver.post(f"/queue/{referral}/answer", answer="done", outcome="registered").status_code == 200


def test_a_resend_is_answered_with_the_first_receipt(post):
    action, file = uuid7(), str(uuid7())
    first = post.post("/persons", action, file=file, citizenships=["AFG"])
    again = post.post("/persons", action, file=file, citizenships=["AFG"])
    assert first.json() == again.json()
    other = post.post("/persons", action, file=file, citizenships=["UZB"])
    assert (other.status_code, other.json()["code"]) == (409, "id_used")


def test_the_profile_is_that_of_the_contract_and_the_decision_stands_beside_it(post):
    file = registered(post)
    post.post(f"/persons/{file}/interviews", record=CLAIM)
    answer = post.get(f"/persons/{file}/proposal").json()
    assert "asylum_seeker" in {line["code"] for line in answer["profile"]["profiles"]}
    assert answer["decided"] is None


def test_a_misspelt_key_of_the_record_is_refused_and_named(post):
    file = registered(post)
    answer = post.post(f"/persons/{file}/interviews", record={"protection": {"fears_returning": "yes"}})
    assert answer.status_code == 409
    assert "fears_returning" in answer.json()["detail"]
    assert profiling.proposal_of(file) is None


def test_an_unknown_field_is_refused_and_named(post):
    answer = post.post("/persons", file=str(uuid7()), nationality="AFG")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert "nationality" in answer.json()["field"]


def test_the_officer_of_another_post_finds_nothing(post, officer):
    file = registered(post)
    other = Program(officer("border_officer", post="KRG"))
    assert other.get(f"/persons/{file}/proposal").status_code == 404
    assert other.post(f"/persons/{file}/interviews", record=CLAIM).status_code == 404
    assert profiling.proposal_of(file) is None


def test_a_body_finds_only_its_own_referrals(post, officer):
    referral = referred(post, registered(post))
    stranger = Program(officer("asylum_officer", body="another-body"))
    assert stranger.get(f"/queue/{referral}").status_code == 404
    assert stranger.post(f"/queue/{referral}/answer", answer="accept").status_code == 404
    assert stranger.get("/queue").json() == {"waiting": []}


def test_a_consular_notice_for_one_who_fears_return_is_stopped_with_its_safeguard(post):
    file = registered(post)
    referred(post, file)
    answer = post.post(f"/persons/{file}/referrals", referral=str(uuid7()), to="own_consulate", consent_given=True)
    assert answer.status_code == 409
    assert "no_consular_contact" in answer.json()["holds"]


def test_a_decline_needs_its_reason(post, officer):
    referral = referred(post, registered(post))
    from panah.node.referrals.models import Referral

    receiver = Program(officer("asylum_officer", body=Referral.objects.get(pk=referral).body))
    assert receiver.post(f"/queue/{referral}/answer", answer="decline").json()["code"] == "reason_missing"
    declined = receiver.post(
        f"/queue/{referral}/answer", answer="decline", reason="NOT_COMPETENT", competent="child_protection"
    )
    assert declined.status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer panah_wrong"}, {"Authorization": "Basic x"}])
def test_without_a_valid_token_nothing_answers(db, headers):
    answer = Client().get("/api/queue", headers=headers)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_revoked_token_and_one_that_is_over_answer_nothing(officer):
    with standing_at(WHEN):
        program = Program(officer("border_officer", post="ALA"))
        assert program.get(f"/persons/{uuid7()}/proposal").status_code == 404
    with standing_at(WHEN + timedelta(days=2)):
        assert program.get(f"/persons/{uuid7()}/proposal").status_code == 401
    with standing_at(WHEN):
        perform(RevokeToken(by=None, happened_at=WHEN, token=Token.objects.get().pk))
        assert program.get(f"/persons/{uuid7()}/proposal").status_code == 401


def test_the_token_itself_is_kept_nowhere(post):
    assert post.token.encode() not in bytes(Token.objects.get().digest)
    assert not Entry.objects.filter(facts__contains=post.token).exists()


def test_the_session_of_a_browser_does_not_open_the_interface(officer, signed_in):
    assert signed_in(officer("asylum_officer", body="x")).get("/api/queue").status_code == 401
