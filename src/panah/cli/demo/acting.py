"""How the demo acts: through the door, each act with an id of its own that a second run recognises."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

_SPACE = UUID("6f1d1a3e-2b7c-5d11-9a0e-0b5a5c3f2d11")


def own_id(*parts: object) -> UUID:
    """The same id for the same act of the demo, so that a second run adds nothing."""
    return uuid5(_SPACE, "/".join(map(str, parts)))


def act(kind: Any, officer: Any, identifier: UUID, /, **fields: Any) -> Any:
    """Do it, unless an earlier run did: the moment is part of an action, so what was done is recognised by its id alone."""
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform

    if done_before(identifier):
        return None
    return perform(kind(id=identifier, by=officer.pk, place=officer.post, happened_at=now(), **fields))


def done_before(identifier: UUID) -> bool:
    from panah.foundation.door.models import Receipt

    return bool(Receipt.objects.filter(pk=identifier).exists())
