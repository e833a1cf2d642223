"""Two houses, one at the lake and one on the hill, with people of invented names who have lost each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.foundation.door.service import Action, perform
from panah.node.families import acts
from panah.node.families.models import Match, Request
from panah.node.profiling.service import RecordInterview
from panah.node.reception.acts import AddUnit, KeepApart, MoveIn, OpenCentre
from panah.node.reception.models import Centre, Unit
from panah.node.registration.service import BirthSaid, NameSaid, OpenGroup, RegisterPerson

WHEN = datetime(2026, 11, 20, 6, tzinfo=UTC)
NEXT = date(2026, 11, 27)
CALM: dict[str, Any] = {"purpose": ["work"], "protection": {"fears_return": "no"}, "consent": {"understands": "yes"}}


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Everything in this room is kept."""


@dataclass
class House:
    """A centre of a body of its own, at a post of its own, with its social officer and a clerk who registers there."""

    centre: Centre
    unit: Unit
    social: Officer
    clerk: Officer


@dataclass
class Houses:
    lake: House
    hill: House
    officer: Callable[..., Officer]

    def act(self, action: type[Action], by: Officer, /, **said: Any) -> Any:
        return perform(action(by=by.pk, place=by.post, happened_at=WHEN, **said))

    def family(self, house: House) -> UUID:
        group = uuid7()
        self.act(OpenGroup, house.clerk, group=group, kind="family")
        return group

    def person(
        self, house: House, name: str, birth: str = "1990-05-03", sex: str = "female", group: UUID | None = None,
        record: Any = CALM, sleeps: bool = True, citizenships: tuple[str, ...] = ("AFG",),
    ) -> UUID:  # fmt: skip
        """Somebody registered at the house and, unless told otherwise, sleeping there."""
        file = uuid7()
        names = (NameSaid(text=name),)
        common = {"file": file, "names": names, "sex": sex, "birth": BirthSaid(date=birth), "group": group}
        self.act(RegisterPerson, house.clerk, **common, citizenships=citizenships)
        if record is not None:
            self.act(RecordInterview, house.clerk, file=file, record=record)
        if sleeps:
            said = {"will": "agrees", "reason": "They asked for it."}
            self.act(MoveIn, house.social, stay=uuid7(), file=file, unit=house.unit.pk, **said)
        return file

    def seeks(self, house: House, file: UUID, *names: str, **said: Any) -> Request:
        request = uuid7()
        said = {"relation": "sister_or_brother", "agrees": "yes", "next_on": NEXT, **said}
        self.act(acts.OpenRequest, house.social, request=request, file=file, names=names, **said)
        return Request.objects.get(pk=request)

    def look(self, house: House, request: Request) -> list[Match]:
        self.act(acts.Look, house.social, request=request.pk)
        return list(Match.objects.filter(request=request))

    def confirm(self, house: House, match: Match) -> None:
        self.act(
            acts.DecideMatch, house.social, match=match.pk, standing="confirmed", reason="The scar and the street."
        )

    def answer(self, house: House, match: Match, side: str, says: str = "yes", **said: Any) -> Any:
        said = {"in_private": True, "may_tell": ("message", "place"), "message": "I wait by the well.", **said}
        return self.act(acts.KeepAnswer, house.social, answer=uuid7(), match=match.pk, side=side, says=says, **said)

    def fears(self, house: House, file: UUID, number: str) -> None:
        self.act(KeepApart, house.social, fear=uuid7(), file=file, other_number=number)

    def both(self) -> tuple[UUID, UUID, Request, Match]:
        """Zarina at the lake seeks Gulnora, who sleeps on the hill; the proposal is confirmed, nobody was asked yet."""
        zarina = self.person(self.lake, "Zarina Nazarova")
        gulnora = self.person(self.hill, "Gulnora Nazarova", "1988-02-11")
        request = self.seeks(self.lake, zarina, "Гульнора Назарова", year_from=1987, year_to=1989)
        (match,) = self.look(self.lake, request)
        self.confirm(self.lake, match)
        return zarina, gulnora, request, match


def _house(officer: Callable[..., Officer], code: str, title: str, post: str) -> House:
    social = officer("social_officer", body=f"body-{code.lower()}", post=post)
    centre, unit = uuid7(), uuid7()
    common = {"by": social.pk, "place": post, "happened_at": WHEN}
    perform(OpenCentre(**common, centre=centre, centre_code=code, title=title))
    perform(AddUnit(**common, centre=centre, unit=unit, label="1", places=12))
    return House(
        Centre.objects.get(pk=centre), Unit.objects.get(pk=unit), social, officer("registrar", post=post)
    )  # fmt: skip


@pytest.fixture
def houses(officer: Callable[..., Officer]) -> Iterator[Houses]:
    with standing_at(WHEN):
        lake = _house(officer, "LAKE", "House at the lake", "ALA")
        hill = _house(officer, "HILL", "House on the hill", "NQZ")
        yield Houses(lake, hill, officer)
