"""Six-character dates of the zone: YYMMDD, any part of which may be unknown (ICAO Doc 9303-3, 4.8).

Doc 9303 does not say which century two digits of a year belong to. The rules here are ours:
a birth lies in the latest year that is not after `on`; an expiry lies at most fifty years after `on`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Precision = Literal["day", "month", "year", "unknown"]

YEARS_OF_VALIDITY: Final = 50
"""No travel document is valid longer; a year further ahead than this belongs to the century before."""


@dataclass(frozen=True, slots=True)
class ZoneDate:
    """A date as far as it is known.

    `value` is ISO 8601 to the precision known (`1974-08-12`, `1974-08`, `1974`) or None; `printed` is what stands in
    the zone, so that a month and day without a year are not lost.
    """

    value: str | None
    precision: Precision
    printed: str

    def as_json(self) -> dict[str, str | None]:
        return {"value": self.value, "precision": self.precision, "printed": self.printed}

    @property
    def last_day(self) -> date | None:
        """The latest day that the date can mean; None where not even the year is known."""
        if self.value is None:
            return None
        year, month, day = (*(int(part) for part in self.value.split("-")), 0, 0)[:3]
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date with what was odd about it: `impossible`, `zeros` (00 for a part) and `century_assumed`."""

    date: ZoneDate
    impossible: bool = False
    zeros: bool = False
    century_assumed: bool = False


def _parts(printed: str) -> tuple[int | None, int | None, int | None] | None:
    """Year of the century, month and day; None for an unknown part; None for all where it is no date."""
    parts: list[int | None] = []
    for start in (0, 2, 4):
        part = printed[start : start + 2]
        if part == "<<":
            parts.append(None)
        elif part.isascii() and part.isdigit() and len(part) == 2:
            parts.append(int(part))
        else:
            return None
    year, month, day = parts
    return year, month, day


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return False
    if day is None:
        return True
    if month is None:
        return 1 <= day <= 31
    return 1 <= day <= monthrange(year, month)[1]


def _as_zone_date(year: int, month: int | None, day: int | None, printed: str) -> ZoneDate:
    if month is None:
        return ZoneDate(f"{year:04}", "year", printed)
    if day is None:
        return ZoneDate(f"{year:04}-{month:02}", "month", printed)
    return ZoneDate(f"{year:04}-{month:02}-{day:02}", "day", printed)


def _read(printed: str, centuries: tuple[int, ...], accepted: date | None) -> ReadDate:
    """Take the first of `centuries` in which the date exists and begins no later than `accepted`."""
    unknown = ZoneDate(None, "unknown", printed)
    parts = _parts(printed)
    if parts is None:
        return ReadDate(unknown, impossible=True)
    year, month, day = parts
    zeros = month == 0 or day == 0
    month, day = month or None, day or None
    if year is None:
        return ReadDate(unknown, impossible=not _exists(2000, month, day), zeros=zeros)
    for century in centuries:
        full = century + year
        if not _exists(full, month, day):
            continue
        if accepted is not None and (full, month or 1, day or 1) > (accepted.year, accepted.month, accepted.day):
            continue
        return ReadDate(_as_zone_date(full, month, day, printed), zeros=zeros)
    return ReadDate(unknown, impossible=True, zeros=zeros)


def read_birth_date(printed: str, on: date) -> ReadDate:
    """Read a date of birth: the latest century in which it is not after `on`.

    A person of a hundred or more is therefore read as a child of the same two digits; the officer sees both. Zeros
    for a month or a day, which some issuers print, count as unknown.
    """
    century = on.year // 100 * 100
    return _read(printed, (century, century - 100), on)


def read_expiry(printed: str, on: date) -> ReadDate:
    """Read a date of expiry: in the century of `on`, unless that lies more than fifty years ahead.

    `century_assumed` is set where the century before was chosen, since a few cards without an end print a year far
    ahead. All fillers mean that the document names no end.
    """
    century = on.year // 100 * 100
    if printed == "<" * 6:
        return ReadDate(ZoneDate(None, "unknown", printed))
    parts = _parts(printed)
    year = parts[0] if parts else None
    if year is not None and century + year > on.year + YEARS_OF_VALIDITY:
        earlier = _read(printed, (century - 100,), None)
        return ReadDate(earlier.date, earlier.impossible, earlier.zeros, not earlier.impossible)
    if year is not None and century + year < on.year - YEARS_OF_VALIDITY:
        return _read(printed, (century + 100,), None)
    return _read(printed, (century,), None)


def write_date(value: str) -> str:
    """The six characters for an ISO date, month or year, or for nothing: unknown parts become fillers.

    Raises ValueError for anything else.
    """
    if not value:
        return "<" * 6
    parts = value.split("-")
    shaped = all(part.isascii() and part.isdigit() for part in parts) and [len(part) for part in parts] in (
        [4],
        [4, 2],
        [4, 2, 2],
    )
    numbers = [int(part) for part in parts] if shaped else []
    year, month, day = (*numbers, None, None, None)[:3]
    if year is None or not _exists(year, month, day):
        raise ValueError(f"The date is {value!r}; a zone takes YYYY-MM-DD, YYYY-MM, YYYY or nothing.")
    return parts[0][2:] + "".join(parts[1:]).ljust(4, "<")
