"""From a folder to a pack: which packs exist, what lies over what, what the digest and the reviews say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from panah.cores.lawbook import PackError, PackNotFound, Unknown, Value, load_pack, pack_codes, packs_root

Spoil = Callable[[str, str, str], Path]
REFORM = date(2021, 7, 1)


def test_an_unknown_code_names_the_packs_that_exist() -> None:
    with pytest.raises(PackNotFound, match=r"no pack 'atlantis'.*aze.*kaz.*uzb.*xx"):
        load_pack("atlantis")


@pytest.mark.parametrize("code", ["_floor", "_schema", "../packs/kaz", ""])
def test_what_is_no_country_pack_is_not_found(code: str) -> None:
    with pytest.raises(PackNotFound):
        load_pack(code)


def test_the_ten_states_and_examplia_have_packs() -> None:
    assert set(pack_codes()) >= {"afg", "aze", "irn", "kaz", "kgz", "pak", "tjk", "tkm", "tur", "uzb", "xx"}


def test_the_environment_can_name_another_folder_of_packs(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANAH_PACKS", str(packs))
    assert packs_root() == packs
    assert pack_codes() == ("xx",)


def test_a_pack_is_read_once() -> None:
    assert load_pack("kaz") is load_pack("kaz")


def test_the_digest_changes_with_any_file_of_the_pack_or_of_the_floor(
    packs: Path, tmp_path: Path, spoil: Spoil
) -> None:
    shipped = load_pack("xx").digest
    assert load_pack("xx", packs).digest == shipped
    spoil("_floor/parameters/trafficking/reflection_period.yaml", 'value: "30"', 'value: "31"')
    changed = load_pack("xx", _again(packs, tmp_path)).digest
    assert changed != shipped


def test_a_file_for_readers_does_not_change_the_digest(packs: Path) -> None:
    (packs / "xx" / "README.md").write_text("Another text.", encoding="utf-8")
    assert load_pack("xx", packs).digest == load_pack("xx").digest


def test_documents_come_from_the_floor_first_and_in_order_of_path() -> None:
    documents = load_pack("kaz").documents("parameters")
    origins = [document.origin for document in documents]
    assert origins == sorted(origins)  # '_floor' sorts before letters
    own = [document.path for document in documents if document.origin == "kaz"]
    assert own == sorted(own)
    assert load_pack("kaz").documents("nothing-of-the-kind") == ()


def test_a_value_of_the_floor_holds_until_the_packs_first_one() -> None:
    reflection = load_pack("xx").parameters["trafficking/reflection_period"]
    before, after = reflection.value_on(date(2016, 10, 14)), reflection.value_on(date(2016, 10, 15))
    assert isinstance(before, Value)
    assert isinstance(after, Value)
    assert (before.amount, before.start_is, before.verified) == ("30", "design", False)
    assert (after.amount, after.verified) == ("45", True)


def test_a_parameter_of_the_floor_alone_is_in_every_pack() -> None:
    for code in pack_codes():
        assert "trafficking/reflection_period" in load_pack(code).parameters


def test_a_day_outside_the_dates_is_unknown_and_names_the_day() -> None:
    decision = load_pack("xx").parameters["asylum/first_decision"]
    answer = decision.value_on(date(2014, 2, 28))
    assert isinstance(answer, Unknown)
    assert not answer
    assert answer.missing == "asylum/first_decision on 2014-02-28"
    assert "from 2014-03-01" in answer.why


def test_what_was_looked_for_and_not_found_says_so_and_is_never_a_value() -> None:
    answer = load_pack("kaz").parameters["asylum/appeal_court"].value_on(date(2026, 11, 21))
    assert isinstance(answer, Unknown)
    assert "looked for and not found" in answer.why


def test_the_other_value_of_a_contradiction_is_kept_and_asked_about() -> None:
    pack = load_pack("aze")
    value = pack.parameters["trafficking/referral"].value_on(date(2020, 1, 1))
    assert isinstance(value, Value)
    assert value.amount == "24"
    assert [other.amount for other in value.also_reported] == ["48"]
    assert any("48" in question.text["en"] and "24" in question.text["en"] for question in pack.open_questions)


def test_the_other_value_of_a_contradiction_stays_with_its_pack() -> None:
    assert not any(
        "48" in question.text["en"] for question in load_pack("uzb").open_questions if "traffick" in question.about
    )


def test_a_review_holds_for_the_content_that_was_read_and_an_edit_voids_it(packs: Path, tmp_path: Path) -> None:
    file = packs / "xx/parameters/asylum/appeal.yaml"
    _sign(packs, "xx", "parameters/asylum/appeal.yaml", ["Invented Lawyer"])
    assert _document(load_pack("xx", packs), "xx/parameters/asylum/appeal.yaml").reviewed
    file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    assert not _document(load_pack("xx", _again(packs, tmp_path)), "xx/parameters/asylum/appeal.yaml").reviewed


def test_a_file_of_the_floor_needs_two_different_reviewers(packs: Path, tmp_path: Path) -> None:
    name = "parameters/trafficking/reflection_period.yaml"
    _sign(packs, "_floor", name, ["Invented Lawyer", "Invented Lawyer"])
    assert not _document(load_pack("xx", packs), f"_floor/{name}").reviewed
    _sign(packs, "_floor", name, ["Invented Lawyer", "Second Lawyer"])
    assert _document(load_pack("xx", _again(packs, tmp_path)), f"_floor/{name}").reviewed


def test_nothing_shipped_claims_a_review() -> None:
    for code in pack_codes():
        assert load_pack(code).reviews == ()


@pytest.mark.parametrize("key", ["version", "timezone", "covers_from"])
def test_a_pack_without_what_it_needs_names_the_key(packs: Path, key: str) -> None:
    path = packs / "xx/pack.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{key}:")]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PackError, match=f"xx/pack.yaml: the key '{key}' is missing"):
        load_pack("xx", packs)


def test_a_wrong_day_names_the_file_and_the_form(spoil: Spoil, packs: Path) -> None:
    spoil("xx/parameters/asylum/appeal.yaml", '"2014-03-01"', '"1 March 2014"')
    with pytest.raises(PackError, match=r"appeal\.yaml: found the date '1 March 2014'; a date is written YYYY-MM-DD"):
        load_pack("xx", packs)


def test_a_wrong_shape_points_to_the_check(spoil: Spoil, packs: Path) -> None:
    spoil("xx/bodies/bodies.yaml", "    mandates: []", "    mandates: [none]")
    with pytest.raises(PackError, match="panah packs check xx"):
        load_pack("xx", packs)


def _sign(packs: Path, part: str, name: str, reviewers: list[str]) -> None:
    digest = sha256((packs / part / name).read_bytes()).hexdigest()
    entries = "".join(
        f'  - {{file: {name}, digest: {digest}, reviewer: {who}, role: lawyer, "on": "2026-11-21"}}\n'
        for who in reviewers
    )
    (packs / part / "reviews.yaml").write_text(f"reviews:\n{entries}", encoding="utf-8")


def _again(packs: Path, tmp_path: Path) -> Path:
    """The same folder under another name, since a folder is read only once."""
    other = tmp_path / "other"
    other.mkdir()
    for part in packs.iterdir():
        if part != other:
            (other / part.name).symlink_to(part)
    return other


def _document(pack: object, path: str) -> object:
    return next(document for document in pack.documents("parameters") if document.path == path)  # type: ignore[attr-defined]
