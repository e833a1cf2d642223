"""Pure rules of complaints: kinds and lanes, what state follows which, when a warning is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

KINDS: Final = (
    "pushback", "removal_now", "violence", "sexual_exploitation", "theft", "detention", "discrimination", "delay", "wrong_data",
    "recruiter", "documents", "other",
)  # fmt: skip
WHO: Final = ("person", "relative", "lawyer", "officer", "organisation", "other")
VIA: Final = ("web", "paper", "rest")

RESTRICTED: Final = frozenset({"violence", "sexual_exploitation"})
"""A lane of their own: never raised to a second office, read by its leader and by the one named officer whom it was given to."""

STATES: Final = ("received", "acknowledged", "inquiry", "concluded", "withdrawn")
OPEN: Final = frozenset({"received", "acknowledged", "inquiry"})
FINDINGS: Final = ("upheld", "partly_upheld", "not_upheld", "cannot_be_established")
WITHDRAWALS: Final = ("asked", "free", "not_free")
STEPS: Final = ("talked", "heard_accused", "documents", "visit", "medical", "expert", "other")
LINES: Final = ("from_complainer", "to_complainer", "step", "measure", "remark", "reasons")

LONGEST_TEXT: Final = 5_000
MOST_WAITING: Final = 20
"""Words of a complainer that may wait in one mailbox for an answer."""

TARGET: Final = timedelta(days=30)
"""Where the pack has no term: complaints answered within thirty days (domain reference, indicators). A target, no law."""

WARNINGS: Final = (50, 80, 100)


def base(body: str) -> str:
    """A body without its area: the office of one province is part of the body in all of them."""
    return body.partition("/")[0]


def warning_due(started: datetime, due_at: datetime, warned: int, now: datetime) -> int:
    """The highest of WARNINGS (percent of the term) that is reached and not yet given; 0 when there is none."""
    gone = 100 if now >= due_at else int(100 * (now - started) / (due_at - started))
    reached = max((level for level in WARNINGS if gone >= level), default=0)
    return reached if reached > warned else 0


# Seconds that must lie between opening the page and sending it, by how many complaints stand in the bucket. Nobody is asked who they are.
_PATIENCE: Final[Mapping[int, int]] = {0: 5, 15: 60, 30: 300, 45: 900}
FULL: Final = 60
LEAKS_EVERY: Final = timedelta(minutes=2)
MOST_A_DAY: Final = 500
"""Of the public page of one installation."""


def patience(level: float) -> timedelta:
    """How long a page must have been open before it is taken."""
    return timedelta(seconds=max(wait for begins, wait in _PATIENCE.items() if level >= begins))
