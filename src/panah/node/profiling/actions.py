"""The actions of this room and their handlers: the only code that writes information given, interviews, proposals and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _
from pydantic import Field, JsonValue, StringConstraints
from uuid6 import uuid7

from panah.cores.screening import InterviewRecord, RecordError, read_record, screener
from panah.cores.screening.codes import LEAFLETS
from panah.cores.screening.fields import FIELD
from panah.foundation.door.service import Action, Moment, NotFound, Outcome, Refused, handles
from panah.foundation.languages import of_tag
from panah.foundation.notices.service import Word
from panah.node.profiling import rules
from panah.node.profiling.models import Confirmation, Information, Interview, Proposal, Setting
from panah.node.profiling.pack_rules import rulebook
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards

Short = Annotated[str, StringConstraints(max_length=120)]
Tag = Annotated[str, StringConstraints(max_length=16, pattern=r"^[A-Za-z0-9-]*$")]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=1000)]


class _OnFile(Action):
    """An act on a person's file."""

    file: UUID

    def subject(self) -> UUID:
        return self.file

    def target(self) -> Any:
        return registration.file_by_id(self.file)


class _OnInterview(Action):
    """An act in an interview."""

    needs: ClassVar[str] = "profiling.interview"

    interview: UUID

    def subject(self) -> UUID:
        return _interview(self.interview).file_id

    def target(self) -> Any:
        return _interview(self.interview).file


class GiveInformation(_OnFile):
    """The person was given leaflets, in a language, and said whether they understood."""

    code: ClassVar[str] = "profiling.give_information"
    needs: ClassVar[str] = "profiling.interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "leaflets", "language", "understood"})
    by_installation: ClassVar[bool] = True

    leaflets: Annotated[tuple[Literal[LEAFLETS], ...], Field(min_length=1)]  # type: ignore[valid-type]
    language: Annotated[str, StringConstraints(min_length=2, max_length=16, pattern=r"^[A-Za-z0-9-]+$")]
    interpreter: Short = ""
    understood: bool


class StartInterview(_OnFile):
    """Begin an interview, or ask again: `continues` names an earlier one whose answers it starts from."""

    code: ClassVar[str] = "profiling.start_interview"
    needs: ClassVar[str] = "profiling.interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "interview", "setting", "continues"})

    interview: UUID
    language: Tag = ""
    setting: Setting
    setting_reason: Short = ""
    interpreter: Short = ""
    continues: UUID | None = None


class Answer(_OnInterview):
    """One answer to one question. `unknown` and `refused` are answers, and never a no."""

    code: ClassVar[str] = "profiling.answer"
    open_fields: ClassVar[frozenset[str]] = frozenset({"interview"})

    key: str
    value: JsonValue


class StopInterview(_OnInterview):
    """Stop at once, for a doctor, a safe room, an interpreter or a rest. The interview waits where it is."""

    code: ClassVar[str] = "profiling.stop_interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"interview", "reason"})

    reason: Literal[rules.STOP_REASONS]  # type: ignore[valid-type]


class ResumeInterview(_OnInterview):
    """Go on with an interview that was stopped."""

    code: ClassVar[str] = "profiling.resume_interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"interview"})


class FinishInterview(_OnInterview):
    """End the interview and propose a profile. What was not asked is unknown."""

    code: ClassVar[str] = "profiling.finish_interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"interview"})


class RecordInterview(_OnFile):
    """A whole interview at once, as an import, the REST interface or an offline post brings it. `record` is of
    contracts/screening.md; `leaflets` were given in `language`."""

    code: ClassVar[str] = "profiling.record_interview"
    needs: ClassVar[str] = "profiling.interview"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file", "leaflets", "language"})
    by_installation: ClassVar[bool] = True

    record: dict[str, JsonValue]
    leaflets: tuple[Literal[LEAFLETS], ...] = ()  # type: ignore[valid-type]
    language: Tag = ""
    interpreter: Short = ""


class ConfirmProfile(Action):
    """An officer's decision on a proposal: confirm it, or add and remove profiles, each with its reason."""

    code: ClassVar[str] = "profiling.confirm_profile"
    needs: ClassVar[str] = "profiling.confirm"
    open_fields: ClassVar[frozenset[str]] = frozenset({"proposal"})

    proposal: UUID
    add: dict[str, Reason] = Field(default_factory=dict)
    remove: dict[str, Reason] = Field(default_factory=dict)

    def subject(self) -> UUID:
        return _proposal(self.proposal).file_id

    def target(self) -> Any:
        return _proposal(self.proposal).file


