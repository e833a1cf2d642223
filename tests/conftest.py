"""People of the tests. Aida works at the post, Bolat at another post, Charos at a receiving body; each test says who it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import AddOfficer, hashed
from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform

PASSWORD = "correct horse battery"

MakeOfficer = Callable[..., Officer]


@pytest.fixture
def officer(db: None) -> MakeOfficer:
    """Make an officer through the door: `officer("border_officer", post="ALA", body="kaz-border-service")`."""

    def make(*roles: str, username: str = "", **fields: Any) -> Officer:
        identifier = uuid7()
        name = username or f"{(roles or ('nobody',))[0].replace('_', '-')}-{identifier.hex[-6:]}"
        perform(
            AddOfficer(
                by=None,
                happened_at=now(),
                officer=identifier,
                username=name,
                display_name=fields.pop("display_name", name.title()),
                password_hash=hashed(PASSWORD),
                roles=roles,
                **fields,
            )
        )
        return Officer.objects.get(pk=identifier)

    return make


@pytest.fixture
def signed_in() -> Callable[[Officer], Client]:
    """A browser in which the officer is signed in."""

    def make(person: Officer) -> Client:
        client = Client()
        client.force_login(person, backend="panah.foundation.access.backend.OfficerBackend")
        return client

    return make
