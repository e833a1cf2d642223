"""Who is competent, on which day and where."""

from __future__ import annotations

from datetime import date

import pytest

from panah.cores.lawbook import load_pack

TODAY = date(2026, 11, 21)


def test_the_body_of_a_day_is_the_one_of_that_day() -> None:
    examplia = load_pack("xx")
    before, after = (examplia.body_for("asylum_authority", date(2021, *day)) for day in ((6, 30), (7, 1)))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("xx-office-for-refugees", "xx-agency-for-asylum")


def test_competence_for_refugees_in_kazakhstan_passed_in_2022() -> None:
    kazakhstan = load_pack("kaz")
    before = kazakhstan.body_for("asylum_authority", date(2022, 4, 6))
    after = kazakhstan.body_for("asylum_authority", date(2022, 4, 7), "ALA")
    assert before is not None
    assert after is not None
    assert before.id == "kaz-migration-service-committee"
    assert (after.id, after.area) == ("kaz-employment-department", "KZ-75")


def test_one_office_in_every_province_is_left_open_where_the_place_is_not_known() -> None:
    body = load_pack("kaz").body_for("asylum_authority", TODAY)
    assert body is not None
    assert body.area is None


def test_a_body_of_the_places_province_comes_before_the_one_of_the_state() -> None:
    examplia = load_pack("xx")
    north = examplia.body_for("child_protection", TODAY, "EX001-XX")
    centre = examplia.body_for("child_protection", TODAY, "EXA")
    nowhere = examplia.body_for("child_protection", TODAY)
    assert north is not None
    assert centre is not None
    assert north.id == "xx-child-office-north"
    assert centre == nowhere
    assert centre.id == "xx-child-ombudsperson"


def test_a_province_is_a_place_too() -> None:
    body = load_pack("xx").body_for("child_protection", TODAY, "XX-02")
    assert body is not None
    assert body.id == "xx-child-office-north"


def test_an_unknown_place_does_not_hide_the_body() -> None:
    assert load_pack("kaz").body_for("asylum_authority", TODAY, "NOWHERE") is not None


def test_an_unnamed_body_of_the_floor_stands_in_where_the_pack_names_none() -> None:
    body = load_pack("kaz").body_for("child_protection", TODAY)
    assert body is not None
    assert not body.named
    assert body.origin == "_floor"


def test_a_code_declared_absent_has_no_body_and_a_reason() -> None:
    examplia = load_pack("xx")
    assert examplia.body_for("ethnic_return_authority", TODAY) is None
    absence = examplia.absence_for("ethnic_return_authority", TODAY)
    assert absence is not None
    assert "no programme" in absence.why


def test_what_the_pack_does_not_name_is_an_open_question_to_the_state() -> None:
    questions = [question.text for question in load_pack("kaz").open_questions]
    assert any("child protection body" in text["en"] and "ru" in text for text in questions)


@pytest.mark.parametrize("code", ["uzb", "pak"])
def test_where_no_asylum_law_exists_claims_go_to_unhcr(code: str) -> None:
    body = load_pack(code).body_for("asylum_authority", TODAY)
    assert body is not None
    assert "UNHCR" in body.title["en"]


def test_almaty_airport_is_a_place_in_almaty() -> None:
    airport = load_pack("kaz").place("ALA")
    assert airport is not None
    assert (airport.kind, airport.mode, airport.province) == ("airport", "air", "KZ-75")


def test_kazakhstan_has_border_points_by_road_rail_and_air() -> None:
    places = load_pack("kaz").places
    assert {place.mode for place in places} >= {"road", "rail", "air"}
    assert sum(place.kind == "border_point" for place in places) >= 12
