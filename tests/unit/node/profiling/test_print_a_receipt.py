"""The paper that a person takes along, in their language, readable by eye and by ear."""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.journal import service as journal
from panah.foundation.languages import LANGUAGES
from panah.node.profiling import receipt, service, texts
from panah.node.profiling.actions import ConfirmProfile
from panah.node.profiling.receipt_code import code_of_file, file_of_code
from panah.node.profiling.service import ReferredTo
from panah.web.paper import printing

TAGS = [language.tag for language in LANGUAGES]


def words(pdf: bytes, folder: Path) -> str:
    """The text that a search takes out of the paper. Lam and alef, which are drawn as one, come out in either order."""
    path = folder / "receipt.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    plain = unicodedata.normalize("NFKC", found)
    return comparable("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in plain))


def comparable(text: str) -> str:
    """Without marks of direction and joiners, which are no letters, and with spaces made single."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return " ".join(letters.replace("لا", "ال").split())


def letters_of(text: str) -> str:
    """The letters alone: where spaces and vowel marks stand in a line from right to left, programs guess by their own rules."""
    return "".join(letter for letter in text if letter.isalpha())


def fonts(pdf: bytes, folder: Path) -> list[list[str]]:
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True).stdout
    return [line.split() for line in found.splitlines()[2:]]


def objects(pdf: bytes) -> str:
    """The packed objects of the paper, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return "".join(zlib.decompressobj().decompress(each).decode("latin-1") for each in packed if each[:1] == b"x")


def made(file: Any, tag: str) -> tuple[receipt.Paper, bytes]:
    paper = receipt.paper_of(file, tag, now())
    return paper, receipt.as_pdf(paper)


@pytest.mark.parametrize("tag", TAGS)
def test_the_text_comes_out_as_it_was_written_in_every_language(
    zahra: Any, propose: Any, tmp_path: Path, tag: str
) -> None:
    propose(zahra)
    paper, pdf = made(zahra, tag)
    assert paper.language == tag
    text = words(pdf, tmp_path)
    assert zahra.number in text
    for identifier in ("receipt.stay", "leaflet.your_rights.doctor", "leaflet.your_data.see"):
        said = texts.in_language(identifier, tag)
        assert said is not None
        first = letters_of(comparable(said.text))[:20]
        assert first in letters_of(text), (first, text)


@pytest.mark.parametrize("tag", TAGS)
def test_every_font_is_in_the_paper_and_ours(zahra: Any, tmp_path: Path, tag: str) -> None:
    found = fonts(made(zahra, tag)[1], tmp_path)
    assert found
    for font in found:
        assert font[0].partition("+")[2].split("-Bold")[0] in ("noto-sans", "vazirmatn"), font
        assert "yes" in font[-5:-2], font


@pytest.mark.parametrize(
    ("tag", "direction"), [("fa", "rtl"), ("ps", "rtl"), ("ur", "rtl"), ("ru", "ltr"), ("tk", "ltr")]
)
def test_the_direction_is_that_of_the_language(zahra: Any, tag: str, direction: str) -> None:
    paper, pdf = made(zahra, tag)
    assert paper.direction == direction
    assert f'<html lang="{tag}" dir="{direction}">' in receipt.as_html(paper)
    assert f"/Lang ({tag})" in objects(pdf)


def test_the_date_stands_in_both_calendars(zahra: Any) -> None:
    paper, _ = made(zahra, "fa")
    assert paper.own_day
    assert paper.day != paper.own_day
    assert made(zahra, "ru")[0].own_day == ""


def test_an_unchecked_translation_says_so(zahra: Any) -> None:
    paper, _ = made(zahra, "ps")
    assert not paper.checked
    assert paper.texts["unchecked"].text in receipt.as_html(paper)


def test_a_language_without_texts_falls_back_to_english_and_is_marked(zahra: Any) -> None:
    paper, _ = made(zahra, "ug")
    assert paper.language == "en"
    assert paper.direction == "ltr"


def test_every_language_has_every_text() -> None:
    for identifier in (*texts.ids("receipt."), *texts.ids("leaflet.")):
        assert [tag for tag in TAGS if texts.in_language(identifier, tag) is None] == [], identifier


def test_before_the_interview_the_paper_promises_nothing(zahra: Any, tmp_path: Path) -> None:
    paper, pdf = made(zahra, "en")
    text = words(pdf, tmp_path)
    assert "Nobody has asked you about your situation yet" in text
    assert "You are not sent out of the country" not in text
    assert paper.offices == ()


def test_the_paper_says_only_what_a_standing_hold_makes_true(arrive: Any, propose: Any) -> None:
    boy = arrive("Али", sex="male", citizenships=("AFG",), birth={"date": "2012"})
    trader = arrive("Рустам", sex="male", citizenships=("KAZ",), birth={"date": "1985-02-01"})
    propose(boy, {"child": {"accompanied_by": "nobody"}})
    propose(
        trader, {"purpose": ["return_home"], "protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}
    )
    assert made(boy, "ru")[0].safe == ("stay", "child")
    assert "child" not in made(trader, "ru")[0].safe


def test_the_offices_of_the_decision_are_named_and_those_that_need_consent_are_not(
    act: Any, aida: Any, zahra: Any, propose: Any
) -> None:
    found = propose(zahra)
    assert made(zahra, "en")[0].offices == ()
    act(aida, ConfirmProfile, proposal=found.pk)
    names = [office.name for office in made(zahra, "en")[0].offices]
    lines = {line["to"]: line for line in found.profile["referrals"]}
    assert lines["legal_aid"]["consent"] == "needed"
    assert "Department of Employment and Social Programs" in names
    assert "Legal aid" not in names


def test_an_office_that_was_told_is_named_with_the_day_of_its_answer(zahra: Any, propose: Any) -> None:
    propose(zahra)
    before = list(receipt._told)
    service.receipt_offices_from(lambda file: [ReferredTo("unhcr-office", now())])
    try:
        paper = made(zahra, "ru")[0]
    finally:
        receipt._told[:] = before
    (office,) = paper.offices
    assert paper.offices_heading == "next_told"
    assert office.answer_by.startswith("Ответ до:")


def test_the_sign_holds_an_opaque_number_and_nothing_else(zahra: Any) -> None:
    paper, _ = made(zahra, "fa")
    plain = paper.code.replace("-", "")
    assert len(plain) == 27
    assert plain.isalnum()
    assert zahra.pk.hex[:8].upper() not in plain
    assert "ALA" not in receipt.as_html(paper).partition("<svg")[2].partition("</svg>")[0]
    assert "http" not in paper.square.replace("http://www.w3.org/2000/svg", "")


def test_the_number_leads_back_to_its_file_and_a_slip_of_the_pen_does_not() -> None:
    file = uuid7()
    code = code_of_file(file)
    assert file_of_code(code) == file
    assert file_of_code(code.lower().replace("-", " ")) == file
    letters = code.replace("-", "")
    for place in range(26):
        other = "7" if letters[place] != "7" else "8"
        assert file_of_code(letters[:place] + other + letters[place + 1 :]) is None
    for nonsense in ("", "ALA-261121-0042", "Z" * 27, letters[:-1], letters + "0"):
        assert file_of_code(nonsense) is None


def test_two_files_of_one_moment_have_nothing_in_common() -> None:
    one, other = code_of_file(uuid7()), code_of_file(uuid7())
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 14


def test_the_page_gives_the_paper_in_the_persons_language_or_the_one_asked_for(
    signed_in: Any, aida: Any, zahra: Any, propose: Any, tmp_path: Path
) -> None:
    propose(zahra)
    client, address = signed_in(aida), reverse("receipt", args=[zahra.pk])
    own = client.get(address)
    assert own["Content-Type"] == "application/pdf"
    assert "رسید" in words(own.content, tmp_path)
    assert "Справка о приёме" in words(client.get(address, {"language": "ru"}).content, tmp_path)
    assert "profiling.receipt_printed" in {line.code for line in journal.lines_of(zahra.pk)}


def test_the_paper_is_not_there_for_strangers(
    signed_in: Any, officer: Any, bolat: Any, consul: Any, zahra: Any, client: Any
) -> None:
    address = reverse("receipt", args=[zahra.pk])
    for other in (bolat, consul, officer("asylum_officer", post="ALA"), officer("ombudsman")):
        assert signed_in(other).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_a_receipt_opens_its_file_for_the_post_and_for_nobody_else(
    signed_in: Any, aida: Any, bolat: Any, consul: Any, zahra: Any
) -> None:
    address, sent = reverse("receipt_find"), {"code": code_of_file(zahra.pk)}
    assert signed_in(aida).post(address, sent).url == reverse("file", args=[zahra.pk])
    stranger, nothing = signed_in(bolat).post(address, sent), signed_in(bolat).post(address, {"code": "A" * 27})
    assert stranger.status_code == nothing.status_code == 422
    assert stranger.context["form"].errors == nothing.context["form"].errors
    assert signed_in(consul).get(address).status_code == 404


def test_the_paper_fetches_nothing_but_its_fonts() -> None:
    with pytest.raises(ValueError, match="fonts"):
        printing._OwnFonts({}).fetch("file:///etc/hostname")
