"""The one door for every change of state.

An action is a frozen, typed value: what is to change, by whom, where, when it happened, and the id that its maker gave it.
`perform` (service.py) checks permission, asks the safeguards, lets the room's handler change the tables, writes the journal and
queues the notices, in one transaction. Web forms, REST, imports and the command line all call it, and nothing else writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.notices.service import Word

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 as 64 hexadecimal digits: of a file, a page that was shown, a secret that is not kept."""


class Harm(StrEnum):
    """Acts that could harm a person. An action that is one of them is performed only after the safeguards were asked."""

    REMOVAL = "removal"
    HAND_OVER = "hand_over"
    EXTRADITION = "extradition"
    REFUSAL_OF_ENTRY = "refusal_of_entry"
    VOLUNTARY_RETURN = "voluntary_return"
    DETENTION = "detention"
    TRANSFER = "transfer"
    CONSULAR_NOTICE = "consular_notice"
    DATA_TO_ORIGIN = "data_to_origin"
    STATE_INQUIRY = "state_inquiry"
    CHARGE_FOR_ENTRY = "charge_for_entry"
    FAMILY_SPLIT = "family_split"
    CLOSING_FILE = "closing_file"


class Action(BaseModel):
    """Base of all actions. A subclass sets `code` and `needs`, and names in `open_fields` what the journal may hold unsealed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: ClassVar[str]
    needs: ClassVar[str]
    open_fields: ClassVar[frozenset[str]] = frozenset()
    by_installation: ClassVar[bool] = False

    id: UUID = Field(default_factory=uuid7)
    by: UUID | None
    place: str = ""
    happened_at: AwareDatetime

    def subject(self) -> UUID | None:
        """The person's file that the action is about, under whose key the rest is sealed."""
        return None

    def harm(self) -> Harm | None:
        """Which harmful act this is, if it is one."""
        return None

    def kept_to_the_day(self) -> bool:
        """Whether nothing more than the day of the act is kept, where the hour could betray somebody who gave no name."""
        return False

    def target(self) -> Any:
        """The object that the permission is asked for, or None when the role alone decides. Raise door.NotFound when it is not there."""
        return None

    def digest(self) -> bytes:
        """SHA-256 over everything that the action says."""
        return hashlib.sha256(f"{self.code}\n{self.model_dump_json()}".encode()).digest()


@dataclass(frozen=True)
class Moment:
    """What a handler is told: when the action is recorded, and who performs it."""

    recorded_at: datetime
    officer: Officer | None


@dataclass(frozen=True)
class Outcome:
    """What a handler did: ids and codes for the maker, facts for the journal (codes and ids only), and notices to send.

    `subject` is set by an action that opens a new person's file; otherwise the action names it.
    """

    result: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[Word, ...] = ()
    subject: UUID | None = None


@dataclass(frozen=True)
class Stop:
    """The safeguards' no: which act, which holds, and why. Nobody can proceed past it."""

    harm: Harm
    subject: UUID
    holds: tuple[Mapping[str, Any], ...]


class DoorError(Exception):
    """The action was not performed and nothing changed. The message is a sentence for the person who tried."""


class NotAllowed(DoorError):
    """The officer has no right to this. Shown as 404."""


class NotFound(DoorError):
    """What the action is about is not there, or not for this officer. Shown as 404."""


class Refused(DoorError):
    """The action does not fit the state of things; `field` names the part of it that is wrong, `code` is stable."""

    def __init__(self, sentence: str, *, code: str = "refused", field: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field


class StoppedForOne(Refused):
    """A hold on somebody else whom the act would touch stands against it: one of a family who moves along, or who would stay behind. The
    attempt is on record like any other, under that person."""

    def __init__(self, sentence: str, stop: Stop, *, code: str = "stopped_for_one", field: str = "") -> None:
        super().__init__(sentence, code=code, field=field)
        self.stop = stop


class IdUsed(DoorError):
    """The id of the action belongs to another action."""


class Stopped(DoorError):
    """A hold stands against the act. The attempt is on record."""

    def __init__(self, sentence: str, stop: Stop) -> None:
        super().__init__(sentence)
        self.stop = stop
