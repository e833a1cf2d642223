"""The hash chain, pure: how a line is bound to the line before it.

hash(n) = SHA-256( hash(n-1) ‖ canonical JSON of line n ), hash(0) = 32 zero bytes. Sealed content enters by its own
SHA-256, so that destroying a person's key changes nothing in the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

BEGINNING = bytes(32)


@dataclass(frozen=True, slots=True)
class Line:
    """What one journal line says. Times are aware; `facts` is canonical JSON text."""

    seq: int
    recorded_at: datetime
    happened_at: datetime
    code: str
    action: UUID | None
    by: UUID | None
    place: str
    subject: UUID | None
    facts: str
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and why."""

    seq: int
    reason: str


def canonical(facts: Mapping[str, object]) -> str:
    """One JSON text for equal facts: sorted keys, no spaces, no NaN."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def next_hash(previous: bytes, line: Line) -> bytes:
    """The hash that binds `line` to the one before it."""
    sealed = hashlib.sha256(line.sealed).hexdigest() if line.sealed is not None else ""
    text = "\x1f".join(
        (
            str(line.seq),
            str(_microseconds(line.recorded_at)),
            str(_microseconds(line.happened_at)),
            line.code,
            line.action.hex if line.action else "",
            line.by.hex if line.by else "",
            line.place,
            line.subject.hex if line.subject else "",
            line.facts,
            sealed,
        )
    )
    return hashlib.sha256(previous + text.encode()).digest()


def breaks(lines: Iterable[tuple[Line, bytes]]) -> Iterator[Break]:
    """Every place where a stored hash is not the one that its line and the line before it give, or a line is missing."""
    previous, expected = BEGINNING, 1
    for line, stored in lines:
        if line.seq != expected:
            yield Break(line.seq, f"Line {expected} is missing: the next one found is {line.seq}.")
        elif next_hash(previous, line) != stored:
            yield Break(
                line.seq, f"Line {line.seq} was changed after it was written, or a line before it was replaced."
            )
        previous, expected = stored, line.seq + 1


def checkpoint_message(installation: str, seq: int, head: bytes) -> bytes:
    """The bytes that a checkpoint signs."""
    return f"panah journal checkpoint\n{installation}\n{seq}\n{head.hex()}".encode()


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _microseconds(moment: datetime) -> int:
    span = moment - _EPOCH
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
