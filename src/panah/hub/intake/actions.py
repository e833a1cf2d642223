"""Taking in what nodes send, publishing it, and withdrawing it with a reason. The only writer of this room.

The proof of a message is checked before the door (checking.py), since that takes seconds; `TakeIn` carries what was found, and
checks again what could have changed since.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from pydantic import AwareDatetime, Base64Bytes, StringConstraints

from panah.cores.disclosure import Problem, PublishedTable
from panah.cores.exchange import submission as letters
from panah.cores.exchange.structure import codelist
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.keys import service as keys
from panah.foundation.notices.service import Word
from panah.hub.intake import checking, models
from panah.hub.intake.models import Sender, Submission

Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
State = Submission.State


class AddSender(Action):
    """Take in what is signed with this key as the word of a state, from a moment on."""

    code: ClassVar[str] = "intake.add_sender"
    needs: ClassVar[str] = "intake.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"state", "public_key"})
    by_installation: ClassVar[bool] = True

    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    public_key: str
    valid_from: AwareDatetime | None = None
    valid_to: AwareDatetime | None = None


class WithdrawSender(Action):
    """Take in nothing more that is signed with this key. What was published stays."""

    code: ClassVar[str] = "intake.withdraw_sender"
    needs: ClassVar[str] = "intake.administer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"key_id"})
    by_installation: ClassVar[bool] = True

    key_id: str


class TakeIn(Action):
    """Keep a signed message and the answer to it. `problems` (code, place, found, allowed) are what was
    found in it, `held` the submissions with which its proof was checked."""

    code: ClassVar[str] = "intake.take_in"
    needs: ClassVar[str] = "intake.take_in"
    open_fields: ClassVar[frozenset[str]] = frozenset({"way"})
    by_installation: ClassVar[bool] = True

    content: Base64Bytes
    way: Literal["network", "file"]
    problems: tuple[tuple[str, str, str, str], ...]
    held: tuple[UUID, ...]


class Publish(Action):
    """Show the tables of a message that was taken in. Those of the revision before it are superseded and stay readable."""

    code: ClassVar[str] = "intake.publish"
    needs: ClassVar[str] = "intake.publish"
    open_fields: ClassVar[frozenset[str]] = frozenset({"submission"})
    by_installation: ClassVar[bool] = True

    submission: UUID


class Withdraw(Action):
    """Say in public that published tables must not be used, and why. They stay readable, so that nothing vanishes."""

    code: ClassVar[str] = "intake.withdraw"
    needs: ClassVar[str] = "intake.withdraw"
    open_fields: ClassVar[frozenset[str]] = frozenset({"submission", "reason"})

    submission: UUID
    reason: Reason


@handles(AddSender)
def add_sender(action: AddSender, moment: Moment) -> Outcome:
    states = [code.code for code in codelist("states")]
    if action.state not in states:
        raise Refused(
            f"{action.state} is no state of the exchange. Allowed are {', '.join(states)}.",
            code="unknown_state",
            field="state",
        )
    try:
        key_id = letters.key_id(action.public_key)
    except ValueError as error:
        raise Refused(str(error), code="not_a_key", field="public_key") from error
    known = Sender.objects.filter(key_id=key_id).first()
    if known is not None:
        raise Refused(
            f"This key is known as that of {known.state}. A key belongs to one state and is not used again.",
            code="known_key",
            field="public_key",
        )
    begins = action.valid_from or moment.recorded_at
    if action.valid_to is not None and action.valid_to < begins:
        raise Refused(
            "The key would end before it begins. Change one of the two times.", code="ends_first", field="valid_to"
        )
    Sender.objects.create(
        state=action.state,
        key_id=key_id,
        public_key=action.public_key,
        valid_from=begins,
        valid_to=action.valid_to,
        added_at=moment.recorded_at,
    )
    return Outcome(result={"key_id": key_id}, facts={"key_id": key_id})


@handles(WithdrawSender)
def withdraw_sender(action: WithdrawSender, moment: Moment) -> Outcome:
    sender = Sender.objects.select_for_update().filter(key_id=action.key_id).first()
    if sender is None:
        raise NotFound("There is no such key.")
    if sender.valid_to is None or sender.valid_to > moment.recorded_at:
        ends = max(moment.recorded_at, sender.valid_from)
        Sender.objects.filter(pk=sender.pk).update(valid_to=ends)
    return Outcome(facts={"state": sender.state})


@handles(TakeIn)
def take_in(action: TakeIn, moment: Moment) -> Outcome:
    content = bytes(action.content)
    sender, submission = checking.opened(content, moment.recorded_at)
    digest = letters.digest_of_bytes(content)
    known = Submission.objects.filter(pk=submission.id).first()
    if known is not None:
        if known.digest != digest:
            raise Refused(
                f"The id {submission.id} belongs to another message. Give every message an id of its own.",
                code="id_used",
            )
        return Outcome(result={"submission": str(known.pk), "state": known.state, "new": False})
    before = {one.pk for several in checking.held(submission) for one in several}
    problems = tuple(checking.paperwork(sender, submission)) or tuple(Problem(*problem) for problem in action.problems)
    refused = any(not checking.is_remark(problem) for problem in problems)
    if not refused and before != set(action.held):
        raise Refused("Another revision was taken in at the same moment. Send the message again.", code="at_once")
    receipt = letters.Receipt(
        message=submission.id, digest=digest, accepted=not refused, problems=problems, received_at=moment.recorded_at
    )
    state = State.REFUSED if refused else State.RECEIVED
    went_back = _journal_went_back(sender, submission)
    Submission.objects.create(
        id=submission.id,
        sender=sender,
        way=action.way,
        state=state,
        area=submission.state,
        period=submission.period,
        revision=submission.revision,
        made_at=submission.made_at,
        received_at=moment.recorded_at,
        content=content,
        digest=digest,
        journal_seq=submission.journal.seq,
        journal_hash=submission.journal.hash,
        problems=[msgspec.to_builtins(problem) for problem in problems],
        receipt=letters.sign_receipt(receipt, keys.installation_key("signing")),
    )
    facts = {
        "submission": str(submission.id),
        "sender": sender.key_id,
        "state": submission.state,
        "period": submission.period,
        "revision": submission.revision,
        "digest": digest,
        "problems": [problem.code for problem in problems],
        "journal": [submission.journal.seq, submission.journal.hash],
    }
    return Outcome(
        result={"submission": str(submission.id), "state": state, "new": True},
        facts=facts,
        notices=_notices(submission, refused=refused, went_back=went_back),
    )


@handles(Publish)
def publish(action: Publish, moment: Moment) -> Outcome:
    submission = _in_state(action.submission, State.RECEIVED)
    said = checking.opened_again(submission)
    for table in checking.tables_in(said):
        standing = models.PublishedTable.objects.filter(
            state=said.state, flow=table.name, period=table.period, superseded_at=None
        )
        standing.update(superseded_at=moment.recorded_at)
        _show(table, said, submission, moment.recorded_at)
    Submission.objects.filter(pk=submission.pk).update(state=State.PUBLISHED)
    facts = {"state": said.state, "period": said.period, "revision": said.revision}
    return Outcome(facts=facts)


@handles(Withdraw)
def withdraw(action: Withdraw, moment: Moment) -> Outcome:
    submission = _in_state(action.submission, State.PUBLISHED)
    models.PublishedTable.objects.filter(submission=submission).update(
        withdrawn_at=moment.recorded_at, withdrawn_because=action.reason
    )
    Submission.objects.filter(pk=submission.pk).update(state=State.WITHDRAWN)
    return Outcome(facts={"state": submission.area, "period": submission.period, "revision": submission.revision})


def _show(table: PublishedTable, said: letters.Submission, submission: Submission, at: datetime) -> None:
    shown = models.PublishedTable.objects.create(
        submission=submission,
        state=said.state,
        flow=table.name,
        period=table.period,
        revision=said.revision,
        definitions=said.definitions,
        population=table.population,
        dimensions=msgspec.to_builtins(table.dimensions),
        provisional=said.provisional,
        counted_at=said.counted_at,
        published_at=at,
    )
    models.PublishedCell.objects.bulk_create(
        [
            models.PublishedCell(
                table=shown,
                place=place,
                key=".".join(cell.codes),
                value=cell.count,
                kind=cell.kind or "",
                impossible=cell.impossible,
            )
            for place, cell in enumerate(table.cells)
        ],
        batch_size=500,
    )


def _journal_went_back(sender: Sender, submission: letters.Submission) -> bool:
    """Whether the node's journal is shorter than it was when the state signed last, or another one at the same length."""
    last = Submission.objects.filter(area=sender.state).exclude(state=State.REFUSED).order_by("-journal_seq").first()
    if last is None:
        return False
    same = submission.journal.seq == last.journal_seq
    return submission.journal.seq < last.journal_seq or (same and submission.journal.hash != last.journal_hash)


def _notices(submission: letters.Submission, *, refused: bool, went_back: bool) -> tuple[Word, ...]:
    facts = {"state": submission.state, "period": submission.period, "revision": str(submission.revision)}
    codes = ["intake.refused"] * refused + ["intake.journal_went_back"] * went_back
    return tuple(Word(code, role="secretariat", facts=facts, link=f"/intake/{submission.id}/") for code in codes)


def _in_state(identifier: UUID, wanted: str) -> Submission:
    found: Any = (
        Submission.objects.select_for_update(of=("self",)).select_related("sender").filter(pk=identifier).first()
    )
    if found is None:
        raise NotFound("There is no such submission.")
    if found.state != wanted:
        raise Refused(
            f"The submission is {str(State(found.state).label).lower()}; this needs one that is {str(State(wanted).label).lower()}.",
            code="wrong_state",
        )
    return found
