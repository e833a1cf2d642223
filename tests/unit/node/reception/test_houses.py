"""Houses: closing and opening, a place for tonight, what is needed and in store, what is told to those who oversee."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.notices.service import waiting_for
from panah.node.reception import houses, rules, service
from panah.node.reception.acts import (
    Announce,
    CountSupply,
    FollowIncident,
    HandOutItem,
    KeepApart,
    MoveOut,
    ReportIncident,
    SetAppointment,
)
from panah.node.reception.board import sections
from panah.node.reception.house_acts import (
    AnswerPlace,
    AskPlace,
    ChangeStock,
    CloseCentre,
    CloseUnit,
    ReopenCentre,
    ReopenUnit,
)
from panah.node.reception.models import Announcement, Centre, Incident, PlaceAsked, Stay
from panah.node.registration.models import PersonFile
from tests.unit.node.api.test_interface import Program
from tests.unit.node.reception.conftest import WHEN, Lake, open_centre


def refused(lake: Lake, action: Any, **said: Any) -> str:
    with pytest.raises(Refused) as refusal:
        lake.act(action, **said)
    return refusal.value.code


def ask(lake: Lake, file: Any, centre: Centre | None = None) -> PlaceAsked:
    made = uuid7()
    lake.act(AskPlace, by=lake.clerk, ask=made, file=file, centre=(centre or lake.centre).pk)
    return PlaceAsked.objects.get(pk=made)


def test_a_house_is_never_closed_over_somebody_s_head(lake: Lake) -> None:
    unit = lake.unit("1")
    stay = lake.move(lake.person(), "1")
    assert refused(lake, CloseUnit, unit=unit.pk) == "somebody_there"
    assert refused(lake, CloseCentre, centre=lake.centre.pk) == "somebody_there"
    lake.act(MoveOut, stay=stay.pk, why="own_housing", will="agrees")
    lake.act(CloseUnit, unit=unit.pk)
    lake.act(CloseCentre, centre=lake.centre.pk)
    assert Stay.objects.get(pk=stay.pk).ended_why == "own_housing"


def test_nobody_moves_into_what_is_closed_and_its_places_are_not_counted_until_it_opens_again(lake: Lake) -> None:
    unit, person = lake.unit("1", places=4), lake.person()
    lake.unit("2", places=2)
    places = lambda: service.occupancy(Centre.objects.filter(pk=lake.centre.pk))[lake.centre.pk].places  # noqa: E731
    lake.act(CloseUnit, unit=unit.pk)
    assert places() == 2
    with pytest.raises(Refused) as refusal:
        lake.move(person, "1")
    assert refusal.value.code == "closed_unit"
    lake.act(ReopenUnit, unit=unit.pk)
    assert places() == 6
    lake.act(CloseCentre, centre=lake.centre.pk)
    assert places() == 0
    with pytest.raises(Refused):
        lake.move(person, "1")
    lake.act(ReopenCentre, centre=lake.centre.pk)
    assert lake.move(person, "1", reason="Near the door.").ended_at is None


def test_a_post_asks_for_the_family_and_the_centre_that_says_yes_may_give_them_a_unit(
    lake: Lake, officer: Callable[..., Any]
) -> None:
    other = officer("social_officer", body="other-body")
    house = open_centre(other, "HILL", title="House on the hill")
    mother, child = lake.family(("female", "1990"), ("male", "2019"))
    asked = ask(lake, mother, house)
    assert asked.people == 2
    assert [word.code for word in waiting_for(other)] == ["reception.place_asked"]
    with pytest.raises(NotAllowed):
        lake.act(AnswerPlace, ask=asked.pk, answer="given")
    lake.act(AnswerPlace, by=other, ask=asked.pk, answer="given")
    assert set(Announcement.objects.filter(centre=house, ended_at=None).values_list("file", flat=True)) == {
        mother,
        child,
    }
    assert [word.code for word in waiting_for(lake.clerk)] == ["reception.place_answered"]


def test_a_place_for_a_husband_draws_no_wife_to_him_who_fears_him_or_is_expected_in_a_shelter(lake: Lake) -> None:
    husband, afraid, hidden = lake.family(("male", "1985-01-01"), ("female", "1990-05-03"), ("female", "1961-05-03"))
    shelter = open_centre(lake.social, "SAFE", title="Hidden house", kind="shelter")
    lake.act(Announce, announcement=uuid7(), file=hidden, centre=shelter.pk, on=WHEN.date())
    number = PersonFile.objects.get(pk=husband).number
    lake.act(KeepApart, fear=uuid7(), file=afraid, other_number=number)
    asked = ask(lake, husband)
    lake.act(AnswerPlace, ask=asked.pk, answer="given")
    expected = dict(Announcement.objects.filter(ended_at=None).values_list("file", "centre"))
    assert expected == {husband: lake.centre.pk, hidden: shelter.pk}
    assert refused(lake, AskPlace, by=lake.clerk, ask=uuid7(), file=hidden, centre=lake.centre.pk) == "has_place"


def test_a_no_says_why_and_another_centre_can_be_asked(lake: Lake) -> None:
    person = lake.person()
    asked = ask(lake, person)
    assert refused(lake, AnswerPlace, ask=asked.pk, answer="declined") == "no_reason"
    with pytest.raises(Refused) as twice:
        ask(lake, person)
    assert twice.value.code == "asked_already"
    lake.act(AnswerPlace, ask=asked.pk, answer="declined", why="The roof is open.")
    assert ask(lake, person).pk != asked.pk
    assert not Announcement.objects.exists()


def test_a_shelter_cannot_be_asked_and_reads_like_a_centre_that_is_not_there(lake: Lake, signed_in: Any) -> None:
    shelter = open_centre(lake.social, "SAFE", title="Hidden house", kind="shelter")
    person, told = lake.person(), []
    for centre in (shelter.pk, uuid7()):
        with pytest.raises(Refused) as refusal:
            lake.act(AskPlace, by=lake.clerk, ask=uuid7(), file=person, centre=centre)
        told.append(str(refusal.value))
    assert told[0] == told[1]
    page = signed_in(lake.clerk).get(f"/files/{person}/place/").content.decode()
    assert "House at the lake" in page
    assert "Hidden house" not in page


def test_where_somebody_sleeps_is_not_said_on_the_page_of_the_post(lake: Lake, signed_in: Any) -> None:
    lake.unit("1")
    person = lake.person()
    lake.move(person, "1")
    page = signed_in(lake.clerk).get(f"/files/{person}/place/").content.decode()
    assert "The person has a place to sleep." in page
    assert "House at the lake" not in page


def test_what_is_missing_is_said_for_the_days_to_come_and_for_how_many_people() -> None:
    water = rules.Need("reception/water_litres", Decimal(300), Decimal(255))
    toilets = rules.Need("reception/persons_per_toilet", Decimal(2), Decimal(1))
    unknown = rules.Need("reception/food_kcal", Decimal(4000), None)
    one, two, three = rules.ahead((water, toilets, unknown), 20)
    assert (one.days, one.people) == ({1: 45, 7: 315, 30: 1350}, 3)
    assert (two.days, two.people) == ({1: 1, 7: 1, 30: 1}, 10)
    assert (set(three.days.values()), three.people) == ({None}, None)


def test_the_page_of_needs_goes_out_as_a_table_too(lake: Lake, signed_in: Any) -> None:
    lake.unit("1", square_metres=10)
    lake.move(lake.person(), "1")
    lake.act(CountSupply, centre=lake.centre.pk, parameter="reception/water_litres", amount=1)
    address = f"/reception/centres/{lake.centre.pk}/needs/"
    assert "not counted" in signed_in(lake.social).get(address).content.decode()
    rows = signed_in(lake.social).get(f"{address}?format=csv").content.decode().splitlines()
    assert len(rows) > 3
    assert "Missing in 30 days" in rows[0]


def test_the_store_goes_down_with_each_hand_out_and_says_how_long_it_lasts(lake: Lake) -> None:
    lake.unit("1")
    stay = lake.move(lake.person(), "1")
    lake.act(ChangeStock, centre=lake.centre.pk, stock=uuid7(), item="bedding", amount=30, why="delivery")
    lake.act(ChangeStock, centre=lake.centre.pk, stock=uuid7(), item="bedding", amount=2, why="spoilt")
    with standing_at(WHEN + timedelta(days=1)):
        lake.act(HandOutItem, stay=stay.pk, hand_out=uuid7(), item="bedding", amount=4, receipt="signed")
        lake.act(HandOutItem, stay=stay.pk, hand_out=uuid7(), item="water", amount=3, receipt="signed")
    found = {one.item: one for one in houses.store(lake.centre, WHEN + timedelta(days=2))}
    assert (found["bedding"].left, found["bedding"].days) == (24, 12)
    assert (found["water"].left, found["water"].days) == (None, None)


def test_those_who_oversee_see_what_nobody_followed_up_and_no_shelter(lake: Lake) -> None:
    lake.unit("1")
    shelter = open_centre(lake.social, "SAFE", title="Hidden house", kind="shelter")
    for centre, kind in ((lake.centre, "theft"), (shelter, "sexual_violence")):
        lake.act(ReportIncident, centre=centre.pk, incident=uuid7(), kind=kind, what="It happened.")
    found = {section.code: section for section in sections()}
    with standing_at(WHEN + timedelta(hours=20)):
        assert found["reception-incidents"].count() == 0
    with standing_at(WHEN + timedelta(hours=25)):
        rows = found["reception-incidents"].rows()
        assert [row.lane for row in rows if row.who == ""] == ["violence_and_mind"]
        assert "Hidden" not in str(rows)
        first = Incident.objects.get(kind="theft")
        lake.act(FollowIncident, incident=first.pk, follow_up=uuid7(), what="The bag was found.")
        assert found["reception-incidents"].count() == 1


def test_a_child_of_school_age_without_an_appointment_is_on_the_board_after_a_week(lake: Lake) -> None:
    lake.unit("1", places=4)
    mother, boy, baby = lake.family(("female", "1990"), ("male", "2015"), ("male", "2025"))
    lake.move(mother, "1", boy, baby)
    later = WHEN + timedelta(days=8)
    assert [stay.file for stay in houses.without_school(later)] == [boy]
    stay = Stay.objects.get(file=boy)
    lake.act(SetAppointment, stay=stay.pk, appointment=uuid7(), kind="school", at=later, where="School 4")
    assert not houses.without_school(later).exists()


def test_a_full_centre_is_a_proposal_with_its_numbers_and_a_shelter_is_none(
    lake: Lake, officer: Any, signed_in: Any
) -> None:
    lake.unit("1", places=1)
    shelter = open_centre(lake.social, "SAFE", title="Hidden house", kind="shelter")
    lake.move(lake.person(), "1")
    found = list(houses.proposals(WHEN))
    assert {(one.level, one.why, one.number) for one in found} == {("L2", "all_full", 100), ("L2", "centre_full", 100)}
    page = signed_in(officer("national_coordinator")).get("/reception/emergency/").content.decode()
    assert "House at the lake" in page
    assert shelter.title not in page


def test_the_lists_of_a_centre_go_out_without_what_was_written(lake: Lake, signed_in: Any, officer: Any) -> None:
    lake.unit("1")
    person = lake.person()
    lake.move(person, "1")
    lake.act(
        ReportIncident, centre=lake.centre.pk, incident=uuid7(), kind="self_harm", what="Sealed words.", file=person
    )
    colleague = officer("social_officer", body=lake.centre.body)
    told = {}
    for who in (lake.social, colleague):
        told[who.pk] = signed_in(who).get(f"/reception/centres/{lake.centre.pk}/incidents/?format=csv").content.decode()
        assert "Sealed words" not in told[who.pk]
    assert "Self-harm" in told[lake.social.pk]
    assert "Self-harm" not in told[colleague.pk]
    page = signed_in(colleague).get(f"/reception/centres/{lake.centre.pk}/").content.decode()
    assert "Sealed words" not in page


def test_the_post_s_page_asks_and_the_centre_s_page_answers(lake: Lake, signed_in: Any) -> None:
    person = lake.person()
    sent = {"act": "ask", "action": str(uuid7()), "made": str(uuid7()), "centre": str(lake.centre.pk)}
    assert signed_in(lake.clerk).post(f"/files/{person}/place/", sent).status_code == 302
    asked = PlaceAsked.objects.get()
    page = f"/reception/centres/{lake.centre.pk}/"
    assert str(asked.pk) in signed_in(lake.social).get(page).content.decode()
    answer = {"act": "answer", "action": str(uuid7()), "ask": str(asked.pk), "answer": "given", "why": ""}
    assert signed_in(lake.social).post(page, answer).status_code == 302
    assert "The centre expects the person" in signed_in(lake.clerk).get(f"/files/{person}/place/").content.decode()


def test_a_program_asks_answers_moves_in_counts_and_hands_out(lake: Lake) -> None:
    unit, person = lake.unit("1"), lake.person()
    shelter = open_centre(lake.social, "SAFE", title="Hidden house", kind="shelter")
    post, centre = Program(lake.clerk), Program(lake.social)
    assert [one["code"] for one in post.get("/reception/rooms").json()["rooms"]] == ["LAKE"]
    ask, stay = uuid7(), uuid7()
    said = {"ask": ask, "file": person, "centre": shelter.pk}
    assert post.post("/reception/places-asked", **said).json()["code"] == "no_centre"
    assert post.post("/reception/places-asked", **said | {"centre": lake.centre.pk}).status_code == 200
    assert post.post(f"/reception/places-asked/{ask}/answer", answer="given").status_code == 404
    assert centre.post(f"/reception/places-asked/{ask}/answer", answer="given").status_code == 200
    moved = centre.post("/reception/stays", stay=stay, file=person, unit=unit.pk, will="agrees")
    assert moved.status_code == 200, moved.content
    assert centre.post(f"/reception/stays/{stay}/presence", presence="absent").status_code == 200
    given = centre.post(f"/reception/stays/{stay}/hand-outs", hand_out=uuid7(), item="water", receipt="signed")
    assert given.json()["code"] == "reception.hand_out"
    found = {one["code"]: one for one in centre.get("/reception/centres").json()["centres"]}
    assert (found["LAKE"]["taken"], found["LAKE"]["absent"], found["LAKE"]["inside"]) == (1, 1, 0)
    assert post.get("/reception/centres").status_code == 404
