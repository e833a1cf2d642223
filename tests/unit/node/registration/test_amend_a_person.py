"""Putting right what a file says, with a reason."""

from __future__ import annotations

import json

import pytest

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.node.registration.models import PersonFile
from panah.node.registration.service import AmendPerson, BirthSaid, CloseFile, NameSaid, Traits, similar

pytestmark = pytest.mark.django_db


def amending(by, file, **said):
    return AmendPerson(
        by=by.pk, place=by.post, happened_at=now(), file=file.pk, reason="The person showed a paper.", **said
    )


def test_only_what_is_named_changes(aida, register):
    file = register(aida, "Ali", sex="male", citizenships=("AFG",), birth=BirthSaid(date="1990"))
    perform(amending(aida, file, birth=BirthSaid(date="1991-05")))
    after = PersonFile.objects.get(pk=file.pk)
    assert (after.birth, after.birth_precision) == ("1991-05", "month")
    assert (after.sex, after.citizenships, after.names.get().text) == ("male", ["AFG"], "Ali")


def test_the_journal_keeps_what_was_said_before_and_why(aida, register):
    file = register(aida, "Ali")
    perform(amending(aida, file, names=(NameSaid(text="Vali"),)))
    registered, amended = journal.lines_of(file.pk)
    assert "Ali" in journal.sealed_content(registered).decode()
    assert "The person showed a paper." in journal.sealed_content(amended).decode()
    assert json.loads(amended.facts)["changed"] == ["names"]


def test_the_person_is_found_under_the_new_name_and_not_the_old(aida, register):
    file = register(aida, "Фотима Каримова")
    perform(amending(aida, file, names=(NameSaid(text="Зарина Назарова"),)))
    assert [one.file for one in similar(aida, Traits(("Zarina Nazarova",)))] == [file.pk]
    assert similar(aida, Traits(("Fotima Karimova",))) == ()


def test_an_amendment_that_changes_nothing_is_refused(aida, register):
    with pytest.raises(Refused) as refusal:
        perform(amending(aida, register(aida, "Ali")))
    assert refusal.value.code == "nothing_changed"


def test_what_cannot_be_read_is_refused_and_nothing_changes(aida, register):
    file = register(aida, "Ali")
    with pytest.raises(Refused):
        perform(amending(aida, file, citizenships=("QQQ",), sex="male"))
    assert PersonFile.objects.get(pk=file.pk).sex == "unknown"


def test_a_closed_file_is_not_amended(aida, saule, register):
    file = register(aida, "Ali")
    perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
    with pytest.raises(Refused) as refusal:
        perform(amending(aida, file, sex="male"))
    assert refusal.value.code == "file_closed"


def test_strangers_amend_nothing(aida, bolat, consul, ombudsman, register):
    file = register(aida, "Ali")
    for other in (bolat, consul, ombudsman):
        with pytest.raises(NotAllowed):
            perform(amending(other, file, sex="male"))
    file.pk = consul.pk
    with pytest.raises(NotFound):
        perform(amending(aida, file, sex="male"))


def test_the_page_changes_only_what_was_touched(aida, signed_in, register, form_of):
    client = signed_in(aida)
    names = (NameSaid(text="Ali"), NameSaid(text="Али"), NameSaid(text="علی"))
    said = {"birth": BirthSaid(age=22, age_in="1400", calendar="solar_hijri"), "citizenships": ("AFG",), "sex": "male"}
    file = register(aida, names=names, entry={"mode": "irregular", "route": ["AFG", "UZB"]}, **said)
    shown = {
        "full_name": "Ali",
        "other_spelling": "Али",
        "age": "22",
        "age_in": "1400",
        "birth_calendar": "solar_hijri",
    }
    sent = (
        form_of(client, f"/files/{file.pk}/amend/") | shown | {"citizenship": "Afghanistan", "entry_mode": "irregular"}
    )
    sent |= {"sex": "female", "reason": "Written wrongly."}
    assert client.post(f"/files/{file.pk}/amend/", sent).status_code == 302
    after = PersonFile.objects.get(pk=file.pk)
    assert after.sex == "female"
    assert after.names.count() == 3
    assert after.entry == {"mode": "irregular", "route": ["AFG", "UZB"]}
    assert after.birth_stated == "22 in 1400"
    changed = [
        json.loads(line.facts).get("changed") for line in journal.lines_of(file.pk) if line.code == "registration.amend"
    ]
    assert changed == [["sex"]]


def test_a_spelling_that_the_form_cannot_show_is_kept_when_another_changes(aida, signed_in, register, form_of):
    client = signed_in(aida)
    file = register(aida, names=(NameSaid(text="Ali"), NameSaid(text="Али"), NameSaid(text="علی")))
    sent = form_of(client, f"/files/{file.pk}/amend/") | {
        "full_name": "Aliy",
        "other_spelling": "Али",
        "reason": "Heard again.",
    }
    assert client.post(f"/files/{file.pk}/amend/", sent).status_code == 302
    assert set(file.names.values_list("text", flat=True)) == {"Aliy", "Али", "علی"}


def test_the_route_is_kept_when_the_way_of_entry_changes(aida, signed_in, register, form_of):
    client = signed_in(aida)
    file = register(aida, "Ali", entry={"mode": "irregular", "route": ["AFG", "UZB"]})
    sent = form_of(client, f"/files/{file.pk}/amend/") | {
        "full_name": "Ali",
        "entry_mode": "intercepted",
        "reason": "Asked again.",
    }
    assert client.post(f"/files/{file.pk}/amend/", sent).status_code == 302
    assert PersonFile.objects.get(pk=file.pk).entry == {"mode": "intercepted", "route": ["AFG", "UZB"]}


def test_a_reason_is_asked_for(aida, signed_in, register, form_of):
    client, file = signed_in(aida), register(aida, "Ali")
    sent = form_of(client, f"/files/{file.pk}/amend/") | {"full_name": "Vali"}
    assert client.post(f"/files/{file.pk}/amend/", sent).status_code == 422


def test_strangers_find_no_page(aida, bolat, consul, ombudsman, signed_in, register):
    file = register(aida, "Ali")
    for other in (bolat, consul, ombudsman):
        assert signed_in(other).get(f"/files/{file.pk}/amend/").status_code == 404
