"""What the acts about remedies do: that one is over, that a person gives one up and takes that back. A writer beside actions.py."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.procedures import actions, rules, terms
from panah.node.procedures.actions import remedies
from panah.node.procedures.models import Decision, Detention, Proceeding, Step, Term, Waiver
from panah.node.procedures.remedy_acts import ConfirmWaiver, DeclareWaiver, EndRemedy, RevokeWaiver
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

TIME_TO_THINK = "remedy/time_to_think"
MAJORITY = "child/age_of_majority"


@handles(EndRemedy)
def end_remedy(action: EndRemedy, moment: Moment) -> Outcome:
    if moment.officer is not None:
        raise Refused("A remedy is over by itself, never by an officer's word.", code="by_itself")
    decision = Decision.objects.select_for_update().filter(pk=action.decision, holds_removal=True).first()
    why = remedies.why_over(decision, moment.recorded_at) if decision else ""
    if decision is None or not why:
        raise Refused("The remedy is open, may still be used, or it is not known whether it may.", code="not_over")
    row = decision.step.proceeding
    fell = safeguards.end_reason(row.file, "no_removal", str(decision.pk), why, moment)
    Decision.objects.filter(pk=decision.pk).update(holds_removal=False)
    return Outcome(facts=actions.facts_of_act(row) | {"why": why, "fell": fell is True})


@handles(DeclareWaiver)
def declare_waiver(action: DeclareWaiver, moment: Moment) -> Outcome:
    row = action.row
    decision = _decision_with_open_remedy(action, row)
    if action.by is None:
        raise Refused("An officer takes down what the person says.", code="no_author")
    _refuse_unfree(row, moment, lawyer=action.lawyer_present, in_person=action.in_person, understood=action.understood)
    if action.counsel_at > action.happened_at:
        raise Refused(
            "Legal counsel is offered before a remedy is given up. Say when that was.",
            code="counsel_after",
            field="counsel_at",
        )
    if decision.notified_at is None or action.happened_at < decision.notified_at:
        raise Refused("Nobody gives up a remedy against a decision that they were not told of.", code="not_told")
    Waiver.objects.create(
        id=action.waiver,
        decision=decision,
        said=action.said,
        counsel=action.counsel,
        counsel_at=action.counsel_at,
        lawyer_present=action.lawyer_present,
        language=action.language,
        interpreter=action.interpreter,
        declared_at=moment.recorded_at,
        declared_by=action.by,
        may_confirm_at=_thought_over(moment.recorded_at),
    )
    return _told("procedures.waiver_declared", row, result={"waiver": str(action.waiver)})


@handles(ConfirmWaiver)
def confirm_waiver(action: ConfirmWaiver, moment: Moment) -> Outcome:
    row, given = action.row, action.given
    if given.revoked_at is not None or given.confirmed_at is not None:
        raise Refused("This waiver was confirmed or taken back already.", code="answered")
    _refuse_unfree(row, moment, lawyer=action.lawyer_present, in_person=True, understood=True)
    if moment.recorded_at < given.may_confirm_at:
        until = f"{given.may_confirm_at:%Y-%m-%d %H:%M %Z}"
        raise Refused(f"The person has time to think until {until}. Ask again then.", code="too_early")
    Waiver.objects.filter(pk=given.pk).update(confirmed_at=moment.recorded_at, paper=action.paper)
    return _told("procedures.waiver_confirmed", row)


@handles(RevokeWaiver)
def revoke_waiver(action: RevokeWaiver, moment: Moment) -> Outcome:
    row, given = action.row, action.given
    if given.revoked_at is not None:
        raise Refused("This waiver was taken back already.", code="answered")
    if _is_gone(row, given.declared_at):
        raise Refused("The removal or return was carried out; nothing is left to take back.", code="gone")
    Waiver.objects.filter(pk=given.pk).update(revoked_at=moment.recorded_at)
    remedies.hold_off(row, given.decision, moment)
    _reopen(row, given, moment)
    return _told("procedures.waiver_revoked", row)


def _decision_with_open_remedy(action: DeclareWaiver, row: Proceeding) -> Decision:
    found = Decision.objects.filter(pk=action.decision, step__proceeding=row, signed_at__isnull=False).first()
    if found is None:
        raise NotFound("There is no such decision.")
    shape = terms.shape_of(row)
    stage = shape.stage(found.step.stage)
    if stage.remedy is None or rules.meaning(stage, found.outcome) not in rules.AGAINST:
        raise Refused("No remedy of the person lies against this decision.", code="no_remedy")
    now_at = shape.stage(row.stage) if row.stage else None
    if row.procedure in rules.COERCIVE and now_at is not None and rules.is_appeal(shape, now_at):
        raise Refused(
            "The appeal lies before those who decide on it: it is withdrawn there, and their word is recorded here.",
            code="appeal_open",
        )
    if found.waivers.filter(revoked_at=None).exists():
        raise Refused("The person has given up this remedy already. It can be taken back.", code="waived")
    return found


def _refuse_unfree(row: Proceeding, moment: Moment, *, lawyer: bool, in_person: bool, understood: bool) -> None:
    problem = rules.problem_of_waiver(
        absolute=any(hold.absolute and hold.code == "no_removal" for hold in safeguards.standing(row.file)),
        child=may_be_child(row, moment),
        held=is_held(row),
        lawyer=lawyer,
        in_person=in_person,
        understood=understood,
    )
    if problem:
        raise Refused(problem, code="not_free")


def may_be_child(row: Proceeding, moment: Moment) -> bool:
    """Whether the person is a child, is treated so, or nothing is known of their age."""
    file, decided = registration.file_by_id(row.file), profiling.confirmed(row.file)
    held = any(
        hold.code == "treat_as_child" or (hold.code == "no_detention" and hold.absolute)
        for hold in safeguards.standing(row.file)
    )
    if held or "child_alone" in file.urgent or (decided is not None and decided.child):
        return True
    today = terms.local_day(moment.recorded_at)
    if file.birth_to is not None:
        return _years(file.birth_to, today) < _majority(today)
    return file.age_estimate is None or file.age_estimate < _majority(today)


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _majority(today: date) -> int:
    value = registration.node_pack().parameters[MAJORITY].value_on(today)
    return 18 if isinstance(value, Unknown) else int(value.number)


def is_held(row: Proceeding) -> bool:
    """Whether the person is held, or a procedure of detention is open: then it is not known that they are not."""
    files = Detention.objects.filter(proceeding__file=row.file, released_at=None)
    return files.exists() or Proceeding.objects.filter(file=row.file, procedure="detention", ended_at=None).exists()


def _thought_over(declared: datetime) -> datetime:
    """When the time to think is over: the pack's, else at once; confirming is an act of its own either way."""
    pack = registration.node_pack()
    found = rules.reckon(pack, calendar_of(pack), TIME_TO_THINK, {"waiver_declared": declared}, ())
    if found is not None and found.due is None:
        raise Refused(f"How long the time to think is cannot be reckoned: {found.unknown}", code="no_time_to_think")
    return found.due if found is not None and found.due is not None else declared


