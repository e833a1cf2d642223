"""Acts about bans on entry as frozen values: that there is one, what is done about it, where else the person may go, that it was lifted."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import StringConstraints

from panah.foundation.door.service import Harm, NotFound
from panah.node.procedures.acts import OnProceeding, Remark, Text
from panah.node.procedures.models import EntryBan
from panah.node.registration import service as registration

State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Name = Annotated[str, StringConstraints(max_length=200)]


class RecordBan(OnProceeding):
    """Keep that a state forbids the person to enter. A ban of this state asks the safeguards first: it refuses entry."""

    code: ClassVar[str] = "procedures.record_ban"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "ban", "state", "length"})

    ban: UUID
    state: State
    authority: Name = ""
    ground: Text
    paper: Remark = ""
    starts: date | None = None
    length: Literal["until", "forever", "unknown"]
    ends: date | None = None

    def harm(self) -> Harm | None:
        return Harm.REFUSAL_OF_ENTRY if self.state == registration.node_pack().country else None


class _OnBan(OnProceeding):
    ban: UUID

    @cached_property
    def found(self) -> EntryBan:
        row = EntryBan.objects.select_for_update().filter(pk=self.ban, file=self.row.file).first()
        if row is None:
            raise NotFound("There is no such ban.")
        return row


class LodgeBanRemedy(_OnBan):
    """Keep what the person did against the ban, before whom and when. Done at the person's wish alone."""

    code: ClassVar[str] = "procedures.lodge_ban_remedy"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "ban", "on"})

    to: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
    on: date
    what: Text
    wished: bool


class NoteDestination(_OnBan):
    """Note another state where the person may lawfully go or work."""

    code: ClassVar[str] = "procedures.note_destination"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "ban", "state"})

    state: State
    why: Text


class LiftBan(_OnBan):
    """Keep that the ban was lifted by whoever imposed it, or by a court."""

    code: ClassVar[str] = "procedures.lift_ban"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "ban", "on"})

    on: date
    lifted_by: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
    paper: Text
