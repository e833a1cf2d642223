"""Noting a loading: the only writer of this room. It has no acts of its own; the loading acts of the rooms above call it."""

from __future__ import annotations

from panah.foundation.door.service import Action, Moment, Outcome
from panah.hub.loadings.models import Loading
from panah.hub.loadings.standing import room_of


def note(action: Action, digest: str, moment: Moment, **counts: int) -> Outcome:
    """Note what the act loaded into its room, and give its outcome: the counts in the receipt and in the journal. `digest` is what tells
    it from any other content of the room."""
    # Pairs, since one of the two databases does not keep the order of names.
    Loading.objects.create(
        room=room_of(action), digest=digest, loaded_at=moment.recorded_at, counts=list(counts.items())
    )
    return Outcome(result={**counts, "new": True}, facts=counts)
