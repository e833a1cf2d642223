"""What is somebody's to do in this room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from django.urls import reverse

from panah.foundation.access.models import Officer
from panah.hub.participants import service as participants
from panah.hub.practices import service
from panah.hub.practices.models import HelpOffer, HelpRequest, Practice
from panah.web.tasks import Line


def handed_in(officer: Officer, now: datetime, limit: int) -> Sequence[Line]:
    """Practices that wait for the secretariat and that the officer did not hand in, the oldest first; due after two weeks."""
    rows = Practice.objects.filter(standing="submitted", superseded_at=None).exclude(submitted_by=officer.pk)
    return [
        Line(
            service.title_of(row),
            reverse("practice", args=[row.pk]),
            row.submitted_at and row.submitted_at + service.WAITS,
        )
        for row in rows.order_by("submitted_at")[:limit]
    ]


def offers_to_answer(officer: Officer, now: datetime, limit: int) -> Sequence[Line]:
    """Offers in answer to what the officer's state asked for; due after two weeks, or on their last day where that comes first."""
    live = ("open", "matched")
    rows = HelpOffer.objects.filter(
        standing="made", request__participant=_state(officer), request__standing__in=live
    ).order_by("made_at")
    return [Line(row.title, reverse("help_offer", args=[row.pk]), _by(row)) for row in rows[:limit]]


def requests_open(officer: Officer, now: datetime, limit: int) -> Sequence[Line]:
    """What the officer's state asked for and nobody has arranged, what is needed first at the top."""
    rows = HelpRequest.objects.filter(standing="open", participant=_state(officer)).order_by("needed_by", "made_at")
    return [
        Line(row.title, reverse("help_request", args=[row.pk]), _at_end(row.needed_by) if row.needed_by else None)
        for row in rows[:limit]
    ]


def _state(officer: Officer) -> str:
    seat = participants.seat_of(officer.pk, participants.today())
    return seat.participant if seat else ""


def _by(row: HelpOffer) -> datetime:
    waits = row.made_at + service.WAITS
    return min(waits, _at_end(row.until)) if row.until else waits


def _at_end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), UTC)
