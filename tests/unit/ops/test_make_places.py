"""The maker of places: what a row says, nothing more, and what people corrected stays."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "ops/make-places"
_loader = SourceFileLoader("make_places", str(SCRIPT))
_spec = spec_from_loader("make_places", _loader)
assert _spec
makers: Any = module_from_spec(_spec)
_loader.exec_module(makers)

ROW = {
    "id": "ZZ001-TJ", "pair_id": "ZZ001", "code": "", "name_en": "Mill Bridge", "name_ru": "Мост у мельницы", "state": "TJ",
    "neighbour": "UZ", "counterpart_en": "Far Bank", "counterpart_ru": "", "mode": "road", "lat": "1.5", "lon": "2.5",
    "coord_accuracy": "approx", "status": "goods only", "status_as_of": "2020", "note": "", "source": "a.example 1 (x; y); b.example 2",
    "confidence": "low",
}  # fmt: skip
PROVINCE = {
    "iso_3166_2": "TJ-ZZ", "state": "TJ", "name": "Zzz", "name_ru": "", "names_other": "Ззз (tgk), Zed Land (eng), Zed (eng)",
    "lat": "1.0", "lon": "2.0",
}  # fmt: skip


def test_a_row_becomes_a_place_with_what_it_says() -> None:
    place = makers.place_of(ROW, {})
    assert place["code"] == "ZZ001-TJ"
    assert (place["kind"], place["mode"], place["status"], place["neighbour"]) == (
        "border_point",
        "road",
        "goods_only",
        "UZB",
    )
    assert "province" not in place
    assert place["counterpart"] == {"en": "Far Bank", "ru": "Far Bank"}
    assert place["source"] == "tjk-places-a-example-1-x-y"
    assert place["note"] == "See also tjk-places-b-example-2."


@pytest.mark.parametrize(
    ("mode", "name", "kind"),
    [
        ("air", "Field", "airport"),
        ("sea", "Quay", "port"),
        ("river", "Landing", "port"),
        ("river sector", "Bend (sector)", "border_sector"),
        ("pedestrian", "Steps", "border_point"),
    ],
)
def test_the_mode_tells_the_kind(mode: str, name: str, kind: str) -> None:
    assert makers.kind_of(mode, name) == kind


def test_a_missing_russian_name_is_said_and_not_invented() -> None:
    place = makers.place_of({**ROW, "name_ru": ""}, {})
    assert place["title"]["ru"] == "Mill Bridge"
    assert makers.NO_RUSSIAN in place["note"]


def test_a_side_without_a_name_is_named_by_the_other_side() -> None:
    place = makers.place_of({**ROW, "name_en": "", "name_ru": ""}, {})
    assert place["title"]["en"] == "Opposite Far Bank"
    assert "name of this side was not found" in place["note"]


def test_a_province_has_its_own_language_and_no_shared_centroid() -> None:
    rows = [PROVINCE, {**PROVINCE, "iso_3166_2": "TJ-YY"}]
    province = makers.province_of(PROVINCE, {}, makers.shared_positions(rows))
    assert province["title"] == {"en": "Zed Land", "ru": "Zed Land", "tg": "Ззз"}
    assert "latitude" not in province
    assert "latitude" in makers.province_of(PROVINCE, {}, makers.shared_positions(rows[:1]))


def test_names_and_centroids_of_a_misjoined_state_are_not_taken() -> None:
    province = makers.province_of({**PROVINCE, "state": "IR", "name_ru": "Другой остан"}, {}, frozenset())
    assert province["title"]["ru"] == "Zed Land"
    assert "latitude" not in province


def test_what_people_corrected_stays_and_nothing_is_lost() -> None:
    made = [makers.place_of(ROW, {}), makers.place_of({**ROW, "id": "ZZ002-TJ"}, {})]
    kept = {"ZZ001-TJ": {"code": "ZZ001-TJ", "title": {"en": "Corrected"}}, "ZZ000-TJ": {"code": "ZZ000-TJ"}}
    found = makers.merged(made, kept, frozenset({"ZZ002-TJ"}))
    assert [entry["code"] for entry in found] == ["ZZ000-TJ", "ZZ001-TJ"]
    assert found[1]["title"] == {"en": "Corrected"}


def test_memory_is_called_memory() -> None:
    assert makers.source_of("tjk", "memory", "high")["confidence"] == "memory"


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "tjk/sources").mkdir(parents=True)
    makers.make("TJ", [ROW], [PROVINCE], {}, tmp_path)
    first = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml")}
    makers.make("TJ", [ROW], [PROVINCE], {}, tmp_path)
    assert first == {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml")}
    assert len(first) == 3


def test_a_folder_without_the_table_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert makers.main([str(tmp_path)]) == 2
    assert "has no crossings.csv" in capsys.readouterr().err
