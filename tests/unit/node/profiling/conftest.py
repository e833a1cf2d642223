"""Aida interviews at the post ALA; Bolat works at another post. People whom they meet are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.node.profiling.actions import GiveInformation, RecordInterview, StartInterview
from panah.node.profiling.models import Interview, Proposal
from panah.node.registration.models import PersonFile
from panah.node.registration.service import NameSaid, RegisterPerson

AFRAID = {
    "entry": {"mode": "irregular", "from": "UZB"},
    "purpose": ["protection"],
    "protection": {"left_because": ["persecution"], "fears_return": "yes", "fear_grounds": ["religion"]},
    "travel": {"companions": 0},
    "consent": {"understands": "yes", "share_unhcr": "yes", "contact_consulate": "no"},
}


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


@pytest.fixture
def aida(officer: Any) -> Officer:
    return officer("border_officer", post="ALA", body="kaz-border-service", display_name="Aida")


@pytest.fixture
def bolat(officer: Any) -> Officer:
    return officer("border_officer", post="NQZ", body="kaz-border-service", display_name="Bolat")


@pytest.fixture
def consul(officer: Any) -> Officer:
    return officer("consular_officer", post="ALA", serves_state="AFG", display_name="Consul")


@pytest.fixture
def act() -> Callable[..., Receipt]:
    """`act(aida, StopInterview, interview=…)`: one action through the door."""

    def make(by: Officer, kind: Any, **said: Any) -> Receipt:
        return perform(kind(by=by.pk, place=by.post, happened_at=now(), **said))

    return make


@pytest.fixture
def arrive(aida: Officer) -> Callable[..., PersonFile]:
    """Somebody registers with Aida: `arrive("Фотима", language="tg", citizenships=("TJK",))`."""

    def make(*names: str, **said: Any) -> PersonFile:
        file = uuid7()
        spoken = tuple(NameSaid(text=name) for name in names)
        perform(RegisterPerson(by=aida.pk, place="ALA", happened_at=now(), file=file, names=spoken, **said))
        return PersonFile.objects.get(pk=file)

    return make


@pytest.fixture
def zahra(arrive: Any) -> PersonFile:
    """A woman of Afghanistan who speaks Dari."""
    return arrive("زهرا", language="fa", sex="female", citizenships=("AFG",), birth={"date": "1999"})


@pytest.fixture
def told(aida: Officer, act: Any) -> Callable[[PersonFile], None]:
    """The person was told what comes before an interview, and understood."""

    def tell(file: PersonFile) -> None:
        act(aida, GiveInformation, file=file.pk, leaflets=("your_rights", "your_data"), language="fa", understood=True)

    return tell


@pytest.fixture
def begin(aida: Officer, act: Any, told: Any) -> Callable[..., Interview]:
    """An interview that has begun."""

    def start(file: PersonFile, **said: Any) -> Interview:
        told(file)
        interview = uuid7()
        act(aida, StartInterview, file=file.pk, interview=interview, **{"setting": "PRIVATE", **said})
        return Interview.objects.get(pk=interview)

    return start


@pytest.fixture
def propose(aida: Officer, act: Any) -> Callable[..., Proposal]:
    """A whole interview at once, and the proposal that came of it."""

    def screen(file: PersonFile, record: dict[str, Any] | None = None, **said: Any) -> Proposal:
        record = json.loads(json.dumps(AFRAID if record is None else record))
        receipt = act(aida, RecordInterview, file=file.pk, record=record, **said)
        return Proposal.objects.get(pk=receipt.result["proposal"])

    return screen
