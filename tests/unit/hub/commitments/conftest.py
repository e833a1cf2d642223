"""A hub with the record: coordinators and focal officers of two states, and a secretariat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.commitments import acts, models
from panah.hub.commitments import service as commitments
from panah.hub.participants import service as participants
from panah.hub.record import service as record


@pytest.fixture(autouse=True)
def on_the_hub(settings: LazySettings) -> None:
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"


@pytest.fixture
def loaded(db: None) -> None:
    participants.load()
    record.load()
    commitments.load()


@dataclass(frozen=True)
class Crowd:
    """Who acts here. `focal` drafts and `coordinator` signs for Kazakhstan; `neighbour` is the coordinator of Kyrgyzstan."""

    focal: Officer
    coordinator: Officer
    neighbour: Officer
    secretariat: Officer


@pytest.fixture
def crowd(loaded: None, officer: Callable[..., Officer]) -> Crowd:
    def seated(role: str, participant: str, name: str) -> Officer:
        person = officer(role, username=name, body=participant)
        perform(
            participants.SeatOfficer(
                by=None,
                happened_at=now(),
                seat=uuid7(),
                officer=person.pk,
                participant=participant,
                office=role,
                begins=date(2026, 1, 1),
            )
        )
        return person

    return Crowd(
        focal=seated("senior_official", "KAZ", "focal"),
        coordinator=seated("national_coordinator", "KAZ", "coordinator-kaz"),
        neighbour=seated("national_coordinator", "KGZ", "coordinator-kgz"),
        secretariat=officer("secretariat", username="secretariat"),
    )


def say(act: Any, by: Officer | None, /, **fields: Any) -> Any:
    """Perform an act by somebody now; the receipt."""
    return perform(act(by=by.pk if by else None, happened_at=now(), **fields))


Make = Callable[..., models.Commitment]


@pytest.fixture
def draft(crowd: Crowd) -> Make:
    """A draft of Kazakhstan's, from a paragraph when nothing else is said."""

    def make(**fields: Any) -> models.Commitment:
        identifier: UUID = uuid7()
        said = {
            "kind": "paragraph",
            "source": "A-3",
            "action_en": "Open a desk for claims at each crossing.",
            "participant": "KAZ",
        } | fields
        say(acts.Make, crowd.focal, commitment=identifier, **said)
        return models.Commitment.objects.get(pk=identifier)

    return make


@pytest.fixture
def made(crowd: Crowd, draft: Make) -> Make:
    """A commitment of Kazakhstan's that its coordinator signed."""

    def make(**fields: Any) -> models.Commitment:
        row = draft(**fields)
        say(acts.Accept, crowd.coordinator, commitment=row.pk)
        row.refresh_from_db()
        return row

    return make