def _is_gone(row: Proceeding, since: datetime) -> bool:
    """Whether the person was removed or has left since a moment."""
    for step in Step.objects.filter(proceeding__file=row.file, ended_at__gte=since).select_related("proceeding"):
        stage = terms.shape_of(step.proceeding).stage(step.stage)
        if rules.meaning(stage, step.outcome) == "gone":
            return True
    return False


def _reopen(row: Proceeding, given: Waiver, moment: Moment) -> None:
    """What the waiver ended goes on: the times of the remedy, and an appeal that was withdrawn because of it."""
    Term.objects.filter(step=given.decision.step, remedy=True).update(done_at=None)
    shape = terms.shape_of(row)
    last = row.steps.filter(outcome=rules.WITHDRAWN).last()
    others = Q(file=row.file, procedure=row.procedure, ended_at=None)
    if row.ended_at is not None and last is not None and rules.is_appeal(shape, shape.stage(last.stage)):
        if Proceeding.objects.filter(others).exists():
            return
        Proceeding.objects.filter(pk=row.pk).update(stage=last.stage, ended_at=None, outcome="")
        row.refresh_from_db()
        actions.begin(row, shape.stage(last.stage), moment.recorded_at, moment)
    else:
        actions.reckon_again(row)


def _told(code: str, row: Proceeding, result: dict[str, str] | None = None) -> Outcome:
    facts = {"number": row.number}
    words = (
        Word(code, body=row.body, role="supervisor", facts=facts, link=actions.link(row)),
        Word(code, role="ombudsman", facts=facts, link=actions.link(row)),
    )
    return Outcome(result=result or {}, facts=actions.facts_of_act(row), notices=words)
