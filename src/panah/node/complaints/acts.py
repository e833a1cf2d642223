"""The acts of this room as frozen values. What they do is in actions.py. The complaint's id is the subject: all text is sealed under its key."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from panah.foundation.door.service import Action, Digest, NotFound
from panah.node.complaints.models import Complaint
from panah.node.complaints.rules import LONGEST_TEXT

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
Remark = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Short = Annotated[str, StringConstraints(max_length=200)]
Code = Annotated[str, StringConstraints(max_length=80)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Kind = Literal[
    "pushback", "removal_now", "violence", "sexual_exploitation", "theft", "detention", "discrimination", "delay", "wrong_data",
    "recruiter", "documents", "other",
]  # fmt: skip


class Lodge(Action):
    """Somebody complains: by the public page (nobody is named as the one who acts), on paper or by REST (an officer enters it).

    `code_digest` is made by `tickets.digest`, so that no code enters an action.
    """

    code: ClassVar[str] = "complaints.lodge"
    needs: ClassVar[str] = "complaints.enter"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "kind", "via", "danger"})
    by_installation: ClassVar[bool] = True

    complaint: UUID
    number: Number
    code_digest: Digest = Field(repr=False)
    kind: Kind
    via: Literal["web", "paper", "rest"]
    text: Text = Field(repr=False)
    who: Literal["", "person", "relative", "lawyer", "officer", "organisation", "other"] = ""
    danger: bool = False
    language: Annotated[str, StringConstraints(max_length=16)] = ""
    body: Code = ""
    post: Annotated[str, StringConstraints(max_length=40)] = ""
    against_office: bool = False
    """It is about the ombudsman's own office, which then does not get it."""
    whom: Short = Field(default="", repr=False)
    name: Short = Field(default="", repr=False)
    contact: Short = Field(default="", repr=False)

    @property
    def anonymous(self) -> bool:
        return not (self.name or self.contact)

    def subject(self) -> UUID:
        return self.complaint

    def kept_to_the_day(self) -> bool:
        return self.anonymous


class _ByCode(Action):
    """An act of the complainer, who proves themself by the code alone."""

    needs: ClassVar[str] = "complaints.enter"
    by_installation: ClassVar[bool] = True

    number: Number = Field(repr=False)
    code_digest: Digest = Field(repr=False)

    @cached_property
    def row(self) -> Complaint | None:
        found = Complaint.objects.select_for_update().filter(number=self.number).first()
        return found if found and bytes(found.code_digest).hex() == self.code_digest else None

    def subject(self) -> UUID | None:
        return self.row.pk if self.row else None

    def kept_to_the_day(self) -> bool:
        return self.row is None or self.row.anonymous


class AddWord(_ByCode):
    """The complainer adds something, or answers what was asked."""

    code: ClassVar[str] = "complaints.add_word"

    text: Text = Field(repr=False)


class Withdraw(_ByCode):
    """The complainer wishes to withdraw. Nothing ends before somebody has looked at whether they are free in it."""

    code: ClassVar[str] = "complaints.withdraw"

    text: Remark = Field(default="", repr=False)


class _On(Action):
    needs: ClassVar[str] = "complaints.work"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint"})

    complaint: UUID

    @cached_property
    def row(self) -> Complaint:
        found = Complaint.objects.select_for_update().filter(pk=self.complaint).first()
        if found is None:
            raise NotFound("There is no such complaint.")
        return found

    def subject(self) -> UUID:
        return self.row.pk

    def target(self) -> Any:
        return self.row


class Triage(_On):
    """Say what kind it is, whether somebody is in danger, and against whom it is. Whoever it is against finds nothing of it from then on."""

    code: ClassVar[str] = "complaints.triage"
    needs: ClassVar[str] = "complaints.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "kind", "danger"})

    kind: Kind
    danger: bool = False
    body: Code = ""
    post: Annotated[str, StringConstraints(max_length=40)] = ""
    accused: tuple[UUID, ...] = ()


class Assign(_On):
    """Give it to one named officer: of the leading office, or a supervisor of a body that it is not against."""

    code: ClassVar[str] = "complaints.assign"
    needs: ClassVar[str] = "complaints.lead"

    to: UUID


class Acknowledge(_On):
    code: ClassVar[str] = "complaints.acknowledge"


class WriteBack(_On):
    """Write into the complainer's mailbox: a question, or where it stands. In a language that they understand."""

    code: ClassVar[str] = "complaints.write_back"

    text: Text = Field(repr=False)


class TakeStep(_On):
    """Keep a step of the inquiry, a measure, or a remark."""

    code: ClassVar[str] = "complaints.take_step"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "kind", "step"})

    kind: Literal["step", "measure", "remark"]
    step: Literal["", "talked", "heard_accused", "documents", "visit", "medical", "expert", "other"] = ""
    text: Text = Field(repr=False)


class Conclude(_On):
    """Say what was found and why, what is done about it, and tell the complainer in a language that they understand."""

    code: ClassVar[str] = "complaints.conclude"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "finding"})

    finding: Literal["upheld", "partly_upheld", "not_upheld", "cannot_be_established"]
    reasons: Text = Field(repr=False)
    remedy: Remark = Field(default="", repr=False)
    told: Text = Field(repr=False)


class LookAtWithdrawal(_On):
    """Say whether a withdrawal was free. One that was not, or where nobody can tell, changes nothing: the inquiry goes on."""

    code: ClassVar[str] = "complaints.look_at_withdrawal"
    needs: ClassVar[str] = "complaints.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "free"})

    free: bool
    why: Text = Field(repr=False)


class LinkFile(_On):
    """Link a person's file, with the complainer's consent, or take the link away. On the file itself nothing shows."""

    code: ClassVar[str] = "complaints.link_file"
    needs: ClassVar[str] = "complaints.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "consent"})

    file: UUID | None
    consent: Literal["given", "not_given", "taken_back"]


class AskForHold(_On):
    """Place a hold for a person whom a complaint says is being turned back or removed. An officer's own act, never the complaint's."""

    code: ClassVar[str] = "complaints.ask_for_hold"
    needs: ClassVar[str] = "complaints.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"complaint", "safeguard"})

    file: UUID
    safeguard: Literal["no_removal", "no_detention", "no_consular_contact", "keep_family_together"]
    reason: Annotated[str, StringConstraints(min_length=20, max_length=2_000)]


class Warn(_On):
    """The installation's own act: a term is half over, nearly over, or over. Then it is told upward."""

    code: ClassVar[str] = "complaints.warn"
    needs: ClassVar[str] = "complaints.lead"
    by_installation: ClassVar[bool] = True


class TellNews(_On):
    """The installation's own act: tell who leads or works on it that something came. Of who gave no name, on another day."""

    code: ClassVar[str] = "complaints.tell_news"
    needs: ClassVar[str] = "complaints.lead"
    by_installation: ClassVar[bool] = True


class SeekReader(_On):
    """The installation's own act: a complaint that is against all who could read it goes to the next office; where there is none,
    those who keep the accounts are told that one has no reader, and nothing about it."""

    code: ClassVar[str] = "complaints.seek_reader"
    needs: ClassVar[str] = "complaints.lead"
    by_installation: ClassVar[bool] = True
