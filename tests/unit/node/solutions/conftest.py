"""A worker who came back, the labour office that made a plan with him, and somebody who thinks of returning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Action, perform
from panah.node.profiling.service import ConfirmProfile, RecordInterview, proposal_of
from panah.node.referrals.models import Referral
from panah.node.referrals.service import AcceptReferral, SendReferral
from panah.node.registration.service import BirthSaid, Entry, NameSaid, OpenGroup, RegisterPerson
from panah.node.solutions import acts
from panah.node.solutions.models import Plan

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)
BACK: dict[str, Any] = {
    "entry": {"mode": "returned_by_other_state", "from": "RUS"},
    "purpose": ["return_home"],
    "protection": {"left_because": ["removed_by_state"], "fears_return": "no"},
    "labour": {"entry_ban_by": "RUS", "occupation": "7112", "qualification_unrecognised": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes", "share_iom": "yes"},
}
HOMEWARD: dict[str, Any] = {
    "purpose": ["return_home"],
    "protection": {"fears_return": "no"},
    "return": {"stranded": "yes", "wants_to_return": "yes", "has_means": "no"},
    "consent": {"understands": "yes", "share_iom": "yes", "share_partner": "yes"},
}
CLAIM: dict[str, Any] = {
    "protection": {"fears_return": "yes", "fear_grounds": ["religion"]},
    "consent": {"understands": "yes", "share_unhcr": "yes"},
}


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


@dataclass
class Office:
    """An officer of a body that accepted a person, and the plan."""

    who: Officer
    file: UUID
    referral: UUID
    post: Officer
    plan_id: UUID | None = None

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(pk=self.plan_id)

    def act(self, action: type[Action], /, by: Officer | None = None, **said: Any) -> Any:
        who = by or self.who
        return perform(action(by=who.pk, place=who.post, happened_at=now(), **{"plan": self.plan_id, **said}))

    def opens(self, toward: str, **said: Any) -> Plan:
        made = uuid7()
        said = {"aims": "Мен үйде жұмыс істегім келеді.", "language": "kk", "consent": "person", **said}
        self.act(acts.OpenPlan, plan=made, file=self.file, toward=toward, **said)
        self.plan_id = made
        return self.plan

    def tries(self, turn: int, **said: Any) -> Any:
        row = self.plan.follow_ups.get(turn=turn)
        said = {"how": "telephone", "reached": True, **said}
        return self.act(acts.TryFollowUp, follow_up=row.pk, attempt=uuid7(), **said)


def registered(post: Officer, citizenship: str, *, group: UUID | None = None, birth: str = "1991-07-01") -> UUID:
    file = uuid7()
    perform(
        RegisterPerson(
            by=post.pk, place="ALA", happened_at=now(), file=file, names=(NameSaid(text="Invented Person"),), sex="male", language="kk",
            birth=BirthSaid(date=birth), citizenships=(citizenship,), entry=Entry(mode="border_point"), group=group,
        )
    )  # fmt: skip
    return file


@pytest.fixture
def office(officer: Callable[..., Officer]) -> Iterator[Any]:
    """Make a person of this citizenship and record whom the body that is competent for `to` accepted, on 20 November 2026."""

    def make(
        to: str = "labour_authority",
        role: str = "labour_officer",
        record: Any = BACK,
        citizenship: str = "KAZ",
        family: bool = False,
    ) -> Office:
        post = officer("registrar", post="ALA")
        by = {"by": post.pk, "place": "ALA", "happened_at": now()}
        group = uuid7() if family else None
        if group:
            perform(OpenGroup(**by, group=group, kind="family"))
        file = registered(post, citizenship, group=group)
        perform(RecordInterview(**by, file=file, record=record))
        proposal = proposal_of(file)
        assert proposal is not None
        perform(ConfirmProfile(**by, proposal=proposal.pk))
        referral = uuid7()
        perform(SendReferral(**by, file=file, to=to, referral=referral, consent_given=True))
        who = officer(role, body=Referral.objects.get(pk=referral).body)
        perform(AcceptReferral(by=who.pk, happened_at=now(), referral=referral))
        return Office(who, file, referral, post)

    with standing_at(WHEN):
        yield make


def later(**span: float) -> Any:
    """The clock so much after 20 November 2026."""
    return standing_at(WHEN + timedelta(**span))
