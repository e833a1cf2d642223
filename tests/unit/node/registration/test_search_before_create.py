"""Looking whether a person is known already: in every script, over all posts, and never for another state."""

from __future__ import annotations

import json

import pytest

from panah.cores.identity.birth import stated
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.service import sentence, waiting_for
from panah.node.registration.models import PersonFile
from panah.node.registration.service import BirthSaid, CloseFile, DocumentShown, NameSaid, Traits, similar

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spelling", ["Фотима Раҳимова", "Fatima Rahimi", "فاطمة رحيمي", "Rahimi Fotima", "Фатима Рахими"]
)
def test_a_person_is_found_in_another_script_and_order(aida, register, spelling):
    file = register(aida, "فاطمه رحیمی", birth=BirthSaid(date="1990"))
    register(aida, "Мадина Назарова", birth=BirthSaid(date="1990"))
    (found,) = similar(aida, Traits((spelling,), birth=stated("1990-05-03")))
    assert found.file == file.pk


def test_at_most_five_are_shown_the_likeliest_first(aida, register):
    for year in range(1985, 1995):
        register(aida, "Ali Karimov", birth=BirthSaid(date=str(year)))
    found = similar(aida, Traits(("Али Каримов",), birth=stated("1990")))
    assert len(found) == 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert PersonFile.objects.get(pk=found[0].file).birth == "1990"


def test_a_document_number_finds_whatever_the_name(aida, register):
    file = register(aida, "Mariam", documents=(DocumentShown(type="passport", issuer="AFG", number="P 012-3456"),))
    (found,) = similar(aida, Traits(("Зоя",), documents=(("AFG", "p0123456"),)))
    assert found.file == file.pk
    assert found.reasons[0].code == "document_same"


def test_a_whole_date_of_birth_brings_up_a_name_spelled_beyond_recognition(aida, register):
    file = register(aida, "Xavier Bertrand", birth=BirthSaid(date="1965-03-21"))
    found = similar(aida, Traits(("Ксавье Бертран",), birth=stated("1965-03-21")))
    assert [one.file for one in found] == [file.pk]


def test_the_father_tells_two_single_names_apart(aida, register):
    def woman(father):
        return register(aida, names=(NameSaid(text="زهرا"), NameSaid(text=father, kind="father")), sex="female")

    register_first, second = woman("احمد"), woman("کریم")
    found = similar(aida, Traits(("Zahra",), fathers=("Karim",), sex="female"))
    assert found[0].file == second.pk
    assert {one.file for one in found} <= {register_first.pk, second.pk}


def test_a_file_is_not_similar_to_itself(aida, register):
    file = register(aida, "Ali Karimov")
    assert similar(aida, Traits(("Ali Karimov",)), without=file.pk) == ()


def test_nothing_is_merged(aida, register):
    register(aida, "Ali Karimov", birth=BirthSaid(date="1990-05-03"))
    register(aida, "Ali Karimov", birth=BirthSaid(date="1990-05-03"))
    similar(aida, Traits(("Ali Karimov",), birth=stated("1990-05-03")))
    assert PersonFile.objects.count() == 2


def test_a_file_of_another_post_is_told_of_without_its_contents(aida, bolat, register):
    file = register(aida, "Фотима Раҳимова", citizenships=("TJK",))
    (found,) = similar(bolat, Traits(("Fatima Rahimova",), citizenships=frozenset({"TJK"})))
    assert (found.file, found.number, found.name, found.readable) == (file.pk, file.number, "", False)
    assert all(not reason.facts for reason in found.reasons)


def test_closed_files_are_found_as_well(aida, saule, register):
    file = register(aida, "Ali Karimov")
    perform(CloseFile(by=saule.pk, place="ALA", happened_at=now(), file=file.pk, reason="left"))
    assert [one.file for one in similar(aida, Traits(("Ali Karimov",)))] == [file.pk]


def test_every_search_is_written_down_without_what_was_searched(aida, register):
    file = register(aida, "Ali Karimov")
    similar(aida, Traits(("Ali Karimov",)))
    line = Entry.objects.get(code="registration.searched")
    assert (line.by, line.subject, json.loads(line.facts)) == (aida.pk, None, {"shown": [str(file.pk)]})


class TestSearchPage:
    def test_a_person_is_found_by_post_only(self, aida, register, signed_in):
        register(aida, "Ali Karimov")
        client = signed_in(aida)
        assert "Ali Karimov" in client.post("/search/", {"full_name": "Али Каримов"}).content.decode()
        assert "Ali Karimov" not in client.get("/search/?full_name=Ali+Karimov").content.decode()

    def test_an_empty_search_is_asked_to_say_something(self, aida, signed_in):
        assert signed_in(aida).post("/search/", {}).status_code == 422

    def test_a_consular_user_finds_nothing_and_supervisor_and_ombudsman_are_told(
        self, aida, consul, marat, ombudsman, register, signed_in
    ):
        register(aida, "Ali Karimov", citizenships=("AFG",))
        page = signed_in(consul).post("/search/", {"full_name": "Ali Karimov"})
        assert page.status_code == 200
        assert "ALA-" not in page.content.decode()
        assert "Nobody like this is known." in page.content.decode()
        for person in (marat, ombudsman):
            (notice,) = waiting_for(person)
            assert "Consul, who serves another state, tried to search" in sentence(notice)
            assert "Karimov" not in json.dumps(notice.facts)
        assert not waiting_for(consul).exists()
        assert Entry.objects.filter(code="registration.consular_search", by=consul.pk).count() == 1

    def test_a_consular_user_at_a_post_is_shown_nothing_either(self, officer, aida, register):
        register(aida, "Ali Karimov")
        assert similar(officer("border_officer", post="ALA", serves_state="AFG"), Traits(("Ali Karimov",))) == ()

    def test_strangers_find_no_page(self, officer, signed_in, client):
        for role in ("statistician", "administrator", "auditor"):
            assert signed_in(officer(role)).get("/search/").status_code == 404
        assert client.get("/search/").url.startswith("/sign-in/")


class TestWhileRegistering:
    def test_known_people_follow_what_is_typed(self, aida, register, signed_in, form_of):
        register(aida, "فاطمه رحیمی", birth=BirthSaid(date="1990"))
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"full_name": "Фотима Раҳимӣ", "birth_date": "1990"}
        part = client.post("/arrivals/new/known/", sent).content.decode()
        assert "فاطمه رحیمی" in part
        assert "same name, spelled" in part
        assert "<html" not in part

    def test_half_a_date_disturbs_nothing(self, aida, signed_in, form_of):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"full_name": "Ali", "birth_date": "19"}
        assert client.post("/arrivals/new/known/", sent).status_code == 200

    def test_a_likely_known_person_is_shown_before_a_new_file_is_opened(self, aida, register, signed_in, form_of):
        file = register(aida, "Ali Karimov", birth=BirthSaid(date="1990-05-03"))
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"full_name": "Али Каримов", "birth_date": "1990-05-03"}
        answer = client.post("/arrivals/new/", sent)
        assert answer.status_code == 422
        assert "Is it one of these people?" in answer.content.decode()
        assert f'name="seen" value="{file.pk}"' in answer.content.decode()
        assert client.post("/arrivals/new/", sent | {"seen": str(file.pk)}).status_code == 302
        assert PersonFile.objects.count() == 2

    def test_others_get_no_answer(self, marat, consul, signed_in):
        for person in (marat, consul):
            assert signed_in(person).post("/arrivals/new/known/", {}).status_code == 404
