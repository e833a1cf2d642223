"""A meeting of senior officials that Kazakhstan convenes in Astana, at a fixed hour, with three states, an observer and an organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Action, Receipt, perform
from panah.hub.meetings import acts, drafting_acts
from panah.hub.meetings.models import Meeting, Paragraph
from tests.hub_people import People, people, seated_officer  # noqa: F401

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXT_EN = "Participants agree to share data on returns twice a year."
TEXT_RU = "Участники договариваются обмениваться данными о возвращении дважды в год."


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with standing_at(NOON):
        yield


def does(kind: type[Action], officer: Officer | None, /, **said: Any) -> Receipt:
    """The act of this officer, now, through the door."""
    return perform(kind(by=officer.pk if officer else None, happened_at=now(), **said))


@dataclass
class Room:
    """The meeting, and short ways to act on its text."""

    people: People
    meeting: UUID

    @property
    def row(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting)

    def paragraph(self, text_en: str = TEXT_EN, text_ru: str = TEXT_RU, after: UUID | None = None) -> Paragraph:
        identifier = uuid7()
        said = {
            "meeting": self.meeting,
            "paragraph": identifier,
            "text_en": text_en,
            "text_ru": text_ru,
            "after": after,
        }
        does(drafting_acts.AddParagraph, self.people.secretariat, **said)
        return Paragraph.objects.get(pk=identifier)

    def proposal(self, by: Officer, row: Paragraph | None, **said: Any) -> UUID:
        identifier = uuid7()
        common = {
            "meeting": self.meeting,
            "proposal": identifier,
            "wish": "reword",
            "paragraph": row.pk if row else None,
            "on_version": row.version if row else 0,
            "reason": "It says more exactly what is meant.",
        }
        does(drafting_acts.Propose, by, **common | said)
        return identifier

    def merge(self, proposal: UUID, version: int, **said: str) -> None:
        does(drafting_acts.Merge, self.people.secretariat, proposal=proposal, made=uuid7(), on_version=version, **said)

    def stand(self, by: Officer, row: Paragraph, kind: str, reason: str = "Our law does not allow it yet.") -> UUID:
        identifier = uuid7()
        said = {"paragraph": row.pk, "stand": identifier, "kind": kind, "on_version": row.version, "reason": reason}
        does(drafting_acts.TakeStand, by, **said)
        return identifier

    def agree(self, row: Paragraph) -> None:
        row.refresh_from_db()
        does(drafting_acts.Agree, self.people.secretariat, paragraph=row.pk, on_version=row.version, how="meeting")


def particulars(**changed: Any) -> dict[str, Any]:
    said = {
        "kind": "senior_officials",
        "title_en": "9th Senior Officials' Meeting",
        "title_ru": "Девятое совещание старших должностных лиц",
        "begins": date(2026, 12, 10),
        "ends": date(2026, 12, 11),
        "where_en": "Astana, Kazakhstan",
        "where_ru": "Астана, Казахстан",
        "chair": "KAZ",
        "public": True,
        "observers_read": False,
    }
    return said | changed


@pytest.fixture
def convene(people: People) -> Callable[..., Room]:  # noqa: F811
    def make(code: str = "som-9", **changed: Any) -> Room:
        identifier = uuid7()
        does(acts.Convene, people.secretariat, meeting=identifier, meeting_code=code, **particulars(**changed))
        for capacity, codes in (
            ("member", ("KAZ", "KGZ", "TJK")),
            ("observer", ("PRAGUE",)),
            ("organisation", ("UNHCR",)),
        ):
            does(acts.Invite, people.secretariat, meeting=identifier, participants=codes, capacity=capacity)
        return Room(people, identifier)

    return make


@pytest.fixture
def room(convene: Callable[..., Room]) -> Room:
    return convene()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def packed(entries: dict[str, str]) -> bytes:
    """A ZIP with these entries."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def uzb(people: People) -> Officer:  # noqa: F811
    """The coordinator of a state that is not invited."""
    return seated_officer("national_coordinator", "UZB", display_name="Coordinator of Uzbekistan")
