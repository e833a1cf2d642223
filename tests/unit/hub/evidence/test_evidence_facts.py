"""Facts known beforehand from the producers' files, found again to the last digit in the compact tables."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest

from panah.hub.evidence import tables
from panah.hub.evidence.connectors import abel_cohen, idmc, kazstat, sdmx_files, undesa, unhcr, unodc, unsd, worldbank
from panah.hub.evidence.connectors.reading import UnreadableFileError
from panah.hub.evidence.figures import BELOW_FIVE, Source
from panah.hub.evidence.framework import compute, law
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.evidence.framework.values import BELOW_FIVE as WITHHELD_BELOW_FIVE
from panah.hub.evidence.framework.values import UNIT_UNDECLARED, UNIT_WRONG, Value
from panah.hub.treaties import standing


@cache
def _shelf() -> Shelf:
    return Shelf()


@cache
def _values(indicator: str) -> tuple[Value, ...]:
    return tuple(compute.computed(_shelf(), [indicator]))


def _one(indicator: str, state: str, period: str, counterpart: str = "_T", part: str = "", rank: int = 0) -> Value:
    (found,) = (
        value
        for value in _values(indicator)
        if (value.state, value.period, value.counterpart, value.part, value.rank)
        == (state, period, counterpart, part, rank)
    )
    return found


@pytest.mark.parametrize(
    ("method", "expected"),
    [("da_pb_closed", 783_568), ("da_min_closed", 260_916), ("da_min_open", 140_962)],
)
def test_the_flow_from_kazakhstan_to_russia_is_what_each_method_says(method: str, expected: int) -> None:
    (found,) = (
        figure.value
        for figure in _shelf().table("abel_cohen_flows")
        if (figure.origin, figure.destination, figure.period) == ("KAZ", "RUS", 2015)
        and figure.broken_down_by("method") == method
    )
    assert found == expected


def test_a_flow_is_shown_as_the_span_of_six_methods_and_never_as_one_number() -> None:
    flow = _one("7.03", "RUS", "2015-2019", "KAZ")
    assert flow.value is None
    assert (flow.high, flow.facts) == (783_568, (("methods", 6),))
    assert flow.low is not None
    assert flow.low <= 140_962
    assert all(value.value is None for value in _values("7.03"))


@pytest.mark.parametrize(
    ("state", "expected"), [("UZB", 2839), ("KGZ", 1904), ("TJK", 1687), ("AZE", 610), ("KAZ", 226)]
)
def test_remittances_from_russia_in_2017_are_those_of_the_matrix(state: str, expected: int) -> None:
    value = _one("6.02", state, "2017", "RUS").value
    assert value is not None
    assert Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP) == expected


@pytest.mark.parametrize(
    ("send", "recv", "expected"),
    [
        ("RUS", "AZE", "1.0"), ("RUS", "KAZ", "1.4"), ("RUS", "KGZ", "1.6"), ("RUS", "UZB", "1.75"), ("RUS", "TJK", "2.0"),
        ("PAK", "AFG", "14.3"), ("DEU", "AFG", "11.1"), ("TUR", "BGR", "11.1"),
    ],
)  # fmt: skip
def test_a_corridor_costs_what_was_surveyed_in_the_last_quarter(send: str, recv: str, expected: str) -> None:
    value = _one("2.02", recv, "2020-Q3", send).value
    assert value is not None
    places = Decimal("0.01") if expected == "1.75" else Decimal("0.1")
    assert Decimal(value).quantize(places, rounding=ROUND_HALF_UP) == Decimal(expected)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("TJK", "47.9"), ("KGZ", "17.7"), ("UZB", "14.4"), ("AZE", "1.8"), ("KAZ", "0.08"), ("TUR", "0.07")],
)
def test_remittances_in_2024_are_the_known_share_of_gdp(state: str, expected: str) -> None:
    value = _one("6.01", state, "2024").value
    assert value is not None
    places = Decimal("0.01") if len(expected) == 4 and expected[0] == "0" else Decimal("0.1")
    assert Decimal(value).quantize(places, rounding=ROUND_HALF_UP) == Decimal(expected)


def test_corridors_above_the_ceiling_are_counted_over_those_surveyed() -> None:
    by_state: dict[str, list[bool]] = defaultdict(list)
    for value in _values("2.02"):
        if value.period == "2020-Q3" and value.value is not None:
            by_state[value.state].append(value.value > 5)
    share = _one("2.03", "AFG", "2020-Q3", part="destination")
    assert (share.numerator, share.denominator) == (sum(by_state["AFG"]), len(by_state["AFG"]))


def test_twenty_four_indicators_have_values_now_and_the_others_say_why_not() -> None:
    shown = {value.indicator for value in compute.computed(_shelf()) if not value.withheld}
    assert len(shown) == 24
    assert shown == set(compute.COMPUTED)


def test_an_instrument_of_unknown_status_is_not_counted_as_not_ratified() -> None:
    law.tally_from(standing.tally)
    for value in compute.computed(_shelf(), ["1.01"]):
        facts = dict(value.facts)
        assert value.denominator == facts["tracked"]
        assert value.value == value.low
        assert value.high is not None
        assert value.low is not None
        assert (value.high > value.low) is (facts["unknown"] > 0)


def test_a_count_below_five_gives_no_rate() -> None:
    small = [
        figure
        for figure in _shelf().table("unodc_trafficking")
        if BELOW_FIVE in figure.flags and figure.value is not None
    ]
    assert not small
    assert any(value.reason == WITHHELD_BELOW_FIVE for value in _values("3.01"))
    assert _one("3.02", "KAZ", "2004").reason == WITHHELD_BELOW_FIVE


def test_the_national_numbers_without_a_meaning_are_withheld_and_say_why() -> None:
    assert {value.reason for value in _values("8.01") if value.state == "KAZ" and value.rank == 2} == {UNIT_UNDECLARED}
    assert {value.reason for value in _values("1.06") if value.state == "KAZ" and value.rank == 2} == {UNIT_UNDECLARED}
    assert {value.reason for value in _values("3.01") if value.state == "KAZ" and value.rank == 2} == {UNIT_WRONG}


def test_a_published_rate_and_the_one_computed_here_stand_side_by_side_and_nearly_agree() -> None:
    ours, theirs = _one("1.06", "KGZ", "2019"), _one("1.06", "KGZ", "2019", rank=2)
    assert ours.value is not None
    assert theirs.value is not None
    assert abs(Decimal(ours.value) - Decimal(theirs.value)) < Decimal(theirs.value) / 20


class TestConnectors:
    def test_a_population_outside_the_region_is_left_out(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "population.csv"
        path.write_text("Country Name,Country Code,Year,Value\nAruba,ABW,2024,7\nKazakhstan,KAZ,2024,20592571\n")
        assert [figure.value for figure in worldbank.population(path, source)] == [20_592_571]

    def test_a_cost_of_another_series_is_refused(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "cost.csv"
        path.write_text("send,recv,series,period,value_pct\nRUS,KAZ,OTHER,2020Q3,1.4\n")
        with pytest.raises(UnreadableFileError, match=r"column 'series': found 'OTHER'"):
            list(worldbank.cost(path, source))

    def test_a_period_that_is_no_quarter_is_refused(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "cost.csv"
        path.write_text("send,recv,series,period,value_pct\nRUS,KAZ,ATCR.CORR,2020,1.4\n")
        with pytest.raises(UnreadableFileError, match=r"column 'period': found '2020'"):
            list(worldbank.cost(path, source))

    def test_a_victim_count_below_five_has_no_value_and_is_no_zero(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "t.csv"
        head = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE"
        path.write_text(
            f"{head}\nKAZ,Detected trafficking victims,Total,Total,Total,Total,2020,<5\n"
            'TUR,Detected trafficking victims,Total,Total,Total,Total,2020,"1,526"\n'
        )
        small, large = unodc.trafficking(path, source)
        assert (small.value, small.flags) == (None, (BELOW_FIVE,))
        assert large.value == 1526

    def test_a_heading_that_stands_twice_is_not_read(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "t.csv"
        line = (
            "TUR,Detected trafficking victims,by form of exploitation,Other forms of exploitation,Total,Total,2020,{}\n"
        )
        head = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n"
        path.write_text(head + line.format(43) + line.format("<5"))
        assert not list(unodc.trafficking(path, source))

    def test_deaths_are_of_persons_from_a_state_and_births_in_it(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "s.csv"
        path.write_text(
            "series,iso3,year,value,nature,units,policy_domains,age,migratory_status,sex\n"
            "SM_DTH_MIGR,AFG,2019,12,g,number,,,,\nSG_REG_BRTH,AFG,2015,42.3,c,percent,,lt5y,,\n"
        )
        death, birth = unsd.series(path, source)
        assert (death.origin, death.destination) == ("AFG", "_T")
        assert (birth.destination, birth.origin) == ("AFG", "_T")

    def test_parts_of_a_country_are_left_out_of_a_national_file(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "k.csv"
        path.write_text("Year,UNIT_MEASURE,REF_AREA,SEX,Value\n2020,PT,,,5.1\n2020,PT,KZAKM,,4\n2020,PT,,M,4.4\n")
        assert [(figure.value, figure.broken_down_by("sex")) for figure in kazstat.national(path, source)] == [
            (Decimal("5.1"), ""),
            (Decimal("4.4"), "M"),
        ]

    def test_a_state_that_has_no_code_today_is_left_out_of_the_flows(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "f.csv"
        methods = ",".join(abel_cohen.METHODS)
        path.write_text(
            f"year0,orig,dest,{methods}\n1990,X_Serbia & Montenegro,TUR,1,2,3,4,5,6\n1990,KAZ,RUS,1,2,3,4,5,6\n"
        )
        assert [figure.value for figure in abel_cohen.flows(path, source)] == [1, 2, 3, 4, 5, 6]

    def test_net_migration_may_be_below_nothing(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "n.csv"
        path.write_text("year,iso3,net_migrants\n2020,PAK,-1500000.0\n")
        assert [figure.value for figure in undesa.net_migration(path, source)] == [-1_500_000]

    def test_resettlement_stands_under_the_country_that_took_people_in(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "s.csv"
        path.write_text("year,coo_iso,coa_iso,resettlement,naturalisation,returned_idps\n2024.0,AFG,CAN,7015.0,0.0,\n")
        (figure,) = unhcr.solutions(path, source)
        assert (figure.destination, figure.origin, figure.value) == ("CAN", "AFG", 7015)

    def test_an_internal_displacement_without_a_figure_is_no_zero(self, tmp_path: Path, source: Source) -> None:
        path = tmp_path / "i.csv"
        path.write_text("year,coa_iso,total\n2025.0,AFG,4355000.0\n2025.0,KGZ,0.0\n")
        assert [figure.destination for figure in idmc.displaced_within(path, source)] == ["AFG"]

    def test_a_file_of_exchange_without_its_structure_says_which_is_missing(
        self, tmp_path: Path, source: Source
    ) -> None:
        path = tmp_path / "10.7.4.xml"
        path.write_text("<nothing/>")
        with pytest.raises(UnreadableFileError, match=r"SDG_DSD.KG_1.8.xml, the structure that it cites"):
            list(sdmx_files.series(path, source))


def test_the_tables_of_which_indicators_are_made_come_from_the_inputs_that_are_named() -> None:
    named = {entry.table for entry in tables.provenance()}
    assert {layout.table for layout in tables.ALL} <= named
