"""What comes to stand after a proposal, an answer or a day that went by: nobody is told of, and nobody counts as together, on silence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotFound, Refused
from panah.node.families import acts, people, service, shown, uniting_acts
from panah.node.families.models import FollowUp, Match, Reunification
from panah.node.reception import service as reception
from panah.node.reception.models import Announcement
from panah.node.registration.models import PersonFile
from panah.node.safeguards.actions import PlaceHold
from tests.unit.node.families.conftest import NEXT, WHEN
from tests.unit.node.families.test_the_way_together import ALONE, confirmed, link, plan, text

TRAFFICKED = {"safeguard": "reflection_period", "reason": "She told the doctor how she came."}


def test_a_reflection_period_that_begins_later_takes_the_proposal_from_the_tracing_officer_too(houses, signed_in):
    _zarina, gulnora, request, match = houses.both()
    client = signed_in(houses.lake.social)
    assert client.get(reverse("family_match", args=[match.pk])).status_code == 200
    houses.act(PlaceHold, houses.hill.clerk, file=gulnora, **TRAFFICKED)
    for page in ("family_match", "family_asking"):
        assert client.get(reverse(page, args=[match.pk])).status_code == 404
    assert service.proposals_of(houses.lake.social, request) == []
    with pytest.raises(NotFound):
        houses.answer(houses.lake, match, "sought")


def test_a_handing_over_does_not_show_the_new_officer_whom_only_careful_lanes_may_know(houses):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    gulnora = houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")
    houses.act(PlaceHold, houses.hill.clerk, file=gulnora, **TRAFFICKED)
    houses.lake.social = houses.officer("child_officer", "social_officer", body=houses.lake.social.body, post="ALA")
    request = houses.seeks(houses.lake, zarina, "Gulnora Nazarova")
    (match,) = houses.look(houses.lake, request)
    assert service.proposals_of(houses.lake.social, request) == [match]
    taker = houses.officer("social_officer", body=request.body, post="ALA")
    houses.act(acts.HandOver, houses.lake.social, request=request.pk, to=taker.username, why="On leave.")
    request.refresh_from_db()
    assert service.proposals_of(taker, request) == []
    with pytest.raises(NotFound):
        service.read_match(taker, match.pk)


def test_a_yes_from_before_the_reflection_period_tells_nobody_where_she_is(houses, signed_in):
    zarina, gulnora, _request, match = houses.both()
    houses.answer(houses.lake, match, "seeker")
    houses.answer(houses.lake, match, "sought")
    page = reverse("family_person", args=[zarina])
    assert "House on the hill" in text(signed_in(houses.lake.social), page)
    with standing_at(datetime(2026, 11, 21, 6, tzinfo=UTC)):
        houses.act(PlaceHold, houses.hill.clerk, file=gulnora, **TRAFFICKED)
    assert "House on the hill" not in text(signed_in(houses.lake.social), page)
    assert not people.is_agreed(Match.objects.get())


def test_a_request_closed_by_a_wish_or_a_wish_about_one_does_not_take_a_child_off_the_board(houses):
    child = houses.person(houses.lake, "Umed Nazarov", "2014-04-02", "male", record=ALONE, sleeps=False)
    confirmed(houses, child)
    late = datetime(2026, 11, 24, 6, tzinfo=UTC)
    request = houses.seeks(houses.lake, child, "Zarina Nazarova", relation="mother", interests="not_assessed")
    assert service.without_tracing(late) == {}
    houses.act(acts.CloseRequest, houses.lake.social, request=request.pk, outcome="closed_by_wish")
    assert set(service.without_tracing(late)) == {child}
    wish = {"file": child, "kind": "do_not_look"}
    houses.act(acts.KeepWish, houses.lake.social, wish=uuid7(), names=("Rustam Nazarov",), **wish)
    assert set(service.without_tracing(late)) == {child}
    houses.act(acts.KeepWish, houses.lake.social, wish=uuid7(), everybody=True, **wish)
    assert service.without_tracing(late) == {}


def together(houses):
    group = houses.family(houses.lake)
    mother = houses.person(houses.lake, "Zarina Nazarova", group=group, sleeps=False)
    aunt = houses.person(houses.lake, "Amina Nazarova", group=group, sleeps=False)
    union = plan(houses, mother, aunt, where="home", centre=None)
    for file in (mother, aunt):
        said = {"file": file, "says": "yes", "in_private": True}
        houses.act(uniting_acts.Prepare, houses.lake.social, reunification=union.pk, **said)
    houses.act(uniting_acts.BringTogether, houses.lake.social, reunification=union.pk, on=WHEN.date())
    return union


def test_who_was_not_reached_is_not_reunited_and_nobody_is_asked_before_the_day(houses):
    union = together(houses)

    def asked(months, how):
        return houses.act(
            uniting_acts.KeepFollowUp, houses.lake.social, reunification=union.pk, months=months, how=how
        )  # fmt: skip

    def closed(outcome):
        said = {"reunification": union.pk, "outcome": outcome}
        return houses.act(uniting_acts.CloseReunification, houses.lake.social, **said)

    with pytest.raises(Refused, match="from 2026-12-20 on"):
        asked(1, "well")
    with standing_at(datetime(2027, 2, 21, 6, tzinfo=UTC)):
        asked(1, "well")
        asked(3, "not_reached")
        with pytest.raises(Refused, match="not reached"):
            closed("reunited")
        closed("not_reached")
    assert FollowUp.objects.exclude(done_at=None).count() == 2
    assert Reunification.objects.get().outcome == "not_reached"


def test_a_day_is_that_of_the_state_and_not_of_greenwich(houses):
    with standing_at(datetime(2026, 11, 20, 20, tzinfo=UTC)):  # one in the morning of the 21st in Almaty
        file = houses.person(houses.lake, "Zarina Nazarova")
        with pytest.raises(Refused, match="past"):
            houses.seeks(houses.lake, file, "Gulnora Nazarova", next_on=date(2026, 11, 20))
        houses.seeks(houses.lake, file, "Gulnora Nazarova", next_on=date(2026, 11, 21))
    assert service.silent(datetime(2026, 11, 21, 20, tzinfo=UTC)).count() == 1


def test_the_way_together_says_where_somebody_is_only_after_their_yes(houses):
    zarina = houses.person(houses.lake, "Zarina Nazarova")
    gulnora = houses.person(houses.hill, "Gulnora Nazarova", "1988-02-11")
    lake = houses.lake.social
    said = {"file": gulnora, "centre": houses.lake.centre.pk, "on": NEXT}
    houses.act(reception.Announce, houses.hill.social, announcement=uuid7(), **said)
    link(houses, zarina, gulnora)
    union = plan(houses, zarina, gulnora, where="home", centre=None)
    Announcement.objects.update(
        ended_at=WHEN
    )  # she is no longer expected at the lake, so its officers do not serve her
    assert {one["place"] for one in shown.members(lake, union)} == {"House at the lake", "not shown"}
    assert {one["place"] for one in shown.members(houses.hill.social, union)} == {"House on the hill", "not shown"}
    said = {"file": gulnora, "says": "yes", "in_private": True}
    houses.act(uniting_acts.Prepare, houses.hill.social, reunification=union.pk, **said)
    assert {one["place"] for one in shown.members(lake, union)} == {"House at the lake", "House on the hill"}


def test_a_yes_is_taken_back_after_the_request_was_closed_too(houses, signed_in):
    zarina, _gulnora, request, match = houses.both()
    houses.answer(houses.lake, match, "seeker")
    houses.answer(houses.lake, match, "sought")
    tried = {"request": request.pk, "attempt": uuid7(), "kind": "own_files", "what": "Found here.", "next_on": NEXT}
    houses.act(acts.NoteAttempt, houses.lake.social, **tried)
    houses.act(acts.CloseRequest, houses.lake.social, request=request.pk, outcome="contact_restored")
    client, page = signed_in(houses.lake.social), reverse("family_asking", args=[match.pk])
    assert 'name="says"' in text(client, page)
    said = {
        "act": "answer",
        "action": str(uuid7()),
        "made": str(uuid7()),
        "side": "sought",
        "says": "no",
        "in_private": "on",
    }
    assert client.post(page, said).status_code == 302
    assert "House on the hill" not in text(client, reverse("family_person", args=[zarina]))
    assert 'name="says"' not in text(client, page)


def test_the_list_of_parted_families_tells_no_centre_where_who_left_a_member_is(houses, signed_in):
    group = houses.family(houses.lake)
    husband = houses.person(houses.lake, "Rustam Nazarov", sex="male", group=group)
    wife = houses.person(houses.lake, "Zarina Nazarova", group=group, sleeps=False)
    said = {"file": wife, "centre": houses.hill.centre.pk, "on": NEXT}
    houses.act(reception.Announce, houses.lake.social, announcement=uuid7(), **said)
    move = {"stay": uuid7(), "file": wife, "unit": houses.hill.unit.pk, "will": "agrees", "reason": "She asked for it."}
    houses.act(reception.MoveIn, houses.hill.social, **move)
    PersonFile.objects.filter(pk=wife).update(place="NQZ")  # she is served there now

    def rows():
        return shown.apart(houses.lake.social, reception.split_families(houses.lake.social)).rows

    assert {str(row[1]) for row in rows()} == {"House at the lake", "in a centre of others"}
    houses.fears(houses.hill, wife, PersonFile.objects.get(pk=husband).number)
    assert rows() == reception.split_families(houses.lake.social) == []
    assert len(reception.split_families(houses.officer("ombudsman"))) == 1
