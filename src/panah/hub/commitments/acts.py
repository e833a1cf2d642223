"""The acts of this room as values. What they do is in `actions/`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from panah.foundation.door.service import Action, Digest
from panah.hub.commitments.models import Commitment, Report
from panah.hub.commitments.permissions import Of
from panah.hub.loadings.service import LoadSheets

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2,11}$")]
Words = Annotated[str, StringConstraints(max_length=4000)]
Line = Annotated[str, StringConstraints(max_length=300)]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
Status = Literal["planning", "in_progress", "fulfilled"]
Kind = Literal["paragraph", "conclusion", "recommendation", "own"]
Theme = Literal[
    "", "border", "irregular", "asylum", "statelessness", "labour", "data", "return", "emergency", "partnership", "law"
]
Point10 = Annotated[str, StringConstraints(pattern=r"^([1-9]|10)$")]
Point8 = Annotated[str, StringConstraints(pattern=r"^[1-8]$")]


def lead_of(identifier: UUID) -> Of:
    """The lead of the commitment of that id; nobody's where there is none, so that a stranger learns nothing of it."""
    row = Commitment.objects.filter(pk=identifier).first()
    return Of(row.participant if row else "")


class Evidence(BaseModel):
    """What a report rests on: an address, a published figure, or a paper of which only the digest is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    kind: Literal["link", "figure", "upload"]
    text: Annotated[str, StringConstraints(min_length=3, max_length=300)]
    url: Annotated[
        str, StringConstraints(pattern=r"^(https://[^\s\"'<>]+|/[^/\s\"'<>][^\s\"'<>]*)?$", max_length=500)
    ] = ""
    digest: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""


class Advice(BaseModel):
    """What a list of recommendations says of one, beside what a commitment has of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    mechanism: Line = ""
    paper: Line = ""
    paragraph: Line = ""
    text: Words = ""
    body: Line = ""
    indicator: Line = ""


class _Promise(Action):
    """What every draft says."""

    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "participant", "kind", "source"})

    commitment: UUID
    participant: Code
    kind: Kind = "own"
    source: Annotated[str, StringConstraints(max_length=80)] = ""
    action_en: Words = ""
    action_ru: Words = ""
    theme: Theme = ""
    ten_points: tuple[Point10, ...] = ()
    agenda: tuple[Point8, ...] = ()
    partners: tuple[Code, ...] = ()
    begins: date | None = None
    due: date | None = None
    advice: Advice = Advice()

    def target(self) -> Any:
        return Of(self.participant)


class Make(_Promise):
    """Draft a commitment of a participant: of its own, from a paragraph, from a conclusion, or matching another one."""

    code: ClassVar[str] = "commitments.make"
    needs: ClassVar[str] = "commitments.draft"

    matches: str = ""


class TakeRow(_Promise):
    """Take in one row of a list of recommendations as a draft. `status` and `reported` are what the list says of progress; they become a
    report that waits to be signed."""

    code: ClassVar[str] = "commitments.take_row"
    needs: ClassVar[str] = "commitments.draft"

    report: UUID
    status: Literal["", "planning", "in_progress", "fulfilled"] = ""
    reported: Words = ""


class _OnCommitment(Action):
    """An act on a commitment that its lead may see; the permission is asked for the lead."""

    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment"})

    commitment: UUID

    def target(self) -> Any:
        return lead_of(self.commitment)


class Accept(_OnCommitment):
    """The national coordinator signs the draft: it is made, and public. Not the one who drafted it."""

    code: ClassVar[str] = "commitments.accept"
    needs: ClassVar[str] = "commitments.sign"


class Join(Action):
    """The national coordinator of a participant that was asked to carry it jointly says yes. The lead reports."""

    code: ClassVar[str] = "commitments.join"
    needs: ClassVar[str] = "commitments.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "participant"})

    commitment: UUID
    participant: Code

    def target(self) -> Any:
        return Of(self.participant)


class ChangeDue(_OnCommitment):
    """Another last day, with the reason. The earlier one stays readable."""

    code: ClassVar[str] = "commitments.change_due"
    needs: ClassVar[str] = "commitments.sign"

    due: date
    reason: Reason


class Withdraw(_OnCommitment):
    """The commitment stands no more, and why. It stays readable."""

    code: ClassVar[str] = "commitments.withdraw"
    needs: ClassVar[str] = "commitments.sign"

    reason: Reason


class DraftReport(_OnCommitment):
    """Say how far it is, with evidence. It waits for the national coordinator."""

    code: ClassVar[str] = "commitments.draft_report"
    needs: ClassVar[str] = "commitments.draft"
    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "report", "status"})

    report: UUID
    status: Status
    text_en: Words = ""
    text_ru: Words = ""
    evidence: tuple[Evidence, ...] = ()


class SignReport(Action):
    """The national coordinator signs the report that was shown (`shown` is its digest): its status is that of the commitment, and public."""

    code: ClassVar[str] = "commitments.sign_report"
    needs: ClassVar[str] = "commitments.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"report", "shown"})

    report: UUID
    shown: Digest

    def target(self) -> Any:
        row = Report.objects.select_related("commitment").filter(pk=self.report).first()
        return Of(row.commitment.participant if row else "")


class SetMeasure(_OnCommitment):
    """Name the published number by which progress is computed, with baseline, goal and direction."""

    code: ClassVar[str] = "commitments.set_measure"
    needs: ClassVar[str] = "commitments.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "measure", "kind", "indicator"})

    measure: UUID
    kind: Literal["indicator", "table"]
    indicator: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    part: Annotated[str, StringConstraints(max_length=200)] = ""
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    days: bool = False
    direction: Literal["up", "down"]
    baseline: Decimal | None = None
    baseline_period: Annotated[str, StringConstraints(max_length=10)] = ""
    goal: Decimal


class SignFigure(_OnCommitment):
    """The national coordinator signs the number that is published now: it is frozen with its date, denominator, definition, source and digest.
    `shown` is the digest of what the page showed; another number since then is refused."""

    code: ClassVar[str] = "commitments.sign_figure"
    needs: ClassVar[str] = "commitments.sign"
    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "signed", "shown"})

    signed: UUID
    shown: Digest


class Remind(Action):
    """Tell the owner's coordinators that a day comes near or went by. Each day is told of once."""

    code: ClassVar[str] = "commitments.remind"
    needs: ClassVar[str] = "commitments.remind"
    open_fields: ClassVar[frozenset[str]] = frozenset({"commitment", "due"})
    by_installation: ClassVar[bool] = True

    commitment: UUID
    due: date


class TellMoved(Action):
    """Tell the owner's coordinators that a newer publication has another number than the one they signed. Once for each signature."""

    code: ClassVar[str] = "commitments.tell_moved"
    needs: ClassVar[str] = "commitments.remind"
    open_fields: ClassVar[frozenset[str]] = frozenset({"signed"})
    by_installation: ClassVar[bool] = True

    signed: UUID


class LoadCommitments(LoadSheets):
    """Take in the commitments that the documents make. `folder_digest` is that of the sheet when it was checked."""

    code: ClassVar[str] = "commitments.load"
    needs: ClassVar[str] = "commitments.load"
