"""The text of a meeting: paragraphs and their versions, proposals of states, and what was taken from them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.hub.meetings import seats
from panah.hub.meetings.actions.holding import doer, meeting_of, neighbours, words_to, words_to_leads
from panah.hub.meetings.drafting_acts import (
    AddParagraph,
    AddRemark,
    Decline,
    DropParagraph,
    Merge,
    MoveParagraph,
    Propose,
    Reopen,
    Revise,
    WithdrawProposal,
)
from panah.hub.meetings.models import Meeting, Paragraph, Proposal, Remark, SilenceLine, Turn, Version


def drafting(identifier: UUID) -> Meeting:
    """The meeting, if its text can still change."""
    row = meeting_of(identifier)
    if row.statement_at is not None:
        raise Refused(_("The agreed paragraphs are public. The text does not change any more."), code="public")
    if row.state == "cancelled":
        raise Refused(_("The meeting was called off."), code="not_planned")
    return row


def paragraph_of(identifier: UUID) -> Paragraph:
    """The paragraph, whose meeting's text can still change."""
    found = Paragraph.objects.filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such paragraph.")
    drafting(found.meeting_id)
    return Paragraph.objects.select_related("meeting").get(pk=identifier)


def standing_draft(identifier: UUID, on_version: int) -> Paragraph:
    """A paragraph that is a draft, lies under no silence, and stands in the version that was read."""
    row = paragraph_of(identifier)
    if row.standing != "draft":
        raise Refused(_("The paragraph is agreed or left out. Open it again first."), code="not_a_draft")
    if on_version != row.version:
        raise Refused(
            _("The text was changed in between: version %(now)s stands, and version %(read)s was read. Read it again.")
            % {"now": row.version, "read": on_version},
            code="other_version",
        )
    return row


def refuse_under_silence(row: Paragraph) -> None:
    if SilenceLine.objects.filter(paragraph=row, silence__ended_at=None, broken_at=None).exists():
        raise Refused(
            _("The paragraph lies under a silence procedure. Stop that first, or wait for its end."), code="silence"
        )


def in_some_language(text_en: str, text_ru: str) -> None:
    if not (text_en or text_ru):
        raise Refused(_("Write the text in English or in Russian."), code="no_text", field="text_en")


def _write(row: Paragraph, moment: Moment, proposal: Proposal | None = None, **said: str) -> int:
    """The next version of a paragraph, which stands from now on."""
    number = row.version + 1
    Version.objects.create(
        paragraph=row,
        number=number,
        text_en=said["text_en"],
        text_ru=said["text_ru"],
        reason=said.get("reason", ""),
        participant=proposal.participant if proposal else "",
        proposal=proposal,
        made_at=moment.recorded_at,
        made_by=doer(moment),
    )
    Paragraph.objects.filter(pk=row.pk).update(version=number, text_en=said["text_en"], text_ru=said["text_ru"])
    return number


def _new(meeting: Meeting, identifier: UUID, after: Paragraph | None, version: dict[str, Any]) -> Paragraph:
    """A paragraph with its first version, after another one or at the end. Its number is the next that was never given."""
    last = Paragraph.objects.filter(meeting=meeting).aggregate(number=Max("number"), place=Max("place"))
    place = after.place + 1 if after else (last["place"] or 0) + 1
    Paragraph.objects.filter(meeting=meeting, place__gte=place).update(place=F("place") + 1)
    row = Paragraph.objects.create(
        id=identifier,
        meeting=meeting,
        number=(last["number"] or 0) + 1,
        place=place,
        version=1,
        text_en=version["text_en"],
        text_ru=version["text_ru"],
    )
    Version.objects.create(paragraph=row, number=1, **version)
    return row


