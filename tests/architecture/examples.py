"""How the tables of acts and rights are written: an example of an act over the world, and who holds a permission over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from uuid6 import uuid7

from tests.architecture.attack_promise import OURS
from tests.architecture.attack_world import World

Maker = Callable[[World], dict[str, Any]]
Makers = Mapping[str, Maker]
SENTENCE = "Nobody who has no right may say this sentence."
NOBODY: frozenset[str] = frozenset()


def of_world(*names: str, **more: Any) -> Maker:
    """Ids of the world by their names; everything else as it is given."""
    return lambda world: {name: getattr(world, name) for name in names} | more


def new(*fields: str, **more: Any) -> Maker:
    """Fresh ids for what the act would make, and nothing of the world."""
    return lambda world: {name: uuid7() for name in fields} | more


def both(first: Maker, second: Maker) -> Maker:
    return lambda world: first(world) | second(world)


@dataclass(frozen=True)
class Right:
    """Roles that hold a permission over the world: at its own post and body, and at every other.

    `seats` are the participants of which a seated coordinator holds it too.
    """

    here: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()
    in_break_glass: frozenset[str] = frozenset()
    seats: frozenset[str] = NOBODY

    def holds(self, role: str, at_home: bool) -> bool:
        return role in self.anywhere or (at_home and role in self.here)


def here(*roles: str) -> Right:
    return Right(here=frozenset(roles))


def anywhere(*roles: str, seats: frozenset[str] = NOBODY) -> Right:
    return Right(anywhere=frozenset(roles), seats=seats)


SEATED = Right(seats=frozenset({OURS}))
"""No role opens it: whoever acts for a participant has a seat of it."""
