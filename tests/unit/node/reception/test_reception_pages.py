"""The pages of a centre and of its people."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.node.reception import rooms
from panah.node.reception.acts import AddUnit, Announce, KeepApart, SayRoom
from panah.node.reception.models import Centre, HandOut, Stay, Unit
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from tests.unit.node.reception.conftest import WHEN, open_centre
from tests.unit.node.reception.test_stay_in_a_centre import CHILD, MAN, WOMAN, hold
from tests.unit.node.referrals.conftest import case  # noqa: F401 - a fixture


def post(client, address, act, **said):
    return client.post(address, {"act": act, "action": str(uuid7()), "made": str(uuid7()), **said})


def of_person(file):
    return reverse("reception_person", args=[file])


def of_centre(lake):
    return reverse("reception_centre", args=[lake.centre.pk])


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_officer_opens_a_centre_adds_units_and_blocks_places(officer, signed_in):
    who = officer("social_officer", body="reception-centre")
    client = signed_in(who)
    assert "No centre is open" in text(client, reverse("reception"))
    wrong = post(client, reverse("reception_new"), "open", centre_code="X", kind="shelter")
    assert wrong.status_code == 422
    assert post(client, reverse("reception_new"), "open", centre_code="NEW", kind="shelter").status_code == 422
    assert (
        post(client, reverse("reception_new"), "open", centre_code="NEW", kind="shelter", title="House").status_code
        == 302
    )
    page = reverse("reception_centre", args=[Centre.objects.get().pk])
    assert post(client, page, "unit", label="1", meant_for="families", places="6").status_code == 302
    unit = reverse("reception_unit", args=[Unit.objects.get().pk])
    assert post(client, unit, "block", places="9", why="repair").status_code == 422
    assert post(client, unit, "block", places="2", why="repair").status_code == 302
    assert "House" in text(client, reverse("reception"))
    assert "repair" in text(client, unit)


def test_the_proposal_stands_first_with_its_reasons_and_the_whole_family_gets_it(lake, signed_in):
    lake.unit("Small", places=2)
    lake.unit("Large", places=3)
    father, mother, child = lake.family(MAN, WOMAN, CHILD)
    client = signed_in(lake.social)
    shown = text(client, of_person(mother))
    assert "Proposed for all 3 of the family together." in shown
    assert shown.index("Large") < shown.index("Small")
    assert "has no place left" in shown
    unit = str(lake.units["Large"].pk)
    said = {"unit": unit, "whole_family": "on", "will": "agrees", "centre_shown": str(lake.centre.pk)}
    assert post(client, of_person(mother), "place", **said).status_code == 302
    assert set(Stay.objects.values_list("file", flat=True)) == {father, mother, child}
    assert "nobody else sleeps here" in text(client, of_person(mother))


def test_another_unit_without_a_reason_comes_back_with_what_to_do(lake, signed_in):
    lake.unit("1")
    lake.unit("2")
    person = lake.person()
    client = signed_in(lake.social)
    said = {"unit": str(lake.units["2"].pk), "will": "agrees", "centre_shown": str(lake.centre.pk)}
    answer = post(client, of_person(person), "place", **said)
    assert answer.status_code == 422
    assert "Give the reason" in answer.content.decode()
    assert post(client, of_person(person), "place", **said, reason="A friend.").status_code == 302


def test_a_stop_of_the_safeguards_is_shown_as_a_stop(lake, signed_in):
    lake.unit("1", block="A")
    lake.unit("2", block="B")
    mother, child = lake.family(WOMAN, CHILD)
    lake.move(mother, "1", child)
    hold(mother)
    client = signed_in(lake.social)
    said = {
        "unit": str(lake.units["2"].pk),
        "will": "agrees",
        "reason": "She asked.",
        "centre_shown": str(lake.centre.pk),
    }
    answer = post(client, of_person(mother), "place", **said)
    assert answer.status_code == 409
    assert rooms.stay_of(mother).unit.name == "1"


def test_daily_life_of_a_person_is_kept_on_one_page(lake, signed_in):
    lake.unit("1")
    person = lake.person()
    lake.move(person, "1")
    client, page = signed_in(lake.social), of_person(person)
    soon = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert post(client, page, "presence", presence="leave").status_code == 422
    assert post(client, page, "presence", presence="leave", until=soon).status_code == 302
    assert post(client, page, "give", item="bedding", amount="1", receipt="signed").status_code == 302
    assert post(client, page, "appointment", kind="health", at=soon, where="Room 2").status_code == 302
    appointment = Stay.objects.get().appointments.get()
    assert post(client, page, "kept", appointment=str(appointment.pk), outcome="kept").status_code == 302
    assert post(client, page, "care", apart="on").status_code == 302
    shown = text(client, page)
    assert "Out with leave" in shown
    assert "Room 2" in shown
    assert HandOut.objects.get().number in shown
    assert "Bedding" in text(client, reverse("reception_receipt", args=[HandOut.objects.get().pk]))
    assert post(client, page, "out", why="own_housing", will="agrees").status_code == 302
    assert rooms.stay_of(person) is None


def test_the_board_of_a_centre_shows_places_absences_gaps_and_incidents(lake, signed_in):
    lake.unit("1", places=1)
    person = lake.person()
    lake.move(person, "1")
    client = signed_in(lake.social)
    assert post(client, of_centre(lake), "supply", parameter="reception/water_litres", amount="5").status_code == 302
    happened = WHEN.strftime("%Y-%m-%dT%H:%M")
    said = {"kind": "violence", "happened_at": happened, "what": "A blow.", "told": ["police"]}
    number = PersonFile.objects.get(pk=person).number
    assert post(client, of_centre(lake), "incident", **said, person=number).status_code == 302
    assert post(client, of_person(person), "presence", presence="absent").status_code == 302
    shown = text(client, of_centre(lake))
    for word in ("A blow.", "police", "Absent", "not counted", number, "100 percent"):
        assert word in shown, word
    incident = lake.centre.incidents.get()
    follow = post(client, of_centre(lake), "follow", incident=str(incident.pk), what="They were parted.", closes="on")
    assert follow.status_code == 302
    assert "A blow." not in text(client, of_centre(lake))


def test_the_pages_are_closed_to_strangers_and_open_to_supervisor_and_ombudsman_without_any_act(
    lake, officer, signed_in
):
    lake.unit("1")
    person = lake.person()
    lake.move(person, "1")
    addresses = [of_centre(lake), reverse("reception_unit", args=[lake.units["1"].pk]), of_person(person)]
    for stranger in (
        officer("social_officer", body="another-body"),
        officer("supervisor", body="another-body"),
        officer("ngo_partner", post="LAKE"),
        officer("consular_officer", body="reception-centre", serves_state="AFG"),
        officer("asylum_officer", body="reception-centre"),
    ):
        client = signed_in(stranger)
        assert [client.get(address).status_code for address in addresses] == [404] * 3
    for reader in (officer("supervisor", body="reception-centre"), officer("ombudsman")):
        client = signed_in(reader)
        for address in addresses:
            assert '<form method="post" novalidate>' not in text(client, address)
            assert post(client, address, "presence", presence="absent").status_code == 404
    assert Entry.objects.filter(code="reception.read_person", subject=person).count() >= 4


def test_a_partner_hands_out_by_number_and_sees_no_name(lake, officer, signed_in):
    lake.unit("1")
    person = lake.person()
    stay = lake.move(person, "1")
    client = signed_in(officer("ngo_partner", post="LAKE"))
    counter = reverse("reception_hand_out", args=[lake.centre.pk])
    assert counter in text(client, reverse("reception"))
    shown = text(client, counter)
    assert PersonFile.objects.get(pk=person).number in shown
    assert "Invented Person" not in shown
    assert (
        post(client, counter, "hand_out", stay=str(uuid7()), item="meal", amount="1", receipt="signed").status_code
        == 422
    )
    assert (
        post(client, counter, "hand_out", stay=str(stay.pk), item="meal", amount="1", receipt="signed").status_code
        == 302
    )
    assert HandOut.objects.count() == 1


def test_a_parted_family_is_listed_and_a_shelter_of_others_is_never_named(lake, officer, signed_in):
    lake.unit("1")
    mother, child = lake.family(WOMAN, CHILD)
    lake.move(mother, "1")
    other = officer("social_officer", body="far", post="KRG")
    far = open_centre(other, "HIDDEN", title="Secret house", kind="shelter")
    unit = uuid7()
    lake.act(AddUnit, by=other, centre=far.pk, unit=unit, label="9", places=2)
    lake.act(Announce, file=child, announcement=uuid7(), centre=far.pk, on=WHEN.date())
    assert PersonFile.objects.get(pk=child).number in text(signed_in(other), reverse("reception_centre", args=[far.pk]))
    lake.units["9"] = Unit.objects.get(pk=unit)
    lake.move(child, "9", by=other, reason="He fears a man there.")
    shown = text(signed_in(lake.social), reverse("reception_families"))
    assert PersonFile.objects.get(pk=child).number in shown
    assert "another body works with this person" in shown
    assert "Secret house" not in shown
    assert "Secret house" not in text(signed_in(lake.social), of_person(mother))
    assert "Secret house" in text(signed_in(officer("ombudsman")), reverse("reception_families"))


def test_whom_a_person_fears_is_shown_on_their_page_and_not_on_that_of_the_other(lake, signed_in):
    lake.unit("1")
    woman, man = lake.person("female"), lake.person()
    lake.act(
        KeepApart, file=woman, fear=uuid7(), other_number=PersonFile.objects.get(pk=man).number, why="He follows her."
    )
    client = signed_in(lake.social)
    assert "He follows her." in text(client, of_person(woman))
    assert PersonFile.objects.get(pk=woman).number not in text(client, of_person(man))


def test_a_full_body_is_shown_as_full_before_a_referral_and_stays_the_one_that_gets_it(case, officer, signed_in):  # noqa: F811
    person = case()
    body = person.drafts["asylum_authority"].body
    page = reverse("referrals_of_file", args=[person.file])
    client = signed_in(person.aida)
    assert "It stays the competent body" not in text(client, page)
    clerk = officer("asylum_officer", body=body)
    told = SayRoom(by=clerk.pk, happened_at=WHEN, to="asylum_authority", free=0)
    perform(told)
    assert "It stays the competent body" in text(client, page)
    assert person.send("asylum_authority").body == body
    assert Referral.objects.count() == 1


def test_an_officer_of_a_body_says_its_room_in_the_directory_and_others_read_it(officer, signed_in, db):
    clerk = officer("health_officer", body="health-service")
    client = signed_in(clerk)
    page = reverse("reception_directory")
    assert post(client, page, "room", to="moon", free="1").status_code == 422
    assert post(client, page, "room", to="health_service", free="17").status_code == 302
    assert ">17<" in text(signed_in(officer("border_officer", post="ALA")), page)
    lost = officer("ngo_partner", body="a-body-that-the-pack-does-not-know")
    assert post(signed_in(lost), page, "room", to="legal_aid", free="23").status_code == 302
    assert ">23<" in text(signed_in(lost), page)
    assert ">23<" not in text(client, page)
    watcher = signed_in(officer("ombudsman"))
    assert post(watcher, page, "room", to="health_service", free="1").status_code == 404


def test_the_file_s_own_page_leads_to_reception_for_who_may_see_it(lake, officer, signed_in):
    person = lake.person()
    address = reverse("file", args=[person])
    assert of_person(person) in text(signed_in(officer("ombudsman")), address)
    assert of_person(person) not in text(signed_in(lake.clerk), address)


def test_the_number_of_queries_of_a_board_does_not_grow_with_its_people(lake, signed_in, django_assert_max_num_queries):
    lake.unit("1", places=500)
    for _each in range(60):
        file = PersonFile.objects.create(
            id=uuid7(), number=f"ALA-X-{_each}", place="ALA", status="registered", arrived_at=WHEN, registered_at=WHEN
        )
        Stay.objects.create(
            id=uuid7(), file=file.pk, unit=lake.units["1"], since=WHEN, sex="male", child=False, presence="absent",
            presence_since=WHEN,
        )  # fmt: skip
    client = signed_in(lake.social)
    with django_assert_max_num_queries(45):
        text(client, of_centre(lake))
    with django_assert_max_num_queries(25):
        text(client, reverse("reception"))
