"""Convening a meeting, inviting to it, its delegations and its agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils.translation import gettext as _

from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.hub.meetings import seats
from panah.hub.meetings.acts import (
    AddItem,
    AnswerInvitation,
    ChangeMeeting,
    Convene,
    DropItem,
    EndMeeting,
    Invite,
    MoveItem,
    Particulars,
    Remind,
    Uninvite,
)
from panah.hub.meetings.models import AgendaItem, Delegation, Meeting, Reminded
from panah.hub.participants import service as participants


def meeting_of(identifier: UUID) -> Meeting:
    """The meeting, held until the transaction ends, so that two acts on it come one after the other."""
    found = Meeting.objects.select_for_update().filter(pk=identifier).first()
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def doer(moment: Moment) -> UUID:
    """The account that acts. Every act that leaves words behind is somebody's."""
    if moment.officer is None:
        raise NotFound("There is nobody here who could say this.")
    return moment.officer.pk


def words_to(
    meeting: Meeting, code: str, moment: Moment, *, only: tuple[str, ...] = (), **facts: str
) -> tuple[Word, ...]:
    """The notice for the accounts that speak for the invited (all, or those in these capacities), but not for who acted."""
    invited = Delegation.objects.filter(meeting=meeting, withdrawn_at=None)
    if only:
        invited = invited.filter(capacity__in=only)
    accounts = seats.concerned(invited.values_list("participant", flat=True), moment.recorded_at.date())
    return _words(meeting, code, accounts, moment, facts)


def words_to_leads(meeting: Meeting, code: str, **facts: str) -> tuple[Word, ...]:
    return (Word(code, role="secretariat", facts=_titles(meeting) | facts, link=_link(meeting)),)


def _words(
    meeting: Meeting, code: str, accounts: tuple[UUID, ...], moment: Moment, facts: dict[str, str]
) -> tuple[Word, ...]:
    own = moment.officer.pk if moment.officer else None
    return tuple(
        Word(code, officer=account, facts=_titles(meeting) | facts, link=_link(meeting))
        for account in accounts
        if account != own
    )


def _titles(meeting: Meeting) -> dict[str, str]:
    return {"title_en": meeting.title_en, "title_ru": meeting.title_ru}


def _link(meeting: Meeting) -> str:
    return f"/meetings/{meeting.code}/"


@handles(Convene)
def convene(action: Convene, moment: Moment) -> Outcome:
    if Meeting.objects.filter(code=action.meeting_code).exists():
        raise Refused(
            _("There is a meeting with this code. Give it another one."), code="code_taken", field="meeting_code"
        )
    Meeting.objects.create(
        id=action.meeting,
        code=action.meeting_code,
        state="planned",
        precision="day",
        changed_at=moment.recorded_at,
        **_particulars(action),
    )
    return Outcome(result={"meeting": str(action.meeting), "code": action.meeting_code})


@handles(ChangeMeeting)
def change(action: ChangeMeeting, moment: Moment) -> Outcome:
    row = _open(meeting_of(action.meeting))
    Meeting.objects.filter(pk=row.pk).update(
        **_particulars(action), changed_at=moment.recorded_at, changes=row.changes + 1
    )
    return Outcome()


def _particulars(action: Particulars) -> dict[str, Any]:
    if not (action.title_en or action.title_ru):
        raise Refused(_("Give the meeting a title in English or in Russian."), code="no_title", field="title_en")
    if action.ends < action.begins:
        raise Refused(
            _("The meeting would end before it begins. Change one of the days."), code="ends_first", field="ends"
        )
    if action.chair not in {one.code for one in participants.participants()}:
        raise Refused(
            _("%(code)s takes no part in the Process. Choose one of its participants.") % {"code": action.chair},
            code="unknown_participant",
            field="chair",
        )
    names = (
        "kind", "title_en", "title_ru", "begins", "ends", "opens_at", "where_en", "where_ru", "chair", "public", "observers_read",
        "answers_by", "proposals_by",
    )  # fmt: skip
    return {name: getattr(action, name) for name in names}


def _open(row: Meeting) -> Meeting:
    if row.state != "planned":
        raise Refused(_("The meeting is over or called off; this cannot be changed any more."), code="not_planned")
    return row


@handles(EndMeeting)
def end(action: EndMeeting, moment: Moment) -> Outcome:
    row = _open(meeting_of(action.meeting))
    if action.outcome == "cancelled" and len(action.reason) < 10:
        raise Refused(_("Say in a sentence why the meeting is called off."), code="no_reason", field="reason")
    if action.outcome == "held" and row.begins is not None and moment.recorded_at.date() < row.begins:
        raise Refused(_("The meeting has not begun yet."), code="too_early", field="outcome")
    Meeting.objects.filter(pk=row.pk).update(
        state=action.outcome, why=action.reason, changed_at=moment.recorded_at, changes=row.changes + 1
    )
    off = action.outcome == "cancelled"
    return Outcome(notices=words_to(row, "meetings.called_off", moment) if off else ())