@handles(AddParagraph)
def add_paragraph(action: AddParagraph, moment: Moment) -> Outcome:
    meeting = drafting(action.meeting)
    in_some_language(action.text_en, action.text_ru)
    after = None
    if action.after is not None:
        after = Paragraph.objects.filter(pk=action.after, meeting=meeting).first()
        if after is None:
            raise NotFound("There is no such paragraph.")
    said = {"text_en": action.text_en, "text_ru": action.text_ru, "reason": action.reason}
    row = _new(meeting, action.paragraph, after, said | {"made_at": moment.recorded_at, "made_by": doer(moment)})
    return Outcome(result={"number": row.number}, facts={"number": row.number})


@handles(Revise)
def revise(action: Revise, moment: Moment) -> Outcome:
    row = standing_draft(action.paragraph, action.on_version)
    refuse_under_silence(row)
    in_some_language(action.text_en, action.text_ru)
    if (action.text_en, action.text_ru) == (row.text_en, row.text_ru):
        raise Refused(
            _("The wording is the one that stands. Change it, or leave it."), code="same_text", field="text_en"
        )
    number = _write(row, moment, text_en=action.text_en, text_ru=action.text_ru, reason=action.reason)
    return Outcome(result={"version": number}, facts={"version": number})


@handles(MoveParagraph)
def move(action: MoveParagraph, moment: Moment) -> Outcome:
    row = paragraph_of(action.paragraph)
    standing = list(Paragraph.objects.filter(meeting=row.meeting).exclude(standing="dropped"))
    for one, place in neighbours(standing, row.pk, action.where):
        Paragraph.objects.filter(pk=one.pk).update(place=place)
    return Outcome()


@handles(DropParagraph)
def drop(action: DropParagraph, moment: Moment) -> Outcome:
    row = standing_draft(action.paragraph, paragraph_of(action.paragraph).version)
    refuse_under_silence(row)
    _turn(row, "dropped", moment, action.by, reason=action.reason)
    Paragraph.objects.filter(pk=row.pk).update(standing="dropped")
    return Outcome()


@handles(Reopen)
def reopen(action: Reopen, moment: Moment) -> Outcome:
    row = paragraph_of(action.paragraph)
    if row.standing == "draft":
        raise Refused(_("The paragraph is a draft already."), code="draft")
    _turn(row, "reopened", moment, action.by, reason=action.reason)
    Paragraph.objects.filter(pk=row.pk).update(standing="draft", agreed_at=None, agreed_how="")
    return Outcome()


def _turn(row: Paragraph, kind: str, moment: Moment, by: UUID | None, *, reason: str = "", how: str = "") -> None:
    Turn.objects.create(
        paragraph=row, kind=kind, how=how, version=row.version, reason=reason, at=moment.recorded_at, by=by
    )


@handles(Propose)
def propose(action: Propose, moment: Moment) -> Outcome:
    meeting = drafting(action.meeting)
    if meeting.proposals_by is not None and moment.recorded_at > meeting.proposals_by:
        raise Refused(
            _("Wording was to be proposed by %(until)s (UTC). Ask the secretariat to move the deadline.")
            % {"until": f"{meeting.proposals_by:%Y-%m-%d %H:%M}"},
            code="too_late",
        )
    row = Paragraph.objects.filter(pk=action.paragraph, meeting=meeting).first() if action.paragraph else None
    if action.paragraph and row is None:
        raise NotFound("There is no such paragraph.")
    _refuse_empty(action, row)
    reader = seats.reader_of(moment.officer)
    Proposal.objects.create(
        id=action.proposal,
        meeting=meeting,
        paragraph=row,
        wish=action.wish,
        participant=reader.participant,
        base=row.version if row else 0,
        text_en="" if action.wish == "delete" else action.text_en,
        text_ru="" if action.wish == "delete" else action.text_ru,
        reason=action.reason,
        made_at=moment.recorded_at,
        made_by=doer(moment),
    )
    facts = {"participant": reader.participant}
    code = "meetings.insertion" if action.wish == "insert" else "meetings.proposal"
    said = facts | ({"number": str(row.number)} if row else {})
    return Outcome(
        facts=facts,
        notices=(*words_to(meeting, code, moment, only=("member",), **said), *words_to_leads(meeting, code, **said)),
    )


