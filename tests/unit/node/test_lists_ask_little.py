"""Every page that lists something asks as much of the database with many rows as with few.

A page with a list that stands in no line here is not covered: add it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from benchmarks import crowd
from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.node.labour.models import Enquiry, Insured, Permit, WorkRecord
from panah.node.procedures.models import Decision, Detention, Hearing, Proceeding
from panah.node.referrals.models import Referral
from panah.node.safeguards.board import sections
from panah.node.safeguards.models import Hold, Lift

FEW, MANY = 40, 120

PAGES: dict[str, tuple[str, ...]] = {
    "border_officer": ("/", "/arrivals/", "/arrivals/?show=referred", "/imports/", "/notices/", "/reception/directory/"),
    "asylum_officer": (
        "/", "/queue/", "/queue/?list=late", "/queue/?list=accepted", "/queue/?list=closed", "/procedures/",
        "/procedures/?list=late", "/procedures/?list=ended", "/notices/",
    ),
    "social_officer": ("/", "/queue/", "/reception/", "/reception/families/", "/procedures/", "/solutions/"),
    "child_officer": ("/", "/queue/", "/procedures/", "/families/"),
    "supervisor": ("/", "/procedures/", "/detained/", "/board/", "/statistics/bodies/", "/complaints/", "/labour/"),
    "labour_officer": ("/", "/queue/", "/labour/", "/labour/?list=ending", "/labour/?list=asked"),
    "ombudsman": ("/", "/detained/", "/board/", "/reads/", "/break-glass/review/", "/statistics/bodies/", "/complaints/"),
    "national_coordinator": ("/", "/statistics/", "/statistics/bodies/", "/detained/"),
    "administrator": ("/", "/officers/"),
    "auditor": ("/", "/reads/"),
}  # fmt: skip


@pytest.fixture
def grow(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lay down so many more people with all that hangs on them."""
    known = crowd.stories(30)
    monkeypatch.setattr(crowd, "stories", lambda: known)
    whole = crowd.Crowd()

    def more(how_many: int) -> None:
        crowd.lay_down(whole, how_many)
        _work(now())

    return more


def _work(moment: Any) -> None:
    """For each procedure that has none yet a hearing, a draft, a signed decision and a detention; for holds a first word."""
    rows = list(Proceeding.objects.filter(hearings=None).prefetch_related("steps"))
    words = {"facts_found": "x", "law_applied": "x", "assessment": "x", "drafted_at": moment, "drafted_by": uuid7()}
    signed = {"signed_at": moment, "signed_by": uuid7()}
    steps = [row.steps.all()[0] for row in rows]
    Hearing.objects.bulk_create(
        Hearing(id=uuid7(), proceeding=row, at=moment + timedelta(days=2), room="1", setting="private", language="fa", same_sex="no")
        for row in rows
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(id=uuid7(), step=step, body=step.body, outcome="granted", **words) for step in steps
    )
    Decision.objects.bulk_create(
        Decision(id=uuid7(), step=step, body=step.body, outcome="granted", **words, **signed) for step in steps
    )
    _records(rows, steps, moment)
    Detention.objects.bulk_create(
        Detention(
            proceeding=row, legal_ground="x", assessment="x", alternatives={}, place="x", ordered_at=moment,
            review_due=moment + timedelta(days=1),
        )
        for row in rows
    )  # fmt: skip
    Lift.objects.bulk_create(
        Lift(id=uuid7(), hold=hold, by=uuid7(), body="another-body", competent=True, reason="x", at=moment)
        for hold in Hold.objects.filter(lifted_at=None, lifts=None)
    )


def _records(rows: list[Proceeding], steps: list[Any], moment: Any) -> None:
    """For each of the people a record of work with a period, a permit that ends and a fund that is silent."""
    seen = set(WorkRecord.objects.values_list("file", flat=True))
    records = []
    for row, step in zip(rows, steps, strict=True):
        if row.file not in seen:
            seen.add(row.file)
            said = {"body": step.body, "language": "fa", "consent": "person", "opened_at": moment}
            records.append(WorkRecord(id=uuid7(), number=f"{row.number}-W", file=row.file, **said))
    WorkRecord.objects.bulk_create(records)
    today, line = moment.date(), {"grade": "E", "at": moment}
    Insured.objects.bulk_create(
        Insured(
            id=uuid7(), record=one, state="RUS", first=today - timedelta(days=90), last=today, kind="unknown", **line
        )
        for one in records
    )
    Permit.objects.bulk_create(
        Permit(id=uuid7(), record=one, state="KAZ", kind="patent", last=today + timedelta(days=9), **line)
        for one in records
    )
    Enquiry.objects.bulk_create(
        Enquiry(
            id=uuid7(), number=f"{one.number}-E1", record=one, state="RUS", fund="x", what="x", way="person", agreed="no",
            asked_on=today, answer_by=today, at=moment,
        )
        for one in records
    )  # fmt: skip


def asked(browser: Client, path: str) -> int:
    """How many queries a page needs; opened once before, so that what is kept in memory is there."""
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return len(queries)


def test_no_list_asks_more_of_the_database_when_it_grows(grow, officer, signed_in):
    grow(FEW)
    bodies = Counter(Referral.objects.filter(to="asylum_authority").values_list("body", flat=True))
    body = bodies.most_common(1)[0][0]
    people: dict[str, Officer] = {
        role: officer(role, post="ALA" if role in ("border_officer", "supervisor") else "", body=body)
        if role not in ("border_officer", "administrator", "auditor", "ombudsman", "national_coordinator")
        else officer(role, post="ALA" if role == "border_officer" else "")
        for role in PAGES
    }
    pages = [(role, path) for role, paths in PAGES.items() for path in paths]
    pages += [("supervisor", f"/board/{section.code}/") for section in sections()]
    browsers = {role: signed_in(person) for role, person in people.items()}
    few = {page: asked(browsers[page[0]], page[1]) for page in pages}
    grow(MANY)
    many = {page: asked(browsers[page[0]], page[1]) for page in pages}
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}
