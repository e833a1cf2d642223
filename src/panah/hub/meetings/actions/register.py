"""The record's meetings, taken in. What was convened here is not touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.hub.loadings.service import note, refuse_wrong
from panah.hub.meetings import record
from panah.hub.meetings.acts import LoadMeetings
from panah.hub.meetings.models import Attendance, Fact, Meeting
from panah.hub.participants import service as participants

_NAMESPACE = UUID("5f0c7a52-9a5e-5b55-8f0a-6d0f5b1c2a11")


@handles(LoadMeetings)
def load(action: LoadMeetings, moment: Moment) -> Outcome:
    folder = Path(action.folder)
    found = participants.digest_of(folder, record.SHEETS)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    sheets = record.readings(folder)
    refuse_wrong(record.problems(sheets))
    _refuse_taken([row.key for row in sheets.meetings])
    _replace(sheets, moment)
    return note(action, found, moment, meetings=len(sheets.meetings.rows), facts=len(sheets.facts.rows))


def _refuse_taken(codes: list[str]) -> None:
    taken = Meeting.objects.filter(code__in=codes, from_record=False).values_list("code", flat=True)
    if taken:
        raise Refused(
            f"A meeting that was convened here has the code {taken[0]}. Give the row of the record another key.",
            code="code_taken",
        )


def _replace(sheets: record.Sheets, moment: Moment) -> None:
    """Remake the record's rows. What the sheets no longer name goes: it was said by them alone, and the journal keeps that it was."""
    codes = [row.key for row in sheets.meetings]
    of_record = {"meeting__from_record": True}
    Fact.objects.filter(**of_record).delete()
    Attendance.objects.filter(**of_record).delete()
    Meeting.objects.filter(from_record=True).exclude(code__in=codes).delete()
    known = {row.code: row for row in Meeting.objects.filter(from_record=True)}
    lost = {row.meeting for row in sheets.facts if row.matter == "date" and row.known == "no"}
    for row in sheets.meetings:
        said = _said(row) | ({"state": "unknown"} if row.key in lost else {})
        before = known.get(row.key)
        if before is None:
            Meeting.objects.create(
                id=uuid5(_NAMESPACE, row.key),
                code=row.key,
                from_record=True,
                public=True,
                changed_at=moment.recorded_at,
                **said,
            )
        elif any(getattr(before, name) != value for name, value in said.items()):
            Meeting.objects.filter(pk=before.pk).update(
                **said, changed_at=moment.recorded_at, changes=before.changes + 1
            )
    by_code = {row.code: row.pk for row in Meeting.objects.filter(from_record=True)}
    Fact.objects.bulk_create(
        [
            Fact(meeting_id=by_code[row.meeting], place=place, **record.columns(row))
            for place, row in enumerate(sheets.facts)
        ],
        batch_size=200,
    )
    Attendance.objects.bulk_create(
        [
            Attendance(meeting_id=by_code[row.meeting], place=place, **record.columns(row))
            for place, row in enumerate(sheets.attendance)
        ],
        batch_size=200,
    )


def _said(row: record.MeetingRow) -> dict[str, Any]:
    texts = (
        "kind",
        "title_en",
        "title_ru",
        "precision",
        "when_en",
        "when_ru",
        "where_en",
        "where_ru",
        "chair",
        "outcome",
        "place",
    )
    days = ("begins", "ends", "earliest", "latest")
    return {
        **{name: getattr(row, name) for name in texts},
        **{name: date.fromisoformat(getattr(row, name)) if getattr(row, name) else None for name in days},
        "state": "unknown" if row.kind == "gap" or row.precision == "unknown" else "held",
    }
