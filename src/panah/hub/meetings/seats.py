"""For whom an account speaks, and what a reader may see of a meeting. Asked once a request; the permissions of the door ask the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from panah.foundation.access.models import Officer
from panah.hub.meetings.models import Delegation, Meeting
from panah.hub.participants import service as participants

SPEAKING: Final = frozenset({"national_coordinator", "chair_delegate"})
"""Offices whose holders speak for their state in a consultation."""
ANSWERING: Final = SPEAKING | {"observer"}
"""Offices whose holders name the delegation of their participant."""
LEADING: Final = frozenset({"national_coordinator", "senior_official"})
"""Offices of the state in the chair whose holders lead as its delegate does."""


@dataclass(frozen=True)
class Reader:
    """Who reads: the account (None for somebody who is not signed in), the participant and offices of its seats."""

    officer: Officer | None
    participant: str = ""
    offices: frozenset[str] = frozenset()
    leads: bool = False

    @property
    def speaks(self) -> bool:
        return bool(self.offices & SPEAKING)


NOBODY: Final = Reader(None)


def reader_of(person: Any, on: date | None = None) -> Reader:
    """The reader on a day (today when none is given). Leading are the secretariat, the chair's delegate, and the officials of the state
    that holds the chair on the day."""
    if not isinstance(person, Officer) or not person.is_active:
        return NOBODY
    day = on or participants.today()
    seats = participants.seats_of(person.pk, day)
    offices = frozenset(seat.office for seat in seats)
    participant = seats[0].participant if seats else ""
    leads = "secretariat" in person.roles or "chair_delegate" in offices
    if not leads and participant and offices & LEADING:
        leads = participants.chair_on(day) == participant
    return Reader(person, participant, offices, leads)


def capacity_of(reader: Reader, meeting: Meeting) -> str:
    """In which capacity the reader's participant is invited; empty when it is not."""
    if not reader.participant:
        return ""
    standing = Delegation.objects.filter(meeting=meeting, participant=reader.participant, withdrawn_at=None)
    return standing.values_list("capacity", flat=True).first() or ""


@dataclass(frozen=True)
class View:
    """What a reader may see and do at one meeting."""

    reader: Reader
    meeting: Meeting
    capacity: str = ""

    @property
    def leads(self) -> bool:
        return self.reader.leads and not self.meeting.from_record

    @property
    def belongs(self) -> bool:
        """Of a delegation, or of those who lead."""
        return self.reader.leads or bool(self.capacity)

    @property
    def sees(self) -> bool:
        """That there is such a meeting at all."""
        return self.meeting.public or self.belongs

    @property
    def sees_draft(self) -> bool:
        """The text before it is agreed, with everybody's proposals. Participating states see all; others only if the meeting allows."""
        return self.reader.leads or self.capacity == "member" or (bool(self.capacity) and self.meeting.observers_read)

    @property
    def takes_part(self) -> bool:
        """May propose, comment, support and reserve for their own state."""
        return self.capacity == "member" and self.reader.speaks and not self.meeting.from_record

    @property
    def names_delegation(self) -> bool:
        return bool(self.capacity) and bool(self.reader.offices & ANSWERING) and not self.meeting.from_record


def view_of(person: Any, meeting: Meeting) -> View:
    reader = reader_of(person)
    return View(reader, meeting, capacity_of(reader, meeting))


def view_for(reader: Reader, meeting: Meeting) -> View:
    return View(reader, meeting, capacity_of(reader, meeting))


def concerned(codes: Iterable[str], on: date, *offices: str) -> tuple[UUID, ...]:
    """The accounts that speak for these participants on a day, each once."""
    found: dict[UUID, None] = {}
    for code in sorted(set(codes)):
        for office in sorted(offices or ANSWERING):
            found |= dict.fromkeys(participants.officers_of(code, office, on))
    return tuple(found)
