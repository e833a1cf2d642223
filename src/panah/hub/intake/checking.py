"""What the hub checks of a message before it believes it, in order, and stops at the first kind of trouble. Only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.cores.disclosure import Problem, PublishedTable, Rules, audit, read_tables
from panah.cores.exchange import submission as letters
from panah.foundation.door.service import Refused
from panah.hub.intake import models

LEAST = Rules()
"""No table is taken in under weaker rules than these (domain reference 8.3, 6 and 11.5)."""


@dataclass(frozen=True)
class Read:
    """A message that is what it says: whose it is, what it holds, and everything that is wrong with its content.

    held: the submissions that a reader holds already, with which the proof was checked.
    """

    sender: models.Sender
    submission: letters.Submission
    tables: tuple[PublishedTable, ...]
    problems: tuple[Problem, ...]
    held: tuple[UUID, ...]


def opened(content: bytes, at: datetime) -> tuple[models.Sender, letters.Submission]:
    """The message of a sender whose key is valid at the moment. Raises Refused with a code: such bytes are not kept."""
    try:
        named = letters.key_named_in(content)
        valid = models.Sender.objects.filter(key_id=named, valid_from__lte=at)
        sender = valid.filter(Q(valid_to=None) | Q(valid_to__gt=at)).first()
        submission = letters.read_submission(content, {sender.key_id: sender.public_key} if sender else {})
    except letters.BadMessage as bad:
        raise Refused(str(bad), code=bad.code, field="message") from bad
    assert sender is not None  # noqa: S101 - without a key nothing is read
    return sender, submission


def read(content: bytes, at: datetime) -> Read:
    """Open a message and check all that it says. Raises Refused as `opened` does. Takes seconds: the proof is made anew."""
    sender, submission = opened(content, at)
    before = list(earlier(submission.state, submission.period))
    held, tables = tuple(one.pk for one in before), ()
    problems = paperwork(sender, submission)
    if not problems:
        try:
            tables = tables_in(submission)
            problems = _content(submission, tables, [table for one in before for table in tables_of(one)])
        except ValueError as error:
            problems = [Problem("READ", "message", str(error), "tables as agreed")]
    return Read(sender, submission, tables, tuple(problems), held)


def paperwork(sender: models.Sender, submission: letters.Submission) -> list[Problem]:
    """Whose figures, and in which place in the row of revisions."""
    if submission.state != sender.state:
        return [
            Problem("OTHER_STATE", "message, state", submission.state, f"{sender.state}, whose key signed the message")
        ]
    last = earlier(submission.state, submission.period).last()
    if last is not None and submission.revision <= last.revision:
        found = f"revision {submission.revision}"
        return [
            Problem("OLD_REVISION", "message, revision", found, f"a revision after {last.revision}, which is held here")
        ]
    return []


def _content(
    submission: letters.Submission, tables: Sequence[PublishedTable], before: Sequence[PublishedTable]
) -> list[Problem]:
    problems = [
        Problem("PERIOD", f"{table.name}, period", table.period, f"{submission.period}, as the message says")
        for table in tables
        if table.period != submission.period
    ]
    names = [part.flow for part in submission.parts]
    if names != [table.name for table in tables]:
        problems.append(Problem("FLOWS", "message, parts", ", ".join(names), "each part under the name of its table"))
    return problems or list(audit(tables, submission.proof, before, LEAST))


def earlier(state: str, period: str) -> QuerySet[models.Submission]:
    """The revisions of a period that were taken in, oldest first; withdrawn ones too, for readers hold them."""
    found = models.Submission.objects.filter(area=state, period=period).exclude(state=models.Submission.State.REFUSED)
    return found.order_by("revision")


def tables_in(submission: letters.Submission) -> tuple[PublishedTable, ...]:
    """The tables that a message carries. Raises ValueError that says what is wrong."""
    return tuple(table for part in submission.parts for table in read_tables(f"[{part.content}]".encode()))


def tables_of(kept: models.Submission) -> tuple[PublishedTable, ...]:
    """The tables of a submission that is kept, from its signed bytes."""
    return tables_in(letters.read_submission(bytes(kept.content), {kept.sender.key_id: kept.sender.public_key}))
