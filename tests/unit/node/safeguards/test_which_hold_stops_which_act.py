"""The table of rules.py, read as a table: domain reference 3.8."""

from __future__ import annotations

from uuid import UUID

import pytest

from panah.cores.lawbook import load_pack
from panah.foundation.door.action import Harm
from panah.node.safeguards import rules
from panah.node.safeguards.guard import stop_for

EXPECTED = {
    Harm.REMOVAL: {"no_removal", "reflection_period"},
    Harm.HAND_OVER: {"no_removal", "reflection_period"},
    Harm.EXTRADITION: {"no_removal", "reflection_period"},
    Harm.REFUSAL_OF_ENTRY: {"no_removal", "reflection_period"},
    Harm.VOLUNTARY_RETURN: {"counsel_before_return"},
    Harm.DETENTION: {"no_detention", "treat_as_child"},
    Harm.TRANSFER: {"keep_family_together"},
    Harm.CONSULAR_NOTICE: {"no_consular_contact", "no_sharing_with_origin", "reflection_period"},
    Harm.DATA_TO_ORIGIN: {"no_sharing_with_origin", "no_consular_contact", "confidential_handling"},
    Harm.STATE_INQUIRY: {"no_sharing_with_origin", "reflection_period"},
    Harm.CHARGE_FOR_ENTRY: {"no_penalty_for_entry", "reflection_period"},
    Harm.FAMILY_SPLIT: {"keep_family_together"},
    Harm.CLOSING_FILE: set(rules.HOLD_CODES),
}


@pytest.mark.parametrize("harm", Harm)
def test_every_harm_has_its_line(harm: Harm) -> None:
    assert harm in rules.STOPS, f"{harm} is stopped by no hold. Give it a line in rules.STOPS, with its source."
    assert {line.hold for line in rules.STOPS[harm]} == EXPECTED[harm]


@pytest.mark.parametrize("harm", Harm)
def test_every_line_names_a_known_hold_and_sources_that_the_floor_knows(harm: Harm) -> None:
    known = load_pack("kaz").sources
    for line in rules.STOPS[harm]:
        assert line.hold in rules.HOLD_CODES
        assert line.sources
        assert {citation.source for citation in line.sources} <= set(known)


@pytest.mark.parametrize("harm", Harm)
def test_nothing_is_called_verified_that_the_floor_has_from_memory(harm: Harm) -> None:
    known = load_pack("kaz").sources
    for line in rules.STOPS[harm]:
        assert not line.verified or all(known[citation.source].verified for citation in line.sources)


@pytest.mark.parametrize("code", rules.HOLD_CODES)
def test_every_standing_hold_stops_the_closing_of_the_file(code: str) -> None:
    assert Harm.CLOSING_FILE in rules.stopped_by(code)


@pytest.mark.parametrize("code", rules.HOLD_CODES)
def test_every_hold_says_who_may_lift_it_or_is_absolute(code: str) -> None:
    assert rules.COMPETENT[code] or rules.is_absolute(code, ())


@pytest.mark.parametrize(
    ("code", "marks", "absolute"),
    [
        ("no_sharing_with_origin", (), True),
        ("no_detention", ("child",), True),
        ("no_detention", (), False),
        ("no_removal", ("torture",), True),
        ("no_removal", ("death_penalty",), True),
        ("no_removal", ("child",), False),
        ("no_removal", (), False),
        ("treat_as_child", ("child",), False),
    ],
)
def test_torture_death_penalty_child_detention_and_data_to_the_origin_are_absolute(
    code: str, marks: tuple[str, ...], absolute: bool
) -> None:
    assert rules.is_absolute(code, marks) is absolute


@pytest.mark.parametrize("harm", Harm)
@pytest.mark.parametrize("code", rules.HOLD_CODES)
def test_a_hold_stops_the_acts_of_its_lines_and_no_other(screened: UUID, place: object, harm: Harm, code: str) -> None:
    hold = place(screened, code)  # type: ignore[operator]
    stop = stop_for(screened, harm)
    if code in EXPECTED[harm]:
        assert stop is not None
        assert [found["hold"] for found in stop.holds] == [str(hold.id)]
    else:
        assert stop is None


@pytest.mark.parametrize("harm", Harm)
def test_before_the_interview_every_act_of_force_is_stopped(shelf: object, db: None, harm: Harm) -> None:
    stop = stop_for(shelf.add(), harm)  # type: ignore[attr-defined]
    if harm in (Harm.TRANSFER, Harm.CLOSING_FILE):
        assert stop is None
    else:
        assert stop is not None
        assert [hold["code"] for hold in stop.holds] == ["not_screened"]
