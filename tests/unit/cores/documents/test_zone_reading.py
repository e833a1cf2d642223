"""Reading whole zones of every format."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.documents import PROBLEM_CODES, Fields, Reading, compose, read_zone
from panah.cores.documents.alphabet import check_digit
from panah.cores.documents.layouts import BY_FORMAT
from panah.cores.documents.lines import FILLER_LOOKALIKES
from tests.unit.cores.documents.zones import (
    FRENCH_CARD,
    GERMAN_PASSPORT,
    MRV_A,
    ON,
    SPECIMENS,
    TD1,
    TD2,
    TD3,
    fields,
    replaced,
)

KEYS = [
    "format",
    "type",
    "issuer",
    "number",
    "nationality",
    "names",
    "birth_date",
    "sex",
    "expiry",
    "optional",
    "class",
    "checks",
    "valid",
    "problems",
]


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


def zone_of(**changed: str) -> str:
    """A passport of an invented refugee, with fields changed."""
    values = {
        "format": "TD3",
        "type": "P",
        "issuer": "KAZ",
        "number": "N00000017",
        "nationality": "KAZ",
        "primary": "Ахметова",
        "secondary": "Айгүл",
        "birth_date": "1990-03-04",
        "sex": "female",
        "expiry": "2030-03-03",
    }
    return "\n".join(compose(Fields(**(values | changed))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("covered", "digit"),
    [
        ("520727", "3"),
        ("AB2134<<<", "5"),
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", "2"),
        ("HA672242<658022549601086<<<<<<<", "8"),
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
    ],
)
def test_check_digits_are_those_of_the_worked_examples_of_doc_9303(covered: str, digit: str) -> None:
    assert check_digit(covered) == digit


def test_the_passport_specimen_is_read_to_the_last_field() -> None:
    assert read_zone(TD3, ON).as_json() == {
        "format": "TD3",
        "type": "P",
        "issuer": "UTO",
        "number": "L898902C3",
        "nationality": "UTO",
        "names": {"primary": "ERIKSSON", "secondary": "ANNA MARIA", "truncated": False},
        "birth_date": {"value": "1974-08-12", "precision": "day", "printed": "740812"},
        "sex": "female",
        "expiry": "2012-04-15",
        "optional": "ZE184226B",
        "class": "national",
        "checks": {"number": "ok", "birth_date": "ok", "expiry": "ok", "optional": "ok", "composite": "ok"},
        "valid": True,
        "problems": [],
    }


@pytest.mark.parametrize(
    ("format_", "number", "optional", "expiry", "absent"),
    [
        ("TD3", "L898902C3", "ZE184226B", "2012-04-15", set()),
        ("TD2", "D23145890", None, "2012-04-15", {"optional"}),
        ("TD1", "D23145890", None, "2012-04-15", {"optional"}),
        ("MRV-A", "L898902C", "ZE184226B", "1994-06-23", {"optional", "composite"}),
        ("MRV-B", "L898902C", "ZE184226", "1994-06-23", {"optional", "composite"}),
    ],
)
def test_the_specimen_of_each_format_is_read_and_valid(
    format_: str, number: str, optional: str | None, expiry: str, absent: set[str]
) -> None:
    reading = read_zone(SPECIMENS[format_], ON)
    assert reading.format == format_
    assert reading.valid
    assert (reading.names.primary, reading.names.secondary) == ("ERIKSSON", "ANNA MARIA")
    assert (reading.number, reading.optional, reading.expiry.value) == (number, optional, expiry)
    assert {name for name, state in reading.checks.items() if state == "absent"} == absent
    assert {state for name, state in reading.checks.items() if name not in absent} == {"ok"}


CHECK_FIELDS = [
    (format_, name)
    for format_, zone in SPECIMENS.items()
    for name in ("number", "birth_date", "expiry", "optional", "composite")
    if (name if name == "composite" else f"{name}_check") in BY_FORMAT[format_].spans and zone
]


@pytest.mark.parametrize(("format_", "name"), CHECK_FIELDS)
@pytest.mark.parametrize("added", [1, 4, 7])
def test_a_wrong_check_digit_warns_and_never_refuses(format_: str, name: str, added: int) -> None:
    zone = SPECIMENS[format_]
    whole = read_zone(zone, ON)
    span = BY_FORMAT[format_].spans[name if name == "composite" else f"{name}_check"]
    printed = zone.split("\n")[span.line][span.start]
    reading = read_zone(replaced(zone, span.line + 1, span.start + 1, str((int(printed) + added) % 10)), ON)
    assert not reading.valid
    assert reading.checks[name] == "wrong"
    said = [problem for problem in reading.problems if problem.code == "check_digit_wrong"]
    assert (span.line + 1, span.start + 1) in {(problem.line, problem.position) for problem in said}
    given_anyway = ("type", "issuer", "number", "nationality", "names", "birth_date", "sex", "expiry", "optional")
    assert {key: reading.as_json()[key] for key in given_anyway} == {key: whole.as_json()[key] for key in given_anyway}


def test_output_has_exactly_the_keys_of_the_contract_in_its_order() -> None:
    assert list(read_zone(TD3, ON).as_json()) == KEYS
    assert list(read_zone("rubbish", ON).as_json()) == KEYS


def test_a_long_number_of_a_card_runs_on_into_the_optional_data() -> None:
    zone = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
    reading = read_zone(zone, ON)
    assert (reading.number, reading.optional, reading.checks["number"]) == ("D23145890734", None, "ok")


def test_a_long_number_with_a_wrong_check_digit_is_still_whole() -> None:
    zone = "I<UTOD23145890<7348<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
    reading = read_zone(zone, ON)
    assert (reading.number, reading.checks["number"], reading.valid) == ("D23145890734", "wrong", False)


@given(fields(formats=("TD1", "TD2"), longest_number=14))
def test_long_numbers_come_back_as_they_were_written(given_fields: Fields) -> None:
    if given_fields.format == "TD2" and len(given_fields.number) > 14:
        return
    reading = read_zone("\n".join(compose(given_fields)), ON)
    assert (reading.number, reading.checks["number"]) == (given_fields.number, "ok")


def test_an_empty_field_may_have_a_filler_or_a_zero_for_its_check_digit() -> None:
    filler = read_zone(GERMAN_PASSPORT, ON)
    zero = read_zone(replaced(GERMAN_PASSPORT, 2, 43, "0"), ON)
    assert (filler.checks["optional"], filler.valid) == ("absent", True)
    assert (zero.checks["optional"], zero.valid) == ("ok", True)


def test_a_filler_in_place_of_a_check_digit_that_is_needed_is_told() -> None:
    reading = read_zone(replaced(TD3, 2, 20, "<"), ON)
    assert reading.checks["birth_date"] == "absent"
    assert "check_digit_absent" in codes(reading)
    assert not reading.valid


def test_the_code_of_germany_is_one_letter() -> None:
    reading = read_zone(GERMAN_PASSPORT, ON)
    assert (reading.issuer, reading.nationality, reading.document_class) == ("D", "D", "national")
    assert reading.to_registration()["citizenships"] == ["DEU"]


@pytest.mark.parametrize(
    ("type_", "issuer", "nationality", "expected"),
    [
        ("P", "KAZ", "XXB", "refugee_1951"),
        ("PR", "KAZ", "XXB", "refugee_1951"),
        ("PP", "KAZ", "XXA", "stateless_1954"),
        ("PS", "KAZ", "XXB", "refugee_1951"),
        ("PR", "KAZ", "XXA", "stateless_1954"),
        ("P", "KAZ", "XXC", "other"),
        ("PR", "KAZ", "XXC", "other"),
        ("PR", "KAZ", "XXX", "refugee_1951"),
        ("PS", "KAZ", "XXX", "stateless_1954"),
        ("PR", "KAZ", "AFG", "refugee_1951"),
        ("PR", "KAZ", "", "refugee_1951"),
        ("PS", "KAZ", "KAZ", "national"),
        ("PT", "KAZ", "XXX", "other"),
        ("P", "KAZ", "XXX", "other"),
        ("P", "KAZ", "KAZ", "national"),
        ("PD", "UZB", "UZB", "national"),
        ("P", "KAZ", "", "national"),
        ("PL", "UNO", "UNO", "other"),
        ("P", "UNA", "UNA", "other"),
        ("P", "EUE", "EUE", "other"),
        ("P", "RKS", "RKS", "national"),
        ("P", "SUN", "SUN", "other"),
    ],
)
def test_the_class_follows_the_nationality_first_and_the_document_code_second(
    type_: str, issuer: str, nationality: str, expected: str
) -> None:
    reading = read_zone(zone_of(type=type_, issuer=issuer, nationality=nationality), ON)
    assert reading.document_class == expected
    assert "unknown_code" not in codes(reading)


def test_a_service_passport_of_old_with_the_letters_ps_is_told() -> None:
    reading = read_zone(zone_of(type="PS"), ON)
    assert "document_code_contradicts_nationality" in codes(reading)
    assert reading.valid


def test_a_code_in_no_list_is_told_and_kept() -> None:
    reading = read_zone(zone_of(nationality="QQQ"), ON)
    assert reading.nationality == "QQQ"
    assert "unknown_code" in codes(reading)
    assert reading.valid


def test_a_document_code_that_no_part_of_doc_9303_uses_is_told() -> None:
    assert "unknown_document_code" in codes(read_zone(replaced(TD3, 1, 1, "R"), ON))


def test_one_name_is_a_whole_name() -> None:
    reading = read_zone(zone_of(primary="Гулбахор", secondary=""), ON)
    assert reading.names.as_json() == {"primary": "GULBAKHOR", "secondary": None, "truncated": False}
    assert reading.valid
    names = reading.to_registration()["names"]
    assert names == {"primary": "GULBAKHOR", "secondary": None, "single": True, "truncated": False}


@pytest.mark.parametrize(
    "line",
    [
        "PPUTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        "PPUTONILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        "PPUTOBENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI",
        "PPUTOPAPANDROPOULOUS<<JONATHON<WARREN<TREVOR",
    ],
)
def test_a_name_that_reaches_the_last_position_counts_as_cut(line: str) -> None:
    reading = read_zone(line + "\n" + TD3.split("\n")[1], ON)
    assert reading.names.truncated
    assert reading.names.secondary


@pytest.mark.parametrize("placeholder", ["FNU", "LNU", "XXX", "UNKNOWN"])
def test_what_stands_for_a_missing_name_is_never_stored_as_one(placeholder: str) -> None:
    reading = read_zone(zone_of(primary=placeholder, secondary="Zarmina"), ON)
    assert "placeholder_name" in codes(reading)
    assert reading.to_registration()["names"] == {
        "primary": None,
        "secondary": "ZARMINA",
        "single": True,
        "truncated": False,
    }


@pytest.mark.parametrize(
    ("given_date", "printed", "precision"),
    [("1990-03", "9003<<", "month"), ("1990", "90<<<<", "year"), ("", "<<<<<<", "unknown")],
)
def test_a_date_of_birth_partly_unknown_keeps_its_precision(given_date: str, printed: str, precision: str) -> None:
    reading = read_zone(zone_of(birth_date=given_date), ON)
    assert reading.birth_date.as_json() == {"value": given_date or None, "precision": precision, "printed": printed}
    assert reading.valid


def test_an_unknown_sex_is_unspecified_and_an_x_is_told() -> None:
    unknown = read_zone(replaced(TD3, 2, 21, "<"), ON)
    printed_x = read_zone(replaced(TD3, 2, 21, "X"), ON)
    assert (unknown.sex, unknown.valid, codes(unknown)) == ("unspecified", True, set())
    assert (printed_x.sex, printed_x.valid, codes(printed_x)) == ("unspecified", True, {"sex_not_allowed"})


def test_the_french_card_is_read_by_its_own_layout() -> None:
    reading = read_zone(FRENCH_CARD, ON)
    assert reading.valid
    assert (reading.format, reading.number, reading.birth_date.value) == ("TD2", "880692310285", "1965-12-06")
    assert (reading.names.primary, reading.names.secondary) == ("BERTHIER", "CORINNE")
    assert (reading.nationality, reading.expiry.value, reading.document_class) == (None, None, "national")
    assert "national_layout" in codes(reading)


def test_a_refugee_travel_document_with_a_wrong_digit_still_prompts() -> None:
    zone = zone_of(nationality="XXB", type="PR")
    digit = zone.split("\n")[1][9]
    reading = read_zone(replaced(zone, 2, 10, str((int(digit) + 1) % 10)), ON)
    assert (reading.valid, reading.document_class, reading.checks["number"]) == (False, "refugee_1951", "wrong")


@pytest.mark.parametrize(
    ("zone", "type_", "status"),
    [
        (zone_of(), "passport", "valid"),
        (zone_of(expiry="2020-01-01"), "passport", "expired"),
        (zone_of(expiry="2026-11-21"), "passport", "valid"),
        (zone_of(nationality="XXB"), "travel_document_1951", "valid"),
        (zone_of(nationality="XXA"), "travel_document_1954", "valid"),
        (zone_of(nationality="XXC"), "other", "valid"),
        (zone_of(issuer="SUN", nationality="SUN"), "ussr_passport", "valid"),
        (zone_of(type="PL", issuer="UNO", nationality="UNO"), "other", "valid"),
        (zone_of(format="TD1", type="I"), "id_card", "valid"),
        (zone_of(format="TD1", type="I", nationality="UZB"), "other", "valid"),
        (MRV_A, "visa", "expired"),
        (FRENCH_CARD, "id_card", None),
    ],
)
def test_a_registration_is_filled_in_with_the_words_of_the_screening_contract(
    zone: str, type_: str, status: str | None
) -> None:
    document = read_zone(zone, ON).to_registration()["document"]
    assert isinstance(document, dict)
    assert (document["type"], document["status"]) == (type_, status)


def test_a_recognised_status_is_proposed_with_the_state_that_gave_it() -> None:
    refugee = read_zone(zone_of(issuer="TUR", nationality="XXB"), ON).to_registration()
    other_refugee = read_zone(zone_of(issuer="TUR", nationality="XXC"), ON).to_registration()
    stateless = read_zone(zone_of(issuer="KGZ", nationality="XXA"), ON).to_registration()
    national = read_zone(zone_of(), ON).to_registration()
    assert refugee["status_elsewhere"] == {"country": "TUR", "status": "refugee"}
    assert (other_refugee["status_elsewhere"], other_refugee["citizenships"]) == (
        {"country": "TUR", "status": "refugee"},
        ["XXX"],
    )
    assert (stateless["status_elsewhere"], stateless["citizenships"]) == (
        {"country": "KGZ", "status": "stateless"},
        ["XXA"],
    )
    assert (national["status_elsewhere"], national["citizenships"]) == (None, ["KAZ"])


def test_an_official_of_the_united_nations_has_no_citizenship_in_the_zone() -> None:
    filled = read_zone(zone_of(type="PL", issuer="UNO", nationality="UNO"), ON).to_registration()
    assert filled["citizenships"] == []
    assert filled["nationality_code"] == "UNO"


@settings(max_examples=300)
@given(fields())
def test_what_is_composed_is_read_back(given_fields: Fields) -> None:
    reading = read_zone("\n".join(compose(given_fields)), ON)
    assert reading.valid, reading.problems
    assert reading.format == given_fields.format
    assert (reading.type, reading.issuer, reading.nationality) == (
        given_fields.type,
        given_fields.issuer,
        given_fields.nationality,
    )
    assert (reading.number, reading.optional or "") == (given_fields.number, given_fields.optional)
    assert (reading.names.primary, reading.names.secondary or "") == (given_fields.primary, given_fields.secondary)
    assert (reading.birth_date.value or "", reading.expiry.value) == (given_fields.birth_date, given_fields.expiry)
    assert reading.sex == given_fields.sex


_zone_text = st.text("ABCPVIUTOKSL<<<<0123456789\n «", max_size=140)


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=300), _zone_text, st.text("<AZ09", min_size=88, max_size=90)))
def test_any_text_gives_a_reading_and_never_raises(text: str) -> None:
    reading = read_zone(text, ON)
    assert list(reading.as_json()) == KEYS
    assert {problem.code for problem in reading.problems} <= set(PROBLEM_CODES)
    assert all(problem.sentence.endswith(".") for problem in reading.problems)
    reading.to_registration()
    json.dumps(reading.as_json())


@settings(max_examples=300)
@given(st.sampled_from([TD1, TD2, TD3, MRV_A]), st.data())
def test_a_damaged_zone_never_raises_and_is_never_valid_in_silence(zone: str, data: st.DataObject) -> None:
    characters = list(zone)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(characters) - 1))
        characters[at] = data.draw(st.characters(codec="utf-8"))
    reading = read_zone("".join(characters), ON)
    reading.to_registration()
    if reading.is_zone and reading.valid and "".join(reading.lines) != "".join(characters).replace("\n", ""):
        typed = "".join("<" if one in FILLER_LOOKALIKES else one for one in characters)
        folded = "".join(typed.upper().split())
        assert reading.problems or "".join(reading.lines) == folded


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "hello", "an ordinary sentence of a letter\nand a second one", "A" * 44 + "\n" + "0" * 44, "<" * 88],
)
def test_what_is_no_zone_says_so_with_what_was_found_and_what_is_allowed(text: str) -> None:
    reading = read_zone(text, ON)
    assert not reading.is_zone
    assert not reading.valid
    (problem,) = reading.problems
    assert problem.code == "not_a_zone"
    assert "found" in problem.sentence
    assert "44" in problem.sentence


def test_the_day_of_reading_decides_the_century_of_a_birth() -> None:
    zone = zone_of(birth_date="2026-11-20", expiry="2031-11-19")
    assert read_zone(zone, date(2026, 11, 20)).birth_date.value == "2026-11-20"
    assert read_zone(zone, date(2026, 11, 19)).birth_date.value == "1926-11-20"
