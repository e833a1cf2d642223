"""A shelf of files for rooms that ask for one. Aida works at the post ALA; others come from other bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.access.service import in_break_glass
from panah.foundation.clock import now
from panah.foundation.door.service import Moment, NotFound
from panah.node.safeguards import files, service
from panah.node.safeguards.models import Hold
from panah.node.safeguards.rules import is_absolute
from panah.node.safeguards.service import HoldToPlace


@dataclass(frozen=True)
class File:
    pk: UUID
    place: str
    closed_at: None = None


class Shelf:
    """Files by place: whoever has the place as post reads them."""

    def __init__(self) -> None:
        self.files: dict[UUID, File] = {}

    def add(self, place: str = "ALA") -> UUID:
        file = File(uuid7(), place)
        self.files[file.pk] = file
        return file.pk

    def by_id(self, subject: UUID) -> File:
        if subject not in self.files:
            raise NotFound("There is no such file.")
        return self.files[subject]

    def readable(self, officer: Officer, file: Any) -> bool:
        return officer.post == file.place or bool(in_break_glass(officer, file))

    def of_office(self, officer: Officer, file: Any) -> bool:
        return officer.post == file.place

    def numbers(self, subjects: Iterable[UUID]) -> Mapping[UUID, str]:
        return {
            subject: f"ALA-261121-{place:04}" for place, subject in enumerate(self.files, 1) if subject in set(subjects)
        }

    def url(self, subject: UUID) -> str:
        return f"/files/{subject}/"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    # By the same hand as in the tests themselves: two hands would put back what the other had put there.
    made = Shelf()
    monkeypatch.setattr(files, "_named", [made])
    monkeypatch.setattr(files, "_concerned", [])
    return made


@pytest.fixture
def screened(shelf: Shelf, db: None) -> UUID:
    """A file whose person was interviewed, with nothing found."""
    subject = shelf.add()
    with transaction.atomic():
        service.note_screened(subject, Moment(now(), None))
    return subject


def place(subject: UUID, code: str, *marks: str, rule: str = "floor.rule") -> Hold:
    """As a screening places a hold."""
    reason = {"rule": rule, "answers": ["protection.fears_return"], "source": "convention-1951"}
    with transaction.atomic():
        (hold,) = service.place_holds(subject, [HoldToPlace(code, (reason,), frozenset(marks))], Moment(now(), None))
    assert hold.absolute >= is_absolute(code, marks)
    return hold


@pytest.fixture(name="place")
def place_fixture() -> Any:
    return place
