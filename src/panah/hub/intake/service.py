"""The door of this room: taking in, and what is published, as values."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec
from django.db import IntegrityError
from django.urls import reverse
from uuid6 import uuid7

from panah.cores.exchange import submission as letters
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import read as read_message
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, Refused, perform
from panah.foundation.keys import service as keys
from panah.hub.intake import checking
from panah.hub.intake.actions import AddSender, Publish, TakeIn, WithdrawSender
from panah.hub.intake.models import PublishedTable, Sender, Submission

__all__ = [
    "Answer",
    "CellShown",
    "Published",
    "add_sender",
    "cell",
    "datasets",
    "latest",
    "own_public_key",
    "publish_waiting",
    "reporting",
    "senders",
    "take_in",
    "withdraw_sender",
]


@dataclass(frozen=True)
class Answer:
    """The hub's answer to a message: its signed receipt, whether it was accepted, and whether it was known already."""

    receipt: bytes
    submission: UUID
    accepted: bool
    known: bool


@dataclass(frozen=True)
class Published:
    """A table that a state published, as lists name it."""

    flow: str
    state: str
    period: str
    revision: int
    at: datetime
    url: str


@dataclass(frozen=True)
class CellShown:
    """One cell of a table that stands: `value`, or `withheld` with the kind of reason for which there is none (never 0 for it). `whole` is the
    cell of all totals of that table, None where it has none or withholds it. `digest` is that of the signed message."""

    flow: str
    state: str
    period: str
    revision: int
    key: str
    value: int | None
    withheld: str
    whole: int | None
    population: str
    definitions: str
    counted_at: datetime
    digest: str
    url: str


def cell(state: str, flow: str, key: str, *, days: bool = False) -> CellShown | None:
    """The cell of that series key in the newest table that stands, of a month or (with `days`) of a day. None where no such table has it."""
    tables = PublishedTable.objects.filter(state=state, flow=flow, superseded_at=None, withdrawn_at=None)
    table = (
        tables.filter(period__regex=r"^....-..-..$" if days else r"^....-..$")
        .select_related("submission")
        .order_by("-period")
        .first()
    )
    if table is None:
        return None
    totals = [dimension.get("total") for dimension in table.dimensions]
    whole_key = ".".join(totals) if all(totals) else ""
    found = {one.key: one for one in table.cells.filter(key__in=[key, whole_key])}
    if key not in found:
        return None
    one, whole = found[key], found.get(whole_key)
    return CellShown(
        flow=flow,
        state=state,
        period=table.period,
        revision=table.revision,
        key=key,
        value=one.value,
        withheld=one.kind,
        whole=whole.value if whole else None,
        population=table.population,
        definitions=table.definitions,
        counted_at=table.counted_at,
        digest=table.submission.digest,
        url=reverse("published_table", args=[state, flow, table.period]),
    )


def take_in(content: bytes, way: Literal["network", "file"], by: UUID | None = None) -> Answer:
    """Check a signed message, keep it with a signed answer, and publish it when nothing is wrong with it. The same message
    again changes nothing and gets the first answer. Raises Refused, and keeps nothing, when no known sender signed the bytes.
    """
    content = content.strip()
    kept, known = _known(content), True
    if kept is None:
        kept, known = _keep(content, way, by)
    if kept.state == Submission.State.RECEIVED:
        _publish(kept.pk)
    return Answer(bytes(kept.receipt), kept.pk, kept.state != Submission.State.REFUSED, known)


def _known(content: bytes) -> Submission | None:
    return Submission.objects.filter(digest=letters.digest_of_bytes(content)).first()


def _keep(content: bytes, way: Literal["network", "file"], by: UUID | None) -> tuple[Submission, bool]:
    """The submission of these bytes, and whether another process kept the same bytes in the same moment."""
    moment = now()
    found = checking.read(content, moment)
    action = TakeIn(
        id=uuid7(),
        by=by,
        happened_at=moment,
        content=base64.b64encode(content),
        way=way,
        problems=tuple(msgspec.structs.astuple(problem) for problem in found.problems),
        held=found.held,
    )
    try:
        receipt = perform(action)
    except IntegrityError:
        kept = _known(content)
        if kept is None:
            raise
        return kept, True
    return Submission.objects.get(pk=receipt.result["submission"]), not receipt.result["new"]


def publish_waiting() -> int:
    """Publish what was taken in and not yet published, when the program was stopped in between. Returns how many."""
    return sum(
        _publish(one) for one in Submission.objects.filter(state=Submission.State.RECEIVED).values_list("pk", flat=True)
    )


def latest(limit: int = 20) -> tuple[Published, ...]:
    """The tables that stand, the newest first."""
    found = PublishedTable.objects.filter(superseded_at=None, withdrawn_at=None).order_by("-published_at", "flow")[
        :limit
    ]
    return tuple(
        Published(
            one.flow,
            one.state,
            one.period,
            one.revision,
            one.published_at,
            reverse("published_table", args=[one.state, one.flow, one.period]),
        )
        for one in found
    )


def reporting(flow: str) -> tuple[str, ...]:
    """The states of which a table of a dataflow stands, sorted."""
    rows = PublishedTable.objects.filter(flow=flow, superseded_at=None, withdrawn_at=None).order_by("state")
    return tuple(rows.values_list("state", flat=True).distinct())


def datasets(flow: str) -> Iterator[Dataset]:
    """The tables of a dataflow that stand, each as the state signed it."""
    rows = PublishedTable.objects.filter(flow=flow, superseded_at=None, withdrawn_at=None)
    for submission in rows.order_by("state", "period").values_list("submission_id", flat=True):
        yield _signed(submission, flow)


@lru_cache(maxsize=2000)
def _signed(submission: UUID, flow: str) -> Dataset:
    # What was signed never changes: a correction is another submission.
    kept = Submission.objects.select_related("sender").get(pk=submission)
    content = next(part.content for part in checking.opened_again(kept).parts if part.flow == flow)
    (dataset,) = read_message(content.encode())
    return dataset


def add_sender(
    state: str, public_key: str, *, valid_from: datetime | None = None, valid_to: datetime | None = None
) -> str:
    """Take in what is signed with this key as the word of the state. Returns the id of the key."""
    action = AddSender(
        by=None, happened_at=now(), state=state, public_key=public_key, valid_from=valid_from, valid_to=valid_to
    )
    return str(perform(action).result["key_id"])


def senders() -> tuple[Sender, ...]:
    """Every key that was ever believed, by state."""
    return tuple(Sender.objects.all())


def withdraw_sender(key_id: str) -> Receipt:
    """Take in nothing more that is signed with this key."""
    return perform(WithdrawSender(by=None, happened_at=now(), key_id=key_id))


def own_public_key() -> str:
    """The public key with which others check the hub's receipts."""
    return letters.text_of_key(keys.signing_public_key())


def _publish(submission: UUID) -> bool:
    try:
        perform(Publish(by=None, happened_at=now(), submission=submission))
    except Refused as refusal:
        if refusal.code != "wrong_state":
            raise
        return False  # published by another process in the meantime
    return True
