"""Guards around steps of force: asked again, a remedy that stops removal, time to think. Called by actions.py, in its transactions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.dealings import Procedure, Stage
from panah.foundation.door.service import Moment, Refused
from panah.node.procedures import rules, terms
from panah.node.procedures.models import Decision, Detention, Fact, Proceeding, Step, Term, Waiver
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.service import HoldToPlace

_COOLING_OFF = "return_home/cooling_off"
DECIDED, TIME_OVER = "decided", "time_over"


def before_ending(
    row: Proceeding, shape: Procedure, stage: Stage, outcome: str, moment: Moment, following: str
) -> None:
    """Refuse a step of force that nobody was asked about, that a remedy stops, or that comes before its time."""
    if outcome == rules.WITHDRAWN and row.procedure in rules.SUSPENSIVE and rules.is_appeal(shape, stage):
        _given_up(row)
    if not rules.harm_of_ending(shape, stage, outcome, following):
        return
    if row.procedure in rules.ASKED_BEFORE:
        _asked_in_this_step(row)
        number = suspended_by(row.file, moment.recorded_at)
        if number:
            raise Refused(
                f"A remedy in {number} is open or its time still runs. Nobody is removed before it is decided or over.",
                code="remedy_open",
            )
    if row.procedure == "voluntary_return" and stage is not shape.stages[0]:
        problem = _problem_of_return(row, moment.recorded_at)
        if problem:
            raise Refused(problem, code="too_early")
    if row.procedure == "detention" and not Detention.objects.filter(proceeding=row).exists():
        raise Refused(
            "Nobody is held without legal ground, an assessment of their own case and every alternative considered. "
            "Write them down first.",
            code="no_grounds",
        )


def _given_up(row: Proceeding) -> None:
    standing = Waiver.objects.filter(decision__step__proceeding=row, revoked_at=None, confirmed_at__isnull=False)
    if not standing.exists():
        raise Refused(
            "An appeal that holds off removal is withdrawn only after the person gave it up in person, with counsel offered, and confirmed "
            "it in writing. Keep the waiver first.",
            code="no_waiver",
            field="outcome",
        )


def after_signing(row: Proceeding, stage: Stage, decision: Decision, moment: Moment) -> None:
    """Where a remedy lies against what was signed, removal is held off."""
    outcome = decision.outcome
    if row.procedure not in rules.SUSPENSIVE or rules.frees(stage, outcome):
        return
    if stage.remedy is None and row.procedure not in rules.COERCIVE:
        return
    hold_off(row, decision, moment)


def hold_off(row: Proceeding, decision: Decision, moment: Moment) -> None:
    """Hold removal off because of the remedy against a decision. The reason ends by itself only when the remedy is over (`why_over`)."""
    by = str(moment.officer.pk) if moment.officer else ""
    reason = {"rule": safeguards.REMEDY, "key": str(decision.pk), "proceeding": row.number, "by": by}
    safeguards.place_holds(row.file, [HoldToPlace("no_removal", (reason,))], moment)
    Decision.objects.filter(pk=decision.pk).update(holds_removal=True)


def appeal_begins(row: Proceeding, shape: Procedure, stage: Stage, moment: Moment) -> None:
    """An appeal, also one that comes late, holds removal off anew."""
    if row.procedure in rules.SUSPENSIVE and rules.is_appeal(shape, stage):
        decision = Decision.objects.filter(step__proceeding=row, signed_at__isnull=False).order_by("signed_at").last()
        if decision is not None:
            hold_off(row, decision, moment)


def why_over(decision: Decision, moment: datetime) -> str:
    """Why the remedy against a signed decision is over: `decided` or `time_over`. Empty while it is not, and where anything is not known."""
    step = decision.step
    row, shape = step.proceeding, terms.shape_of(step.proceeding)
    stage = shape.stage(step.stage)
    told = decision.notified_at is not None and decision.notified_how != "not_found"
    if not told or rules.meaning(stage, decision.outcome) not in rules.AGAINST or decision.waivers.exists():
        return ""
    later = row.steps.filter(pk__gt=step.pk).order_by("pk")
    appeals = [one for one in later if rules.is_appeal(shape, shape.stage(one.stage))]
    if appeals:
        last = appeals[-1]
        spoken = last.ended_at is not None and rules.is_last_word(shape, stage, shape.stage(last.stage), last.outcome)
        return DECIDED if spoken and _told_of(last, shape.stage(last.stage)) else ""
    lodged = Fact.objects.filter(proceeding__file=row.file, code="appeal_filed", recorded_at__gte=decision.signed_at)
    on = registration.local_day(decision.notified_at) if decision.notified_at else registration.local_day(moment)
    names = rules.times_of_remedy(registration.node_pack(), stage, on)
    if lodged.exists() or names is None:
        return ""
    running = {term.parameter: term for term in step.terms.filter(remedy=True)}
    over = all(name in running and _is_over(running[name], moment) for name in names)
    return TIME_OVER if over else ""


def _is_over(term: Term, moment: datetime) -> bool:
    return term.verified and not term.unknown and term.due_at is not None and term.due_at < moment


def _told_of(step: Step, stage: Stage) -> bool:
    """Whether the person was told of what ended an appeal, where it ended with a decision of this room."""
    if not rules.is_decision(stage):
        return True
    spoken = step.decisions.filter(signed_at__isnull=False).last()
    return spoken is not None and spoken.notified_at is not None and spoken.notified_how != "not_found"


def used(row: Proceeding, shape: Procedure) -> None:
    """Once a remedy was filed, the time to file it counts no further. Of several times only the one of the stage that is open: which other
    remedy was meant is not known, and a time that runs on harms nobody. What is held off stays held off."""
    filed = row.facts.filter(code="appeal_filed").last()
    decided = row.steps.filter(ended_at__isnull=False).order_by("-pk")
    last = next((one for one in decided if rules.is_appeal(shape, shape.stage(one.stage)) or _signed_at(one)), None)
    if filed is None or last is None:
        return
    signed, spoken = _signed_at(last), rules.is_appeal(shape, shape.stage(last.stage))
    earlier = signed is not None and filed.recorded_at < signed
    if earlier or (spoken and last.ended_at is not None and filed.at <= last.ended_at):
        return
    names = {name for one in shape.stages if one.remedy for name in one.remedy.terms}
    stage = shape.stage(row.stage) if row.stage else None
    if stage is not None and rules.is_appeal(shape, stage):
        names = names & set(stage.terms) or names
    running = Term.objects.filter(step__proceeding=row, step__pk__gte=last.pk, done_at=None, parameter__in=names)
    if len(set(running.values_list("parameter", flat=True))) == 1:
        running.update(done_at=filed.at)


def _signed_at(step: Step) -> datetime | None:
    return step.decisions.filter(signed_at__isnull=False).values_list("signed_at", flat=True).last()


def appeal_decided(row: Proceeding, shape: Procedure, stage: Stage, at: datetime) -> None:
    """An appeal that was decided ends the terms of its remedy."""
    if rules.is_appeal(shape, stage):
        used = Term.objects.filter(step__proceeding=row, remedy=True, parameter__in=stage.terms, done_at=None)
        used.update(done_at=at)


def suspended_by(file: UUID, moment: datetime) -> str:
    """The number of a proceeding whose remedy is open or whose time for one still runs; empty when there is none."""
    running = Step.objects.filter(proceeding__file=file, proceeding__procedure__in=rules.SUSPENSIVE)
    for step in running.filter(ended_at=None).select_related("proceeding"):
        shape = terms.shape_of(step.proceeding)
        if rules.is_appeal(shape, shape.stage(step.stage)):
            return step.proceeding.number
    # Filed elsewhere: no time counts any more, and nothing of this room says that it was decided.
    held = Decision.objects.filter(step__proceeding__file=file, holds_removal=True, signed_at__isnull=False)
    held = held.select_related("step__proceeding")
    for decision in held.exclude(waivers__revoked_at=None, waivers__confirmed_at__isnull=False):
        row = decision.step.proceeding
        filed = row.facts.filter(code="appeal_filed", recorded_at__gte=decision.signed_at)
        if filed.exists() and not _was_decided(row, decision):
            return row.number
    # A time whose end is not known is not over: the pack has no figure, or the person was not found to be told.
    waiting = Q(due_at__gt=moment) | Q(due_at=None, step__decisions__signed_at__isnull=False)
    for term in Term.objects.filter(
        waiting, remedy=True, done_at=None, step__in=running, step__ended_at__isnull=False
    ).select_related("step__proceeding"):
        stage = terms.shape_of(term.step.proceeding).stage(term.step.stage)
        if Waiver.objects.filter(decision__step=term.step, revoked_at=None, confirmed_at__isnull=False).exists():
            continue
        if rules.meaning(stage, term.step.outcome) not in ("frees", "grants"):
            return term.step.proceeding.number
    return ""


def _was_decided(row: Proceeding, decision: Decision) -> bool:
    """Whether a stage of the remedy against a decision has come to its end here."""
    shape = terms.shape_of(row)
    later = row.steps.filter(pk__gt=decision.step_id, ended_at__isnull=False)
    return any(rules.is_appeal(shape, shape.stage(one.stage)) for one in later)


def _asked_in_this_step(row: Proceeding) -> None:
    asked = row.steps.get(ended_at=None).asked_again.last()
    if asked is None:
        raise Refused(
            "Ask the person again before this step: fear, health, pressure, children, family. Keep the answers first.",
            code="not_asked",
        )
    missing = rules.unanswered(asked.answers)
    if missing:
        raise Refused(
            f"These questions are not answered with yes or no: {', '.join(missing)}. What is not known is not a no.",
            code="unanswered",
        )
    if rules.holds_of_answers(asked.answers):
        raise Refused(
            "The person answered yes to a question that stops this step. The holds stand; the step waits for them to be "
            "lifted, and for the person to be asked again.",
            code="answered_yes",
        )


def _problem_of_return(row: Proceeding, moment: datetime) -> str:
    pack, facts = registration.node_pack(), terms.facts_of(row)
    counselled = row.facts.filter(code="return_counselling").last()
    found = rules.reckon(pack, calendar_of(pack), _COOLING_OFF, facts, ())
    return rules.problem_of_return(counselled.at if counselled else None, found.due if found else None, moment)
