"""A person's way through a procedure, stage by stage. The only writer of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from pydantic import AwareDatetime

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.dealings import Procedure, Stage
from panah.cores.lawbook.terms import Suspension
from panah.foundation.access.models import Officer
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.custody import service as custody
from panah.node.procedures import rules, terms
from panah.node.procedures.actions import interpreters, remedies, third_state
from panah.node.procedures.acts import (
    AddEvidence,
    DraftDecision,
    EndStage,
    NotifyDecision,
    OpenProceeding,
    PauseClocks,
    RecordFact,
    RecordHearing,
    ResumeClocks,
    SendDecisionBack,
    SetHearing,
    SignDecision,
    WarnOfTerm,
)
from panah.node.procedures.models import Decision, Detention, Evidence, Fact, Hearing, Pause, Proceeding, Step, Term
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration


@handles(OpenProceeding)
def open_proceeding(action: OpenProceeding, moment: Moment) -> Outcome:
    pack = registration.node_pack()
    on = terms.local_day(moment.recorded_at)
    shape = pack.procedure(action.procedure, on)
    if isinstance(shape, Unknown):
        raise Refused(shape.why, code="no_procedure", field="procedure")
    first = rules.first_stage(shape, action.stage)
    if first is None:
        allowed = ", ".join(stage.id for stage in shape.beginnings())
        raise Refused(
            f"The procedure does not begin with '{action.stage}'. It begins with: {allowed}.",
            code="no_beginning",
            field="stage",
        )
    earlier = Proceeding.objects.filter(file=action.file)
    if earlier.filter(procedure=action.procedure, ended_at=None).exists():
        raise Refused(
            "This procedure is open for the person already. Go on in it.", code="open_already", field="procedure"
        )
    file = registration.file_by_id(action.file)
    row = Proceeding.objects.create(
        id=action.proceeding,
        number=f"{file.number}-P{earlier.count() + 1}",
        file=action.file,
        procedure=shape.code,
        body=moment.officer.body if moment.officer else "",
        referral=action.referral,
        shape_on=on,
        pack=pack.code,
        pack_version=pack.version,
        pack_digest=pack.digest,
        stage=first.id,
        opened_at=moment.recorded_at,
        opened_by=action.by,
    )
    keep_fact(row, "arrival", file.arrived_at, moment.recorded_at, action.by)
    begin(row, first, action.happened_at, moment)
    facts = {"number": row.number, "procedure": row.procedure, "stage": first.id}
    return Outcome(result={"proceeding": str(row.pk), "number": row.number}, facts=facts)


@handles(EndStage)
def end_stage(action: EndStage, moment: Moment) -> Outcome:
    row = open_one(action.row)
    stage = _shape(row).stage(row.stage)
    if rules.is_decision(stage) and action.outcome != rules.WITHDRAWN:
        raise Refused(
            "This stage ends with a decision: draft it with its reasons, and another officer signs it.",
            code="needs_decision",
            field="outcome",
        )
    _require_taken(row, stage, action)
    step = row.steps.get(ended_at=None).pk
    ended = _end(row, action.outcome, action.following, action, moment, action.remark)
    if action.to_state:
        Step.objects.filter(pk=step).update(to_state=action.to_state)
    return ended


def _require_taken(row: Proceeding, stage: Stage, action: EndStage | DraftDecision) -> None:
    """A state is named only where the outcome takes the person to one. Raises Refused."""
    if action.to_state and not rules.is_carried_out(row.procedure, stage, action.outcome):
        raise Refused(
            "A state is named to which nobody was taken. Say it only of a removal or readmission that was carried out.",
            code="nobody_taken",
            field="to_state",
        )


@handles(RecordFact)
def record_fact(action: RecordFact, moment: Moment) -> Outcome:
    row = open_one(action.row)
    known = terms.recordable()
    if action.fact not in known:
        raise Refused(
            f"There is no fact '{action.fact}' to be said by itself. Allowed are: {', '.join(known)}.",
            code="no_fact",
            field="fact",
        )
    if action.at > moment.recorded_at:
        raise Refused("What has not happened yet starts no clock. Give a day up to today.", code="future", field="at")
    keep_fact(row, action.fact, action.at, moment.recorded_at, action.by, to_the_day=action.to_the_day)
    reckon_again(row)
    return Outcome(facts=facts_of_act(row))


@handles(PauseClocks)
def pause_clocks(action: PauseClocks, moment: Moment) -> Outcome:
    row = open_one(action.row)
    known = terms.cause_codes()
    if action.cause not in known:
        raise Refused(
            f"There is no cause '{action.cause}'. Allowed are: {', '.join(known)}.", code="no_cause", field="cause"
        )
    if row.pauses.filter(cause=action.cause, end=None).exists():
        raise Refused("The clocks stand still for this cause already.", code="paused_already", field="cause")
    Pause.objects.create(proceeding=row, cause=action.cause, start=action.start)
    reckon_again(row)
    return Outcome(facts=facts_of_act(row))


@handles(ResumeClocks)
def resume_clocks(action: ResumeClocks, moment: Moment) -> Outcome:
    row = open_one(action.row)
    pause = row.pauses.filter(cause=action.cause, end=None).first()
    if pause is None:
        raise Refused("No clock stands still for this cause.", code="not_paused", field="cause")
    if action.end < pause.start:
        raise Refused(f"The pause began on {pause.start}; it cannot end before.", code="before_start", field="end")
    Pause.objects.filter(pk=pause.pk).update(end=action.end)
    reckon_again(row)
    return Outcome(facts=facts_of_act(row))


@handles(AddEvidence)
def add_evidence(action: AddEvidence, moment: Moment) -> Outcome:
    row = open_one(action.row)
    Evidence.objects.create(
        proceeding=row,
        kind=action.kind,
        grade=action.grade,
        what=action.what,
        received_at=action.happened_at,
        by=action.by,
    )
    return Outcome(facts=facts_of_act(row))


@handles(SetHearing)
def set_hearing(action: SetHearing, moment: Moment) -> Outcome:
    row = open_one(action.row)
    if action.setting in rules.SETTINGS_WITH_REASON and not action.setting_reason:
        raise Refused(
            "An interview in this setting needs a reason. Write why it cannot be in a private room.",
            code="setting_reason",
            field="setting_reason",
        )
    if action.at <= moment.recorded_at:
        raise Refused("The hearing lies in the past. Give a moment to come.", code="past", field="at")
    interpreters.check(action.interpreter_account, action.interpreter)
    Hearing.objects.create(
        id=action.hearing,
        proceeding=row,
        at=action.at,
        minutes=action.minutes,
        room=action.room,
        setting=action.setting,
        setting_reason=action.setting_reason,
        language=action.language,
        interpreter=action.interpreter,
        interpreter_account=action.interpreter_account,
        same_sex=action.same_sex,
    )
    word = interpreters.asked(action.interpreter_account, action.hearing, row.number)
    return Outcome(result={"hearing": str(action.hearing)}, facts=facts_of_act(row), notices=word)


@handles(RecordHearing)
def record_hearing(action: RecordHearing, moment: Moment) -> Outcome:
    row = open_one(action.row)
    hearing = row.hearings.select_for_update().filter(pk=action.hearing).first()
    if hearing is None:
        raise NotFound("There is no such hearing.")
    if hearing.held_at is not None:
        raise Refused(
            "The record of this hearing is kept already, and is not changed. Set another hearing to add to it.",
            code="kept",
        )
    Hearing.objects.filter(pk=hearing.pk).update(held_at=action.held_at, record=action.record)
    keep_fact(row, "asylum_interview", action.held_at, moment.recorded_at, action.by)
    reckon_again(row)
    return Outcome(facts=facts_of_act(row))


@handles(DraftDecision)
def draft_decision(action: DraftDecision, moment: Moment) -> Outcome:
    row = open_one(action.row)
    shape = _shape(row)
    stage = shape.stage(row.stage)
    if not rules.is_decision(stage):
        raise Refused("This stage ends without a decision.", code="no_decision")
    if action.outcome not in rules.outcomes(shape, stage):
        raise Refused(
            f"The decision cannot be '{action.outcome}'. Allowed are: {', '.join(rules.outcomes(shape, stage))}.",
            code="no_outcome",
            field="outcome",
        )
    _require_taken(row, stage, action)
    step = row.steps.get(ended_at=None)
    if step.decisions.filter(signed_at=None, sent_back="").exists():
        raise Refused(
            "A draft waits for a signature. It is signed or sent back before another is written.", code="waiting"
        )
    if action.by is None:
        raise Refused("A decision is written by an officer.", code="no_author")
    Decision.objects.create(
        id=action.decision,
        step=step,
        body=step.body,
        outcome=action.outcome,
        facts_found=action.facts_found,
        law_applied=action.law_applied,
        assessment=action.assessment,
        to_state=action.to_state,
        drafted_at=moment.recorded_at,
        drafted_by=action.by,
    )
    word = Word("procedures.to_sign", body=row.body, role="supervisor", facts={"number": row.number}, link=link(row))
    return Outcome(result={"decision": str(action.decision)}, facts=facts_of_act(row), notices=(word,))


@handles(SignDecision)
def sign_decision(action: SignDecision, moment: Moment) -> Outcome:
    row = open_one(action.row)
    draft = _waiting(action.draft)
    if draft.drafted_by == action.by:
        raise Refused("Nobody signs a decision of their own. Another officer signs it.", code="own_decision")
    Decision.objects.filter(pk=draft.pk).update(signed_at=moment.recorded_at, signed_by=action.by)
    remedies.after_signing(row, _shape(row).stage(row.stage), draft, moment)
    ended = _end(row, draft.outcome, action.following, action, moment, "")
    if draft.to_state:
        Step.objects.filter(pk=draft.step_id).update(to_state=draft.to_state)
    return ended


@handles(SendDecisionBack)
def send_decision_back(action: SendDecisionBack, moment: Moment) -> Outcome:
    row = open_one(action.row)
    draft = _waiting(action.draft)
    if draft.drafted_by == action.by:
        raise Refused("Another officer reads a decision than the one who wrote it.", code="own_decision")
    Decision.objects.filter(pk=draft.pk).update(sent_back=action.why)
    word = Word("procedures.sent_back", officer=draft.drafted_by, facts={"number": row.number}, link=link(row))
    return Outcome(facts=facts_of_act(row), notices=(word,))


@handles(NotifyDecision)
def notify_decision(action: NotifyDecision, moment: Moment) -> Outcome:
    row, decision = action.row, action.draft
    if decision.signed_at is None:
        raise Refused("The decision is not signed yet.", code="not_signed")
    if decision.notified_at is not None:
        raise Refused("The person was told already.", code="notified")
    if action.happened_at < decision.signed_at:
        raise Refused("The person cannot have been told before the decision was signed.", code="too_early")
    Decision.objects.filter(pk=decision.pk).update(
        notified_at=action.happened_at, notified_how=action.how, notified_language=action.language, proof=action.proof
    )
    if action.how != "not_found":
        for fact in ("notification", "knowledge_of_decision"):
            keep_fact(row, fact, action.happened_at, moment.recorded_at, action.by)
    reckon_again(row)
    return Outcome(facts=facts_of_act(row))


@handles(WarnOfTerm)
def warn_of_term(action: WarnOfTerm, moment: Moment) -> Outcome:
    term = Term.objects.select_for_update().select_related("step__proceeding").filter(pk=action.term).first()
    if term is None or term.done_at is not None or term.due_at is None or term.started_at is None:
        raise Refused("The term does not run any more.", code="not_running")
    level = rules.warning_due(term.started_at, term.due_at, term.warned, moment.recorded_at)
    if not level:
        raise Refused("No warning is due.", code="not_due")
    Term.objects.filter(pk=term.pk).update(warned=level)
    row = term.step.proceeding
    facts = {
        "number": row.number,
        "parameter": term.parameter,
        "due": term.due_at.isoformat(),
        "level": str(level),
        "basis": term.basis,
    }
    words = to_lane("procedures.warning", row, facts)
    if level == 100 and term.binds == "authority":
        words.append(Word("procedures.warning", body=row.body, role="supervisor", facts=facts, link=link(row)))
        words.append(Word("procedures.warning", role="ombudsman", facts=facts, link=link(row)))
    return Outcome(facts=facts_of_act(row) | {"level": level}, notices=tuple(words))


def open_one(row: Proceeding) -> Proceeding:
    """The proceeding, if it is still open. Raises Refused."""
    if row.ended_at is not None:
        raise Refused(f"The proceeding {row.number} has ended. Open a new one if there is something new.", code="ended")
    return row


def _waiting(draft: Decision) -> Decision:
    if draft.signed_at is not None or draft.sent_back:
        raise Refused("This draft was signed or sent back already.", code="answered")
    return draft


def _shape(row: Proceeding) -> Procedure:
    return terms.shape_of(row)


def begin(row: Proceeding, stage: Stage, at: AwareDatetime, moment: Moment) -> None:
    """Begin a stage: its step, the fact that it starts with, its terms."""
    step = Step.objects.create(proceeding=row, body=row.body, procedure=row.procedure, stage=stage.id, began_at=at)
    if (
        stage.begins_with
        and not row.facts.filter(code=stage.begins_with).exists()
        and stage.begins_with in terms.BY_ITSELF
    ):
        began = since_taken(row, at) if stage.begins_with in ("apprehension", "detention_start") else at
        keep_fact(row, stage.begins_with, began, moment.recorded_at, moment.officer.pk if moment.officer else None)
    _lay_down(step, stage)
    reckon_again(row)


def _end(row: Proceeding, outcome: str, following: str, action: Action, moment: Moment, remark: str) -> Outcome:
    shape = _shape(row)
    stage = shape.stage(row.stage)
    if not following and outcome != rules.WITHDRAWN and len(stage.next) == 1 and not rules.may_end_with(stage, outcome):
        following = stage.next[0]
    problem = rules.problem_of_ending(shape, stage, outcome, following)
    if problem:
        raise Refused(problem, code="no_such_end", field="following" if outcome in stage.outcomes else "outcome")
    following = "" if following == rules.ENDS_HERE else following
    remedies.before_ending(row, shape, stage, outcome, moment, following)
    third_state.before_going_on(row, following, moment)
    step = row.steps.get(ended_at=None)
    Step.objects.filter(pk=step.pk).update(ended_at=action.happened_at, outcome=outcome, by=action.by, remark=remark)
    Term.objects.filter(step=step, remedy=False, done_at=None).update(done_at=action.happened_at)
    remedies.appeal_decided(row, shape, stage, action.happened_at)
    if stage.ends_with:
        keep_fact(row, stage.ends_with, action.happened_at, moment.recorded_at, action.by)
    facts: dict[str, Any] = facts_of_act(row) | {"stage": stage.id, "outcome": outcome, "next": following}
    if following:
        Proceeding.objects.filter(pk=row.pk).update(stage=following)
        row.stage = following
        begin(row, shape.stage(following), action.happened_at, moment)
        remedies.appeal_begins(row, shape, shape.stage(following), moment)
    else:
        if row.procedure == "detention" and rules.meaning(stage, outcome) in ("frees", "gone"):
            Detention.objects.filter(proceeding=row, released_at=None).update(released_at=action.happened_at)
        Proceeding.objects.filter(pk=row.pk).update(stage="", ended_at=moment.recorded_at, outcome=outcome)
        reckon_again(row)
    return Outcome(result={"stage": following, "outcome": outcome}, facts=facts, notices=_told(row, following))


def _told(row: Proceeding, following: str) -> tuple[Word, ...]:
    if following or row.referral is None:
        return ()
    sender = next((one.sent_by for one in referrals.of_file(row.file) if one.pk == row.referral), None)
    if sender is None:
        return ()
    return (Word("procedures.ended", officer=sender, facts={"number": row.number}, link=f"/files/{row.file}/"),)


def to_lane(code: str, row: Proceeding, facts: Mapping[str, str]) -> list[Word]:
    """To those of the body who work on such procedures. Its other lanes hear nothing: that there is one can tell a restricted fact."""
    lane = rules.WORKED_ON_BY[row.procedure]
    there = Officer.objects.filter(body=row.body, is_active=True, grants__withdrawn_at=None, grants__role__in=lane)
    held = set(there.values_list("grants__role", flat=True))
    told = [role for role in lane if role in held] or lane[:1]
    return [Word(code, body=row.body, role=role, facts=facts, link=link(row)) for role in told]


def facts_of_act(row: Proceeding) -> dict[str, Any]:
    """What the journal may hold unsealed of an act on a proceeding."""
    return {"number": row.number, "procedure": row.procedure}


def link(row: Proceeding) -> str:
    """Where the proceeding is worked on."""
    return f"/procedures/{row.pk}/"


def keep_fact(
    row: Proceeding, code: str, at: datetime, recorded_at: datetime, by: UUID | None, *, to_the_day: bool = False
) -> None:
    """Write down when something happened."""
    Fact.objects.create(proceeding=row, code=code, at=at, to_the_day=to_the_day, recorded_at=recorded_at, by=by)


def since_taken(row: Proceeding, at: datetime) -> datetime:
    """Whoever came from custody is held since the apprehension, so that the longest time counts from there; of an earlier detention that
    ended with a release nothing counts."""
    released = Detention.objects.filter(proceeding__file=row.file).aggregate(last=Max("released_at"))["last"]
    return custody.began(row.file, at, after=released) or at


def _lay_down(step: Step, stage: Stage) -> None:
    """The terms of a stage, and those of the remedy against it, which start when the person was told."""
    pack = registration.node_pack()
    remedies = stage.remedy.terms if stage.remedy else ()
    for name in dict.fromkeys((*stage.terms, *remedies)):
        parameter = pack.parameters.get(name)
        if parameter is not None and rules.is_term(parameter):
            Term.objects.create(
                step=step,
                body=step.body,
                procedure=step.procedure,
                parameter=name,
                binds=parameter.binds,
                remedy=name in remedies,
                verified=False,
                unknown="not reckoned",
            )


def reckon_again(row: Proceeding) -> None:
    """Reckon the open terms of a proceeding by the facts and pauses that are known now."""
    pack = registration.node_pack()
    calendar = calendar_of(pack)
    facts = terms.facts_of(row)
    pauses = [Suspension(pause.cause, pause.start, pause.end) for pause in row.pauses.all()]
    for term in Term.objects.filter(step__proceeding=row, done_at=None).select_related("step"):
        own = facts | ({"notification": None} if term.remedy and "notification" not in facts else {})
        found = rules.reckon(pack, calendar, term.parameter, own, pauses)
        if found is None:
            continue
        Term.objects.filter(pk=term.pk).update(
            started_at=found.started,
            due_at=found.due,
            unknown=found.unknown,
            verified=found.verified,
            basis=found.basis,
            cited=found.cited[:200],
            target_at=found.target,
        )
    remedies.used(row, terms.shape_of(row))
