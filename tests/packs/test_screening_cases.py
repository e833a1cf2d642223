"""Worked interviews: those of the packs, and, where they lie beside the checkout, the project's reference cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from panah.cores.lawbook import pack_codes, packs_root
from panah.cores.lawbook.checking.shape import check_shape
from panah.cores.lawbook.loading import FLOOR, read_part
from panah.cores.lawbook.text import thawed
from tests.packs.worked import problems, with_numbers

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "examples"


def pack_cases() -> Iterator[Any]:
    """Every screening case of the floor and of the packs."""
    root = packs_root()
    for code in (FLOOR, *pack_codes(root)):
        for document in read_part(root, code).documents.get("cases", ()):
            if document.body.get("kind") == "screening":
                for case in document.body["cases"]:
                    yield pytest.param(case, id=f"{Path(document.path).stem}: {case['case']}")


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
