"""Pages of commitments, lists of recommendations, and the chair's report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import Workbook, load_workbook
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.hub.commitments import acts, lists, models
from tests.unit.hub.commitments.conftest import Crowd, say

Make = Callable[..., models.Commitment]
SignedIn = Callable[[Officer], Client]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def ids_in(page: str) -> dict[str, str]:
    return {name: page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0] for name in ("action", "made")}


def test_everybody_reads_what_was_made_and_nobody_else_a_draft(
    crowd: Crowd, made: Make, draft: Make, signed_in: SignedIn
):
    row, other = made(), draft()
    page = text_of(Client().get("/commitments/?state=KAZ"))
    assert row.code in page
    assert other.code not in page
    assert "Open a desk for claims" in text_of(Client().get(f"/commitments/{row.code}/"))
    assert Client().get(f"/commitments/{other.code}/").status_code == 404
    assert signed_in(crowd.neighbour).get(f"/commitments/{other.code}/").status_code == 404
    assert signed_in(crowd.secretariat).get(f"/commitments/{other.code}/").status_code == 404
    assert text_of(signed_in(crowd.coordinator).get(f"/commitments/{other.code}/"))


@pytest.mark.parametrize(
    ("query", "within", "without"),
    [
        ("point=ten_points.10", "B-6.1", "A-7.1"),
        ("theme=statelessness", "A-6.2", "A-3.1"),
        ("status=none", "A-3.1", "KAZ-"),
        ("source=paragraph", "A-3.1", "zzz"),
        ("state=KAZ", "D-7.1", "A-3.1"),
    ],
)
def test_commitments_are_chosen_by_owner_point_theme_status_and_source(
    loaded: None, query: str, within: str, without: str
):
    rows = list(csv.DictReader(io.StringIO(text_of(Client().get(f"/commitments/?{query}&as=csv")).lstrip("\ufeff"))))
    actions = {models.Commitment.objects.get(code=within).action_en}
    assert actions <= {row["action"] for row in rows}
    assert not any(row["recommendation_no"] == without for row in rows)


def test_what_a_document_promises_shows_no_owner_and_no_day_that_it_does_not_name(loaded: None):
    page = text_of(Client().get("/commitments/A-3.1/"))
    assert "Participating states" in page
    assert "not known" in page
    assert "No published figure is named" in page


def test_from_the_form_to_the_signature(crowd: Crowd, signed_in: SignedIn):
    focal, coordinator = signed_in(crowd.focal), signed_in(crowd.coordinator)
    page = text_of(focal.get("/commitments/new/?from=C-7b"))
    assert 'value="C-7b"' in page
    said = ids_in(page) | {
        "kind": "paragraph",
        "source": "C-7b",
        "action_en": "Train two hundred officers.",
        "due": "2027-05-01",
    }
    answer = focal.post("/commitments/new/", said, follow=True)
    row = models.Commitment.objects.get(action_en="Train two hundred officers.")
    assert row.code in text_of(answer)
    focal.post("/commitments/new/", said)
    assert models.Commitment.objects.filter(action_en="Train two hundred officers.").count() == 1
    page = text_of(coordinator.get(f"/commitments/{row.code}/"))
    answer = coordinator.post(f"/commitments/{row.code}/", ids_in(page) | {"act": "accept"}, follow=True)
    assert "signed by the national coordinator and made public" in text_of(answer).lower()
    row.refresh_from_db()
    assert row.standing == "made"


def test_a_report_with_a_paper_keeps_its_digest_alone(crowd: Crowd, made: Make, signed_in: SignedIn):
    row, focal = made(), signed_in(crowd.focal)
    page = text_of(focal.get(f"/commitments/{row.code}/"))
    paper = SimpleUploadedFile("order.pdf", b"%PDF-1.7 an order")
    said = ids_in(page) | {
        "act": "report",
        "status": "in_progress",
        "text_en": "A third.",
        "link_text": "Order 5",
        "paper": paper,
    }
    assert focal.post(f"/commitments/{row.code}/", said).status_code == 302
    (evidence,) = models.Report.objects.get().evidence
    assert evidence["kind"] == "upload"
    assert len(evidence["digest"]) == 64
    assert "A third." not in text_of(Client().get(f"/commitments/{row.code}/"))
    page = text_of(signed_in(crowd.coordinator).get(f"/commitments/{row.code}/"))
    assert "A third." in page


def test_strangers_have_no_forms_and_no_acts(crowd: Crowd, made: Make, signed_in: SignedIn):
    row = made()
    for client in (Client(), signed_in(crowd.neighbour), signed_in(crowd.secretariat)):
        assert "What you may do" not in text_of(client.get(f"/commitments/{row.code}/"))
        said = {"act": "withdraw", "reason": "It is in our way.", "action": str(uuid7()), "made": str(uuid7())}
        assert client.post(f"/commitments/{row.code}/", said).status_code == 404
    row.refresh_from_db()
    assert row.standing == "made"


def test_words_of_a_report_are_shown_as_words(crowd: Crowd, made: Make):
    row, report = made(action_en="<script>alert(1)</script>"), uuid7()
    say(acts.DraftReport, crowd.focal, commitment=row.pk, report=report, status="planning", text_en="<b>bold</b>")
    say(acts.SignReport, crowd.coordinator, report=report, shown=models.Report.objects.get(pk=report).digest)
    page = text_of(Client().get(f"/commitments/{row.code}/"))
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_the_board_shows_ones_own_and_the_secretariat_all(crowd: Crowd, made: Make, draft: Make, signed_in: SignedIn):
    row, waiting = made(due=date(2020, 1, 1)), draft()
    own = text_of(signed_in(crowd.coordinator).get("/commitments/board/"))
    assert row.code in own
    assert waiting.code in own
    assert row.code not in text_of(signed_in(crowd.neighbour).get("/commitments/board/"))
    every = text_of(signed_in(crowd.secretariat).get("/commitments/board/"))
    assert row.code in every
    assert waiting.code not in every


def test_the_first_page_names_what_waits_for_whom(crowd: Crowd, draft: Make, signed_in: SignedIn):
    from panah.hub.commitments.day import waiting
    from panah.hub.commitments.service import own_action

    row = draft()
    from panah.foundation.clock import now

    (line,) = waiting(crowd.coordinator, now(), 20)
    assert (line.what, line.detail) == (f"{row.code} waits to be signed", own_action(row))
    assert waiting(crowd.focal, now(), 20) == []
    assert waiting(crowd.secretariat, now(), 20) == []


def workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ADVICE = [
    "123.45", "UPR", "A/HRC/44/10", "139.7", "End the detention of children.", "asylum", "Ministry of the interior", "KGZ UZB",
    "Amend the law on migration.", "1.11", "2026-01-01", "2027-12-31", "in_progress", "The bill is in parliament.", "recommendation",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_is_taken_in_and_taken_along_is_the_same_list(crowd: Crowd, signed_in: SignedIn, kind: str):
    russian = ["7", "", "", "", "", "", "", "", "Изменить закон о миграции.", "", "", "", "", "", "own"]
    formula = ["8", "", "", "", "", "", "", "", "-1 day for each claim", "", "", "", "planning", "", "recommendation"]
    book = workbook([list(lists.COLUMNS), ADVICE, russian, formula])
    client = signed_in(crowd.focal)
    answer = client.post("/commitments/lists/", {"sheet": SimpleUploadedFile("list.xlsx", book)})
    assert "3 rows became drafts" in text_of(answer)
    out = client.get(f"/commitments/lists/?as={kind}").content
    taken, problems = lists.read(out)
    assert problems == []
    want = [dict(zip(lists.COLUMNS, row, strict=True)) for row in (ADVICE, russian, formula)]
    own = [said for _number, said in taken if said["recommendation_no"] in ("123.45", "7", "8")]
    assert own == want
    again = client.post("/commitments/lists/", {"sheet": SimpleUploadedFile(f"list.{kind}", out)})
    assert "3 rows were known already" in text_of(again)


def test_a_row_that_does_not_fit_is_refused_with_row_and_column_and_the_others_are_taken(
    crowd: Crowd, signed_in: SignedIn
):
    bad = {**dict(zip(lists.COLUMNS, ADVICE, strict=True)), "status": "almost", "due": "next year", "action": ""}
    late = {**dict(zip(lists.COLUMNS, ADVICE, strict=True)), "recommendation_no": "9", "due": "2020-01-01"}
    reckoned = {**dict(zip(lists.COLUMNS, ADVICE, strict=True)), "recommendation_no": "10", "text": "=1+1"}
    book = workbook([list(lists.COLUMNS), ADVICE, list(bad.values()), list(late.values()), list(reckoned.values())])
    page = text_of(signed_in(crowd.focal).post("/commitments/lists/", {"sheet": SimpleUploadedFile("list.xlsx", book)}))
    assert "1 row became a draft" in page
    for said in ("almost", "next year", "last day is before the first", "a formula"):
        assert said in page, said
    found = lists.take(book, crowd.focal, "KAZ").problems
    assert {(one.row, one.column) for one in found} == {
        (3, "status"),
        (3, "due"),
        (3, "action"),
        (4, "due"),
        (5, "text"),
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"one,two\n1,2\n", "does not name the columns"),
        (b"\xff\xfe\x00", "neither XLSX nor CSV"),
        (b"PK\x03\x04nothing", "no XLSX workbook"),
    ],
)
def test_what_is_no_list_is_refused_whole(crowd: Crowd, signed_in: SignedIn, content: bytes, sentence: str):
    page = signed_in(crowd.focal).post("/commitments/lists/", {"sheet": SimpleUploadedFile("list.csv", content)})
    assert sentence in text_of(page)
    assert not models.Commitment.objects.filter(seed=False).exists()


def test_the_chairs_report_is_there_in_two_languages_and_four_forms(crowd: Crowd, made: Make, signed_in: SignedIn):
    row, client = made(), signed_in(crowd.secretariat)
    for language, heading in (("en", "Progress of commitments"), ("ru", "Ход выполнения обязательств")):
        paper = Document(io.BytesIO(client.get(f"/commitments/report.docx?lang={language}").content))
        assert paper.paragraphs[0].text == heading
        assert row.code in [cell.text for cell in paper.tables[0].columns[0].cells]
        assert client.get(f"/commitments/report.pdf?lang={language}").content.startswith(b"%PDF")
        sheet = load_workbook(io.BytesIO(client.get(f"/commitments/report.xlsx?lang={language}").content))
        assert sheet.worksheets[0].max_row == 62
    assert client.get("/commitments/report.exe").status_code == 404
    assert client.get("/commitments/report.pdf?lang=xx").status_code == 404
    assert Client().get("/commitments/report.pdf").status_code == 302


def test_the_report_never_reads_unknown_as_nothing(crowd: Crowd, made: Make):
    from panah.hub.commitments import report

    row = made()
    say(
        acts.SetMeasure, crowd.coordinator, commitment=row.pk, measure=uuid7(), kind="indicator", indicator="1.11", state="KAZ",
        direction="down", goal=0,
    )  # fmt: skip
    (line,) = report.lines([row], date(2026, 11, 21))
    assert line.progress == "not known"
    assert "not known" in line.basis
    assert "not signed" in line.basis


def test_the_questions_to_the_database_do_not_grow_with_the_list(crowd: Crowd, made: Make):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            text_of(Client().get("/commitments/?state=KAZ"))
        return len(found)

    made()
    few = asked()
    for _number in range(4):
        made()
    assert asked() == few


def test_a_russian_reader_reads_russian(crowd: Crowd, made: Make):
    client = Client()
    client.cookies["panah_language"] = "ru"
    page = text_of(client.get("/commitments/A-3.2/"))
    assert "Установить справедливые и действенные процедуры убежища." in page
    assert "Государства-участники" in page
    assert "Что обещано" in page
