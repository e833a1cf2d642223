"""The actions of this room and their handlers: the only code that writes holds, lifts, attempts and coercive acts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints
from uuid6 import uuid7

from panah.foundation.access.models import officer_or_none
from panah.foundation.clock import now
from panah.foundation.door.service import Action, Harm, Moment, NotFound, Outcome, Refused, Stop, handles
from panah.foundation.notices import service as notices
from panah.foundation.notices.service import Word
from panah.node.safeguards import files, need_to_know, rules
from panah.node.safeguards.models import Attempt, CoerciveAct, Guarded, Hold, Lift
from panah.node.safeguards.permissions import Asked

LongReason = Annotated[str, StringConstraints(min_length=rules.SHORTEST_REASON, max_length=2000)]
HoldCode = Literal[rules.HOLD_CODES]  # type: ignore[valid-type]

# Closing a file has an action of its own in the room that keeps it.
COERCIVE = tuple(harm for harm in Harm if harm is not Harm.CLOSING_FILE)
ENDINGS = ("carried_out", "not_carried_out", "released")


@dataclass(frozen=True)
class HoldToPlace:
    """A hold that the screening, or an officer, found due. `because` are JSON objects: rule, answers, source. `marks`
    are of rules.MARKS and say what may make the hold absolute."""

    code: str
    because: tuple[Mapping[str, Any], ...]
    marks: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        strange = self.marks - set(rules.MARKS)
        if self.code not in rules.HOLD_CODES or not self.because or strange:
            raise ValueError(
                f"The hold {self.code!r} with {len(self.because)} reasons and the marks {sorted(strange)} cannot be "
                f"placed. Give a code of {', '.join(rules.HOLD_CODES)}, at least one reason, and marks of "
                f"{', '.join(rules.MARKS)}."
            )


class PlaceHold(Action):
    """An officer places a hold on a person's file."""

    code: ClassVar[str] = "safeguards.place_hold"
    needs: ClassVar[str] = "safeguards.place_hold"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "safeguard"})

    file: UUID
    safeguard: HoldCode
    reason: LongReason
    mark: Literal["", "child", "torture", "death_penalty"] = ""

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return files.found(self.file)


class LiftHold(Action):
    """One authority says, with its reason, that a hold may fall. It falls with the second one."""

    code: ClassVar[str] = "safeguards.lift_hold"
    needs: ClassVar[str] = "safeguards.lift_hold"
    open_fields: ClassVar[frozenset[str]] = frozenset({"hold"})

    hold: UUID
    reason: LongReason

    def subject(self) -> UUID:
        return _hold(self.hold).subject

    def target(self) -> Any:
        return files.found(self.subject())


class AskCoerciveAct(Action):
    """An authority asks whether an act of force may go on. What the safeguards do not stop is recorded, and holds for
    that moment only."""

    code: ClassVar[str] = "safeguards.ask_coercive_act"
    needs: ClassVar[str] = "safeguards.ask_coercive_act"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "act"})

    file: UUID
    act: Literal[COERCIVE]  # type: ignore[valid-type]
    legal_ground: Annotated[str, StringConstraints(min_length=5, max_length=300)]
    reason: LongReason

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return Asked(files.found(self.file), Harm(self.act))

    def harm(self) -> Harm:
        return Harm(self.act)


class EndCoerciveAct(Action):
    """Say how an act of force ended: carried out, not carried out, or the person was released."""

    code: ClassVar[str] = "safeguards.end_coercive_act"
    needs: ClassVar[str] = "safeguards.ask_coercive_act"
    open_fields: ClassVar[frozenset[str]] = frozenset({"coercive_act", "how"})

    coercive_act: UUID
    how: Literal[ENDINGS]  # type: ignore[valid-type]

    def subject(self) -> UUID:
        return _coercive_act(self.coercive_act).subject

    def target(self) -> Any:
        asked = _coercive_act(self.coercive_act)
        return Asked(files.found(asked.subject), Harm(asked.act))


@handles(PlaceHold)
def place_hold(action: PlaceHold, moment: Moment) -> Outcome:
    words = {"rule": "officer", "by": str(action.by), "reason": action.reason}
    marks = frozenset({action.mark} - {""})
    (hold,) = place(action.file, [HoldToPlace(action.safeguard, (words,), marks)], at=moment.recorded_at, by=action.by)
    return Outcome(result={"hold": str(hold.id)}, facts={"hold": str(hold.id)})


