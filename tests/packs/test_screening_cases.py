"""Worked interviews: those of the packs, and, where they lie beside the checkout, the project's reference cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from panah.cores.lawbook import load_pack, pack_codes, packs_root
from panah.cores.lawbook.checking.shape import check_shape
from panah.cores.lawbook.loading import FLOOR, read_part
from panah.cores.lawbook.text import thawed
from panah.cores.screening import Profile, read_record, screen
from panah.cores.screening.fields import FIELD

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "examples"
NUMBERS = {"whole": int, "number": float}


def pack_cases() -> Iterator[Any]:
    """Every screening case of the floor and of the packs."""
    root = packs_root()
    for code in (FLOOR, *pack_codes(root)):
        for document in read_part(root, code).documents.get("cases", ()):
            if document.body.get("kind") == "screening":
                for case in document.body["cases"]:
                    yield pytest.param(case, id=f"{Path(document.path).stem}: {case['case']}")


def with_numbers(record: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """In packs every scalar is text; numbers of the record become numbers."""
    typed: dict[str, Any] = {}
    for key, value in record.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            typed[key] = with_numbers(value, where)
        elif where in FIELD and FIELD[where].kind in NUMBERS:
            typed[key] = NUMBERS[FIELD[where].kind](value)
        else:
            typed[key] = value
    return typed


def outcome(profile: Profile, key: str, wanted: Any) -> list[str]:
    """What of one expectation does not hold."""
    codes = {
        "has": profile.codes("profiles"),
        "needs": profile.codes("needs"),
        "to": tuple(line.to for line in profile.referrals),
        "safe": profile.codes("safeguards"),
        "missing": profile.missing,
        "information": profile.information,
    }
    banned = {"not": "has", "not_needs": "needs", "not_to": "to", "not_safe": "safe", "not_missing": "missing"}
    if key in codes:
        return [f"{key} lacks {code}; there is {', '.join(codes[key])}" for code in wanted if code not in codes[key]]
    if key in banned:
        return [f"{key}: {code} is there" for code in wanted if code in codes[banned[key]]]
    if key == "urgency":
        return [] if profile.urgency in wanted else [f"urgency is {profile.urgency}"]
    lines = {line.to: line for line in profile.referrals}
    return [
        f"{key} of {to} is {getattr(lines[to], key) if to in lines else 'absent'}"
        for to, value in wanted.items()
        if to not in lines or getattr(lines[to], key) != value
    ]


def problems(record: Mapping[str, Any], expect: Mapping[str, Any], name: str) -> list[str]:
    """What of a case does not come out as expected."""
    read = read_record({"id": name[:40], **record})
    profile = screen(read, load_pack(read.pack or "kaz"))
    return [problem for key, wanted in expect.items() for problem in outcome(profile, key, wanted)]


@pytest.mark.parametrize("case", list(pack_cases()))
def test_a_case_of_a_pack_comes_out_as_written(case: Mapping[str, Any]) -> None:
    assert problems(with_numbers(thawed(case["record"])), thawed(case["expect"]), case["case"]) == []


def test_the_packs_have_cases_for_every_profile_safeguard_and_referral() -> None:
    from panah.cores.screening.codes import PROFILES, REFERRALS, SAFEGUARDS, SUB_CODES, TRAFFICKING_NEED

    expected: dict[str, dict[str, int]] = {"has": {}, "safe": {}, "to": {}, "needs": {}}
    for parameter in pack_cases():
        (case,) = parameter.values
        for key, counts in expected.items():
            for code in case["expect"].get(key, ()):
                main = code.partition("-")[0] if code != TRAFFICKING_NEED else code
                counts[main] = counts.get(main, 0) + 1
    assert [code for code in PROFILES if expected["has"].get(code, 0) < 2] == []
    assert [code for code in SAFEGUARDS if expected["safe"].get(code, 0) < 2] == []
    assert [code for code in REFERRALS if expected["to"].get(code, 0) < 1] == []
    assert [code for code in (*SUB_CODES, TRAFFICKING_NEED) if expected["needs"].get(code, 0) < 2] == []


def test_the_floors_screening_files_have_the_shape_of_their_schemas() -> None:
    root = packs_root()
    assert [str(problem) for problem in check_shape(root, read_part(root, FLOOR))] == []


def shared_cases() -> Iterator[Any]:
    expected = REFERENCE / "screening" / "expected.jsonl"
    if not expected.exists():
        return
    wanted = {case["id"]: case for case in map(json.loads, expected.read_text().splitlines())}
    for line in (REFERENCE / "screening" / "interviews.jsonl").read_text().splitlines():
        record = json.loads(line)
        yield pytest.param(record, {k: v for k, v in wanted[record["id"]].items() if k != "id"}, id=record["id"])
    for case in yaml.safe_load((REFERENCE / "published" / "cases.yaml").read_text()):
        record = json.loads(json.dumps({"id": case["id"], **case["record"]}, default=str))
        yield pytest.param(record, case["expect"], id=case["id"])


@pytest.mark.shared
@pytest.mark.parametrize(("record", "expect"), list(shared_cases()))
def test_a_reference_case_comes_out_as_published(record: Mapping[str, Any], expect: Mapping[str, Any]) -> None:
    assert problems(record, expect, record["id"]) == []
