"""When a remedy may be over by itself: only where every body that can be asked has its time, read and verified."""

from __future__ import annotations

from datetime import date

import pytest

from panah.cores.lawbook import Unknown, load_pack, pack_codes
from panah.node.procedures import rules

ON = date(2026, 11, 20)
STATES = tuple(code for code in sorted(pack_codes()) if code not in {"_floor", "xx"})

# Of the ten states: every remedy whose time may run out and end a hold on removal by itself. All others wait for two authorities.
MAY_BE_OVER = {
    ("tjk", "asylum", "application"),
    ("tur", "asylum", "accelerated-decision"),
    ("tur", "asylum", "decision"),
    ("tur", "temporary_protection", "act"),
}


def stages(code: str):
    pack = load_pack(code)
    for shape in pack.procedures:
        for stage in shape.stages:
            if stage.remedy is not None:
                yield pack, shape, stage


@pytest.mark.parametrize("code", STATES)
def test_where_a_court_can_be_asked_its_time_stands_among_the_times(code: str) -> None:
    """Else the time of the complaint alone would end a remedy that a court may still take."""
    lacking = [
        f"{shape.code}/{stage.id}"
        for _pack, shape, stage in stages(code)
        if {"court"} < set(stage.remedy.to)
        and stage.remedy.terms
        and all("administrative" in name or "commission" in name for name in stage.remedy.terms)
    ]
    assert lacking == []


def test_the_remedies_that_may_be_over_by_themselves_are_these_and_no_others() -> None:
    found = set()
    for code in STATES:
        for pack, shape, stage in stages(code):
            names = rules.times_of_remedy(pack, stage, ON) if shape.code in rules.SUSPENSIVE else None
            values = [pack.parameters[name].value_on(ON) for name in names or ()]
            if values and all(not isinstance(one, Unknown) and one.verified for one in values):
                found.add((code, shape.code, stage.id))
    assert found == MAY_BE_OVER


def test_a_time_that_may_not_cover_a_refusal_ends_no_remedy_against_it() -> None:
    """In Tajikistan the month was read for registration, loss and deprivation; for a refusal of the status as such it was not."""
    pack = load_pack("tjk")
    shape = next(one for one in pack.procedures if one.code == "asylum")
    assert rules.times_of_remedy(pack, shape.stage("application"), ON)
    assert rules.times_of_remedy(pack, shape.stage("decision"), ON) is None


@pytest.mark.parametrize(("code", "stage"), [("pak", "decision"), ("uzb", "determination")], ids=str)
def test_a_time_that_is_only_known_to_be_so_long_at_the_least_ends_no_remedy(code: str, stage: str) -> None:
    """UNHCR gives not less than thirty days; how long an office really waits is not said."""
    pack = load_pack(code)
    shape = next(one for one in pack.procedures if one.code == "asylum")
    assert shape.stage(stage).remedy is not None
    assert rules.times_of_remedy(pack, shape.stage(stage), ON) is None


def test_no_pack_of_a_state_has_a_time_to_think_before_a_waiver() -> None:
    """No source tells of one. Where that changes, docs/explanation/remedies.md tells it with its source."""
    assert [code for code in STATES if "remedy/time_to_think" in load_pack(code).parameters] == []
