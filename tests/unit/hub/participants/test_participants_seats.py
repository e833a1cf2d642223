"""For whom an account acts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Grant, Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.hub.participants import service, shown
from panah.hub.participants.service import EndSeat, SeatOfficer
from tests.conftest import make_officer
from tests.hub_people import People, seat, seated_officer

DAY = date(2026, 11, 21)


def test_a_coordinator_acts_for_one_state_only(people: People):
    found = service.seat_of(people.kaz.pk, DAY)
    assert found is not None
    assert (found.participant, found.office) == ("KAZ", "national_coordinator")
    assert service.acts_for(people.kaz, "KAZ", "national_coordinator")
    assert not service.acts_for(people.kaz, "KGZ")
    with pytest.raises(Refused, match="KAZ"):
        seat(people.kaz, "KGZ", "national_coordinator")


def test_the_officers_of_an_office_are_found_by_the_day(people: People):
    assert service.officers_of("KAZ", "national_coordinator", DAY) == (people.kaz.pk,)
    assert service.officers_of("KAZ", "national_coordinator", date(2019, 12, 31)) == ()


def test_the_first_of_several_seats_counts(people: People):
    assert [one.office for one in service.seats_of(people.chair.pk, DAY)] == ["senior_official", "chair_delegate"]


def test_an_ended_seat_stands_no_more_from_that_day_and_opens_the_way_to_another_state(people: People):
    held = service.seat_of(people.kaz.pk, DAY)
    assert held is not None
    with standing_at(datetime(2026, 11, 21, 12, tzinfo=UTC)):
        perform(EndSeat(by=people.administrator.pk, happened_at=now(), seat=held.id, reason="Moved to another office."))
    assert service.seat_of(people.kaz.pk, DAY) is None
    assert service.seat_of(people.kaz.pk, date(2026, 11, 20)) is not None
    with pytest.raises(Refused, match="later day"):
        seat(people.kaz, "KGZ", "national_coordinator", date(2026, 11, 20))
    seat(people.kaz, "KGZ", "national_coordinator", DAY)


@pytest.mark.parametrize("office", ["support_unit", "observer"])
def test_an_office_needs_its_role(people: People, office: str):
    officer = make_officer("national_coordinator")
    with pytest.raises(Refused, match="role"):
        seat(officer, "IOM", office)


def test_an_organisation_has_no_national_coordinator(people: People):
    with pytest.raises(Refused, match="office"):
        seated_officer("national_coordinator", "IOM")


def test_a_closed_account_or_one_without_the_role_acts_for_nobody(people: People):
    Officer.objects.filter(pk=people.kaz.pk).update(is_active=False)
    Grant.objects.filter(officer=people.kgz).update(withdrawn_at=now())
    for one, state in ((people.kaz, "KAZ"), (people.kgz, "KGZ")):
        assert service.seat_of(one.pk, DAY) is None
        assert service.officers_of(state, "national_coordinator", DAY) == ()


def test_only_an_administrator_ends_seats_and_nobody_their_own(people: People):
    held = service.seat_of(people.kaz.pk, DAY)
    assert held is not None
    for one in (people.secretariat, people.kaz, people.chair):
        with pytest.raises(NotAllowed):
            perform(EndSeat(by=one.pk, happened_at=now(), seat=held.id, reason="Because I say so here."))


def test_the_chair_of_a_day_is_told_only_where_sources_tell_it(people: People):
    expected = {
        date(2013, 6, 4): "KAZ", date(2015, 9, 22): "KAZ", date(2016, 11, 15): None, date(2018, 9, 27): "KGZ",
        date(2020, 1, 1): "TJK", date(2022, 6, 1): "TUR", date(2023, 3, 28): "AZE", date(2025, 4, 23): "AZE",
        date(2025, 4, 24): "KAZ", DAY: "KAZ", date(2010, 1, 1): None,
    }  # fmt: skip
    assert {day: service.chair_on(day) for day in expected} == expected


def test_disputed_roles_stand_side_by_side(people: People):
    roles = service.roles_on(DAY)
    assert {role.role for role in roles["IRN"]} == {"member", "observer"}
    assert all(role.disputed and role.source.title for role in roles["IRN"])
    assert not any(role.disputed for role in roles["KAZ"])
    assert "UNAMA" not in roles


def test_the_same_record_again_changes_nothing(people: People):
    assert service.check() == ()
    assert service.load().result["new"] is False


def test_nobody_gives_a_seat_to_themselves(people: People):
    said = {
        "seat": uuid7(),
        "officer": people.administrator.pk,
        "participant": "KAZ",
        "office": "observer",
        "begins": DAY,
    }
    with pytest.raises(Refused, match="themselves"):
        perform(SeatOfficer(by=people.administrator.pk, happened_at=now(), **said))


def test_only_addresses_of_the_web_become_links():
    assert "<a href=" in shown.cited("Title", "https://un.example/page")
    for address in ("javascript:alert(1)", "un.example/page", ""):
        assert "<a" not in shown.cited("<b>Title", address)
        assert "&lt;b&gt;" in shown.cited("<b>Title", address) or address == ""
