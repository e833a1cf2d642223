"""Reading interview records, and the schemas made from the same definition."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from panah.cores.lawbook import load_pack
from panah.cores.screening import RecordError, decode_record, encode_profile, read_record, screen
from panah.cores.screening.decoding import decoded_at_once
from panah.cores.screening.record import BirthDate, decode_closely
from panah.cores.screening.schema import contract_files, profile_schema, record_schema
from tests.unit.cores.screening.people import answers, nested

CONTRACTS = Path(__file__).resolve().parents[4] / "contracts" / "screening"


def refused(record: Any) -> list[str]:
    with pytest.raises(RecordError) as caught:
        decode_record(record if isinstance(record, bytes) else json.dumps(record).encode())
    return [error.field for error in caught.value.errors]


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ({"id": "a", "child": {"acompanied_by": "nobody"}}, ["child.acompanied_by"]),
        ({"id": "a", "childs": {}}, ["childs"]),
        ({"id": "a", "protection": {"status_elsewhere": {"state": "TUR"}}}, ["protection.status_elsewhere.state"]),
        ({"id": "a", "documents": [{"type": "passport", "colour": "red"}]}, ["documents[0].colour"]),
        ({"id": "a", "documents": [{"type": "pass"}]}, ["documents[0].type"]),
        ({"id": "a", "exploitation": {"violence": True}}, ["exploitation.violence"]),
        ({"id": "a", "person": {"citizenships": ["UZB", "UZ"]}}, ["person.citizenships[1]"]),
        ({"id": "a", "person": {"citizenships": "UZB"}}, ["person.citizenships"]),
        ({"id": "a", "person": {"birth_date": "1990-13"}}, ["person.birth_date"]),
        ({"id": "a", "person": {"birth_date": "2026-W01-1"}}, ["person.birth_date"]),
        ({"id": "a", "person": {"birth_date": "2023-02-29"}}, ["person.birth_date"]),
        ({"id": "a", "person": {"age_estimate": -1}}, ["person.age_estimate"]),
        ({"id": "a", "travel": {"companions": 1.5}}, ["travel.companions"]),
        ({"id": "a", "child": []}, ["child"]),
        ({"id": "a", "pack": "xyz"}, ["pack"]),
        ({"id": "a", "date": "2026-11-20T10:00"}, ["date"]),
        ({"id": "", "place": 3}, ["id", "place"]),
        ({}, ["id"]),
        ([], ["line"]),
    ],
)
def test_what_is_not_allowed_is_refused_by_field(record: Any, fields: list[str]) -> None:
    assert refused(record) == fields


def test_everything_wrong_with_a_record_is_said_at_once() -> None:
    record = {"id": "a", "pack": "xyz", "person": {"sex": "f", "age": 3}, "health": {"pregnant": "maybe"}}
    assert sorted(refused(record)) == ["health.pregnant", "pack", "person.age", "person.sex"]


def test_an_error_names_what_was_found_and_what_is_allowed() -> None:
    with pytest.raises(RecordError, match=r'health\.pregnant: found "maybe"; allowed is yes, no, unknown, refused\.'):
        read_record({"id": "a", "health": {"pregnant": "maybe"}})


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":"a","child":{"accompanied_by":"nobody"},"child":{}}',
        b'{"id":"a","child" : {"accompanied_by":"nobody"},"child":{}}',
        b'{"id":"a","health":{"pregnant":"yes","pregnant":"no"}}',
    ],
)
def test_a_key_that_stands_twice_hides_nothing(line: bytes) -> None:
    assert refused(line) in (["child"], ["pregnant"])


@pytest.mark.parametrize("line", [b"{", b"", b"\xff", b"[" * 100_000])
def test_a_line_that_is_not_json_is_refused(line: bytes) -> None:
    assert refused(line) == ["line"]


def test_text_that_looks_like_a_key_is_only_text() -> None:
    assert decode_record(rb'{"id":"a","notes":"he said \"id\":","place":"x : y"}').place == "x : y"


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("1990", date(1990, 12, 31)),
        ("1990-02", date(1990, 2, 28)),
        ("1990-12", date(1990, 12, 31)),
        (1990, date(1990, 12, 31)),
    ],
)
def test_a_partly_known_birth_date_may_be_as_late_as_it_fits(text: Any, latest: date) -> None:
    read = read_record({"id": "a", "person": {"birth_date": text}}).answers["person.birth_date"]
    assert isinstance(read, BirthDate)
    assert read.latest == latest


def test_unknown_and_refused_are_kept_and_are_no_answers() -> None:
    record = read_record({"id": "a", "protection": {"fears_return": "refused"}})
    assert record.answers["protection.fears_return"] == "refused"
    assert record.answer("protection.fears_return") is None


def test_an_answer_is_added_to_a_record_as_strictly_as_it_is_read() -> None:
    record = read_record({"id": "a"})
    assert record.with_answer("travel.companions", 2).answers["travel.companions"] == 2
    with pytest.raises(RecordError):
        record.with_answer("travel.companions", "two")


def test_the_schemas_in_contracts_are_those_of_the_code() -> None:
    for name, text in contract_files().items():
        stale = f"{name} is stale; write contract_files() of panah.cores.screening.schema to contracts/screening."
        assert (CONTRACTS / name).read_text(encoding="utf-8") == text, stale


@settings(max_examples=60, deadline=None)
@given(answers())
def test_records_and_profiles_fit_their_schemas(given_answers: dict[str, Any]) -> None:
    record = nested(given_answers)
    Draft202012Validator(record_schema()).validate(record)
    profile = json.loads(encode_profile(screen(read_record(record), load_pack("kaz"))))
    Draft202012Validator(profile_schema()).validate(profile)
    assert list(profile) == list(profile_schema()["properties"])


@settings(max_examples=300, deadline=None)
@given(answers())
def test_a_record_read_at_once_is_the_record_read_key_by_key(given_answers: dict[str, Any]) -> None:
    line = json.dumps(nested(given_answers)).encode()
    assert decoded_at_once(line) == decode_closely(line)


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "a", "chld": {"accompanied_by": "nobody"}}',
        b'{"id": "a", "child": {"acompanied_by": "nobody"}}',
        b'{"id": "a", "documents": [{"typ": "passport"}]}',
        b'{"id": "a", "person": {"age_disputed": "yes"}, "person": {"sex": "male"}}',
        b'{"id": "a", "protection": {"fears_return": "ja"}}',
        b'{"id": "", "pack": "kaz"}',
        b'{"id": "a", "date": "2026-11-20T10:00:00"}',
        b'{"id": "a", "person": {"birth_date": "2026-02-30"}}',
        b'{"id": "a", "person": {"age_estimate": 131}}',
        b'{"id": "a", "person": []}',
        b"[]",
        b"{",
    ],
)
def test_what_is_out_of_the_ordinary_is_never_read_at_once(line: bytes) -> None:
    assert decoded_at_once(line) is None
    with pytest.raises(RecordError):
        decode_record(line)
