"""The sheets of `record/meetings`: what their rows are, and what is wrong with a folder of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator

from panah.hub.participants.service import Filled, Key, Reading, SourcedRow, double_keys, read


def _exact(text: str) -> str:
    if text:
        date.fromisoformat(text)
    return text


Exact = Annotated[str, AfterValidator(_exact)]
"""YYYY-MM-DD, or empty when it is not known."""


class MeetingRow(SourcedRow):
    """The source of a meeting is that of its date."""

    key: Key
    place: int
    kind: Literal[
        "ministerial", "senior_officials", "coordinators", "experts", "thematic", "conference", "briefing", "outside", "milestone", "gap"
    ]  # fmt: skip
    title_en: Filled
    title_ru: Filled
    precision: Literal["day", "inferred", "month", "year", "between", "unknown"]
    begins: Exact = ""
    ends: Exact = ""
    earliest: Exact = ""
    latest: Exact = ""
    when_en: str = ""
    when_ru: str = ""
    where_en: str = ""
    where_ru: str = ""
    chair: str = ""
    outcome: str = ""


class FactRow(SourcedRow):
    key: Key
    meeting: Key
    matter: Literal["date", "place", "chair", "numbering", "governments", "membership", "content"]
    text_en: Filled
    text_ru: Filled
    shown: Literal["yes", "no"] = "no"
    known: Literal["yes", "no"] = "yes"
    disputed: Literal["yes", "no"] = "no"


class AttendanceRow(SourcedRow):
    key: Key
    meeting: Key
    participant: Filled
    capacity: Literal["member", "observer", "guest", "organisation", "embassy", "unknown"]


@dataclass(frozen=True)
class Sheets:
    meetings: Reading[MeetingRow]
    facts: Reading[FactRow]
    attendance: Reading[AttendanceRow]


SHEETS: Final = ("meetings.csv", "facts.csv", "attendance.csv")


def readings(folder: Path) -> Sheets:
    """All sheets of a folder, with everything that is wrong in them and between them."""
    found = Sheets(
        read(folder, "meetings.csv", MeetingRow),
        read(folder, "facts.csv", FactRow),
        read(folder, "attendance.csv", AttendanceRow),
    )
    double_keys(found.meetings, "key")
    double_keys(found.facts, "key")
    double_keys(found.attendance, "key")
    _refer(found)
    for number, row in found.meetings.rows:
        _days(found.meetings, number, row)
    return found


def problems(found: Sheets) -> tuple[str, ...]:
    return (*found.meetings.problems, *found.facts.problems, *found.attendance.problems)


def columns(row: FactRow | AttendanceRow) -> Mapping[str, Any]:
    """The row as columns of its table."""
    said = row.model_dump(exclude={"meeting"}) | {"verified": row.verified == "yes"}
    return said | {name: said[name] == "yes" for name in ("shown", "known", "disputed") if name in said}


def _refer(found: Sheets) -> None:
    codes = {row.key for row in found.meetings}
    pairs: set[tuple[str, str]] = set()
    for reading in (found.facts, found.attendance):
        for number, row in reading.rows:  # type: ignore[attr-defined]
            if row.meeting not in codes:
                reading.wrong(number, "meeting", row.meeting, "a key of meetings.csv")
    for number, one in found.attendance.rows:
        if (one.meeting, one.participant) in pairs:
            found.attendance.wrong(number, "participant", one.participant, "each participant once a meeting")
        pairs.add((one.meeting, one.participant))


def _days(reading: Reading[MeetingRow], number: int, row: MeetingRow) -> None:
    """A day is a day only where a source names it; where the time is known roughly there are bounds, and nothing more exact."""
    if (row.precision == "day") != bool(row.begins and row.ends):
        reading.wrong(number, "begins", row.begins, "both days with the precision `day`, and none with any other")
    elif row.begins and row.ends < row.begins:
        reading.wrong(number, "ends", row.ends, f"a day that is not before {row.begins}")
    if row.earliest and row.latest and row.latest < row.earliest:
        reading.wrong(number, "latest", row.latest, f"a day that is not before {row.earliest}")
    if row.precision in ("month", "year") and not (row.earliest and row.latest):
        reading.wrong(number, "earliest", row.earliest, "the first and the last day of the month or the year")
