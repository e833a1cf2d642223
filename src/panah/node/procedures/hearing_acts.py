"""Acts about who interprets and who leads, as frozen values."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import StringConstraints

from panah.foundation.door.service import Action, NotFound
from panah.node.procedures.acts import OnProceeding, Remark
from panah.node.procedures.models import Hearing


class NameInterpreter(OnProceeding):
    """Name another interpreter of a hearing: an account of this installation, or somebody from outside by words."""

    code: ClassVar[str] = "procedures.name_interpreter"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "hearing", "interpreter_account"})

    hearing: UUID
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""
    interpreter_account: UUID | None = None


class AnswerAppointment(Action):
    """An interpreter says of an appointment of their own that they come, or that they do not: a conflict of interest is said, not explained
    away."""

    code: ClassVar[str] = "procedures.answer_appointment"
    needs: ClassVar[str] = "procedures.interpret"
    open_fields: ClassVar[frozenset[str]] = frozenset({"hearing", "answer", "conflict"})

    hearing: UUID
    answer: Literal["available", "declined"]
    conflict: bool = False
    words: Remark = ""

    @cached_property
    def row(self) -> Hearing:
        found = Hearing.objects.select_for_update().select_related("proceeding").filter(pk=self.hearing).first()
        if found is None:
            raise NotFound("There is no such appointment.")
        return found

    def subject(self) -> UUID:
        return self.row.proceeding.file

    def target(self) -> Any:
        return self.row


class AssignLead(OnProceeding):
    """Say which officer of the body leads the case: one at a time. Any who works on it may read and act as before."""

    code: ClassVar[str] = "procedures.assign_lead"
    needs: ClassVar[str] = "procedures.assign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "lead"})

    lead: UUID
