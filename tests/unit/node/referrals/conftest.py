"""A person whose profile is confirmed, and the officers about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.node.profiling import service as profiling
from panah.node.profiling.service import ConfirmProfile, RecordInterview
from panah.node.referrals.actions import SendReferral
from panah.node.referrals.drafts import all_drafts
from panah.node.referrals.models import Referral
from panah.node.registration.service import Entry, NameSaid, RegisterPerson

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)

CLAIM: dict[str, Any] = {
    "protection": {
        "left_because": ["persecution"],
        "fears_return": "yes",
        "fear_grounds": ["religion"],
        "asked_asylum": "yes",
    },
    "consent": {"understands": "yes", "share_unhcr": "yes", "share_partner": "yes", "contact_consulate": "no"},
}


@dataclass
class Case:
    """A file, the officer who opened it, and what can be done about it."""

    file: UUID
    aida: Officer
    officer: Callable[..., Officer]

    def send(self, to: str, **more: Any) -> Referral:
        action = SendReferral(
            by=self.aida.pk, place="ALA", happened_at=WHEN, referral=uuid7(), file=self.file, to=to, **more
        )
        return Referral.objects.get(pk=perform(action).result["referral"])

    def receiver(self, referral: Referral, role: str) -> Officer:
        return self.officer(role, body=referral.body)

    @property
    def drafts(self) -> dict[str, Any]:
        confirmed = profiling.confirmed(self.file)
        assert confirmed is not None
        return {draft.to: draft for draft in all_drafts(confirmed, WHEN)}


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


@pytest.fixture
def case(officer: Callable[..., Officer]) -> Any:
    """Make a person with this interview record, confirmed by Aida at Almaty airport, on 20 November 2026."""

    def make(record: dict[str, Any] = CLAIM, *, confirm: bool = True, citizenship: str = "AFG") -> Case:
        aida = officer("border_officer", post="ALA")
        file = uuid7()
        common = {"by": aida.pk, "place": "ALA", "happened_at": WHEN}
        perform(
            RegisterPerson(
                **common, file=file, language="fa", names=(NameSaid(text="زهرا"),), sex="female",
                citizenships=(citizenship,), entry=Entry(mode="border_point", from_country="UZB"),
            )
        )  # fmt: skip
        perform(RecordInterview(**common, file=file, record=record))
        proposal = profiling.proposal_of(file)
        assert proposal is not None
        if confirm:
            perform(ConfirmProfile(**common, proposal=proposal.pk))
        return Case(file, aida, officer)

    with standing_at(WHEN):
        yield make
