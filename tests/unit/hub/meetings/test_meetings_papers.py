"""The statement and the marked-up draft as files: opened again as a word processor and a reader of PDF open them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.hub.meetings import acts, service
from panah.hub.meetings.models import Delegation, Paragraph
from panah.hub.meetings.service import Section
from tests.hub_people import People, people  # noqa: F401
from tests.unit.hub.meetings.conftest import TEXT_EN, TEXT_RU, Room, does

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]
PAGE = "/meetings/som-9/"
BETTER = "Participants shall share data on returns twice a year."
BEST = "Participants shall share protected data on returns twice a year."
LATER = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def negotiated(room: Room) -> Room:
    """Two agreed paragraphs, one of them without Russian, a third that is a draft with an open proposal, a fourth that was left out."""
    first = room.paragraph()
    room.merge(room.proposal(room.people.kgz, first, text_en=BETTER), 1)
    with standing_at(LATER):
        first.refresh_from_db()
        room.merge(room.proposal(room.people.tjk, first, text_en=BEST), 2)
    room.agree(first)
    room.agree(room.paragraph("Only in English so far.", ""))
    third = room.paragraph("Experts meet in spring.", "Эксперты встречаются весной.")
    room.proposal(room.people.tjk, third, text_en="Experts meet in autumn.", text_ru="Эксперты встречаются осенью.")
    room.merge(
        room.proposal(room.people.kgz, third, wish="insert", text_en="A wholly new one.", text_ru="Совсем новый."), 0
    )
    room.merge(room.proposal(room.people.kgz, room.paragraph("This one goes.", ""), wish="delete"), 1)
    for code in ("KGZ", "TJK"):
        delegation = Delegation.objects.get(participant=code)
        does(
            acts.AnswerInvitation,
            room.people.kgz if code == "KGZ" else room.people.tjk,
            delegation=delegation.pk,
            comes="comes",
        )
    return room


def file_of(room: Room, signed_in: SignedIn, name: str) -> bytes:
    answer = signed_in(room.people.kgz).get(f"{PAGE}{name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; ")
    return bytes(answer.content)


def words_of(pdf: bytes) -> str:
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", made.stdout.decode())


def body_of(docx: bytes) -> Any:
    return Document(BytesIO(docx)).element.body


def plain(block: Any, *, but: str) -> str:
    """The text of a paragraph with the changes of one kind left out: without w:del as accepted, without w:ins as rejected."""
    return "".join(
        run.text or ""
        for run in block.iter(qn("w:t"), qn("w:delText"))
        if not any(parent.tag == qn(but) for parent in run.iterancestors())
    )


def test_the_statement_has_its_frame_and_the_agreed_paragraphs_in_order(negotiated: Room, signed_in: SignedIn):
    document = Document(BytesIO(file_of(negotiated, signed_in, "statement-en.docx")))
    lines = [block.text for block in document.paragraphs]
    assert lines[:5] == [
        "Statement of the Chair of the Almaty Process",
        "9th Senior Officials' Meeting",
        "Astana, Kazakhstan, 10–11 December 2026",
        "Chair: Kazakhstan",
        "Draft. Not yet made public.",
    ]
    assert "Participating states: Kyrgyzstan; Tajikistan." in lines
    assert f"1.\t{BEST}  M-som-9-1" in lines
    assert "2.\tOnly in English so far.  M-som-9-2" in lines
    assert not any("Experts meet" in line or "This one goes" in line for line in lines)
    assert "Paragraphs that are not agreed yet and do not stand here: 2." in lines


def test_a_paragraph_without_russian_is_shown_as_missing_and_not_translated(negotiated: Room, signed_in: SignedIn):
    lines = [block.text for block in Document(BytesIO(file_of(negotiated, signed_in, "statement-ru.docx"))).paragraphs]
    assert lines[1] == "Девятое совещание старших должностных лиц"
    assert lines[2].startswith("Астана, Казахстан, 10–11 декабря 2026")
    assert f"1.\t{TEXT_RU}  M-som-9-1" in lines
    assert any(line.startswith("2.\t[") and line.endswith("]  M-som-9-2") for line in lines)
    assert not any("Only in English" in line for line in lines)


@pytest.mark.parametrize(
    ("language", "expected", "absent"),
    [
        (
            "en",
            ("Statement of the Chair", "10–11 December 2026", BEST, "Only in English so far.", "M-som-9-2"),
            ("Experts meet",),
        ),
        ("ru", ("Астана, Казахстан, 10–11 декабря 2026", TEXT_RU, "M-som-9-2"), ("Only in English", "Эксперты")),
    ],
)
def test_the_statement_is_a_paper_that_can_be_read_out(
    negotiated: Room, signed_in: SignedIn, language: str, expected: tuple[str, ...], absent: tuple[str, ...]
):
    text = words_of(file_of(negotiated, signed_in, f"statement-{language}.pdf"))
    assert [words for words in expected if words not in text] == []
    assert [words for words in absent if words in text] == []


def test_a_public_statement_says_draft_no_more(room: Room):
    room.agree(room.paragraph())
    does(acts.PublishStatement, room.people.secretariat, meeting=room.meeting)
    text = words_of(Client().get(f"{PAGE}statement-en.pdf").content)
    assert TEXT_EN in text
    assert "Draft" not in text


def test_the_marked_draft_holds_real_tracked_changes_with_author_and_time(negotiated: Room, signed_in: SignedIn):
    body = body_of(file_of(negotiated, signed_in, "draft/marked-en.docx"))
    changes = [
        (change.tag, change.get(qn("w:author")), change.get(qn("w:date")))
        for change in body.iter(qn("w:ins"), qn("w:del"))
    ]
    ids = [change.get(qn("w:id")) for change in body.iter(qn("w:ins"), qn("w:del"))]
    assert len(ids) == len(set(ids)) == len(changes)
    assert (qn("w:ins"), "Kyrgyzstan", "2026-11-21T12:00:00Z") in changes
    assert (qn("w:ins"), "Tajikistan", "2026-11-22T09:30:00Z") in changes
    assert (qn("w:del"), "Kyrgyzstan", "2026-11-21T12:00:00Z") in changes


def test_accepting_all_changes_gives_the_text_that_stands_and_rejecting_them_the_first(
    negotiated: Room, signed_in: SignedIn
):
    body = body_of(file_of(negotiated, signed_in, "draft/marked-en.docx"))
    blocks = [block for block in body.iter(qn("w:p")) if re.match(r"\d+\.", plain(block, but="w:x"))]
    accepted = [re.sub(r"^\d+\.", "", plain(block, but="w:del")) for block in blocks]
    rejected = [re.sub(r"^\d+\.", "", plain(block, but="w:ins")) for block in blocks]
    standing = ["" if row.standing == "dropped" else row.text_en for row in Paragraph.objects.order_by("place")]
    assert accepted == standing
    assert rejected == [TEXT_EN, "Only in English so far.", "Experts meet in spring.", "", "This one goes."]


def test_the_end_of_a_new_paragraph_was_put_in_too(negotiated: Room, signed_in: SignedIn):
    body = body_of(file_of(negotiated, signed_in, "draft/marked-en.docx"))
    (new,) = [block for block in body.iter(qn("w:p")) if "A wholly new one." in plain(block, but="w:x")]
    (mark,) = new.findall(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:ins')}")
    assert mark.get(qn("w:author")) == "Kyrgyzstan"


def test_open_proposals_stand_under_their_paragraph_as_changes_of_their_own(negotiated: Room, signed_in: SignedIn):
    body = body_of(file_of(negotiated, signed_in, "draft/marked-ru.docx"))
    (proposed,) = [block for block in body.iter(qn("w:p")) if "осенью" in plain(block, but="w:x")]
    assert plain(proposed, but="w:del") == "Эксперты встречаются осенью."
    assert plain(proposed, but="w:ins") == "Эксперты встречаются весной."
    assert {change.get(qn("w:author")) for change in proposed.iter(qn("w:ins"), qn("w:del"))} == {"Таджикистан"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "Participants agree to shall share",
                "[KGZ, 21 Nov 2026]",
                "protected",
                "[TJK, 22 Nov 2026]",
                "Experts meet in",
                "autumn",
            ),
        ),
        ("ru", (TEXT_RU, "весной", "осенью", "Таджикистан")),
    ],
)
def test_the_marked_draft_is_a_paper_too(
    negotiated: Room, signed_in: SignedIn, language: str, expected: tuple[str, ...]
):
    text = words_of(file_of(negotiated, signed_in, f"draft/marked-{language}.pdf"))
    together = re.sub(r"\[[A-Z]{3}, [^]]*\]|\s", "", text)
    assert [words for words in expected if words not in text and words.replace(" ", "") not in together] == []


def test_the_page_marks_the_same_changes(negotiated: Room, signed_in: SignedIn):
    page = signed_in(negotiated.people.tjk).get(f"{PAGE}draft/marked/?language=en").content.decode()
    assert "<del>agree to</del>" in page
    assert "<ins>shall</ins>" in page
    assert "KGZ: Kyrgyzstan" in page
    assert signed_in(negotiated.people.tjk).get(f"{PAGE}draft/marked/?language=de").status_code == 404


def test_a_higher_room_adds_its_table_to_the_statement(
    negotiated: Room, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(service, "_sections", [])

    def progress(meeting: str, language: str) -> list[Section]:
        head = ("Обязательство", "Ход") if language == "ru" else ("Commitment", "Progress")
        return [Section(head[1], head, ((f"M-{meeting}-1", "3 / 10"),), note="By the figures.")]

    service.statement_sections_from(progress)
    document = Document(BytesIO(file_of(negotiated, signed_in, "statement-ru.docx")))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Обязательство", "Ход"],
        ["M-som-9-1", "3 / 10"],
    ]
    assert "3 / 10" in words_of(file_of(negotiated, signed_in, "statement-en.pdf"))


def test_no_file_names_an_account_or_a_program_as_its_author(negotiated: Room, signed_in: SignedIn):
    for name in ("statement-en.docx", "draft/marked-en.docx"):
        with ZipFile(BytesIO(file_of(negotiated, signed_in, name))) as packed:
            said = packed.read("docProps/core.xml").decode() + packed.read("word/document.xml").decode()
        assert "python-docx" not in said
        for officer in (negotiated.people.kgz, negotiated.people.tjk, negotiated.people.secretariat):
            assert officer.display_name not in said


@pytest.mark.parametrize(
    "name", ["statement-de.pdf", "statement-en.odt", "draft/marked-de.docx", "draft/marked-en.exe"]
)
def test_other_files_are_not_there(negotiated: Room, signed_in: SignedIn, name: str):
    assert signed_in(negotiated.people.kgz).get(f"{PAGE}{name}").status_code == 404


def test_a_draft_of_the_statement_is_for_those_who_see_the_text(negotiated: Room, uzb: Officer, signed_in: SignedIn):
    for client in (Client(), signed_in(uzb), signed_in(negotiated.people.prague)):
        assert client.get(f"{PAGE}statement-en.pdf").status_code == 404
