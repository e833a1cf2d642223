"""A person's way through a procedure, stage by stage. The only writer of this room."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from panah.cores.lawbook import Unknown
from panah.cores.lawbook.dealings import Procedure, Stage
from panah.foundation.door.service import Action, Harm, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.procedures import rules, terms
from panah.node.procedures.models import Decision, Evidence, Hearing, Pause, Proceeding, Step, Term
from panah.node.referrals import service as referrals
from panah.node.registration import service as registration

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Remark = Annotated[str, StringConstraints(max_length=4_000)]


class OpenProceeding(Action):
    """Open a procedure of the pack for a person. One of force asks the safeguards first, and again before each of its stages."""

    code: ClassVar[str] = "procedures.open"
    needs: ClassVar[str] = "procedures.open"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "procedure", "stage"})

    proceeding: UUID
    file: UUID
    procedure: str
    stage: str = ""
    referral: UUID | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        registration.file_by_id(self.file)
        return self

    def harm(self) -> Harm | None:
        harm = rules.COERCIVE.get(self.procedure)
        return Harm(harm) if harm else None


class _OnProceeding(Action):
    """An act within an open proceeding, by the body that leads it."""

    needs: ClassVar[str] = "procedures.work"

    proceeding: UUID

    @cached_property
    def row(self) -> Proceeding:
        found = Proceeding.objects.select_for_update().filter(pk=self.proceeding).first()
        if found is None:
            raise NotFound("There is no such proceeding.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> Proceeding:
        return self.row


class EndStage(_OnProceeding):
    """End the stage with one of its outcomes and go on to the next, or end the procedure with it."""

    code: ClassVar[str] = "procedures.end_stage"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "outcome", "following"})

    outcome: str
    following: str = ""
    remark: Remark = ""

    def harm(self) -> Harm | None:
        return _harm_of(self.row, self.outcome)


class RecordFact(_OnProceeding):
    """Say when something happened that starts a clock or chooses the law. A later word on the same fact replaces the earlier one."""

    code: ClassVar[str] = "procedures.record_fact"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "fact"})

    fact: str
    at: AwareDatetime
    to_the_day: bool = False


class PauseClocks(_OnProceeding):
    code: ClassVar[str] = "procedures.pause"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "cause", "start"})

    cause: str
    start: date


class ResumeClocks(_OnProceeding):
    code: ClassVar[str] = "procedures.resume"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "cause", "end"})

    cause: str
    end: date


class AddEvidence(_OnProceeding):
    code: ClassVar[str] = "procedures.add_evidence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "grade"})

    kind: Literal["document", "statement", "report", "country_information", "medical", "photograph", "other"]
    grade: Literal["A", "B", "C", "D", "E", "F"]
    what: Text


class SetHearing(_OnProceeding):
    """Set an interview or hearing. One by video, in a vehicle or in detention needs its reason."""

    code: ClassVar[str] = "procedures.set_hearing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "hearing", "setting"})

    hearing: UUID
    at: AwareDatetime
    minutes: int = Field(default=120, ge=10, le=600)
    room: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    setting: Literal["private", "semi_private", "open", "remote", "vehicle", "detention"] = "private"
    setting_reason: Remark = ""
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    same_sex: Literal["yes", "no", "unknown"] = "unknown"


class RecordHearing(_OnProceeding):
    """Keep what was said, once. It is read back to the person before."""

    code: ClassVar[str] = "procedures.record_hearing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "hearing"})

    hearing: UUID
    held_at: AwareDatetime
    record: Text


class DraftDecision(_OnProceeding):
    """Write a decision with its reasons. It is nothing until another officer signs it."""

    code: ClassVar[str] = "procedures.draft_decision"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision", "outcome"})

    decision: UUID
    outcome: str
    facts_found: Text
    law_applied: Text
    assessment: Text


class _OnDecision(_OnProceeding):
    decision: UUID

    @cached_property
    def draft(self) -> Decision:
        found = Decision.objects.select_for_update().filter(pk=self.decision, step__proceeding=self.row).first()
        if found is None:
            raise NotFound("There is no such decision.")
        return found


class SignDecision(_OnDecision):
    """Sign what another officer drafted; the stage ends with it."""

    code: ClassVar[str] = "procedures.sign_decision"
    needs: ClassVar[str] = "procedures.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision", "following"})

    following: str = ""

    def harm(self) -> Harm | None:
        return _harm_of(self.row, self.draft.outcome)


class SendDecisionBack(_OnDecision):
    code: ClassVar[str] = "procedures.send_decision_back"
    needs: ClassVar[str] = "procedures.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision"})

    why: Text


class NotifyDecision(_OnDecision):
    """Record that the person was told: how, in which language, with what proof. The time to appeal runs from here."""

    code: ClassVar[str] = "procedures.notify_decision"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision", "how", "language"})

    how: Literal["in_person", "registered_mail", "legal_aid", "guardian", "not_found"]
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    proof: Text


class WarnOfTerm(Action):
    """The installation's own act: tell those who work on it that a term is half over, nearly over, or over."""

    code: ClassVar[str] = "procedures.warn"
    needs: ClassVar[str] = "procedures.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"term"})
    by_installation: ClassVar[bool] = True

    term: int

    def subject(self) -> UUID | None:
        return Term.objects.filter(pk=self.term).values_list("step__proceeding__file", flat=True).first()


