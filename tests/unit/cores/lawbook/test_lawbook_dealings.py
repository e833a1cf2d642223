"""Procedures, papers, numbers, ways of work and standards as values that a room can run on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from panah.cores.lawbook import Pack, Procedure, Unknown, load_pack
from tests.unit.cores.lawbook.dealings import write_dealings


@pytest.fixture
def pack(packs: Path) -> Pack:
    write_dealings(packs / "xx")
    return load_pack("xx", packs)


def test_a_procedure_has_the_shape_of_the_day(pack: Pack) -> None:
    before, after = pack.procedure("asylum", date(2021, 6, 30)), pack.procedure("asylum", date(2021, 7, 1))
    assert isinstance(before, Procedure)
    assert isinstance(after, Procedure)
    assert [stage.id for stage in before.stages] == ["filing"]
    assert [stage.id for stage in after.after("filing")] == ["decision"]
    assert after.after("decision") == ()


def test_a_procedure_that_nobody_described_is_unknown_and_named(pack: Pack) -> None:
    found = pack.procedure("asylum_abroad", date(2026, 11, 21))
    assert isinstance(found, Unknown)
    assert found.missing == "procedure asylum_abroad on 2026-11-21"


def test_a_stage_carries_its_terms_papers_outcomes_and_remedy(pack: Pack) -> None:
    shape = pack.procedure("asylum", date(2026, 1, 1))
    assert isinstance(shape, Procedure)
    stage = shape.stage("decision")
    assert (stage.by, stage.terms, stage.papers) == (
        ("asylum_authority",),
        ("asylum/first_decision",),
        ("refugee-certificate",),
    )
    assert stage.outcomes == ("granted", "refused")
    assert stage.remedy is not None
    assert (stage.remedy.to, stage.remedy.suspends_removal) == (("court",), "yes")


def test_a_paper_and_its_number_are_found_by_code(pack: Pack) -> None:
    paper = pack.paper("refugee-certificate", date(2026, 1, 1))
    assert not isinstance(paper, Unknown)
    assert (paper.record_type, paper.number) == ("other", "KZ-IIN")
    assert pack.papers_on(date(2014, 1, 1)) == ()
    assert isinstance(pack.paper("refugee-certificate", date(2014, 1, 1)), Unknown)
    number = pack.identity_number("KZ-IIN")
    assert not isinstance(number, Unknown)
    assert number.tells == ("sex", "birth_date")
    assert isinstance(pack.identity_number("XX-NONE"), Unknown)


def test_ways_of_work_are_listed_by_day_and_direction(pack: Pack) -> None:
    assert [way.id for way in pack.channels_on(date(2026, 1, 1), "in")] == ["seasonal-work"]
    assert pack.channels_on(date(2026, 1, 1), "out") == ()


def test_a_standard_stands_beside_the_floors_and_replaces_nothing(packs: Path) -> None:
    write_dealings(packs / "_floor", standards_only=True)
    write_dealings(packs / "xx")
    standards = load_pack("xx", packs).standards
    assert [standard.origin for standard in standards if standard.id == "families-together"] == ["_floor", "xx"]


def test_what_was_read_cannot_be_changed(pack: Pack) -> None:
    assert isinstance(pack.procedures[0].title, MappingProxyType)
