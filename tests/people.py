"""A day of invented people, made through the real actions of the rooms."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.node.profiling.service import ConfirmProfile, RecordInterview, proposal_of
from panah.node.registration.service import BirthSaid, Entry, NameSaid, RegisterPerson

WORKER = {"purpose": ["work"], "protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}
AFRAID = {
    "purpose": ["protection"],
    "protection": {"fears_return": "yes", "fear_grounds": ["religion"], "asked_asylum": "yes"},
    "consent": {"understands": "yes", "share_unhcr": "yes"},
}


def arrives(
    officer: Officer,
    at: datetime,
    said: dict[str, Any] | None,
    *,
    citizenship: str = "UZB",
    sex: str = "male",
    birth: str = "1990-05-03",
    mode: str = "airport_transit",
    came_from: str = "",
) -> UUID:
    """Somebody arrives at the officer's post, is registered, and (with `said`) interviewed; the profile is confirmed."""
    file = uuid7()
    with standing_at(at):
        perform(
            RegisterPerson(
                by=officer.pk,
                place=officer.post,
                happened_at=at,
                file=file,
                names=(NameSaid(text="Invented Person"),),
                sex=sex,
                birth=BirthSaid(date=birth),
                citizenships=(citizenship,) if citizenship else (),
                entry=Entry(mode=mode, from_country=came_from),
            )
        )
        if said is not None:
            perform(RecordInterview(by=officer.pk, place=officer.post, happened_at=at, file=file, record=said))
            proposal = proposal_of(file)
            assert proposal is not None
            perform(ConfirmProfile(by=officer.pk, place=officer.post, happened_at=at, proposal=proposal.pk))
    return file
