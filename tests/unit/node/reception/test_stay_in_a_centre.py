"""People move into a centre, are kept together or apart, are away and come back, get things, and leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import Moment, NotAllowed, NotFound, Refused, Stopped, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.node.reception import rooms, service
from panah.node.reception.acts import (
    AddUnit,
    Announce,
    BlockPlaces,
    CountSupply,
    EndKeepApart,
    FollowIncident,
    FreePlaces,
    HandOutItem,
    KeepApart,
    KeepAppointment,
    MoveIn,
    MoveOut,
    OpenCentre,
    ReportIncident,
    SayRoom,
    SetAppointment,
    SetCare,
    SetPresence,
)
from panah.node.reception.models import Announcement, Block, Centre, HandOut, Incident, Stay
from panah.node.registration.models import PersonFile
from panah.node.safeguards import service as safeguards
from tests.unit.node.reception.conftest import WHEN, open_centre

MAN, WOMAN, CHILD = ("male", "1990-05-03"), ("female", "1991-01-01"), ("male", "2019-01-01")


def hold(file, code="keep_family_together"):
    with transaction.atomic():
        safeguards.place_holds(file, [safeguards.HoldToPlace(code, ({"reason": "said so"},))], Moment(WHEN, None))


def test_an_officer_confirms_the_proposal_and_the_stay_keeps_the_reasons(lake):
    lake.unit("1")
    stay = lake.move(lake.person(), "1")
    assert stay.proposed == stay.unit_id
    assert stay.because == ["empty_room"]
    assert service.occupancy(Centre.objects.all())[lake.centre.pk].taken == 1
    assert journal.verify().holds


def test_another_unit_than_the_proposed_one_needs_a_reason_which_stays_out_of_the_journal_s_open_part(lake):
    lake.unit("1")
    lake.unit("2")
    person = lake.person()
    with pytest.raises(Refused, match="reason") as refusal:
        lake.move(person, "2")
    assert refusal.value.field == "reason"
    assert lake.move(person, "2", reason="Her cousin sleeps next door.").reason == "Her cousin sleeps next door."
    assert "cousin" not in str(Entry.objects.get(code="reception.move_in").facts)


def test_the_same_act_twice_gives_one_place(lake):
    unit, person = lake.unit("1"), lake.person()
    action = MoveIn(
        by=lake.social.pk, happened_at=WHEN, place="ALA", stay=uuid7(), file=person, unit=unit.pk, will="agrees"
    )
    assert perform(action).pk == perform(action).pk
    assert Stay.objects.count() == 1


def test_nobody_is_put_into_a_unit_that_is_full_or_whose_places_are_blocked_until_these_are_free_again(lake):
    unit = lake.unit("1", places=2)
    block = uuid7()
    lake.act(BlockPlaces, unit=unit.pk, block=block, places=1, why="repair")
    lake.move(lake.person(), "1")
    with pytest.raises(Refused, match="no place left"):
        lake.move(lake.person(), "1", reason="Please.")
    lake.act(FreePlaces, block=block)
    lake.move(lake.person(), "1")
    assert Block.objects.get().ended_at is not None
    with pytest.raises(Refused, match="up to 2"):
        lake.act(BlockPlaces, unit=unit.pk, block=uuid7(), places=3, why="repair")


def test_no_reason_puts_a_child_alone_among_strange_adults(lake):
    lake.unit("1")
    lake.move(lake.person(), "1")
    with pytest.raises(Refused, match="child alone"):
        lake.move(lake.person(birth="2012-01-01"), "1", reason="There is no other room.")


def test_who_may_still_be_a_child_counts_as_one(lake):
    """Born in 2008 or in 2009: perhaps not yet eighteen in November 2026."""
    lake.unit("1")
    lake.unit("2")
    assert lake.move(lake.person(birth="2008"), "1").child
    assert not lake.move(lake.person(birth="1990"), "2").child


def test_a_family_moves_in_together_or_not_at_all(lake):
    lake.unit("1", places=2)
    lake.unit("2", places=3)
    father, mother, child = lake.family(MAN, WOMAN, CHILD)
    with pytest.raises(Refused, match="no place left"):
        lake.move(father, "1", mother, child, reason="They ask for it.")
    assert not Stay.objects.exists()
    lake.move(father, "2", mother, child)
    assert {stay.unit_id for stay in Stay.objects.all()} == {lake.units["2"].pk}


def test_only_the_family_moves_in_together(lake):
    lake.unit("1")
    with pytest.raises(Refused, match="one family"):
        lake.move(lake.person(), "1", lake.person())


def test_parting_a_family_is_stopped_while_a_hold_keeps_it_together_and_the_attempt_is_on_record(lake):
    lake.unit("1", block="A")
    lake.unit("2", block="B")
    mother, child = lake.family(WOMAN, CHILD)
    lake.move(mother, "1", child)
    hold(mother)
    with pytest.raises(Stopped) as stopped:
        lake.move(mother, "2", reason="She asked for it.")
    assert stopped.value.stop.harm == "family_split"
    assert Entry.objects.filter(code="safeguards.attempt_stopped").exists()
    assert rooms.stay_of(mother).unit_id == lake.units["1"].pk


def test_a_hold_on_one_of_the_family_stops_all_of_them_from_being_parted_from_the_others(lake):
    lake.unit("1", block="A", places=5)
    lake.unit("2", block="B", places=5)
    father, mother, child = lake.family(MAN, WOMAN, CHILD)
    lake.move(father, "1", mother, child)
    hold(child)
    with pytest.raises(Refused, match="safeguard"):
        lake.move(mother, "2", child, reason="They quarrel.")
    assert {stay.unit_id for stay in Stay.objects.filter(ended_at=None)} == {lake.units["1"].pk}


def test_a_whole_family_may_move_though_a_hold_keeps_it_together(lake):
    lake.unit("1", block="A")
    lake.unit("2", block="B")
    mother, child = lake.family(WOMAN, CHILD)
    lake.move(mother, "1", child)
    hold(mother)
    lake.move(mother, "2", child, reason="The roof leaks.")
    assert {stay.unit_id for stay in Stay.objects.filter(ended_at=None)} == {lake.units["2"].pk}


def test_moving_somebody_who_does_not_agree_is_a_transfer_and_asks_the_safeguards(lake):
    lake.unit("1", block="A")
    lake.unit("2", block="B")
    person = lake.person()
    lake.move(person, "1")
    hold(person)
    for will in ("does_not_agree", "not_asked"):
        with pytest.raises(Stopped) as stopped:
            lake.move(person, "2", will=will, reason="Repairs.")
        assert stopped.value.stop.harm == "transfer"
    lake.move(person, "2", will="agrees", reason="Repairs.")


def test_sending_somebody_away_asks_the_safeguards_even_if_the_form_says_that_they_agree(lake):
    lake.unit("1")
    person = lake.person()
    stay = lake.move(person, "1")
    hold(person)
    with pytest.raises(Stopped):
        lake.act(MoveOut, stay=stay.pk, why="sent_away", will="agrees")
    with pytest.raises(Stopped):
        lake.act(MoveOut, stay=stay.pk, why="not_back", will="not_asked")
    lake.act(MoveOut, stay=stay.pk, why="left_freely", will="agrees")
    assert rooms.stay_of(person) is None


def test_a_woman_who_fears_her_husband_is_parted_from_him_without_a_stop_and_never_gets_his_unit_again(lake):
    lake.unit("1", block="A")
    lake.unit("2", block="B")
    wife, husband = lake.family(WOMAN, MAN)
    lake.move(wife, "1", husband)
    hold(wife)
    fear = uuid7()
    number = PersonFile.objects.get(pk=husband).number
    lake.act(KeepApart, file=wife, fear=fear, other_number=number, why="He beats her.")
    lake.move(wife, "2", reason="She is afraid of her husband.")
    with pytest.raises(Refused, match="afraid of each other"):
        lake.move(husband, "2", reason="He wants to.")
    assert "beats" not in Entry.objects.get(code="reception.keep_apart").facts
    lake.act(EndKeepApart, file=wife, fear=fear, why="It was another man of that name.")
    lake.move(husband, "2", reason="They are together again.")


def test_a_number_of_somebody_who_is_nobody_here_cannot_be_probed_by_a_fear(lake, officer):
    person = lake.person()
    elsewhere = officer("social_officer", body="kaz-local-social", post="KRG")
    with pytest.raises(Refused, match="Nobody of this number"):
        lake.act(KeepApart, file=person, fear=uuid7(), other_number="KRG-261120-0001")
    with pytest.raises(NotAllowed):
        lake.act(KeepApart, by=elsewhere, file=person, fear=uuid7(), other_number="ALA-261120-0001")


def test_what_the_interview_found_bears_on_the_place_and_the_officer_of_the_centre_says_when_it_is_over(lake):
    lake.unit("1")
    lake.unit("2")
    lake.move(lake.person(), "1")
    ill = lake.person(record={"health": {"infectious_suspected": "yes"}, "consent": {"understands": "yes"}})
    stay = lake.move(ill, "2")
    assert stay.apart
    with pytest.raises(Refused, match="Another unit"):
        lake.move(lake.person(), "2")
    lake.act(SetCare, stay=stay.pk, apart=False)
    stay.refresh_from_db()
    assert not stay.apart


def test_a_leave_has_an_end_to_come_and_being_away_keeps_the_place(lake):
    lake.unit("1", places=1)
    stay = lake.move(lake.person(), "1")
    with pytest.raises(Refused, match="until when"):
        lake.act(SetPresence, stay=stay.pk, presence="leave")
    lake.act(SetPresence, stay=stay.pk, presence="leave", until=WHEN + timedelta(days=2))
    found = service.occupancy(Centre.objects.all())[lake.centre.pk]
    assert (found.taken, found.away, found.free) == (1, 1, 0)
    lake.act(SetPresence, stay=stay.pk, presence="in")
    stay.refresh_from_db()
    assert stay.leave_until is None


def test_things_are_handed_out_with_numbered_receipts_by_partners_of_the_centre_too_and_by_nobody_else(lake, officer):
    lake.unit("1")
    file = lake.person()
    stay = lake.move(file, "1")
    partner = officer("ngo_partner", post="LAKE")
    lake.act(HandOutItem, by=partner, stay=stay.pk, hand_out=uuid7(), item="bedding", amount=2, receipt="signed")
    lake.act(HandOutItem, stay=stay.pk, hand_out=uuid7(), item="meal", receipt="would_not_sign")
    number = PersonFile.objects.get(pk=file).number
    assert sorted(HandOut.objects.values_list("number", flat=True)) == [f"{number}-R1", f"{number}-R2"]
    for stranger in (officer("ngo_partner", post="ALA", body="other"), officer("border_officer", post="ALA")):
        with pytest.raises(NotAllowed):
            lake.act(HandOutItem, by=stranger, stay=stay.pk, hand_out=uuid7(), item="meal", receipt="signed")


def test_appointments_lie_ahead_and_what_came_of_them_is_said_once(lake):
    lake.unit("1")
    stay, made = lake.move(lake.person(), "1"), uuid7()
    with pytest.raises(Refused, match="past"):
        lake.act(SetAppointment, stay=stay.pk, appointment=made, kind="health", at=WHEN, where="Room 2")
    lake.act(SetAppointment, stay=stay.pk, appointment=made, kind="health", at=WHEN + timedelta(days=1), where="Room 2")
    lake.act(KeepAppointment, stay=stay.pk, appointment=made, outcome="kept")
    with pytest.raises(Refused, match="already"):
        lake.act(KeepAppointment, stay=stay.pk, appointment=made, outcome="missed")


def test_of_a_grave_incident_the_supervisor_and_the_ombudsman_are_told_without_a_name(lake):
    made = uuid7()
    lake.act(ReportIncident, centre=lake.centre.pk, incident=made, kind="fire", what="A stove.", told=("police",))
    told = Notice.objects.filter(code="reception.grave_incident")
    assert {notice.role for notice in told} == {"supervisor", "ombudsman"}
    lake.act(ReportIncident, centre=lake.centre.pk, incident=uuid7(), kind="theft", what="A coat.")
    assert told.count() == 2
    lake.act(FollowIncident, incident=made, follow_up=uuid7(), what="The stove was taken away.", closes=True)
    assert Incident.objects.get(pk=made).closed_at is not None
    with pytest.raises(Refused, match="closed"):
        lake.act(FollowIncident, incident=made, follow_up=uuid7(), what="More.")


def test_an_incident_about_a_person_is_sealed_under_their_key_and_one_about_a_stranger_finds_nothing(lake, officer):
    person = lake.person()
    said = {"centre": lake.centre.pk, "kind": "threat", "what": "A man threatened her."}
    lake.act(ReportIncident, incident=uuid7(), file=person, **said)
    line = Entry.objects.get(code="reception.report_incident")
    assert "threatened" not in line.facts
    assert "threatened" not in str(line.sealed)
    with pytest.raises(NotFound):
        lake.act(ReportIncident, incident=uuid7(), file=uuid7(), **said)


def test_a_family_split_across_two_centres_is_found_and_comes_together_again(lake, officer):
    lake.unit("1", places=4)
    father, child = lake.family(MAN, CHILD)
    lake.move(father, "1")
    other = officer("social_officer", body="far-centre", post="KRG")
    far = open_centre(other, "FAR", title="House far away")
    unit = uuid7()
    lake.act(AddUnit, by=other, centre=far.pk, unit=unit, label="9", places=2)
    with pytest.raises(NotAllowed):
        lake.act(MoveIn, by=other, stay=uuid7(), file=child, unit=unit, will="agrees")
    lake.act(Announce, file=child, announcement=uuid7(), centre=far.pk, on=date(2026, 11, 21))
    with pytest.raises(Refused, match="parts a family"):
        lake.act(MoveIn, by=other, stay=uuid7(), file=child, unit=unit, will="agrees")
    lake.act(MoveIn, by=other, stay=uuid7(), file=child, unit=unit, will="agrees", reason="A school that takes him.")
    assert [len(family) for family in service.split_families(lake.social)] == [2]
    assert [len(family) for family in service.split_families(other)] == [2]
    lake.act(Announce, by=other, file=child, announcement=uuid7(), centre=lake.centre.pk, on=date(2026, 11, 22))
    hold(child)
    lake.move(child, "1")
    assert service.split_families(lake.social) == []
    assert not Announcement.objects.filter(ended_at=None).exists()
    with pytest.raises(NotAllowed):
        lake.act(SetPresence, by=other, stay=rooms.stay_of(child).pk, presence="absent")


def test_a_centre_is_a_place_of_the_pack_or_has_a_title_and_is_never_a_place_of_detention(lake, officer):
    who = officer("social_officer", body="some-body")
    for code, message in (("KAZ-SPECIAL-INSTITUTION", "detention"), ("NEW", "title"), ("LAKE", "open already")):
        with pytest.raises(Refused, match=message):
            lake.act(OpenCentre, by=who, centre=uuid7(), centre_code=code, title="" if code == "NEW" else "X")
    for role in ("border_officer", "ngo_partner", "administrator", "consular_officer"):
        with pytest.raises(NotAllowed):
            lake.act(OpenCentre, by=officer(role, body="some-body"), centre=uuid7(), centre_code="N2", title="X")


def test_strangers_change_nothing_in_a_centre(lake, officer):
    lake.unit("1")
    person = lake.person()
    stay = lake.move(person, "1")
    for stranger in (
        officer("social_officer", body="another-body"),
        officer("supervisor", body="reception-centre"),
        officer("ombudsman"),
        officer("border_officer", post="LAKE"),
        officer("io_partner", post="LAKE"),
        officer("social_officer", body="reception-centre", serves_state="AFG"),
    ):
        for action in (
            MoveOut(by=stranger.pk, happened_at=WHEN, stay=stay.pk, why="left_freely", will="agrees"),
            SetPresence(by=stranger.pk, happened_at=WHEN, stay=stay.pk, presence="absent"),
            CountSupply(
                by=stranger.pk, happened_at=WHEN, centre=lake.centre.pk, parameter="reception/water_litres", amount=1
            ),
            MoveIn(by=stranger.pk, happened_at=WHEN, stay=uuid7(), file=person, unit=lake.units["1"].pk, will="agrees"),
        ):
            with pytest.raises(NotAllowed):
                perform(action)


def test_needs_follow_the_pack_and_what_was_not_counted_is_not_known(lake):
    lake.unit("1", places=4, square_metres="7.00")
    for _each in range(3):
        lake.move(lake.person(), "1")
    lake.act(CountSupply, centre=lake.centre.pk, parameter="reception/water_litres", amount="30")
    found = {need.parameter: need for need in rooms.needs_of(lake.centre, 3)}
    assert found["reception/water_litres"].gap == 15
    assert found["reception/food_kcal"].gap is None
    assert found["reception/living_space"].gap == 3.5
    assert found["reception/persons_per_toilet"].needed == 1


def test_room_at_a_body_is_counted_for_centres_said_by_others_and_unknown_when_the_word_is_old(lake, officer):
    lake.unit("1", places=4)
    lake.move(lake.person(), "1")
    assert service.room_at("reception-centre", "reception_centre").free == 3
    assert service.room_at("some-clinic", "health_service") is None
    doctor = officer("health_officer", body="some-clinic")
    lake.act(SayRoom, by=doctor, to="health_service", free=0)
    assert service.room_at("some-clinic", "health_service").full
    with standing_at(WHEN + timedelta(days=8)):
        assert service.room_at("some-clinic", "health_service") is None
    with pytest.raises(Refused, match="no kind"):
        lake.act(SayRoom, by=doctor, to="moon", free=1)


def test_what_may_be_counted_names_no_person(lake):
    lake.unit("1")
    person = lake.person()
    lake.move(person, "1")
    (counted,) = service.countable()
    assert (counted.centre, counted.places, counted.taken) == ("LAKE", 4, 1)
    assert str(person) not in str(counted)
