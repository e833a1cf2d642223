"""Opening a person's file: through the door and on the page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import IdUsed, NotAllowed, NotFound, Refused, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.node.registration.models import IdentityDocument, Name, PersonFile, SearchKey, Sex
from panah.node.registration.service import BirthSaid, DocumentShown, NameSaid, RegisterPerson, problems_of, record_part

pytestmark = pytest.mark.django_db


def registering(by, **said):
    return RegisterPerson(by=by.pk, **({"place": by.post, "happened_at": now(), "file": uuid7()} | said))


def test_an_afghan_woman_with_one_name_and_an_age_in_1400_is_registered(aida):
    action = registering(
        aida,
        names=(NameSaid(text="فاطمه"), NameSaid(text="علی", kind="father")),
        sex="female",
        birth=BirthSaid(age=22, age_in="1400", calendar="solar_hijri"),
        citizenships=("AFG",),
        entry={"mode": "irregular", "from_country": "AFG"},
    )
    receipt = perform(action)
    file = PersonFile.objects.get(pk=action.file)
    assert receipt.result == {"file": str(file.pk), "number": file.number}
    assert [(name.kind, name.script, name.text) for name in file.names.all()] == [
        ("as_stated", "Arab", "فاطمه"),
        ("father", "Arab", "علی"),
    ]
    assert (file.birth_from, file.birth_to) == (date(1998, 3, 22), date(2000, 3, 20))
    assert (file.birth, file.birth_precision, file.birth_stated) == ("", "age", "22 in 1400")
    assert file.status == "registered"


def test_nothing_has_to_be_known(aida, register):
    file = register(aida)
    assert (file.sex, file.birth, file.citizenships, file.birth_precision) == ("unknown", "", [], "unknown")
    assert record_part(file)["person"] == {"sex": "unknown", "citizenships": []}


def test_the_number_says_place_day_and_serial_of_the_local_day(aida, register):
    evening = now().replace(year=2026, month=11, day=20, hour=20, minute=0)  # 21 November at 01:00 in Almaty
    first, second = register(aida, "A B", happened_at=evening), register(aida, "C D", happened_at=evening)
    assert (first.number, second.number) == ("ALA-261121-0001", "ALA-261121-0002")


def test_the_same_action_twice_opens_one_file(aida):
    action = registering(aida, names=(NameSaid(text="Ali"),))
    assert perform(action) == perform(action)
    assert PersonFile.objects.count() == Name.objects.count() == 1
    with pytest.raises(IdUsed):
        perform(action.model_copy(update={"sex": Sex.MALE}))


def test_a_file_cannot_be_registered_twice(aida, register):
    file = register(aida, "Ali")
    with pytest.raises(Refused, match="Amend it with a reason") as refusal:
        perform(registering(aida, file=file.pk))
    assert refusal.value.code == "file_exists"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"place": "ZZZ"}, "place", "unknown_place"),
        ({"citizenships": ("AFX",)}, "citizenships", "unknown_country"),
        ({"documents": (DocumentShown(type="passport", issuer="QQQ"),)}, "documents", "unknown_country"),
        ({"entry": {"from_country": "QQQ"}}, "entry", "unknown_country"),
        ({"entry": {"route": ["AFG", "QQQ"]}}, "entry", "unknown_country"),
        ({"birth": BirthSaid(date="31.02.1990")}, "birth", "birth_unreadable"),
        ({"birth": BirthSaid(date="2090")}, "birth", "birth_unreadable"),
        ({"birth": BirthSaid(date="1375")}, "birth", "birth_unreadable"),
        ({"birth": BirthSaid(date="1992", until="1990")}, "birth", "birth_unreadable"),
        ({"birth": BirthSaid(age=22, age_in="1500", calendar="solar_hijri")}, "birth", "birth_unreadable"),
        ({"names": (NameSaid(text="LNU"),)}, "names", "placeholder_name"),
        ({"names": (NameSaid(text="123"),)}, "names", "name_without_letters"),
        ({"language": "Persian!"}, "language", "unknown_language"),
        ({"number": "a b"}, "number", "number_shape"),
        ({"happened_at": now() + timedelta(days=1)}, "happened_at", "in_the_future"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_field_and_a_sentence(officer, said, field, code):
    aida = officer("border_officer", post=said.get("place", "ALA"))
    action = registering(aida, **said)
    assert [(problem.field, problem.code) for problem in problems_of(action)] == [(field, code)]
    with pytest.raises(Refused, match=r"\.$") as refusal:
        perform(action)
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not PersonFile.objects.exists()


def test_a_refusal_is_in_the_readers_language(aida):
    with translation.override("ru"), pytest.raises(Refused, match="не имя"):
        perform(registering(aida, names=(NameSaid(text="FNU"),)))


def test_all_problems_of_a_registration_are_told_at_once(aida):
    action = registering(
        aida, citizenships=("AFX", "AFG"), birth=BirthSaid(date="1990-13"), names=(NameSaid(text="FNU"),)
    )
    assert {problem.code for problem in problems_of(action)} == {
        "unknown_country",
        "birth_unreadable",
        "placeholder_name",
    }


def test_unknown_keys_are_an_error(aida):
    with pytest.raises(ValidationError):
        registering(aida, chlid="yes")


def test_a_number_that_is_taken_is_refused_and_a_given_one_is_kept(aida, register):
    assert register(aida, number="OFFLINE-7").number == "OFFLINE-7"
    with pytest.raises(Refused) as refusal:
        register(aida, number="OFFLINE-7")
    assert refusal.value.code == "number_taken"


def test_births_are_kept_as_they_are_known(aida, register):
    year = register(aida, birth=BirthSaid(date="1990"))
    paper = register(aida, birth=BirthSaid(date="01.01.1990", first_of_january_stands_for_year=True))
    solar = register(aida, birth=BirthSaid(date="1375", calendar="solar_hijri"))
    assert (year.birth, year.birth_precision) == ("1990", "year")
    assert (paper.birth, paper.birth_precision, paper.birth_stated) == ("1990", "year", "01.01.1990")
    assert (solar.birth, solar.birth_from, solar.birth_to) == ("", date(1996, 3, 20), date(1997, 3, 20))


def test_an_estimated_age_counts_from_the_day_of_arrival_and_for_the_person(aida, register):
    boy = register(aida, birth=BirthSaid(age=17, age_to=18))
    assert record_part(boy)["person"]["age_estimate"] == 17
    assert boy.birth_stated == "17-18"


def test_the_journal_seals_the_person_and_leaves_codes_open(aida, register):
    file = register(aida, "Фотима", documents=(DocumentShown(type="passport", number="N1234567"),))
    line = Entry.objects.get(code="registration.register")
    assert line.subject == file.pk
    assert "Фотима" not in line.facts and "1234567" not in line.facts  # noqa: PT018 - both are the person's
    assert "Фотима" in (journal.sealed_content(line) or b"").decode()


def test_document_numbers_are_searchable_by_keyed_hash_only(aida, register):
    register(aida, documents=(DocumentShown(type="passport", number="N1234567"), DocumentShown(type="other")))
    assert IdentityDocument.objects.count() == 2
    assert SearchKey.objects.count() == 1
    assert not SearchKey.objects.filter(key__contains="1234567").exists()


def test_only_those_of_the_post_register_there(aida, marat, consul, ombudsman, officer):
    both = officer("border_officer", "consular_officer", post="ALA")
    for other in (marat, consul, ombudsman, both):
        with pytest.raises(NotAllowed):
            perform(registering(other, place="ALA"))
    with pytest.raises(NotAllowed):
        perform(registering(aida, place="NQZ"))


def test_a_numbered_file_of_another_post_is_not_found(aida, bolat, register):
    from panah.node.registration.service import OpenGroup

    waiting = uuid7()
    perform(OpenGroup(by=aida.pk, place="ALA", happened_at=now(), group=uuid7(), kind="family", files=(waiting,)))
    with pytest.raises(NotFound):
        register(bolat, file=waiting)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "lost"},
        {"sex": "f"},
        {"status": "closed"},
        {"closed_at": now()},
        {"birth_from": date(1990, 1, 1)},
        {"birth_from": date(1990, 1, 2), "birth_to": date(1990, 1, 1), "birth_precision": "range"},
        {"registered_at": None},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(aida, register, wrong):
    file = register(aida, "Ali")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFile.objects.filter(pk=file.pk).update(**wrong)


def test_a_file_cannot_be_closed_before_it_was_opened(aida, register):
    file = register(aida, "Ali")
    before = file.arrived_at - timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFile.objects.filter(pk=file.pk).update(status="closed", closed_at=before, closing_reason="left")


class TestPage:
    def test_an_empty_form_registers_a_person(self, aida, signed_in, form_of):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/")
        answer = client.post("/arrivals/new/", sent)
        assert answer.status_code == 302
        assert answer.url == f"/files/{sent['file']}/"

    def test_the_form_sent_twice_opens_one_file(self, aida, signed_in, form_of):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"full_name": "Фотима"}
        assert client.post("/arrivals/new/", sent).status_code == 302
        assert client.post("/arrivals/new/", sent).status_code == 302
        assert PersonFile.objects.count() == 1

    def test_what_is_filled_in_is_kept(self, aida, signed_in, form_of):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {
            "full_name": "Nargis",
            "father": "Karim",
            "sex": "female",
            "birth_date": "03.05.1990",
            "citizenship": "Tajikistan",
            "second_citizenship": "uzb",
            "language": "tg",
            "entry_mode": "in_country",
            "entry_from": "Узбекистан",
            "urgent": "medical",
            "documents-0-type": "passport",
            "documents-0-issuer": "TJK",
            "documents-0-number": "A1234567",
            "documents-1-type": "other",
            "documents-TOTAL_FORMS": "2",
        }
        assert client.post("/arrivals/new/", sent).status_code == 302
        file = PersonFile.objects.get()
        assert (file.birth, file.citizenships, file.language, file.urgent) == (
            "1990-05-03",
            ["TJK", "UZB"],
            "tg",
            ["medical"],
        )
        assert file.entry == {"mode": "in_country", "from": "UZB"}
        assert [document.type for document in file.documents.all()] == ["passport", "other"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("birth_date", "yesterday"),
            ("citizenship", "Atlantis"),
            ("age", "-1"),
            ("documents-0-number", "123"),
            ("full_name", "FNU"),
        ],
    )
    def test_a_mistake_is_named_beside_its_field_and_nothing_is_lost(self, aida, signed_in, form_of, field, value):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"given": "Nargis", field: value}
        answer = client.post("/arrivals/new/", sent)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert 'value="Nargis"' in answer.content.decode()
        assert not PersonFile.objects.exists()

    def test_one_more_document_keeps_what_was_written(self, aida, signed_in, form_of):
        client = signed_in(aida)
        sent = form_of(client, "/arrivals/new/") | {"given": "Nargis", "documents-0-number": "123", "add_document": "1"}
        page = client.post("/arrivals/new/", sent).content.decode()
        assert 'value="Nargis"' in page
        assert 'name="documents-1-number"' in page
        assert 'value="123"' in page

    def test_the_page_is_light(self, aida, signed_in):
        assert len(signed_in(aida).get("/arrivals/new/").content) < 100_000

    def test_others_find_nothing(self, marat, consul, ombudsman, signed_in, client):
        for person in (marat, consul, ombudsman):
            assert signed_in(person).get("/arrivals/new/").status_code == 404
        assert client.get("/arrivals/new/").url.startswith("/sign-in/")
