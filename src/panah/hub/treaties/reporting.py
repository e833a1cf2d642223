"""For which states an account may report, and what it may choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from panah.foundation.access.service import may
from panah.hub.participants.service import seat_of, today
from panah.hub.treaties import models, words
from panah.hub.treaties.actions import OfState
from panah.hub.treaties.tables import REGION


def states_of(user: Any) -> tuple[str, ...]:
    """The states for which the account may report: its own, or all for the secretariat."""
    if not may(user, "treaties.report"):
        return ()
    if may(user, "treaties.verify"):
        return REGION
    seat = seat_of(user.pk, today())
    return tuple(
        state for state in REGION if seat and state == seat.participant and may(user, "treaties.report", OfState(state))
    )


def seen_by(user: Any) -> tuple[str, ...]:
    """The states whose reports the account sees: its own, or all for those who check and who examine the record."""
    return REGION if may(user, "treaties.see_all_reports") else states_of(user)


def state_choices(states: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, words.state(code)) for code in states]


def instrument_choices() -> list[tuple[str, str]]:
    """Treaties, then agreements."""
    treaties = models.Instrument.objects.filter(superseded_at=None, kind="treaty").order_by("id")
    agreements = models.Agreement.objects.filter(superseded_at=None).exclude(kind__in=["political", "working_group"])
    return [(row.key, words.title(row)) for row in (*treaties, *agreements.order_by("id"))]


def law_choices(states: Sequence[str]) -> list[tuple[str, str]]:
    """The acts of these states, and none for a new act."""
    rows = models.Law.objects.filter(superseded_at=None, state__in=states).order_by("state", "theme", "dated")
    return [("", "–"), *((row.key, f"{row.state}: {words.title(row)} {row.number}".strip()) for row in rows)]
