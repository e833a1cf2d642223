"""What of meetings is an officer's to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.hub.meetings import seats
from panah.hub.meetings.models import Delegation, Meeting, Proposal, SilenceLine
from panah.hub.meetings.shown import Names, title_of
from panah.web.tasks import Line, Task

_HUB = frozenset({"hub"})


def to_answer(officer: Any, now: datetime, limit: int) -> Sequence[Line]:
    """Invitations of one's participant that wait for an answer."""
    reader = seats.reader_of(officer, now.date())
    if not reader.participant or not reader.offices & seats.ANSWERING:
        return ()
    waiting = Delegation.objects.select_related("meeting").filter(
        participant=reader.participant, withdrawn_at=None, answer="none", meeting__state="planned"
    )
    return tuple(
        Line(
            _("Name your delegation: %(meeting)s") % {"meeting": title_of(row.meeting)},
            reverse("meeting", args=[row.meeting.code]) + "#delegation",
            datetime.combine(row.meeting.answers_by + timedelta(days=1), time(), UTC)
            if row.meeting.answers_by
            else None,
        )
        for row in waiting.order_by("meeting__answers_by", "meeting__begins")[:limit]
    )


def to_read(officer: Any, now: datetime, limit: int) -> Sequence[Line]:
    """Silences that run and drafts on which wording can be proposed, for who speaks for a participating state."""
    reader = seats.reader_of(officer, now.date())
    if not reader.participant or not reader.speaks:
        return ()
    mine = {
        "delegations__participant": reader.participant,
        "delegations__withdrawn_at": None,
        "delegations__capacity": "member",
    }
    open_now = Meeting.objects.filter(**mine, statement_at=None).exclude(state="cancelled")
    silent = SilenceLine.objects.filter(silence__meeting__in=open_now, silence__ended_at=None, broken_at=None)
    lines = {
        row.silence_id: Line(
            _("Silence procedure: %(meeting)s") % {"meeting": title_of(row.silence.meeting)},
            reverse("meeting_draft", args=[row.silence.meeting.code]),
            row.silence.until,
        )
        for row in silent.select_related("silence__meeting").order_by("silence__until")[: limit * 10]
    }
    proposing = open_now.filter(proposals_by__gt=now, paragraphs__standing="draft").distinct().order_by("proposals_by")
    asked = [
        Line(
            _("Propose wording: %(meeting)s") % {"meeting": title_of(row)},
            reverse("meeting_draft", args=[row.code]),
            row.proposals_by,
        )
        for row in proposing[:limit]
    ]
    return (*lines.values(), *asked)[:limit]


def to_settle(officer: Any, now: datetime, limit: int) -> Sequence[Line]:
    """Proposals of states on which those who lead decide."""
    waiting = Proposal.objects.select_related("meeting", "paragraph").filter(
        standing="open", meeting__statement_at=None
    )
    names = Names()
    return tuple(
        Line(
            _("Proposal of %(state)s: %(meeting)s")
            % {"state": names.of(row.participant), "meeting": title_of(row.meeting)},
            reverse("meeting_paragraph", args=[row.meeting.code, row.paragraph.number])
            if row.paragraph
            else reverse("meeting_draft", args=[row.meeting.code]),
        )
        for row in waiting.exclude(meeting__state="cancelled").order_by("made_at")[:limit]
    )


TASKS = (
    Task("invitations", gettext_lazy("Invitations to answer"), "meetings.subscribe", to_answer, "meetings", "", _HUB),
    Task("drafts", gettext_lazy("Drafts to read"), "meetings.subscribe", to_read, "meetings", "", _HUB),
    Task("proposals", gettext_lazy("Proposals to decide on"), "meetings.lead", to_settle, "meetings", "", _HUB),
)
