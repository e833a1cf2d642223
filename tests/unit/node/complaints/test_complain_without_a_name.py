"""The public page: for anybody, without a name, a cookie, an hour or an address; and the mailbox that only the code opens."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from panah.foundation.clock import standing_at
from panah.foundation.door.service import Refused
from panah.foundation.journal.models import Entry
from panah.foundation.keys import service as keys
from panah.foundation.languages import LANGUAGES
from panah.foundation.notices.models import Notice
from panah.node.complaints import rules, service, texts
from panah.node.complaints.acts import Conclude, WriteBack
from panah.node.complaints.models import Complaint, Line
from panah.node.registration import service as registration
from tests.unit.node.complaints.conftest import WHEN, Came

SAID = {"kind": "theft", "text": "They took <b>200</b> dollars & my telephone.", "language": "en"}
LATER = WHEN + timedelta(minutes=3)
GONE = ("complain.danger", "fa")


def ticket_on(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def sends(browser: Client, /, **said: Any) -> Any:
    """Open the page, fill it in for three minutes, send it."""
    with standing_at(WHEN):
        ticket = ticket_on(browser.get("/complain/").content.decode())
    with standing_at(LATER):
        return browser.post(
            "/complain/", {"ticket": ticket, **SAID, **said}, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telltale/9"
        )


def shown_code(page: str) -> dict[str, str]:
    number, code = re.findall(r'<bdi class="code" dir="ltr">([0-9A-Z-]+)</bdi>', page)[:2]
    return {"number": number, "code": code}


def everything_kept() -> str:
    """Every row of every table, as text; sealed content stays sealed."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 - names of our own models
            found += [repr([bytes(c) if isinstance(c, memoryview) else c for c in row]) for row in cursor]
    return "\n".join(found)


def test_a_complaint_needs_no_cookie_no_script_and_no_csrf_token(anybody: Client) -> None:
    answer = sends(anybody)
    assert answer.status_code == 200
    assert not anybody.cookies
    page = answer.content.decode()
    assert "<script" not in page
    assert "csrf" not in page.lower()
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert Complaint.objects.get().anonymous


def test_nothing_kept_tells_address_browser_words_or_the_hour(anybody: Client) -> None:
    page = sends(anybody).content.decode()
    kept = everything_kept()
    for trace in (
        "203.0.113.77",
        "Telltale",
        "telephone",
        shown_code(page)["code"],
        "06:20",
        "06:17",
        "11:20",
        "11:17",
    ):
        assert trace not in kept, trace
    # The journal's line, the key and the receipt know the day alone.
    row = Complaint.objects.get()
    assert (row.pk.version, row.received_on) == (4, WHEN.date())
    line = Entry.objects.get(subject=row.pk)
    assert (line.recorded_at, line.happened_at) == (row.started_at, row.started_at)
    assert line.action is not None
    assert line.action.version == 4
    assert json.loads(line.facts) == {"complaint": str(row.pk), "danger": False, "kind": "theft", "via": "web"}
    assert not Notice.objects.exists()


def test_a_form_sent_again_with_other_words_keeps_them_on_the_complainers_own_page(anybody: Client) -> None:
    with standing_at(WHEN):
        ticket = ticket_on(anybody.get("/complain/").content.decode())
    with standing_at(LATER):
        assert anybody.post("/complain/", {"ticket": ticket, **SAID}).status_code == 200
        again = anybody.post("/complain/", {"ticket": ticket, **SAID, "text": "They took my passport, too."})
    assert again.status_code == 409
    assert "They took my passport, too." in again.content.decode()
    assert ticket_on(again.content.decode()) != ticket
    assert not anybody.cookies
    assert "script-src 'none'" in again["Content-Security-Policy"]
    assert Complaint.objects.count() == 1


def test_the_same_form_sent_twice_is_one_complaint_with_one_code(anybody: Client) -> None:
    with standing_at(WHEN):
        ticket = ticket_on(anybody.get("/complain/").content.decode())
    with standing_at(LATER):
        pages = [anybody.post("/complain/", {"ticket": ticket, **SAID}).content.decode() for _ in range(2)]
    assert shown_code(pages[0]) == shown_code(pages[1])
    assert Complaint.objects.count() == 1


def test_what_is_wrong_keeps_the_words_and_sends_nothing(anybody: Client) -> None:
    answer = sends(anybody, kind="")
    assert answer.status_code == 422
    assert "They took &lt;b&gt;200" in answer.content.decode()
    assert sends(anybody, ticket="made up").status_code == 422
    assert sends(anybody, text="x" * 5_001).status_code == 422
    assert not Complaint.objects.exists()


