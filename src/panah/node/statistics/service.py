"""The door of this room: releases of a period, for the command line and the demo."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.statistics import outbox
from panah.node.statistics import release as releases
from panah.node.statistics.actions import AskRelease, DistrustHub, SignRelease, TrustHub
from panah.node.statistics.elsewhere import published
from panah.node.statistics.message import own_public_key
from panah.node.statistics.models import Release
from panah.node.statistics.release import Prepared, prepared, tables_of
from panah.node.statistics.rules import Period, period_of

__all__ = [
    "Period",
    "Prepared",
    "Release",
    "distrust_hub",
    "hand_over",
    "keep_receipt",
    "own_public_key",
    "period_of",
    "prepare",
    "prepared",
    "published",
    "sign",
    "tables_of",
    "trust_hub",
    "write_file",
]  # fmt: skip


def prepare(period: str, officer: Officer, carried: Sequence[bytes] | None = None) -> Release:
    """Count and protect the tables of a period, now and here, with regard to what other states have published: what the hub shows, or
    `carried` SDMX files of it. Raises Refused when they cannot be published, and says why."""
    release = uuid7()
    perform(AskRelease(by=officer.pk, place=officer.post, happened_at=now(), release=release, period=period))
    releases.prepare(release, carried)
    found = Release.objects.get(pk=release)
    if found.state != Release.State.PREPARED:
        code = "unchanged" if found.failure == releases.UNCHANGED else "not_prepared"
        raise Refused(found.failure or "The tables were prepared by somebody else in the meantime.", code=code)
    return found


def sign(release: Release, officer: Officer) -> Release:
    """The coordinator's act: exactly these tables leave."""
    perform(
        SignRelease(
            by=officer.pk, place=officer.post, happened_at=now(), release=release.pk, tables_digest=release.digest
        )
    )
    release.refresh_from_db()
    return release


def hand_over(release: Release) -> Release:
    """Offer a signed release to the hub now. Its state and `failure` say what came of it."""
    try:
        outbox.hand_over(release)
    except Refused as refusal:
        if refusal.code not in {"answered", "wrong_state"}:
            raise
    release.refresh_from_db()
    return release


write_file = outbox.as_file


def keep_receipt(content: bytes) -> Release:
    """Keep a receipt of the hub that somebody brought. Raises Refused."""
    receipt = outbox.record(content.strip())
    return Release.objects.get(pk=receipt.result["release"])


def trust_hub(public_key: str, by: UUID | None = None) -> str:
    """Accept receipts signed with this key of the hub. Returns its id."""
    receipt = perform(TrustHub(by=by, happened_at=now(), public_key=public_key))
    return str(receipt.result["key_id"])


def distrust_hub(key_id: str, by: UUID | None = None) -> None:
    """Accept no more receipts signed with this key."""
    perform(DistrustHub(by=by, happened_at=now(), key_id=key_id))
