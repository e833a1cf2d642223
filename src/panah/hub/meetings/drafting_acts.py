"""The acts on the text of a meeting as frozen values. What they do is in actions/drafting.py and actions/agreeing.py."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from panah.foundation.door.service import Action, NotFound
from panah.hub.meetings.acts import OnMeeting, Reason
from panah.hub.meetings.models import Meeting, Paragraph, Proposal, Silence, Stand

Text = Annotated[str, StringConstraints(max_length=6000)]
Words = Annotated[str, StringConstraints(min_length=2, max_length=3000)]


class OnParagraph(Action):
    """An act on a paragraph, of those who lead."""

    needs: ClassVar[str] = "meetings.lead"
    paragraph: UUID

    def target(self) -> Paragraph | Meeting:
        found = Paragraph.objects.select_related("meeting").filter(pk=self.paragraph).first()
        if found is None:
            raise NotFound("There is no such paragraph.")
        return found


class OnOneText(Action):
    """An act of a state on a paragraph or on a proposal; exactly one of the two is named. The right hangs on the meeting."""

    needs: ClassVar[str] = "meetings.take_part"
    paragraph: UUID | None = None
    proposal: UUID | None = None

    def target(self) -> Meeting:
        if (self.paragraph is None) == (self.proposal is None):
            raise NotFound("Name a paragraph or a proposal, and not both.")
        found: Paragraph | Proposal | None
        if self.paragraph is not None:
            found = Paragraph.objects.select_related("meeting").filter(pk=self.paragraph).first()
        else:
            found = Proposal.objects.select_related("meeting").filter(pk=str(self.proposal)).first()
        if found is None:
            raise NotFound("There is no such text.")
        return found.meeting


class AddParagraph(OnMeeting):
    """Write a new paragraph at the end, or after another one."""

    code: ClassVar[str] = "meetings.add_paragraph"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "paragraph", "after"})

    paragraph: UUID
    after: UUID | None = None
    text_en: Text = ""
    text_ru: Text = ""
    reason: Annotated[str, StringConstraints(max_length=1000)] = ""


class Revise(OnParagraph):
    """Write another wording, as secretariat or chair. `on_version` is the version that was read."""

    code: ClassVar[str] = "meetings.revise"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph", "on_version"})

    on_version: int
    text_en: Text = ""
    text_ru: Text = ""
    reason: Reason


class MoveParagraph(OnParagraph):
    """Change places with the paragraph before or after. The id of the conclusion stays."""

    code: ClassVar[str] = "meetings.move_paragraph"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph", "where"})

    where: Literal["up", "down"]


class DropParagraph(OnParagraph):
    """Leave a paragraph out of the text. It stays in the history, and its number is never given again."""

    code: ClassVar[str] = "meetings.drop_paragraph"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph"})

    reason: Reason


class Reopen(OnParagraph):
    """Make an agreed paragraph, or one that was left out, a draft again."""

    code: ClassVar[str] = "meetings.reopen"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph"})

    reason: Reason


class Agree(OnParagraph):
    """Say that a version is agreed. Refused while a state reserves its position on it."""

    code: ClassVar[str] = "meetings.agree"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph", "on_version", "how"})

    on_version: int
    how: Literal["meeting", "consultation"]


class Propose(OnMeeting):
    """A state proposes wording: for a paragraph, for a new one after it, or that it be left out. The text itself does not change."""

    code: ClassVar[str] = "meetings.propose"
    needs: ClassVar[str] = "meetings.take_part"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "proposal", "paragraph", "wish"})

    proposal: UUID
    wish: Literal["reword", "insert", "delete"]
    paragraph: UUID | None = None
    on_version: int = 0
    text_en: Text = ""
    text_ru: Text = ""
    reason: Reason


class OnProposal(Action):
    needs: ClassVar[str] = "meetings.lead"
    proposal: UUID

    def target(self) -> Proposal:
        found = Proposal.objects.select_related("meeting", "paragraph").filter(pk=self.proposal).first()
        if found is None:
            raise NotFound("There is no such proposal.")
        return found


class WithdrawProposal(OnProposal):
    """The state takes its own proposal back."""

    code: ClassVar[str] = "meetings.withdraw_proposal"
    needs: ClassVar[str] = "meetings.own_words"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proposal"})


class Merge(OnProposal):
    """Take a proposal into the text, as it is or with the wording that is given. `on_version` is the version that was read; a proposal for
    a new paragraph makes `made`."""

    code: ClassVar[str] = "meetings.merge"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proposal", "on_version", "made"})

    made: UUID
    on_version: int = 0
    text_en: Text = ""
    text_ru: Text = ""


class Decline(OnProposal):
    """Leave a proposal out of the text, with the reason that everybody reads."""

    code: ClassVar[str] = "meetings.decline"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proposal"})

    reason: Reason


class AddRemark(OnOneText):
    """Comment on a paragraph or a proposal."""

    code: ClassVar[str] = "meetings.comment"
    needs: ClassVar[str] = "meetings.comment"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph", "proposal", "said"})

    said: UUID
    words: Words


class TakeStand(OnOneText):
    """Support a wording, or reserve the state's position on it. The stand of before on the same wording ends. A reservation on a paragraph
    that lies under a silence breaks the silence for it."""

    code: ClassVar[str] = "meetings.take_stand"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paragraph", "proposal", "stand", "kind"})

    stand: UUID
    kind: Literal["support", "reserve"]
    on_version: int = 0
    reason: Annotated[str, StringConstraints(max_length=1000)] = ""


class LiftStand(Action):
    """The state takes its support or reservation back."""

    code: ClassVar[str] = "meetings.lift_stand"
    needs: ClassVar[str] = "meetings.own_words"
    open_fields: ClassVar[frozenset[str]] = frozenset({"stand"})

    stand: UUID

    def target(self) -> Stand:
        found = Stand.objects.filter(pk=self.stand, ended_at=None).first()
        if found is None:
            raise NotFound("There is no such support or reservation.")
        return found


class OpenSilence(OnMeeting):
    """Lay paragraphs before the states: what nobody reserves on until the moment is agreed."""

    code: ClassVar[str] = "meetings.open_silence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "silence", "paragraphs", "until"})

    silence: UUID
    paragraphs: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200)]
    until: AwareDatetime


class OnSilence(Action):
    needs: ClassVar[str] = "meetings.lead"
    silence: UUID

    def target(self) -> Silence:
        found = Silence.objects.select_related("meeting").filter(pk=self.silence, ended_at=None).first()
        if found is None:
            raise NotFound("There is no such silence, or it has ended.")
        return found


class StopSilence(OnSilence):
    """End a silence before its time. Nothing is agreed by it."""

    code: ClassVar[str] = "meetings.stop_silence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"silence"})

    reason: Reason


class EndSilence(OnSilence):
    """The time of a silence has passed: what nobody reserved on is agreed."""

    code: ClassVar[str] = "meetings.end_silence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"silence"})
    by_installation: ClassVar[bool] = True
