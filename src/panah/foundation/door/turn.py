"""Writers wait in line. See docs/decisions/0061-writers-wait-in-line.md."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def in_turn() -> Iterator[None]:
    """Hold the one place at SQLite's pen for the time of the block; other databases have their own queue.

    SQLite lets waiting writers try again after naps of growing length, so that under load one of eight may wait for
    seconds while others pass. The operating system's file lock wakes them in the order in which they came. It falls with the
    process that holds it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
        return
    with open(f"{connection.settings_dict['NAME']}.turn", "ab") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