@handles(LiftHold)
def lift_hold(action: LiftHold, moment: Moment) -> Outcome:
    assert moment.officer is not None  # noqa: S101 - `by_installation` is off, so the door has an officer
    officer, subject = moment.officer, action.subject()
    _lock(subject)
    hold = Hold.objects.get(pk=action.hold)
    if hold.lifted_at is not None:
        raise Refused(gettext("This hold has fallen already. Nothing is left to lift."), code="not_standing")
    given = [rules.GivenLift(str(lift.by), lift.body, lift.competent) for lift in hold.lifts.filter(voided_at=None)]
    this = rules.GivenLift(str(officer.pk), officer.body, rules.is_competent(hold.code, officer.roles))
    if not hold.absolute and not rules.may_lift(hold.code, officer.roles):
        raise NotFound("There is no such hold.")
    if not hold.absolute and need_to_know.keeps_back(officer, hold):
        raise Refused(str(_REFUSALS["reasons_closed"]), code="reasons_closed")
    tried = Attempt.objects.filter(subject=subject, by=officer.pk).exists()
    problem = rules.why_not_lift(hold.code, absolute=hold.absolute, given=given, now=this, tried_the_act=tried)
    if problem:
        raise Refused(str(_REFUSALS[problem]), code=problem)
    Lift.objects.create(
        id=action.id,
        hold=hold,
        by=officer.pk,
        body=officer.body,
        competent=this.competent,
        reason=action.reason,
        at=moment.recorded_at,
    )
    fell = rules.falls(len(given) + 1)
    if fell:
        Hold.objects.filter(pk=hold.pk).update(lifted_at=moment.recorded_at)
    code = "safeguards.hold_fell" if fell else "safeguards.lift_waits"
    return Outcome(
        result={"hold": str(hold.id), "fell": fell},
        facts={"safeguard": hold.code, "fell": fell},
        notices=_to_overseers(code, {"safeguard": hold.code}, reverse("hold", args=[hold.id])),
    )


_REFUSALS = {
    "absolute": _("This hold is absolute: no role can lift it."),
    "no_body": _(
        "Your account names no body, so your word is no authority's. Ask the administrator to enter your body."
    ),
    "same_officer": _("You have given your word already. The second one is another officer's, of another body."),
    "same_body": _("An officer of your body has given its word already. The second one is another body's."),
    "tried_the_act": _(
        "You asked for an act that a hold on this file stopped. Others decide whether the hold may fall."
    ),
    "reasons_closed": _(
        "Some reasons of this hold are restricted. The first word is that of the body that works with the person; after it the reasons "
        "are open to you, and you can say yours."
    ),
    "not_competent": _(
        "One of the two words must be of a body that is competent for this safeguard. Ask an officer of one."
    ),
}


@handles(AskCoerciveAct)
def ask_coercive_act(action: AskCoerciveAct, moment: Moment) -> Outcome:
    assert moment.officer is not None  # noqa: S101
    CoerciveAct.objects.create(
        id=action.id,
        subject=action.file,
        act=action.act,
        legal_ground=action.legal_ground,
        reason=action.reason,
        by=moment.officer.pk,
        body=moment.officer.body,
        place=action.place,
        asked_at=moment.recorded_at,
    )
    return Outcome(result={"coercive_act": str(action.id)})


@handles(EndCoerciveAct)
def end_coercive_act(action: EndCoerciveAct, moment: Moment) -> Outcome:
    changed = CoerciveAct.objects.filter(pk=action.coercive_act, ended_at=None).update(
        ended_at=moment.recorded_at, ended_how=action.how
    )
    if not changed:
        raise Refused(gettext("The end of this act is on record already."), code="ended_already")
    return Outcome()


def place(subject: UUID, holds: Sequence[HoldToPlace], *, at: datetime, by: UUID | None) -> tuple[Hold, ...]:
    """Place holds inside the caller's transaction. What stands already gains the new reasons; lifts that did not know
    them count no more; acts of force that were let pass earlier are marked stopped and their overseers told."""
    _lock(subject)
    placed = tuple(_place_one(subject, hold, at, by) for hold in holds)
    _stop_open_acts(subject, {hold.code for hold in placed}, at)
    return placed


