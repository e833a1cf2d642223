"""The door of this room: what is published and kept, as values, and loading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet
from django.urls import reverse

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.loadings.service import record_home
from panah.hub.participants import service as participants
from panah.hub.participants.service import Related
from panah.hub.practices import record
from panah.hub.practices.acts import LoadPractices, TellOfDue
from panah.hub.practices.models import HelpOffer, HelpRequest, Practice, Told
from panah.hub.practices.rules import folded
from panah.web.parts import Link

__all__ = [
    "Chosen",
    "Shown",
    "check",
    "is_translated",
    "load",
    "practices",
    "published",
    "readable",
    "related",
    "tell_of_due",
    "title_of",
    "what_of",
]

PART = "practices"
WAITS = timedelta(days=14)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Shown:
    """A published practice, as other rooms name it."""

    id: UUID
    title: str
    participant: str
    theme: str
    ten_points: tuple[str, ...]
    agenda: tuple[str, ...]
    states: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Chosen:
    """What a reader narrowed a list to. Empty: everything."""

    theme: str = ""
    state: str = ""
    point: str = ""
    agenda: str = ""
    text: str = ""

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit: each word of the text must be in them, in either language."""
        if self.theme:
            rows = rows.filter(theme=self.theme)
        for column, code in (("states", self.state), ("ten_points", self.point), ("agenda", self.agenda)):
            if code:
                rows = rows.filter(**{f"{column}__contains": f" {code} "})
        for word in folded(self.text).split()[:10]:
            rows = rows.filter(words__contains=word)
        return rows


def published(chosen: Chosen | None = None) -> QuerySet[Practice]:
    """The practices that everybody reads, by theme."""
    rows = Practice.objects.filter(standing=Practice.Standing.PUBLISHED, superseded_at=None)
    return chosen.of(rows) if chosen else rows


def practices(chosen: Chosen | None = None) -> tuple[Shown, ...]:
    """The same as values, for other rooms: by theme, state or point."""
    return tuple(
        Shown(
            row.pk, title_of(row), row.participant, row.theme, tuple(row.ten_points.split()), tuple(row.agenda.split()),
            tuple(row.states.split()), reverse("practice", args=[row.pk]),
        )
        for row in published(chosen)
    )  # fmt: skip


def readable(officer: Any) -> QuerySet[Practice]:
    """What the reader may open: published and withdrawn ones everybody, all others their participant; the secretariat what was handed in."""
    shown = Practice.objects.filter(standing__in=("published", "withdrawn"))
    if not isinstance(officer, Officer):
        return shown
    seat = participants.seat_of(officer.pk, participants.today())
    if seat is not None:
        shown = shown | Practice.objects.filter(participant=seat.participant)
    if "secretariat" in officer.roles:
        shown = shown | Practice.objects.filter(standing__in=("submitted", "sent_back"))
    return shown


def title_of(row: Told) -> str:
    """The title in the reader's language, in the other where there is none."""
    russian = participants.reads_russian()
    return (row.title_ru or row.title_en) if russian else (row.title_en or row.title_ru)


def what_of(row: Any, field: str = "what") -> str:
    """A text of the row, as the title."""
    ru, en = str(getattr(row, f"{field}_ru")), str(getattr(row, f"{field}_en"))
    return (ru or en) if participants.reads_russian() else (en or ru)


def is_translated(row: Told) -> bool:
    """Whether the reader reads a translation, and not the text as it was written."""
    reads = "ru" if participants.reads_russian() else "en"
    return row.original != reads and bool(getattr(row, f"title_{reads}"))


def related(code: str) -> tuple[Related, ...]:
    """The practices of a participant or about a state, for its page."""
    from django.db.models import Q
    from django.utils.translation import gettext as _

    rows = published().filter(Q(participant=code) | Q(states__contains=f" {code} "))[:50]
    return (Related(_("Good practice"), [Link(title_of(row), reverse("practice", args=[row.pk])) for row in rows]),)


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences."""
    return record.problems(record.readings((folder or record_home()) / PART))


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record. The same sheets again change nothing (`new: False`)."""
    home = (folder or record_home()) / PART
    digest = participants.digest_of(home, record.SHEETS)
    return perform(LoadPractices(by=by, happened_at=now(), folder=str(home), folder_digest=digest))


def tell_of_due(moment: datetime) -> int:
    """Tell of practices and offers that have waited for two weeks, and of help that is needed within thirty days and not arranged. Each is
    told of once, by an id that follows from what is due. Returns how many are due."""
    waiting = moment - WAITS
    due: list[tuple[str, UUID, datetime]] = [
        ("practice_waits", row.pk, row.submitted_at)
        for row in Practice.objects.filter(standing="submitted", superseded_at=None, submitted_at__lte=waiting)
        if row.submitted_at is not None
    ]
    soon = moment.date() + SOON
    requests = HelpRequest.objects.filter(standing="open", needed_by__lte=soon)
    due += [("request_due", row.pk, row.made_at) for row in requests]
    offers = HelpOffer.objects.filter(standing="made", request__standing__in=("open", "matched"), made_at__lte=waiting)
    due += [("offer_waits", row.pk, row.made_at) for row in offers]
    for kind, of, since in due:
        # The same act to the last byte each time, so that the door knows it and does nothing.
        identifier = uuid5(NAMESPACE_URL, f"panah:{kind}:{of}:{since.isoformat()}")
        perform(TellOfDue.model_validate({"id": identifier, "by": None, "happened_at": since, "kind": kind, "of": of}))
    return len(due)
