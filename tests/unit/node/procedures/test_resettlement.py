"""Resettlement, or another way to a third state: free until the last moment, no child without its best interests, no no of this state."""

from __future__ import annotations

from datetime import date

import pytest
from uuid6 import uuid7

from panah.cores.lawbook import Unknown, load_pack, pack_codes
from panah.foundation.door.service import Refused, perform
from panah.node.procedures import rules, words
from panah.node.procedures.acts import OpenProceeding
from panah.node.procedures.models import Proceeding
from panah.node.profiling import service as profiling
from panah.node.profiling.models import Confirmation
from panah.node.referrals import service as referrals
from panah.node.registration.models import PersonFile
from tests.unit.node.procedures.conftest import WHEN, Run

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def asked(opened, officer):
    """Somebody of the age given, for whom a way to a third state is sought."""

    def make(age: int | None):
        run = opened("resettlement")
        PersonFile.objects.filter(pk=run.file).update(age_estimate=age, birth_from=None, birth_to=None)
        return run

    return make


def of_a_child(run: Run, officer, *outcomes: str) -> Run:
    """The best interests of the same person, by a child-protection body: stages ended so, the last one decided where it is a decision."""
    referral = next(iter(referrals.of_file(run.file)))
    type(referral).objects.filter(pk=referral.pk).update(to="child_protection", body="xx-children")
    worker, second = officer("child_officer", body="xx-children"), officer("child_officer", body="xx-children")
    row = Proceeding(pk=uuid7())
    said = {"by": worker.pk, "happened_at": WHEN, "proceeding": row.pk, "file": run.file}
    perform(OpenProceeding(**said, procedure="best_interests"))
    child = Run(Proceeding.objects.get(pk=row.pk), worker, second, run.file, WHEN)
    child.end(outcomes[0], "determination" if outcomes[1:] else "plan")
    if outcomes[1:]:
        child.decide(outcomes[1], "plan")
    return child


def with_family(run: Run) -> None:
    """It was confirmed of the person that nothing speaks for being alone."""
    decided = profiling.confirmed(run.file)
    assert decided is not None
    Confirmation.objects.filter(pk=decided.decision).update(profiles=["asylum_seeker"])


def test_an_adult_goes_from_need_to_arrival_and_only_the_arrival_is_a_solution(asked):
    run = asked(30)
    shape = load_pack("kaz").procedure("resettlement", ON)
    assert not isinstance(shape, Unknown)
    for outcome, following in (
        ("way-found", ""), ("submitted", ""), ("accepted", "preparation"), ("ready-to-travel", "departure"),
    ):  # fmt: skip
        assert rules.meaning(shape.stage(run.row.stage), outcome) == "goes_on"
        run.end(outcome, following)
    assert rules.meaning(shape.stage("departure"), "resettled") == "grants"
    run.end("resettled")
    assert (run.row.outcome, run.row.stage) == ("resettled", "")


def test_a_place_that_is_not_given_leads_to_another_state_and_refuses_nothing_here(asked):
    run = asked(30)
    for outcome, following in (("way-found", ""), ("submitted", ""), ("place-not-given", "submission")):
        run.end(outcome, following)
    assert run.row.stage == "submission"
    assert run.row.ended_at is None


@pytest.mark.parametrize("stage", ["need", "submission", "answer", "preparation", "departure"])
def test_at_every_stage_the_person_can_think_better_of_it(asked, stage):
    run = asked(30)
    way = (("way-found", ""), ("submitted", ""), ("accepted", "preparation"), ("ready-to-travel", "departure"))
    for outcome, following in way:
        if run.row.stage == stage:
            break
        run.end(outcome, following)
    run.end("withdrawn")
    assert run.row.outcome == "withdrawn"


@pytest.mark.parametrize("age", [15, None])
def test_no_third_state_is_asked_for_a_child_whose_best_interests_nobody_assessed(asked, age):
    run = asked(age)
    with_family(run)
    with pytest.raises(Refused, match="best interests"):
        run.end("way-found")
    run.end("no-way-now")


def test_for_a_child_with_its_family_an_assessment_is_enough(asked, officer):
    run = asked(15)
    with_family(run)
    of_a_child(run, officer, "examined")
    run.end("way-found")
    assert run.row.stage == "submission"


def test_a_child_alone_needs_a_formal_determination_that_came_to_this_solution(asked, officer):
    run = asked(15)
    PersonFile.objects.filter(pk=run.file).update(urgent=["child_alone"])
    child = of_a_child(run, officer, "examined", "alternative-care")
    with pytest.raises(Refused, match="formal determination"):
        run.end("way-found")
    child.end("in-care")
    of_a_child(run, officer, "examined", "resettled")
    run.end("way-found")
    assert run.row.stage == "submission"


def test_a_child_whose_determination_fell_goes_no_step_further_and_may_always_stop(asked, officer):
    run = asked(15)
    PersonFile.objects.filter(pk=run.file).update(urgent=["child_alone"])
    child = of_a_child(run, officer, "examined", "resettled")
    run.end("way-found")
    Proceeding.objects.get(pk=child.row.pk).steps.get(stage="determination").decisions.update(outcome="not-safe")
    with pytest.raises(Refused, match="formal determination"):
        run.end("submitted")
    run.end("withdrawn")
    assert run.row.outcome == "withdrawn"


def test_a_determination_that_was_only_drafted_is_none(asked, officer):
    run = asked(15)
    PersonFile.objects.filter(pk=run.file).update(urgent=["child_alone"])
    child = of_a_child(run, officer, "examined", "resettled")
    child.row.steps.get(stage="determination").decisions.update(signed_at=None)
    with pytest.raises(Refused, match="formal determination"):
        run.end("way-found")


@pytest.mark.parametrize("code", pack_codes())
def test_every_state_has_the_way_and_no_outcome_of_it_is_a_step_of_force(code):
    shape = load_pack(code).procedure("resettlement", ON)
    assert not isinstance(shape, Unknown)
    found = {rules.meaning(stage, outcome) for stage in shape.stages for outcome in stage.outcomes}
    assert not found & {"forces", "gone", "refuses"}


def test_whatever_a_person_is_owed_has_a_name_in_words():
    owed = {
        code
        for state in pack_codes()
        for shape in load_pack(state).procedures
        for at in shape.stages
        for code in at.safeguards
    }
    assert owed <= set(words.OWED)
