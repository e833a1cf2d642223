"""Who may do what in this room. What was made is public; a draft is seen by those who act for its participants.

Inside a state four eyes: who drafted does not sign. The rows' own constraints say so too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from panah.foundation.access.models import Officer
from panah.foundation.access.service import allow, has_role
from panah.hub.participants import service as participants

DRAFTING = ("national_coordinator", "senior_official")
SIGNING = ("national_coordinator",)

allow("commitments.draft", participants.seated(*DRAFTING))
allow("commitments.sign", participants.seated(*SIGNING))
allow("commitments.load", has_role("secretariat"))
allow("commitments.remind", has_role("secretariat"))
allow("commitments.see_board", has_role("secretariat") | participants.seated())


@dataclass(frozen=True)
class Of:
    """The participant for whom an act is, as permissions ask for it."""

    participant: str


def seat_code(officer: Officer | None, today: date) -> str:
    """The participant for whom an account acts; empty when it acts for none."""
    seat = participants.seat_of(officer.pk, today) if officer is not None else None
    return seat.participant if seat else ""
