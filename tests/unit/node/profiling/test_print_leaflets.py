"""The leaflets that a person takes along, and the interview on paper."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from panah.cores.lawbook import load_pack
from panah.cores.screening import screener
from panah.cores.screening.codes import LEAFLETS
from panah.foundation.journal import service as journal
from panah.foundation.languages import LANGUAGES
from panah.node.profiling import leaflets, paper_form

TAGS = [language.tag for language in LANGUAGES]
DAY = date(2026, 11, 21)


def pages(pdf: bytes, folder: Path) -> list[str]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return found.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("tag", TAGS)
def test_each_leaflet_is_one_page_and_says_that_it_is_a_draft(tag: str, tmp_path: Path) -> None:
    made = [leaflets.leaflet_of(code, tag, load_pack("kaz"), on=DAY) for code in LEAFLETS]
    assert all("[" not in line.text for leaflet in made for line in (leaflet.title, *leaflet.lines))
    found = pages(leaflets.as_pdf(made), tmp_path)
    assert len(found) == len(LEAFLETS)
    if tag != "en":
        assert not any(leaflet.checked for leaflet in made)
        assert all("Draft translation" in page for page in found)
        assert made[0].drafts[0].text in leaflets.as_html(made)


def test_a_leaflet_names_the_offices_of_the_state_and_no_unnamed_ones() -> None:
    kaz = leaflets.leaflet_of("asylum", "kk", load_pack("kaz"), on=DAY)
    assert [office.text for office in kaz.offices] == ["Жұмыспен қамту және әлеуметтік бағдарламалар басқармасы"]
    assert leaflets.leaflet_of("your_rights", "kk", load_pack("kaz"), on=DAY).offices == ()


def test_a_missing_text_shows_as_missing_and_a_wrong_code_is_refused() -> None:
    assert leaflets.leaflet_of("asylum", "ug", load_pack("kaz"), on=DAY).language == "en"
    with pytest.raises(ValueError, match="The leaflets are your_rights"):
        leaflets.leaflet_of("holidays", "ru", load_pack("kaz"), on=DAY)


def test_the_page_prints_what_the_proposal_asks_for_and_says_so_in_the_story(
    signed_in: Any, aida: Any, bolat: Any, zahra: Any, propose: Any, tmp_path: Path
) -> None:
    asked = propose(zahra).profile["information"]
    client, address = signed_in(aida), reverse("leaflets", args=[zahra.pk])
    assert address in client.get(reverse("proposal", args=[zahra.pk])).content.decode()
    found = client.get(address)
    assert found["Content-Type"] == "application/pdf"
    assert len(pages(found.content, tmp_path)) == len(asked)
    assert len(pages(client.get(address, {"leaflet": "asylum", "language": "ru"}).content, tmp_path)) == 1
    assert client.get(address, {"leaflet": "holidays"}).status_code == 404
    assert "profiling.leaflets_printed" in {line.code for line in journal.lines_of(zahra.pk)}
    assert signed_in(bolat).get(address).status_code == 404


@pytest.mark.parametrize("tag", ["ru", "fa", "ur", "kk", "tk"])
def test_what_everybody_is_asked_fits_the_first_two_pages(tag: str, tmp_path: Path) -> None:
    pack = load_pack("kaz")
    form = paper_form.paper_form_of(pack, tag, "en" if tag == "ru" else "ru", DAY)
    codes = [question.code for question in screener(pack).questions]
    assert sorted(row.code for row in (*form.first, *form.further)) == sorted(codes)
    found = [re.findall(r"^ *([A-Z]\d\d)\b", page, re.MULTILINE) for page in pages(paper_form.as_pdf(form), tmp_path)]
    assert {row.code for row in form.first} == {*found[0], *found[1]}
    assert [code for page in found for code in page if code not in codes] == []


def test_the_paper_carries_its_mark_page_numbers_and_codes(tmp_path: Path) -> None:
    pack = load_pack("kaz")
    form = paper_form.paper_form_of(pack, "tr", "ru", DAY)
    found = pages(paper_form.as_pdf(form), tmp_path)
    for number, page in enumerate(found, 1):
        assert f"panah_paper_kaz/1/{pack.version}/{pack.digest[:12]}" in page
        assert f"{number}/{len(found)}" in page.replace(" ", "")
        assert "Draft translation" in page
    assert "border_point" in found[0]
    assert "Пропустить, если: T01 ≠ Да" in found[2]


def test_the_direction_is_that_of_each_language() -> None:
    page = paper_form.as_html(paper_form.paper_form_of(load_pack("kaz"), "ps", "ru", DAY))
    assert '<html lang="ru" dir="ltr">' in page
    assert 'lang="ps" dir="rtl"' in page


def test_a_child_is_asked_in_words_for_a_child() -> None:
    form = paper_form.paper_form_of(load_pack("kaz"), "ru", "en", DAY, child=True)
    assert "child.accompanied_by" in {row.key for row in form.first}
    assert next(row for row in form.first if row.key == "person.birth_date").text.officer.startswith("How old are you")


def test_two_equal_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="the two differ"):
        paper_form.paper_form_of(load_pack("kaz"), "ru", "ru", DAY)
