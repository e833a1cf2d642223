"""A profile is a proposal. An officer confirms or changes it with a reason; both stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, Refused, Stopped, perform
from panah.node.profiling import service
from panah.node.profiling.actions import ConfirmProfile
from panah.node.profiling.models import Confirmation, Proposal
from panah.node.registration.models import PersonFile
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.actions import AskCoerciveAct

WHY = "She said afterwards that she comes to work."
AT_WORK = {
    "entry": {"mode": "border_point"},
    "purpose": ["work"],
    "protection": {"fears_return": "no", "asked_asylum": "no", "left_because": ["work"]},
    "consent": {"understands": "yes"},
}


def test_confirming_as_proposed_keeps_the_profiles(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    act(aida, ConfirmProfile, proposal=found.pk)
    decision = Confirmation.objects.get()
    assert decision.profiles == [line["code"] for line in found.profile["profiles"]]
    assert decision.changes == []
    assert PersonFile.objects.get(pk=zahra.pk).status == "confirmed"


def test_both_the_proposal_and_the_decision_stay(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    before = found.profile
    act(aida, ConfirmProfile, proposal=found.pk, remove={"asylum_seeker": WHY}, add={"labour_migrant": WHY})
    assert Proposal.objects.get().profile == before
    decision = Confirmation.objects.get()
    assert decision.profiles == ["labour_migrant"]
    assert decision.changes == [
        {"code": "labour_migrant", "change": "added", "reason": WHY},
        {"code": "asylum_seeker", "change": "removed", "reason": WHY},
    ]


def test_taking_off_a_protection_profile_lifts_no_hold(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    before = {hold.code for hold in safeguards.standing(zahra.pk)}
    act(aida, ConfirmProfile, proposal=found.pk, remove={"asylum_seeker": WHY})
    assert {hold.code for hold in safeguards.standing(zahra.pk)} == before
    said = {"legal_ground": "Law on migration, art. 1", "reason": "No right to stay was found by the court."}
    with pytest.raises(Stopped):
        act(aida, AskCoerciveAct, file=zahra.pk, act="removal", **said)


def test_taking_off_a_profile_keeps_the_referral_lines(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    act(aida, ConfirmProfile, proposal=propose(zahra).pk, remove={"asylum_seeker": WHY})
    decided = service.confirmed(zahra.pk)
    assert decided is not None
    assert decided.profiles == ()
    assert "asylum_authority" in decided.recipients


def test_adding_a_protection_profile_places_its_holds_and_brings_its_referrals(
    act: Any, aida: Any, zahra: Any, propose: Any
) -> None:
    found = propose(zahra, AT_WORK)
    assert "no_removal" not in {hold.code for hold in safeguards.standing(zahra.pk)}
    act(aida, ConfirmProfile, proposal=found.pk, add={"asylum_seeker": "She whispered it when her cousin had left."})
    standing = {hold.code for hold in safeguards.standing(zahra.pk)}
    assert {"no_removal", "no_consular_contact", "no_sharing_with_origin"} <= standing
    decided = service.confirmed(zahra.pk)
    assert decided is not None
    assert {"asylum_authority", "unhcr", "legal_aid"} <= set(decided.recipients)
    lines = {line["to"]: line for line in decided.referrals}
    assert lines["asylum_authority"]["consent"] == "not_required"
    assert lines["unhcr"]["consent"] == "needed"
    assert "asylum" in decided.information


def test_adding_trafficking_brings_the_reflection_period(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra, AT_WORK)
    act(
        aida, ConfirmProfile, proposal=found.pk, add={"trafficking_presumed": "Her papers lie with the driver outside."}
    )
    assert {"reflection_period", "interview_alone"} <= {hold.code for hold in safeguards.standing(zahra.pk)}
    decided = service.confirmed(zahra.pk)
    assert decided is not None
    assert "anti_trafficking_unit" in decided.recipients


def test_a_change_needs_a_reason_of_ten_characters(aida: Any, zahra: Any, propose: Any) -> None:
    said = {"by": aida.pk, "place": "ALA", "happened_at": now(), "proposal": propose(zahra).pk}
    for change in ("add", "remove"):
        with pytest.raises(ValidationError):
            ConfirmProfile(**said, **{change: {"asylum_seeker": "too short"}})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"add": {"asylum_seeker": WHY}}, "already_there"),
        ({"remove": {"smuggled": WHY}}, "not_there"),
        ({"add": {"spy": WHY}}, "unknown_profile"),
        ({"add": {"smuggled": WHY}, "remove": {"smuggled": WHY}}, "both_ways"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    act: Any, aida: Any, arrive: Any, propose: Any, change: dict[str, Any], code: str
) -> None:
    record = {"protection": {"fears_return": "yes", "fear_grounds": ["religion"]}}
    found = propose(arrive("Лола", sex="female", citizenships=("AFG",), birth={"date": "1990"}), record)
    assert [line["code"] for line in found.profile["profiles"]] == ["asylum_seeker"]
    with pytest.raises(Refused) as error:
        act(aida, ConfirmProfile, proposal=found.pk, **change)
    assert error.value.code == code
    assert not Confirmation.objects.exists()


def test_a_proposal_is_decided_once(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    act(aida, ConfirmProfile, proposal=found.pk)
    with pytest.raises(Refused) as error:
        act(aida, ConfirmProfile, proposal=found.pk, remove={"asylum_seeker": WHY})
    assert error.value.code == "decided_already"


def test_the_same_decision_twice_is_one(aida: Any, zahra: Any, propose: Any) -> None:
    action = ConfirmProfile(by=aida.pk, place="ALA", happened_at=now(), proposal=propose(zahra).pk)
    assert perform(action) == perform(action)
    assert Confirmation.objects.count() == 1


def test_only_the_latest_proposal_is_decided_on(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    first = propose(zahra)
    propose(zahra)
    with pytest.raises(Refused) as error:
        act(aida, ConfirmProfile, proposal=first.pk)
    assert error.value.code == "not_the_latest"


def test_a_newer_proposal_leaves_the_decision_standing_until_it_is_decided(
    act: Any, aida: Any, zahra: Any, propose: Any
) -> None:
    act(aida, ConfirmProfile, proposal=propose(zahra).pk)
    propose(zahra, AT_WORK)
    decided = service.confirmed(zahra.pk)
    assert decided is not None
    assert "asylum_seeker" in decided.profiles


def test_a_stranger_a_consular_officer_and_a_receiving_body_decide_nothing(
    act: Any, officer: Any, bolat: Any, consul: Any, zahra: Any, propose: Any
) -> None:
    found = propose(zahra)
    for other in (bolat, consul, officer("asylum_officer", post="ALA", body="asylum-body"), officer("ombudsman")):
        with pytest.raises(NotAllowed):
            act(other, ConfirmProfile, proposal=found.pk)
    with pytest.raises(NotFound):
        act(bolat, ConfirmProfile, proposal=uuid7())
    assert not Confirmation.objects.exists()


def test_what_was_decided_is_handed_to_other_rooms(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    assert service.confirmed(zahra.pk) is None
    assert service.referral_lines(zahra.pk) == ()
    found = propose(zahra)
    assert service.confirmed(zahra.pk) is None
    act(aida, ConfirmProfile, proposal=found.pk)
    decided = service.confirmed(zahra.pk)
    assert decided is not None
    assert (decided.file_number, decided.name, decided.place, decided.child) == (zahra.number, "زهرا", "ALA", False)
    assert service.referral_lines(zahra.pk) == decided.referrals
    assert decided.urgency == found.urgency
    assert set(decided.safeguards) == {line["code"] for line in found.profile["safeguards"]}


def test_the_page_confirms_and_a_second_click_changes_nothing(
    signed_in: Any, aida: Any, zahra: Any, propose: Any
) -> None:
    propose(zahra)
    client, address = signed_in(aida), reverse("proposal", args=[zahra.pk])
    sent = {"id": str(client.get(address).context["form"]["id"].value())}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert Confirmation.objects.count() == 1
    text = client.get(address).content.decode()
    assert "What the machine proposes" in text
    assert "What the officer decided" in text
    assert "As proposed." in text
    assert client.get(address).context["form"] is None


def test_the_page_changes_with_reasons_and_shows_both_side_by_side(
    signed_in: Any, aida: Any, zahra: Any, propose: Any
) -> None:
    propose(zahra)
    client, address = signed_in(aida), reverse("proposal", args=[zahra.pk])
    sent = {
        "id": str(uuid7()),
        "off_asylum_seeker": "on",
        "why_off_asylum_seeker": "short",
        "add_1": "labour_migrant",
        "why_add_1": WHY,
    }
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "why_off_asylum_seeker" in refused.context["form"].errors
    assert client.post(address, {**sent, "why_off_asylum_seeker": WHY}).status_code == 302
    text = client.get(address).content.decode()
    assert "Taken off" in text
    assert "Added" in text
    assert WHY in text
    assert "What was taken off lifts no hold" in text


def test_the_supervisor_decides_and_the_ombudsman_only_reads(
    signed_in: Any, officer: Any, zahra: Any, propose: Any
) -> None:
    propose(zahra)
    address = reverse("proposal", args=[zahra.pk])
    assert signed_in(officer("supervisor", post="ALA")).get(address).context["form"] is not None
    reader = signed_in(officer("ombudsman"))
    assert reader.get(address).context["form"] is None
    assert reader.post(address, {"id": str(uuid7())}).status_code == 404


def test_what_must_be_told_is_ticked_off_in_a_language(signed_in: Any, aida: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    client, address = signed_in(aida), reverse("proposal", args=[zahra.pk])
    open_ = [code for code, _ in client.get(address).context["tell"].fields["leaflets"].choices]
    assert set(open_) == set(found.profile["information"])
    sent = {"id": str(uuid7()), "leaflets": ["asylum", "your_rights"], "language": "fa", "understood": "yes"}
    assert client.post(reverse("information", args=[zahra.pk]), sent).status_code == 302
    left = [code for code, _ in client.get(address).context["tell"].fields["leaflets"].choices]
    assert set(left) == set(open_) - {"asylum", "your_rights"}
