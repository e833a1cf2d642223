"""Who is counted where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from uuid6 import uuid7

from panah.cores.disclosure import Table
from panah.cores.exchange.structure import the_structure
from panah.cores.lawbook import load_pack
from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.node.procedures.service import CarriedOut
from panah.node.profiling.service import referral_lines
from panah.node.referrals.actions import SendReferral
from panah.node.solutions.service import Returned
from panah.node.statistics import flows
from panah.node.statistics.counting import count
from panah.node.statistics.rules import period_of
from tests.people import AFRAID, WORKER, arrives

from .conftest import MORNING, Arrive

pytestmark = pytest.mark.django_db
DAY = period_of("2026-11-20")


def tables(code: str = "2026-11-20") -> dict[str, Table]:
    return {table.name: table for table in count(period_of(code))}


def profiles(**codes: str) -> int:
    table = tables()["ARRIVALS_PROFILE_SEX_AGE"]
    return table.counts[tuple(codes.get(axis.id, "_T") for axis in table.dimensions)]


def test_every_code_that_is_counted_is_agreed():
    structure, pack = the_structure(), load_pack("kaz")
    for flow in flows.dataflows():
        for axis in flows.axes(flow, pack):
            dimension = structure.dimension(axis.id)
            assert all(structure.allows(dimension, code) for code in axis.codes), axis.id


def test_somebody_with_several_profiles_is_counted_under_each_and_once_in_all(arrive: Arrive):
    arrive(3, {**AFRAID, "travel": {"paid_facilitator": "yes"}, "entry": {"mode": "irregular"}}, citizenship="AFG")
    assert profiles(PROFILE="asylum_seeker") == profiles(PROFILE="smuggled") == profiles() == 3


def test_not_knowing_is_a_code_of_its_own(arrive: Arrive):
    arrive(2, None, sex="unknown", birth="", citizenship="")
    assert profiles(PROFILE="_U", SEX="_U", AGE="_U") == 2
    table = tables()["ARRIVALS_CITIZENSHIP_PROFILE"]
    assert table.counts["_U", "_U"] == 2
    assert table.counts["_O", "_T"] == 0


def test_whoever_may_be_a_child_is_counted_as_one(arrive: Arrive):
    arrive(1, birth="2008")  # 17 or 18 on the day of arrival
    assert profiles(AGE="Y12T17") == 1
    assert profiles(AGE="Y18T59") == 0


def test_citizenships_stand_in_few_groups(arrive: Arrive):
    for citizenship in ("UZB", "TJK", "AFG", "PAK", "TUR", "XXA", "UKR", "XXB"):
        arrive(1, citizenship=citizenship)
    table = tables()["ARRIVALS_CITIZENSHIP_PROFILE"]
    counted = {group: table.counts[group, "_T"] for group in table.dimensions[0].codes}
    assert counted == {
        "_T": 8,
        "CENTRAL_ASIA": 2,
        "AFG": 1,
        "IRN_PAK": 1,
        "AZE_TUR": 1,
        "STATELESS": 1,
        "_O": 1,
        "_U": 1,
    }


def test_arrivals_are_counted_by_crossing_and_manner_of_entry(arrive: Arrive):
    arrive(4)
    table = tables()["ARRIVALS_CROSSING_ENTRY_MODE"]
    assert table.counts["ALA", "airport_transit"] == table.counts["_T", "_T"] == 4


def test_the_day_begins_at_midnight_of_the_state(aida: Officer):
    arrives(aida, datetime(2026, 11, 19, 18, 59, tzinfo=UTC), WORKER)  # 23:59 the day before in Almaty
    arrives(aida, datetime(2026, 11, 19, 19, 1, tzinfo=UTC), WORKER)
    assert profiles() == 1
    assert tables("2026-11")["ARRIVALS_PROFILE_SEX_AGE"].counts["_T", "_T", "_T"] == 2


def test_referrals_are_counted_by_body_and_what_became_of_them(aida: Officer, officer: Callable[..., Officer]):
    file = arrives(aida, MORNING, AFRAID, citizenship="AFG")
    with standing_at(MORNING):
        lines = [line["to"] for line in referral_lines(file) if line["to"] == "asylum_authority"]
        for to in lines:
            said: dict[str, Any] = {"referral": uuid7(), "file": file, "to": to}
            perform(SendReferral(by=aida.pk, place=aida.post, happened_at=MORNING, **said))
    table = tables()["REFERRALS_BODY_OUTCOME"]
    assert lines == ["asylum_authority"]
    assert table.counts["asylum_authority", "waiting"] == table.counts["asylum_authority", "_T"] == 1
    assert table.dimensions[0].total is None, "ten referrals may be two people: a total over bodies would tell too much"


def areas(table: str) -> dict[tuple[str, ...], int]:
    """The cells of a table in which somebody was counted."""
    return {cell: count for cell, count in tables()[table].counts.items() if count}


def test_who_was_returned_is_counted_by_the_state_that_the_person_last_left(arrive: Arrive):
    for came_from in ("UZB", "DEU", "", "KAZ"):
        arrive(1, sex="female", mode="returned_by_other_state", came_from=came_from)
    arrive(2)  # came by themselves
    assert areas("CAME_BACK_AREA_SEX") == {
        ("_T", "_T"): 4, ("_T", "F"): 4,
        ("UZB", "_T"): 1, ("UZB", "F"): 1,
        ("_O", "_T"): 1, ("_O", "F"): 1,
        ("_U", "_T"): 2, ("_U", "F"): 2,
    }  # fmt: skip
    axis = tables()["CAME_BACK_AREA_SEX"].dimensions[0]
    assert "KAZ" not in axis.codes, "nobody is returned from a state to itself"


def test_who_went_back_is_counted_by_the_state_that_the_officer_wrote_down(monkeypatch: pytest.MonkeyPatch, db: None):
    free = [Returned("male", "TJK"), Returned("female", "TJK"), Returned("unknown", "")]
    monkeypatch.setattr("panah.node.solutions.service.returned", lambda first, last: iter(free))
    monkeypatch.setattr(
        "panah.node.procedures.service.carried_out", lambda first, after: iter([CarriedOut("male", "UZB")])
    )
    assert areas("WENT_BACK_AREA_SEX") == {
        ("_T", "_T"): 4, ("_T", "F"): 1, ("_T", "M"): 2, ("_T", "_U"): 1,
        ("TJK", "_T"): 2, ("TJK", "F"): 1, ("TJK", "M"): 1,
        ("UZB", "_T"): 1, ("UZB", "M"): 1,
        ("_U", "_T"): 1, ("_U", "_U"): 1,
    }  # fmt: skip
