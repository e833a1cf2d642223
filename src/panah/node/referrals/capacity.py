"""Where there is room. This room does not know it: one above it says so, and is asked here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RoomAt:
    """How many more people a body can take. `counted` where its places were counted at `at`, else the body said so then."""

    free: int
    at: datetime
    counted: bool

    @property
    def full(self) -> bool:
        return self.free <= 0


Asked = list[tuple[str, str]]
Asker = Callable[[Asked], Mapping[tuple[str, str], RoomAt | None]]

_named: list[Asker] = []


def room_asked_of(asker: Asker) -> None:
    """Name who knows: asked with pairs of body and kind of referral. One an installation."""
    _named[:] = [asker]


def rooms_for(asked: Asked) -> Mapping[tuple[str, str], RoomAt | None]:
    """What is known of the room of each body for each kind of referral; None where nobody knows."""
    return _named[0](asked) if _named else dict.fromkeys(asked)
