"""What the record says holds together, and every requirement keeps its link."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from panah.cores.shipped import folder
from panah.hub.record import reading
from tests.references import resolve

HOME = folder("record", "README.md")
CONTENT = reading.content(HOME)
# Paragraphs as the domain counts them; letters inside points of E are ours.
COUNTED = {"A": 8, "B": 13, "C": 12, "D": 9, "E": 28}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The record's own two folders, to be spoiled."""
    for part in ("documents", "requirements"):
        shutil.copytree(HOME / part, tmp_path / part)
    return tmp_path


def test_nothing_is_wrong_with_the_record():
    assert CONTENT.problems == []


def test_every_paragraph_of_the_five_documents_is_there():
    found = {paper: sum(one.id[0] == paper for one in CONTENT.paragraphs) for paper in COUNTED}
    assert found == COUNTED
    for paper, most in (("A", 7), ("B", 13), ("C", 10), ("D", 9)):
        assert {f"{paper}-{number}" for number in range(1, most + 1)} <= {one.id for one in CONTENT.paragraphs}


def test_all_115_requirements_are_there():
    assert [row.id for row in CONTENT.requirements] == [f"R{number:03}" for number in range(1, 116)]


@pytest.mark.parametrize("row", CONTENT.requirements, ids=lambda row: row.id)
def test_everything_that_meets_a_requirement_is_there(row: reading.Requirement):
    lost = [one for one in row.met_by.split() if resolve(one) is None]
    assert lost == [], f"{row.id} lost its link: name what meets it now in record/requirements/requirements.csv."
    assert row.met_by or row.status == "not_yet", f"{row.id} is met by nothing and does not say so."


def test_the_listing_is_the_one_that_the_program_gives():
    wrong = [
        one.reference for one in CONTENT.listing if (found := resolve(one.reference)) is None or found[0] != one.where
    ]
    assert wrong == [], "Run ops/list-references."


def test_every_room_that_carries_out_a_paragraph_is_there():
    lost = {room for one in CONTENT.paragraphs for room in one.rooms if resolve(f"room:{room}") is None}
    assert lost == set()


def test_every_commitment_of_a_paragraph_is_loaded_as_one_and_the_other_way_round():
    with (HOME / "commitments" / "commitments.csv").open(encoding="utf-8", newline="") as file:
        loaded = {(row["paragraph"], row["code"]) for row in csv.DictReader(file)}
    assert {(one.id, code) for one in CONTENT.paragraphs for code in one.commitments} == loaded


def test_texts_are_there_in_both_languages_and_in_their_letters():
    cyrillic = re.compile(r"[а-яё]", re.IGNORECASE)
    for one in CONTENT.paragraphs:
        assert cyrillic.search(one.ru), one.id
        assert not cyrillic.search(one.en), one.id


def _spoil(home: Path, name: str, old: str, new: str) -> list[str]:
    path = home / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return reading.content(home).problems


def test_a_requirement_that_is_missing_is_found(copy: Path):
    text = (copy / "requirements/requirements.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("R050,")]
    (copy / "requirements/requirements.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any("not R001" in problem for problem in reading.content(copy).problems)


def test_a_paragraph_that_is_tied_to_nothing_is_found(copy: Path):
    problems = _spoil(copy, "requirements/requirements.csv", "R037,B-3,", "R037,B-4,") + _spoil(
        copy, "requirements/requirements.csv", "R038,B-3,", "R038,B-4,"
    )
    assert any("B-3 is tied to no requirement" in problem for problem in problems)


def test_a_paragraph_that_does_not_exist_is_found(copy: Path):
    assert any(
        "no paragraph A-9" in one for one in _spoil(copy, "requirements/requirements.csv", "R001,A-1,", "R001,A-1 A-9,")
    )


def test_a_point_that_does_not_exist_is_found(copy: Path):
    assert any(
        "A-1 names points" in one
        for one in _spoil(copy, "documents/A.yaml", "ten_points: [2, 5]", "ten_points: [2, 11]")
    )


def test_what_is_not_met_must_say_what_lacks(copy: Path):
    assert any(
        "R001" in one and "lacks" in one for one in _spoil(copy, "requirements/requirements.csv", ",met,", ",partly,")
    )


def test_an_unknown_kind_of_reference_is_named_with_what_is_allowed(copy: Path):
    problems = _spoil(copy, "requirements/requirements.csv", "room:node/profiling", "house:node/profiling")
    assert any("met_by" in one and "kinds are room, action" in one for one in problems)


def test_a_file_that_cannot_be_read_is_named(copy: Path):
    (copy / "documents/B.yaml").write_text("paragraphs: [", encoding="utf-8")
    assert any(one.startswith("documents/B.yaml cannot be read") for one in reading.content(copy).problems)


def test_an_entry_with_a_key_too_many_is_named_by_its_place(copy: Path):
    problems = _spoil(copy, "documents/history.yaml", "{date: ", '{colour: "red", date: ')
    assert any(one.startswith("documents/history.yaml, entry 1, colour") for one in problems)
