"""A program keeps bans, remedies, what was given up, detention and the lifting of holds, as the pages do."""

from __future__ import annotations

from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.node.procedures import rules
from panah.node.procedures.models import Detention, EntryBan, Waiver
from panah.node.safeguards.models import Hold
from tests.unit.node.procedures.test_procedures_by_rest import program
from tests.unit.node.procedures.test_remedies import FREE, refused
from tests.unit.node.referrals.conftest import WHEN

BAN = {"state": "RUS", "ground": "Overstayed.", "length": "until", "starts": "2026-09-01", "ends": "2031-08-31"}
GROUNDS = {
    "legal_ground": "Code on offences, article 787.", "assessment": "He left the given place twice.", "where": "Centre 1",
    "alternatives": dict.fromkeys(rules.ALTERNATIVES, "He did not keep to it."),
}  # fmt: skip
REASON = "Both offices heard her, and the danger that was feared is over."


def test_a_ban_is_kept_its_remedy_another_destination_and_that_it_was_lifted(opened, officer, client):
    run = opened()
    call, ban, root = program(client, run.worker), str(uuid7()), f"/procedures/{run.row.pk}"
    assert call(f"{root}/bans", ban=ban, **BAN).status_code == 200
    remedy = {"to": "Regional court", "on": "2026-11-19", "what": "To annul it."}
    assert call(f"{root}/bans/{ban}/remedy", **remedy, wished=False).json()["code"] == "not_wished"
    assert call(f"{root}/bans/{ban}/remedy", **remedy, wished=True).status_code == 200
    assert call(f"{root}/bans/{ban}/destination", state="RUS", why="None.").json()["code"] == "barred"
    assert call(f"{root}/bans/{ban}/destination", state="KAZ", why="A channel is open.").status_code == 200
    lifted = {"on": "2026-11-20", "lifted_by": "The court", "paper": "Judgment."}
    assert call(f"{root}/bans/{ban}/lifting", **lifted).status_code == 200
    (given,) = call(f"{root}/remedies").json()["bans"]
    assert (given["state"], given["destination"], given["lifted_on"]) == ("RUS", "KAZ", "2026-11-20")
    stranger = program(client, officer("asylum_officer", body="elsewhere"))
    assert stranger(f"{root}/remedies").status_code == 404
    assert stranger(f"{root}/bans", ban=str(uuid7()), **BAN).status_code == 404
    assert EntryBan.objects.count() == 1


def test_a_ban_of_this_state_is_stopped_by_a_hold_with_409(opened, client):
    run = opened()
    answer = program(client, run.worker)(f"/procedures/{run.row.pk}/bans", ban=str(uuid7()), **BAN | {"state": "KAZ"})
    assert (answer.status_code, answer.json()["code"]) == (409, "stopped")
    assert not EntryBan.objects.exists()


def test_a_remedy_is_given_up_confirmed_and_taken_back(examplia, client):
    run = examplia()
    decision = refused(run, "appeal")
    call, waiver, root = program(client, run.worker), str(uuid7()), f"/procedures/{run.row.pk}"
    free = FREE | {"counsel_at": WHEN.isoformat(), "waiver": waiver, "decision": str(decision)}
    assert call(f"{root}/waivers", **free | {"in_person": False}).json()["code"] == "not_free"
    with standing_at(WHEN):
        assert call(f"{root}/waivers", **free).status_code == 200
        confirmed = call(f"{root}/waivers/{waiver}/confirmation", paper="Signed.", lawyer_present=False)
        assert confirmed.status_code == 200, confirmed.json()
    assert call(f"{root}/remedies").json()["waivers"][0]["confirmed_at"]
    assert call(f"{root}/waivers/{waiver}/taking-back", act=True).status_code == 200
    assert Waiver.objects.get().revoked_at is not None


def test_a_remedy_that_comes_late_opens_the_procedure_again(examplia, client):
    run = examplia()
    refused(run)
    call, root = program(client, run.worker), f"/procedures/{run.row.pk}"
    assert call(f"{root}/remedies").json()["open"] == ["appeal"]
    assert call(f"{root}/remedies", stage="appeal").status_code == 200
    assert call(root).json()["stage"] == "appeal"