@handles(Invite)
def invite(action: Invite, moment: Moment) -> Outcome:
    row = _open(meeting_of(action.meeting))
    known = {one.code for one in participants.participants()}
    strange = [code for code in action.participants if code not in known]
    if strange:
        raise Refused(
            _("%(code)s takes no part in the Process. Choose one of its participants.") % {"code": strange[0]},
            code="unknown_participant",
            field="participants",
        )
    before = {one.participant: one for one in Delegation.objects.filter(meeting=row)}
    new = [code for code in dict.fromkeys(action.participants) if code not in before or before[code].withdrawn_at]
    Delegation.objects.filter(meeting=row, participant__in=action.participants).update(
        capacity=action.capacity, withdrawn_at=None
    )
    Delegation.objects.bulk_create(
        Delegation(
            id=uuid5(action.id, code),
            meeting=row,
            participant=code,
            capacity=action.capacity,
            invited_at=moment.recorded_at,
        )
        for code in new
        if code not in before
    )
    accounts = seats.concerned(new, moment.recorded_at.date())
    return Outcome(result={"invited": len(new)}, notices=_words(row, "meetings.invited", accounts, moment, {}))


@handles(Uninvite)
def uninvite(action: Uninvite, moment: Moment) -> Outcome:
    row = Delegation.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=action.delegation)
    _open(row.meeting)
    Delegation.objects.filter(pk=row.pk).update(withdrawn_at=moment.recorded_at)
    return Outcome(facts={"participant": row.participant})


@handles(AnswerInvitation)
def answer(action: AnswerInvitation, moment: Moment) -> Outcome:
    row = Delegation.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=action.delegation)
    _open(row.meeting)
    day = moment.recorded_at.date()
    if row.meeting.answers_by is not None and day > row.meeting.answers_by:
        raise Refused(
            _("Delegations were to be named by %(day)s. Ask the secretariat to move the day.")
            % {"day": row.meeting.answers_by.isoformat()},
            code="too_late",
        )
    for account in action.accounts:
        seat = participants.seat_of(account, day)
        if seat is None or seat.participant != row.participant:
            raise Refused(
                _("One of the accounts does not act for this participant. Choose among those that do."),
                code="strange_account",
                field="accounts",
            )
    if action.size is not None and action.size < len(action.accounts):
        raise Refused(
            _("The delegation would be smaller than the accounts that belong to it."), code="too_few", field="size"
        )
    Delegation.objects.filter(pk=row.pk).update(
        answer=action.comes,
        head_en=action.head_en,
        head_ru=action.head_ru,
        size=action.size if action.comes == "comes" else None,
        accounts=[str(account) for account in action.accounts],
        answered_at=moment.recorded_at,
    )
    return Outcome(facts={"participant": row.participant})


@handles(AddItem)
def add_item(action: AddItem, moment: Moment) -> Outcome:
    row = _open(meeting_of(action.meeting))
    if not (action.title_en or action.title_ru):
        raise Refused(_("Give the item a title in English or in Russian."), code="no_title", field="title_en")
    last = AgendaItem.objects.filter(meeting=row).aggregate(last=Max("place"))["last"] or 0
    AgendaItem.objects.create(
        id=action.item, meeting=row, place=last + 1, title_en=action.title_en, title_ru=action.title_ru
    )
    return Outcome()


@handles(MoveItem)
def move_item(action: MoveItem, moment: Moment) -> Outcome:
    row = AgendaItem.objects.select_related("meeting").get(pk=action.item)
    meeting_of(row.meeting_id)
    standing = list(AgendaItem.objects.filter(meeting=row.meeting, withdrawn_at=None))
    for one, place in neighbours(standing, row.pk, action.where):
        AgendaItem.objects.filter(pk=one.pk).update(place=place)
    return Outcome()


def neighbours(standing: list[Any], moved: UUID, where: str) -> list[tuple[Any, int]]:
    """Two rows and the places that they change; nothing at the ends of the list."""
    at = next((at for at, one in enumerate(standing) if one.pk == moved), None)
    if at is None:
        return []
    other = at - 1 if where == "up" else at + 1
    if not 0 <= other < len(standing):
        return []
    return [(standing[at], standing[other].place), (standing[other], standing[at].place)]


@handles(DropItem)
def drop_item(action: DropItem, moment: Moment) -> Outcome:
    AgendaItem.objects.filter(pk=action.item).update(withdrawn_at=moment.recorded_at)
    return Outcome()


@handles(Remind)
def remind(action: Remind, moment: Moment) -> Outcome:
    row = meeting_of(action.meeting)
    key = f"{action.deadline} {action.until.isoformat()}"
    if Reminded.objects.filter(meeting=row, deadline=key, days=action.days).exists():
        raise Refused(_("The delegations were reminded of this already."), code="reminded")
    Reminded.objects.create(meeting=row, deadline=key, days=action.days, at=moment.recorded_at)
    code = "meetings.deadline_week" if action.days == 7 else "meetings.deadline_day"
    only = ("member",) if action.deadline in ("proposals", "silence") else ()
    return Outcome(notices=words_to(row, code, moment, only=only, deadline=action.deadline))