@handles(GiveInformation)
def give_information(action: GiveInformation, moment: Moment) -> Outcome:
    _refuse_closed(registration.file_by_id(action.file))
    _keep_information(action.file, action.leaflets, action, action.understood, moment)
    return Outcome(facts={"count": len(action.leaflets)})


@handles(StartInterview)
def start_interview(action: StartInterview, moment: Moment) -> Outcome:
    file = registration.file_by_id(action.file)
    _refuse_closed(file)
    if missing := not_yet_told(action.file):
        raise Refused(
            _(
                "Before an interview the person is told their rights and what happens to what they say. Still to be given: %s."
            )
            % ", ".join(missing),
            code="not_informed",
        )
    if Interview.objects.filter(file=action.file, finished_at=None).exists():
        raise Refused(_("An interview of this person is open already. Go on with it."), code="open_already")
    if action.setting in rules.UNUSUAL_SETTINGS and not action.setting_reason:
        raise Refused(
            _("An interview by telephone, in a vehicle or in detention needs its reason. Write it down."),
            code="setting_reason",
            field="setting_reason",
        )
    earlier = None
    if action.continues is not None:
        earlier = Interview.objects.filter(pk=action.continues, file=action.file).exclude(finished_at=None).first()
        if earlier is None:
            raise Refused(_("There is no earlier interview of this person to go on from."), code="no_such_interview")
    interview = Interview.objects.create(
        id=action.interview,
        file=file,
        officer=action.by,
        language=action.language or file.language,
        setting=action.setting,
        setting_reason=action.setting_reason,
        interpreter=action.interpreter,
        continues=earlier,
        started_at=moment.recorded_at,
        record=earlier.record if earlier else {},
        asked=earlier.asked if earlier else [],
    )
    registration.set_status(action.file, "interviewed")
    return Outcome(result={"interview": str(interview.id)})


@handles(Answer)
def answer(action: Answer, moment: Moment) -> Outcome:
    interview = _going_on(action.interview)
    if action.key not in FIELD:
        raise Refused(_("There is no question %s.") % action.key, code="unknown_question", field="key")
    open_answer = str(action.value) if action.value in rules.OPEN else ""
    if open_answer and not rules.is_recordable(action.key, action.value):
        record = rules.with_answer(interview.record, action.key, None)
    else:
        record = rules.with_answer(interview.record, action.key, action.value)
        _read(record_of(interview.file, record, interview.started_at))
    asked = [[key, left] for key, left in interview.asked if key != action.key]
    Interview.objects.filter(pk=interview.pk).update(record=record, asked=[*asked, [action.key, open_answer]])
    return Outcome()


@handles(StopInterview)
def stop_interview(action: StopInterview, moment: Moment) -> Outcome:
    interview = _going_on(action.interview)
    Interview.objects.filter(pk=interview.pk).update(stopped_at=moment.recorded_at, stop_reason=action.reason)
    facts = {"number": interview.file.number, "place": interview.file.place, "reason": action.reason}
    roles = ("supervisor", "health_officer") if action.reason == "doctor" else ("supervisor",)
    body = moment.officer.body if moment.officer else ""
    words = tuple(
        Word(
            "profiling.interview_stopped",
            role=role,
            body=body if role == "supervisor" else "",
            facts=facts,
            link=f"/files/{interview.file_id}/",
        )
        for role in roles
    )
    return Outcome(notices=words)


@handles(ResumeInterview)
def resume_interview(action: ResumeInterview, moment: Moment) -> Outcome:
    interview = _open(action.interview)
    if interview.stopped_at is None:
        raise Refused(_("The interview is not stopped."), code="not_stopped")
    Interview.objects.filter(pk=interview.pk).update(stopped_at=None)
    return Outcome()


@handles(FinishInterview)
def finish_interview(action: FinishInterview, moment: Moment) -> Outcome:
    interview = _going_on(action.interview)
    Interview.objects.filter(pk=interview.pk).update(finished_at=moment.recorded_at)
    record = record_of(interview.file, interview.record, moment.recorded_at)
    return _propose(interview, record, moment)


