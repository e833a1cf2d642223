"""Every shipped pack: clean, whole in time, its worked examples right, its gaps said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from panah.cores.lawbook import load_pack, pack_codes, packs_root
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.checking import check_folder
from panah.cores.lawbook.checking.bodies import REFERRAL_CODES
from panah.cores.lawbook.checking.cases import deadline_cases, outcome
from panah.cores.screening.codes import REFERRALS

CODES = pack_codes()
STATES = tuple(code for code in CODES if code != "xx")
TODAY = date(2026, 11, 21)
SCHEMAS = sorted((packs_root() / "_schema").glob("*.schema.yaml"))
DEADLINES = [
    (code, document.path, case)
    for code in CODES
    for document in deadline_cases(load_pack(code))
    if document.origin == code
    for case in document.body["cases"]
]


def test_the_floor_is_clean() -> None:
    assert [str(problem) for problem in check_folder(packs_root(), []) if not problem.warning] == []


@pytest.mark.parametrize("code", CODES)
def test_the_pack_is_clean(code: str) -> None:
    found = check_folder(packs_root(), [code], with_floor=False)
    assert [str(problem) for problem in found if not problem.warning] == []


@pytest.mark.parametrize(
    ("code", "path", "case"), DEADLINES, ids=[f"{code}: {case['case']}" for code, _, case in DEADLINES]
)
def test_the_worked_example_comes_out_as_written(code: str, path: str, case: Any) -> None:
    pack = load_pack(code)
    found = outcome(pack, case, calendar_of(pack))
    assert {key: found.get(key) for key in case["expect"]} == dict(case["expect"]), path


@pytest.mark.parametrize("code", ["xx", "kaz"])
def test_the_pack_has_worked_examples(code: str) -> None:
    assert sum(owner == code for owner, _, _ in DEADLINES) >= 15


@pytest.mark.parametrize("to", REFERRAL_CODES)
@pytest.mark.parametrize("code", CODES)
def test_a_referral_today_has_a_body_or_a_reason(code: str, to: str) -> None:
    pack = load_pack(code)
    body = pack.body_for(to, TODAY)
    absence = pack.absence_for(to, TODAY)
    assert (body is None) == (absence is not None)


@pytest.mark.parametrize("code", STATES)
def test_what_is_from_memory_is_never_called_verified(code: str) -> None:
    pack = load_pack(code)
    unsure = {source.id for source in pack.sources.values() if source.confidence in ("low", "memory")}
    assert not any(source.verified for source in pack.sources.values() if source.id in unsure)
    verified = [value for parameter in pack.parameters.values() for value in parameter.values if value.verified]
    assert not any(value.citation.source in unsure for value in verified)


@pytest.mark.parametrize("code", STATES)
def test_the_pack_says_what_it_does_not_know(code: str) -> None:
    pack = load_pack(code)
    own = [question for question in pack.open_questions if question.about.startswith(f"{code}/")]
    assert own
    assert all(question.text["en"] for question in own)


@pytest.mark.parametrize("code", STATES)
def test_no_lateness_of_a_person_ever_closes_a_door(code: str) -> None:
    for parameter in load_pack(code).parameters.values():
        if parameter.binds == "person" and parameter.name.startswith("asylum/filing"):
            assert parameter.if_missed == "nothing", parameter.name


@pytest.mark.parametrize("code", CODES)
def test_the_pack_has_a_page_for_lawyers_and_a_changelog(code: str) -> None:
    folder = packs_root() / code
    assert (folder / "README.md").is_file()
    assert "Impacted period" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")


def test_schema_screening_and_check_know_the_same_referral_codes() -> None:
    common = yaml.safe_load((packs_root() / "_schema/common.schema.yaml").read_text(encoding="utf-8"))
    assert tuple(common["$defs"]["referral_code"]["enum"]) == REFERRAL_CODES
    assert set(REFERRAL_CODES) == set(REFERRALS)


@pytest.mark.parametrize("path", SCHEMAS, ids=[path.name for path in SCHEMAS])
def test_every_key_of_a_schema_is_explained(path: Path) -> None:
    schema = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert schema.get("description"), path.name
    assert [place for place, key in _keys(schema, "") if not _explained(key, schema)] == []


def _explained(key: dict[str, Any], schema: dict[str, Any]) -> bool:
    """By a description of its own, or by the one of the definition that it refers to."""
    if key.get("description") or "$ref" not in key:
        return bool(key.get("description"))
    file, _, pointer = key["$ref"].partition("#/")
    found = (
        yaml.safe_load((packs_root() / f"_schema/{file}.schema.yaml").read_text(encoding="utf-8")) if file else schema
    )
    for step in pointer.split("/"):
        found = found[step]
    return bool(found.get("description"))


def _keys(value: Any, place: str) -> list[tuple[str, dict[str, Any]]]:
    """Each declared property; those inside conditions (if, then, oneOf …) repeat a key and are not explained again."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(value, list):
        for inner in value:
            found += _keys(inner, place)
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("if", "then", "else", "allOf", "anyOf", "oneOf", "not"):
                continue
            if key == "properties":
                found += [
                    (f"{place} {name}", declared) for name, declared in inner.items() if isinstance(declared, dict)
                ]
            found += _keys(inner, f"{place} {key}" if key != "properties" else place)
    return found
