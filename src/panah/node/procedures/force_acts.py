"""Acts about force as frozen values: asking again before a step, holding a person, reviewing, telling of what was missed."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from panah.foundation.door.service import Action, Harm
from panah.node.procedures.acts import OnProceeding, Text
from panah.node.procedures.models import Detention

Answer = Literal["yes", "no", "unknown", "refused"]


class AskAgain(OnProceeding):
    """Keep what the person answered before a step of force. A yes places holds; it is never an act against the person."""

    code: ClassVar[str] = "procedures.ask_again"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "asked"})

    asked: UUID
    fear: Answer
    health: Answer
    pressure: Answer
    children: Answer
    family: Answer
    language: Annotated[str, StringConstraints(min_length=2, max_length=20)]
    interpreter: Annotated[str, StringConstraints(max_length=200)] = ""


class OrderDetention(OnProceeding):
    """Write down why the person is to be held, and why each alternative is not enough. Asks the safeguards first."""

    code: ClassVar[str] = "procedures.order_detention"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding"})

    legal_ground: Text
    assessment: Text
    alternatives: dict[str, Text] = Field(description="Each of rules.ALTERNATIVES with why it is not enough.")
    where: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]

    def harm(self) -> Harm | None:
        return Harm.DETENTION


class ReviewDetention(OnProceeding):
    """Record a review: the person is released, or held until the next one, which asks the safeguards again."""

    code: ClassVar[str] = "procedures.review_detention"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proceeding", "result"})

    result: Literal["released", "kept"]
    reason: Text

    def harm(self) -> Harm | None:
        return Harm.DETENTION if self.result == "kept" else None


class TellOfDetention(Action):
    """The installation's own act: tell those who oversee at once that a review was missed, or the maximum reached."""

    code: ClassVar[str] = "procedures.tell_of_detention"
    needs: ClassVar[str] = "procedures.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"detention"})
    by_installation: ClassVar[bool] = True

    detention: int

    def subject(self) -> UUID | None:
        return Detention.objects.filter(pk=self.detention).values_list("proceeding__file", flat=True).first()
