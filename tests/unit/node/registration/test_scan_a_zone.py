"""The machine-readable zone fills the form; its check digits ask and never refuse."""

from __future__ import annotations

import html
import re

import pytest

from panah.node.registration import zone
from panah.node.registration.models import PersonFile
from panah.node.registration.service import record_part

PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
REFUGEE = "P<KAZRAHIMI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nP012345674XXB7408122F2804159<<<<<<<<<<<<<<00"

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan(aida, signed_in, form_of):
    client = signed_in(aida)
    hidden = form_of(client, "/arrivals/new/")

    def post(lines, address="/arrivals/new/zone/", **written):
        return client.post(address, hidden | {"zone": lines} | written)

    return post


def value_of(page: str, field: str) -> str:
    found = re.search(rf'<input[^>]*name="{field}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return html.unescape(value[1]) if value else ""


def test_the_zone_fills_the_form_and_each_check_is_a_tick(scan):
    page = scan(PASSPORT).content.decode()
    assert page.count('class="check-ok"') == 5
    filled = {field: value_of(page, field) for field in ("family", "given", "birth_date", "documents-0-number")}
    assert filled == {
        "family": "ERIKSSON",
        "given": "ANNA MARIA",
        "birth_date": "1974-08-12",
        "documents-0-number": "L898902C3",
    }
    assert '<option value="passport" selected>' in page
    assert '<option value="expired" selected>' in page


def test_a_wrong_check_digit_asks_and_never_refuses(scan):
    wrong = PASSPORT.replace("L898902C36", "L898902C37")
    page = scan(wrong).content.decode()
    assert 'class="check-doubt"' in page
    sent = {"family": "ERIKSSON", "documents-0-type": "passport", "documents-0-number": "L898902C3"}
    assert scan(wrong, "/arrivals/new/", **sent).status_code == 302
    document = PersonFile.objects.get().documents.get()
    assert document.zone.replace("\r", "") == wrong
    assert document.reading["checks"]["number"] == "wrong"


def test_a_refugee_document_with_wrong_digits_prompts_and_is_registered(scan):
    page = scan(REFUGEE).content.decode()
    assert "the person is protected" in page
    assert value_of(page, "full_name") == "RAHIMI"
    assert value_of(page, "family") == ""
    assert value_of(page, "citizenship") == "Refugee under the 1951 Convention"
    sent = {
        "full_name": "RAHIMI",
        "citizenship": "XXB",
        "documents-0-type": "travel_document_1951",
        "documents-0-issuer": "KAZ",
        "documents-0-number": "P01234567",
    }
    assert scan(REFUGEE, "/arrivals/new/", **sent).status_code == 302
    record = record_part(PersonFile.objects.get())
    assert record["person"]["citizenships"] == ["XXB"]
    assert record["documents"][0]["type"] == "travel_document_1951"
    assert record["protection"] == {"status_elsewhere": {"country": "KAZ", "status": "refugee"}}


def test_what_a_hand_wrote_is_not_overwritten(scan):
    page = scan(PASSPORT, family="Эрикссон").content.decode()
    assert value_of(page, "family") == "Эрикссон"
    assert value_of(page, "given") == "ANNA MARIA"


def test_another_document_takes_back_what_the_first_filled_in(scan):
    first = scan(PASSPORT).content.decode()
    before = {
        field: value_of(first, field) for field in ("from_zone", "family", "given", "birth_date", "documents-0-number")
    }
    second = scan(REFUGEE, **before).content.decode()
    assert (value_of(second, "family"), value_of(second, "given"), value_of(second, "full_name")) == ("", "", "RAHIMI")


@pytest.mark.parametrize("text", ["", "P<UTO", "hello", "<script>alert(1)</script>", "\x00" * 50, "<" * 400])
def test_half_a_zone_and_nonsense_are_answered_calmly(scan, text):
    answer = scan(text, family="Ali")
    assert answer.status_code == 200
    assert value_of(answer.content.decode(), "family") == "Ali"
    assert "<script>alert" not in answer.content.decode()


def test_without_scripts_a_button_reads_the_zone(scan):
    page = scan(PASSPORT, "/arrivals/new/", read_zone="1").content.decode()
    assert value_of(page, "given") == "ANNA MARIA"
    assert 'class="check-ok"' in page
    assert not PersonFile.objects.exists()


def test_garbled_memory_of_the_last_zone_is_ignored(scan):
    assert scan(PASSPORT, from_zone="{not json").status_code == 200
    assert scan(PASSPORT, from_zone="[1]").status_code == 200


def test_the_zone_is_read_for_nobody_else(marat, consul, signed_in):
    for person in (marat, consul):
        assert signed_in(person).post("/arrivals/new/zone/", {"zone": PASSPORT}).status_code == 404


def test_filling_keeps_hands_and_replaces_earlier_readings():
    before, new = {"family": "OLD", "given": "X"}, {"family": "NEW", "sex": "female"}
    posted = {"family": "OLD", "given": "X", "sex": "unknown", "father": "Karim"}
    assert zone.filled(posted, before, new) == {"family": "NEW", "given": "", "sex": "female", "father": "Karim"}