def end_reason(subject: UUID, code: str, key: str, why: str, at: datetime) -> bool | None:
    """End the reasons of that key behind a standing hold, inside the caller's transaction; other reasons stay. Returns whether the hold
    fell, or None where no such reason stood. Those who oversee are told."""
    _lock(subject)
    hold = Hold.objects.filter(subject=subject, code=code, lifted_at=None).first()
    mine = {
        number
        for number, reason in enumerate(hold.because if hold else ())
        if reason.get("key") == key
        and reason.get("rule") in rules.ENDING_REASONS.get(code, ())
        and not rules.has_ended(reason)
    }
    if hold is None or not mine:
        return None
    hold.because = [
        {**reason, "ended": at.isoformat(), "ended_because": why} if number in mine else reason
        for number, reason in enumerate(hold.because)
    ]
    fell = rules.falls_with_its_reasons(absolute=hold.absolute, because=hold.because)
    hold.lifted_at = at if fell else None
    hold.save(update_fields=["because", "lifted_at"])
    word = "safeguards.hold_fell_by_itself" if fell else "safeguards.reason_ended"
    notices.queue(_to_overseers(word, {"safeguard": code}, reverse("hold", args=[hold.id])))
    return fell


def note_screened(subject: UUID, at: datetime) -> None:
    """Keep that the person was screened, inside the caller's transaction. Until then every act of force is stopped."""
    _lock(subject)
    Guarded.objects.filter(pk=subject).update(screened_at=at)


def keep_attempt(action: Action, stop: Stop) -> None:
    """Keep that an act was tried and stopped, once for each action, and tell those who oversee."""
    officer = officer_or_none(action.by)
    codes = [str(hold["code"]) for hold in stop.holds]
    _attempt, new = Attempt.objects.get_or_create(
        id=action.id,
        defaults={
            "subject": stop.subject,
            "tried": action.code,
            "harm": stop.harm.value,
            "holds": codes,
            "by": action.by,
            "body": officer.body if officer else "",
            "place": action.place,
            "happened_at": action.happened_at,
            "recorded_at": now(),
        },
    )
    if new:
        words = _to_overseers(
            "safeguards.attempt_stopped", {"harm": stop.harm.value}, reverse("board_list", args=["attempts"])
        )
        notices.queue(words)


def _lock(subject: UUID) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("Holds were to be written outside a transaction. Go through the action door.")
    Guarded.objects.get_or_create(subject=subject)
    Guarded.objects.select_for_update().get(pk=subject)


def _place_one(subject: UUID, wanted: HoldToPlace, at: datetime, by: UUID | None) -> Hold:
    absolute = rules.is_absolute(wanted.code, wanted.marks)
    standing = Hold.objects.filter(subject=subject, code=wanted.code, lifted_at=None).first()
    if standing is None:
        return Hold.objects.create(
            id=uuid7(),
            subject=subject,
            code=wanted.code,
            absolute=absolute,
            because=_each_once(wanted.because),
            placed_at=at,
            placed_by=by,
        )
    reasons = _each_once([*standing.because, *wanted.because])
    if len(reasons) > len(standing.because) or absolute > standing.absolute:
        standing.because, standing.absolute = reasons, standing.absolute or absolute
        standing.save(update_fields=["because", "absolute"])
        standing.lifts.filter(voided_at=None).update(voided_at=at)
    return standing


def _each_once(reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({json.dumps(reason, sort_keys=True, default=str): dict(reason) for reason in reasons}.values())


def _stop_open_acts(subject: UUID, codes: set[str], at: datetime) -> None:
    stopped = {harm.value for code in codes for harm in rules.stopped_by(code)}
    open_acts = CoerciveAct.objects.filter(Q(act__in=stopped), subject=subject, ended_at=None, stopped_at=None)
    for act in tuple(open_acts):
        facts, code = {"harm": act.act}, "safeguards.act_must_stop"
        told = _to_overseers(code, facts, reverse("board_list", args=["acts-against-a-hold"]))
        notices.queue((*told, Word(code, officer=act.by, facts=facts, link=reverse("coercive_act", args=[subject]))))
    open_acts.update(stopped_at=at)


def _to_overseers(code: str, facts: Mapping[str, str], link: str) -> tuple[Word, ...]:
    return tuple(Word(code, role=role, facts=facts, link=link) for role in ("supervisor", "ombudsman"))


def _hold(identifier: UUID) -> Hold:
    hold = Hold.objects.filter(pk=identifier).first()
    if hold is None:
        raise NotFound("There is no such hold.")
    return hold


def _coercive_act(identifier: UUID) -> CoerciveAct:
    act = CoerciveAct.objects.filter(pk=identifier).first()
    if act is None:
        raise NotFound("There is no such act.")
    return act
