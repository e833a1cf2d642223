"""The pages of a body with much work: what they ask of the database, and what they show, does not grow with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.node.procedures import shown
from panah.node.procedures.models import Proceeding
from panah.node.referrals.models import Referral
from tests.unit.node.referrals.conftest import WHEN


def accepted(like: Referral, how_many: int) -> list[Referral]:
    """So many more accepted referrals at the same body, each of another person."""
    rows = []
    for n in range(how_many):
        copy = Referral.objects.get(pk=like.pk)
        copy.pk, copy.file, copy.number = uuid7(), uuid7(), f"X-{n:04d}-{uuid7().hex[-6:]}"
        copy.due_at = like.due_at + timedelta(minutes=n + 1)
        rows.append(copy)
    return Referral.objects.bulk_create(rows)


@pytest.fixture
def waiting(opened: Any) -> Any:
    """A body with one accepted referral and no procedure."""
    return opened(begin=False)


def test_referrals_without_a_procedure_are_shown_up_to_a_limit_the_longest_waiting_first(waiting):
    first = Referral.objects.get(file=waiting.file)
    accepted(first, shown.LONGEST_LIST)
    found = shown.to_begin(waiting.worker)
    assert found.cut
    assert len(found.table.rows) == shown.LONGEST_LIST
    assert found.table.rows[0][0].text == first.number


def test_a_short_list_is_not_said_to_be_cut(waiting, signed_in):
    accepted(Referral.objects.get(file=waiting.file), shown.LONGEST_LIST - 1)
    assert not shown.to_begin(waiting.worker).cut
    assert "The list is cut" not in signed_in(waiting.worker).get(reverse("procedures")).content.decode()


def test_a_cut_list_says_so_on_the_page(waiting, signed_in):
    accepted(Referral.objects.get(file=waiting.file), shown.LONGEST_LIST)
    assert "The list is cut" in signed_in(waiting.worker).get(reverse("procedures")).content.decode()


def test_a_referral_that_has_its_procedure_waits_for_none(opened):
    run = opened()
    assert not shown.to_begin(run.worker).table.rows


def test_a_procedure_of_another_referral_of_the_person_does_not_count(opened):
    run = opened()
    Proceeding.objects.filter(pk=run.row.pk).update(referral=uuid7())
    assert len(shown.to_begin(run.worker).table.rows) == 1


def test_the_list_asks_as_much_of_the_database_with_many_lines_as_with_few(opened, signed_in):
    run = opened()
    browser = signed_in(run.worker)
    accepted(Referral.objects.get(file=run.file), 2)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("procedures"))
    accepted(Referral.objects.get(file=run.file), 70)
    Proceeding.objects.bulk_create(
        Proceeding(
            id=uuid7(), number=f"X-P{n}", file=uuid7(), procedure="asylum", body=run.worker.body, shape_on=WHEN.date(),
            pack="kaz", pack_version="1", pack_digest="0", stage="application", opened_at=WHEN,
        )
        for n in range(40)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("procedures"))
    assert len(many) == len(few)


def test_one_procedure_reads_the_names_of_those_who_acted_and_of_nobody_else(opened, officer):
    run = opened()
    for _ in range(3):
        officer("border_officer", post="ALA")
    with CaptureQueriesContext(connection) as asked:
        shown.events(run.row)
    (names,) = [one["sql"] for one in asked.captured_queries if Officer._meta.db_table in one["sql"]]
    assert " WHERE " in names
