"""What a serving process keeps from its start: loaded before the first request, and left alone by the garbage collector afterwards.

A rule pack is some hundred thousand objects that never change. Each full collection walked through all of them, in the midst of some request
that had to wait for it (about 200 ms; docs/reference/figures.md).
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable

_log = logging.getLogger(__name__)
_kept: list[Callable[[], object]] = []


def keep(load: Callable[[], object]) -> None:
    """Have `load` called once when a process begins to serve. It keeps what it loads by itself, as a cached function does."""
    _kept.append(load)


def settle() -> None:
    """Load what was asked for, then set everything that is there aside from garbage collection. What cannot be loaded is logged: the
    request that needs it says what is wrong."""
    for load in _kept:
        try:
            load()
        except Exception:
            _log.exception("Could not be loaded at the start.")
    gc.collect()
    gc.freeze()
