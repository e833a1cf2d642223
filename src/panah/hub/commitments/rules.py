"""What follows from days and numbers. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Literal

REMINDED_BEFORE: Final = timedelta(days=30)
"""So long before its day a commitment's owner is reminded."""

Direction = Literal["up", "down"]
Lateness = Literal["", "soon", "overdue"]


def lateness(due: date | None, status: str, standing: str, today: date) -> Lateness:
    """`soon` within thirty days of the due day, `overdue` after it. Nothing is late without a day, when it is fulfilled, or is not made."""
    if due is None or status == "fulfilled" or standing != "made":
        return ""
    if today > due:
        return "overdue"
    return "soon" if today >= due - REMINDED_BEFORE else ""


def progress(baseline: Decimal | None, goal: Decimal, value: Decimal | None, direction: Direction) -> Decimal | None:
    """Which share of the way from baseline to goal is gone, in percent and whole; below 0 when it went the other way, over 100 past the goal.

    None when a number is not known: a number that is withheld is never 0. Without a baseline only whether the goal is reached can be told: 100, else None.
    """
    if value is None:
        return None
    reached = value >= goal if direction == "up" else value <= goal
    if baseline is None or baseline == goal:
        return Decimal(100) if reached else None
    if (direction == "up") != (goal > baseline):
        return None
    return ((value - baseline) / (goal - baseline) * 100).quantize(Decimal(1))


def contradicts(baseline: Decimal | None, goal: Decimal, direction: Direction) -> bool:
    """Whether the goal lies on the other side of the baseline than the direction says."""
    return baseline is not None and baseline != goal and (direction == "up") != (goal > baseline)


def moved(signed: Mapping[str, Any], now: Mapping[str, Any] | None) -> bool:
    """Whether what is published now differs from what was signed: another number, another period, or no number any more."""
    if now is None:
        return True
    return any(signed.get(name) != now.get(name) for name in ("value", "period", "numerator", "denominator"))


def digest(said: Any) -> str:
    """SHA-256 of plain values in their one canonical order."""
    return hashlib.sha256(
        json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def code_of(participant: str, year: int, taken: int) -> str:
    """The code of the next commitment of a participant in a year, of which so many are taken."""
    return f"{participant}-{year}-{taken + 1}"
