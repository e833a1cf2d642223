"""Drafting, accepting, joining, moving and withdrawing a commitment."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from panah.foundation.door.service import Moment, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.commitments import acts, rules
from panah.hub.commitments.actions.steps import acting, change, coordinators, keep, locked
from panah.hub.commitments.models import Commitment, Report
from panah.hub.meetings import service as meetings
from panah.hub.participants import service as participants
from panah.hub.record import service as record


@handles(acts.Make)
def make(action: acts.Make, moment: Moment) -> Outcome:
    row = _drafted(action, moment)
    if action.matches:
        other = Commitment.objects.filter(code=action.matches, standing=Commitment.Standing.MADE).first()
        if other is None or other.participant == action.participant:
            raise Refused(
                f"There is no commitment {action.matches} of somebody else that was made. Write the code of one, such as A-3.1.",
                code="unknown_match",
                field="matches",
            )
        Commitment.objects.filter(pk=row.pk).update(matches=other)
    return _made(row, moment)


@handles(acts.TakeRow)
def take_row(action: acts.TakeRow, moment: Moment) -> Outcome:
    row = _drafted(action, moment)
    if action.reported or action.status:
        text = action.reported or "–"
        said = {"status": action.status or "planning", "text_en": text, "text_ru": "", "evidence": []}
        Report.objects.create(
            id=action.report,
            commitment=row,
            digest=rules.digest(said),
            drafted_by=acting(moment),
            drafted_at=moment.recorded_at,
            **said,
        )
    return _made(row, moment)


def _drafted(action: acts.Make | acts.TakeRow, moment: Moment) -> Commitment:
    _refuse_nonsense(action)
    points = _points(action)
    year = moment.recorded_at.year
    # Numbers are never given twice: a withdrawn commitment keeps its own.
    taken = Commitment.objects.filter(code__startswith=f"{action.participant}-{year}-", seed=False).count()
    rests_on = (
        Commitment.objects.filter(source=action.source, seed=True).order_by("code").first()
        if action.kind == "paragraph"
        else None
    )
    row = Commitment.objects.create(
        id=action.commitment,
        code=rules.code_of(action.participant, year, taken),
        kind=action.kind,
        source=action.source,
        participant=action.participant,
        partners=list(action.partners),
        action_en=action.action_en,
        action_ru=action.action_ru,
        theme=action.theme,
        ten_points=points[0],
        agenda=points[1],
        begins=action.begins,
        due=action.due,
        standing=Commitment.Standing.DRAFT,
        rests_on=rests_on,
        recommendation=action.advice.model_dump(exclude_defaults=True),
        drafted_by=acting(moment),
        made_at=moment.recorded_at,
    )
    keep(
        row,
        "drafted",
        moment,
        {},
        action.model_dump(mode="json", exclude={"id", "by", "place", "happened_at", "commitment"}),
    )
    return row


def _refuse_nonsense(action: acts.Make | acts.TakeRow) -> None:
    if not (action.action_en or action.action_ru):
        raise Refused(
            "A commitment says what is to be done, in English or in Russian. Fill in one of the two.",
            code="says_nothing",
            field="action_en",
        )
    if action.begins and action.due and action.due < action.begins:
        raise Refused(
            "The last day is before the first. Change one of the two days.", code="due_before_begin", field="due"
        )
    known = {one.code for one in participants.participants()}
    strange = [one for one in (action.participant, *action.partners) if one not in known]
    if strange or action.participant in action.partners:
        raise Refused(
            f"{', '.join(strange) or action.participant} cannot be a partner here. Allowed are other participants: {', '.join(sorted(known))}.",
            code="unknown_participant",
            field="partners",
        )
    _refuse_source(action)


def _refuse_source(action: acts.Make | acts.TakeRow) -> None:
    """A source of a kind that the hub keeps must be there, and a conclusion agreed."""
    if action.kind == "paragraph" and record.paragraph(action.source) is None:
        raise Refused(
            f"The record has no paragraph {action.source!r}. Paragraphs are called A-3, C-7b, E-1a.",
            code="unknown_source",
            field="source",
        )
    if action.kind == "conclusion":
        conclusion = meetings.conclusion(action.source)
        if conclusion is None or not conclusion.agreed:
            raise Refused(
                f"There is no agreed conclusion {action.source!r}. Conclusions are called M-<meeting>-<number>.",
                code="unknown_source",
                field="source",
            )


def _points(action: acts.Make | acts.TakeRow) -> tuple[list[str], list[str]]:
    """The points that were chosen, else those of the paragraph."""
    paragraph = record.paragraph(action.source) if action.kind == "paragraph" else None
    ten = list(action.ten_points) or (list(paragraph.ten_points) if paragraph else [])
    return ten, list(action.agenda) or (list(paragraph.agenda) if paragraph else [])


def _made(row: Commitment, moment: Moment) -> Outcome:
    by = row.drafted_by
    words = coordinators(row, "commitments.drafted", moment, but=[by] if by else [])
    return Outcome(result={"code": row.code}, facts={"code": row.code}, notices=words)


@handles(acts.Accept)
def accept(action: acts.Accept, moment: Moment) -> Outcome:
    row = locked(action.commitment, "draft")
    if row.drafted_by == acting(moment):
        raise Refused(
            "You drafted this commitment yourself. Another national coordinator of your state signs it, or a focal officer drafts it.",
            code="own_draft",
        )
    change(row, "accepted", moment, standing="made", accepted_by=acting(moment), accepted_at=moment.recorded_at)
    link = f"/commitments/{row.code}/"
    asked = [
        Word("commitments.asked_to_join", officer=one, facts={"code": row.code}, link=link)
        for partner in row.partners
        for one in participants.officers_of(partner, "national_coordinator", moment.recorded_at.date())
    ]
    told = [Word("commitments.accepted", role="secretariat", facts={"code": row.code}, link=link)]
    return Outcome(facts={"code": row.code}, notices=(*asked, *told))


@handles(acts.Join)
def join(action: acts.Join, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made")
    if action.participant not in row.partners:
        raise Refused(
            f"{action.participant} was not asked to carry {row.code} jointly. Make a commitment of your own that matches it.",
            code="not_asked",
        )
    if action.participant not in row.joined:
        change(row, "joined", moment, joined=[*row.joined, action.participant])
    return Outcome(facts={"code": row.code}, notices=coordinators(row, "commitments.joined", moment))


@handles(acts.ChangeDue)
def change_due(action: acts.ChangeDue, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made", "draft")
    if row.begins and action.due < row.begins:
        raise Refused("The last day is before the first. Write a later one.", code="due_before_begin", field="due")
    if row.due == action.due:
        raise Refused("This is the last day that it has. Nothing was changed.", code="same_due", field="due")
    change(row, "due_changed", moment, action.reason, due=action.due)
    words = (
        Word("commitments.due_changed", role="secretariat", facts={"code": row.code}, link=f"/commitments/{row.code}/"),
    )
    return Outcome(facts={"code": row.code, "due": str(action.due)}, notices=words)


@handles(acts.Withdraw)
def withdraw(action: acts.Withdraw, moment: Moment) -> Outcome:
    row = locked(action.commitment, "made", "draft")
    change(row, "withdrawn", moment, action.reason, standing="withdrawn")
    words: tuple[Any, ...] = (
        Word("commitments.withdrawn", role="secretariat", facts={"code": row.code}, link=f"/commitments/{row.code}/"),
    )
    matched = Commitment.objects.filter(Q(matches=row), standing="made")
    for other in matched:
        words = (*words, *coordinators(other, "commitments.match_withdrawn", moment))
    return Outcome(facts={"code": row.code}, notices=words)
