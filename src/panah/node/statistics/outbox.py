"""Handing a signed message to the hub: over the network, or as a file that somebody carries. The message is the same."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
from django.conf import settings
from uuid6 import uuid7

from panah.cores.exchange import submission as letters
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.node.statistics.actions import NoteHandOver, RecordReceipt
from panah.node.statistics.models import Release

INTAKE = "/intake/submissions/"
MEDIA = "application/jose"
PATIENCE = httpx.Timeout(10.0, read=300.0)
"""The hub audits the proof before it answers, which may take minutes for a large table."""


def hand_over(release: Release) -> Receipt:
    """Offer the message of a signed release to the hub, and keep its receipt or why there is none. Offering it twice is harmless:
    the hub answers a message that it knows with its first receipt."""
    try:
        answer = _post(bytes(release.message or b""))
    except httpx.HTTPError as error:
        return _note(release, f"The hub at {settings.PANAH_HUB} was not reached: {error or type(error).__name__}.")
    if answer.headers.get("Content-Type", "").partition(";")[0] != MEDIA:
        return _note(release, f"The hub turned the message away ({answer.status_code}): {_sentence_in(answer)}")
    try:
        return record(answer.content)
    except Refused as refusal:
        if refusal.code == "answered":
            raise
        return _note(release, str(refusal))


def record(receipt: bytes) -> Receipt:
    """Keep a receipt of the hub, however it came."""
    return perform(RecordReceipt(id=uuid7(), by=None, happened_at=now(), receipt=base64.b64encode(receipt)))


def as_file(release: Release, folder: Path) -> Path:
    """Write the message of a signed release into a folder, whole or not at all. Returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(release)
    draft = path.with_suffix(".part")
    draft.write_bytes(bytes(release.message or b""))
    draft.replace(path)
    return path


def file_name(release: Release) -> str:
    """How the message is called as a file: nothing in it but period, revision and id."""
    return f"panah-{release.period}-r{release.revision}-{release.message_id}.jws"


def _post(message: bytes) -> httpx.Response:
    address = settings.PANAH_HUB.rstrip("/") + INTAKE
    with (
        httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
        client.stream("POST", address, content=message, headers={"Content-Type": MEDIA}) as answer,
    ):
        body = b""
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > letters.MOST_BYTES:
                raise httpx.HTTPError("the answer is longer than any receipt")
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)


def _sentence_in(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])[:1500]
    except (ValueError, KeyError, TypeError):
        return "it gave no reason."


def _note(release: Release, failure: str) -> Receipt:
    return perform(NoteHandOver(id=uuid7(), by=None, happened_at=now(), release=release.pk, failure=failure[:2000]))
