"""The pages of the eight points, the 52 indicators and the corridors, and what can be taken from them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from panah.cores.exchange.messages import read
from panah.cores.exchange.structure import codelist
from panah.hub.evidence import framework_words, service
from panah.hub.evidence.framework import definitions, points
from panah.hub.evidence.framework.doubts import doubts
from panah.hub.evidence.framework.values import METHODS, REASONS, Value

PAGES = (
    "/framework/",
    *(
        f"/framework/{number}/"
        for number in ("1.01", "1.02", "1.04", "2.02", "3.01", "6.01", "6.02", "7.02", "7.03", "8.01")
    ),
    *(f"/points/P{number}/" for number in range(1, 9)),
    "/corridors/",
    "/corridors/KAZ/RUS/",
    "/corridors/CHE/TKM/",
)


def _text(client: Client, address: str, language: str = "en") -> str:
    client.cookies["panah_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode().replace("<", " <")))


def _rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_without_an_account_and_says_how_to_cite_it(shown: None, client: Client, address: str) -> None:
    text = _text(client, address)
    assert address in ("/framework/", "/corridors/") or "How to cite" in text


NOT_THERE = (
    "/framework/9.99/",
    "/points/P9/",
    "/corridors/KAZ/KAZ/",
    "/corridors/DEU/RUS/",
    "/corridors/KAZ/QQQ/",
    "/framework/1.02/?group=none",
    "/framework/1.02/values.pdf",
)


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_not_found(shown: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_value_stands_with_all_that_must_be_known_of_it(shown: None, client: Client) -> None:
    text = _text(client, "/framework/1.02/")
    one = definitions()["1.02"]
    assert re.search(r"\d \(\d[\d,]* of \d[\d,]*\)", text)
    for words in (
        one.numerator.en,
        one.denominator.en,
        one.note.en,
        one.protection.note.en,
        "Method",
        "CC BY 4.0",
        "25 Jun 2026",
    ):
        assert words in text


def test_an_indicator_that_nobody_supplied_says_so_and_shows_no_number(shown: None, client: Client) -> None:
    text = _text(client, "/framework/1.04/")
    assert text.count("No state has supplied it.") == 10
    assert definitions()["1.04"].numerator.en in text


def test_a_flow_is_never_one_number_and_says_how_sure_it_is(shown: None, client: Client) -> None:
    text = _text(client, "/corridors/KAZ/RUS/")
    assert "between 0 and 783,568 people moved, as six methods estimate it" in text
    assert "0 to 783,568" in text
    assert "a correlation of about 0.6" in text
    chart = client.get("/corridors/KAZ/RUS/chart.json").json()
    assert chart["kind"] == "span"
    assert [series["values"] for series in chart["series"]] == [[None], [None]]
    assert chart["series"][0]["high"] == [783_568]


def test_money_goes_the_other_way_than_people(shown: None, client: Client) -> None:
    text = _text(client, "/corridors/KAZ/RUS/")
    assert "Russian Federation → Kazakhstan Bilateral remittance matrix 225.59" in text
    assert "Sending 200 US dollars home cost 1.4 percent in 2020-Q3." in text


def test_a_chosen_corridor_has_an_address_of_its_own(shown: None, client: Client) -> None:
    answer = client.get("/corridors/", {"origin": "TJK", "destination": "RUS"})
    assert (answer.status_code, answer["Location"]) == (302, "/corridors/TJK/RUS/")


def test_the_first_page_begins_with_a_message_in_words_that_does_not_read_a_break_as_people(
    shown: None, client: Client
) -> None:
    text = _text(client, "/")
    assert (
        "At the end of 2025 the producer counts 4,361,385 refugees in the ten states, 55 percent of them in Türkiye."
        in text
    )
    assert "the difference cannot be read as people who came or left" in text


def test_a_state_begins_with_a_message_in_words(shown: None, client: Client) -> None:
    text = _text(client, "/states/KAZ/")
    assert "At the end of 2025 the producer counts 4,377 refugees in the state." in text
    assert "The series breaks in that year" in text
    assert "No state has supplied it." in text


def test_a_point_says_what_is_known_and_what_no_state_supplied(shown: None, client: Client) -> None:
    text = _text(client, "/points/P1/")
    assert "Of the 12 indicators of this point 7 have figures today." in text
    assert "No state has supplied: Median days to first decision" in text
    assert "What stands behind these numbers" in text


def test_a_point_of_which_nothing_is_known_shows_no_number(shown: None, client: Client) -> None:
    assert "Nothing of this point is known yet" in _text(client, "/points/P5/")


def test_the_pages_are_complete_in_russian_and_say_that_the_definitions_are_a_draft(
    shown: None, client: Client
) -> None:
    text = _text(client, "/points/P1/", "ru")
    assert points()["P1"].title.ru in text
    assert "черновик, не проверенный статистиком" in text
    assert "черновик" not in _text(client, "/points/P1/")
    with override("ru"):
        for words in (*REASONS.values(), *METHODS.values()):
            assert framework_words.gettext(words) != words, words


class TestFiles:
    def test_csv_carries_everything_beside_each_value(self, shown: None, client: Client) -> None:
        rows = _rows(client, "/framework/1.02/values.csv")
        shown = [row for row in rows if row["value"]]
        assert shown
        for row in shown:
            assert all(
                row[name]
                for name in ("numerator", "denominator", "as_of", "method", "licence", "quality", "protection")
            )

    def test_csv_has_a_row_of_hashtags_when_asked_for(self, shown: None, client: Client) -> None:
        for address in ("/framework/1.02/values.csv", "/states/KAZ/figures.csv", "/corridors/KAZ/RUS/values.csv"):
            plain = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
            tagged = list(csv.reader(io.StringIO(client.get(f"{address}?hxl=1").content.decode())))
            assert all(tag.startswith("#") for tag in tagged[1]), tagged[1]
            assert [tagged[0], *tagged[2:]] == plain

    def test_sdmx_csv_is_of_the_one_structure_keeps_a_span_and_is_read_back(self, shown: None, client: Client) -> None:
        (found,) = read(client.get("/corridors/KAZ/RUS/values.sdmx").content)
        place = {name: order for order, name in enumerate(found.dimensions)}
        assert found.flow == "EVIDENCE"
        assert {one.key[place["REF_AREA"]] for one in found.observations} == {"KAZ"}
        ways = {one.key[place["PART"]]: one for one in found.observations if one.key[place["INDICATOR"]] == "I7_03"}
        assert (ways["origin"].value, ways["origin"].attributes["UPPER"]) == (None, "783568")
        assert ways["_T"].key[place["TIME_PERIOD"]] == "2015-01-01/P5Y"

    @pytest.mark.parametrize(
        "address", ["/framework/values.sdmx", "/states/KAZ/figures.sdmx", "/framework/6.02/values.sdmx"]
    )
    def test_every_code_that_leaves_is_in_the_structure(self, shown: None, client: Client, address: str) -> None:
        (found,) = read(client.get(address).content)
        areas = {code.code for code in codelist("states")}
        units = {code.code for code in codelist("units")}
        for one in found.observations:
            assert one.key[found.dimensions.index("REF_AREA")] in areas
            assert one.attributes.get("UNIT_MEASURE", found.attributes.get("UNIT_MEASURE")) in units

    def test_xlsx_has_numbers_and_a_sheet_that_says_what_they_are(self, shown: None, client: Client) -> None:
        book = load_workbook(io.BytesIO(client.get("/framework/6.01/values.xlsx").content))
        head, *rows = list(book.worksheets[0].iter_rows(values_only=True))
        place = head.index("value")
        assert any(isinstance(row[place], int | float) for row in rows)
        about = {f"{row[0]}": f"{row[1]}" for row in book.worksheets[1].iter_rows(values_only=True)}
        assert about["Denominator"] == definitions()["6.01"].denominator.en

    def test_no_withheld_value_leaves_as_a_number(self, shown: None, client: Client) -> None:
        for row in _rows(client, "/framework/values.csv"):
            if row["withheld"]:
                assert (row["value"], row["numerator"], row["low"]) == ("", "", "")
                assert row["why"]

    @pytest.mark.parametrize("language", ["en", "ru"])
    @pytest.mark.parametrize("address", ["/report.pdf", "/states/TKM/report.pdf"])
    def test_a_situation_report_is_a_pdf_in_either_language(
        self, shown: None, client: Client, address: str, language: str
    ) -> None:
        answer = client.get(f"{address}?language={language}")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert b"/Lang (" + language.encode() in answer.content or len(answer.content) > 10_000


def _values(source: object, numbers: dict[int, object], **more: object) -> list[Value]:
    return [
        Value("6.01", "KAZ", f"{year}", value, "percent", "as_published", (source,), **more)  # type: ignore[arg-type]
        for year, value in numbers.items()
    ]


class TestDoubts:
    def test_a_jump_a_constant_and_an_outlier_are_found(self, source: object) -> None:
        assert [one.code for one in doubts(_values(source, {2020: 2, 2021: 12}))] == ["jump"]
        assert [one.code for one in doubts(_values(source, {2020: 7, 2021: 7, 2022: 7}))] == ["constant_value"]
        assert [one.code for one in doubts(_values(source, {2020: 5, 2021: 40, 2022: 6}))] == ["outlier"]

    def test_producers_that_differ_are_named_together(self, source: object) -> None:
        both = [*_values(source, {2020: 10}), *_values(source, {2020: 20}, rank=1)]
        assert [one.code for one in doubts(both)] == ["producers_differ"]

    def test_ordinary_change_is_left_alone(self, source: object) -> None:
        assert doubts(_values(source, {2020: 10, 2021: 12, 2022: 11})) == ()

    def test_the_fall_of_child_labour_in_one_national_file_is_found(self, shown: None) -> None:
        found = doubts(value for value in service.values("3.05") if not value.part)
        assert {one.period for one in found} >= {"2023"}


def test_a_page_asks_the_database_as_often_for_one_corridor_as_for_another(
    shown: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("/corridors/KAZ/RUS/", "/corridors/CHE/TKM/", "/framework/1.02/", "/points/P1/"):
        with django_assert_max_num_queries(22):
            client.get(address)
