"""Complaints as they come, and the officers who may and may not read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Action, perform
from panah.node.complaints import bucket, service, tickets
from panah.node.complaints.models import Complaint
from panah.node.complaints.tickets import Ticket

WHEN = datetime(2026, 11, 20, 6, 17, 23, 456, tzinfo=UTC)
BODY = "kaz-migration-service-committee"


@pytest.fixture(autouse=True)
def _database(db: None) -> Any:
    """Everything in this room is kept; the bucket begins empty."""
    bucket.empty()
    yield
    bucket.empty()


@dataclass
class Came:
    """A complaint and what its complainer holds."""

    row: Complaint
    ticket: Ticket

    @property
    def code(self) -> dict[str, str]:
        return {"number": self.ticket.number, "code": self.ticket.code}

    def now(self) -> Complaint:
        return Complaint.objects.get(pk=self.row.pk)


@pytest.fixture
def comes() -> Callable[..., Came]:
    """Somebody complains by the public page at WHEN."""

    def make(at: datetime = WHEN, **said: Any) -> Came:
        with standing_at(at):
            ticket = tickets.new(at)
            said = {"kind": "delay", "text": "Nothing happens since spring.", "language": "ru", **said}
            receipt = service.lodge_public(ticket, said)
        return Came(Complaint.objects.get(pk=receipt.result["complaint"]), ticket)

    return make


@pytest.fixture
def ombudsman(officer: Callable[..., Officer]) -> Officer:
    return officer("ombudsman", display_name="The ombudsman")


@pytest.fixture
def does(ombudsman: Officer) -> Callable[..., Any]:
    """An officer (the ombudsman where nobody is named) does something with a complaint."""

    def act(action: type[Action], came: Came, by: Officer | None = None, at: datetime = WHEN, **said: Any) -> Any:
        who = by or ombudsman
        with standing_at(at):
            return perform(action(id=uuid7(), by=who.pk, place=who.post, happened_at=at, complaint=came.row.pk, **said))

    return act


@pytest.fixture
def anybody() -> Client:
    """A browser of which nobody knows anything, with CSRF checks on."""
    return Client(enforce_csrf_checks=True)
