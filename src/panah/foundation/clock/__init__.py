"""The one place where the program asks what time it is.

Cores and rules are handed the time. Actions, views and jobs take it from here, so that a test, or the demo's day of
arrivals, can stand at another moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo

_standing_at: ContextVar[datetime | None] = ContextVar("panah_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _standing_at.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside the block `now()` answers `moment` (aware). For tests and the demo; no setting or request reaches it."""
    if moment.tzinfo is None:
        raise ValueError("The moment has no time zone. Give an aware datetime.")
    token = _standing_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing_at.reset(token)


@contextmanager
def by_the_day(zone: tzinfo) -> Iterator[None]:
    """Inside the block `now()` answers the beginning of the present day in `zone`. For the door, where the hour of an act could
    betray somebody who gave no name."""
    with standing_at(now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)):
        yield
