"""People who came together get their numbers at once."""

from __future__ import annotations

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.node.registration.models import Group, PersonFile
from panah.node.registration.service import NameSaid, OpenGroup, RegisterPerson

pytestmark = pytest.mark.django_db


def opening(by, people=3, **said):
    files = tuple(uuid7() for _ in range(people))
    return OpenGroup(
        by=by.pk,
        **({"place": by.post, "happened_at": now(), "group": uuid7(), "kind": "family", "files": files} | said),
    )


def test_each_gets_a_number_and_waits(aida):
    receipt = perform(opening(aida))
    assert len(set(receipt.result["numbers"])) == 3
    assert set(PersonFile.objects.values_list("status", flat=True)) == {"arrived"}
    assert Group.objects.get().number == receipt.result["number"]


def test_a_numbered_person_is_registered_under_the_same_number_and_arrival(aida):
    action = opening(aida)
    perform(action)
    before = PersonFile.objects.get(pk=action.files[0])
    perform(RegisterPerson(by=aida.pk, place="ALA", happened_at=now(), file=before.pk, names=(NameSaid(text="Ali"),)))
    after = PersonFile.objects.get(pk=before.pk)
    assert (after.number, after.arrived_at, after.group) == (before.number, before.arrived_at, before.group)
    assert after.status == "registered"


def test_a_group_is_opened_once(aida):
    action = opening(aida)
    assert perform(action) == perform(action)
    with pytest.raises(Refused):
        perform(opening(aida, group=action.group))


def test_a_person_joins_a_group_of_the_same_place_only(aida, bolat, register):
    action = opening(aida, people=0)
    perform(action)
    assert register(aida, "Ali", group=action.group).group_id == action.group
    with pytest.raises(Refused) as refusal:
        register(bolat, "Vali", group=action.group)
    assert refusal.value.code == "unknown_group"


def test_others_open_none(bolat, marat, consul):
    for other in (bolat, marat, consul):
        with pytest.raises(NotAllowed):
            perform(opening(other, place="ALA"))


def test_the_page_gives_the_numbers_once(aida, signed_in, form_of):
    client = signed_in(aida)
    sent = form_of(client, "/arrivals/groups/new/") | {"kind": "travelling", "people": "4"}
    assert client.post("/arrivals/groups/new/", sent).status_code == 302
    assert client.post("/arrivals/groups/new/", sent).status_code == 302
    assert PersonFile.objects.count() == 4
    file = PersonFile.objects.first()
    sent = form_of(client, f"/files/{file.pk}/register/") | {"full_name": "Ali"}
    assert sent["file"] == str(file.pk)
    assert client.post(f"/files/{file.pk}/register/", sent).status_code == 302
    assert PersonFile.objects.get(pk=file.pk).status == "registered"
    assert client.get(f"/files/{file.pk}/register/").status_code == 404


def test_too_many_people_at_once_are_refused_on_the_page(aida, signed_in, form_of):
    client = signed_in(aida)
    sent = form_of(client, "/arrivals/groups/new/") | {"kind": "family", "people": "1000"}
    assert client.post("/arrivals/groups/new/", sent).status_code == 422


def test_strangers_find_no_page(marat, consul, signed_in):
    for other in (marat, consul):
        assert signed_in(other).get("/arrivals/groups/new/").status_code == 404
