"""Row after row through the door: registered and screened in one transaction, or refused whole. May be killed and begun again at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import DoorError, IdUsed, NotAllowed, Receipt, Refused, perform
from panah.node.imports.actions import FinishImport, ForgetRefused, KeepRefused, Refusal, note_progress
from panah.node.imports.limits import FileRefused
from panah.node.imports.models import Import
from panah.node.imports.people import Person, Problem, Row, Terms, read_person
from panah.node.imports.reading import Incoming

_AT_ONCE = 100


@dataclass(frozen=True)
class Result:
    """What became of a row: `taken` now, `known` (taken in before) or `refused`. `number` is the file's, where it is taken."""

    row: Row
    state: Literal["taken", "known", "refused"]
    problems: tuple[Problem, ...] = ()
    action: UUID | None = None
    file: UUID | None = None
    number: str = ""


@dataclass
class Counts:
    rows: int = 0
    taken: int = 0
    known: int = 0
    refused: int = 0

    def add(self, result: Result) -> None:
        self.rows += 1
        setattr(self, result.state, getattr(self, result.state) + 1)


@dataclass
class _Seen:
    """The rows of this file so far: by the person, the first row and what it said."""

    first: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)

    def problem(self, person: Person) -> Problem | None:
        where, content = self.first.setdefault(person.key, (person.row.where, person.content))
        if where == person.row.where:
            return None
        found = person.row.cells.get("id", "") or person.row.source_id
        if content == person.content:
            allowed = _(
                "each person once; %(row)s says the same. For two people who are alike give each a number of its own in the column id"
            )
        else:
            allowed = _("each number once; %(row)s has it already and says something else")
        return Problem("id", found, allowed % {"row": where})


def take_in(found: Import, incoming: Incoming, terms: Terms) -> Iterator[Result]:
    """Take in what `incoming` holds, as the import `found`. In the order of the rows; `taken` is given once it is safe
    in the database, and refused rows are kept a hundred rows later at most.

    Raises FileRefused when the file turns out not to be readable to its end; what was taken before stays taken.
    """
    counts, seen = Counts(), _Seen()
    rows = iter(incoming.rows)
    try:
        while chunk := list(islice(rows, _AT_ONCE)):
            results = []
            for result in _take_chunk(chunk, terms, seen):
                counts.add(result)
                results.append(result)
                yield result
            _keep_refused(found, results)
            note_progress(found.pk, vars(counts))
    except FileRefused as refused:
        _finish(found, counts, incoming, str(refused))
        raise
    _finish(found, counts, incoming, "")


def _take_chunk(chunk: list[Row], terms: Terms, seen: _Seen) -> Iterator[Result]:
    read = [(row, read_person(row, terms)) for row in chunk]
    acts = [said.register.id for _row, said in read if isinstance(said, Person)]
    before = {one.action: one for one in Receipt.objects.filter(pk__in=acts)}
    for row, said in read:
        if not isinstance(said, Person):
            yield Result(row, "refused", said)
            continue
        twice = seen.problem(said)
        if twice:
            yield Result(row, "refused", (twice,))
        elif said.register.id in before:
            _forget_mended(said)
            yield _result(row, "known", before[said.register.id])
        else:
            yield _take(said)


def _take(person: Person) -> Result:
    try:
        with transaction.atomic():
            receipt = perform(person.register)
            if person.interview is not None:
                perform(person.interview)
            _forget_mended(person)
    except NotAllowed as stranger:
        raise FileRefused(
            _("The officer who sent the file may not register people at this place."), "not_allowed"
        ) from stranger
    except IdUsed as used:
        # Somebody else sent the same row at this very moment, and was first; or something else has an id of the row.
        earlier = Receipt.objects.filter(pk=person.register.id).first()
        if earlier is None:
            return Result(person.row, "refused", (Problem("", "", str(used).rstrip(".")),))
        return _result(person.row, "known", earlier)
    except Refused as refused:
        return Result(person.row, "refused", (_problem(refused, person),))
    except DoorError as refused:
        return Result(person.row, "refused", (Problem("", "", str(refused).rstrip(".")),))
    return _result(person.row, "taken", receipt)


def _result(row: Row, state: Literal["taken", "known"], receipt: Receipt) -> Result:
    return Result(row, state, (), receipt.action, UUID(receipt.result["file"]), receipt.result["number"])


def _problem(refused: Refused, person: Person) -> Problem:
    if refused.code == "file_exists":
        allowed = _(
            "the same as before under this number. Mend the person's file on its page, or give another person another number"
        )
        return Problem("id", person.row.cells.get("id", "") or person.row.source_id, allowed)
    column = refused.field.removeprefix("record.")
    return Problem(column, person.row.cells.get(column, ""), str(refused).rstrip("."))


def _forget_mended(person: Person) -> None:
    if person.mends is None:
        return
    act = person.register
    perform(
        ForgetRefused(id=uuid7(), by=act.by, place=act.place, happened_at=now(), rows=(person.mends,), because="mended")
    )


def _keep_refused(found: Import, results: Iterable[Result]) -> None:
    rows = tuple(refusal_of(one) for one in results if one.state == "refused")
    if rows:
        perform(KeepRefused(id=uuid7(), by=found.by, place=found.place, happened_at=now(), of=found.pk, rows=rows))


def refusal_of(result: Result) -> Refusal:
    """A refused row as it is kept."""
    problems = tuple((each.column, each.found, each.allowed) for each in result.problems)
    return Refusal(number=result.row.number, cells=dict(result.row.cells), problems=problems)


def _finish(found: Import, counts: Counts, incoming: Incoming, why: str) -> None:
    perform(
        FinishImport(
            id=uuid7(),
            by=found.by,
            place=found.place,
            happened_at=now(),
            of=found.pk,
            counts=vars(counts),
            why=why,
            notes=incoming.notes,
        )
    )


def counted(results: Iterable[Result], on_row: Callable[[Result], None]) -> Counts:
    """Go through the results, tell each, and count them."""
    counts = Counts()
    for result in results:
        counts.add(result)
        on_row(result)
    return counts
