"""What is sent to the interface and what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StringConstraints

from panah.cores.screening.schema import profile_schema, record_schema
from panah.node.registration.service import BirthSaid, DocumentShown, Entry, NameSaid

Text = Annotated[str, StringConstraints(max_length=2000)]


def _written(value: Any) -> Any:
    """A number is no moment: seconds since when, and in which zone, would be guessed."""
    if not isinstance(value, str):
        raise ValueError("A moment is written as text, for example 2026-11-21T10:00:00+05:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Sent(Schema):
    """Base of all that is sent: unknown fields are refused; `action` is the sender's own id for this act (UUIDv7)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    action: UUID = Field(
        description="Id of this act, made by the sender. The same id again is answered with the first receipt."
    )
    happened_at: Moment = Field(description="When it happened, with offset.")


class PersonSent(Sent):
    """A person who arrived. Nothing but the ids is required: what is not known stays out."""

    file: UUID = Field(description="Id of the file, made by the sender.")
    language: Annotated[str, StringConstraints(max_length=16, pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")] = ""
    names: tuple[NameSaid, ...] = ()
    sex: Literal["female", "male", "other", "unknown"] = "unknown"
    birth: BirthSaid = BirthSaid()
    citizenships: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")], ...] = ()
    documents: tuple[DocumentShown, ...] = ()
    entry: Entry = Entry()


class InterviewSent(Sent):
    """A whole interview: the record of contracts/screening without `id` and `pack`, which the file gives."""

    record: dict[str, Any] = Field(description="An interview record as contracts/screening describes it.")


class ConfirmationSent(Sent):
    """An officer's decision on a proposal: profiles added and removed, each with its reason."""

    proposal: UUID
    add: dict[str, Text] = {}
    remove: dict[str, Text] = {}


class SecondReadingSent(Sent):
    agrees: bool
    remark: Annotated[str, StringConstraints(max_length=4_000)] = Field(
        "", description="Needed where it reads otherwise."
    )


DataClass = Literal[
    "identity_core", "claim_content", "health_and_violence", "trafficking_facts", "skills_and_work", "location"
]


class ReferralSent(Sent):
    referral: UUID = Field(description="Id of the referral, made by the sender.")
    to: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_./:-]*$")]
    consent_given: bool | None = Field(
        None, description="What the person said when asked; null where they were not asked."
    )
    body: Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_./:-]*$")] = Field(
        "", description="The body, of those that are competent; the proposed one when empty."
    )
    agreed: tuple[DataClass, ...] | None = Field(
        None, description="For a body outside: the classes of data to which the person said yes."
    )
    chosen_for: Literal["", "law", "wish", "family", "skill", "near", "promised", "no_other"] = Field(
        "", description="Why it goes to another body than the proposed one."
    )
    after: UUID | None = Field(None, description="A declined referral that named this kind of body as competent.")


class AnswerSent(Sent):
    """What the receiving body answers."""

    answer: Literal["accept", "decline", "done"]
    reason: Literal["", "NOT_COMPETENT", "INCOMPLETE", "CAPACITY", "DUPLICATE", "PERSON_DECLINED"] = ""
    competent: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_./:-]*$")] = ""
    outcome: Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_./:-]*$")] = ""
    remark: Text = ""


class ReceiptGiven(Schema):
    """Proof that the act was done, and once."""

    action: UUID
    code: str
    recorded_at: datetime
    line: int = Field(description="Line of the journal.")
    result: dict[str, Any]


class ProposalGiven(Schema):
    """The latest proposal for a person, and whether an officer has decided on it."""

    proposal: UUID
    profile: dict[str, Any] = Field(description="A profile as contracts/screening describes it.")
    pack_digest: str
    decided: list[str] | None = Field(description="The profiles that an officer decided on; null before.")


class ReferralGiven(Schema):
    """A referral as its recipient sees it."""

    referral: UUID
    number: str
    to: str
    urgency: str
    status: str
    due_at: datetime
    due_basis: Literal["statutory", "target"] = Field(description="Whether the law sets `due_at` or only a target.")
    packet: dict[str, Any]


class QueueGiven(Schema):
    waiting: list[ReferralGiven]


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str = ""
    field: str = ""


def describe_screening(schemas: dict[str, Any]) -> None:
    """Put the record and the profile into a description's schemas, from the definitions that the screening itself reads."""
    record, profile = record_schema(), profile_schema()
    record["required"] = []  # the file gives the id
    schemas["InterviewSent"]["properties"]["record"] = _component("InterviewRecord", record, schemas)
    schemas["ProposalGiven"]["properties"]["profile"] = _component("Profile", profile, schemas)


def _component(name: str, schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, str]:
    """A schema that stands by itself as a component, its own definitions beside it; gives the reference to it."""
    for defined, content in schema.pop("$defs").items():
        schemas[f"{name}.{defined}"] = _moved(content, name)
    schemas[name] = _moved({key: value for key, value in schema.items() if key not in ("$schema", "$id")}, name)
    return {"$ref": f"#/components/schemas/{name}"}


def _moved(part: Any, name: str) -> Any:
    if isinstance(part, dict):
        return {key: _moved(value, name) for key, value in part.items()}
    if isinstance(part, list):
        return [_moved(value, name) for value in part]
    return part.replace("#/$defs/", f"#/components/schemas/{name}.") if isinstance(part, str) else part
