"""What the hub checks of a message before it believes it, in order, and stops at the first kind of trouble. Only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.cores.disclosure import Problem, PublishedTable
from panah.cores.exchange import submission as letters
from panah.cores.exchange.conversion import digest_of_proof, table_of
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.messages import MEDIA
from panah.cores.exchange.messages import read as datasets_in
from panah.cores.exchange.structure import the_structure
from panah.cores.exchange.validation import validate
from panah.foundation.door.service import Refused
from panah.hub.intake import models
from panah.hub.intake.elsewhere import Others


@dataclass(frozen=True)
class Read:
    """A message that is what it says: whose it is, what it holds, and everything that is wrong with its content.

    held: the submissions that a reader holds already, with which the proof was checked.
    """

    sender: models.Sender
    submission: letters.Submission
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
    before, elsewhere = held(submission)
    known = tuple(one.pk for one in (*before, *elsewhere))
    problems = paperwork(sender, submission) or _formalities(submission)
    if problems:
        return Read(sender, submission, tuple(problems), known)
    tables = tables_in(submission)
    problems = _agreement(submission, tables)
    if not problems:
        own = [table for one in before for table in tables_of(one)]
        others = Others.of(elsewhere)
        proved = others.proved(submission, tables, own) or others.leaks(submission, tables)
        problems = [*proved, *_compared(submission, others)]
    return Read(sender, submission, tuple(problems), known)


def held(submission: letters.Submission) -> tuple[list[models.Submission], list[models.Submission]]:
    """What readers hold of the period that bears on a message: the state's own revisions, and where the message has a table
    with a mirror, those of all other states.
    """
    own = list(earlier(submission.state, submission.period))
    known = {flow.id: flow for flow in the_structure().tables}
    if not any(part.flow in known and known[part.flow].mirror for part in submission.parts):
        return own, []
    found = models.Submission.objects.filter(period=submission.period).exclude(state=models.Submission.State.REFUSED)
    elsewhere = found.exclude(area=submission.state).select_related("sender").order_by("area", "revision")
    return own, list(elsewhere)


def _formalities(submission: letters.Submission) -> list[Problem]:
    """Each part by itself: well-formed, structure, codes, constraint, arithmetic."""
    problems: list[Problem] = []
    for part in submission.parts:
        if part.media != MEDIA["csv"]:
            problems.append(Problem("MEDIA", f"message, {part.flow}", part.media, MEDIA["csv"]))
        else:
            problems += validate(part.content.encode())
    return problems or [problem for part in submission.parts for problem in _one_table(part)]


def _one_table(part: letters.Part) -> list[Problem]:
    try:
        datasets = datasets_in(part.content.encode())
        flows = [table_of(dataset).name for dataset in datasets]
    except ValueError as error:
        return [Problem("TABLE", f"message, {part.flow}", str(error), "one whole table")]
    return [] if flows == [part.flow] else [Problem("FLOW", f"message, {part.flow}", ", ".join(flows), part.flow)]


def _agreement(submission: letters.Submission, tables: Sequence[PublishedTable]) -> list[Problem]:
    """What the tables say of themselves against what the message says of them."""
    problems = []
    agreed = {"DEFINITIONS": submission.definitions, "SDC_PROOF": digest_of_proof(submission.proof)}
    for part, table in zip(submission.parts, tables, strict=True):
        (dataset,) = datasets_in(part.content.encode())
        area = dataset.observations[0].key[dataset.dimensions.index("REF_AREA")]
        if area != submission.state:
            problems.append(Problem("OTHER_STATE", f"{table.name}, REF_AREA", area, submission.state))
        if table.period != submission.period:
            problems.append(Problem("PERIOD", f"{table.name}, TIME_PERIOD", table.period, submission.period))
        for name, wanted in agreed.items():
            if dataset.attributes.get(name) != wanted:
                problems.append(Problem(name, f"{table.name}, {name}", str(dataset.attributes.get(name)), wanted))
    return problems


def _compared(submission: letters.Submission, others: Others) -> list[Problem]:
    """Each part against the last table of an earlier period, and against what the states at the other end published: remarks,
    for a sudden rise may be the truth, and of two registers neither is."""
    remarks: list[Problem] = []
    for part in submission.parts:
        (dataset,) = datasets_in(part.content.encode())
        found = validate(dataset, previous=_before(submission, part.flow), mirrors=others.datasets)
        remarks += [problem for problem in found if is_remark(problem)]
    return remarks


def _before(submission: letters.Submission, flow: str) -> Dataset | None:
    found = models.PublishedTable.objects.filter(
        state=submission.state, flow=flow, period__lt=submission.period, superseded_at=None, withdrawn_at=None
    )
    same = [row for row in found.order_by("-period")[:62] if len(row.period) == len(submission.period)]
    if not same:
        return None
    kept = opened_again(same[0].submission)
    return next(datasets_in(part.content.encode())[0] for part in kept.parts if part.flow == flow)


def is_remark(problem: Problem) -> bool:
    """Whether a problem is for people to look at and no reason to refuse."""
    return problem.code.startswith("SERIES_") or problem.code == "MIRROR"


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


def earlier(state: str, period: str) -> QuerySet[models.Submission]:
    """The revisions of a period that were taken in, oldest first; withdrawn ones too, for readers hold them."""
    found = models.Submission.objects.filter(area=state, period=period).exclude(state=models.Submission.State.REFUSED)
    return found.order_by("revision")


def tables_in(submission: letters.Submission) -> tuple[PublishedTable, ...]:
    """The tables that a message carries. Raises ValueError that says what is wrong."""
    return tuple(table_of(dataset) for part in submission.parts for dataset in datasets_in(part.content.encode()))


def opened_again(kept: models.Submission) -> letters.Submission:
    """What a submission that is kept says, from its signed bytes; its key need not be valid any more."""
    return letters.read_submission(bytes(kept.content), {kept.sender.key_id: kept.sender.public_key})


def tables_of(kept: models.Submission) -> tuple[PublishedTable, ...]:
    """The tables of a submission that is kept."""
    return tables_in(opened_again(kept))
