"""Texts marked up word by word, files known by their content, reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.hub.meetings import rules
from panah.hub.meetings.rules import Author, Wording
from tests.unit.hub.meetings.conftest import PDF, packed

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
KAZ, KGZ, US = Author("KAZ", AT), Author("KGZ", AT), Author("", AT)


def shown(pieces: tuple[rules.Piece, ...]) -> str:
    marks = {"same": "{}", "ins": "+{}+", "del": "-{}-"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def test_a_changed_word_is_taken_out_and_put_in():
    assert (
        shown(rules.marked("States may share data.", "States shall share data.", KAZ))
        == "States -may-+shall+ share data."
    )


def test_words_side_by_side_are_one_change_that_reads_as_a_phrase():
    pieces = rules.marked("States will try to do it.", "States agree that they do it.", KAZ)
    assert shown(pieces) == "States -will try to-+agree that they+ do it."


def test_russian_words_with_hyphens_stay_whole():
    pieces = rules.marked("трудящиеся-мигранты региона", "трудящихся-мигрантов региона", KAZ)
    assert shown(pieces) == "-трудящиеся-мигранты-+трудящихся-мигрантов+ региона"


def test_each_change_keeps_who_made_it():
    pieces = rules.tracked(
        (
            Wording("We share data.", US),
            Wording("We gladly share data.", KAZ),
            Wording("We gladly share all figures.", KGZ),
        )
    )
    assert [(p.text.strip(), p.put_in, p.taken_out) for p in pieces if p.kind != "same"] == [
        ("gladly", KAZ, None),
        ("data", None, KGZ),
        ("all figures", KGZ, None),
    ]


def test_who_changed_a_text_is_said_once_for_neighbouring_changes():
    pieces = rules.marked("We may do it.", "We shall do it.", KAZ)
    assert [(piece.text, piece.told) for piece in pieces if piece.author] == [("may", False), ("shall", True)]


def test_what_was_put_in_and_taken_out_again_names_both():
    pieces = rules.tracked((Wording("We share.", US), Wording("We gladly share.", KAZ), Wording("We share.", KGZ)))
    (gone,) = [piece for piece in pieces if piece.kind == "del"]
    assert (gone.text.strip(), gone.put_in, gone.taken_out) == ("gladly", KAZ, KGZ)


TEXTS = st.text(alphabet="ab ,.\nДё-", max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_accepting_gives_the_last_text_and_rejecting_the_first(texts: list[str]):
    pieces = rules.tracked(tuple(Wording(text, Author(str(at), AT)) for at, text in enumerate(texts)))
    assert "".join(piece.text for piece in pieces if piece.taken_out is None) == texts[-1]
    assert "".join(piece.text for piece in pieces if piece.put_in is None) == texts[0]


@pytest.mark.parametrize(
    ("ref", "parts"),
    [
        ("M-som-9-3", ("som-9", 3)),
        ("M-a1-12", ("a1", 12)),
        ("M-som-9-0", None),
        ("M--1", None),
        ("som-9-3", None),
        ("M-som-9-03", None),
        ("M-som-9", ("som", 9)),
    ],
)
def test_the_id_of_a_conclusion_names_meeting_and_number(ref: str, parts: tuple[str, int] | None):
    assert rules.reference(ref) == parts


WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (PDF, "pdf"),
        (packed(WORD), "docx"),
        (packed(ODT), "odt"),
        (packed(WORD | {"word/vbaProject.bin": "x"}), None),
        (packed(ODT | {"Basic/Standard/Module1.xml": "x"}), None),
        (packed({"mimetype": "application/epub+zip", "content.xml": ""}), None),
        (packed({"anything": "x"}), None),
        (b"<html>", None),
        (b"MZ\x90", None),
        (b"PK\x03\x04 broken", None),
        (b"", None),
    ],
    ids=["pdf", "docx", "odt", "docx-macro", "odt-macro", "epub", "zip", "html", "exe", "broken", "empty"],
)
def test_a_file_is_known_by_its_content(content: bytes, form: str | None):
    assert rules.form_of(content) == form


@pytest.mark.parametrize(
    ("left", "given_before", "due"),
    [
        (timedelta(days=8), (), None),
        (timedelta(days=7), (), 7),
        (timedelta(days=3), (7,), None),
        (timedelta(hours=23), (7,), 1),
        (timedelta(hours=23), (), 1),
        (timedelta(hours=1), (7, 1), None),
        (timedelta(0), (), None),
    ],
)
def test_a_reminder_is_given_seven_days_and_one_day_before(
    left: timedelta, given_before: tuple[int, ...], due: int | None
):
    assert rules.reminder_due(AT + left, AT, given_before) == due


def test_a_meeting_whose_time_is_not_known_is_not_taken_for_one_that_comes():
    assert not rules.upcoming(date(2026, 11, 21), None, None, None)
    assert rules.upcoming(date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 21), None)
