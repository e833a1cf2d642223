"""What everybody reads of those who take part, and the secretariat's acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Refused, perform
from panah.foundation.notices.models import Notice
from panah.hub.loadings.service import record_home
from panah.hub.participants import acts, models, service
from panah.hub.participants.tasks import tell_of_ends
from tests.hub_people import People

SOURCE = {"source": "Statement of the chair", "source_date": "2026-05"}


@pytest.mark.parametrize(
    "page",
    ["", "chairs/", "bodies/", "KAZ/", "PRAGUE/", "?kind=state&role=observer&on=2019-06-01", "?on=nonsense&kind=x"],
)
def test_everybody_reads_who_takes_part(people: People, page: str):
    assert Client().get(f"/participants/{page}").status_code == 200


def test_the_page_of_a_participant_shows_disputed_roles_with_their_sources(people: People):
    text = Client().get("/participants/IRN/").content.decode()
    assert "IOM Tajikistan" in text
    assert "Ministry of Labour of Kazakhstan" in text
    assert "Sources disagree" in text


def test_the_list_is_a_file_too(people: People):
    rows = list(csv.reader(io.StringIO(Client().get("/participants/?format=csv").content.decode("utf-8-sig"))))
    iran = next(row for row in rows if row[0] == "IRN")
    assert "disputed" in iran
    assert {"Member", "Observer"} == set(iran[3].split("; "))
    assert Client().get("/participants/KAZ/?format=xlsx").content[:2] == b"PK"
    assert Client().get("/participants/chairs/?format=csv").status_code == 200


def test_contacts_are_for_those_who_have_an_account(people: People, signed_in: Callable[[Officer], Client]):
    assert Client().get("/participants/contacts/").status_code == 302
    assert b"Support Unit" in signed_in(people.prague).get("/participants/contacts/").content
    assert b"Support Unit" not in Client().get("/participants/KAZ/").content


def test_a_role_is_ended_and_what_was_said_before_stays(people: People):
    key = next(role.key for role in service.roles_of("UZB") if role.role == "applicant")
    perform(acts.EndRole(by=people.secretariat.pk, happened_at=now(), key=key, ends="2026-05", **SOURCE))
    ended = next(role for role in service.roles_of("UZB") if role.key == key)
    assert str(ended.ends) == "2026-05"
    assert models.HeldRole.objects.filter(key=key, superseded_at__isnull=False, ends="").exists()
    assert b"Earlier rows" in Client().get("/participants/UZB/").content
    with pytest.raises(Refused, match="end already"):
        perform(acts.EndRole(by=people.secretariat.pk, happened_at=now(), key=key, ends="2026-06", **SOURCE))


def test_a_role_that_is_said_stands_beside_the_others_with_its_source(people: People):
    said = {"participant": "UZB", "role": "member", "begins": "2026-05-12", **SOURCE}
    perform(acts.SayRole(by=people.secretariat.pk, happened_at=now(), row=uuid7(), **said))
    titles = {role.source.title for role in service.roles_of("UZB") if role.role == "member"}
    assert len(titles) == 2


def test_an_end_before_the_beginning_is_refused(people: People):
    with pytest.raises(Refused, match="before the beginning"):
        perform(
            acts.SayChair(
                by=people.secretariat.pk,
                happened_at=now(),
                row=uuid7(),
                participant="KGZ",
                begins="2028",
                ends="2027",
                **SOURCE,
            )
        )


def test_loading_again_leaves_what_the_secretariat_changed(people: People, tmp_path: Path):
    key = next(role.key for role in service.roles_of("UZB") if role.role == "applicant")
    perform(acts.EndRole(by=people.secretariat.pk, happened_at=now(), key=key, ends="2026-05", **SOURCE))
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "participants" / "roles.csv"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("willing to become a full member", "ready to become a full member"), encoding="utf-8")
    result = service.load(copy).result
    assert result["changed"] == 0
    assert str(next(role for role in service.roles_of("UZB") if role.key == key).ends) == "2026-05"


def test_a_changed_row_supersedes_the_one_before_and_a_row_that_is_gone_stands_no_more(people: People, tmp_path: Path):
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "participants" / "roles.csv"
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line.replace("2019-05", "2019-06") if line.startswith("tur-member-iom") else line for line in lines]
    sheet.write_text("".join(line for line in kept if not line.startswith("chn-observer")), encoding="utf-8")
    assert service.load(copy).result["changed"] == 2
    assert "2019-06" in {str(role.as_of) for role in service.roles_of("TUR")}
    assert {role.role for role in service.roles_of("CHN")} == {"guest"}
    assert models.HeldRole.objects.filter(participant="CHN", role="observer").count() == 1


def test_an_earlier_edition_that_is_loaded_again_stands_whole_again(people: People, tmp_path: Path):
    before = {(role.key, str(role.as_of)) for code in ("TUR", "CHN") for role in service.roles_of(code)}
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "participants" / "roles.csv"
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line.replace("2019-05", "2019-06") if line.startswith("tur-member-iom") else line for line in lines]
    sheet.write_text("".join(line for line in kept if not line.startswith("chn-observer")), encoding="utf-8")
    service.load(copy)
    assert service.load().result["changed"] == 2
    assert {(role.key, str(role.as_of)) for code in ("TUR", "CHN") for role in service.roles_of(code)} == before


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",member,", ",boss,", ["roles.csv", "column role", "'boss'", "'member'"]),
        ("afg-member-iom-2019,AFG", "afg-member-iom-2019,ZZZ", ["row 2", "column participant", "'ZZZ'"]),
        ("KAZ,member,,,2019-05", "KAZ,member,,,2019-15", ["row 4", "column as_of", "'2019-15'"]),
        ("key,participant", "key,state", ["'state' is not known", "'participant' is missing"]),
        ("aze-member-iom-2019", "afg-member-iom-2019", ["row 3", "column key", "row 2 has this one"]),
    ],
    ids=["role", "participant", "day", "heading", "double"],
)
def test_what_is_wrong_with_a_sheet_is_said_with_file_row_column_and_what_is_allowed(
    db: None, tmp_path: Path, before: str, after: str, said: list[str]
):
    copy = copytree(record_home(), tmp_path / "record")
    sheet = copy / "participants" / "roles.csv"
    text = sheet.read_text(encoding="utf-8")
    assert before in text
    sheet.write_text(text.replace(before, after, 1), encoding="utf-8")
    problems = " ".join(service.check(copy))
    assert all(part in problems for part in said), problems
    with pytest.raises(Refused):
        service.load(copy)


def test_the_secretariat_adds_and_ends_contacts_on_the_page(people: People, signed_in: Callable[[Officer], Client]):
    browser = signed_in(people.secretariat)
    form = {
        "act": "contact", "action": str(uuid7()), "made": str(uuid7()), "kind": "national_coordinator",
        "office_en": "Deputy minister of labour", "mailbox": "coordinator@labour.example", "source": "Note of the state",
    }  # fmt: skip
    assert browser.post("/participants/KGZ/", form).status_code == 302
    (contact,) = service.contacts("KGZ")
    assert contact.mailbox == "coordinator@labour.example"
    assert b"coordinator@labour.example" in signed_in(people.kaz).get("/participants/KGZ/").content
    end = {
        "act": "end_contact",
        "action": str(uuid7()),
        "made": str(uuid7()),
        "key": contact.key,
        "reason": "The office moved.",
    }
    assert browser.post("/participants/KGZ/", end).status_code == 302
    assert service.contacts("KGZ")[0].ends
    for other in (people.kgz, people.administrator, people.chair):
        assert signed_in(other).post("/participants/KGZ/", form | {"action": str(uuid7())}).status_code == 404


def test_the_administrator_seats_whom_the_secretariat_asked_for(people: People, signed_in: Callable[[Officer], Client]):
    asked = {"officer": str(people.kgz_official.pk), "participant": "KGZ", "office": "chair_delegate"}
    posted = {"act": "ask", "action": str(uuid7()), "made": str(uuid7()), **asked}
    assert signed_in(people.secretariat).post("/participants/seats/", posted).status_code == 302
    notice = Notice.objects.get(code="participants.seat_asked")
    browser = signed_in(people.administrator)
    assert str(people.kgz_official.pk) in browser.get(notice.link).content.decode()
    given = posted | {"act": "seat", "action": str(uuid7()), "begins": "2020-01-01"}
    assert browser.post("/participants/seats/", given).status_code == 302
    assert service.acts_for(people.kgz_official, "KGZ", "chair_delegate")


def test_the_end_of_the_chair_is_told_of_once(people: People):
    with standing_at(datetime(2027, 11, 1, 9, tzinfo=UTC)):
        assert tell_of_ends.call() == 1
        assert tell_of_ends.call() == 1
    assert Notice.objects.filter(code="participants.chair_ends").count() == 1
    with standing_at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        assert tell_of_ends.call() == 0


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(people: People):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert Client().get("/participants/").status_code == 200
            assert Client().get("/participants/KAZ/").status_code == 200
        return len(found)

    before = asked()
    for number in range(6):
        said = {"participant": "KAZ", "role": "member", "begins": f"202{number}", **SOURCE}
        perform(acts.SayRole(by=people.secretariat.pk, happened_at=now(), row=uuid7(), **said))
    assert asked() == before
