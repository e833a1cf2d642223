"""Beginning and ending an import, keeping and forgetting its refused rows: the only writer of this room.

People are registered and screened by the actions of registration and profiling; this room writes nothing about them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from panah.foundation.clock import now
from panah.foundation.door.service import Action, Digest, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.keys import crypto
from panah.foundation.keys.service import installation_key
from panah.node.imports.models import Format, Import, RefusedRow, State

KEPT_FOR = timedelta(days=14)
"""How long a refused row waits to be mended. An office mends within days; it holds personal data that no file holds."""

COUNTED = ("rows", "taken", "known", "refused")
_KEY = "imports"


@dataclass(frozen=True)
class Place:
    """The object of the permission: the post to which a file is sent."""

    place: str


class _OfImport(Action):
    needs: ClassVar[str] = "imports.take_in"
    by_installation: ClassVar[bool] = True

    def target(self) -> Place:
        return Place(self.place)


class StartImport(_OfImport):
    """Take a file for reading. The same file by the same officer to the same place again is the same import, read anew.

    `content` is the file itself where a job is to read it; it is kept sealed until then and enters no journal.
    """

    code: ClassVar[str] = "imports.start"
    open_fields: ClassVar[frozenset[str]] = frozenset({"of", "format", "file_digest"})

    of: UUID
    format: Format
    file_digest: Digest
    content: bytes | None = Field(default=None, exclude=True, repr=False)


class Refusal(BaseModel):
    """A row that is not taken: its cells, and for each problem the column, what was found and what is allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    cells: dict[str, str]
    problems: tuple[tuple[str, str, str], ...]


class KeepRefused(_OfImport):
    """Keep rows that were refused, sealed, so that they can be downloaded, mended and sent again."""

    code: ClassVar[str] = "imports.keep_refused"
    open_fields: ClassVar[frozenset[str]] = frozenset({"of"})

    of: UUID
    rows: tuple[Refusal, ...] = Field(repr=False)


class ForgetRefused(_OfImport):
    """Delete refused rows: they were mended, or their time is over."""

    code: ClassVar[str] = "imports.forget_refused"
    open_fields: ClassVar[frozenset[str]] = frozenset({"rows", "because"})

    rows: tuple[UUID, ...]
    because: Literal["mended", "expired"]


class FinishImport(_OfImport):
    """The file is read to its end, or refused as a whole with a sentence. Its content is deleted."""

    code: ClassVar[str] = "imports.finish"
    open_fields: ClassVar[frozenset[str]] = frozenset({"of", "counts"})

    of: UUID
    counts: dict[str, int]
    why: str = ""
    notes: tuple[str, ...] = ()


@handles(StartImport)
def start_import(action: StartImport, moment: Moment) -> Outcome:
    sealed = None
    if action.content is not None:
        if hashlib.sha256(action.content).hexdigest() != action.file_digest:
            raise Refused("The file came in damaged. Send it again.", code="digest", field="content")
        sealed = crypto.seal(installation_key(_KEY), action.content, action.of.bytes)
    known = Import.objects.select_for_update().filter(pk=action.of).first()
    if known is not None and known.finished_at is None:
        if sealed is not None and known.content is None:
            Import.objects.filter(pk=known.pk).update(content=sealed)
    else:
        RefusedRow.objects.filter(of=action.of).delete()
        Import.objects.update_or_create(
            id=action.of,
            defaults={
                "digest": bytes.fromhex(action.file_digest),
                "format": action.format,
                "by": action.by,
                "place": action.place,
                "state": State.WAITING,
                "why": "",
                "notes": [],
                "started_at": moment.recorded_at,
                "moved_at": moment.recorded_at,
                "finished_at": None,
                "content": sealed,
                **dict.fromkeys(COUNTED, 0),
            },
        )
    if sealed is not None:
        from panah.node.imports.tasks import read_import

        read_import.enqueue(str(action.of))
    return Outcome(result={"import": str(action.of)})


@handles(KeepRefused)
def keep_refused(action: KeepRefused, moment: Moment) -> Outcome:
    found = _import(action.of, action.place)
    until = moment.recorded_at + KEPT_FOR
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(
                id=refused_id(found.pk, row.number),
                of=found,
                number=row.number,
                sealed=_seal(refused_id(found.pk, row.number), row),
                until=until,
            )
            for row in action.rows
        ),
        ignore_conflicts=True,
    )
    return Outcome(facts={"count": len(action.rows)})


@handles(ForgetRefused)
def forget_refused(action: ForgetRefused, moment: Moment) -> Outcome:
    rows = RefusedRow.objects.filter(pk__in=action.rows)
    if action.by is not None:
        rows = rows.filter(of__place=action.place)
    if action.because == "expired":
        rows = rows.filter(until__lte=moment.recorded_at)
    gone, _each = rows.delete()
    return Outcome(facts={"count": gone})


@handles(FinishImport)
def finish_import(action: FinishImport, moment: Moment) -> Outcome:
    found = _import(action.of, action.place)
    Import.objects.filter(pk=found.pk).update(
        state=State.REFUSED if action.why else State.FINISHED,
        why=action.why,
        notes=list(action.notes),
        finished_at=moment.recorded_at,
        moved_at=moment.recorded_at,
        content=None,
        **{name: action.counts[name] for name in COUNTED},
    )
    return Outcome(result=dict(action.counts))


def note_progress(import_id: UUID, counts: Mapping[str, int]) -> None:
    """How far the reading is. A figure for the page; what is taken stands in the journal."""
    Import.objects.filter(pk=import_id, finished_at=None).update(state=State.RUNNING, moved_at=now(), **counts)


def refused_id(import_id: UUID, number: int) -> UUID:
    """The id of a refused row; the same for the same row of the same import."""
    return uuid5(import_id, str(number))


def content_of(found: Import) -> bytes | None:
    """The file that waits to be read."""
    return (
        None if found.content is None else crypto.unseal(installation_key(_KEY), bytes(found.content), found.pk.bytes)
    )


def said_in(row: RefusedRow) -> Refusal:
    """What a refused row held."""
    return Refusal.model_validate_json(crypto.unseal(installation_key(_KEY), bytes(row.sealed), row.pk.bytes))


def _seal(identifier: UUID, row: Refusal) -> bytes:
    plain: dict[str, Any] = row.model_dump(mode="json")
    return crypto.seal(installation_key(_KEY), json.dumps(plain, ensure_ascii=False).encode(), identifier.bytes)


def _import(identifier: UUID, place: str) -> Import:
    found = Import.objects.filter(pk=identifier, place=place).first()
    if found is None:
        raise NotFound("There is no such import.")
    return found
