"""The message to the hub: made from a release, and the receipt that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings

from panah.cores.disclosure import PublishedTable, read_proof, read_tables
from panah.cores.exchange import submission as letters
from panah.cores.exchange.conversion import dataset_of
from panah.cores.exchange.messages import MEDIA, Letterhead, write
from panah.foundation.door.service import Refused
from panah.foundation.keys import service as keys
from panah.node.registration import service as registration
from panah.node.statistics.models import Release

SIGNING_KEY = "signing"


def state() -> str:
    """ISO 3166-1 alpha-3 code of the state whose node this is."""
    return settings.PANAH_STATE or registration.node_pack().country


def own_public_key() -> str:
    """The public key with which others check what this node signs, as it is handed to the hub."""
    return letters.text_of_key(keys.signing_public_key())


def signed(release: Release, *, message_id: UUID, journal: tuple[int, bytes], at: datetime) -> bytes:
    """The message of a release, signed by this node. It names the head of the journal, which is so kept outside the node."""
    seq, head = journal
    assert release.prepared_at is not None  # noqa: S101 - a release that is signed was prepared
    submission = letters.Submission(
        id=message_id,
        state=state(),
        period=release.period,
        revision=release.revision,
        definitions=release.definitions,
        counted_at=release.prepared_at,
        made_at=at,
        provisional=release.provisional,
        journal=letters.Anchor(seq=seq, hash=head.hex()),
        parts=tuple(_part(table, release, at) for table in read_tables(bytes(release.tables))),
        proof=read_proof(bytes(release.proof)),
    )
    return letters.sign_submission(submission, keys.installation_key(SIGNING_KEY))


def _part(table: PublishedTable, release: Release, at: datetime) -> letters.Part:
    """The table as SDMX-CSV."""
    dataset = dataset_of(table, read_proof(bytes(release.proof)), state=state(), provisional=release.provisional)
    head = Letterhead(
        id=f"{state()}-{release.period}-{release.revision}", sender=state(), prepared=at, receiver="ALMATY"
    )
    return letters.Part(flow=table.name, media=MEDIA["csv"], content=write(dataset, "csv", head).decode())


def receipt_in(content: bytes, trusted: Mapping[str, str]) -> letters.Receipt:
    """The hub's receipt, when a trusted key of the hub signed it. Raises Refused."""
    try:
        return letters.read_receipt(content, trusted)
    except letters.BadMessage as bad:
        raise Refused(f"This receipt is not kept. {bad}", code=bad.code, field="receipt") from bad


def require_receipt_of(receipt: letters.Receipt, sent: bytes) -> None:
    """Raise Refused when the hub read other bytes than those that were sent."""
    if receipt.digest != letters.digest_of_bytes(sent):
        raise Refused(
            "The receipt is for other bytes than those that this node signed. Something on the way changed them; tell the hub.",
            code="other_bytes",
            field="receipt",
        )


def problems_of(receipt: letters.Receipt) -> list[dict[str, Any]]:
    """The hub's problems as they are kept."""
    return [msgspec.to_builtins(problem) for problem in receipt.problems]


def key_id_of(public_key: str) -> str:
    """The id of a public key. Raises Refused."""
    try:
        return letters.key_id(public_key)
    except ValueError as error:
        raise Refused(str(error), code="not_a_key", field="public_key") from error
