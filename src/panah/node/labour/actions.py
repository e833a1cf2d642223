"""What the acts of this room do. The only writer of its tables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from panah.cores.documents import codes
from panah.foundation.access.models import Officer
from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.node.labour.acts import (
    AskFund,
    CloseRecord,
    OnRecord,
    OpenRecord,
    RecordPeriod,
    RecordPermit,
    StrikePeriod,
    StrikePermit,
    TakeAnswer,
)
from panah.node.labour.models import Enquiry, Insured, Permit, WorkRecord
from panah.node.reception import service as reception
from panah.node.registration import service as registration


@handles(OpenRecord)
def open_record(action: OpenRecord, moment: Moment) -> Outcome:
    officer, file = _officer(moment), registration.file_in_turn(action.file)
    if file.closed_at is not None:
        raise Refused("The file is closed. A record of work needs an open file.", code="closed")
    if WorkRecord.objects.filter(file=file.pk, body=officer.body, ended_at=None).exists():
        raise Refused("Your body keeps an open record of this person's work already.", code="open_already")
    child = reception.is_child(file)
    if child != (action.consent == "guardian"):
        raise Refused(
            "For a child the guardian agrees, an adult agrees in person. Say who did.",
            code="consent_needed",
            field="consent",
        )
    row = WorkRecord.objects.create(
        id=action.record,
        number=f"{file.number}-W{WorkRecord.objects.filter(file=file.pk).count() + 1}",
        file=file.pk,
        body=officer.body,
        lead=action.by,
        language=action.language,
        consent=action.consent,
        opened_at=moment.recorded_at,
    )
    return Outcome(result={"record": str(row.pk), "number": row.number}, facts={"number": row.number})


@handles(RecordPeriod)
def record_period(action: RecordPeriod, moment: Moment) -> Outcome:
    row, today = _open(action), registration.local_day(moment.recorded_at)
    if action.last is not None and action.last < action.first:
        raise Refused("The period ends before it begins. Check both days.", code="wrong_days", field="last")
    for name in ("first", "last"):
        on = getattr(action, name)
        if on is not None and on > today:
            raise Refused(
                "This day is still to come, and nobody is insured for it yet. Give days until today, or leave the end open.", code="future",
                field=name,
            )  # fmt: skip
    _state(action.state)
    _shown(action.grade, action.evidence)
    corrects = _corrected(Insured, row, action.corrects, action.why, moment)
    if row.periods.filter(
        state=action.state, first=action.first, last=action.last, kind=action.kind, employer=action.employer, struck_at=None
    ).exists():  # fmt: skip
        raise Refused(
            "This period stands in the record already. Correct that line instead.", code="twice", field="first"
        )
    Insured.objects.create(
        id=action.period,
        record=row,
        state=action.state,
        first=action.first,
        last=action.last,
        kind=action.kind,
        employer=action.employer,
        fund=action.fund,
        grade=action.grade,
        evidence=action.evidence,
        corrects=corrects,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"period": str(action.period)}, facts={"corrected": corrects is not None})


@handles(StrikePeriod)
def strike_period(action: StrikePeriod, moment: Moment) -> Outcome:
    _open(action)
    _strike(action.of_record, action.why, moment)
    return Outcome()


@handles(RecordPermit)
def record_permit(action: RecordPermit, moment: Moment) -> Outcome:
    row = _open(action)
    if action.first is not None and action.last is not None and action.last < action.first:
        raise Refused("The permit ends before it begins. Check both days.", code="wrong_days", field="last")
    _state(action.state)
    _shown(action.grade, action.evidence)
    corrects = _corrected(Permit, row, action.corrects, action.why, moment)
    Permit.objects.create(
        id=action.permit,
        record=row,
        state=action.state,
        kind=action.kind,
        number=action.number,
        bound_to=action.bound_to,
        first=action.first,
        last=action.last,
        grade=action.grade,
        evidence=action.evidence,
        corrects=corrects,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"permit": str(action.permit)}, facts={"corrected": corrects is not None})


@handles(StrikePermit)
def strike_permit(action: StrikePermit, moment: Moment) -> Outcome:
    _open(action)
    _strike(action.of_record, action.why, moment)
    return Outcome()


@handles(AskFund)
def ask_fund(action: AskFund, moment: Moment) -> Outcome:
    row, today = _open(action), registration.local_day(moment.recorded_at)
    if action.way == "office" and action.agreed != "yes":
        raise Refused(
            "This office asks a fund only with the person's yes. Ask the person, or let them take the question along themselves.",
            code="consent_needed",
            field="agreed",
        )
    _state(action.state)
    if action.answer_by < today:
        raise Refused("The day of the answer is over. Give today or a later day.", code="past", field="answer_by")
    enquiry = Enquiry.objects.create(
        id=action.enquiry,
        number=f"{row.number}-E{row.enquiries.count() + 1}",
        record=row,
        state=action.state,
        fund=action.fund,
        what=action.what,
        way=action.way,
        agreed=action.agreed,
        asked_on=today,
        answer_by=action.answer_by,
        at=moment.recorded_at,
        by=action.by,
    )
    return Outcome(result={"enquiry": str(enquiry.pk), "number": enquiry.number})


@handles(TakeAnswer)
def take_answer(action: TakeAnswer, moment: Moment) -> Outcome:
    _open(action)
    enquiry = action.of_record
    if enquiry.answered_on is not None and enquiry.result != "no_answer":
        raise Refused("The answer of this fund is on record. Ask it again for a new one.", code="answered_already")
    if not enquiry.asked_on <= action.on <= registration.local_day(moment.recorded_at):
        raise Refused(
            "The answer came between the day of the question and today. Check the day.", code="wrong_day", field="on"
        )
    Enquiry.objects.filter(pk=enquiry.pk).update(answered_on=action.on, result=action.result, answer=action.answer)
    return Outcome()


@handles(CloseRecord)
def close_record(action: CloseRecord, moment: Moment) -> Outcome:
    row = _open(action)
    waiting = row.enquiries.filter(way="office", answered_on=None).first()
    if waiting is not None:
        raise Refused(
            f"The enquiry {waiting.number} has no answer yet. Write down what came of it, also that nothing came.", code="waiting"
        )  # fmt: skip
    WorkRecord.objects.filter(pk=row.pk).update(
        ended_at=moment.recorded_at, outcome=action.outcome, ended_remark=action.remark
    )
    return Outcome()


def _officer(moment: Moment) -> Officer:
    if moment.officer is None:
        raise Refused("Work is recorded by an officer.", code="no_officer")
    return moment.officer


def _open(action: OnRecord) -> WorkRecord:
    if action.row.ended_at is not None:
        raise Refused("The record is closed. Open a new one to go on.", code="closed")
    return action.row


def _state(code: str) -> None:
    if code not in codes.STATES:
        raise Refused(
            f"{code} is no state. Give the three letters of one, such as KAZ or RUS.", code="no_state", field="state"
        )


def _shown(grade: str, evidence: str) -> None:
    """A grade of papers names its paper."""
    if grade in ("A", "B", "C") and not evidence.strip():
        raise Refused("Name the paper that shows it, or choose how it was told.", code="no_evidence", field="evidence")


def _corrected(kind: type[Any], row: WorkRecord, earlier: UUID | None, why: str, moment: Moment) -> Any:
    """The line that a new one takes the place of, now struck out; None where it corrects nothing."""
    if earlier is None:
        return None
    found = kind.objects.select_for_update().filter(pk=earlier, record=row).first()
    if found is None:
        raise Refused(
            "The line to correct is not in this record. Choose one that stands in it.",
            code="not_there",
            field="corrects",
        )
    if not why.strip():
        raise Refused("Say why the earlier line was wrong. Both stay readable.", code="no_reason", field="why")
    _strike(found, why, moment)
    return found


def _strike(line: Insured | Permit, why: str, moment: Moment) -> None:
    if line.struck_at is not None:
        raise Refused("This line is struck out already.", code="struck_already")
    line.struck_at, line.struck_why = moment.recorded_at, why
    line.struck_by = moment.officer.pk if moment.officer else None
    line.save(update_fields=["struck_at", "struck_why", "struck_by"])
