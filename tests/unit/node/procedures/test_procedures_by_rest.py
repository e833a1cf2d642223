"""A program of a body goes through a procedure as its officers do on the pages."""

from __future__ import annotations

from uuid6 import uuid7

from panah.foundation.access import service as access
from panah.foundation.access.actions import IssueToken
from panah.foundation.door.service import perform
from panah.node.procedures.models import Proceeding
from panah.node.referrals import service as referrals
from tests.unit.node.referrals.conftest import WHEN


def program(client, officer):
    """Calls of the interface with a token of the officer."""
    token = access.new_token()
    digest = access.token_digest(token)
    perform(IssueToken(by=None, happened_at=WHEN, officer=officer.pk, name="program", token_digest=digest, days=30))
    headers = {"Authorization": f"Bearer {token}"}

    def call(path, act=False, **said):
        address = f"/api{path}"
        if not said and not act:
            return client.get(address, headers=headers)
        sent = {"action": str(uuid7()), "happened_at": WHEN.isoformat(), **said}
        return client.post(address, sent, content_type="application/json", headers=headers)

    return call


def test_a_program_goes_from_an_accepted_referral_to_a_decision_that_a_second_officer_signs(opened, client):
    run = opened(begin=False)
    mine, other = program(client, run.worker), program(client, run.second)
    referral = next(iter(referrals.of_file(run.file))).pk
    proceeding = str(uuid7())
    assert mine("/procedures", proceeding=proceeding, referral=str(referral), procedure="asylum").status_code == 200
    nowhere = mine(f"/procedures/{proceeding}/end", outcome="forwarded", to_state="UZB")
    assert (nowhere.status_code, "to which nobody was taken" in nowhere.content.decode()) == (409, True)
    for outcome in ("forwarded", "registered", "issued", "taken", "examined"):
        assert mine(f"/procedures/{proceeding}/end", outcome=outcome).status_code == 200
    decision = str(uuid7())
    words = {"facts_found": "Threats.", "law_applied": "Article 11.", "assessment": "Credible."}
    to_nowhere = mine(
        f"/procedures/{proceeding}/decisions", decision=decision, outcome="refugee", to_state="UZB", **words
    )
    assert to_nowhere.status_code == 409
    drafted = mine(f"/procedures/{proceeding}/decisions", decision=decision, outcome="refugee", **words)
    assert drafted.status_code == 200
    signature = f"/procedures/{proceeding}/decisions/{decision}/signature"
    assert mine(signature, following="status").status_code == 409
    assert other(signature, following="status").status_code == 200
    told = {"how": "in_person", "language": "fa", "proof": "Signed."}
    assert mine(f"/procedures/{proceeding}/decisions/{decision}/notification", **told).status_code == 200
    found = mine(f"/procedures/{proceeding}").json()
    assert found["stage"] == "status"
    assert any(term["parameter"] == "asylum/decision" for term in found["terms"])
    assert [one["proceeding"] for one in mine("/procedures").json()["proceedings"]] == [proceeding]


def test_a_stranger_finds_nothing_through_the_interface(opened, officer, client):
    run = opened()
    call = program(client, officer("asylum_officer", body="kaz-police-anti-trafficking"))
    assert call(f"/procedures/{run.row.pk}").status_code == 404
    assert call(f"/procedures/{run.row.pk}/end", outcome="withdrawn").status_code == 404
    assert call("/procedures").json() == {"proceedings": []}
    assert Proceeding.objects.get().ended_at is None
