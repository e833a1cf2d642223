"""A hub's receipt, signed with a key that the node trusts, without the rest of a hub."""

from __future__ import annotations

from panah.cores.disclosure import Problem
from panah.cores.exchange import submission as letters
from panah.foundation.clock import now
from panah.foundation.keys import crypto
from panah.node.statistics import service
from panah.node.statistics.models import Release

HUB = crypto.new_key()
PROBLEM = Problem("RULES", "proof, threshold", "5", "10 or more")


def receipt_of(message: bytes, release: Release, *, accepted: bool = True, key: bytes = HUB) -> bytes:
    receipt = letters.Receipt(
        message=release.message_id,
        digest=letters.digest_of_bytes(message),
        accepted=accepted,
        problems=() if accepted else (PROBLEM,),
        received_at=now(),
    )
    return letters.sign_receipt(receipt, key)


def trusted() -> str:
    """Have the node trust the hub's key."""
    return service.trust_hub(letters.text_of_key(crypto.public_half(HUB)))


def answered(release: Release, *, accepted: bool = True) -> Release:
    """The release after its receipt was kept."""
    trusted()
    return service.keep_receipt(receipt_of(bytes(release.message or b""), release, accepted=accepted))
