"""Before a step of force the person is asked again; a remedy stops removal; detention is reviewed by itself; a child is never held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import Refused, Stopped, perform
from panah.foundation.notices.models import Notice
from panah.node.procedures import rules, service, terms
from panah.node.procedures.acts import DraftDecision, EndStage, OpenProceeding, SignDecision
from panah.node.procedures.force_acts import AskAgain, OrderDetention, ReviewDetention
from panah.node.procedures.forms import DraftForm
from panah.node.procedures.models import Detention, Proceeding, Term
from panah.node.procedures.tasks import watch_detentions
from panah.node.safeguards.models import Hold
from tests.unit.node.procedures.conftest import FORCE as BODY
from tests.unit.node.procedures.conftest import lifted
from tests.unit.node.procedures.test_proceeding import to_decision
from tests.unit.node.referrals.conftest import WHEN

NO = dict.fromkeys(rules.ASKED_AGAIN, "no")
GROUNDS = {
    "legal_ground": "Code on offences, article 787.",
    "assessment": "He left the given place twice.",
    "alternatives": dict.fromkeys(rules.ALTERNATIVES, "He did not keep to it."),
    "where": "Centre 1",
}


def holds(run) -> set[str]:
    return set(Hold.objects.filter(subject=run.file, lifted_at=None).values_list("code", flat=True))


def ask(run, **answers):
    return run.act(AskAgain, asked=uuid7(), language="fa", **(NO | answers))


def test_no_step_of_removal_goes_on_before_the_person_was_asked_again_in_that_step(force):
    run = force("removal")
    with pytest.raises(Refused, match="Ask the person again"):
        run.end("nothing-stated")
    ask(run)
    run.end("nothing-stated")
    assert run.row.stage == "court-decision"
    decision = run.draft("expulsion-ordered")
    with pytest.raises(Refused, match="Ask the person again"):
        run.act(SignDecision, by=run.second, decision=decision, following="expulsion")


@pytest.mark.parametrize("question", list(rules.ASKED_AGAIN))
def test_a_yes_to_any_question_places_its_holds_and_stops_the_step(force, question):
    run = force("removal")
    ask(run, **{question: "yes"})
    assert set(rules.ASKED_AGAIN[question]) <= holds(run)
    with pytest.raises((Stopped, Refused)):
        run.end("nothing-stated")
    assert run.row.stage == "asked-again"
    assert Notice.objects.filter(code="procedures.answered_yes", role="ombudsman").count() == 1
    run.end("fear-stated")
    assert run.row.outcome == "fear-stated"


@pytest.mark.parametrize("open_answer", ["unknown", "refused"])
def test_what_is_not_known_is_never_read_as_a_no(force, open_answer):
    run = force("removal")
    ask(run, fear=open_answer)
    with pytest.raises(Refused, match="not a no"):
        run.end("nothing-stated")


def ordered(force):
    run = force("removal")
    ask(run)
    run.end("nothing-stated")
    ask(run)
    return run, run.decide("expulsion-ordered", "expulsion")


def test_after_an_order_of_removal_nobody_is_removed_while_the_time_to_appeal_runs(force):
    run, decision = ordered(force)
    assert "no_removal" in holds(run)
    ask(run)
    with pytest.raises(Stopped):
        run.end("left")
    lifted(run)
    with pytest.raises(Refused, match="still runs"):
        run.end("left")
    run.tell(decision)
    Term.objects.filter(step__stage="court-decision", parameter="removal/appeal").update(
        due_at=WHEN + timedelta(days=10), unknown=""
    )
    with run.on(WHEN + timedelta(days=9)), pytest.raises(Refused, match="still runs"):
        run.end("left")
    with run.on(WHEN + timedelta(days=11)):
        with pytest.raises(Refused, match="to which nobody was taken"):
            run.act(EndStage, outcome="stopped-by-a-safeguard", to_state="UZB")
        run.act(EndStage, outcome="left", to_state="UZB")
    run.row.refresh_from_db()
    assert run.row.outcome == "left"
    days = WHEN + timedelta(days=11), WHEN + timedelta(days=12)
    assert [one.to_state for one in service.carried_out(*days)] == ["UZB"]
    assert list(service.carried_out(WHEN, days[0])) == [], "an order is no removal"


def test_where_a_decision_itself_takes_the_person_away_it_says_to_which_state(force, monkeypatch):
    """No pack has such a stage now; a lawyer who asks written reasons of a hand-over makes one."""
    run, decision = ordered(force)
    run.tell(decision)
    lifted(run)
    Term.objects.filter(step__stage="court-decision", parameter="removal/appeal").update(
        due_at=WHEN + timedelta(days=10), unknown=""
    )
    plain = rules.is_decision
    monkeypatch.setattr(rules, "is_decision", lambda stage: plain(stage) or stage.id == "expulsion")
    said = {"facts_found": "The order stands.", "law_applied": "Article 11.", "assessment": "Nothing holds it off."}
    stage = terms.shape_of(run.row).stage(run.row.stage)
    assert "to_state" in DraftForm(terms.shape_of(run.row), stage).fields
    with run.on(WHEN + timedelta(days=11)):
        ask(run)
        with pytest.raises(Refused, match="to which nobody was taken"):
            run.act(DraftDecision, decision=uuid7(), outcome="stopped-by-a-safeguard", to_state="UZB", **said)
        draft = run.act(DraftDecision, decision=uuid7(), outcome="left", to_state="UZB", **said)
        ask(run)
        run.act(SignDecision, by=run.second, decision=UUID(draft.result["decision"]))
    assert run.row.outcome == "left"
    days = WHEN + timedelta(days=11), WHEN + timedelta(days=12)
    assert [one.to_state for one in service.carried_out(*days)] == ["UZB"]


def test_a_decision_that_takes_nobody_away_asks_for_no_state(force):
    run = force("removal")
    ask(run)
    run.end("nothing-stated")
    assert "to_state" not in DraftForm(terms.shape_of(run.row), terms.shape_of(run.row).stage(run.row.stage)).fields


def test_a_time_to_appeal_whose_end_is_not_known_is_not_over(force):
    run, decision = ordered(force)
    ask(run)
    run.tell(decision)
    lifted(run)
    assert Term.objects.get(step__stage="court-decision", parameter="removal/appeal").due_at is None
    with run.on(WHEN + timedelta(days=900)), pytest.raises(Refused, match="still runs"):
        run.end("left")


def test_after_the_appeal_was_decided_and_two_authorities_lifted_the_hold_the_removal_is_lawful(force):
    run = force("removal")
    ask(run)
    run.end("nothing-stated")
    ask(run)
    run.tell(run.decide("expulsion-ordered", "appeal"))
    run.end("decision-kept", "expulsion")
    ask(run)
    lifted(run)
    run.end("left")
    assert run.row.outcome == "left"


@pytest.mark.parametrize(("outcome", "free"), [("court-asked", False), ("released", True)])
def test_only_a_word_that_frees_takes_a_person_out_of_the_register(force, outcome, free):
    run = force("detention")
    run.act(OrderDetention, **GROUNDS)
    run.end(outcome, rules.ENDS_HERE)
    assert run.row.ended_at is not None
    assert (Detention.objects.get().released_at is not None) is free


def test_a_hold_of_a_remedy_falls_by_no_end_of_a_stage(force):
    run = force("removal")
    ask(run)
    run.end("nothing-stated")
    ask(run)
    run.decide("expulsion-ordered", "appeal")
    run.end("decision-kept", "expulsion")
    assert "no_removal" in holds(run)
    ask(run)
    with pytest.raises(Stopped):
        run.end("left")


def test_an_appeal_in_another_procedure_stops_removal_even_when_the_holds_were_lifted(force, opened, officer):
    run = force("removal")
    ask(run)
    asylum = Proceeding.objects.create(
        id=uuid7(), number="X-P9", file=run.file, procedure="asylum", body="b", shape_on=WHEN.date(), pack="kaz",
        pack_version="1", pack_digest="0", stage="complaint", opened_at=WHEN,
    )  # fmt: skip
    asylum.steps.create(stage="complaint", began_at=WHEN)
    with pytest.raises(Refused, match="X-P9"):
        run.end("nothing-stated")


def test_a_refused_claim_keeps_its_holds_while_it_can_be_complained_of(opened):
    run = opened()
    to_decision(run)
    lifted(run)
    run.decide("refused", "complaint")
    assert holds(run) == {"no_removal"}


def test_nobody_is_held_without_ground_assessment_and_every_alternative(force):
    run = force("detention")
    with pytest.raises(Refused, match="Write them down first"):
        run.end("court-asked", "court-order")
    few = {k: v for k, v in GROUNDS["alternatives"].items() if k != "open_reception"}
    with pytest.raises(Refused, match="Missing: open_reception"):
        run.act(OrderDetention, **(GROUNDS | {"alternatives": few}))
    run.act(OrderDetention, **GROUNDS)
    run.end("court-asked", "court-order")
    assert run.row.stage == "court-order"


def test_after_the_first_month_reviews_are_those_of_later_months():
    month = WHEN + timedelta(days=30)
    assert rules.review_term(WHEN, None, month) == "detention/first_review"
    assert rules.review_term(WHEN, month - timedelta(days=1), month) == "detention/review_first_month"
    assert rules.review_term(WHEN, month, month) == "detention/review_later"


def test_reviews_come_by_themselves_first_after_two_days_then_weekly(force):
    run = force("detention")
    run.act(OrderDetention, **GROUNDS)
    held = Detention.objects.get()
    assert held.review_due == WHEN + timedelta(hours=48)
    due = []
    for days in (2, 9, 25):
        with run.on(WHEN + timedelta(days=days)):
            run.act(ReviewDetention, result="kept", reason="The ground still holds.")
        held.refresh_from_db()
        due.append(held.review_due.date())
    assert [str(day) for day in due] == ["2026-11-29", "2026-12-06", "2026-12-22"]


def test_a_missed_review_is_told_at_once_and_once_to_its_lane_its_supervisor_and_the_ombudsman(force):
    run = force("detention")
    run.act(OrderDetention, **GROUNDS)
    with standing_at(WHEN + timedelta(hours=47)):
        assert watch_detentions.func() == 0
    with standing_at(WHEN + timedelta(hours=49)):
        assert watch_detentions.func() == 1
        assert watch_detentions.func() == 0
    told = Notice.objects.filter(code="procedures.review_missed")
    assert {(one.body, one.role) for one in told} == {
        (BODY, "migration_officer"),
        (BODY, "supervisor"),
        ("", "ombudsman"),
    }


def test_at_the_maximum_the_person_must_be_released_and_no_review_can_keep_them(force):
    run = force("detention")
    run.act(OrderDetention, **GROUNDS)
    Detention.objects.update(maximum_due=WHEN + timedelta(days=30))
    with run.on(WHEN + timedelta(days=31)):
        watch_detentions.func()
        assert Notice.objects.filter(code="procedures.must_be_released", role="ombudsman").count() == 1
        with pytest.raises(Refused, match="must be released"):
            run.act(ReviewDetention, result="kept", reason="Once more.")
        run.act(ReviewDetention, result="released", reason="The time is over.")
    assert Detention.objects.get().released_at is not None


CHILD = ("treat_as_child", "no_detention")


@pytest.mark.parametrize("code", CHILD)
def test_a_child_or_somebody_whose_age_is_disputed_is_held_on_no_path(force, code):
    run = force("detention")
    Hold.objects.create(id=uuid7(), subject=run.file, code=code, absolute=True, because=[{"rule": "x"}], placed_at=WHEN)
    paths = [
        lambda: run.act(OrderDetention, **GROUNDS),
        lambda: run.act(EndStage, outcome="court-asked", following="court-order"),
        lambda: run.act(ReviewDetention, result="kept", reason="Held."),
        lambda: perform(
            OpenProceeding(by=run.worker.pk, happened_at=WHEN, proceeding=uuid7(), file=run.file, procedure="detention")
        ),
    ]
    for path in paths:
        with pytest.raises(Stopped):
            path()
    assert not Detention.objects.exists()
    run.end("released")
    assert run.row.outcome == "released"


def test_a_voluntary_return_waits_for_counselling_and_the_time_to_think():
    at = datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert "not counselled" in rules.problem_of_return(None, None, at)
    assert "does not say" in rules.problem_of_return(at, None, at)
    assert "time to think until" in rules.problem_of_return(at, at + timedelta(hours=24), at + timedelta(hours=23))
    assert rules.problem_of_return(at, at + timedelta(hours=24), at + timedelta(hours=24)) == ""


def test_a_voluntary_return_can_be_withdrawn_at_every_stage():
    from panah.cores.lawbook import load_pack

    (shape,) = [one for one in load_pack("pak").procedures if one.code == "voluntary_return"]
    for stage in shape.stages:
        assert rules.WITHDRAWN in rules.outcomes(shape, stage)
        assert rules.problem_of_ending(shape, stage, rules.WITHDRAWN, "") == ""
        assert rules.harm_of_ending(shape, stage, rules.WITHDRAWN) == ""


def test_those_who_oversee_see_everybody_held_and_no_name_and_others_find_nothing(force, officer, signed_in):
    run = force("detention")
    run.act(OrderDetention, **GROUNDS)
    ombudsman = signed_in(officer("ombudsman", body="kaz-ombudsman"))
    text = ombudsman.get(reverse("detained")).content.decode()
    assert run.row.number in text
    assert "زهرا" not in text
    own = signed_in(officer("supervisor", body=BODY))
    other = signed_in(officer("supervisor", body="kaz-border-service"))
    assert run.row.number in own.get(reverse("detained")).content.decode()
    assert run.row.number not in other.get(reverse("detained")).content.decode()
    assert signed_in(run.worker).get(reverse("detained")).status_code == 404
    with standing_at(WHEN + timedelta(hours=49)):
        listed = ombudsman.get(reverse("detained"), {"format": "csv"})
        assert "a review was missed" in listed.content.decode()
        assert run.row.number in ombudsman.get(reverse("board_list", args=["detention-reviews"])).content.decode()
    sheet = ombudsman.get(reverse("detained"), {"format": "xlsx"})
    assert sheet.content[:2] == b"PK"


def test_who_monitors_places_of_detention_reads_each_detention_and_no_other_procedure(
    force, opened, officer, signed_in
):
    run, claim = force("detention"), opened()
    run.act(OrderDetention, **GROUNDS)
    monitor = signed_in(officer("detention_monitor"))
    assert run.row.number in monitor.get(reverse("detained")).content.decode()
    assert GROUNDS["legal_ground"] in monitor.get(reverse("procedure", args=[run.row.pk])).content.decode()
    assert monitor.get(reverse("procedure", args=[claim.row.pk])).status_code == 404
    assert monitor.get(reverse("procedures")).status_code == 404
    assert monitor.post(reverse("procedure", args=[run.row.pk]), {"act": "end"}).status_code == 404


def test_the_page_of_a_step_of_force_asks_again_first(force, signed_in):
    run = force("removal")
    client = signed_in(run.worker)
    address = reverse("procedure", args=[run.row.pk])
    assert 'value="ask"' in client.get(address).content.decode()
    said = {"act": "ask", "action": str(uuid7()), "made": str(uuid7()), "language": "fa", **NO}
    assert client.post(address, said).status_code == 302
    assert 'value="ask"' not in client.get(address).content.decode()


def test_the_page_of_a_detention_wants_its_grounds_and_then_its_reviews(force, signed_in):
    run = force("detention")
    client = signed_in(run.worker)
    address = reverse("procedure", args=[run.row.pk])
    said = {"act": "detain", "action": str(uuid7()), "made": str(uuid7()), "legal_ground": "Article 787."}
    assert client.post(address, said).status_code == 422
    said |= {"assessment": "He left twice.", "where": "Centre 1"}
    said |= {f"alternative_{one}": "Not kept to." for one in rules.ALTERNATIVES}
    assert client.post(address, said).status_code == 302
    assert 'value="review"' in client.get(address).content.decode()


def test_the_page_of_the_file_leads_to_the_procedures_of_those_who_may_read_them(force, officer):
    from panah.node.procedures.shown import pages_for
    from panah.node.registration.service import file_by_id

    run = force("detention")
    file = file_by_id(run.file)
    assert [link.url for link in pages_for(run.worker, file)] == [reverse("procedure", args=[run.row.pk])]
    assert pages_for(officer("border_officer", post="ALA"), file) == []
    assert pages_for(officer("asylum_officer", body="kaz-police-anti-trafficking"), file) == []


def test_the_check_of_packs_holds_every_procedure_of_force_to_plain_meanings():
    from panah.cores.lawbook.checking.dealings import OF_FORCE

    assert set(OF_FORCE) == set(rules.COERCIVE)


def test_a_word_that_the_list_does_not_know_frees_nobody():
    from dataclasses import replace

    from panah.cores.lawbook import load_pack

    detention = load_pack("kaz").procedure("detention", WHEN.date())
    stage = detention.stage("kept")
    assert rules.harm_of_ending(detention, stage, "released") == ""
    unknown = replace(stage, means={})
    assert rules.harm_of_ending(detention, unknown, "released") == "detention"


def test_a_status_that_the_authority_takes_away_frees_nobody():
    from panah.cores.lawbook import load_pack

    protection = load_pack("tur").procedure("temporary_protection", WHEN.date())
    assert rules.meaning(protection.stage("act"), "status-withdrawn") == "refuses"
    assert rules.meaning(protection.stage("act"), rules.WITHDRAWN) == "frees"


def test_release_is_never_stopped_and_freeing_words_lead_to_no_further_step_unasked():
    from panah.cores.lawbook import load_pack

    detention = load_pack("tur").procedure("detention", WHEN.date())
    assert rules.harm_of_ending(detention, detention.stage("decision"), "release") == ""
    removal = load_pack("pak").procedure("removal", WHEN.date())
    stays = removal.stage("return-at-once")
    assert rules.harm_of_ending(removal, stays, "stays", rules.ENDS_HERE) == ""
    assert rules.harm_of_ending(removal, stays, "stays", "deportation") == "removal"
