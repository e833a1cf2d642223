"""The acts around a meeting as frozen values. What they do is in actions/. Those on its text are in drafting_acts.py."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Base64Bytes, Field, StringConstraints

from panah.foundation.door.service import Action, Digest, NotFound
from panah.hub.loadings.service import LoadSheets
from panah.hub.meetings.models import AgendaItem, Delegation, FeedKey, Meeting, Paper

Title = Annotated[str, StringConstraints(max_length=200)]
Line = Annotated[str, StringConstraints(max_length=300)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=3, max_length=60)]
Participant = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,19}$")]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
Long = Annotated[str, StringConstraints(max_length=60_000)]
CapacityCode = Literal["member", "observer", "guest", "organisation"]
Deadline = Literal["answers", "proposals", "silence", "meeting"]
KindCode = Literal["ministerial", "senior_officials", "coordinators", "experts", "thematic", "conference"]


class OnMeeting(Action):
    """An act on a meeting."""

    needs: ClassVar[str] = "meetings.lead"
    meeting: UUID

    def target(self) -> Meeting:
        found = Meeting.objects.filter(pk=self.meeting).first()
        if found is None:
            raise NotFound("There is no such meeting.")
        return found


class LoadMeetings(LoadSheets):
    """Take in the sheets of a folder. `folder_digest` is what they were when they were checked. The same sheets again change nothing.
    Meetings that were convened here are not touched."""

    code: ClassVar[str] = "meetings.load"
    needs: ClassVar[str] = "meetings.load"


class Particulars(Action):
    """What is said of a meeting when it is convened or changed. Days are those of the place where it meets."""

    kind: KindCode
    title_en: Title = ""
    title_ru: Title = ""
    begins: date
    ends: date
    opens_at: AwareDatetime | None = None
    where_en: Title = ""
    where_ru: Title = ""
    chair: Participant
    public: bool
    observers_read: bool
    answers_by: date | None = None
    proposals_by: AwareDatetime | None = None


class Convene(Particulars):
    """Call a meeting. Who is invited follows with `Invite`."""

    code: ClassVar[str] = "meetings.convene"
    needs: ClassVar[str] = "meetings.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "meeting_code", "begins", "ends", "chair", "public"})

    meeting: UUID
    meeting_code: Code


class ChangeMeeting(Particulars, OnMeeting):
    """Say the particulars anew. The calendar's event gets the next sequence number."""

    code: ClassVar[str] = "meetings.change"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "begins", "ends", "chair", "public"})


class EndMeeting(OnMeeting):
    """Say that the meeting was held, or call it off with a reason."""

    code: ClassVar[str] = "meetings.end"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "outcome"})

    outcome: Literal["held", "cancelled"]
    reason: Annotated[str, StringConstraints(max_length=1000)] = ""


class Invite(OnMeeting):
    """Invite participants in one capacity. Whoever is invited already has that capacity from now on."""

    code: ClassVar[str] = "meetings.invite"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "participants", "capacity"})

    participants: Annotated[tuple[Participant, ...], Field(min_length=1, max_length=60)]
    capacity: CapacityCode


class Uninvite(Action):
    """Take an invitation back."""

    code: ClassVar[str] = "meetings.uninvite"
    needs: ClassVar[str] = "meetings.lead"
    open_fields: ClassVar[frozenset[str]] = frozenset({"delegation"})

    delegation: UUID

    def target(self) -> Delegation:
        return _delegation(self.delegation)


class AnswerInvitation(Action):
    """A participant says whether it comes, led by which office, and how many they are. `accounts` are accounts of this hub that act for it."""

    code: ClassVar[str] = "meetings.answer"
    needs: ClassVar[str] = "meetings.answer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"delegation", "comes", "size"})

    delegation: UUID
    comes: Literal["comes", "away"]
    head_en: Annotated[str, StringConstraints(max_length=160)] = ""
    head_ru: Annotated[str, StringConstraints(max_length=160)] = ""
    size: Annotated[int, Field(ge=1, le=200)] | None = None
    accounts: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()

    def target(self) -> Delegation:
        return _delegation(self.delegation)


