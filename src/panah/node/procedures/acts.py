"""The acts of this room as frozen values: what is said, by whom, about which proceeding. What they do is in actions.py."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.procedures import rules, terms
from panah.node.procedures.models import Decision, Proceeding, Term
from panah.node.registration import service as registration

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Remark = Annotated[str, StringConstraints(max_length=4_000)]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")]
AnyState = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Tag = Annotated[str, StringConstraints(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]


class OpenProceeding(Action):
    """Open a procedure of the pack for a person. One of force asks the safeguards first, and again before each of its stages."""

    code: ClassVar[str] = "procedures.open"
    needs: ClassVar[str] = "procedures.open"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "procedure", "stage"})

    proceeding: UUID
    file: UUID
    procedure: Code
    stage: Code = ""
    referral: UUID | None = None

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        registration.file_by_id(self.file)
        return self

    def harm(self) -> Harm | None:
        harm = rules.COERCIVE.get(self.procedure)
        return Harm(harm) if harm else None


class OnProceeding(Action):
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


class EndStage(OnProceeding):
    """End the stage with one of its outcomes and go on to the next, or end the procedure with it.

    to_state: where the person was taken, ISO 3166-1 alpha-3, when a removal or readmission was carried out; empty where nobody knows.
    """

    code: ClassVar[str] = "procedures.end_stage"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "outcome", "following"})

    outcome: Code
    following: Code = ""
    remark: Remark = ""
    to_state: AnyState = ""

    def harm(self) -> Harm | None:
        return harm_of(self.row, self.outcome, self.following)


class RecordFact(OnProceeding):
    """Say when something happened that starts a clock or chooses the law. A later word on the same fact replaces the earlier one.

    That another state was asked about the person tells that state where they are: the safeguards are asked first.
    """

    code: ClassVar[str] = "procedures.record_fact"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "fact"})

    fact: Code
    at: AwareDatetime
    to_the_day: bool = False

    def harm(self) -> Harm | None:
        return Harm.STATE_INQUIRY if self.fact == "query_sent" else None


class PauseClocks(OnProceeding):
    code: ClassVar[str] = "procedures.pause"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "cause", "start"})

    cause: Code
    start: date


class ResumeClocks(OnProceeding):
    code: ClassVar[str] = "procedures.resume"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "cause", "end"})

    cause: Code
    end: date


class AddEvidence(OnProceeding):
    code: ClassVar[str] = "procedures.add_evidence"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "grade"})

    kind: Literal["document", "statement", "report", "country_information", "medical", "photograph", "other"]
    grade: Literal["A", "B", "C", "D", "E", "F"]
    what: Text


class SetHearing(OnProceeding):
    """Set an interview or hearing. One by video, in a vehicle or in detention needs its reason. The interpreter has an account here, or is
    somebody from outside, by words."""

    code: ClassVar[str] = "procedures.set_hearing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "hearing", "setting", "interpreter_account"})

    hearing: UUID
    at: AwareDatetime
    minutes: int = Field(default=120, ge=10, le=600)
    room: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
    setting: Literal["private", "semi_private", "open", "remote", "vehicle", "detention"] = "private"
    setting_reason: Remark = ""
    language: Tag
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    interpreter_account: UUID | None = None
    same_sex: Literal["yes", "no", "unknown"] = "unknown"


class RecordHearing(OnProceeding):
    """Keep what was said, once. It is read back to the person before."""

    code: ClassVar[str] = "procedures.record_hearing"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "hearing"})

    hearing: UUID
    held_at: AwareDatetime
    record: Text


class DraftDecision(OnProceeding):
    """Write a decision with its reasons. It is nothing until another officer signs it.

    to_state: where the person is taken, ISO 3166-1 alpha-3, where the decision itself carries a removal or readmission out; empty where
    nobody knows.
    """

    code: ClassVar[str] = "procedures.draft_decision"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision", "outcome"})

    decision: UUID
    outcome: Code
    facts_found: Text
    law_applied: Text
    assessment: Text
    to_state: AnyState = ""


class _OnDecision(OnProceeding):
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

    following: Code = ""

    def harm(self) -> Harm | None:
        return harm_of(self.row, self.draft.outcome, self.following)


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
    language: Tag
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


def harm_of(row: Proceeding, outcome: str, following: str = "") -> Harm | None:
    """What ending the stage now open with this outcome does to the person."""
    if row.procedure not in rules.COERCIVE or not row.stage:
        return None
    shape = terms.shape_of(row)
    harm = rules.harm_of_ending(shape, shape.stage(row.stage), outcome, following)
    return Harm(harm) if harm else None
