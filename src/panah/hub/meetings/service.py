"""The door of this room: the meetings, their conclusions as values, and the hooks for what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.loadings.service import record_home
from panah.hub.meetings import record, rules
from panah.hub.meetings.acts import LoadMeetings
from panah.hub.meetings.models import Meeting, Paragraph
from panah.hub.participants import service as participants
from panah.web.parts import Link

__all__ = [
    "Conclusion", "Held", "Section", "check", "conclusion", "conclusions", "follow_ups", "follow_ups_from", "load", "meetings",
    "statement_sections", "statement_sections_from",
]  # fmt: skip

PART: Final = "meetings"
"""The folder of this room inside that of the record."""


@dataclass(frozen=True)
class Held:
    """A meeting as lists name it. `begins` is None where no source names the day; `chair` is a participant's code, empty when not known."""

    id: UUID
    code: str
    kind: str
    title_en: str
    title_ru: str
    begins: date | None
    ends: date | None
    state: str
    chair: str
    public: bool
    url: str

    def title(self, language: str = "") -> str:
        """The title in a language (the reader's when none is said), in the other where it has none."""
        russian = (language or get_language() or "en").startswith("ru")
        return (self.title_ru or self.title_en) if russian else (self.title_en or self.title_ru)


@dataclass(frozen=True)
class Conclusion:
    """A paragraph of a meeting's conclusions. `id` is `M-<code of the meeting>-<number>`: it is given once and never to another, whatever
    becomes of the order of the text. A text is empty where the language is missing. `standing` is `draft`, `agreed` or `dropped`;
    `public` says whether everybody may read it. A caller shows what is not public only to whom it concerns."""

    id: str
    meeting: str
    number: int
    text_en: str
    text_ru: str
    standing: str
    agreed_at: datetime | None
    public: bool
    url: str

    @property
    def agreed(self) -> bool:
        return self.standing == "agreed"

    def text(self, language: str = "") -> str:
        """The text in a language (the reader's when none is said); empty where it is missing, and never another one in its place."""
        return self.text_ru if (language or get_language() or "en").startswith("ru") else self.text_en


@dataclass(frozen=True)
class Section:
    """A table that another room adds to the statement of the chair: heading, a sentence, columns and rows of plain text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


FollowUps = Callable[[Sequence[str]], Mapping[str, Sequence[Link]]]
Sections = Callable[[str, str], Sequence[Section]]
_follow_ups: list[FollowUps] = []
_sections: list[Sections] = []


def follow_ups_from(provider: FollowUps) -> None:
    """A higher room says, once at start, what follows from conclusions: for their ids, links to show beside each."""
    if provider not in _follow_ups:
        _follow_ups.append(provider)


def statement_sections_from(provider: Sections) -> None:
    """A higher room adds tables to the statement of a meeting. Asked with the code of the meeting and the language, `en` or `ru`."""
    if provider not in _sections:
        _sections.append(provider)


def follow_ups(refs: Sequence[str]) -> Mapping[str, tuple[Link, ...]]:
    """What follows from these conclusions, by their ids; those from which nothing follows are not there."""
    found: dict[str, tuple[Link, ...]] = {}
    for provider in _follow_ups if refs else ():
        for ref, links in provider(refs).items():
            found[ref] = (*found.get(ref, ()), *links)
    return {ref: links for ref, links in found.items() if links}


def statement_sections(meeting: str, language: str) -> tuple[Section, ...]:
    return tuple(section for provider in _sections for section in provider(meeting, language))


def conclusion(ref: str) -> Conclusion | None:
    """The conclusion of that id, also while it is a draft; None when there is none such."""
    parts = rules.reference(ref)
    if parts is None:
        return None
    row = Paragraph.objects.select_related("meeting").filter(meeting__code=parts[0], number=parts[1]).first()
    return as_conclusion(row) if row else None


def conclusions(meeting: str = "", *, agreed: bool = False) -> tuple[Conclusion, ...]:
    """The conclusions of a meeting (of all meetings when none is named) in the order of the text, without those that were left out; with
    `agreed`, only what is agreed."""
    found = Paragraph.objects.select_related("meeting").exclude(standing="dropped")
    if meeting:
        found = found.filter(meeting__code=meeting)
    if agreed:
        found = found.filter(standing="agreed")
    return tuple(map(as_conclusion, found.order_by("meeting__begins", "meeting__code", "place")))


def as_conclusion(row: Paragraph) -> Conclusion:
    public = row.standing == "agreed" and row.meeting.statement_at is not None and row.meeting.public
    url = f"{reverse('meeting', args=[row.meeting.code])}#p{row.number}"
    return Conclusion(
        row.ref, row.meeting.code, row.number, row.text_en, row.text_ru, row.standing, row.agreed_at, public, url
    )


def meetings(*, public: bool = True) -> tuple[Held, ...]:
    """All meetings in order of time, those whose time is not known last; with `public`, only those of which everybody may know."""
    found: Iterable[Meeting] = Meeting.objects.filter(public=True) if public else Meeting.objects.all()
    rows = sorted(found, key=lambda row: (rules.in_order(row.begins, row.earliest, row.latest), row.place, row.code))
    return tuple(
        Held(
            row.pk, row.code, row.kind, row.title_en, row.title_ru, row.begins, row.ends, row.state, row.chair, row.public,
            reverse("meeting", args=[row.code]),
        )
        for row in rows
    )  # fmt: skip


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences; nothing when it can be loaded."""
    return record.problems(record.readings((folder or record_home()) / PART))


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record. The same sheets again change nothing (`new: False`). Raises Refused with the first problems."""
    home = (folder or record_home()) / PART
    said_now = participants.digest_of(home, record.SHEETS)
    return perform(LoadMeetings(by=by, happened_at=now(), folder=str(home), folder_digest=said_now))