def test_detention_is_ordered_with_every_alternative_reviewed_and_ended(force, client, officer):
    run = force("detention")
    call, root = program(client, run.worker), f"/procedures/{run.row.pk}"
    short = GROUNDS | {"alternatives": {"reporting": "No."}}
    assert call(f"{root}/detention", **short).status_code == 422
    assert call(f"{root}/detention", **GROUNDS).status_code == 200
    overseer = program(client, officer("detention_monitor"))
    (held,) = overseer("/detained").json()["held"]
    assert held["number"] == run.row.number
    assert held["review_basis"] in ("statutory", "target")
    assert call("/detained").status_code == 404
    assert call(f"{root}/detention/reviews", result="kept", reason="The ground stands.").status_code == 200
    assert call(f"{root}/detention/reviews", result="released", reason="It fell.").status_code == 200
    assert Detention.objects.get().released_at is not None
    assert overseer("/detained").json()["held"] == []


def test_detention_of_a_child_is_stopped_with_409(force, client):
    run = force("detention")
    Hold.objects.create(id=uuid7(), subject=run.file, code="no_detention", absolute=True, because=[], placed_at=WHEN)
    answer = program(client, run.worker)(f"/procedures/{run.row.pk}/detention", **GROUNDS)
    assert (answer.status_code, answer.json()["code"]) == (409, "stopped")
    assert not Detention.objects.exists()


def test_who_is_asked_again_and_says_yes_is_held_back_from_force(force, client):
    run = force("removal")
    no = dict.fromkeys(rules.ASKED_AGAIN, "no")
    said = no | {"fear": "yes", "asked": str(uuid7()), "language": "fa"}
    answer = program(client, run.worker)(f"/procedures/{run.row.pk}/asked-again", **said)
    assert answer.status_code == 200
    assert "no_removal" in answer.json()["result"]["holds"]
    assert Hold.objects.filter(subject=run.file, code="no_removal", lifted_at=None).exists()


def test_a_hold_falls_by_two_words_of_two_authorities_and_never_by_one(opened, officer, client):
    run = opened()
    hold = Hold.objects.filter(subject=run.file, code="no_removal", lifted_at=None, absolute=False).first()
    competent = program(client, run.worker)
    assert competent(f"/holds/{hold.pk}/lifting", reason="Short.").status_code == 422
    first = competent(f"/holds/{hold.pk}/lifting", reason=REASON)
    assert (first.status_code, first.json()["result"]["fell"]) == (200, False)
    assert competent(f"/holds/{hold.pk}/lifting", reason=REASON).status_code == 409
    chief = program(client, officer("supervisor", body="second-body"))
    assert chief(f"/holds/{hold.pk}/lifting", reason=REASON).json()["result"]["fell"] is True
    stranger = program(client, officer("labour_officer", body="elsewhere"))
    assert stranger(f"/holds/{hold.pk}/lifting", reason=REASON).status_code == 404


def test_evidence_pauses_records_and_drafts_that_go_back_are_kept_too(examplia, client):
    run = examplia()
    call, other, root = program(client, run.worker), program(client, run.second), f"/procedures/{run.row.pk}"
    assert call(f"{root}/evidence", kind="document", grade="C", what="A letter.").status_code == 200
    assert call(f"{root}/pauses", cause="force_majeure", start="2026-11-19").status_code == 200
    assert call(f"{root}/pauses/end", cause="force_majeure", end="2026-11-20").status_code == 200
    decision = run.draft("refused")
    assert other(f"{root}/decisions/{decision}/sending-back", why="The reports are missing.").status_code == 200
    hearing = str(uuid7())
    later = {"at": "2026-12-01T10:00:00+05:00", "room": "4", "language": "fa"}
    with standing_at(WHEN):
        assert call(f"{root}/hearings", hearing=hearing, **later).status_code == 200
        said = {"held_at": WHEN.isoformat(), "record": "She told."}
        assert call(f"{root}/hearings/{hearing}/record", **said).status_code == 200
        assert call(f"{root}/hearings/{hearing}/record", **said).json()["code"] == "kept"