def _refuse_empty(action: Propose, row: Paragraph | None) -> None:
    if action.wish == "insert":
        in_some_language(action.text_en, action.text_ru)
        return
    if row is None:
        raise Refused(_("Name the paragraph."), code="no_paragraph")
    standing_draft(row.pk, action.on_version)
    if action.wish == "reword":
        in_some_language(action.text_en, action.text_ru)
        if (action.text_en or row.text_en, action.text_ru or row.text_ru) == (row.text_en, row.text_ru):
            raise Refused(_("The wording is the one that stands. Change it first."), code="same_text", field="text_en")


def open_proposal(identifier: UUID) -> Proposal:
    found = Proposal.objects.filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such proposal.")
    drafting(found.meeting_id)
    found = Proposal.objects.select_related("meeting", "paragraph").get(pk=identifier)
    if found.standing != "open":
        raise Refused(_("The proposal is settled already."), code="settled")
    return found


def _settle(row: Proposal, standing: str, moment: Moment, by: UUID | None, why: str = "") -> None:
    Proposal.objects.filter(pk=row.pk).update(standing=standing, ended_at=moment.recorded_at, ended_by=by, why=why)


@handles(WithdrawProposal)
def withdraw(action: WithdrawProposal, moment: Moment) -> Outcome:
    row = open_proposal(action.proposal)
    _settle(row, "withdrawn", moment, action.by)
    return Outcome(facts={"participant": row.participant})


@handles(Merge)
def merge(action: Merge, moment: Moment) -> Outcome:
    row = open_proposal(action.proposal)
    stood = row.paragraph if row.wish == "reword" else None
    said = {"reason": row.reason} | {
        # A proposal that says nothing in a language leaves the text in it as it stands.
        name: getattr(action, name) or getattr(row, name) or (getattr(stood, name) if stood else "")
        for name in ("text_en", "text_ru")
    }
    if row.wish == "insert":
        version = said | {
            "made_at": moment.recorded_at, "made_by": doer(moment), "participant": row.participant, "proposal": row,
        }  # fmt: skip
        made = _new(row.meeting, action.made, row.paragraph, version)
        result = {"paragraph": str(made.pk), "number": made.number}
    else:
        result = _merge_into(row, action, said, moment)
    _settle(row, "merged", moment, action.by)
    return Outcome(result=result, facts={"participant": row.participant} | result)


def _merge_into(row: Proposal, action: Merge, said: dict[str, str], moment: Moment) -> dict[str, Any]:
    if row.paragraph is None:
        raise NotFound("There is no such paragraph.")
    paragraph = standing_draft(row.paragraph.pk, action.on_version)
    refuse_under_silence(paragraph)
    if row.wish == "delete":
        _turn(paragraph, "dropped", moment, action.by, reason=row.reason)
        Paragraph.objects.filter(pk=paragraph.pk).update(standing="dropped")
        return {"number": paragraph.number}
    if (said["text_en"], said["text_ru"]) == (paragraph.text_en, paragraph.text_ru):
        raise Refused(
            _("The wording is the one that stands. Change it, or leave it."), code="same_text", field="text_en"
        )
    return {"number": paragraph.number, "version": _write(paragraph, moment, row, **said)}


@handles(Decline)
def decline(action: Decline, moment: Moment) -> Outcome:
    row = open_proposal(action.proposal)
    _settle(row, "declined", moment, action.by, action.reason)
    return Outcome(facts={"participant": row.participant})


@handles(AddRemark)
def remark(action: AddRemark, moment: Moment) -> Outcome:
    if action.paragraph:
        paragraph_of(action.paragraph)
    else:
        drafting(action.target().pk)
    reader = seats.reader_of(moment.officer)
    Remark.objects.create(
        id=action.said,
        paragraph_id=action.paragraph,
        proposal_id=action.proposal,
        participant=reader.participant,
        words=action.words,
        made_at=moment.recorded_at,
        made_by=doer(moment),
    )
    return Outcome(facts={"participant": reader.participant})
