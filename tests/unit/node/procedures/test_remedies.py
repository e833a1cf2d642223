"""A remedy that is over ends its hold by itself, and only then; a person gives one up freely or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from uuid6 import uuid7

from panah.cores.lawbook import load_pack
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Moment, NotAllowed, Refused, perform
from panah.foundation.journal import service as journal
from panah.foundation.notices.models import Notice
from panah.node.procedures import rules, service
from panah.node.procedures.actions import remedies
from panah.node.procedures.acts import NotifyDecision, PauseClocks, RecordFact
from panah.node.procedures.models import Decision, Proceeding, Term, Waiver
from panah.node.procedures.remedy_acts import ConfirmWaiver, DeclareWaiver, EndRemedy, LodgeRemedy, RevokeWaiver
from panah.node.procedures.tasks import end_remedies, warn_of_terms
from panah.node.procedures.terms import shape_of
from panah.node.registration.models import PersonFile
from panah.node.safeguards.models import Hold
from panah.node.safeguards.words import reasons
from tests.unit.node.procedures.conftest import BODY, lifted
from tests.unit.node.referrals.conftest import WHEN


def hold(run) -> Hold | None:
    return Hold.objects.filter(subject=run.file, code="no_removal", lifted_at=None).first()


def ended_after(days: int) -> int:
    with standing_at(WHEN + timedelta(days=days)):
        return end_remedies.func()


def test_who_lodges_a_remedy_after_the_procedure_had_ended_finds_it_open_again_and_is_not_removed(examplia):
    run = examplia()
    run.tell(run.decide("refused", rules.ENDS_HERE))
    lifted(run)
    assert service.remedies_open(run.row) == ("appeal",)
    run.act(LodgeRemedy, stage="appeal")
    assert (run.row.stage, run.row.ended_at, run.row.outcome) == ("appeal", None, "")
    assert remedies.suspended_by(run.file, WHEN) == run.row.number
    assert hold(run) is not None
    with pytest.raises(Refused, match="No remedy"):
        run.act(LodgeRemedy, stage="appeal")


def test_no_remedy_opens_what_was_granted_or_withdrawn(examplia):
    run = examplia()
    run.end(rules.WITHDRAWN)
    assert service.remedies_open(run.row) == ()
    with pytest.raises(Refused, match="No remedy"):
        run.act(LodgeRemedy, stage="appeal")


def refused(run, following: str = rules.ENDS_HERE):
    decision = run.decide("refused", following)
    run.tell(decision)
    return decision


def test_the_hold_falls_when_the_verified_time_is_over_and_no_remedy_was_used(examplia):
    run = examplia()
    refused(run)
    assert ended_after(59) == 0  # two months from 20 November end on 20 January
    assert hold(run) is not None
    assert ended_after(63) == 1
    assert hold(run) is None
    assert ended_after(64) == 0
    told = Notice.objects.filter(code="safeguards.hold_fell_by_itself")
    assert {one.role for one in told} == {"supervisor", "ombudsman"}
    line = next(line for line in journal.lines_of(run.file) if line.code == "procedures.end_remedy")
    assert line.by is None
    assert '"why": "time_over"' in line.facts or '"why":"time_over"' in line.facts
    assert not Decision.objects.get().holds_removal


def test_a_time_that_is_not_known_not_verified_or_standing_still_ends_nothing(examplia):
    run = examplia()
    refused(run)
    term = Term.objects.filter(step__stage="decision", remedy=True)
    before = term.values("due_at", "unknown", "verified").get()
    for spoiled in ({"verified": False}, {"due_at": None, "unknown": "no figure"}):
        term.update(**spoiled)
        assert ended_after(900) == 0
        term.update(**before)
    assert hold(run) is not None


def test_who_was_not_told_or_not_found_keeps_the_hold(examplia):
    run = examplia()
    decision = run.decide("refused", "status")
    assert ended_after(900) == 0
    run.act(NotifyDecision, decision=decision, how="not_found", language="fa", proof="Returned by the post.")
    assert ended_after(900) == 0
    assert hold(run) is not None


def test_an_illness_that_stops_the_clock_keeps_the_hold(examplia):
    run = examplia()
    refused(run, "status")
    run.act(PauseClocks, cause="illness", start=date(2026, 12, 1))
    assert ended_after(900) == 0
    assert hold(run) is not None


def test_a_remedy_that_was_used_holds_until_a_court_has_the_last_word(examplia):
    run = examplia()
    refused(run, "appeal")
    assert ended_after(900) == 0
    run.end("decision-kept")
    assert hold(run) is not None, "recording the word lifts nothing by itself: the installation looks at all of the law"
    assert ended_after(0) == 1
    assert hold(run) is None


def test_a_decision_that_was_set_aside_keeps_the_hold_for_the_claim_that_is_open_again(examplia):
    run = examplia()
    refused(run, "appeal")
    run.end("decision-set-aside")
    assert ended_after(900) == 0
    assert hold(run) is not None


def test_an_appeal_that_was_filed_without_a_stage_of_its_own_keeps_the_hold(examplia):
    run = examplia()
    refused(run, "status")
    run.act(RecordFact, fact="appeal_filed", at=WHEN)
    assert ended_after(900) == 0
    assert hold(run) is not None


@pytest.mark.parametrize("other", ["danger", "absolute"])
def test_other_reasons_of_the_same_hold_stay_and_an_absolute_one_never_falls(examplia, other):
    run = examplia()
    decision = refused(run)
    standing = hold(run)
    if other == "danger":
        standing.because = [*standing.because, {"rule": "fear-of-return", "answers": []}]
    standing.absolute = other == "absolute"
    standing.save()
    assert ended_after(63) == 1
    assert hold(run) is not None
    assert Notice.objects.filter(code="safeguards.reason_ended", role="ombudsman").count() == 1
    ended = next(reason for reason in hold(run).because if reason.get("key") == str(decision))
    assert ended["ended_because"] == "time_over"
    assert "none was used" in str(reasons(hold(run), frozenset())[0])


def test_no_officer_can_say_that_a_remedy_is_over(examplia, officer):
    run = examplia()
    decision = refused(run)
    with standing_at(WHEN + timedelta(days=63)):
        for who in (run.worker, officer("supervisor", body=BODY), officer("ombudsman", body="xx-ombuds")):
            with pytest.raises((NotAllowed, Refused)):
                perform(EndRemedy(by=who.pk, happened_at=WHEN, decision=decision))
    assert hold(run) is not None


def test_an_appeal_that_begins_holds_removal_off_anew(examplia):
    run = examplia()
    refused(run, "appeal")
    assert Decision.objects.get().holds_removal
    lifted(run)
    shape = shape_of(run.row)
    with transaction.atomic():
        moment = Moment(officer=None, recorded_at=WHEN)
        remedies.appeal_begins(run.row, shape, shape.stage("decision"), moment)
        assert hold(run) is None
        remedies.appeal_begins(run.row, shape, shape.stage("appeal"), moment)
    assert hold(run) is not None


def test_only_a_court_has_the_last_word_where_one_can_be_asked_and_only_by_law_that_was_read():
    shape = load_pack("xx").procedure("asylum", WHEN.date())
    decided, appeal = shape.stage("decision"), shape.stage("appeal")
    assert rules.is_last_word(shape, decided, appeal, "decision-kept")
    assert not rules.is_last_word(shape, decided, appeal, "decision-set-aside")
    assert not rules.is_last_word(shape, decided, replace(appeal, verified=False), "decision-kept")
    assert not rules.is_last_word(shape, decided, replace(appeal, by=("person", "higher_body")), "decision-kept")
    assert not rules.is_last_word(shape, decided, replace(appeal, by=("higher_body", "court")), "decision-kept")
    kazakhstan = load_pack("kaz").procedure("asylum", WHEN.date())
    complaint = kazakhstan.stage("complaint")
    assert not rules.is_last_word(kazakhstan, kazakhstan.stage("decision"), complaint, "decision-kept")


FREE = {
    "in_person": True, "said": "I do not want to wait any longer.", "counsel": "Offered by the bar; she spoke with A. B.",
    "counsel_at": WHEN, "lawyer_present": False, "language": "fa", "understood": True,
}  # fmt: skip


def declared(run, decision, **said):
    waiver = uuid7()
    run.act(DeclareWaiver, waiver=waiver, decision=decision, **(FREE | said))
    return waiver


def test_an_appeal_is_withdrawn_only_after_the_person_gave_it_up_and_confirmed_it_in_writing(examplia):
    run = examplia()
    decision = refused(run, "appeal")
    with pytest.raises(Refused, match="Keep the waiver first"):
        run.end("withdrawn")
    waiver = declared(run, decision)
    with pytest.raises(Refused, match="Keep the waiver first"):
        run.end("withdrawn")
    run.act(ConfirmWaiver, waiver=waiver, paper="Signed on 20 November.", lawyer_present=False)
    run.end("withdrawn")
    assert run.row.outcome == "withdrawn"
    assert hold(run) is not None, "giving up a remedy lifts no hold; two authorities do"
    assert ended_after(900) == 0
    assert Notice.objects.filter(code="procedures.waiver_declared", role="ombudsman").count() == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"in_person": False}, "who is in the room"),
        ({"understood": False}, "their own language"),
        ({"counsel_at": WHEN + timedelta(hours=1)}, "before a remedy is given up"),
    ],
)
def test_no_remedy_is_given_up_in_absence_without_counsel_or_without_being_understood(examplia, said, why):
    run = examplia()
    decision = refused(run, "appeal")
    with pytest.raises(Refused, match=why):
        declared(run, decision, **said)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("known", [{"age_estimate": 16}, {"age_estimate": None}])
def test_a_child_and_somebody_whose_age_nobody_knows_give_up_nothing(examplia, known):
    run = examplia()
    decision = refused(run, "appeal")
    PersonFile.objects.filter(pk=run.file).update(**known)
    with pytest.raises(Refused, match="guardian"):
        declared(run, decision, lawyer_present=True)


def test_who_is_held_gives_up_nothing_without_a_lawyer_in_the_room(examplia):
    run = examplia()
    decision = refused(run, "appeal")
    Proceeding.objects.create(
        id=uuid7(), number="X-P9", file=run.file, procedure="detention", body=BODY, shape_on=WHEN.date(), pack="xx",
        pack_version="1", pack_digest="0", stage="judge", opened_at=WHEN,
    )  # fmt: skip
    with pytest.raises(Refused, match="with a lawyer in the room"):
        declared(run, decision)
    waiver = declared(run, decision, lawyer_present=True)
    with pytest.raises(Refused, match="with a lawyer in the room"):
        run.act(ConfirmWaiver, waiver=waiver, paper="Signed.", lawyer_present=False)


def test_nobody_gives_up_a_remedy_against_removal_to_torture_or_death(examplia):
    run = examplia()
    decision = refused(run, "appeal")
    Hold.objects.filter(subject=run.file, code="no_removal", lifted_at=None).update(absolute=True)
    with pytest.raises(Refused, match="torture or death"):
        declared(run, decision, lawyer_present=True)


def test_a_waiver_is_confirmed_after_the_time_to_think(examplia):
    run = examplia()
    waiver = declared(run, refused(run, "appeal"))
    Waiver.objects.update(may_confirm_at=WHEN + timedelta(days=3))
    with pytest.raises(Refused, match="time to think"):
        run.act(ConfirmWaiver, waiver=waiver, paper="Signed.", lawyer_present=False)
    with run.on(WHEN + timedelta(days=3)):
        run.act(ConfirmWaiver, waiver=waiver, paper="Signed.", lawyer_present=False)


def test_a_waiver_is_taken_back_and_the_appeal_goes_on_as_if_it_had_not_been(examplia):
    run = examplia()
    waiver = declared(run, refused(run, "appeal"))
    run.act(ConfirmWaiver, waiver=waiver, paper="Signed.", lawyer_present=False)
    run.end("withdrawn")
    lifted(run)
    with run.on(WHEN + timedelta(days=30)):
        run.act(RevokeWaiver, waiver=waiver)
    assert (run.row.stage, run.row.ended_at) == ("appeal", None)
    assert hold(run) is not None
    assert Term.objects.get(step__stage="decision", remedy=True).done_at is None
    assert ended_after(900) == 0


def test_nothing_is_left_to_take_back_after_the_person_has_left(examplia):
    run = examplia()
    waiver = declared(run, refused(run, "appeal"))
    left = Proceeding.objects.create(
        id=uuid7(), number="X-P8", file=run.file, procedure="removal", body=BODY, shape_on=WHEN.date(), pack="xx",
        pack_version="1", pack_digest="0", opened_at=WHEN, ended_at=WHEN, outcome="left",
    )  # fmt: skip
    left.steps.create(stage="departure", began_at=WHEN, ended_at=WHEN + timedelta(hours=1), outcome="left")
    with pytest.raises(Refused, match="carried out"):
        run.act(RevokeWaiver, waiver=waiver)


def test_the_time_of_an_appeal_counts_no_further_once_it_was_filed(examplia):
    run = examplia()
    refused(run)
    open_time = Term.objects.filter(step__proceeding=run.row, remedy=True, done_at=None)
    assert open_time.count() == 1
    with run.on(WHEN + timedelta(days=5)):
        run.act(LodgeRemedy, stage="appeal")
    times = Term.objects.filter(step__proceeding=run.row, parameter="asylum/appeal").order_by("pk")
    assert [one.done_at for one in times] == [WHEN + timedelta(days=5)] * 2
    with standing_at(WHEN + timedelta(days=50)):
        assert not Term.objects.filter(pk__in=times, done_at=None, warned__gt=0).exists()
        warn_of_terms.func()
    assert not Notice.objects.filter(code="procedures.warning", facts__parameter="asylum/appeal").exists()
    assert remedies.suspended_by(run.file, WHEN + timedelta(days=90)) == run.row.number


def test_an_appeal_that_was_filed_elsewhere_stops_its_time_and_goes_on_holding_removal_off(examplia):
    run = examplia(way=("forwarded", "registered", "heard"))
    refused(run, "appeal")
    with run.on(WHEN + timedelta(days=3)):
        run.act(RecordFact, fact="appeal_filed", at=WHEN + timedelta(days=2), to_the_day=False)
    times = Term.objects.filter(step__proceeding=run.row, parameter="asylum/appeal")
    assert {one.done_at for one in times} == {WHEN + timedelta(days=2)}
    assert remedies.suspended_by(run.file, WHEN + timedelta(days=400)) == run.row.number
    assert ended_after(400) == 0
    assert hold(run) is not None


def test_the_time_of_the_next_remedy_begins_anew_after_an_appeal_was_decided(opened):
    run = opened()
    for outcome in ("forwarded", "registered", "issued", "taken", "examined"):
        run.end(outcome)
    run.tell(run.decide("refused", "complaint"))
    with run.on(WHEN + timedelta(days=3)):
        run.act(RecordFact, fact="appeal_filed", at=run.at)
    assert run.term("asylum/appeal_administrative").done_at == WHEN + timedelta(days=3)
    with run.on(WHEN + timedelta(days=30)):
        stage = shape_of(run.row).stage("complaint")
        run.end(next(one for one in stage.outcomes if rules.meaning(stage, one) in rules.AGAINST), "court")
    left = Term.objects.filter(step__proceeding=run.row, done_at=None, binds="person")
    assert left.exists()