class AddItem(OnMeeting):
    """Put an item at the end of the agenda."""

    code: ClassVar[str] = "meetings.add_item"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "item"})

    item: UUID
    title_en: Line = ""
    title_ru: Line = ""


class OnItem(Action):
    needs: ClassVar[str] = "meetings.lead"
    item: UUID

    def target(self) -> AgendaItem:
        found = AgendaItem.objects.select_related("meeting").filter(pk=self.item, withdrawn_at=None).first()
        if found is None:
            raise NotFound("There is no such item.")
        return found


class MoveItem(OnItem):
    """Change places with the item before or after."""

    code: ClassVar[str] = "meetings.move_item"
    open_fields: ClassVar[frozenset[str]] = frozenset({"item", "where"})

    where: Literal["up", "down"]


class DropItem(OnItem):
    """Take an item off the agenda. Its papers stay with the meeting."""

    code: ClassVar[str] = "meetings.drop_item"
    open_fields: ClassVar[frozenset[str]] = frozenset({"item"})


class AddPaper(OnMeeting):
    """Add a file. Its form is found by its content. Delegations read it at once, everybody only when that is decided."""

    code: ClassVar[str] = "meetings.add_paper"
    needs: ClassVar[str] = "meetings.give_paper"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "paper", "item", "tongue"})

    paper: UUID
    item: UUID | None = None
    title: Annotated[str, StringConstraints(min_length=3, max_length=200)]
    tongue: Literal["en", "ru"]
    content: Base64Bytes = Field(repr=False)


class OnPaper(Action):
    needs: ClassVar[str] = "meetings.lead"
    paper: UUID

    def target(self) -> Paper:
        found = (
            Paper.objects.defer("content").select_related("meeting").filter(pk=self.paper, withdrawn_at=None).first()
        )
        if found is None:
            raise NotFound("There is no such paper.")
        return found


class DecideOnPaper(OnPaper):
    """Let everybody read a paper, or only the delegations again."""

    code: ClassVar[str] = "meetings.decide_on_paper"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paper", "readers"})

    readers: Literal["everybody", "delegations"]


class WithdrawPaper(OnPaper):
    """Nobody reads the paper any more. That it was there, its digest and the reason stay."""

    code: ClassVar[str] = "meetings.withdraw_paper"
    open_fields: ClassVar[frozenset[str]] = frozenset({"paper"})

    reason: Reason


class KeepMinutes(OnMeeting):
    """Write the minutes, or a further version of them."""

    code: ClassVar[str] = "meetings.keep_minutes"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting"})

    text_en: Long = ""
    text_ru: Long = ""


class PublishStatement(OnMeeting):
    """Let everybody read the agreed paragraphs."""

    code: ClassVar[str] = "meetings.publish_statement"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting"})


class Remind(Action):
    """Remind the delegations of a deadline, once for each number of days before it."""

    code: ClassVar[str] = "meetings.remind"
    needs: ClassVar[str] = "meetings.remind"
    open_fields: ClassVar[frozenset[str]] = frozenset({"meeting", "deadline", "days"})
    by_installation: ClassVar[bool] = True

    meeting: UUID
    deadline: Deadline
    until: AwareDatetime
    days: Literal[7, 1]


class MakeFeed(Action):
    """A new secret address for one's own calendar; the one before works no more. `digest` is that of the secret."""

    code: ClassVar[str] = "meetings.make_feed"
    needs: ClassVar[str] = "meetings.subscribe"
    open_fields: ClassVar[frozenset[str]] = frozenset({"feed"})

    feed: UUID
    feed_digest: Digest = Field(repr=False)


class RevokeFeed(Action):
    """The secret address works no more."""

    code: ClassVar[str] = "meetings.revoke_feed"
    needs: ClassVar[str] = "meetings.revoke_feed"
    open_fields: ClassVar[frozenset[str]] = frozenset({"feed"})

    feed: UUID

    def target(self) -> FeedKey:
        found = FeedKey.objects.filter(pk=self.feed, revoked_at=None).first()
        if found is None:
            raise NotFound("There is no such address.")
        return found


def _delegation(identifier: UUID) -> Any:
    found = Delegation.objects.select_related("meeting").filter(pk=identifier, withdrawn_at=None).first()
    if found is None:
        raise NotFound("There is no such delegation.")
    return found