@handles(RecordInterview)
def record_interview(action: RecordInterview, moment: Moment) -> Outcome:
    file = registration.file_by_id(action.file)
    _refuse_closed(file)
    said = {key: value for key, value in action.record.items() if key not in ("id", "pack", "date", "place")}
    pack = action.record.get("pack")
    if pack is not None and pack != registration.node_pack().code:
        raise Refused(
            _("The record is for the rules %(found)s; this installation works by %(own)s.")
            % {"found": pack, "own": registration.node_pack().code},
            code="other_pack",
            field="record.pack",
        )
    record = record_of(file, said, action.happened_at)
    if "date" in action.record:
        record["date"] = action.record["date"]
    _read(record)
    interview = Interview.objects.create(
        id=uuid7(),
        file=file,
        officer=action.by,
        language=action.language or file.language,
        interpreter=action.interpreter,
        started_at=action.happened_at,
        finished_at=moment.recorded_at,
        record=said,
    )
    if action.leaflets:
        understood = rules.answer_at(said, "consent.understands") == "yes"
        _keep_information(action.file, action.leaflets, action, understood, moment)
    return _propose(interview, record, moment)


@handles(ConfirmProfile)
def confirm_profile(action: ConfirmProfile, moment: Moment) -> Outcome:
    proposal = _proposal(action.proposal)
    _refuse_closed(proposal.file)
    if Confirmation.objects.filter(proposal=proposal).exists():
        raise Refused(_("This proposal is decided already. Ask again to get a new one."), code="decided_already")
    if latest_proposal(proposal.file_id) != proposal:
        raise Refused(_("There is a newer proposal for this person. Decide on that one."), code="not_the_latest")
    proposed = [line["code"] for line in proposal.profile["profiles"]]
    problem = rules.change_problem(proposed, action.add, action.remove)
    if problem:
        code, profile = problem
        raise Refused(_CHANGE_PROBLEMS[code]() % profile, code=code, field="profiles")
    added_lines: dict[str, Any] = {}
    if action.add:
        record, pack = read_record(proposal.record), registration.node_pack()
        added_lines = rules.follows_from(action.add, proposal.profile, record, rulebook(pack), pack)
        _place_holds(proposal.file_id, {"safeguards": added_lines["safeguards"]}, proposal.record, moment)
    changes = [{"code": code, "change": "added", "reason": reason} for code, reason in action.add.items()]
    changes += [{"code": code, "change": "removed", "reason": reason} for code, reason in action.remove.items()]
    confirmation = Confirmation.objects.create(
        id=action.id,
        proposal=proposal,
        file=proposal.file,
        profiles=list(rules.profiles_after(proposed, action.add, action.remove)),
        changes=changes,
        added_lines=added_lines,
        tracing_due=rules.first_due(
            "family_tracing", (*proposal.profile["referrals"], *added_lines.get("referrals", ()))
        ),
        by=action.by,
        at=moment.recorded_at,
    )
    registration.set_status(proposal.file_id, "confirmed")
    return Outcome(
        result={"confirmation": str(confirmation.id)},
        facts={"added": len(action.add), "removed": len(action.remove)},
    )


_CHANGE_PROBLEMS = {
    "unknown_profile": lambda: _("There is no profile %s. Choose one of the list."),
    "already_there": lambda: _("The profile %s is proposed already and cannot be added."),
    "not_there": lambda: _("The profile %s was not proposed and cannot be taken off."),
    "both_ways": lambda: _("The profile %s is added and taken off at once. Choose one."),
}


