"""`perform`, the only way in. See action.py for the words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, TypeVar

import psycopg
from django.db import IntegrityError, transaction
from django.utils import timezone

from panah.foundation.access.models import Officer, officer_or_none
from panah.foundation.access.service import may
from panah.foundation.clock import by_the_day, now
from panah.foundation.door.action import (
    Action,
    Digest,
    DoorError,
    Harm,
    IdUsed,
    Moment,
    NotAllowed,
    NotFound,
    Outcome,
    Refused,
    Stop,
    Stopped,
    StoppedForOne,
)
from panah.foundation.door.models import Receipt
from panah.foundation.door.turn import in_turn
from panah.foundation.journal import service as journal
from panah.foundation.notices import service as notices

__all__ = [
    "Action", "Digest", "DoorError", "Guard", "Harm", "IdUsed", "Moment", "NotAllowed", "NotFound", "Outcome", "Receipt",
    "Refused", "Stop", "Stopped", "StoppedForOne", "action_types", "guarded_by", "handles", "perform",
]  # fmt: skip

A = TypeVar("A", bound=Action)
Handler = Callable[[Any, Moment], Outcome]


class Guard(Protocol):
    """What the safeguards offer to the door."""

    def ask(self, action: Action, harm: Harm) -> Stop | None:
        """The stop that stands against the act, or None."""

    def record_attempt(self, action: Action, stop: Stop) -> None:
        """Keep that the act was tried and stopped. Runs in a transaction of its own."""


_handlers: dict[type[Action], Handler] = {}
_guards: list[Guard] = []


def handles(action_type: type[A]) -> Callable[[Callable[[A, Moment], Outcome]], Callable[[A, Moment], Outcome]]:
    """Bind a room's function to an action type. One handler a type."""

    def bind(handler: Callable[[A, Moment], Outcome]) -> Callable[[A, Moment], Outcome]:
        unknown = action_type.open_fields - set(action_type.model_fields)
        if action_type in _handlers or unknown:
            raise ValueError(
                f"{action_type.__name__} has a handler already, or names open fields that it has not: {sorted(unknown)}."
            )
        _handlers[action_type] = handler
        return handler

    return bind


def guarded_by(guard: Guard) -> None:
    """The safeguards put themselves under the door, once at start."""
    _guards.append(guard)


def action_types() -> tuple[type[Action], ...]:
    """All actions of this installation, by code."""
    return tuple(sorted(_handlers, key=lambda kind: kind.code))


def perform(action: Action) -> Receipt:
    """Perform the action once and return its receipt; the same action again returns the first receipt and changes nothing.

    Raises NotAllowed, NotFound, Refused, Stopped or IdUsed; then nothing has changed but the journal, which keeps
    refusals for want of right and stopped attempts.
    """
    handler = _handlers.get(type(action))
    if handler is None:
        raise LookupError(
            f"No room handles {type(action).__name__}. Bind a function to it with `handles` in the room's actions.py."
        )
    digest = action.digest()
    try:
        with in_turn(), transaction.atomic(), _as_kept(action):
            done = _performed(action, digest) or _perform_new(action, handler, digest)
    except (IntegrityError, Refused) as error:
        # Two makers sent the same action at once: the second finds the first one's work, and then its receipt. Anything else is raised.
        earlier = _performed(action, digest)
        if earlier is not None:
            return earlier
        if isinstance(error, IntegrityError) and _is_taken(error):
            raise IdUsed(
                "Something that this act would make is there already: an id in it was used before. Nothing was changed. "
                "Give what is new an id of its own."
            ) from error
        if isinstance(error, StoppedForOne):
            _keep_attempt(action, error.stop)
        raise
    except NotAllowed:
        with transaction.atomic():
            journal.append(
                "door.refused", by=action.by, place=action.place, facts={"tried": action.code}, action=action.id
            )
        raise
    if isinstance(done, Receipt):
        return done
    _keep_attempt(action, done)
    raise Stopped("A safeguard stands against this act. It was not done, and the attempt is recorded.", done)


