"""Who may do what in this room. Who reads what of a meeting is in seats.py."""

from __future__ import annotations

from typing import Any

import rules

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role
from panah.hub.meetings import seats
from panah.hub.meetings.models import Delegation, FeedKey, Meeting, Proposal, Stand


@rules.predicate
def leads(officer: Officer, obj: Any = None) -> bool:
    """The secretariat, the chair's delegate, and officials of the state that holds the chair today. Not over what the record says."""
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    return seats.reader_of(officer).leads and not (isinstance(meeting, Meeting) and meeting.from_record)


@rules.predicate
def takes_part(officer: Officer, meeting: Meeting | None = None) -> bool:
    """Speaks for a participating state that is invited to the meeting."""
    return meeting is not None and seats.view_of(officer, meeting).takes_part


@rules.predicate
def gives_papers(officer: Officer, meeting: Meeting | None = None) -> bool:
    if meeting is None:
        return False
    view = seats.view_of(officer, meeting)
    return view.leads or view.takes_part


@rules.predicate
def answers_for(officer: Officer, delegation: Delegation | None = None) -> bool:
    """Speaks for the participant whose delegation it is; national coordinators for their own state only."""
    if delegation is None or delegation.withdrawn_at is not None:
        return False
    reader = seats.reader_of(officer)
    return reader.participant == delegation.participant and bool(reader.offices & seats.ANSWERING)


@rules.predicate
def own_words(officer: Officer, obj: Proposal | Stand | None = None) -> bool:
    """Speaks for the state whose proposal, support or reservation it is."""
    if obj is None:
        return False
    reader = seats.reader_of(officer)
    return reader.participant == obj.participant and reader.speaks


@rules.predicate
def is_seated(officer: Officer, obj: Any = None) -> bool:
    """Has a calendar of their own: acts for a participant, or leads."""
    reader = seats.reader_of(officer)
    return bool(reader.participant) or reader.leads


@rules.predicate
def own_feed(officer: Officer, feed: FeedKey | None = None) -> bool:
    return feed is not None and feed.officer_id == officer.pk


allow("meetings.load", has_role("secretariat"))
allow("meetings.lead", leads)
allow("meetings.take_part", takes_part)
allow("meetings.comment", gives_papers)
allow("meetings.give_paper", gives_papers)
allow("meetings.answer", answers_for)
allow("meetings.own_words", own_words)
allow("meetings.subscribe", is_seated)
allow("meetings.revoke_feed", own_feed)
allow("meetings.remind", has_role("secretariat"))
