"""The queue of a body with much work: what it asks of the database does not grow with it, and packets stay where they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

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
    assert len(many) == len(few)
    assert not [one["sql"] for one in many.captured_queries if '"packet"' in one["sql"]]


def test_what_is_closed_stands_with_the_newest_first(case, signed_in):
    one = case().send("asylum_authority")
    old, new = like(one, 2, status="done", outcome="registered")
    (declined,) = like(one, 1, status="declined", decline_code="CAPACITY", due_at=WHEN + timedelta(days=9))
    page = signed_in(case().receiver(one, "asylum_officer")).get("/queue/?list=closed").content.decode()
    places = [page.index(row.number) for row in (declined, new, old)]
    assert places == sorted(places)
    assert one.number not in page
