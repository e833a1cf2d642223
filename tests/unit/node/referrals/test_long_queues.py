"""The queue of a body with much work: what it asks of the database does not grow with it, and packets stay where they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from panah.node.referrals import lists
from panah.node.referrals.models import Referral
from tests.unit.node.referrals.conftest import WHEN


def like(one: Referral, how_many: int, **said: Any) -> list[Referral]:
    """So many referrals to the same body, each due an hour after the one before."""
    rows = []
    for n in range(how_many):
        copy = Referral.objects.get(pk=one.pk)
        copy.pk, copy.file, copy.number = uuid7(), uuid7(), f"X-{uuid7().hex[-12:]}"
        copy.due_at = WHEN + timedelta(hours=n)
        for name, value in said.items():
            setattr(copy, name, value)
        rows.append(copy)
    return Referral.objects.bulk_create(rows)


@pytest.mark.parametrize("which", ["open", "late", "accepted", "closed"])
def test_a_queue_asks_as_much_of_the_database_with_many_lines_as_with_few(case, signed_in, which):
    one = case().send("asylum_authority")
    browser = signed_in(case().receiver(one, "asylum_officer"))
    for said in ({"status": "sent"}, {"status": "accepted"}, {"status": "done", "outcome": "registered"}):
        like(one, 2, **said)
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/queue/?list={which}")
    for said in ({"status": "sent"}, {"status": "accepted"}, {"status": "done", "outcome": "registered"}):
        like(one, 60, **said)
    with CaptureQueriesContext(connection) as many:
        browser.get(f"/queue/?list={which}")
    assert len(many) <= len(few)
    assert not [one["sql"] for one in many.captured_queries if "COUNT(" in one["sql"] and "LIMIT" not in one["sql"]]
    assert not [one["sql"] for one in many.captured_queries if '"packet"' in one["sql"]]


def test_what_is_closed_stands_with_the_newest_first(case, signed_in):
    one = case().send("asylum_authority")
    old, new = like(one, 2, status="done", outcome="registered")
    (declined,) = like(one, 1, status="declined", decline_code="CAPACITY", due_at=WHEN + timedelta(days=9))
    page = signed_in(case().receiver(one, "asylum_officer")).get("/queue/?list=closed").content.decode()
    places = [page.index(row.number) for row in (declined, new, old)]
    assert places == sorted(places)
    assert one.number not in page


@pytest.mark.parametrize("which", ["open", "closed"])
def test_page_after_page_every_line_stands_once_and_in_order(case, signed_in, which):
    one = case().send("asylum_authority")
    like(one, 60, status="done", outcome="registered")
    like(one, 60, status="accepted")
    same = like(one, 70, status="sent") + like(one, 10, status="done", outcome="registered")
    Referral.objects.filter(pk__in=[row.pk for row in same]).update(due_at=WHEN)
    browser = signed_in(case().receiver(one, "asylum_officer"))
    rows, address = [], f"/queue/?list={which}"
    while address:
        page = browser.get(address).context["page"]
        rows += page.rows
        address = f"/queue/?list={which}&after={quote(page.following)}" if page.following else ""
    wanted = {"open": ["sent", "accepted"], "closed": ["done"]}[which]
    assert len(rows) == len({row.pk for row in rows}) == Referral.objects.filter(status__in=wanted).count()
    places = [(wanted.index(row.status), row.due_at) for row in rows]
    assert places == sorted(places, key=lambda place: (place[0], place[1]), reverse=False) or which == "closed"
    if which == "closed":
        assert [at for _, at in places] == sorted((at for _, at in places), reverse=True)


def test_counting_stops_where_nobody_plans_by_the_number(case, signed_in, monkeypatch):
    one = case().send("asylum_authority")
    monkeypatch.setattr(lists, "MOST_COUNTED", 3)
    like(one, 5, status="sent")
    page = signed_in(case().receiver(one, "asylum_officer")).get("/queue/").content.decode()
    assert "more than this" in page


@pytest.mark.parametrize("after", ["x", "sent~2026-01-01~x", "~~", "sent~2026-01-01T00:00:00~" + "0" * 32])
def test_a_place_in_the_list_that_is_none_is_the_beginning(case, signed_in, after):
    one = case().send("asylum_authority")
    browser = signed_in(case().receiver(one, "asylum_officer"))
    assert one.number in browser.get("/queue/", {"after": after}).content.decode()
