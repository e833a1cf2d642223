"""What each connector makes of its producer's marks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from panah.hub.evidence.connectors import kazstat, ocha, undesa, unhcr
from panah.hub.evidence.connectors.reading import UnreadableFileError, rows
from panah.hub.evidence.figures import CASES, ROUNDED, SMALL_COUNT, TOTAL, UNDECLARED, UNKNOWN, Source

Write = Callable[..., Path]

POPULATION = "year,coo_iso,coa_iso,refugees,asylum_seekers,oip,returned_refugees,stateless"
DECISIONS = (
    "year,coo_iso,coa_iso,procedure_type,dec_level,dec_pc,dec_recognized,dec_other,dec_rejected,dec_closed,dec_total"
)
APPLICATIONS = "year,coo_iso,coa_iso,procedure_type,app_type,dec_level,app_pc,applied"


@pytest.mark.parametrize("cell", ["0", "0.0", "", "-", "*", "NA"])
def test_a_population_cell_without_a_figure_yields_no_figure_and_never_a_zero(
    file: Write, source: Source, cell: str
) -> None:
    path = file(POPULATION, f"2025.0,AFG,TKM,9.0,{cell},,,")
    found = list(unhcr.population(path, source))
    assert [(figure.indicator, figure.value) for figure in found] == [("refugees", 9)]


def test_a_population_figure_knows_destination_origin_year_and_source(file: Write, source: Source) -> None:
    (figure,) = unhcr.population(file(POPULATION, "2025,AFG,UZB,5,,,,"), source)
    assert (figure.destination, figure.origin, figure.period, figure.value) == ("UZB", "AFG", 2025, 5)
    assert figure.source is source
    assert figure.flags == (SMALL_COUNT,)


def test_an_origin_that_is_not_known_gets_the_code_of_the_producers_own_list(file: Write, source: Source) -> None:
    (figure,) = unhcr.population(file(POPULATION, "2024,UNK,KAZ,65511,,,,"), source)
    assert figure.origin == UNKNOWN


def test_cases_stay_cases(file: Write, source: Source) -> None:
    (figure,) = unhcr.asylum_applications(file(APPLICATIONS, "2006,IRN,AUS,G,N,NA,C,20"), source)
    assert figure.unit == CASES
    assert figure.breakdown == (("level", "NA"), ("procedure", "G"), ("type", "N"))


def test_a_unit_that_is_neither_persons_nor_cases_is_refused_with_its_place(file: Write, source: Source) -> None:
    with pytest.raises(UnreadableFileError, match=r"row 2, column 'app_pc': found 'X', allowed is P for persons or C"):
        list(unhcr.asylum_applications(file(APPLICATIONS, "2006,IRN,AUS,G,N,NA,X,20"), source))


def test_a_decision_row_keeps_its_published_zero_and_marks_what_the_producer_rounds(
    file: Write, source: Source
) -> None:
    path = file(DECISIONS, "2025,AFG,KAZ,G,FI,P,23,0,58,20,101")
    found = {figure.broken_down_by("outcome"): figure for figure in unhcr.asylum_decisions(path, source)}
    assert found["complementary"].value == 0
    assert found["complementary"].flags == (ROUNDED,)
    assert found["recognised"].flags == ()
    assert found["total"].value == 101


def test_a_decision_outcome_that_is_not_given_is_no_zero(file: Write, source: Source) -> None:
    path = file(DECISIONS, "2025,AFG,KAZ,G,FI,P,23,-,58,20,101")
    assert "complementary" not in {figure.broken_down_by("outcome") for figure in unhcr.asylum_decisions(path, source)}


def test_migrant_stock_is_read_by_sex_with_residence_as_destination(file: Write, source: Source) -> None:
    path = file("year,birth,residence,stock,sex", "2020,RUS,KAZ,2476,total", "2020,RUS,KAZ,1000,male")
    found = list(undesa.migrant_stock(path, source))
    assert [(figure.destination, figure.origin, figure.broken_down_by("sex")) for figure in found] == [
        ("KAZ", "RUS", ""),
        ("KAZ", "RUS", "male"),
    ]


def test_a_sex_that_the_producer_does_not_use_is_refused(file: Write, source: Source) -> None:
    with pytest.raises(UnreadableFileError, match="'other', allowed is one of"):
        list(undesa.migrant_stock(file("year,birth,residence,stock,sex", "2020,RUS,KAZ,5,other"), source))


def test_a_national_series_has_no_unit_when_its_file_declares_none(file: Write, source: Source) -> None:
    found = list(kazstat.indicator_10_7_4(file("Year,Value", "2019, 14.6", "2021,"), source))
    assert [(figure.origin, figure.destination, figure.value, figure.unit) for figure in found] == [
        ("KAZ", TOTAL, Decimal("14.6"), UNDECLARED)
    ]


def test_disaggregated_rows_of_a_national_series_are_not_taken_for_the_total(file: Write, source: Source) -> None:
    path = file("Year,Sex,Value", "2021,,152", "2021,female,70")
    assert [figure.value for figure in kazstat.indicator_10_7_2(path, source)] == [152]


def test_countries_carry_their_map_number_and_names_in_two_languages(file: Write) -> None:
    head = (
        "m49 numerical code,ISO 3166-1 Alpha 3-Codes,English Short,Preferred Term,Russian Short,M49 Russian,Independent"
    )
    found = {country.code: country for country in ocha.countries(file(head, "4,AFG,Afghanistan,,Афганистан,,Y"))}
    assert found["AFG"].m49 == "004"
    assert found["AFG"].name("ru-kz") == "Афганистан"
    assert found["AFG"].name("en") == "Afghanistan"
    assert found[UNKNOWN].m49 == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("20x5,AFG,KAZ,1,,,,", r"column 'year': found '20x5', allowed is a number"),
        ("1825,AFG,KAZ,1,,,,", r"column 'year': found '1825', allowed is a calendar year"),
        ("2025,AF,KAZ,1,,,,", r"column 'coo_iso': found 'AF', allowed is a country code of three capital letters"),
        ("2025,AFG,KAZ,-3,,,,", r"column 'refugees': found '-3', allowed is a whole number"),
        ("2025,AFG,KAZ,1.5,,,,", r"column 'refugees': found '1.5', allowed is a whole number"),
        ("2025,AFG,KAZ,inf,,,,", r"column 'refugees': found 'inf', allowed is a number"),
        ("2025,AFG,KAZ,1", r"row 2: it has not as many cells"),
        ("2025,AFG,KAZ,1,,,,,9", r"row 2: it has not as many cells"),
    ],
)
def test_a_bad_cell_is_named_with_row_column_what_was_found_and_what_is_allowed(
    file: Write, source: Source, line: str, said: str
) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        list(unhcr.population(file(POPULATION, line), source))


def test_a_file_without_a_needed_column_is_refused_by_name(file: Write, source: Source) -> None:
    with pytest.raises(UnreadableFileError, match=r"population.csv: the columns \['stateless'\] are not there"):
        list(unhcr.population(file(POPULATION.removesuffix(",stateless"), "2025,AFG,KAZ,1,,,"), source))


def test_a_file_in_another_encoding_is_refused_in_a_sentence(file: Write) -> None:
    with pytest.raises(UnreadableFileError, match="is not UTF-8 text"):
        list(rows(file("year,name", "2025,Казахстан", encoding="cp1251"), ("year",)))


def test_a_byte_order_mark_does_not_hide_the_first_column(file: Write, source: Source) -> None:
    path = file(POPULATION, "2025,AFG,KAZ,7,,,,", encoding="utf-8-sig")
    assert [figure.value for figure in unhcr.population(path, source)] == [7]
