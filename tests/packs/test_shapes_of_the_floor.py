"""A procedure that a state's pack does not describe has the shape of the floor, and says so; what the state describes is its own."""

from __future__ import annotations

from datetime import date

import pytest

from panah.cores.lawbook import Unknown, load_pack, pack_codes
from panah.node.procedures import rules

ON = date(2026, 11, 21)


@pytest.mark.parametrize("code", pack_codes())
def test_every_state_has_a_workable_shape_of_every_procedure_of_the_floor(code: str) -> None:
    pack = load_pack(code)
    own = {shape.code for shape in pack.procedures if not shape.of_floor}
    for shape in pack.procedures:
        if shape.of_floor:
            assert shape.code not in own, "the floor's shape stands beside the state's own"
    for wanted in ("family_tracing", "best_interests", "entry_ban", "voluntary_return", "complaint", "age_assessment"):
        found = pack.procedure(wanted, ON)
        assert not isinstance(found, Unknown)
        assert found.of_floor is (wanted not in own)


def test_a_time_before_the_states_own_shape_is_not_filled_with_the_floors() -> None:
    found = load_pack("xx").procedure("removal", date(2015, 1, 1))
    assert isinstance(found, Unknown)


@pytest.mark.parametrize("code", pack_codes())
def test_every_procedure_of_a_pack_is_worked_on_by_somebody(code: str) -> None:
    assert {shape.code for shape in load_pack(code).procedures} <= set(rules.WORKED_ON_BY)


def test_the_floor_claims_nothing_as_read_and_no_time_of_its_own() -> None:
    pack = load_pack("afg")
    for shape in (one for one in pack.procedures if one.of_floor):
        assert not shape.verified
        assert "not the law of the state" in shape.note
        for stage in shape.stages:
            assert not stage.verified
            assert set(stage.terms) <= set(pack.floor)
            assert stage.remedy is None or stage.remedy.to == ("unknown",)


def test_no_remedy_of_the_floor_is_ever_over_by_itself() -> None:
    pack = load_pack("afg")
    for shape in (one for one in pack.procedures if one.of_floor):
        for stage in shape.stages:
            assert rules.times_of_remedy(pack, stage, date(2026, 11, 20)) is None
            assert not any(
                rules.is_last_word(shape, decided, stage, outcome)
                for decided in shape.stages
                for outcome in stage.outcomes
            )


def test_an_appeal_of_the_floor_against_removal_is_no_act_of_force() -> None:
    shape = load_pack("afg").procedure("removal", ON)
    assert not isinstance(shape, Unknown)
    assert shape.of_floor
    assert rules.harm_of_ending(shape, shape.stage("appeal"), "decision-kept", "departure") == ""
    assert rules.harm_of_ending(shape, shape.stage("departure"), "left") == "removal"
