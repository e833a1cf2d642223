"""A worker who came to the labour office, and the record that it keeps of his work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Action, perform
from panah.node.labour import acts
from panah.node.labour.models import WorkRecord
from tests.unit.node.solutions.conftest import WHEN, later, office  # noqa: F401 - fixtures

WORKS: dict[str, Any] = {
    "purpose": ["work"],
    "protection": {"fears_return": "no"},
    "labour": {"entry_ban_by": "RUS", "qualification_unrecognised": "yes"},
    "exploitation": {"free_to_leave": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes", "share_iom": "yes"},
}


@dataclass
class Desk:
    """The officer of a labour office, and the record of one worker."""

    who: Officer
    file: UUID
    record: UUID
    post: Officer

    @property
    def row(self) -> WorkRecord:
        return WorkRecord.objects.get(pk=self.record)

    def act(self, action: type[Action], /, by: Officer | None = None, **said: Any) -> Any:
        who = by or self.who
        return perform(action(by=who.pk, place=who.post, happened_at=now(), **{"record": self.record, **said}))

    def insured(self, state: str, first: str, last: str | None, **said: Any) -> UUID:
        period = uuid7()
        told = {"grade": "B", "evidence": "Work book", **said}
        days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last) if last else None}
        self.act(acts.RecordPeriod, period=period, state=state, **days, **told)
        return period


@pytest.fixture
def desk(office: Any) -> Callable[..., Desk]:  # noqa: F811 - the fixture above
    """Open the record of a worker of this citizenship at the labour office that accepted him."""

    def make(citizenship: str = "KGZ", **more: Any) -> Desk:
        found = office(citizenship=citizenship, record=WORKS, **more)
        made = Desk(found.who, found.file, uuid7(), found.post)
        made.act(acts.OpenRecord, file=found.file, language="ky", consent="person")
        return made

    return make