def record_of(file: registration.PersonFile, said: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The whole record for the screening core: what registration knows, what was said over it, and when."""
    pack = registration.node_pack()
    moment = at.astimezone(ZoneInfo(pack.timezone))
    record = rules.merged(registration.record_part(file, moment.date()), said)
    return {
        **record,
        "id": str(file.pk),
        "pack": pack.code,
        "place": file.place,
        "date": moment.isoformat(timespec="seconds"),
    }


def not_yet_told(file_id: UUID) -> tuple[str, ...]:
    """The leaflets that must still be given, and understood, before an interview."""
    given = set(Information.objects.filter(file=file_id, understood=True).values_list("leaflet", flat=True))
    return tuple(leaflet for leaflet in rules.BEFORE_INTERVIEW if leaflet not in given)


def latest_proposal(file_id: UUID) -> Proposal | None:
    return Proposal.objects.select_related("interview").filter(file=file_id).order_by("-made_at", "-id").first()


def _read(record: Mapping[str, Any]) -> InterviewRecord:
    try:
        return read_record(record)
    except RecordError as error:
        first = error.errors[0]
        raise Refused(str(error), code="record", field=f"record.{first.field}") from None


def _propose(interview: Interview, record: dict[str, Any], moment: Moment) -> Outcome:
    """Screen the record, keep the proposal, place the holds, move the file on. In the caller's transaction."""
    pack = registration.node_pack()
    try:
        profile = msgspec.to_builtins(screener(pack)(_read(record)))
    except RecordError as error:
        raise Refused(str(error), code="record", field=f"record.{error.errors[0].field}") from None
    proposal = Proposal.objects.create(
        id=uuid7(),
        interview=interview,
        file_id=interview.file_id,
        record=record,
        profile=profile,
        urgency=profile["urgency"],
        pack=pack.code,
        pack_version=pack.version,
        pack_digest=pack.digest,
        on=profile["on"],
        made_at=moment.recorded_at,
    )
    _place_holds(interview.file_id, profile, record, moment)
    safeguards.note_screened(interview.file_id, moment)
    registration.set_status(interview.file_id, "proposed")
    return Outcome(
        result={"interview": str(interview.id), "proposal": str(proposal.id)},
        facts={
            "proposal": str(proposal.id),
            "urgency": proposal.urgency,
            "pack": f"{pack.code} {pack.version}",
            "digest": pack.digest,
        },
        notices=_at_once(interview, moment) if proposal.urgency == "immediate" else (),
    )


def _place_holds(file_id: UUID, lines: Mapping[str, Any], record: Mapping[str, Any], moment: Moment) -> None:
    verified = {rule.id: rule.verified for rule in rulebook(registration.node_pack()).rules}
    marks = rules.marks_of(lines, record)
    holds = [
        safeguards.HoldToPlace(
            line["code"],
            tuple({**reason, "verified": verified.get(reason["rule"], False)} for reason in line["because"]),
            marks,
        )
        for line in lines["safeguards"]
    ]
    safeguards.place_holds(file_id, holds, moment)


def _at_once(interview: Interview, moment: Moment) -> tuple[Word, ...]:
    body = moment.officer.body if moment.officer else ""
    facts = {"number": interview.file.number, "place": interview.file.place}
    link = f"/files/{interview.file_id}/proposal/"
    return (Word("profiling.immediate", role="supervisor", body=body, facts=facts, link=link),)


def _keep_information(
    file_id: UUID,
    leaflets: tuple[str, ...],
    action: GiveInformation | RecordInterview,
    understood: bool,
    moment: Moment,
) -> None:
    language = of_tag(action.language)
    if language is None and not action.interpreter:
        raise Refused(
            _("There are no leaflets in this language. Name the interpreter who said them to the person."),
            code="no_such_language",
            field="interpreter",
        )
    version = registration.node_pack().version
    Information.objects.bulk_create(
        Information(
            id=uuid7(),
            file_id=file_id,
            leaflet=leaflet,
            language=action.language,
            version=version,
            interpreter=action.interpreter,
            understood=understood,
            given_at=moment.recorded_at,
            given_by=action.by,
        )
        for leaflet in dict.fromkeys(leaflets)
    )


def _refuse_closed(file: registration.PersonFile) -> None:
    if file.closed_at is not None:
        raise Refused(_("The file is closed and can no longer be changed."), code="file_closed", field="file")


def _interview(identifier: UUID) -> Interview:
    found = Interview.objects.select_related("file").filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such interview.")
    return found


def _open(identifier: UUID) -> Interview:
    found = Interview.objects.select_for_update(of=("self",)).select_related("file").get(pk=identifier)
    _refuse_closed(found.file)
    if found.finished_at is not None:
        raise Refused(_("The interview has ended. Ask again to begin a new one."), code="ended")
    return found


def _going_on(identifier: UUID) -> Interview:
    found = _open(identifier)
    if found.stopped_at is not None:
        raise Refused(_("The interview is stopped. Go on with it first."), code="stopped")
    return found


def _proposal(identifier: UUID) -> Proposal:
    found = Proposal.objects.select_related("file").filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such proposal.")
    return found
