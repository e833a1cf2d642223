"""What stands in a room: its last loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from panah.foundation.door.service import Action
from panah.hub.loadings.models import Loading


@dataclass(frozen=True)
class Loaded:
    """What was loaded last: the SHA-256 of it, when, and the numbers of its receipt (`rows`, `figures` …)."""

    digest: str
    at: datetime
    counts: Mapping[str, int]


def last(room: str) -> Loaded | None:
    """What was loaded last into a room, called as its acts are (`record`); None when nothing was. One query."""
    row = Loading.objects.filter(room=room).order_by("-id").first()
    return Loaded(row.digest, row.loaded_at, dict(row.counts)) if row else None


def room_of(action: Action) -> str:
    """The room of an act: its code begins with it."""
    return action.code.partition(".")[0]
