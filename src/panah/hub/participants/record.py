"""The sheets of `record/participants`: what their rows are, and what is wrong with a folder of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from panah.hub.participants import models
from panah.hub.participants.days import said
from panah.hub.participants.sheets import Day, Filled, Key, Reading, SourcedRow, double_keys, read


class ParticipantRow(SourcedRow):
    code: Filled
    kind: Literal["state", "organisation", "process"]
    title_en: Filled
    title_ru: Filled

    @property
    def key(self) -> str:
        return self.code


class RoleRow(SourcedRow):
    key: Key
    participant: Filled
    role: Literal["member", "observer", "guest", "applicant", "secretariat"]
    begins: Day = ""
    ends: Day = ""
    as_of: Day = ""


class ChairRow(SourcedRow):
    key: Key
    participant: Filled
    begins: Day = ""
    ends: Day = ""


class BodyRow(SourcedRow):
    key: Key
    place: int
    title_en: Filled
    title_ru: Filled
    what_en: str = ""
    what_ru: str = ""
    seat: str = ""


class TaskRow(SourcedRow):
    key: Key
    body: Filled
    place: int
    text_en: Filled
    text_ru: Filled
    served_by: str = ""


class TieRow(SourcedRow):
    key: Key
    participant: Filled
    begins: Day = ""
    ends: Day = ""
    what_en: Filled
    what_ru: Filled


class ContactRow(SourcedRow):
    key: Key
    participant: str = ""
    body: str = ""
    kind: Literal["national_coordinator", "head_of_delegation", "senior_official", "focal_point", "secretariat"]
    office_en: Filled
    office_ru: str = ""
    mailbox: str = ""
    country: str = ""
    begins: Day = ""
    ends: Day = ""


@dataclass(frozen=True)
class Sheet:
    row: type[SourcedRow]
    table: type[models.Sourced]


SHEETS: Mapping[str, Sheet] = {
    "participants.csv": Sheet(ParticipantRow, models.Participant),
    "roles.csv": Sheet(RoleRow, models.HeldRole),
    "chairs.csv": Sheet(ChairRow, models.Chair),
    "bodies.csv": Sheet(BodyRow, models.Body),
    "tasks.csv": Sheet(TaskRow, models.BodyTask),
    "ties.csv": Sheet(TieRow, models.Tie),
    "contacts.csv": Sheet(ContactRow, models.Contact),
}

Readings = Mapping[str, Reading[SourcedRow]]


def readings(folder: Path) -> Readings:
    """All sheets of a folder, with everything that is wrong in them and between them."""
    found = {name: read(folder, name, sheet.row) for name, sheet in SHEETS.items()}
    for name, reading in found.items():
        double_keys(reading, "code" if name == "participants.csv" else "key")
    _refer(found)
    return found


def problems(found: Readings) -> tuple[str, ...]:
    return tuple(problem for reading in found.values() for problem in reading.problems)


def _refer(found: Readings) -> None:
    """Rows name participants and bodies that there are, and end no earlier than they begin."""
    codes = {row.code for row in found["participants.csv"] if isinstance(row, ParticipantRow)}
    bodies = {row.key for row in found["bodies.csv"] if isinstance(row, BodyRow)}
    for reading in found.values():
        for number, row in reading.rows:
            named = getattr(row, "participant", "")
            if named and named not in codes:
                reading.wrong(number, "participant", named, "a code of participants.csv")
            body = getattr(row, "body", "")
            if body and body not in bodies:
                reading.wrong(number, "body", body, "a key of bodies.csv")
            if isinstance(row, ContactRow) and not named and not body:
                reading.wrong(number, "participant", "", "a participant or a body")
            begins, ends = said(getattr(row, "begins", "")), said(getattr(row, "ends", ""))
            if begins and ends and ends.latest < begins.earliest:
                reading.wrong(number, "ends", ends.text, f"a day that is not before {begins}")
            if (
                isinstance(row, ParticipantRow)
                and row.kind == "state"
                and not (len(row.code) == 3 and row.code.isupper())
            ):
                reading.wrong(number, "code", row.code, "an alpha-3 code of ISO 3166-1 for a state")
