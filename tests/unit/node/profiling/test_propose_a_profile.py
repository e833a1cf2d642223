"""From an interview to a proposal, its holds, and the word to those who must act within the hour."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.cores.lawbook import load_pack
from panah.cores.screening import read_record, screen
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, Stopped, perform
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.profiling import service
from panah.node.profiling.actions import Answer, FinishInterview, RecordInterview, StartInterview
from panah.node.profiling.models import Interview, Proposal
from panah.node.registration.models import PersonFile
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.actions import AskCoerciveAct

from .conftest import AFRAID


def codes(proposal: Proposal, kind: str = "profiles") -> set[str]:
    return {line["code"] for line in proposal.profile[kind]}


def ask_removal(act: Any, by: Any, file: Any, harm: str = "removal") -> Any:
    said = {"legal_ground": "Law on migration, art. 1", "reason": "No right to stay was found by the court."}
    return act(by, AskCoerciveAct, file=file.pk, act=harm, **said)


def test_a_finished_interview_proposes_a_profile_with_pack_and_digest(
    act: Any, aida: Any, zahra: Any, begin: Any
) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    act(aida, FinishInterview, interview=interview.pk)
    found, pack = Proposal.objects.get(), load_pack("kaz")
    assert "asylum_seeker" in codes(found)
    assert (found.pack, found.pack_version, found.pack_digest) == ("kaz", pack.version, pack.digest)
    assert Interview.objects.get().finished_at is not None
    assert PersonFile.objects.get(pk=zahra.pk).status == "proposed"


def test_the_proposal_is_what_the_core_gives_and_can_be_replayed(zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    again = screen(read_record(found.record), load_pack(found.pack))
    assert json.loads(msgspec.json.encode(again)) == found.profile
    assert found.profile["id"] == str(zahra.pk)


def test_what_was_not_asked_is_open_and_never_a_no(act: Any, aida: Any, zahra: Any, begin: Any) -> None:
    act(aida, FinishInterview, interview=begin(zahra).pk)
    found = Proposal.objects.get()
    assert "regular_traveller" not in codes(found)
    assert "no_removal" in {hold.code for hold in safeguards.standing(zahra.pk)}
    assert "protection.fears_return" in found.profile["missing"]


@pytest.mark.parametrize("left", ["unknown", "refused"])
def test_an_open_answer_to_fear_holds_removal(act: Any, aida: Any, zahra: Any, propose: Any, left: str) -> None:
    propose(zahra, {"protection": {"fears_return": left}, "consent": {"understands": "yes"}})
    with pytest.raises(Stopped):
        ask_removal(act, aida, zahra)


def test_the_proposals_safeguards_stand_as_holds_at_once(act: Any, officer: Any, zahra: Any, propose: Any) -> None:
    found = propose(zahra)
    standing = {hold.code: hold for hold in safeguards.standing(zahra.pk)}
    assert set(standing) == codes(found, "safeguards")
    assert {reason["rule"] for reason in standing["no_removal"].because} == {
        reason["rule"]
        for line in found.profile["safeguards"]
        if line["code"] == "no_removal"
        for reason in line["because"]
    }
    for harm in ("removal", "hand_over", "extradition", "refusal_of_entry", "consular_notice", "data_to_origin"):
        with pytest.raises(Stopped):
            ask_removal(act, officer("supervisor", post="ALA", body="kaz-border-service"), zahra, harm)


def test_after_an_interview_that_found_nothing_an_act_may_go_on(act: Any, aida: Any, arrive: Any, propose: Any) -> None:
    trader = arrive("Рустам", sex="male", citizenships=("UZB",), birth={"date": "1985-02-01"})
    with pytest.raises(Stopped):
        ask_removal(act, aida, trader)
    passport = {"type": "passport", "issuer": "UZB", "status": "valid"}
    record = {
        "entry": {"mode": "border_point", "from": "UZB"},
        "documents": [passport],
        "purpose": ["trade"],
        "protection": {"left_because": ["other"], "fears_return": "no", "asked_asylum": "no"},
        "nationality": {"recognised_by_any_state": "yes"},
        "consent": {"understands": "yes"},
    }
    found = propose(trader, record)
    assert "no_removal" not in codes(found, "safeguards")
    ask_removal(act, aida, trader, "removal")


@pytest.mark.parametrize(
    ("ground", "absolute"), [("torture", True), ("death_penalty", True), ("religion", False), ("conscription", False)]
)
def test_danger_of_torture_or_death_makes_the_hold_on_removal_absolute(
    zahra: Any, propose: Any, ground: str, absolute: bool
) -> None:
    record = json.loads(json.dumps(AFRAID))
    record["protection"]["fear_grounds"] = [ground]
    propose(zahra, record)
    standing = {hold.code: hold for hold in safeguards.standing(zahra.pk)}
    assert standing["no_removal"].absolute is absolute
    assert standing["no_sharing_with_origin"].absolute


def test_a_child_and_whose_age_is_disputed_are_never_detained(act: Any, aida: Any, arrive: Any, propose: Any) -> None:
    boy = arrive("Али", sex="male", citizenships=("AFG",), birth={"date": "2012"})
    doubted = arrive("Карим", sex="male", citizenships=("AFG",), birth={"date": "2004"})
    propose(boy, {"child": {"accompanied_by": "nobody"}})
    propose(doubted, {"person": {"age_disputed": "yes"}})
    for file in (boy, doubted):
        assert {hold.code: hold.absolute for hold in safeguards.standing(file.pk)}["no_detention"] is True
        with pytest.raises(Stopped):
            ask_removal(act, aida, file, "detention")


def test_a_child_alone_is_told_to_the_supervisor_at_once(arrive: Any, propose: Any) -> None:
    boy = arrive("Али", sex="male", citizenships=("AFG",), birth={"date": "2012"})
    assert propose(boy, {"child": {"accompanied_by": "nobody"}}).urgency == "immediate"
    (word,) = Notice.objects.filter(code="profiling.immediate")
    assert word.role == "supervisor"
    assert word.facts == {"number": boy.number, "place": "ALA"}


def test_who_has_no_post_is_told_where_help_is_needed_without_a_link_that_leads_to_nothing(
    arrive: Any, propose: Any, officer: Any, signed_in: Any
) -> None:
    boy = arrive("Али", sex="male", citizenships=("AFG",), birth={"date": "2012"})
    propose(boy, {"child": {"accompanied_by": "nobody"}})
    (word,) = Notice.objects.filter(code="profiling.immediate")
    for post, opens in (("ALA", 200), ("", 404), ("KRG", 404)):
        browser = signed_in(officer("supervisor", post=post, body=word.body))
        page = browser.get("/notices/").content.decode()
        assert boy.number in page
        assert (word.link in page) is (opens == 200)
        assert browser.get(word.link).status_code == opens


def test_a_second_interview_makes_a_new_proposal_and_the_earlier_stays(
    act: Any, aida: Any, zahra: Any, propose: Any, told: Any
) -> None:
    first = propose(zahra, {"protection": {"fears_return": "no"}, "purpose": ["work"]})
    told(zahra)
    again = uuid7()
    act(aida, StartInterview, file=zahra.pk, interview=again, setting="PRIVATE", continues=first.interview_id)
    assert Interview.objects.get(pk=again).record == first.interview.record
    act(aida, Answer, interview=again, key="protection.fears_return", value="yes")
    act(aida, FinishInterview, interview=again)
    assert Proposal.objects.count() == 2
    assert service.proposal_of(zahra.pk) != first
    first.refresh_from_db()
    assert "asylum_seeker" not in codes(first)
    assert "asylum_seeker" in codes(service.proposal_of(zahra.pk))  # type: ignore[arg-type]


def test_a_later_interview_that_says_less_lifts_no_hold(zahra: Any, propose: Any) -> None:
    propose(zahra)
    before = {hold.code for hold in safeguards.standing(zahra.pk)}
    propose(zahra, {"protection": {"fears_return": "no", "asked_asylum": "no"}, "purpose": ["work"]})
    assert before <= {hold.code for hold in safeguards.standing(zahra.pk)}


def test_a_whole_record_twice_is_one_interview(aida: Any, zahra: Any) -> None:
    action = RecordInterview(by=aida.pk, place="ALA", happened_at=now(), file=zahra.pk, record=AFRAID)
    assert perform(action) == perform(action)
    assert Interview.objects.count() == Proposal.objects.count() == 1


def test_a_whole_record_and_its_answers_one_by_one_propose_the_same(
    act: Any, aida: Any, arrive: Any, begin: Any, propose: Any
) -> None:
    one, other = (arrive(name, sex="female", citizenships=("AFG",), birth={"date": "1999"}) for name in ("A", "B"))
    interview = begin(one)
    for key, value in (
        ("purpose", ["protection"]),
        ("protection.fears_return", "yes"),
        ("protection.fear_grounds", ["religion"]),
    ):
        act(aida, Answer, interview=interview.pk, key=key, value=value)
    act(aida, FinishInterview, interview=interview.pk)
    propose(other, {"purpose": ["protection"], "protection": {"fears_return": "yes", "fear_grounds": ["religion"]}})
    mine, theirs = (service.proposal_of(file.pk).profile for file in (one, other))  # type: ignore[union-attr]
    for kind in ("profiles", "needs", "safeguards", "missing", "urgency", "information"):
        assert mine[kind] == theirs[kind]


def test_a_misspelt_key_is_refused_and_hides_nobody(act: Any, aida: Any, zahra: Any) -> None:
    with pytest.raises(Refused) as error:
        act(aida, RecordInterview, file=zahra.pk, record={"child": {"acompanied_by": "nobody"}})
    assert "acompanied_by" in str(error.value)
    assert not Interview.objects.exists()


def test_a_record_for_the_rules_of_another_state_is_refused(act: Any, aida: Any, zahra: Any) -> None:
    with pytest.raises(Refused) as error:
        act(aida, RecordInterview, file=zahra.pk, record={"pack": "kgz"})
    assert error.value.code == "other_pack"


def test_what_registration_does_not_know_is_not_read_as_statelessness(arrive: Any, propose: Any) -> None:
    somebody = arrive("Nobody knows")
    assert "stateless_risk" not in codes(propose(somebody, {"purpose": ["work"]}))
    assert "stateless_risk" in codes(propose(somebody, {"person": {"citizenships": []}}))


def test_a_stranger_and_a_consular_officer_record_nothing(act: Any, bolat: Any, consul: Any, zahra: Any) -> None:
    for other in (bolat, consul):
        with pytest.raises(NotAllowed):
            act(other, RecordInterview, file=zahra.pk, record=AFRAID)
    assert not Interview.objects.exists()


def test_the_page_ends_the_interview_and_shows_the_proposal(
    signed_in: Any, act: Any, aida: Any, zahra: Any, begin: Any
) -> None:
    interview = begin(zahra)
    act(aida, Answer, interview=interview.pk, key="protection.fears_return", value="yes")
    act(aida, Answer, interview=interview.pk, key="protection.fear_grounds", value=["religion"])
    client = signed_in(aida)
    answer = client.post(reverse("interview", args=[zahra.pk]), {"id": str(uuid7()), "finish": "1"})
    assert answer.url == reverse("proposal", args=[zahra.pk])
    text = client.get(answer.url).content.decode()
    assert "Asylum-seeker" in text
    assert "Afraid to return: Yes; what is feared: My religion" in text
    assert "Convention relating to the Status of Refugees, art. 1A(2), 33" in text
    assert "Not yet checked against the source" in text
    assert "No sharing with the country of origin" in text
    assert "Still open" in text


def test_the_proposal_is_never_called_a_decision(signed_in: Any, aida: Any, zahra: Any, propose: Any) -> None:
    propose(zahra)
    text = signed_in(aida).get(reverse("proposal", args=[zahra.pk])).content.decode()
    machine = text[text.index('id="machine-title"') : text.index("</section>", text.index('id="machine-title"'))]
    assert "ecision" not in machine
    assert "What the machine proposes" in machine


def test_ask_again_begins_where_the_last_answers_stood(
    signed_in: Any, aida: Any, zahra: Any, propose: Any, told: Any
) -> None:
    propose(zahra)
    told(zahra)
    client = signed_in(aida)
    answer = client.post(reverse("interview_again", args=[zahra.pk]), {"id": str(uuid7())})
    assert answer.url == reverse("interview", args=[zahra.pk])
    going_on = Interview.objects.get(finished_at=None)
    assert going_on.record["protection"]["fear_grounds"] == ["religion"]
    assert going_on.continues is not None


def test_the_page_is_there_for_the_post_and_the_ombudsman_only(
    signed_in: Any, officer: Any, aida: Any, bolat: Any, consul: Any, zahra: Any, propose: Any, client: Any
) -> None:
    propose(zahra)
    address = reverse("proposal", args=[zahra.pk])
    for reader in (aida, officer("registrar", post="ALA"), officer("supervisor", post="ALA"), officer("ombudsman")):
        assert signed_in(reader).get(address).status_code == 200
    for other in (bolat, consul, officer("asylum_officer", post="ALA"), officer("statistician", post="ALA")):
        assert signed_in(other).get(address).status_code == 404
    assert client.get(address).status_code == 302
    assert "profiling.proposal_read" in {line.code for line in journal.lines_of(zahra.pk)}


def test_before_an_interview_there_is_no_proposal_to_see(signed_in: Any, aida: Any, zahra: Any) -> None:
    assert signed_in(aida).get(reverse("proposal", args=[zahra.pk])).status_code == 404
