"""Loading the record, what states report of their own law, and the check by a second pair of eyes. The only writer of this room.

Nothing is overwritten: a row that the record says otherwise is superseded, a report that is not confirmed stays with the reason, and
what a state reports stands beside what other sources say until it is checked against the depositary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AfterValidator, StringConstraints

from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.loadings.service import LoadSheets, note, refuse_wrong
from panah.hub.treaties import dates, record
from panah.hub.treaties.models import (
    Agreement,
    Amendment,
    AmendmentStep,
    Check,
    ChecklistAnswer,
    ChecklistItem,
    Instrument,
    Kept,
    Law,
    ReportedAct,
)


def _partial(text: str) -> str:
    if text and not dates.is_partial(text):
        raise ValueError(f"{text!r} is no day. Allowed are YYYY, YYYY-MM and YYYY-MM-DD.")
    return text


def _address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise ValueError("An address begins with https:// or http://.")
    return text


CODES = r"^([a-z_]+/[a-z0-9_]+( [a-z_]+/[a-z0-9_]+)*)?$"
"""Codes of values of a pack, parted by blanks."""
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Partial = Annotated[str, AfterValidator(_partial)]
Given = Annotated[str, StringConstraints(min_length=4, max_length=10), AfterValidator(_partial)]
Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]
Paper = Annotated[str, StringConstraints(min_length=3, max_length=300)]
Said = Annotated[str, StringConstraints(max_length=2000)]
Sentence = Annotated[str, StringConstraints(min_length=10, max_length=1000)]
ActCode = Literal[
    "signature", "ratification", "accession", "succession", "reservation", "declaration", "withdrawal", "incorporation"
]
StageCode = Literal["bill", "adopted", "in_force", "dropped"]


@dataclass(frozen=True)
class OfState:
    """What a permission is asked for: something of one state. Nobody is seated for an empty one."""

    participant: str


class LoadTreaties(LoadSheets):
    """Take in the sheets of a folder and what the packs say. `folder_digest` is what `record.digest` said of them on `on`; the same again
    changes nothing."""

    code: ClassVar[str] = "treaties.load"
    needs: ClassVar[str] = "treaties.load"
    open_fields: ClassVar[frozenset[str]] = frozenset({"folder_digest", "on"})

    on: date


class ReportAct(Action):
    """Say that a state has signed, ratified, made a reservation and the like, with the paper that shows it. It waits for the check."""

    code: ClassVar[str] = "treaties.report_act"
    needs: ClassVar[str] = "treaties.report"
    open_fields: ClassVar[frozenset[str]] = frozenset({"report", "state", "instrument", "act", "date"})

    report: UUID
    state: State
    instrument: str
    act: ActCode
    date: Given
    effective: Partial = ""
    says: Said = ""
    paper: Paper
    link: Address = ""

    def target(self) -> OfState:
        return OfState(self.state)


class ReportAmendment(Action):
    """Say that a law of a state is to change: its first stage, and which values of the state's pack change with it."""

    code: ClassVar[str] = "treaties.report_amendment"
    needs: ClassVar[str] = "treaties.report"
    open_fields: ClassVar[frozenset[str]] = frozenset({"amendment", "state", "stage", "on"})

    amendment: UUID
    state: State
    law: str = ""
    title_en: Paper
    title_ru: Paper
    number: Annotated[str, StringConstraints(max_length=40)] = ""
    parameters: Annotated[str, StringConstraints(max_length=500, pattern=CODES)] = ""
    stage: StageCode
    on: Given
    paper: Paper
    link: Address = ""

    def target(self) -> OfState:
        return OfState(self.state)


class ReportStage(Action):
    """Say that an amendment came to a further stage on a day."""

    code: ClassVar[str] = "treaties.report_stage"
    needs: ClassVar[str] = "treaties.report"
    open_fields: ClassVar[frozenset[str]] = frozenset({"step", "amendment", "stage", "on"})

    step: UUID
    amendment: str
    stage: StageCode
    on: Given
    paper: Paper
    link: Address = ""

    def target(self) -> OfState:
        found = Amendment.objects.filter(key=self.amendment, superseded_at=None).first()
        return OfState(found.state if found else "")


class VerifyReport(Action):
    """Confirm a report after looking at the depositary or the official gazette. Not by who reported it."""

    code: ClassVar[str] = "treaties.verify_report"
    needs: ClassVar[str] = "treaties.verify"
    open_fields: ClassVar[frozenset[str]] = frozenset({"report"})

    report: UUID
    against: Sentence


class RefuseReport(Action):
    """Do not confirm a report, and say why. It stays readable with the reason; the state may report anew. Not by who reported it."""

    code: ClassVar[str] = "treaties.refuse_report"
    needs: ClassVar[str] = "treaties.verify"
    open_fields: ClassVar[frozenset[str]] = frozenset({"report"})

    report: UUID
    reason: Sentence


