"""The acts of this room as frozen values: what is said, by whom, about which person in custody. What they do is in actions.py."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from panah.foundation.door.service import Action, Harm, NotFound
from panah.node.custody import fitness, rules, unity
from panah.node.custody.models import Custody
from panah.node.registration import service as registration

Words = Annotated[str, StringConstraints(max_length=4_000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Language = Annotated[str, StringConstraints(max_length=40)]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")]
PostCode = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9-]*$")]
Answer = Literal[rules.ANSWERS]  # type: ignore[valid-type]
Known = Literal[rules.KNOWN]  # type: ignore[valid-type]
Child = Literal[rules.CHILD]  # type: ignore[valid-type]
Told = Literal[rules.TOLD]  # type: ignore[valid-type]
Wish = Literal[rules.WISHES]  # type: ignore[valid-type]
Condition = Literal[fitness.CONDITIONS]  # type: ignore[valid-type]


class Apprehend(Action):
    """An authority stopped, took or took over a person. `happened_at` is when. It happened: nothing stops its record."""

    code: ClassVar[str] = "custody.apprehend"
    needs: ClassVar[str] = "custody.record"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody", "file"})

    custody: UUID
    file: UUID | None = None
    unit: Short
    where: Short
    ground_source: Code = ""
    ground: Text
    means: Known
    means_how: Words = ""
    injuries: Known
    injuries_what: Words = ""
    doctor: Literal[rules.DOCTORS] = "unknown"  # type: ignore[valid-type]
    property_taken: Words = ""
    property_receipt: Annotated[str, StringConstraints(max_length=40)] = ""
    told: tuple[Told, ...] = ()
    told_language: Language = ""
    wishes: tuple[Wish, ...] = ()
    child: Child = "unknown"
    fear: Answer = "unknown"

    def subject(self) -> UUID | None:
        return self.file

    def target(self) -> Any:
        if self.file is not None:
            registration.file_by_id(self.file)
        return self


class _OnCustody(Action):
    """An act of those who hold the person."""

    needs: ClassVar[str] = "custody.work"

    custody: UUID

    @cached_property
    def row(self) -> Custody:
        found = Custody.objects.select_for_update().filter(pk=self.custody).first()
        if found is None:
            raise NotFound("There is nobody in custody under this id.")
        return found

    def subject(self) -> UUID | None:
        return self.row.file

    def target(self) -> Any:
        return self.row


class Ask(_OnCustody):
    """What the person answered when they were asked, and what they were told. Asked before anything further."""

    code: ClassVar[str] = "custody.ask"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody"})

    fear: Answer
    child: Child
    told: tuple[Told, ...] = ()
    told_language: Language
    wishes: tuple[Wish, ...] = ()


class Join(_OnCustody):
    """The person not yet registered has a file now."""

    code: ClassVar[str] = "custody.join"
    needs: ClassVar[str] = "custody.join"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody", "file"})

    file: UUID

    def subject(self) -> UUID | None:
        return self.file

    def target(self) -> Any:
        registration.file_by_id(self.file)
        return self


class SayFitness(_OnCustody):
    """What the person says of their health before a journey, who medical saw them and what they said. It takes codes and no diagnosis."""

    code: ClassVar[str] = "custody.say_fitness"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody", "asking"})

    asking: UUID
    ill: Known
    hurt: Known
    pregnant: Known
    cannot_travel: Known
    seen_by: Literal[fitness.SEEN_BY]  # type: ignore[valid-type]
    seen_at: AwareDatetime | None = None
    result: Literal[fitness.RESULTS] = "unknown"  # type: ignore[valid-type]
    conditions: tuple[Condition, ...] = ()
    conditions_more: Annotated[str, StringConstraints(max_length=200)] = ""


class Companion(BaseModel):
    """One of the family who is handed over in the same act: the record of their custody, and the id of their own transfer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    custody: UUID
    transfer: UUID


class HandOn(_OnCustody):
    """Hand the person, and those of the family named as `companions`, to another body of this state, which has to confirm each. Over a
    border it is an end, `handed_over`."""

    code: ClassVar[str] = "custody.hand_on"
    open_fields: ClassVar[frozenset[str]] = frozenset(
        {"custody", "transfer", "to_body", "to_post", "purpose", "companions"}
    )

    transfer: UUID
    to_body: Code = ""
    to_post: PostCode = ""
    to_where: Short
    purpose: Literal[rules.PURPOSES]  # type: ignore[valid-type]
    remark: Words = ""
    companions: Annotated[tuple[Companion, ...], Field(max_length=30)] = ()
    apart_why: Words = ""

    def harm(self) -> Harm | None:
        """Of somebody who has no file nothing is known that could stand against it; they go only where they are registered or helped.
        Of others the family that is known is asked for: see `unity`."""
        return unity.harm_of(self.row, self.to_body, self.to_post, self.moving)

    @property
    def moving(self) -> tuple[UUID, ...]:
        return (self.custody, *(each.custody for each in self.companions))


class Confirm(_OnCustody):
    """The receiving body has the person, and says in what state they came."""

    code: ClassVar[str] = "custody.confirm"
    needs: ClassVar[str] = "custody.receive"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody"})

    state: Text


class TakeBack(_OnCustody):
    """The person was not handed over after all, and is still with those who hold them."""

    code: ClassVar[str] = "custody.take_back"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody"})

    why: Text


class End(_OnCustody):
    """The person is no more in custody: where they went and with what. Detention, refusal of entry and a hand-over to another state
    ask the safeguards, which stop them before the interview."""

    code: ClassVar[str] = "custody.end"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody", "how"})

    how: Literal[rules.ENDS]  # type: ignore[valid-type]
    where: Annotated[str, StringConstraints(max_length=200)] = ""
    left_with: Words = ""

    def harm(self) -> Harm | None:
        return rules.HARMS.get(self.how)


class Tell(Action):
    """The installation's own act: a transfer that nobody confirmed, or somebody held beyond the time of the law, is told at once."""

    code: ClassVar[str] = "custody.tell"
    needs: ClassVar[str] = "custody.oversee"
    open_fields: ClassVar[frozenset[str]] = frozenset({"custody", "of"})
    by_installation: ClassVar[bool] = True

    custody: UUID
    of: Literal["unconfirmed", "over_time"]

    def subject(self) -> UUID | None:
        return Custody.objects.filter(pk=self.custody).values_list("file", flat=True).first()
