"""What others published is what the screening is held to, and the page about it is not stale."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packs.published import PAGE, page, published_cases
from tests.packs.worked import problems

SHARED = Path(__file__).resolve().parents[3] / "shared" / "examples" / "published" / "cases.yaml"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in published_cases()])
def test_a_published_case_comes_out_as_its_source_supports(case: Mapping[str, Any]) -> None:
    assert problems(case["record"], case["expect"], case["id"]) == []


def test_the_page_of_published_cases_is_the_one_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run python -m tests.packs.published, which writes the page."


@pytest.mark.shared
def test_the_cases_carried_here_are_the_reference_cases_in_other_words() -> None:
    if not SHARED.exists():
        pytest.skip("the reference cases do not lie beside this checkout")
    reference = {case["id"].partition("-")[0]: case for case in yaml.safe_load(SHARED.read_text(encoding="utf-8"))}
    ours = {case["id"]: case for case in published_cases()}
    assert set(ours) == set(reference)
    for code, case in ours.items():
        record = json.loads(json.dumps(reference[code]["record"], default=str))
        given = record["person"].get("birth_date")
        if given is not None:
            record["person"]["birth_date"] = str(given)
        assert case["record"] == record, code
        assert case["expect"] == reference[code]["expect"], code
        sentences = {part.strip() for part in reference[code]["facts"].split(".") if len(part.split()) > 5}
        assert not [part for part in sentences if part in case["facts"]], f"{code} repeats a sentence of the reference"