class TakeBackReport(Action):
    """Take back a report that nobody has checked yet. It stays readable as taken back."""

    code: ClassVar[str] = "treaties.take_back"
    needs: ClassVar[str] = "treaties.take_back"
    open_fields: ClassVar[frozenset[str]] = frozenset({"report"})

    report: UUID

    def target(self) -> OfState:
        found = _report(self.report)
        return OfState(found.state if found else "")


class AnswerChecklist(Action):
    """Say whether a plan of the state takes account of migration. The latest answer is shown, those before it stay."""

    code: ClassVar[str] = "treaties.answer_checklist"
    needs: ClassVar[str] = "treaties.report"
    open_fields: ClassVar[frozenset[str]] = frozenset({"state", "item", "on"})

    answer_id: UUID
    state: State
    item: str
    answer: Literal["yes", "partly", "no"]
    on: Given
    paper: Paper
    link: Address = ""

    def target(self) -> OfState:
        return OfState(self.state)


@handles(LoadTreaties)
def load_treaties(action: LoadTreaties, moment: Moment) -> Outcome:
    folder = Path(action.folder)
    found = record.digest(folder, action.on)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    refuse_wrong(record.problems(folder))
    rows = changed = 0
    for table, said in record.incoming(folder, action.on).items():
        rows += len(said)
        changed += _replace(table, said, moment)
    return note(action, found, moment, rows=rows, changed=changed)


def _replace(table: type[Kept], said: Any, moment: Moment) -> int:
    """Supersede what is said otherwise now, add what is new. What was reported here (no digest) is not touched."""
    rows: Any = table._default_manager
    digests = {key: record.row_digest(fields) for key, fields in said.items()}
    standing = dict(rows.filter(superseded_at=None).exclude(digest="").values_list("key", "digest"))
    gone = [key for key, digest in standing.items() if digests.get(key) != digest]
    for start in range(0, len(gone), 500):
        rows.filter(key__in=gone[start : start + 500], superseded_at=None).exclude(digest="").update(
            superseded_at=moment.recorded_at
        )
    new = [key for key, digest in digests.items() if standing.get(key) != digest]
    rows.bulk_create(
        [table(key=key, digest=digests[key], made_at=moment.recorded_at, **said[key]) for key in new], batch_size=200
    )
    return len(new) + len([key for key in gone if key not in digests])


@handles(ReportAct)
def report_act(action: ReportAct, moment: Moment) -> Outcome:
    instrument = Instrument.objects.filter(key=action.instrument, superseded_at=None).first()
    if instrument is None and not Agreement.objects.filter(key=action.instrument, superseded_at=None).exists():
        raise Refused(
            _("The hub knows no instrument “%(code)s”. Choose one of the list.") % {"code": action.instrument},
            code="unknown_instrument",
            field="instrument",
        )
    if instrument is not None and instrument.kind == "declaration":
        raise Refused(
            _("This is a declaration: states neither sign nor ratify it."), code="no_treaty", field="instrument"
        )
    _refuse_future(action.date, moment, "date")
    if action.act in ("reservation", "declaration") and not action.says:
        raise Refused(_("Say in your own words what it says."), code="says_nothing", field="says")
    ReportedAct.objects.create(
        id=action.report,
        state=action.state,
        instrument=action.instrument,
        act=action.act,
        date=action.date,
        in_force=action.effective,
        says=action.says,
        paper=action.paper,
        link=action.link,
        **_reported(action, moment),
    )
    return _waits(action.report, action.state, {"report": str(action.report)})


@handles(ReportAmendment)
def report_amendment(action: ReportAmendment, moment: Moment) -> Outcome:
    if action.law and not Law.objects.filter(key=action.law, state=action.state, superseded_at=None).exists():
        raise Refused(
            _("The register has no such act of this state. Choose one of the list, or none for a new act."),
            code="unknown_law",
            field="law",
        )
    if action.stage == "in_force":
        _refuse_future(action.on, moment, "on")
    Amendment.objects.create(
        key=str(action.amendment),
        state=action.state,
        law=action.law,
        title_en=action.title_en,
        title_ru=action.title_ru,
        number=action.number,
        parameters=action.parameters,
        source=action.paper,
        link=action.link,
        basis="read",
        made_at=moment.recorded_at,
    )
    step = _step(action.id, str(action.amendment), action.state, action, moment)
    return _waits(step, action.state, {"amendment": str(action.amendment), "report": str(step)})


