"""The hub of the demo: a text is negotiated, a promise kept of it, its number signed; a second run adds nothing, a later day moves the number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings

from panah.cli.demo.promise import CODE, negotiated, promised, seated, signed
from panah.cli.demo.steps import accounts
from panah.foundation.clock import standing_at
from panah.foundation.door.models import Receipt
from panah.hub.commitments import figures, models, rules
from panah.hub.commitments import service as commitments
from panah.hub.intake import service as intake
from panah.hub.meetings import service as meetings
from panah.hub.participants import service as participants
from panah.hub.record import service as record
from tests.messages import Node, people, protected

PRESENT = datetime(2026, 11, 21, 21, tzinfo=UTC)
DAY = PRESENT.date() + timedelta(days=1)
"""At this hour it is the next day already where the node of the demo stands."""


@pytest.fixture
def hub(db: None, settings: LazySettings) -> Node:
    """The hub of the demo with its record and log-ins, and the node that it believes."""
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"
    node = Node("KAZ")
    with standing_at(PRESENT):
        participants.load()
        record.load()
        commitments.load()
        accounts(DAY)
        intake.add_sender("KAZ", node.public_key)
    return node


def lived() -> list[dict[str, object]]:
    return [step(DAY) for step in (seated, negotiated, promised, signed)]


def test_the_promise_of_the_demo_is_made_signed_and_not_made_twice(hub: Node) -> None:
    with standing_at(PRESENT):
        assert lived()[-1] == {"figure": ""}, "nothing is published, so nothing is signed"
        assert intake.take_in(hub.message(protected(people(40, 12), DAY.isoformat())), "network").accepted
        assert signed(DAY) == {"figure": "52"}
        assert [one.standing for one in meetings.conclusions(CODE)] == ["agreed", "draft", "draft"]
        row = models.Commitment.objects.get(seed=False)
        assert (row.participant, row.standing, row.status) == ("KAZ", "made", "in_progress")
        told = Receipt.objects.count()
        lived()
        assert Receipt.objects.count() == told


def test_on_a_later_day_the_number_of_the_demo_has_moved(hub: Node) -> None:
    with standing_at(PRESENT):
        lived()
        intake.take_in(hub.message(protected(people(40, 12), DAY.isoformat())), "network")
        signed(DAY)
    with standing_at(PRESENT + timedelta(days=1)):
        later = (DAY + timedelta(days=1)).isoformat()
        assert intake.take_in(hub.message(protected(people(60, 12), later)), "network").accepted
        signed(DAY)
    kept = models.SignedFigure.objects.get()
    figure = figures.figure_of(kept.measure)
    assert figure is not None
    assert rules.moved(kept.said, figure.plain())
