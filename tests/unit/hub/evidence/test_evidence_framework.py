"""The 52 indicators: that each is wholly defined, and that no value passes without what must stand beside it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panah.cli import figures
from panah.cli.indicators import app
from panah.hub.evidence import service, shown_values
from panah.hub.evidence.figures import PERSONS, REGION, TOTAL, Figure, Source
from panah.hub.evidence.framework import Kind, Supplied, compute, definitions, law, of_point, points, reference_table
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.evidence.framework.values import (
    METHODS,
    NO_DENOMINATOR,
    NO_FIGURE,
    NOT_SUPPLIED,
    NOT_VALID,
    REASONS,
    Value,
    problems,
    published,
    withheld,
)
from panah.hub.treaties import standing


@pytest.fixture
def value(source: Source) -> Value:
    return Value(
        "1.02",
        "KAZ",
        "2025",
        Decimal("28.4"),
        "percent",
        "ratio",
        (source,),
        part="destination",
        numerator=23,
        denominator=81,
    )


def test_there_are_52_indicators_in_eight_points() -> None:
    assert len(definitions()) == 52
    assert sum(len(of_point(code)) for code in points()) == 52
    assert list(points()) == [f"P{number}" for number in range(1, 9)]


def test_every_indicator_has_all_its_words_in_both_languages() -> None:
    for one in definitions().values():
        for text in (one.title, one.numerator, one.note, one.protection.note):
            assert text.en, one.id
            assert text.ru, one.id
        assert bool(one.denominator.en) == bool(one.denominator.ru)
        assert one.direction in ("up", "down", "none")
        assert one.unit
        assert one.source
        assert one.standard


def test_only_counts_amounts_and_spans_have_no_denominator() -> None:
    without = {one.kind for one in definitions().values() if not one.needs_denominator}
    assert without == {Kind.COUNT, Kind.MATRIX, Kind.INTERVAL}


def test_who_supplies_what_is_as_agreed() -> None:
    by = {kind: sum(one.supplied is kind for one in definitions().values()) for kind in Supplied}
    assert by == {Supplied.NOW: 24, Supplied.STATE: 27, Supplied.ESTIMATE: 1}


def test_what_the_global_compact_codes_is_marked_as_not_verified() -> None:
    rows = {row["id"]: row for row in reference_table()}
    assert rows["1.04"]["standard_verified"].startswith("no")
    assert rows["2.02"]["standard_verified"] == "yes"


def test_a_value_with_everything_beside_it_is_shown(value: Value) -> None:
    assert published(value) is value
    assert value.as_of == date(2026, 6, 25)


@pytest.mark.parametrize("nothing", [None, 0])
def test_a_value_without_its_denominator_is_withheld_with_the_reason(value: Value, nothing: int | None) -> None:
    found = published(replace(value, denominator=nothing))
    assert (found.reason, found.value, found.numerator) == (NO_DENOMINATOR, None, None)


@pytest.mark.parametrize("lack", [{"sources": ()}, {"method": ""}, {"value": None}])
def test_a_value_without_source_method_or_number_is_withheld(value: Value, lack: dict[str, object]) -> None:
    assert published(replace(value, **lack)).reason == NO_FIGURE  # type: ignore[arg-type]


def test_every_value_that_is_computed_has_everything_beside_it(few_tables: Path) -> None:
    for found in compute.computed(Shelf(few_tables)):
        if found.withheld:
            assert found.reason in REASONS
            assert (found.value, found.numerator, found.low) == (None, None, None)
        else:
            assert found.method in METHODS
            assert found.as_of
            assert found.value is not None or (found.low is not None and found.high is not None)
            assert all(one.licence and one.producer for one in found.sources)


def test_no_value_stands_twice(few_tables: Path) -> None:
    keys = [
        (one.indicator, one.state, one.counterpart, one.part, one.period, one.rank)
        for one in compute.computed(Shelf(few_tables))
    ]
    assert len(keys) == len(set(keys))


def test_every_state_has_a_value_or_a_reason_for_each_indicator(few_tables: Path) -> None:
    found = list(compute.computed(Shelf(few_tables)))
    for indicator in definitions():
        spoken = {code for one in found if one.indicator == indicator for code in (one.state, one.counterpart)}
        assert set(REGION) <= spoken, indicator


class TestSupplied:
    DEFINITION = definitions()["3.03"]

    def test_a_good_share_passes(self) -> None:
        assert problems(self.DEFINITION, Decimal("60.0"), 12, 20) == ()

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ((None, 12, 20), "never write 0 for it"),
            ((Decimal(60), 12, None), "has no denominator"),
            ((Decimal(60), None, 20), "has no numerator"),
            ((Decimal(150), 30, 20), "at most 100"),
            ((Decimal(90), 30, 20), "above its denominator"),
            ((Decimal(50), 12, 20), "another share"),
            ((Decimal(-5), 12, 20), "cannot be below 0"),
            ((Decimal(20), 4, 20), "below 10. Withhold the value"),
        ],
    )
    def test_a_bad_one_is_named_in_a_sentence(
        self, given: tuple[Decimal | None, int | None, int | None], said: str
    ) -> None:
        assert any(said in problem for problem in problems(self.DEFINITION, *given))

    def test_what_is_computed_here_is_not_taken_from_a_state(self) -> None:
        assert "computed here" in problems(definitions()["1.02"], Decimal(1), 1, 100)[0]


@pytest.fixture
def no_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_values, "_providers", [])


class TestService:
    def test_the_newest_value_of_a_state_has_everything_beside_it(self, loaded: None) -> None:
        found = service.value("1.02", "TUR")
        assert found is not None
        assert found.period == "2023"
        assert found.numerator is not None
        assert found.denominator
        assert found.as_of == date(2026, 6, 25)
        assert found.definition.title.en == "Recognition rate"
        assert found.sources[0].licence == "CC BY 4.0"

    def test_a_period_can_be_asked_for_as_a_year_or_as_it_is_written(self, loaded: None) -> None:
        assert service.value("1.02", "TUR", 2023) == service.value("1.02", "TUR", "2023") is not None
        assert service.value("1.02", "TUR", 1999) is None

    def test_what_is_withheld_has_no_value(self, loaded: None, no_providers: None) -> None:
        assert service.value("1.04", "KAZ") is None
        (line,) = service.values("1.04", "KAZ")
        assert line.reason == NOT_SUPPLIED

    def test_what_a_state_supplies_takes_the_place_of_the_line_that_it_did_not(
        self, loaded: None, no_providers: None, source: Source
    ) -> None:
        given = Value(
            "3.03", "KAZ", "2026", Decimal("60.0"), "percent", "state", (source,), numerator=12, denominator=20
        )
        service.supplied_from(lambda: [given])
        assert service.values("3.03", "KAZ") == (given,)
        assert service.value("3.03", "KAZ") == given
        assert [one.reason for one in service.values("3.03", "KGZ")] == [NOT_SUPPLIED]

    def test_what_does_not_pass_the_checks_is_withheld(self, loaded: None, no_providers: None, source: Source) -> None:
        given = Value(
            "3.03", "KAZ", "2026", Decimal("160"), "percent", "state", (source,), numerator=32, denominator=20
        )
        service.supplied_from(lambda: [given])
        (found,) = service.values("3.03", "KAZ")
        assert (found.reason, found.value) == (NOT_VALID, None)

    def test_titles_are_by_id(self, loaded: None) -> None:
        titles = service.indicator_titles()
        assert len(titles) == 52
        assert titles["8.02"] == "Agreements executed"

    def test_a_corridor_has_the_values_of_both_directions(self, loaded: None) -> None:
        found = service.values("7.03", "RUS", "KAZ")
        assert [one.period for one in found] == ["2015-2019"]
        assert {(one.counterpart, one.state) for one in service.corridors("7.03", "KAZ")} >= {
            ("KAZ", "RUS"),
            ("RUS", "KAZ"),
        }


def test_the_share_of_instruments_follows_the_rule_of_the_room_of_treaties() -> None:
    found = {value.state: value for value in compute.computed(Shelf(), ["1.01"])}
    newest = date.fromisoformat(found["KAZ"].sources[0].retrieved.isoformat())
    for state in REGION:
        theirs = standing.tally(state, newest)
        assert found[state].numerator == theirs.ratified
        assert found[state].denominator == theirs.tracked
        assert dict(found[state].facts) == {"tracked": theirs.tracked, "unknown": theirs.unknown}


def test_without_a_register_of_treaties_there_is_no_number(tmp_path: Path) -> None:
    assert list(law.treaties(Shelf(), tmp_path)) == []


def test_the_newest_shown_value_goes_before_a_newer_withheld_one(source: Source) -> None:
    old = Value("1.07", "KAZ", "2024", 5, PERSONS, "counted", (source,), numerator=5)
    found = compute.latest([old, withheld("1.07", "KAZ", NO_FIGURE, "2025")])
    assert found[("1.07", "KAZ", TOTAL, "")] is old


class TestCommandLine:
    def test_the_reference_table_is_csv_with_52_rows(self) -> None:
        result = CliRunner().invoke(app, [])
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert result.exit_code == 0
        assert [row["id"] for row in rows] == list(definitions())

    def test_one_indicator_is_computed_with_everything_beside_it(self, few_tables: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        result = CliRunner().invoke(
            app, ["compute", "--indicator", "1.02", "--latest", "--tables", str(few_tables), "-o", str(out)]
        )
        assert result.exit_code == 0, result.output
        rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
        assert rows
        for row in rows:
            assert all(
                row[name] for name in ("value", "numerator", "denominator", "as_of", "method", "protection", "licence")
            )

    def test_the_check_names_doubts_of_series_and_of_indicators(self) -> None:
        result = CliRunner().invoke(figures.app, ["check"])
        rows = {
            (row["code"], row["indicator"], row["state"], row["years"])
            for row in csv.DictReader(io.StringIO(result.stdout))
        }
        assert result.exit_code == 0, result.output
        assert ("break_down", "refugees", "KAZ", "2024 2025") in rows
        assert ("jump", "3.05", "KAZ", "2023") in rows

    def test_an_unknown_id_is_named(self) -> None:
        result = CliRunner().invoke(app, ["compute", "--indicator", "9.99"])
        assert result.exit_code == 1
        assert "There is no indicator 9.99" in str(result.exception)


def test_a_figure_without_a_value_is_never_reckoned_with(source: Source) -> None:
    from panah.hub.evidence.framework.shelf import number

    with pytest.raises(ValueError, match="has no value"):
        number(Figure("trafficking", "KAZ", TOTAL, 2020, None, PERSONS, source))
