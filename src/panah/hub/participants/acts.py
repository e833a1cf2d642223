"""The acts of this room as frozen values. What they do is in actions.py."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from panah.foundation.door.service import Action
from panah.hub.loadings.service import LoadSheets
from panah.hub.participants.sheets import Day

Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
OfficeCode = Literal["national_coordinator", "senior_official", "chair_delegate", "support_unit", "observer"]


class LoadParticipants(LoadSheets):
    """Take in the sheets of a folder. `folder_digest` is what they were when they were checked. A row that says what it said before
    stays; a changed row supersedes the one before; a row that is gone from the sheets stands no more and stays readable."""

    code: ClassVar[str] = "participants.load"
    needs: ClassVar[str] = "participants.load"


class SeatOfficer(Action):
    """Tie an account to an office of a participant from a day on. An account acts for one participant at a time."""

    code: ClassVar[str] = "participants.seat_officer"
    needs: ClassVar[str] = "participants.seat"
    open_fields: ClassVar[frozenset[str]] = frozenset({"seat", "officer", "participant", "office", "begins"})
    by_installation: ClassVar[bool] = True

    seat: UUID
    officer: UUID
    participant: str
    office: OfficeCode
    begins: date


class EndSeat(Action):
    """The seat stands no more from the day of the act on. What was done from it stays."""

    code: ClassVar[str] = "participants.end_seat"
    needs: ClassVar[str] = "participants.seat"
    open_fields: ClassVar[frozenset[str]] = frozenset({"seat", "reason"})
    by_installation: ClassVar[bool] = True

    seat: UUID
    reason: Reason


Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2,11}$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(max_length=2000)]
RoleCode = Literal["member", "observer", "guest", "applicant", "secretariat"]
BasisCode = Literal["read", "inference", "memory"]


def _office_mailbox(text: str) -> str:
    if text and (text.count("@") != 1 or " " in text):
        raise ValueError("The mailbox must be one address such as office@ministry.example, or empty.")
    return text


class AskForSeat(Action):
    """The secretariat tells the administrators whom to seat. Nothing is opened by it."""

    code: ClassVar[str] = "participants.ask_for_seat"
    needs: ClassVar[str] = "participants.keep"
    open_fields: ClassVar[frozenset[str]] = frozenset({"officer", "participant", "office"})

    officer: UUID
    participant: Code
    office: OfficeCode


class _Kept(Action):
    """What the secretariat keeps, with where it stands."""

    needs: ClassVar[str] = "participants.keep"

    source: Annotated[str, StringConstraints(min_length=3, max_length=500)]
    source_url: Annotated[str, StringConstraints(max_length=500)] = ""
    source_date: Day = ""
    verified: bool = False
    basis: BasisCode = "read"
    note_en: Note = ""
    note_ru: Note = ""


class AddParticipant(_Kept):
    code: ClassVar[str] = "participants.add_participant"
    open_fields: ClassVar[frozenset[str]] = frozenset({"participant", "kind"})

    participant: Code
    kind: Literal["state", "organisation", "process"]
    title_en: Short
    title_ru: Short


class SayRole(_Kept):
    """Put what a source says of a role beside what others say."""

    code: ClassVar[str] = "participants.say_role"
    open_fields: ClassVar[frozenset[str]] = frozenset({"row", "participant", "role", "begins", "ends", "as_of"})

    row: UUID
    participant: Code
    role: RoleCode
    begins: Day = ""
    ends: Day = ""
    as_of: Day = ""


class EndRole(_Kept):
    """Say until when a role stood. The row without the end stays readable."""

    code: ClassVar[str] = "participants.end_role"
    open_fields: ClassVar[frozenset[str]] = frozenset({"key", "ends"})

    key: str
    ends: Annotated[Day, StringConstraints(min_length=4)]


class SayChair(_Kept):
    """Put what a source says of the chair beside what others say."""

    code: ClassVar[str] = "participants.say_chair"
    open_fields: ClassVar[frozenset[str]] = frozenset({"row", "participant", "begins", "ends"})

    row: UUID
    participant: Code
    begins: Annotated[Day, StringConstraints(min_length=4)]
    ends: Day = ""


class AddContact(_Kept):
    """An office that answers for a participant or a body. The office, never who holds it."""

    code: ClassVar[str] = "participants.add_contact"
    open_fields: ClassVar[frozenset[str]] = frozenset({"row", "participant", "body", "kind"})

    row: UUID
    participant: str = ""
    body: str = ""
    kind: Literal["national_coordinator", "head_of_delegation", "senior_official", "focal_point", "secretariat"]
    office_en: Short
    office_ru: Annotated[str, StringConstraints(max_length=200)] = ""
    mailbox: Annotated[str, StringConstraints(max_length=200), AfterValidator(_office_mailbox)] = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    begins: Day = ""


class EndContact(Action):
    """The contact answers no more from the day of the act on."""

    code: ClassVar[str] = "participants.end_contact"
    needs: ClassVar[str] = "participants.keep"
    open_fields: ClassVar[frozenset[str]] = frozenset({"key", "reason"})

    key: str
    reason: Reason


class TellOfEnd(Action):
    """Tell the secretariat that the term of the chair ends soon, once for each term."""

    code: ClassVar[str] = "participants.tell_of_end"
    needs: ClassVar[str] = "participants.keep"
    open_fields: ClassVar[frozenset[str]] = frozenset({"key", "ends"})
    by_installation: ClassVar[bool] = True

    key: str
    ends: Day
