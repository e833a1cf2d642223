"""One bucket for all: how much came of late, in the memory of this process alone. It knows no addresses and no browsers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from panah.node.complaints import rules


@dataclass
class Bucket:
    """Fills by one with each complaint and leaks by one every LEAKS_EVERY."""

    level: float = 0.0
    seen: datetime | None = None

    def standing(self, now: datetime) -> float:
        if self.seen is None:
            return 0.0
        return max(0.0, self.level - max(timedelta(0), now - self.seen) / rules.LEAKS_EVERY)

    def add(self, now: datetime) -> None:
        self.level, self.seen = self.standing(now) + 1, now


_bucket, _lock = Bucket(), Lock()


def wait_left(opened_at: datetime, now: datetime) -> timedelta | None:
    """How much longer the page must stay open; zero when it may be sent, None when the bucket is full."""
    with _lock:
        level = _bucket.standing(now)
    if level >= rules.FULL:
        return None
    return max(timedelta(0), opened_at + rules.patience(level) - now)


def add(now: datetime) -> None:
    with _lock:
        _bucket.add(now)


def empty() -> None:
    """Forget all; for tests."""
    with _lock:
        _bucket.level, _bucket.seen = 0.0, None
