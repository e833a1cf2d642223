"""Fitness to travel: what was said of it, what of that stands now, and what stands against a journey. Pure: facts in, findings out.

The rules and figures are the design of this program, no law of a state. They follow what we remember of the Nelson Mandela Rules (24 to 35 on
health care, 73 on transport) and of the standards of the CPT on health and on transport; both from memory, verified: no (docs/decisions/0118).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SEEN_BY: Final = ("physician", "nurse", "medic", "nobody", "unknown")
MEDICS: Final = ("physician", "nurse", "medic")
RESULTS: Final = ("fit", "conditions", "unfit", "unknown")
CONDITIONS: Final = ("medicine", "medic_along", "seat", "lying", "rests", "short_road", "other")
COMPLAINTS: Final = ("ill", "hurt", "pregnant", "cannot_travel")
"""What the person is asked. Each is yes, no or not known."""

VALID: Final = timedelta(hours=24)
"""So long an answer, or a word that the person can travel, holds; a word that they cannot holds until another. Our own figure, no law."""

SEEN_WITHIN: Final = timedelta(hours=24)
"""Whoever is held so long travels only after somebody medical saw them. Our own figure, no law."""

NOT_FIT, NOT_ASKED, TO_BE_SEEN, NOT_UNDERSTOOD = "not_fit", "ask_fitness", "see_medic", "ask_again"
"""What stands against a journey."""


@dataclass(frozen=True)
class Said:
    """One asking. `complaints` are the answers to COMPLAINTS, in their order."""

    asked_at: datetime
    complaints: tuple[str, ...]
    seen_by: str = "unknown"
    seen_at: datetime | None = None
    result: str = "unknown"
    conditions: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Fitness:
    """What is known now. `asked`: for this journey, and not too long ago. `complaint`: yes where there is one that nobody medical has
    answered, no where each was denied, else unknown. `seen`: somebody medical saw the person at any time in this custody."""

    result: str = "unknown"
    seen_by: str = "unknown"
    seen_at: datetime | None = None
    conditions: tuple[str, ...] = ()
    more: str = ""
    asked: bool = False
    complaint: str = "unknown"
    seen: bool = False


def standing(said: Sequence[Said], since: datetime, at: datetime, *, hurt: bool = False) -> Fitness:
    """What of all that was said stands at `at` for a journey that was not begun before `since`, when the person came here.

    A complaint stands until somebody medical said that the person can travel; an officer's later word takes it away as little as it
    takes away that they cannot. `hurt` is an injury on record from the apprehension.
    """
    words = [one for one in said if one.result != "unknown" and one.seen_at is not None]
    last = max(words, key=_order, default=None)
    seen = any(one.seen_by in MEDICS for one in said)
    fresh = [one for one in said if one.asked_at >= since and at - one.asked_at <= VALID]
    if last is not None and last.result == "unfit":
        return Fitness("unfit", last.seen_by, last.seen_at, asked=bool(fresh), seen=seen)
    later = [one for one in said if last is None or (one is not last and one.asked_at > _when(last))]
    complains = (hurt and last is None) or any("yes" in one.complaints for one in later)
    if last is not None and not complains and _when(last) >= since and at - _when(last) <= VALID:
        return Fitness(last.result, last.seen_by, last.seen_at, last.conditions, last.more, True, "no", seen)
    if not fresh:
        return Fitness(complaint="yes" if complains else "unknown", seen=seen)
    newest = max(fresh, key=lambda one: one.asked_at)
    denied = "unknown" not in newest.complaints
    complaint = "yes" if complains else "no" if denied else "unknown"
    return Fitness("unknown", newest.seen_by, newest.seen_at, asked=True, complaint=complaint, seen=seen)


def _when(one: Said) -> datetime:
    return one.seen_at or one.asked_at


def _order(one: Said) -> tuple[datetime, bool, datetime]:
    """The later the person was seen the more a word counts; of two of one moment the more careful one."""
    return _when(one), one.result == "unfit", one.asked_at


def against(known: Fitness, *, to_health: bool, to_safety: bool, held: timedelta) -> str:
    """What stands against the journey, empty where nothing does. To a health service everybody may go at once. `to_safety`: to be registered
    or to child protection, where somebody asks who could not be asked here; `held`: how long the person has been in custody."""
    if to_health or known.result in ("fit", "conditions"):
        return ""
    if known.result == "unfit":
        return NOT_FIT
    if not known.asked:
        return NOT_ASKED
    if known.complaint == "yes" or (held >= SEEN_WITHIN and not known.seen):
        return TO_BE_SEEN
    return NOT_UNDERSTOOD if known.complaint == "unknown" and not to_safety else ""
