"""What happens by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django_tasks import task

from panah.foundation.door.service import perform
from panah.hub.participants import service
from panah.hub.participants.acts import TellOfEnd

BEFORE = timedelta(days=90)
"""So long before the end of the chair's term the secretariat is told."""


@task()
def tell_of_ends() -> int:
    """Tell of the terms of the chair that end within ninety days. Each is told of once, by an id that follows from the term. Returns how
    many end so soon."""
    day, found = service.today(), 0
    for term in service.chairs():
        if term.ends is None or not day <= term.ends.latest <= day + BEFORE:
            continue
        # The same act to the last byte each time, so that the door knows it and does nothing.
        identifier = uuid5(NAMESPACE_URL, f"panah:chair-ends:{term.key}:{term.ends}")
        at = datetime.combine(term.ends.latest - BEFORE, time(), UTC)
        perform(TellOfEnd(id=identifier, by=None, happened_at=at, key=term.key, ends=term.ends.text))
        found += 1
    return found
