"""The case file: what happened as far as the reader may know, what is next with its bar, and the same on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.node.registration import clocks, timeline
from panah.node.registration.file_views import paper
from panah.node.registration.service import NameSaid, next_from, story_cut_by
from panah.node.safeguards.actions import PlaceHold
from panah.web.parts import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hooks_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_cuts", list(timeline._cuts))
    monkeypatch.setattr(clocks, "_others", list(clocks._others))


@pytest.fixture
def held(aida: Any, register: Any) -> Any:
    """A person with a name written from right to left, and a hold that an officer placed."""
    file = register(aida, names=(NameSaid(text="فاطمه احمدی"),))
    perform(
        PlaceHold(
            by=aida.pk, place="ALA", happened_at=now(), file=file.pk, safeguard="no_removal",
            reason="She says that her brothers look for her.",
        )
    )  # fmt: skip
    return file


def test_the_story_names_the_office_and_to_those_who_oversee_the_officer(aida, marat, held):
    (first, *_), (named, *_) = timeline.story(aida, held), timeline.story(marat, held, reads=True)
    assert first.event.who == "Almaty International Airport"
    assert aida.display_name in named.event.who


def test_a_hold_stands_in_the_story_with_its_law(aida, held):
    (placed,) = [told.event for told in timeline.story(aida, held) if told.room == "safeguards"]
    assert "Convention" in placed.law


def test_a_room_can_keep_a_line_back_and_the_page_says_only_that_it_is_there(aida, held, signed_in):
    story_cut_by(lambda officer, file: lambda code, facts: None if code == "safeguards.place_hold" else facts)
    page = signed_in(aida).get(f"/files/{held.pk}/").content.decode()
    assert "A hold was placed" not in page
    assert "Restricted" in page
    assert "A hold was placed" not in paper(aida, held)


def test_what_is_next_comes_from_the_rooms_soonest_first_with_a_link(aida, held, signed_in):
    moment = now()
    next_from(lambda officer, file, at: [Clock("Later thing", moment, moment + timedelta(days=9), at, kind="target")])
    next_from(
        lambda officer, file, at: [
            Clock("Sooner thing", moment, moment + timedelta(days=2), at, kind="agreed", url="/x/")
        ]
    )
    page = signed_in(aida).get(f"/files/{held.pk}/").content.decode()
    assert page.index("Sooner thing") < page.index("Later thing")
    assert '<a href="/x/">Sooner thing</a>' in page
    assert page.count("<progress") == 2


def test_the_story_can_be_read_room_by_room(aida, held, signed_in):
    browser = signed_in(aida)
    page = browser.get(f"/files/{held.pk}/?room=safeguards").content.decode()
    assert "A hold was placed" in page
    assert "Registered under the number" not in page
    assert "Nothing is written down here" in browser.get(f"/files/{held.pk}/?room=reception").content.decode()


def test_the_paper_tells_the_same_and_says_who_printed_it(aida, held):
    page = paper(aida, held)
    for words in (
        held.number,
        "No removal",
        "A hold was placed",
        "Registered under",
        aida.display_name,
        "counter(pages)",
    ):
        assert words in page


def test_each_print_is_written_down(aida, held, signed_in):
    answer = signed_in(aida).get(f"/files/{held.pk}/story.pdf")
    assert answer.content.startswith(b"%PDF-")
    last = list(journal.lines_of(held.pk))[-1]
    assert (last.code, last.by) == ("registration.file_printed", aida.pk)
    assert not Entry.objects.filter(code="registration.file_read").exists()


def test_the_paper_is_in_the_readers_language_and_keeps_the_persons_script(aida, held):
    with translation.override("ru"):
        page = paper(aida, held)
    assert '<html lang="ru" dir="ltr">' in page
    assert "فاطمه احمدی" in page


def test_nobody_prints_what_they_may_not_read(officer, held, signed_in):
    assert signed_in(officer("border_officer", post="NQZ")).get(f"/files/{held.pk}/story.pdf").status_code == 404


def test_a_longer_story_asks_no_more_of_the_database(aida, saule, marat, held):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            timeline.story(marat, held, reads=True)
        return len(queries)

    asked()
    few = asked()
    for person in (aida, saule, marat):
        for _ in range(3):
            journal.note_read("registration.file_read", by=person.pk, place="ALA", subject=held.pk)
    assert asked() == few