def _keep_attempt(action: Action, stop: Stop) -> None:
    """In a transaction of its own: what the act itself did is rolled back by now."""
    with transaction.atomic():
        _guards[0].record_attempt(action, stop)
        journal.append(
            "safeguards.attempt_stopped",
            by=action.by,
            place=action.place,
            subject=stop.subject,
            action=action.id,
            happened_at=action.happened_at,
            facts={"tried": action.code, "harm": stop.harm, "holds": [hold["code"] for hold in stop.holds]},
        )


def _is_taken(error: IntegrityError) -> bool:
    """Whether the database refused a second row of the same id, and not something else."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.IntegrityError):
        return cause.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
    return isinstance(cause, psycopg.errors.UniqueViolation)


def _as_kept(action: Action) -> AbstractContextManager[None]:
    """The clock of the whole act: of one that is kept to the day, no row that it writes knows the hour."""
    return by_the_day(timezone.get_default_timezone()) if action.kept_to_the_day() else nullcontext()


def _performed(action: Action, digest: bytes) -> Receipt | None:
    earlier = Receipt.objects.filter(pk=action.id).first()
    if earlier is not None and bytes(earlier.digest) != digest:
        raise IdUsed(
            f"The id {action.id} belongs to another action ({earlier.code}). Give every action an id of its own."
        )
    return earlier


def _perform_new(action: Action, handler: Handler, digest: bytes) -> Receipt | Stop:
    _refuse_unkeepable(action)
    moment = Moment(recorded_at=now(), officer=_permitted(action))
    stop = _ask_safeguards(action)
    if stop is not None:
        return stop
    outcome = handler(action, moment)
    subject = outcome.subject or action.subject()
    seq = journal.append(
        action.code,
        by=action.by,
        place=action.place,
        facts=_open_part(action) | dict(outcome.facts),
        happened_at=action.happened_at,
        action=action.id,
        subject=subject,
        sealed=action.model_dump_json(exclude=set(_IN_EVERY_LINE)).encode() if subject else None,
    )
    receipt = Receipt(
        action=action.id,
        code=action.code,
        digest=digest,
        by=action.by,
        recorded_at=moment.recorded_at,
        seq=seq,
        result=dict(outcome.result),
    )
    receipt.save(force_insert=True)
    notices.queue(outcome.notices)
    return receipt


def _refuse_unkeepable(action: Action) -> None:
    """No database keeps a NUL in a text, and no calendar of ours reaches a moment before 1900 in every time zone."""
    if action.happened_at.year < 1900:
        raise Refused(
            "The act cannot have happened before the year 1900. Check the date.",
            code="too_long_ago",
            field="happened_at",
        )
    if "\\u0000" in action.model_dump_json():
        raise Refused("A text holds the character NUL, which cannot be kept. Type the text again.", code="nul")


_IN_EVERY_LINE = ("id", "by", "place", "happened_at")


def _open_part(action: Action) -> dict[str, Any]:
    return action.model_dump(mode="json", include=set(action.open_fields))


def _permitted(action: Action) -> Officer | None:
    if action.by is None:
        if not action.by_installation:
            raise NotAllowed("This act needs an officer: nobody is named as the one who does it.")
        return None
    officer = officer_or_none(action.by)
    if officer is None or not may(officer, action.needs, action.target()):
        raise NotAllowed("There is nothing here that you may do.")
    return officer


def _ask_safeguards(action: Action) -> Stop | None:
    harm = action.harm()
    if harm is None:
        return None
    if not _guards:
        raise LookupError(
            f"{action.code} could harm a person ({harm}), and no safeguards are installed to be asked. It is not performed."
        )
    for guard in _guards:
        stop = guard.ask(action, harm)
        if stop is not None:
            return stop
    return None
