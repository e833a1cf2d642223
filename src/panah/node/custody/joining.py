"""Whom it concerns that a custody came to a file, which may be days after it began."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from panah.foundation.door.service import Moment

_rooms: list[Callable[[UUID, Moment], None]] = []


def when_joined(hear: Callable[[UUID, Moment], None]) -> None:
    """Have a room hear, in the same transaction, of each custody that comes to a file: what it reckoned from a later hour is then wrong."""
    _rooms.append(hear)


def tell(file: UUID, moment: Moment) -> None:
    for hear in _rooms:
        hear(file, moment)
