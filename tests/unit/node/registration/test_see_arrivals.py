"""The day at the post: who came, who waits, what is urgent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import perform
from panah.node.registration.models import PersonFile
from panah.node.registration.service import BirthSaid, OpenGroup
from panah.node.safeguards.actions import PlaceHold


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """The middle of a day in Almaty: an hour before is the same day there and in UTC."""
    with standing_at(datetime(2026, 11, 21, 7, tzinfo=UTC)):
        yield


pytestmark = pytest.mark.django_db


def test_an_empty_day_says_what_to_do(aida, signed_in):
    page = signed_in(aida).get("/arrivals/").content.decode()
    assert "Nobody is on this list." in page
    assert "Almaty International Airport" in page


def test_three_numbers_count_the_day(aida, register, signed_in):
    files = [register(aida, f"A{n}") for n in range(6)]
    for file, status in zip(
        files, ("registered", "registered", "interviewed", "proposed", "confirmed", "referred"), strict=True
    ):
        PersonFile.objects.filter(pk=file.pk).update(status=status)
    answer = signed_in(aida).get("/arrivals/")
    assert [tile.number for tile in answer.context["tiles"]] == [2, 3, 1]


def test_each_number_opens_its_list(aida, register, signed_in):
    waiting, referred = register(aida, "Alibek"), register(aida, "Valibek")
    PersonFile.objects.filter(pk=referred.pk).update(status="referred")
    client = signed_in(aida)
    tiles = client.get("/arrivals/").context["tiles"]
    assert waiting.number in client.get(f"/arrivals/{tiles[0].url}").content.decode()
    assert waiting.number not in client.get(f"/arrivals/{tiles[2].url}").content.decode()


def test_people_of_a_group_stand_beside_each_other_whenever_they_were_registered(aida, register, signed_in):
    group, moment = uuid7(), now() - timedelta(hours=1)
    perform(
        OpenGroup(by=aida.pk, place="ALA", happened_at=moment, group=group, kind="family", files=(uuid7(), uuid7()))
    )
    register(aida, "Somebody else")
    register(aida, "Late cousin", group=group)
    together = signed_in(aida).get("/arrivals/").context["together"]
    assert [len(part.rows) for part in together] == [3, 1]
    assert together[0].group.pk == group


def test_what_cannot_wait_is_marked(aida, register, signed_in):
    register(aida, "Ali", urgent=("medical", "child_alone", "danger"))
    page = signed_in(aida).get("/arrivals/").content.decode()
    for words in ("Doctor first", "Child alone", "In danger"):
        assert words in page


def test_who_may_be_a_child_is_marked(aida, register, signed_in):
    file = register(aida, "Ali", birth=BirthSaid(age=17, age_to=18))
    (part,) = signed_in(aida).get("/arrivals/").context["together"]
    assert part.rows[0].file == file
    assert [str(badge.label) for badge in part.rows[0].badges] == ["Child"]


def test_a_standing_hold_is_marked(aida, register, signed_in):
    file = register(aida, "Ali")
    said = {"file": file.pk, "safeguard": "no_removal", "reason": "The person says that they cannot go back."}
    perform(PlaceHold(by=aida.pk, place="ALA", happened_at=now(), **said))
    assert "Hold stands" in signed_in(aida).get("/arrivals/").content.decode()


def test_other_posts_and_other_days_are_not_on_the_list(aida, bolat, register, signed_in):
    register(bolat, "Elsewhere")
    yesterday = register(aida, "Yesterday", happened_at=now() - timedelta(days=1))
    client = signed_in(aida)
    page = client.get("/arrivals/").content.decode()
    assert "Elsewhere" not in page
    assert "Yesterday" not in page
    assert yesterday.number in client.get(f"/arrivals/?day={yesterday.arrived_at:%Y-%m-%d}").content.decode()


def test_the_list_asks_the_database_no_more_for_many_than_for_few(
    aida, register, signed_in, django_assert_max_num_queries
):
    for n in range(12):
        register(aida, f"A{n}", citizenships=("AFG",))
    client = signed_in(aida)
    with django_assert_max_num_queries(18):
        client.get("/arrivals/")


@pytest.mark.parametrize("query", ["day=2026-13-40", "show=everything", "page=zz"])
def test_a_mangled_address_shows_today(aida, signed_in, query):
    assert signed_in(aida).get(f"/arrivals/?{query}").status_code == 200


def test_the_page_speaks_russian(aida, signed_in):
    client = signed_in(aida)
    client.cookies["panah_language"] = "ru"
    page = client.get("/arrivals/").content.decode()
    assert "Сегодня на посту" in page
    assert "Аэропорт Алматы" in page


def test_strangers_find_no_page(officer, consul, ombudsman, signed_in, client):
    for person in (consul, ombudsman, officer("asylum_officer"), officer("border_officer")):
        assert signed_in(person).get("/arrivals/").status_code == 404
    assert client.get("/arrivals/").url.startswith("/sign-in/")
