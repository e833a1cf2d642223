"""People at the post ALA and elsewhere, and a short way to register somebody through the door."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.registration.models import PersonFile
from panah.node.registration.service import NameSaid, RegisterPerson

Register = Callable[..., PersonFile]


@pytest.fixture
def aida(officer: Any) -> Officer:
    """Border officer at the airport of Almaty."""
    return officer("border_officer", post="ALA", display_name="Aida")


@pytest.fixture
def bolat(officer: Any) -> Officer:
    """Border officer at another post."""
    return officer("border_officer", post="NQZ", display_name="Bolat")


@pytest.fixture
def saule(officer: Any) -> Officer:
    """Registrar at Aida's post."""
    return officer("registrar", post="ALA", display_name="Saule")


@pytest.fixture
def marat(officer: Any) -> Officer:
    """Supervisor of Aida's post."""
    return officer("supervisor", post="ALA", display_name="Marat")


@pytest.fixture
def ombudsman(officer: Any) -> Officer:
    return officer("ombudsman", display_name="Dana")


@pytest.fixture
def consul(officer: Any) -> Officer:
    """Consular officer of another state."""
    return officer("consular_officer", serves_state="AFG", display_name="Consul")


@pytest.fixture
def register() -> Register:
    """Register somebody: `register(aida, "Фотима", sex="female")`."""

    def make(by: Officer, *names: str, **said: Any) -> PersonFile:
        file: UUID = said.pop("file", None) or uuid7()
        spoken = said.pop("names", tuple(NameSaid(text=name) for name in names))
        said.setdefault("happened_at", now())
        said.setdefault("place", by.post)
        perform(RegisterPerson(by=by.pk, file=file, names=spoken, **said))
        return PersonFile.objects.get(pk=file)

    return make


@pytest.fixture
def form_of() -> Callable[..., dict[str, str]]:
    """The hidden fields of the form on a page, as a browser would send them."""

    def read(client: Client, address: str) -> dict[str, str]:
        page = client.get(address)
        assert page.status_code == 200, page.status_code
        inputs = re.findall(r"<input[^>]*>", page.content.decode())
        found = {}
        for one in inputs:
            name, value = re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)
            if name and value and 'type="hidden"' in one and name[1] not in {"csrfmiddlewaretoken", "next", "seen"}:
                found[name[1]] = value[1]
        return found

    return read