@handles(ReportStage)
def report_stage(action: ReportStage, moment: Moment) -> Outcome:
    amendment = Amendment.objects.filter(key=action.amendment, superseded_at=None).first()
    if amendment is None:
        raise NotFound("There is no such amendment.")
    if action.stage != "dropped":
        _refuse_future(action.on, moment, "on")
    step = _step(action.step, amendment.key, amendment.state, action, moment)
    return _waits(step, amendment.state, {"report": str(step)})


def _step(identifier: UUID, amendment: str, state: str, action: Any, moment: Moment) -> UUID:
    AmendmentStep.objects.create(
        key=str(identifier),
        amendment=amendment,
        state=state,
        stage=action.stage,
        on=action.on,
        source=action.paper,
        link=action.link,
        basis="read",
        made_at=moment.recorded_at,
        **_reported(action, moment),
    )
    return identifier


@handles(VerifyReport)
def verify_report(action: VerifyReport, moment: Moment) -> Outcome:
    found = _waiting(action)
    found.check_state, found.checked_against = Check.VERIFIED, action.against
    return _checked(found, action, moment)


@handles(RefuseReport)
def refuse_report(action: RefuseReport, moment: Moment) -> Outcome:
    found = _waiting(action)
    found.check_state, found.checked_against = Check.REFUSED, action.reason
    return _checked(found, action, moment)


@handles(TakeBackReport)
def take_back_report(action: TakeBackReport, moment: Moment) -> Outcome:
    found = _report(action.report)
    if found is None:
        raise NotFound("There is no such report.")
    _still_waiting(found)
    found.check_state, found.checked_by, found.checked_at = Check.TAKEN_BACK, action.by, moment.recorded_at
    found.save(update_fields=["check_state", "checked_by", "checked_at"])
    return Outcome(facts={"state": found.state})


@handles(AnswerChecklist)
def answer_checklist(action: AnswerChecklist, moment: Moment) -> Outcome:
    if not ChecklistItem.objects.filter(key=action.item, superseded_at=None).exists():
        raise Refused(_("The checklist has no such question."), code="unknown_item", field="item")
    _refuse_future(action.on, moment, "on")
    ChecklistAnswer.objects.create(
        id=action.answer_id,
        state=action.state,
        item=action.item,
        answer=action.answer,
        paper=action.paper,
        link=action.link,
        on=action.on,
        reported_by=action.by,
        reported_at=moment.recorded_at,
    )
    return Outcome(result={"answer": str(action.answer_id)})


def _reported(action: Action, moment: Moment) -> dict[str, Any]:
    return {"reported_by": action.by, "reported_at": moment.recorded_at, "check_state": Check.WAITING}


def _waits(report: UUID, state: str, result: dict[str, Any]) -> Outcome:
    word = Word("treaties.waits", role="secretariat", facts={"state": state}, link=f"/treaties/reports/{report}/")
    return Outcome(result=result, notices=(word,))


def _refuse_future(text: str, moment: Moment, name: str) -> None:
    if dates.first(text) > moment.recorded_at.date():
        raise Refused(
            _("%(day)s has not come yet. Report it when it has happened.") % {"day": text}, code="future", field=name
        )


def _report(identifier: UUID) -> Any:
    """A report by its id: an act towards a treaty, or a stage of an amendment."""
    act = ReportedAct.objects.select_for_update().filter(pk=identifier).first()
    return act or AmendmentStep.objects.select_for_update().filter(key=str(identifier), digest="").first()


def _still_waiting(found: Any) -> None:
    if found.check_state != Check.WAITING:
        raise Refused(
            _("This report is not waiting any more: %(state)s.")
            % {"state": str(Check(found.check_state).label).lower()},
            code="not_waiting",
        )


def _waiting(action: VerifyReport | RefuseReport) -> Any:
    found = _report(action.report)
    if found is None:
        raise NotFound("There is no such report.")
    _still_waiting(found)
    if found.reported_by == action.by:
        raise Refused(
            _("Nobody checks their own report. Another officer of the secretariat looks at the depositary."),
            code="own_report",
        )
    return found


def _checked(found: Any, action: Action, moment: Moment) -> Outcome:
    found.checked_by, found.checked_at = action.by, moment.recorded_at
    changed = ["check_state", "checked_by", "checked_at", "checked_against"]
    if isinstance(found, AmendmentStep) and found.check_state == Check.VERIFIED:
        found.verified = True
        changed.append("verified")
    found.save(update_fields=changed)
    told = Word(
        "treaties.checked" if found.check_state == Check.VERIFIED else "treaties.not_confirmed",
        officer=found.reported_by,
        link=f"/treaties/reports/{action.report}/",  # type: ignore[attr-defined]
    )
    return Outcome(facts={"state": found.state, "became": found.check_state}, notices=(told,))
