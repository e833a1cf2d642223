"""The carried tables: facts known beforehand, size, provenance, and that nothing in them is stale."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from panah.hub.evidence import refresh, tables
from panah.hub.evidence.connectors.reading import UnreadableFileError
from panah.hub.evidence.figures import NIL_OR_NOT_AVAILABLE, REGION, TOTAL, Figure
from panah.hub.evidence.indicators import BY_CODE, INDICATORS
from panah.hub.evidence.totals import totals_of

REFERENCE = Path(os.environ.get("PANAH_SHARED", Path(__file__).parents[5] / "shared")) / "data" / "evidence"

Key = tuple[str, str, str, int]


@cache
def _totals() -> dict[Key, Figure]:
    return {
        (figure.indicator, figure.destination, figure.origin, figure.period): figure
        for figure in tables.totals()
        if not figure.breakdown
    }


@pytest.mark.parametrize(
    ("indicator", "period", "expected"),
    [
        ("refugees", 2025, {"TUR": 2_390_414, "PAK": 1_159_038, "IRN": 770_514, "AFG": 20_869}),
        ("refugees", 2024, {"IRN": 3_489_257, "TUR": 2_940_735, "PAK": 1_560_480}),
        (
            "stateless",
            2025,
            {"UZB": 16_000, "KAZ": 7_857, "TJK": 3_980, "KGZ": 526, "TUR": 464, "AZE": 241, "PAK": 60},
        ),
        (
            "migrant_stock",
            2020,
            {"TUR": 5_913_141, "KAZ": 3_459_530, "PAK": 3_201_265, "IRN": 2_785_736, "UZB": 1_085_715},
        ),
    ],
)
def test_the_carried_totals_hold_the_facts_known_beforehand(
    indicator: str, period: int, expected: dict[str, int]
) -> None:
    assert {state: _totals()[(indicator, state, TOTAL, period)].value for state in expected} == expected


def test_a_state_without_a_figure_is_said_to_have_none() -> None:
    figure = _totals()[("stateless", "TKM", TOTAL, 2025)]
    assert (figure.value, figure.flags) == (None, (NIL_OR_NOT_AVAILABLE,))


def test_no_carried_total_is_a_zero_that_might_mean_missing() -> None:
    stocks = [figure for key, figure in _totals().items() if key[0] not in ("recognition_rate", "asylum_decisions")]
    assert stocks
    assert not [figure for figure in stocks if figure.value == 0]


def test_all_ten_states_have_figures_on_both_sides() -> None:
    for indicator in ("refugees", "asylum_seekers", "migrant_stock"):
        for state in REGION:
            assert [key for key in _totals() if key[:3] == (indicator, state, TOTAL)]
            assert [key for key in _totals() if key[:3] == (indicator, TOTAL, state)]


def test_the_carried_totals_are_the_sums_of_the_carried_tables() -> None:
    figures = [figure for layout in tables.LAYOUTS for figure in tables.figures_of(layout)]
    assert tables.totals_text(totals_of(figures)) == (tables.HOME / "totals.csv").read_text(encoding="utf-8")


def test_a_table_is_read_back_as_it_was_written() -> None:
    for layout in tables.ALL:
        text = (tables.HOME / f"{layout.table}.csv").read_text(encoding="utf-8")
        assert tables.wide(tables.figures_of(layout), layout) == text


def test_every_figure_has_an_indicator_a_source_a_licence_and_a_date() -> None:
    for figure in tables.totals():
        assert figure.indicator in BY_CODE
        assert figure.source.licence
        assert figure.source.producer
        assert figure.source.as_of <= figure.source.retrieved


def test_every_indicator_has_figures_and_all_its_words() -> None:
    assert {figure.indicator for figure in tables.totals()} == set(BY_CODE)
    for indicator in INDICATORS:
        assert all((indicator.title, indicator.meaning, indicator.definition, indicator.measured, indicator.method))
        assert indicator.protection
        assert indicator.roles


def test_every_country_in_the_tables_has_a_name() -> None:
    named = tables.countries()
    for layout in tables.LAYOUTS:
        for figure in tables.figures_of(layout):
            for code in {figure.destination, figure.origin} - {TOTAL}:
                assert named[code].name_en, code
                assert named[code].name_ru, code


def test_provenance_names_every_table_with_its_rows() -> None:
    entries = tables.provenance()
    carried = {path.stem for path in tables.HOME.glob("*.csv")} - {tables.PROVENANCE}
    assert {entry.table for entry in entries} == carried
    for name in carried:
        rows = (tables.HOME / f"{name}.csv").read_text(encoding="utf-8").count("\n") - 1
        assert sum(entry.rows for entry in entries if entry.table == name) == rows


def test_the_tables_are_small_enough_to_carry() -> None:
    sizes = [path.stat().st_size for path in tables.HOME.glob("*.csv")]
    assert max(sizes) < 1_500_000
    assert sum(sizes) < 4_000_000


def test_a_row_that_stands_twice_in_a_producers_file_is_refused(pairs) -> None:  # type: ignore[no-untyped-def]
    twice = pairs("refugees", "KAZ", "UKR", {2025: 10}) * 2
    with pytest.raises(ValueError, match="two figures for"):
        tables.wide(twice, tables.LAYOUTS[0])


def test_a_folder_without_the_files_is_refused_by_the_name_of_the_first(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"unhcr/population.csv is not in the folder"):
        refresh.refreshed(tmp_path)


def test_a_file_of_no_known_edition_is_refused_rather_than_given_a_date(tmp_path: Path) -> None:
    (tmp_path / "unhcr").mkdir()
    (tmp_path / "unhcr" / "population.csv").write_text("year\n2025\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="no edition that the register knows"):
        refresh.refreshed(tmp_path)


@pytest.mark.shared
def test_the_carried_tables_are_what_the_producers_files_make() -> None:
    if not REFERENCE.is_dir():
        pytest.skip("The producers' files do not lie beside the checkout; set PANAH_SHARED to their folder.")
    made = refresh.refreshed(REFERENCE)
    carried = {path.stem: path.read_text(encoding="utf-8") for path in tables.HOME.glob("*.csv")}
    assert made == carried
