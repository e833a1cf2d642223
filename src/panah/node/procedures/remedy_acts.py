"""Acts about remedies as frozen values: that one is over, that a person gives one up, confirms it, takes it back."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints

from panah.foundation.door.service import Action, NotFound
from panah.node.procedures.acts import Code, OnProceeding, Remark, Text
from panah.node.procedures.models import Decision, Waiver


class EndRemedy(Action):
    """The installation's own act: the remedy against a decision is over, and with it this reason to hold off removal."""

    code: ClassVar[str] = "procedures.end_remedy"
    needs: ClassVar[str] = "procedures.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"decision"})
    by_installation: ClassVar[bool] = True

    decision: UUID

    def subject(self) -> UUID | None:
        return Decision.objects.filter(pk=self.decision).values_list("step__proceeding__file", flat=True).first()


class LodgeRemedy(OnProceeding):
    """Keep that the person lodged a remedy against how the procedure ended, also when it comes late: whether that bars it is for those to say who
    decide on it. The procedure is open again, at the remedy."""

    code: ClassVar[str] = "procedures.lodge_remedy"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "stage"})

    stage: Code
    remark: Remark = ""


class DeclareWaiver(OnProceeding):
    """Keep that the person, in person, wants to give up a remedy, after counsel was offered. It changes nothing until it is confirmed."""

    code: ClassVar[str] = "procedures.declare_waiver"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "decision", "waiver"})

    waiver: UUID
    decision: UUID
    in_person: bool
    said: Text
    counsel: Text
    counsel_at: AwareDatetime
    lawyer_present: bool
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    understood: bool
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""


class _OnWaiver(OnProceeding):
    waiver: UUID

    @cached_property
    def given(self) -> Waiver:
        found = Waiver.objects.select_for_update().filter(pk=self.waiver, decision__step__proceeding=self.row).first()
        if found is None:
            raise NotFound("There is no such waiver.")
        return found


class ConfirmWaiver(_OnWaiver):
    """Keep the written confirmation, after the time to think."""

    code: ClassVar[str] = "procedures.confirm_waiver"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "waiver"})

    paper: Text
    lawyer_present: bool
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""


class RevokeWaiver(_OnWaiver):
    """The person takes the waiver back, without a reason: the remedy is open again."""

    code: ClassVar[str] = "procedures.revoke_waiver"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "waiver"})
