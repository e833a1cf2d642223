"""Taking the answer of a body outside, by whichever way it came; one that is not believed is kept in the journal and told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from uuid import UUID, uuid5

from uuid6 import uuid7

from panah.cores.exchange import sealing
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.node.referrals.actions import NoteRefusedAnswer, TakeAnswer
from panah.node.referrals.models import Envelope


def take(content: str, common: Mapping[str, Any], *, referral: UUID | None = None) -> Receipt:
    """Perform it. Raises Refused, and NotFound for an answer to no envelope of this node: of that nothing is kept, since anybody can
    write one."""
    try:
        return perform(TakeAnswer(**common, content=content, referral=referral))
    except Refused as refusal:
        claimed = sealing.claimed(content.encode())
        if claimed is not None and Envelope.objects.filter(pk=claimed.letter).exists():
            _note(claimed.letter, refusal.code)
        raise


def _note(envelope: UUID, why: str) -> None:
    """One note an hour of the same: whoever found an envelope posts forged answers to it as often as they like, and each would be a line
    of the person's journal and two notices."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    own = uuid5(envelope, f"{why} {hour.astimezone(UTC).isoformat()}")
    perform(NoteRefusedAnswer(id=own, by=None, happened_at=hour, envelope=envelope, why=why))


def posted(content: str) -> Receipt:
    """The same for what a body posts by itself: it has no account, and its signature is all that speaks for it."""
    return take(content, {"id": uuid7(), "by": None, "happened_at": now()})
