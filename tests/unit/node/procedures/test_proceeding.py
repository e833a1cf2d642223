"""A person goes through a procedure of the pack, stage by stage, and its terms run by the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.door.service import NotAllowed, Refused, Stopped, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import waiting_for
from panah.node.procedures import rules
from panah.node.procedures.acts import (
    AddEvidence,
    EndStage,
    OpenProceeding,
    PauseClocks,
    RecordFact,
    RecordHearing,
    ResumeClocks,
    SendDecisionBack,
    SetHearing,
    SignDecision,
)
from panah.node.procedures.models import Decision, Proceeding, Term
from panah.node.procedures.tasks import warn_of_terms
from panah.node.referrals import service as referrals
from tests.unit.node.referrals.conftest import WHEN


def to_decision(run):
    """From registration on: certificate, fingerprints, examination."""
    if run.row.stage == "claim-at-the-border":
        run.end("forwarded")
    run.end("registered")
    run.end("issued")
    run.end("taken")
    run.end("examined")
    assert run.row.stage == "decision"


def test_a_claim_goes_from_registration_to_a_decision_that_another_officer_signs(opened):
    run = opened()
    to_decision(run)
    decision = run.decide("refugee", "status")
    row = Decision.objects.get(pk=decision)
    assert row.signed_by == run.second.pk
    assert run.row.stage == "status"
    assert [step.stage for step in run.row.steps.all()][-2:] == ["decision", "status"]
    assert journal.verify().holds


def test_the_term_of_decision_runs_three_months_from_registration(opened):
    run = opened()
    to_decision(run)
    term = run.term("asylum/decision")
    assert term.due_at is not None
    assert term.due_at.date() >= date(2027, 2, 20)
    assert term.verified


def test_the_time_to_complain_is_not_known_until_the_person_was_told_and_runs_from_that_day(opened):
    run = opened()
    to_decision(run)
    decision = run.decide("refused", "complaint")
    before = Term.objects.filter(step__stage="decision", parameter="asylum/appeal_administrative").get()
    assert before.due_at is None
    assert "not" in before.unknown
    told = WHEN + timedelta(days=10)
    with run.on(told):
        run.tell(decision)
    before.refresh_from_db()
    assert before.due_at is not None
    assert before.due_at.date() == date(2027, 3, 1)  # three months from 30 November: 28 February is a Sunday


def test_nobody_signs_a_decision_of_their_own(opened):
    run = opened()
    to_decision(run)
    decision = run.draft("refused")
    with pytest.raises(Refused, match="of their own"):
        run.act(SignDecision, decision=decision)
    assert run.row.stage == "decision"


def test_a_draft_that_is_sent_back_ends_nothing_and_its_author_is_told_why(opened):
    run = opened()
    to_decision(run)
    decision = run.draft("refused")
    run.act(SendDecisionBack, by=run.second, decision=decision, why="The reports on the province are missing.")
    assert run.row.stage == "decision"
    assert Notice.objects.get(code="procedures.sent_back").officer == run.worker.pk
    with pytest.raises(Refused, match="already"):
        run.act(SignDecision, by=run.second, decision=decision)


def test_a_stage_that_ends_with_a_decision_cannot_be_ended_without_one(opened):
    run = opened()
    to_decision(run)
    with pytest.raises(Refused, match="draft it"):
        run.end("refused", "complaint")


def test_what_the_pack_does_not_list_cannot_be_recorded_as_an_outcome(opened):
    run = opened()
    with pytest.raises(Refused, match="Allowed are"):
        run.end("registration-refused")


def test_a_stage_that_does_not_follow_is_refused(opened):
    run = opened()
    with pytest.raises(Refused, match="does not follow"):
        run.end(rules.outcomes(_shape(run), _shape(run).stage(run.row.stage))[0], "court")


def _shape(run):
    from panah.node.procedures.terms import shape_of

    return shape_of(run.row)


def test_a_claim_can_be_withdrawn_freely_at_any_stage(opened):
    run = opened()
    run.end("withdrawn")
    assert (run.row.stage, run.row.outcome) == ("", "withdrawn")
    with pytest.raises(Refused, match="has ended"):
        run.end("registered")


def test_one_procedure_of_a_kind_is_open_for_a_person_at_a_time(opened):
    run = opened()
    again = OpenProceeding(by=run.worker.pk, happened_at=WHEN, proceeding=uuid7(), file=run.file, procedure="asylum")
    with pytest.raises(Refused, match="open for the person already"):
        perform(again)


def test_the_same_act_twice_opens_one(opened):
    run = opened(begin=False)
    action = OpenProceeding(by=run.worker.pk, happened_at=WHEN, proceeding=uuid7(), file=run.file, procedure="asylum")
    assert perform(action).pk == perform(action).pk
    assert Proceeding.objects.count() == 1


def test_a_body_opens_only_procedures_of_its_lane_for_people_referred_to_it(opened, officer):
    run = opened(begin=False)
    body = run.worker.body
    for who, procedure in (
        (run.worker, "removal"),
        (run.worker, "trafficking"),
        (officer("nrm_officer", body=body), "trafficking"),
        (officer("asylum_officer", body="kaz-police-anti-trafficking"), "asylum"),
        (officer("border_officer", post="ALA"), "asylum"),
        (officer("administrator"), "asylum"),
    ):
        action = OpenProceeding(by=who.pk, happened_at=WHEN, proceeding=uuid7(), file=run.file, procedure=procedure)
        with pytest.raises(NotAllowed):
            perform(action)
    assert not Proceeding.objects.exists()


def test_another_body_finds_nothing_to_work_on(opened, officer):
    run = opened()
    stranger = officer("asylum_officer", body="kaz-police-anti-trafficking")
    with pytest.raises(NotAllowed):
        run.act(EndStage, by=stranger, outcome="withdrawn")


def test_removal_is_stopped_before_it_is_opened_while_a_claim_stands(opened, officer):
    run = opened(begin=False)
    body = "kaz-migration-service-committee"
    migration = officer("migration_officer", body=body)
    action = OpenProceeding(by=migration.pk, happened_at=WHEN, proceeding=uuid7(), file=run.file, procedure="removal")
    with pytest.raises(NotAllowed):
        perform(action)  # the person was never referred there
    referral = next(iter(referrals.of_file(run.file)))
    type(referral).objects.filter(pk=referral.pk).update(to="migration_authority", body=body)
    with pytest.raises(Stopped) as stopped:
        perform(action)
    assert "no_removal" in {hold["code"] for hold in stopped.value.stop.holds}
    assert not Proceeding.objects.exists()
    assert Entry.objects.filter(code="safeguards.attempt_stopped").exists()


def test_a_later_word_on_a_fact_moves_the_term(opened):
    run = opened()
    to_decision(run)
    before = run.term("asylum/decision").due_at
    run.act(RecordFact, fact="registration", at=WHEN - timedelta(days=30))
    after = run.term("asylum/decision").due_at
    assert after is not None
    assert before is not None
    assert after < before


def test_what_has_not_happened_yet_starts_no_clock(opened):
    run = opened()
    with pytest.raises(Refused, match="not happened yet"):
        run.act(RecordFact, fact="registration", at=WHEN + timedelta(days=1))
    with pytest.raises(Refused, match="no fact"):
        run.act(RecordFact, fact="full_moon", at=WHEN)


def test_clocks_that_stand_still_say_so_and_run_on_afterwards(opened):
    run = opened()
    run.act(PauseClocks, cause="illness", start=date(2026, 11, 20))
    with pytest.raises(Refused, match="already"):
        run.act(PauseClocks, cause="illness", start=date(2026, 11, 20))
    with pytest.raises(Refused, match="cannot end before"):
        run.act(ResumeClocks, cause="illness", end=date(2026, 11, 19))
    run.act(ResumeClocks, cause="illness", end=date(2026, 11, 25))
    assert run.row.pauses.get().end == date(2026, 11, 25)


def test_a_hearing_in_detention_or_by_video_needs_its_reason(opened):
    run = opened()
    said = {"at": WHEN + timedelta(days=3), "room": "12", "language": "fa", "same_sex": "yes", "hearing": uuid7()}
    with pytest.raises(Refused, match="needs a reason"):
        run.act(SetHearing, setting="remote", **said)
    run.act(SetHearing, setting="remote", setting_reason="The post has no interpreter of Dari.", **said)
    held = WHEN + timedelta(days=3)
    with run.on(held):
        run.act(RecordHearing, hearing=said["hearing"], held_at=held, record="She told of threats.")
        with pytest.raises(Refused, match="kept already"):
            run.act(RecordHearing, hearing=said["hearing"], held_at=held, record="Something else.")


def test_evidence_has_a_grade_and_its_words_stay_out_of_the_journal(opened):
    run = opened()
    run.act(AddEvidence, kind="document", grade="B", what="A threatening letter of the village council.")
    assert run.row.evidence.get().grade == "B"
    line = Entry.objects.get(code="procedures.add_evidence")
    assert "letter" not in line.facts
    assert "letter" not in str(line.sealed)


def test_warnings_come_by_themselves_at_half_at_four_fifths_and_at_the_end(opened):
    run = opened()
    to_decision(run)
    term = run.term("asylum/decision")
    assert term.started_at is not None
    assert term.due_at is not None
    length = term.due_at - term.started_at
    levels = []
    for share in (0.4, 0.51, 0.6, 0.81, 1.01, 1.5):
        with run.on(term.started_at + share * length):
            warn_of_terms.func()
        term.refresh_from_db()
        levels.append(term.warned)
    assert levels == [0, 50, 50, 80, 100, 100]
    of_it = Notice.objects.filter(code="procedures.warning", facts__parameter="asylum/decision")
    assert of_it.filter(role="supervisor").count() == 1
    assert of_it.filter(role="ombudsman").count() == 1
    assert of_it.filter(role="asylum_officer", body=run.row.body).count() == 3
    assert not of_it.filter(role="").exists()


def test_who_works_in_another_lane_of_the_body_hears_no_word_of_its_procedures(opened, officer):
    run = opened()
    to_decision(run)
    neighbour = officer("child_officer", body=run.row.body)
    for term in Term.objects.exclude(due_at=None):
        with run.on(term.due_at + timedelta(days=1)):
            warn_of_terms.func()
    assert Notice.objects.filter(code="procedures.warning").exists()
    assert not waiting_for(neighbour).filter(code__startswith="procedures.").exists()
    assert waiting_for(run.worker).filter(code="procedures.warning").exists()


@pytest.mark.parametrize(
    ("warned", "gone", "level"),
    [(0, 49, 0), (0, 50, 50), (50, 79, 0), (0, 85, 80), (80, 100, 100), (100, 400, 0)],
)
def test_only_the_highest_warning_reached_is_given_and_only_once(warned, gone, level):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.warning_due(start, start + timedelta(days=100), warned, start + timedelta(days=gone)) == level


def test_every_procedure_of_every_pack_can_be_gone_through_to_an_end():
    from panah.cores.lawbook import load_pack, pack_codes

    for code in pack_codes():
        for shape in load_pack(code).procedures:
            reached, waiting = set(), [stage.id for stage in shape.beginnings()]
            while waiting:
                stage = shape.stage(waiting.pop())
                if stage.id in reached:
                    continue
                reached.add(stage.id)
                assert rules.outcomes(shape, stage), f"{shape.path}: {stage.id} cannot end"
                waiting += stage.next
            assert any(not shape.stage(id_).next for id_ in reached), shape.path
            assert shape.code in rules.WORKED_ON_BY, f"{shape.path}: no role works on it"


@pytest.mark.parametrize("fact", ["notification", "knowledge_of_decision", "decision", "detention_start"])
def test_no_word_moves_the_day_from_which_an_appeal_or_a_detention_is_counted(opened, fact):
    run = opened()
    with pytest.raises(Refused, match="no fact"):
        run.act(RecordFact, fact=fact, at=WHEN - timedelta(days=400))
