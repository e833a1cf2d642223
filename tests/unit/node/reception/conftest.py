"""A centre at the lake with rooms, its officers, and people who came to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Action, perform
from panah.node.profiling.service import RecordInterview
from panah.node.reception.acts import AddUnit, Companion, MoveIn, OpenCentre
from panah.node.reception.models import Centre, Stay, Unit
from panah.node.registration.service import BirthSaid, NameSaid, OpenGroup, RegisterPerson

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)
CALM: dict[str, Any] = {"purpose": ["work"], "protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


@dataclass
class Lake:
    """A centre, its social officer, and the post where people of it are registered."""

    centre: Centre
    social: Officer
    clerk: Officer
    officer: Callable[..., Officer]
    units: dict[str, Unit] = field(default_factory=dict)

    def act(self, action: type[Action], /, by: Officer | None = None, **said: Any) -> Any:
        who = by or self.social
        return perform(action(by=who.pk, place=who.post, happened_at=WHEN, **said))

    def unit(self, name: str, places: int = 4, block: str = "", **more: Any) -> Unit:
        made = uuid7()
        self.act(AddUnit, centre=self.centre.pk, unit=made, label=name, block=block, places=places, **more)
        self.units[name] = Unit.objects.get(pk=made)
        return self.units[name]

    def person(
        self, sex: str = "male", birth: str = "1990-05-03", group: UUID | None = None, record: Any = CALM
    ) -> UUID:
        file, common = uuid7(), {"by": self.clerk.pk, "place": self.clerk.post, "happened_at": WHEN}
        perform(
            RegisterPerson(
                **common, file=file, sex=sex, names=(NameSaid(text="Invented Person"),),
                birth=BirthSaid(date=birth), citizenships=("AFG",), group=group,
            )
        )  # fmt: skip
        if record is not None:
            perform(RecordInterview(**common, file=file, record=record))
        return file

    def family(self, *members: tuple[str, str]) -> list[UUID]:
        group = uuid7()
        perform(OpenGroup(by=self.clerk.pk, place=self.clerk.post, happened_at=WHEN, group=group, kind="family"))
        return [self.person(sex, birth, group) for sex, birth in members]

    def move(self, file: UUID, unit: str, *with_them: UUID, by: Officer | None = None, **said: Any) -> Stay:
        stay = uuid7()
        said = {"will": "agrees", "reason": "", **said}
        companions = tuple(Companion(stay=uuid7(), file=one) for one in with_them)
        self.act(MoveIn, by=by, stay=stay, file=file, unit=self.units[unit].pk, companions=companions, **said)
        return Stay.objects.get(pk=stay)


def open_centre(officer: Officer, code: str, **said: Any) -> Centre:
    centre = uuid7()
    perform(OpenCentre(by=officer.pk, place=officer.post, happened_at=WHEN, centre=centre, centre_code=code, **said))
    return Centre.objects.get(pk=centre)


@pytest.fixture
def lake(officer: Callable[..., Officer]) -> Any:
    """The centre, on 20 November 2026; people are registered at Almaty airport, which is the social officer's post too."""
    with standing_at(WHEN):
        social = officer("social_officer", body="reception-centre", post="ALA")
        centre = open_centre(social, "LAKE", title="House at the lake")
        yield Lake(centre, social, officer("registrar", post="ALA"), officer)