def _harm_of(row: Proceeding, outcome: str) -> Harm | None:
    harm = rules.COERCIVE.get(row.procedure)
    return Harm(harm) if harm and outcome not in rules.FREEING else None


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
    terms.keep_fact(row, "arrival", file.arrived_at, moment.recorded_at, action.by)
    _begin(row, first, action.happened_at, moment)
    facts = {"number": row.number, "procedure": row.procedure, "stage": first.id}
    return Outcome(result={"proceeding": str(row.pk), "number": row.number}, facts=facts)


@handles(EndStage)
def end_stage(action: EndStage, moment: Moment) -> Outcome:
    row = _open(action.row)
    stage = _shape(row).stage(row.stage)
    if rules.is_decision(stage) and action.outcome != rules.WITHDRAWN:
        raise Refused(
            "This stage ends with a decision: draft it with its reasons, and another officer signs it.",
            code="needs_decision",
            field="outcome",
        )
    return _end(row, action.outcome, action.following, action, moment, action.remark)


@handles(RecordFact)
def record_fact(action: RecordFact, moment: Moment) -> Outcome:
    row = _open(action.row)
    known = terms.fact_codes()
    if action.fact not in known:
        raise Refused(
            f"There is no fact '{action.fact}'. Allowed are: {', '.join(known)}.", code="no_fact", field="fact"
        )
    if action.at > moment.recorded_at:
        raise Refused("What has not happened yet starts no clock. Give a day up to today.", code="future", field="at")
    terms.keep_fact(row, action.fact, action.at, moment.recorded_at, action.by, to_the_day=action.to_the_day)
    terms.reckon_again(row)
    return Outcome(facts=_facts(row))


@handles(PauseClocks)
def pause_clocks(action: PauseClocks, moment: Moment) -> Outcome:
    row = _open(action.row)
    known = terms.cause_codes()
    if action.cause not in known:
        raise Refused(
            f"There is no cause '{action.cause}'. Allowed are: {', '.join(known)}.", code="no_cause", field="cause"
        )
    if row.pauses.filter(cause=action.cause, end=None).exists():
        raise Refused("The clocks stand still for this cause already.", code="paused_already", field="cause")
    Pause.objects.create(proceeding=row, cause=action.cause, start=action.start)
    terms.reckon_again(row)
    return Outcome(facts=_facts(row))


@handles(ResumeClocks)
def resume_clocks(action: ResumeClocks, moment: Moment) -> Outcome:
    row = _open(action.row)
    pause = row.pauses.filter(cause=action.cause, end=None).first()
    if pause is None:
        raise Refused("No clock stands still for this cause.", code="not_paused", field="cause")
    if action.end < pause.start:
        raise Refused(f"The pause began on {pause.start}; it cannot end before.", code="before_start", field="end")
    Pause.objects.filter(pk=pause.pk).update(end=action.end)
    terms.reckon_again(row)
    return Outcome(facts=_facts(row))


@handles(AddEvidence)
def add_evidence(action: AddEvidence, moment: Moment) -> Outcome:
    row = _open(action.row)
    Evidence.objects.create(
        proceeding=row,
        kind=action.kind,
        grade=action.grade,
        what=action.what,
        received_at=action.happened_at,
        by=action.by,
    )
    return Outcome(facts=_facts(row))


@handles(SetHearing)
def set_hearing(action: SetHearing, moment: Moment) -> Outcome:
    row = _open(action.row)
    if action.setting in rules.SETTINGS_WITH_REASON and not action.setting_reason:
        raise Refused(
            "An interview in this setting needs a reason. Write why it cannot be in a private room.",
            code="setting_reason",
            field="setting_reason",
        )
    if action.at <= moment.recorded_at:
        raise Refused("The hearing lies in the past. Give a moment to come.", code="past", field="at")
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
        same_sex=action.same_sex,
    )
    return Outcome(result={"hearing": str(action.hearing)}, facts=_facts(row))


@handles(RecordHearing)
def record_hearing(action: RecordHearing, moment: Moment) -> Outcome:
    row = _open(action.row)
    hearing = row.hearings.select_for_update().filter(pk=action.hearing).first()
    if hearing is None:
        raise NotFound("There is no such hearing.")
    if hearing.held_at is not None:
        raise Refused(
            "The record of this hearing is kept already, and is not changed. Set another hearing to add to it.",
            code="kept",
        )
    Hearing.objects.filter(pk=hearing.pk).update(held_at=action.held_at, record=action.record)
    terms.keep_fact(row, "asylum_interview", action.held_at, moment.recorded_at, action.by)
    terms.reckon_again(row)
    return Outcome(facts=_facts(row))


