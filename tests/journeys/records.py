"""The steps of a record of work, through its page or through REST."""

from __future__ import annotations

from typing import Any

from lxml import html
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.node.labour.models import WorkRecord
from panah.node.referrals.models import Referral
from panah.web.reading import country_name
from tests.journeys.drivers import Rest, Story
from tests.journeys.plans import deed
from tests.journeys.reader import Window


def page_of(story: Story, worker: Officer, record: WorkRecord) -> Window:
    """The record, from the list."""
    return story.window(worker).open("/labour/").follow(record.number)


def opened(story: Story, worker: Officer, referral: Referral, language: str) -> WorkRecord:
    """A record with the person's agreement, from the referral that the office accepted."""
    if isinstance(story.way, Rest):
        said = {"record": uuid7(), "referral": referral.pk, "language": language, "consent": "person"}
        story.way.post(worker, "/labour", **said)
    else:
        page = story.window(worker).open("/labour/").follow_in_row(referral.number, "Open a record")
        page.send("Open the record", language=language, consent="person")
    return WorkRecord.objects.get(file=referral.file)


def kept(
    story: Story, worker: Officer, record: WorkRecord, act: str, path: str, made: str, expecting: int = 200, **said: Any
) -> None:
    """A line of the record; a refusal is 422 on the page and 409 by REST, a stop 409 on both."""
    if isinstance(story.way, Rest):
        answer = 409 if expecting != 200 else 200
        story.way.post(worker, f"/labour/{record.pk}{path}", answer, **({made: uuid7()} if made else {}), **said)
    else:
        deed(page_of(story, worker, record), act, "Keep it" if act != "close" else "Close it", expecting, **said)


def insured(story: Story, worker: Officer, record: WorkRecord, **said: Any) -> None:
    kept(story, worker, record, "period", "/periods", "period", **said)


def permit(story: Story, worker: Officer, record: WorkRecord, **said: Any) -> None:
    kept(story, worker, record, "permit", "/permits", "permit", **said)


def asked(story: Story, worker: Officer, record: WorkRecord, expecting: int = 200, **said: Any) -> None:
    kept(story, worker, record, "ask", "/enquiries", "enquiry", expecting, **said)


def answered(story: Story, worker: Officer, record: WorkRecord, **said: Any) -> None:
    enquiry = record.enquiries.get(answered_on=None)
    kept(story, worker, record, "answer", f"/enquiries/{enquiry.pk}/answer", "", **said)


def closed(story: Story, worker: Officer, record: WorkRecord, outcome: str, expecting: int = 200) -> None:
    kept(story, worker, record, "close", "/close", "", expecting, outcome=outcome)


def together(story: Story, worker: Officer, record: WorkRecord, state: str) -> str:
    """How many days the state could count together, as the way shows it; empty where it adds nothing."""
    if isinstance(story.way, Rest):
        found = story.way.get(worker, f"/labour/{record.pk}/estimate")
        row = next(one for one in found["states"] if one["state"] == state)
        return "" if row["together"] is None else str(row["together"])
    page = page_of(story, worker, record)
    tree = html.fromstring(page.client.get(page.address).content.decode())
    name = country_name(state, "en")
    rows = tree.xpath("//table[caption[contains(., 'Days of insurance')]]/tbody/tr")
    cells = next([cell.text_content().strip() for cell in row] for row in rows if name in row.text_content())
    return "".join(one for one in cells[3] if one.isdigit())
