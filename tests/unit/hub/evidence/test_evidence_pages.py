"""The pages of the figures, as whoever opens the hub reads them, with and without scripts."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from panah.hub.evidence import service
from panah.hub.evidence.figures import REGION
from panah.hub.evidence.indicators import INDICATORS

PAGES = (
    "/",
    "/?show=migrant_stock.origin&year=2015",
    "/indicators/refugees/destination/",
    "/indicators/asylum_decisions/origin/?group=western-asia",
    "/indicators/recognition_rate/destination/?group=southern-asia",
    "/indicators/migrant_stock/origin/",
    "/indicators/sdg_10_7_2/destination/",
    "/states/KAZ/",
    "/states/TKM/",
    "/doubts/",
    "/doubts/?state=IRN&indicator=refugees",
    "/sources/",
)


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode().replace("<", " <")))


def test_the_first_page_shows_the_region_with_year_date_source_and_licence(shown: None, client: Client) -> None:
    text = _text(client, "/")
    assert "Türkiye 2,390,414 2025 25 Jun 2026" in text
    assert "End-year population figures, edition 2025.12.1, as of 2026-06-25. Licence: CC BY 4.0." in text


def test_the_first_page_says_what_is_doubtful(shown: None, client: Client) -> None:
    text = _text(client, "/")
    assert "In 2025 the figures of 6 states fell sharply at once" in text
    assert "From 2024 to 2025 the figure fell from 65,833 to 4,377" in text
    assert "The cause is not established." in text


def test_a_figure_that_breaks_its_series_is_marked_beside_the_number(shown: None, client: Client) -> None:
    page = client.get("/").content.decode()
    assert re.search(r"4,377<sup> [a-z]", page)
    assert "The series has a break here" in page


def test_a_missing_figure_is_said_to_be_missing_and_never_reads_zero(shown: None, client: Client) -> None:
    text = _text(client, "/?show=stateless.destination&year=2025")
    assert "Turkmenistan no figure" in text
    assert "Turkmenistan 0" not in text


def test_a_rate_stands_with_its_numerator_and_denominator(shown: None, client: Client) -> None:
    assert re.search(r"\d % \(\d[\d,]* of \d[\d,]*\)", _text(client, "/indicators/recognition_rate/destination/"))


def test_an_indicator_says_meaning_definition_method_and_protection(shown: None, client: Client) -> None:
    text = _text(client, "/indicators/stateless/destination/")
    for words in (
        "considered as nationals by no state",
        "Definition",
        "At 31 December of the year.",
        "Sum over all countries of the other side",
        "publishes no count from 1 to 4",
        "CC BY 4.0",
    ):
        assert words in text


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_without_an_account(shown: None, client: Client, address: str) -> None:
    _text(client, address)


def test_every_indicator_and_every_state_has_its_page(shown: None, client: Client) -> None:
    for indicator in INDICATORS:
        for role in indicator.roles:
            _text(client, reverse("indicator", args=[indicator.code, role.value]))
    for state in REGION:
        _text(client, reverse("state", args=[state]))


@pytest.mark.parametrize(
    "address",
    [
        "/?show=refugees.sideways",
        "/?show=nonsense",
        "/?year=1900",
        "/?year=latest",
        "/indicators/stateless/origin/",
        "/indicators/nonsense/destination/",
        "/indicators/refugees/destination/?group=everywhere",
        "/states/FRA/",
        "/states/kaz/",
        "/doubts/?state=FRA",
        "/doubts/?indicator=nonsense",
        "/states/KAZ/figures.pdf",
        "/indicators/refugees/destination/figures.pdf",
    ],
)
def test_what_is_not_there_is_not_found(shown: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_only_read(shown: None, client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_no_page_carries_inline_scripts_or_styles(shown: None, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("address", PAGES)
def test_pages_stay_small(shown: None, client: Client, address: str) -> None:
    assert len(client.get(address).content) < 100_000


def test_the_chart_has_gaps_where_there_is_no_figure_and_numbers_the_breaks(shown: None, client: Client) -> None:
    chart = client.get("/indicators/refugees/destination/chart.json?group=central-asia").json()
    kazakhstan = next(series for series in chart["series"] if series["name"] == "Kazakhstan")
    assert dict(zip(chart["x"], kazakhstan["values"], strict=True))[2025] == 4377
    assert chart["breaks"] == [{"at": 2023, "note": "1"}, {"at": 2025, "note": "2"}]
    text = _text(client, "/indicators/refugees/destination/?group=central-asia")
    assert "2: 2025, Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan" in text
    decisions = client.get("/indicators/asylum_decisions/destination/chart.json?group=western-asia").json()
    turkiye = next(series for series in decisions["series"] if series["name"] == "Türkiye")
    assert dict(zip(decisions["x"], turkiye["values"], strict=True))[2025] is None


def test_the_map_has_the_ten_states_and_leaves_missing_ones_empty(shown: None, client: Client) -> None:
    answer = client.get("/indicators/stateless/destination/map.json?year=2025").json()
    values = {area["code"]: area["value"] for area in answer["areas"]}
    assert set(values) == set(REGION)
    assert (values["UZB"], values["TKM"]) == (16_000, None)


def test_the_page_holds_the_same_figures_as_the_drawing(shown: None, client: Client) -> None:
    page = client.get("/").content.decode()
    source = re.search(r'data-src="([^"]+map\.json[^"]*)"', page)
    assert source is not None
    for area in client.get(source[1].replace("&amp;", "&")).json()["areas"]:
        assert f"{area['value']:,}" in page


def test_a_csv_carries_the_source_in_every_row_and_nothing_for_a_missing_value(shown: None, client: Client) -> None:
    answer = client.get("/indicators/stateless/destination/figures.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="stateless-destination.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = {(row["destination"], row["period"]): row for row in rows}
    assert found[("KAZ", "2025")]["value"] == "7857"
    assert found[("TKM", "2025")]["value"] == ""
    assert all(row["as_of"] == "2026-06-25" and row["licence"] == "CC BY 4.0" for row in rows)


def test_a_workbook_says_on_its_second_sheet_what_the_figures_are(shown: None, client: Client) -> None:
    book = load_workbook(io.BytesIO(client.get("/states/KAZ/figures.xlsx").content))
    figures, about = book.worksheets
    header = [cell.value for cell in figures[1]]
    values = {
        (row[header.index("indicator")], row[header.index("period")], row[header.index("destination")]): row[5]
        for row in figures.iter_rows(min_row=2, values_only=True)
    }
    assert values[("refugees", 2025, "KAZ")] == 4377
    said = {(row[0], row[1]) for row in about.iter_rows(values_only=True)}
    assert ("Licence", "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/") in said
    assert ("Unit", "unit not declared") in said


def test_what_states_published_stands_on_the_first_page(
    shown: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_publications", [])
    # The menu has an entry of that name too, so that the table is looked for by its caption.
    assert "<caption>Published by states" not in client.get("/").content.decode()
    said: list[service.Published] = []
    service.publications_from(lambda: said)
    assert "No state has published a table yet." in _text(client, "/")
    at = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    said.append(service.Published("Arrivals by profile", "KAZ", "2026-10", at, "/published/1/"))
    text = _text(client, "/")
    assert "Arrivals by profile Kazakhstan 2026-10 20 Nov 2026" in text
    assert "No state has published a table yet." not in text


def test_the_pages_speak_russian_with_the_numbers_and_names_of_russian_readers(shown: None, client: Client) -> None:
    client.cookies["panah_language"] = "ru"
    text = _text(client, "/")
    assert "Турция 2\xa0390\xa0414" in text or "Турция 2 390 414" in text
    assert "значение упало с" in text
    assert "Причина не установлена." in text
    words = " ".join(_text(client, address) for address in PAGES)
    for english in ("The cause is not established", "no figure", "As of", "Sum over all countries", "Definition"):
        assert english not in words


def test_the_first_page_asks_the_database_few_questions(
    shown: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(18):
        client.get("/")
