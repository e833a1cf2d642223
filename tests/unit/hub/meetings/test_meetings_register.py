"""The register as the record has it: what is known, what is disputed, and what was not found."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from shutil import copytree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from panah.foundation.door.service import Refused, perform
from panah.hub.loadings.service import record_home
from panah.hub.meetings import models, service
from panah.hub.meetings.acts import LoadMeetings
from panah.hub.participants import service as participants
from tests.hub_people import People, people  # noqa: F401
from tests.unit.hub.meetings.conftest import NOON, Room

pytestmark = pytest.mark.django_db
HOME = record_home()


@pytest.fixture
def loaded(people: People) -> People:  # noqa: F811
    service.load()
    return people


def test_the_record_of_meetings_has_nothing_wrong():
    assert service.check() == ()


def test_loading_twice_changes_nothing(loaded: People):
    before = list(models.Meeting.objects.values_list("pk", "changed_at", "changes"))
    assert service.load().result["new"] is False
    assert list(models.Meeting.objects.values_list("pk", "changed_at", "changes")) == before


def test_every_meeting_of_the_reference_is_there(loaded: People):
    assert {row.code for row in service.meetings()} == {
        "beginning-2010", "conference-2011", "coordinators-2012", "ministerial-2013", "ashgabat-2014", "som-1", "briefing-2015", "som-2",
        "border-conference-2015", "experts-2016", "som-3", "som-4", "som-5", "som-6", "experts-group-1", "experts-group-2",
        "som-2023-march", "som-8", "ashgabat-2023", "ministerial-2025", "after-april-2025",
    }  # fmt: skip


def test_meetings_stand_in_order_of_time(loaded: People):
    codes = [row.code for row in service.meetings()]
    assert codes[0] == "beginning-2010"
    assert codes.index("som-3") < codes.index("som-4") < codes.index("som-5") < codes.index("som-8")
    assert codes[-1] == "after-april-2025"


@pytest.mark.parametrize(
    "code", ["som-4", "som-6", "som-8", "experts-group-1", "ashgabat-2014", "after-april-2025", "beginning-2010"]
)
def test_a_day_that_no_source_names_is_not_made_up(loaded: People, code: str):
    row = models.Meeting.objects.get(code=code)
    assert (row.begins, row.ends) == (None, None)
    assert (row.state == "unknown") == (code in ("som-4", "som-6", "after-april-2025")), (
        "that it was held is not known either"
    )


@pytest.mark.parametrize(
    ("code", "matter", "values"),
    [
        ("ministerial-2013", "governments", ("Eight", "Nine", "Ten")),
        ("som-2", "place", ("Astana", "Almaty")),
        ("som-3", "date", ("19 and 20", "Opened on 20")),
    ],
)
def test_disputed_values_stand_side_by_side_each_with_its_source(
    loaded: People, code: str, matter: str, values: tuple[str, ...]
):
    rows = models.Fact.objects.filter(meeting__code=code, matter=matter, disputed=True)
    assert sum(row.shown for row in rows) == 1
    assert len({row.source for row in rows}) == len(rows)
    page = Client().get(f"/meetings/{code}/").content.decode()
    assert "Sources disagree" in page
    for value in values:
        assert any(row.text_en.startswith(value) for row in rows)
    for row in rows:
        assert row.text_en in page


def test_every_row_names_its_source_and_only_what_was_read_in_the_document_is_verified(loaded: People):
    for table in (models.Fact, models.Attendance):
        for row in table.objects.all():
            assert row.source
            assert not row.verified or not row.source_url
    assert models.Fact.objects.filter(verified=True).count() >= 10
    assert not models.Fact.objects.filter(verified=True, basis="memory").exists()


def test_who_took_part_is_listed_as_the_source_has_it(loaded: People):
    listed = set(models.Attendance.objects.filter(meeting__code="som-1").values_list("participant", flat=True))
    assert {"AFG", "AZE", "CHN", "IRN", "KAZ", "KGZ", "PAK", "TUR", "TKM"} | {
        "UNHCR",
        "IOM",
        "UNAMA",
        "UNRCCA",
    } == listed
    embassies = models.Attendance.objects.filter(meeting__code="som-2", capacity="embassy")
    assert {row.participant for row in embassies} == {"CHN", "RUS", "USA"}
    known = {one.code for one in participants.participants()}
    assert set(models.Attendance.objects.values_list("participant", flat=True)) <= known


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_the_register_opens_for_everybody(loaded: People, language: str):
    client = Client()
    client.cookies["panah_language"] = language
    assert client.get("/meetings/").status_code == 200
    for row in service.meetings():
        page = client.get(row.url)
        assert page.status_code == 200
        assert row.title(language) in page.content.decode().replace("&#x27;", "'")


def test_the_calendar_says_not_known_and_never_a_guess(loaded: People):
    page = Client().get("/meetings/?kind=senior_officials").content.decode()
    assert "not known" in page
    assert "between September 2018 and March 2023" in page
    assert "the year is not printed" in page
    assert Client().get("/meetings/?kind=nonsense").status_code == 404


def test_the_register_is_a_file_too(loaded: People):
    rows = list(csv.DictReader(io.StringIO(Client().get("/meetings/register.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 21
    assert Client().get("/meetings/register.xlsx").content[:2] == b"PK"
    assert Client().get("/meetings/register.exe").status_code == 404


def test_the_public_feed_is_read_by_a_calendar_program(loaded: People):
    answer = Client().get("/meetings/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    dated = {row.code: row for row in service.meetings() if row.begins and row.kind not in ("milestone", "gap")}
    assert len(events) == len(dated)
    som_5 = events[f"{dated['som-5'].id}@panah"]
    assert (str(som_5["dtstart"].dt), str(som_5["dtend"].dt)) == ("2018-09-27", "2018-09-29")
    assert str(som_5["location"]) == "Bishkek, Kyrgyzstan"


def test_a_changed_sheet_changes_only_its_meeting(loaded: People, tmp_path: Path):
    copy = Path(copytree(HOME, tmp_path / "record"))
    sheet = copy / "meetings" / "meetings.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("Bishkek, Kyrgyzstan", "Osh, Kyrgyzstan"), "utf-8")
    before = dict(models.Meeting.objects.values_list("code", "changes"))
    service.load(copy)
    after = dict(models.Meeting.objects.values_list("code", "changes"))
    assert {code for code in after if after[code] != before[code]} == {"som-5"}


def test_loading_leaves_what_was_convened_here(loaded: People, room: Room, tmp_path: Path):
    copy = Path(copytree(HOME, tmp_path / "record"))
    sheet = copy / "meetings" / "meetings.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("Bishkek", "Osh"), "utf-8")
    service.load(copy)
    assert room.row.code == "som-9"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("day,2018-09-27,2018-09-28", "day,2018-09-27,", "both days"),
        ("day,2018-09-27,2018-09-28", "day,2018-09-27,2018-09-26", "not before"),
        ("year,,,2017-01-01", "year,,,", "first and the last day"),
        ("som-5,13", "som-4,13", "a key of its own"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_named_with_row_and_column(tmp_path: Path, before: str, after: str, said: str):
    copy = Path(copytree(HOME, tmp_path / "record"))
    sheet = copy / "meetings" / "meetings.csv"
    text = sheet.read_text("utf-8")
    assert before in text
    sheet.write_text(text.replace(before, after), "utf-8")
    assert any(said in problem and "row" in problem for problem in service.check(copy))


def test_sheets_that_changed_after_the_check_are_refused(loaded: People):
    with pytest.raises(Refused, match="changed them in between"):
        perform(LoadMeetings(by=None, happened_at=NOON, folder=str(HOME / "meetings"), folder_digest="0" * 64))


def test_the_calendar_asks_as_little_for_many_meetings_as_for_one(people: People):  # noqa: F811
    client = Client()
    models.Meeting.objects.create(
        id=people.kaz.pk, code="one", kind="experts", state="held", title_en="One", precision="unknown", public=True,
        changed_at=NOON, chair="KAZ",
    )  # fmt: skip
    client.get("/meetings/")
    with CaptureQueriesContext(connection) as few:
        client.get("/meetings/")
    service.load()
    with CaptureQueriesContext(connection) as many:
        client.get("/meetings/")
    assert len(many) == len(few)
