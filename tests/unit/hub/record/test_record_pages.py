"""The pages of what was agreed, and loading it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.hub.loadings.models import Loading
from panah.hub.loadings.service import record_home
from panah.hub.record import models, reading, service
from panah.hub.record.actions import LoadRecord


def page(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.django_db
def test_the_same_record_again_changes_nothing():
    assert service.load().result == {"paragraphs": 70, "requirements": 115, "new": True}
    assert service.load().result == {"paragraphs": 70, "requirements": 115, "new": False}
    assert Loading.objects.filter(room="record").count() == 1


@pytest.mark.django_db
def test_a_record_that_changed_in_between_is_refused():
    with pytest.raises(Refused, match="not those that were checked"):
        perform(LoadRecord(by=None, happened_at=now(), folder=str(record_home()), folder_digest="0" * 64))
    assert not models.Paper.objects.exists()


@pytest.mark.django_db
def test_a_record_with_something_wrong_in_it_is_refused_whole(tmp_path: Path):
    with pytest.raises(Refused, match="cannot be read"):
        perform(LoadRecord(by=None, happened_at=now(), folder=str(tmp_path), folder_digest=reading.digest(tmp_path)))
    assert not models.Paragraph.objects.exists()


def test_only_the_secretariat_loads_it(officer: Callable[..., Officer]):
    home = record_home()
    for role in ("observer", "national_coordinator", "senior_official", "statistician", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            perform(
                LoadRecord(by=officer(role).pk, happened_at=now(), folder=str(home), folder_digest=reading.digest(home))
            )
    assert not Loading.objects.exists()


def test_a_paragraph_shows_everything_that_it_is_tied_to(loaded: None):
    text = page(reverse("record_paragraph", args=["A-3"]))
    for said in (
        "R008",
        "R012",
        "Mechanisms for profiling and referral",
        "node/profiling",
        "1.02",
        "drafts that nobody has checked",
    ):
        assert said in text, said


def test_what_nothing_carries_out_says_so(loaded: None):
    text = page(reverse("record_paragraph", args=["E-2c"]))
    assert "Nothing yet" in text
    assert "passport of skills" in text


def test_a_requirement_shows_what_meets_it_with_links_that_lead_somewhere(loaded: None):
    text = page(reverse("record_requirement", args=["R029"]))
    assert 'href="/published/"' in text
    assert 'href="/record/requirements/?room=node/statistics"' in text
    assert "intake.take_in" in text
    assert "tests/" in text
    assert page("/published/")


def test_every_requirement_has_a_page_whose_links_within_the_hub_are_there(loaded: None):
    client = Client()
    for row in models.Requirement.objects.all():
        answer = client.get(reverse("record_requirement", args=[row.code]))
        assert answer.status_code == 200
        assert all(one.partition(":")[2] in answer.content.decode() for one in row.met_by if one.startswith("room:")), (
            row.code
        )


@pytest.mark.parametrize(
    ("query", "within", "without"),
    [
        ("status=not_yet", "R039", "R001"),
        ("document=D", "R084", "R001"),
        ("module=TIP", "R097", "R001"),
        ("point=ten_points.10", "R047", "R001"),
        ("point=themes.statelessness", "R024", "R001"),
        ("room=node/custody", "R049", "R001"),
        ("document=E&status=met", "R103", "R094"),
    ],
)
def test_requirements_are_chosen_by_document_subject_point_room_and_status(
    loaded: None, query: str, within: str, without: str
):
    rows = csv.DictReader(io.StringIO(page(f"{reverse('record_requirements')}?{query}&as=csv").lstrip("\ufeff")))
    codes = {row["Number"] for row in rows}
    assert within in codes
    assert without not in codes


def test_the_list_leaves_whole_as_a_workbook(loaded: None):
    answer = Client().get(f"{reverse('record_requirements')}?as=xlsx")
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 116
    assert rows[1][0] == "R001"
    assert "room:node/profiling" in str(rows[1][-1])


def test_a_point_lists_paragraphs_and_requirements(loaded: None):
    text = page(reverse("record_point", args=["ten_points", "5"]))
    assert "A-3" in text
    assert "R073" in text
    assert "Not checked against the source" in page(reverse("record_point", args=["themes", "labour"]))


def test_the_timeline_says_what_is_from_memory(loaded: None):
    text = page(reverse("record_timeline"))
    assert "2013-06-05" in text
    assert "no, from memory" in text


def test_a_russian_reader_reads_russian(loaded: None):
    client = Client()
    client.cookies["panah_language"] = "ru"
    text = client.get(reverse("record_paragraph", args=["A-2"])).content.decode()
    assert "Иррегулярная миграция беспокоит" in text
    assert "черновики" in text
    with translation.override("ru"):
        assert service.paper_titles()["A"] == "Алматинская декларация"


def test_before_loading_the_pages_say_what_to_do(db: None):
    for name in ("record", "record_frameworks", "record_timeline"):
        assert "panah record load" in page(reverse(name))
    assert Client().get(reverse("record_paragraph", args=["A-1"])).status_code == 404
    assert Client().get(f"{reverse('record_requirements')}?as=exe").status_code == 404


def test_the_questions_to_the_database_do_not_grow_with_what_is_listed(loaded: None):
    def asked(query: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(f"{reverse('record_requirements')}?{query}")
        return len(found)

    assert asked("") == asked("status=not_yet")


def test_other_rooms_read_paragraphs_and_points(loaded: None):
    found = service.paragraph("B-12")
    assert found is not None
    assert found.commitments == ("B-12.1",)
    assert found.url == "/record/paragraphs/B-12/"
    assert service.paragraph("Z-1") is None
    assert [len(one.points) for one in service.frameworks()] == [10, 8, 10]
    assert service.point_title("ten_points", "3") == "Protection-sensitive entry systems"
