"""The acts of this room as frozen values: what is said, by whom, about which record. What they do is in actions.py."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import StringConstraints

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.labour.models import Enquiry, Insured, Permit, WorkRecord
from panah.node.registration import service as registration

Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Short = Annotated[str, StringConstraints(max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20)]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Grade = Literal["A", "B", "C", "D", "E", "F"]
Kind = Literal["employed", "self_employed", "service", "unpaid", "unknown"]
PermitKind = Literal["work_permit", "patent", "residence", "visa", "registration", "other"]


class OpenRecord(Action):
    """Begin to keep the work of a person who was referred to the officer's body, which accepted. Without their agreement there is none."""

    code: ClassVar[str] = "labour.open"
    needs: ClassVar[str] = "labour.open"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "consent"})

    record: UUID
    file: UUID
    language: Tag
    consent: Literal["person", "guardian"]

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        registration.file_by_id(self.file)
        return self


class OnRecord(Action):
    """An act within an open record, by the body that keeps it."""

    needs: ClassVar[str] = "labour.work"

    record: UUID

    @cached_property
    def row(self) -> WorkRecord:
        found = WorkRecord.objects.select_for_update().filter(pk=self.record).first()
        if found is None:
            raise NotFound("There is no such record of work.")
        return found

    def subject(self) -> UUID:
        return self.row.file

    def target(self) -> WorkRecord:
        return self.row


class RecordPeriod(OnRecord):
    """Write down insured time in a state, both days included, with how it is known. `last` is left out where the end is not known.

    With `corrects` it takes the place of a line that was wrong: that one is struck out with `why`, and stays.
    """

    code: ClassVar[str] = "labour.record_period"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "period", "corrects"})

    period: UUID
    state: State
    first: date
    last: date | None = None
    kind: Kind = "unknown"
    employer: Short = ""
    fund: Short = ""
    grade: Grade
    evidence: Remark = ""
    corrects: UUID | None = None
    why: Remark = ""


class StrikePeriod(OnRecord):
    """Strike out a line of insured time that is wrong, with the reason. It stays readable."""

    code: ClassVar[str] = "labour.strike_period"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "period"})

    period: UUID
    why: Text

    @cached_property
    def of_record(self) -> Insured:
        found = Insured.objects.select_for_update().filter(pk=self.period, record=self.row).first()
        if found is None:
            raise NotFound("There is no such period.")
        return found


class RecordPermit(OnRecord):
    """Write down a permit, patent or paper of stay, from when until when it holds as far as known; or correct one, as for a period."""

    code: ClassVar[str] = "labour.record_permit"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "permit", "corrects"})

    permit: UUID
    state: State
    kind: PermitKind
    number: Annotated[str, StringConstraints(max_length=80)] = ""
    bound_to: Short = ""
    first: date | None = None
    last: date | None = None
    grade: Grade
    evidence: Remark = ""
    corrects: UUID | None = None
    why: Remark = ""


class StrikePermit(OnRecord):
    """Strike out a permit that was written down wrongly, with the reason. It stays readable."""

    code: ClassVar[str] = "labour.strike_permit"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "permit"})

    permit: UUID
    why: Text

    @cached_property
    def of_record(self) -> Permit:
        found = Permit.objects.select_for_update().filter(pk=self.permit, record=self.row).first()
        if found is None:
            raise NotFound("There is no such permit.")
        return found


class AskFund(OnRecord):
    """Ask the fund of a state about insured time. `person`: they ask themselves, and nothing leaves this office. `office`: this office asks.

    Every authority of another state may hand on what it is told: where this office asks one, the safeguards are asked as for data to
    the state of origin (docs/decisions/0120). `agreed` is what the person said when asked whether this office may ask.
    """

    code: ClassVar[str] = "labour.ask_fund"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "enquiry", "way", "agreed"})

    enquiry: UUID
    state: State
    fund: Name
    what: Text
    way: Literal["person", "office"]
    agreed: Literal["yes", "no", "not_asked"] = "not_asked"
    answer_by: date

    def harm(self) -> Harm | None:
        leaves = self.way == "office" and self.state != registration.node_pack().country
        return Harm.DATA_TO_ORIGIN if leaves else None


class TakeAnswer(OnRecord):
    """Write down what a fund answered, or that it did not."""

    code: ClassVar[str] = "labour.take_answer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "enquiry", "result"})

    enquiry: UUID
    result: Literal["confirmed", "in_part", "denied", "no_answer"]
    on: date
    answer: Remark = ""

    @cached_property
    def of_record(self) -> Enquiry:
        found = Enquiry.objects.select_for_update().filter(pk=self.enquiry, record=self.row).first()
        if found is None:
            raise NotFound("There is no such enquiry.")
        return found


class CloseRecord(OnRecord):
    """Close the record with what came of it. What stands in it stays."""

    code: ClassVar[str] = "labour.close"
    open_fields: ClassVar[frozenset[str]] = frozenset({"record", "outcome"})

    outcome: Literal["claim_prepared", "papers_given", "not_wanted", "moved_away", "done"]
    remark: Remark = ""
