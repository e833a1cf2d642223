"""Meetings as iCalendar (RFC 5545). Only what has a day that a source names or that was decided stands in a calendar."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from panah.foundation.access.models import Officer
from panah.hub.meetings import seats, shown
from panah.hub.meetings.jobs import deadlines
from panah.hub.meetings.models import Delegation, FeedKey, Meeting
from panah.hub.meetings.words import DEADLINES


def new_secret() -> str:
    """A fresh secret of an address, to be shown once and never kept."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so no slow hash is needed."""
    return hashlib.sha256(f"panah-feed {secret}".encode()).hexdigest()


def officer_of(secret: str) -> Officer | None:
    """Whose calendar stands under the secret; None for one that is unknown or revoked, or of an account that is closed."""
    row = (
        FeedKey.objects.select_related("officer")
        .filter(digest=digest_of(secret), revoked_at=None, officer__is_active=True)
        .first()
    )
    return row.officer if row else None


def public_calendar() -> bytes:
    """All public meetings whose days are known."""
    return _written(_("Almaty Process: meetings"), Meeting.objects.filter(public=True), {})


def own_calendar(officer: Officer) -> bytes | None:
    """The meetings to which the account's participant is invited (all, for who leads), with their deadlines; None when the account acts
    for nobody any more."""
    reader = seats.reader_of(officer)
    if reader.leads:
        rows = Meeting.objects.all()
        capacities = dict.fromkeys(rows.values_list("pk", flat=True), "member")
    elif reader.participant:
        mine = Delegation.objects.filter(participant=reader.participant, withdrawn_at=None)
        capacities = dict(mine.values_list("meeting", "capacity"))
        rows = Meeting.objects.filter(Q(public=True) | Q(pk__in=capacities))
    else:
        return None
    return _written(_("Almaty Process: my meetings"), rows, capacities)


def _written(title: str, rows: QuerySet[Meeting], capacities: Mapping[UUID, str]) -> bytes:
    """The meetings as a calendar; `capacities` says at which of them the reader has deadlines, and in which capacity."""
    calendar = Calendar()
    calendar.add("prodid", "-//Panah//Almaty Process//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    dated = rows.exclude(begins=None).exclude(kind__in=("milestone", "gap")).order_by("begins", "code")
    for row in dated.prefetch_related("silences") if capacities else dated:
        calendar.add_component(_event(row))
        if row.pk in capacities and not row.from_record and row.state != "cancelled":
            for event in _deadlines(row, whole=capacities[row.pk] == "member"):
                calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(row: Meeting) -> Event:
    """The meeting as an event. Wants one whose first day is known."""
    event = _common(row, f"{row.pk}@panah")
    first = row.begins or row.changed_at.date()
    if row.opens_at is not None and row.begins == (row.ends or row.begins):
        event.add("dtstart", row.opens_at)
    else:
        event.add("dtstart", first)
        event.add("dtend", (row.ends or first) + timedelta(days=1))
    event.add("summary", shown.title_of(row))
    if shown.where(row):
        event.add("location", shown.where(row))
    event.add("status", "CANCELLED" if row.state == "cancelled" else "CONFIRMED")
    return event


def _deadlines(row: Meeting, *, whole: bool) -> Iterable[Event]:
    """The deadlines of an invited participant; those of the text (`whole`) are for participating states."""
    for code, until in deadlines(row):
        if code == "meeting" or (code != "answers" and not whole):
            continue
        event = _common(row, f"{row.pk}-{code}-{until:%Y%m%d%H%M}@panah")
        event.add("dtstart", until)
        said = {"what": DEADLINES[code], "meeting": shown.title_of(row)}
        event.add("summary", _("Deadline for %(what)s: %(meeting)s") % said)
        yield event


def _common(row: Meeting, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("sequence", row.changes)
    event.add("url", f"{settings.PANAH_ADDRESS}{reverse('meeting', args=[row.code])}")
    return event