@handles(DraftDecision)
def draft_decision(action: DraftDecision, moment: Moment) -> Outcome:
    row = _open(action.row)
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
        outcome=action.outcome,
        facts_found=action.facts_found,
        law_applied=action.law_applied,
        assessment=action.assessment,
        drafted_at=moment.recorded_at,
        drafted_by=action.by,
    )
    word = Word("procedures.to_sign", body=row.body, role="supervisor", facts={"number": row.number}, link=_link(row))
    return Outcome(result={"decision": str(action.decision)}, facts=_facts(row), notices=(word,))


@handles(SignDecision)
def sign_decision(action: SignDecision, moment: Moment) -> Outcome:
    row = _open(action.row)
    draft = _waiting(action.draft)
    if draft.drafted_by == action.by:
        raise Refused("Nobody signs a decision of their own. Another officer signs it.", code="own_decision")
    Decision.objects.filter(pk=draft.pk).update(signed_at=moment.recorded_at, signed_by=action.by)
    return _end(row, draft.outcome, action.following, action, moment, "")


@handles(SendDecisionBack)
def send_decision_back(action: SendDecisionBack, moment: Moment) -> Outcome:
    row = _open(action.row)
    draft = _waiting(action.draft)
    if draft.drafted_by == action.by:
        raise Refused("Another officer reads a decision than the one who wrote it.", code="own_decision")
    Decision.objects.filter(pk=draft.pk).update(sent_back=action.why)
    word = Word("procedures.sent_back", officer=draft.drafted_by, facts={"number": row.number}, link=_link(row))
    return Outcome(facts=_facts(row), notices=(word,))


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
            terms.keep_fact(row, fact, action.happened_at, moment.recorded_at, action.by)
    terms.reckon_again(row)
    return Outcome(facts=_facts(row))


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
    facts = {"number": row.number, "parameter": term.parameter, "due": term.due_at.isoformat(), "level": str(level)}
    words = [Word("procedures.warning", body=row.body, facts=facts, link=_link(row))]
    if level == 100 and term.binds == "authority":
        words.append(Word("procedures.warning", body=row.body, role="supervisor", facts=facts, link=_link(row)))
        words.append(Word("procedures.warning", role="ombudsman", facts=facts, link=_link(row)))
    return Outcome(facts=_facts(row) | {"level": level}, notices=tuple(words))


def _open(row: Proceeding) -> Proceeding:
    if row.ended_at is not None:
        raise Refused(f"The proceeding {row.number} has ended. Open a new one if there is something new.", code="ended")
    return row


def _waiting(draft: Decision) -> Decision:
    if draft.signed_at is not None or draft.sent_back:
        raise Refused("This draft was signed or sent back already.", code="answered")
    return draft


def _shape(row: Proceeding) -> Procedure:
    return terms.shape_of(row)


def _begin(row: Proceeding, stage: Stage, at: AwareDatetime, moment: Moment) -> None:
    step = Step.objects.create(proceeding=row, stage=stage.id, began_at=at)
    if (
        stage.begins_with
        and not row.facts.filter(code=stage.begins_with).exists()
        and stage.begins_with in terms.BY_ITSELF
    ):
        terms.keep_fact(row, stage.begins_with, at, moment.recorded_at, moment.officer.pk if moment.officer else None)
    terms.lay_down(step, stage)
    terms.reckon_again(row)


def _end(row: Proceeding, outcome: str, following: str, action: Action, moment: Moment, remark: str) -> Outcome:
    shape = _shape(row)
    stage = shape.stage(row.stage)
    if not following and outcome != rules.WITHDRAWN and len(stage.next) == 1 and outcome not in rules.FREEING:
        following = stage.next[0]
    problem = rules.problem_of_ending(shape, stage, outcome, following)
    if problem:
        raise Refused(problem, code="no_such_end", field="outcome")
    step = row.steps.get(ended_at=None)
    Step.objects.filter(pk=step.pk).update(ended_at=action.happened_at, outcome=outcome, by=action.by, remark=remark)
    Term.objects.filter(step=step, remedy=False, done_at=None).update(done_at=action.happened_at)
    if stage.ends_with:
        terms.keep_fact(row, stage.ends_with, action.happened_at, moment.recorded_at, action.by)
    facts: dict[str, Any] = _facts(row) | {"stage": stage.id, "outcome": outcome, "next": following}
    if following:
        Proceeding.objects.filter(pk=row.pk).update(stage=following)
        row.stage = following
        _begin(row, shape.stage(following), action.happened_at, moment)
    else:
        Proceeding.objects.filter(pk=row.pk).update(stage="", ended_at=moment.recorded_at, outcome=outcome)
        terms.reckon_again(row)
    return Outcome(result={"stage": following, "outcome": outcome}, facts=facts, notices=_told(row, following))


def _told(row: Proceeding, following: str) -> tuple[Word, ...]:
    if following or row.referral is None:
        return ()
    sender = next((one.sent_by for one in referrals.of_file(row.file) if one.pk == row.referral), None)
    if sender is None:
        return ()
    return (Word("procedures.ended", officer=sender, facts={"number": row.number}, link=f"/files/{row.file}/"),)


def _facts(row: Proceeding) -> dict[str, Any]:
    return {"number": row.number, "procedure": row.procedure}


def _link(row: Proceeding) -> str:
    return f"/procedures/{row.pk}/"
