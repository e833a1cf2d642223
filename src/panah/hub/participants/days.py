"""Days as sources say them: a day, a month or a year. What is not said more exactly is not made more exact."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")


@dataclass(frozen=True, order=True)
class Said:
    """A day (`2025-04-24`), a month (`2016-11`) or a year (`2023`), as a source says it. Raises ValueError for anything else."""

    text: str

    def __post_init__(self) -> None:
        _ = self.earliest, self.latest

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        year, month, day = self._parts()
        return date(year, month or 1, day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        year, month, day = self._parts()
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest

    def _parts(self) -> tuple[int, int, int]:
        found = _SHAPE.match(self.text)
        if found is None:
            raise ValueError(f"{self.text!r} is no day. Allowed are YYYY, YYYY-MM and YYYY-MM-DD.")
        year, month, day = (int(part or 0) for part in found.groups())
        return year, month, day

    def __str__(self) -> str:
        return self.text


def said(text: str) -> Said | None:
    """The day of a text; None for an empty one, which means that no source says it."""
    return Said(text) if text else None


@dataclass(frozen=True)
class Span:
    """A time with ends that may be known roughly or not at all. The last day belongs to it."""

    begins: Said | None
    ends: Said | None

    def surely_on(self, day: date) -> bool:
        """Both ends are said, or the end is open, and the day is inside whatever they mean."""
        return (
            self.begins is not None and self.begins.latest <= day and (self.ends is None or day <= self.ends.earliest)
        )

    def possibly_on(self, day: date) -> bool:
        """Nothing that is said puts the day outside. Where no beginning is said, any day before the end may be inside."""
        return (self.begins is None or self.begins.earliest <= day) and (self.ends is None or day <= self.ends.latest)

    def possibly_meets(self, other: Span) -> bool:
        """Whether both can have stood on one day."""
        return not (_before(self, other) or _before(other, self))


def _before(one: Span, other: Span) -> bool:
    return one.ends is not None and other.begins is not None and one.ends.latest < other.begins.earliest
