"""A border patrol and a migration police, and people in their hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Action, perform
from panah.node.custody import acts
from panah.node.custody.models import Custody
from panah.node.registration.service import NameSaid, RegisterPerson

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
BORDER, POLICE = "kaz-border-service", "kaz-migration-service-committee"
TAKEN: dict[str, Any] = {
    "unit": "Patrol 4", "where": "At the bridge", "ground": "Without papers, by his words.", "means": "no", "injuries": "unknown",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


HEALTHY: dict[str, Any] = {"ill": "no", "hurt": "no", "pregnant": "no", "cannot_travel": "no"}


@dataclass
class Field:
    guard: Officer
    police: Officer
    officer: Callable[..., Officer]
    at: datetime = WHEN
    made: dict[str, UUID] = field(default_factory=dict)

    def act(self, kind: type[Action], /, by: Officer | None = None, **said: Any) -> Any:
        who = by or self.guard
        return perform(kind(**{"by": who.pk, "place": who.post, "happened_at": self.at, **said}))

    def person(self) -> UUID:
        file = uuid7()
        self.act(RegisterPerson, file=file, names=(NameSaid(text="Invented Person"),), citizenships=("AFG",))
        return file

    def take(self, file: UUID | None = None, **said: Any) -> Custody:
        custody = uuid7()
        self.act(acts.Apprehend, custody=custody, file=file, **(TAKEN | said))
        return Custody.objects.get(pk=custody)

    def asked(self, row: Custody, **said: Any) -> Any:
        """The person is asked whether they can travel; unless it is said otherwise nobody medical saw them and they complain of nothing."""
        return self.act(acts.SayFitness, custody=row.pk, asking=uuid7(), **(HEALTHY | {"seen_by": "nobody"} | said))

    def nurse(self, row: Custody, result: str = "fit", **said: Any) -> Any:
        """A nurse saw the person just now."""
        return self.asked(row, **({"seen_by": "nurse", "seen_at": self.at, "result": result} | said))

    def hand_on(self, row: Custody, **said: Any) -> Any:
        said = {"to_body": POLICE, "to_where": "District office", "purpose": "competent_body", **said}
        return self.act(acts.HandOn, custody=row.pk, transfer=uuid7(), **said)


@pytest.fixture
def field_(officer: Callable[..., Officer]) -> Any:
    """At six in the morning of 20 November 2026, at Almaty airport."""
    with standing_at(WHEN):
        guard = officer("border_officer", post="ALA", body=BORDER)
        yield Field(guard, officer("migration_officer", body=POLICE), officer)
