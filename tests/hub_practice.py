"""What practices, requests and trainings of tests say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.hub.practices import acts

TOLD: dict[str, Any] = {
    "theme": "border", "ten_points": ("3", "5"), "agenda": ("1",), "states": ("KAZ",), "title_en": "A card for border officers",
    "what_en": "Officers carry a card with questions.", "source": "Note of the state",
}  # fmt: skip


def by(officer: Officer) -> dict[str, Any]:
    return {"by": officer.pk, "happened_at": now()}


def write(officer: Officer, participant: str, entry: UUID | None = None, **more: Any) -> UUID:
    """A draft of a practice. Returns its id."""
    version = uuid7()
    told = TOLD | {"entry": entry or uuid7(), "version": version, "participant": participant} | more
    perform(acts.WritePractice(**by(officer), **told))
    return version


def submit(officer: Officer, practice: UUID) -> None:
    perform(acts.SubmitPractice(**by(officer), practice=practice))


def publish(officer: Officer, practice: UUID) -> None:
    perform(acts.PublishPractice(**by(officer), practice=practice))


def ask(officer: Officer, participant: str, **more: Any) -> UUID:
    """A request for help. Returns its id."""
    request = uuid7()
    said = {"title": "Training on interviews", "text": "For thirty officers of the border.", "theme": "border"} | more
    perform(acts.AskHelp(**by(officer), request=request, participant=participant, **said))
    return request


def give(officer: Officer, participant: str, request: UUID | None = None, **more: Any) -> UUID:
    """An offer. Returns its id."""
    offer = uuid7()
    said = {"title": "Two trainers for a week", "text": "Two trainers who speak Russian.", "theme": "border"} | more
    perform(acts.OfferHelp(**by(officer), offer=offer, request=request, participant=participant, **said))
    return offer


def train(officer: Officer, participant: str, **more: Any) -> UUID:
    """A course. Returns its entry."""
    entry = uuid7()
    told = TOLD | {"run_by": "Border service", "title_en": "Interviewing"} | more
    perform(acts.KeepCourse(**by(officer), **told, entry=entry, version=uuid7(), participant=participant))
    return entry