def test_another_site_cannot_complain_through_a_visitors_browser(anybody: Client) -> None:
    with standing_at(WHEN):
        ticket = ticket_on(anybody.get("/complain/").content.decode())
    with standing_at(LATER):
        answer = anybody.post("/complain/", {"ticket": ticket, **SAID}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


def test_a_signed_in_officer_is_not_named_by_the_page(signed_in: Any, officer: Any) -> None:
    sana = officer("border_officer", post="ALA")
    browser = signed_in(sana)
    sends(browser)
    row = Complaint.objects.get()
    assert row.entered_by is None
    assert Entry.objects.get(subject=row.pk).by is None


def test_a_flood_is_slowed_and_then_stopped_without_asking_who_it_is(anybody: Client, comes: Any) -> None:
    with standing_at(WHEN):
        ticket = ticket_on(anybody.get("/complain/").content.decode())
        assert anybody.post("/complain/", {"ticket": ticket, **SAID}).status_code == 429, "too quick for a person"
    answers = [sends(Client()).status_code for _ in range(40)]
    assert answers[0] == 200
    assert 429 in answers, "as more comes in, the page must have been open for longer"
    taken = answers.count(200)
    assert taken <= 40
    with standing_at(LATER + timedelta(hours=2)):
        answer = anybody.post("/complain/", {"ticket": ticket, **SAID})
    assert answer.status_code == 200, "the bucket leaks: who waited is taken"


@pytest.mark.parametrize("tag", [language.tag for language in LANGUAGES])
def test_the_page_is_whole_in_every_language_and_says_where_it_is_a_draft(tag: str, anybody: Client) -> None:
    for path in ("/complain/", "/complain/follow/"):
        page = anybody.get(f"{path}?language={tag}").content.decode()
        assert f'<html lang="{tag}"' in page
        assert 'id="not-translated"' not in page
        assert ('id="draft"' in page) == (tag != "en")
    assert page.count("hreflang=") == len(LANGUAGES) == 12


def test_what_is_missing_in_a_language_shows_as_missing(anybody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    words = texts.wording(registration.node_pack())
    known = words.text
    monkeypatch.setattr(
        type(words),
        "text",
        lambda _self, identifier, tag: None if (identifier, tag) == GONE else known(identifier, tag),
    )
    page = anybody.get("/complain/?language=fa").content.decode()
    assert '<html lang="fa" dir="rtl">' in page
    assert 'id="not-translated"' in page
    assert '<span lang="en" dir="ltr">Somebody is in danger now</span>' in page
    assert 'id="not-translated"' not in anybody.get("/complain/?language=ru").content.decode()


def test_a_wrong_code_and_an_unknown_number_look_the_same(anybody: Client, comes: Any) -> None:
    came: Came = comes()
    wrong = anybody.post("/complain/follow/", {"number": came.ticket.number, "code": "0000-0000-0000-0000"})
    unknown = anybody.post("/complain/follow/", {"number": "0000-0000", "code": "0000-0000-0000-0000"})
    same = [
        answer.content.decode().replace(came.ticket.number, "N").replace("0000-0000", "N")
        for answer in (wrong, unknown)
    ]
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert same[0] == same[1]
    assert bytes(came.row.code_digest) not in came.ticket.code.encode()


def test_the_mailbox_goes_both_ways_and_shows_nothing_of_the_inquiry(anybody: Client, comes: Any, does: Any) -> None:
    came: Came = comes()
    does(WriteBack, came, text="Which day was it?")
    page = anybody.post("/complain/follow/", came.code).content.decode()
    assert "Which day was it?" in page
    action = re.findall(r'name="action" value="([^"]+)"', page)[0]
    said = {**came.code, "act": "add", "action": action, "text": "It was <script>Friday</script>."}
    for _ in range(2):
        page = anybody.post("/complain/follow/", said).content.decode()
    assert "It was &lt;script&gt;Friday" in page
    assert "<script>" not in page
    assert [line.kind for line in came.now().lines.all()] == ["to_complainer", "from_complainer"]
    assert not anybody.cookies
    does(
        Conclude,
        came,
        finding="upheld",
        reasons="Found in the secret book.",
        remedy="Paid back.",
        told="You were right.",
    )
    page = anybody.post("/complain/follow/", came.code).content.decode()
    assert "You were right." in page
    assert "secret book" not in page


def test_a_mailbox_takes_no_more_than_can_be_read(comes: Any) -> None:
    came: Came = comes()
    for _ in range(rules.MOST_WAITING):
        service.add_word(uuid4(), **came.code, text="Again.", now=WHEN)
    with pytest.raises(Refused) as refusal:
        service.add_word(uuid4(), **came.code, text="Again.", now=WHEN)
    assert refusal.value.code == "mailbox_full"
    assert Line.objects.count() == rules.MOST_WAITING


def test_destroying_its_key_erases_the_words_and_leaves_the_complaint(
    comes: Any, signed_in: Any, ombudsman: Any
) -> None:
    came: Came = comes(text="A story that names somebody.")
    keys.destroy(came.row.pk)
    page = signed_in(ombudsman).get(f"/complaints/{came.row.pk}/")
    assert page.status_code == 200
    assert "The words were erased" in page.content.decode()
    assert service.said(came.now()) == {}
