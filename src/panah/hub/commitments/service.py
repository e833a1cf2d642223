"""The one door to this room: what was promised, its progress, and loading what the documents promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.commitments import acts, models, reading
from panah.hub.evidence import service as evidence
from panah.hub.loadings.service import record_home
from panah.hub.participants.service import Related
from panah.hub.record.service import Promise
from panah.web.parts import Link

__all__ = [
    "Summary",
    "begin",
    "check",
    "due_and_met",
    "executed",
    "follow_ups",
    "load",
    "made",
    "of_participant",
    "promises",
]

Standing = models.Commitment.Standing


@dataclass(frozen=True)
class Summary:
    """A commitment that was made, as lists name it. `status` is empty when nobody has reported."""

    code: str
    participant: str
    source: str
    status: str
    due: date | None
    url: str


def made(participant: str = "") -> tuple[Summary, ...]:
    """The commitments that were made and stand, by code; of one participant where it is named."""
    rows = models.Commitment.objects.filter(standing=Standing.MADE)
    return tuple(
        Summary(row.code, row.participant, row.source, row.status, row.due, address(row.code))
        for row in (rows.filter(participant=participant) if participant else rows)
    )


def promises() -> Sequence[Promise]:
    """What rests on paragraphs, for the pages of the record."""
    rows = models.Commitment.objects.filter(kind=models.Commitment.Source.PARAGRAPH, standing=Standing.MADE)
    return [Promise(row.code, row.source, own_action(row), status_of(row), address(row.code)) for row in rows]


def begin(user: Any, code: str) -> str:
    """Where the reader may make a commitment from a paragraph or conclusion; empty where they may not."""
    return f"{reverse('commitment_new')}?from={code}" if may(user, "commitments.draft") else ""


def of_participant(code: str) -> Sequence[Related]:
    """What a participant promised, for its own page."""
    links = tuple(Link(f"{one.code}: {status}", one.url) for one, status in _told(code))
    return [Related(_("Commitments"), links)]


def _told(code: str) -> list[tuple[Summary, str]]:
    labels = dict(models.Commitment.Status.choices)
    return [(one, str(labels.get(one.status, _("Not reported")))) for one in made(code)]


def follow_ups(refs: Sequence[str]) -> Mapping[str, Sequence[Link]]:
    """What follows from conclusions of meetings, by their ids."""
    found: dict[str, list[Link]] = {}
    for row in models.Commitment.objects.filter(
        kind=models.Commitment.Source.CONCLUSION, standing=Standing.MADE, source__in=refs
    ):
        found.setdefault(row.source, []).append(Link(row.code, address(row.code)))
    return found


def due_and_met(participant: str, on: date) -> tuple[int, int]:
    """How many commitments of a participant were due by the day, and how many of these are fulfilled."""
    rows = list(
        models.Commitment.objects.filter(participant=participant, standing=Standing.MADE, due__lte=on).values_list(
            "status", flat=True
        )
    )
    return len(rows), sum(status == models.Commitment.Status.FULFILLED for status in rows)


def executed() -> Iterable[evidence.Value]:
    """Indicator 8.02 for the states that had something due: commitments fulfilled of those due by today. A state with nothing due has none."""
    today = now().date()
    source = evidence.Source(
        input="hub-commitments",
        producer="This hub",
        title="Commitments",
        edition=today.isoformat(),
        licence="not stated",
        licence_url="",
        as_of=today,
        retrieved=today,
        obtained_from=reverse("commitments"),
        sha256="",
    )
    due: dict[str, list[bool]] = {}
    rows = models.Commitment.objects.filter(standing=Standing.MADE, due__lte=today, participant__in=evidence.REGION)
    for participant, status in rows.values_list("participant", "status"):
        due.setdefault(participant, []).append(status == models.Commitment.Status.FULFILLED)
    for state, found in sorted(due.items()):
        share = (Decimal(100 * sum(found)) / len(found)).quantize(Decimal("0.01"))
        yield evidence.Value(
            "8.02",
            state,
            str(today.year),
            share,
            "percent",
            "counted",
            (source,),
            numerator=sum(found),
            denominator=len(found),
        )


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences; nothing when it can be loaded."""
    return tuple(reading.rows(folder or record_home()).problems)


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record; the documents must be loaded before. The same again changes nothing (`new: False`)."""
    home = folder or record_home()
    return perform(acts.LoadCommitments(by=by, happened_at=now(), folder=str(home), folder_digest=reading.digest(home)))


def own_action(row: models.Commitment) -> str:
    """What is to be done, in the reader's language, in the other where that one is missing."""
    russian = (get_language() or "en").startswith("ru")
    return (row.action_ru or row.action_en) if russian else (row.action_en or row.action_ru)


def status_of(row: models.Commitment) -> str:
    """The status in the reader's words; that nobody has reported where it is empty."""
    return str(models.Commitment.Status(row.status).label) if row.status else _("Not reported")


def address(code: str) -> str:
    return reverse("commitment", args=[code])
