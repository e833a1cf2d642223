"""The journal: append, read, verify. Only the action door and the reading of a person's file append to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from panah.foundation.clock import now
from panah.foundation.journal import chain
from panah.foundation.journal.models import Checkpoint, Entry, Head
from panah.foundation.keys import crypto
from panah.foundation.keys import service as key_service

__all__ = ["Verification", "append", "checkpoint", "head", "lines_of", "note_read", "sealed_content", "verify"]

CHECKPOINT_EVERY = 1000
_READ_AT_ONCE = 5000


@dataclass(frozen=True)
class Verification:
    """What `verify` found: how many lines and checkpoints were read, and every break."""

    lines: int
    checkpoints: int
    breaks: tuple[chain.Break, ...]

    @property
    def holds(self) -> bool:
        return not self.breaks


def append(
    code: str,
    *,
    by: UUID | None,
    place: str,
    facts: Mapping[str, object],
    happened_at: datetime | None = None,
    action: UUID | None = None,
    subject: UUID | None = None,
    sealed: bytes | None = None,
) -> int:
    """Write one line at the end of the chain and return its number. Must run inside the caller's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"The journal line {code!r} was to be written outside a transaction. Go through the action door."
        )
    moment = now()
    last = Head.objects.select_for_update().get(pk=1)
    previous, seq = bytes(last.hash), last.seq + 1
    line = chain.Line(
        seq=seq,
        recorded_at=moment,
        happened_at=happened_at or moment,
        code=code,
        action=action,
        by=by,
        place=place,
        subject=subject,
        facts=chain.canonical(facts),
        sealed=key_service.seal_for(subject, sealed) if subject and sealed is not None else None,
    )
    digest = chain.next_hash(previous, line)
    Entry(**{name: getattr(line, name) for name in line.__slots__}, hash=digest).save(force_insert=True)
    Head.objects.filter(pk=1).update(seq=seq, hash=digest)
    if seq % CHECKPOINT_EVERY == 0:
        _sign(seq, digest)
    return seq


def note_read(
    code: str, *, by: UUID, place: str, subject: UUID | None, facts: Mapping[str, object] | None = None
) -> int:
    """Write that someone read a person's file, or searched. `code` ends in the thing read, for example `registration.file_read`."""
    with transaction.atomic():
        return append(code, by=by, place=place, subject=subject, facts=facts or {})


def checkpoint() -> Checkpoint | None:
    """Sign the chain as it stands now. None when the journal is empty or the last line is signed already."""
    with transaction.atomic():
        last = Head.objects.select_for_update().get(pk=1)
        if last.seq == 0 or Checkpoint.objects.filter(pk=last.seq).exists():
            return None
        return _sign(last.seq, bytes(last.hash))


def head() -> tuple[int, bytes]:
    """Number and hash of the last line; (0, zero bytes) when there is none."""
    last = Head.objects.get(pk=1)
    return last.seq, bytes(last.hash)


def lines_of(subject: UUID) -> Iterator[Entry]:
    """The lines about one person's file, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("seq").iterator()


def sealed_content(entry: Entry) -> bytes | None:
    """What a line holds under the person's key; None when it holds nothing. Raises keys' KeyDestroyed after erasure."""
    if entry.sealed is None or entry.subject is None:
        return None
    return key_service.unseal_for(entry.subject, bytes(entry.sealed))


def verify(on_line: object = None) -> Verification:
    """Read the whole journal and check every hash, the head and every checkpoint. `on_line(n)` is told of progress."""
    found: list[chain.Break] = []
    hashes_wanted = {c.seq: c for c in Checkpoint.objects.all()}
    hashes: dict[int, bytes] = {}
    count, last = 0, chain.BEGINNING

    def counted() -> Iterator[tuple[chain.Line, bytes]]:
        nonlocal count, last
        for line, stored in _lines():
            count, last = count + 1, stored
            if line.seq in hashes_wanted:
                hashes[line.seq] = stored
            if callable(on_line) and count % _READ_AT_ONCE == 0:
                on_line(count)
            yield line, stored

    found.extend(chain.breaks(counted()))
    seq, digest = head()
    if (seq, digest) != (count, last) and not found:
        found.append(
            chain.Break(
                seq, f"The head of the journal names line {seq}, but the last line read is {count}: lines were cut off."
            )
        )
    public = key_service.signing_public_key()
    for seq, mark in hashes_wanted.items():
        message = chain.checkpoint_message(settings.PANAH_INSTALLATION, seq, bytes(mark.hash))
        if hashes.get(seq) != bytes(mark.hash) or not crypto.signature_holds(public, message, bytes(mark.signature)):
            found.append(chain.Break(seq, f"The signed checkpoint at line {seq} does not agree with the journal."))
    return Verification(count, len(hashes_wanted), tuple(sorted(found, key=lambda b: b.seq)))


def _sign(seq: int, digest: bytes) -> Checkpoint:
    message = chain.checkpoint_message(settings.PANAH_INSTALLATION, seq, digest)
    return Checkpoint.objects.create(seq=seq, hash=digest, signed_at=now(), signature=key_service.sign(message))


def _lines() -> Iterator[tuple[chain.Line, bytes]]:
    rows = Entry.objects.order_by("seq").values_list(*chain.Line.__slots__, "hash").iterator(chunk_size=_READ_AT_ONCE)
    for seq, recorded, happened, code, action, by, place, subject, facts, sealed, stored in rows:
        content = bytes(sealed) if sealed is not None else None
        yield chain.Line(seq, recorded, happened, code, action, by, place, subject, facts, content), bytes(stored)
