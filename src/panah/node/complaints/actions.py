"""What the acts of this room do: the only writer of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer, officer_or_none
from panah.foundation.access.service import may
from panah.foundation.door.service import Moment, NotFound, Outcome, Refused, handles
from panah.foundation.notices.service import Word
from panah.node.complaints import permissions, rules, sealing, terms
from panah.node.complaints.acts import (
    Acknowledge,
    AddWord,
    AskForHold,
    Assign,
    Conclude,
    LinkFile,
    Lodge,
    LookAtWithdrawal,
    SeekReader,
    TakeStep,
    TellNews,
    Triage,
    Warn,
    Withdraw,
    WriteBack,
)
from panah.node.complaints.models import Complaint, Concerned, Line
from panah.node.registration import service as registration
from panah.node.safeguards import service as safeguards
from panah.node.safeguards.service import HoldToPlace


@handles(Lodge)
def lodge(action: Lodge, moment: Moment) -> Outcome:
    if (action.via == "web") != (action.by is None):
        raise Refused("Who enters a complaint for somebody says that it came on paper or by REST.", code="via")
    if Complaint.objects.filter(number=action.number).exists():
        raise Refused("The number is taken. Open the page anew.", code="number_taken", field="number")
    pack = registration.node_pack()
    if action.body and not any(rules.base(action.body) == body.id for body in pack.bodies):
        raise Refused("The pack has no such body. Leave it out.", code="unknown_body", field="body")
    if action.post and pack.place(action.post) is None:
        raise Refused("The pack has no such place. Leave it out.", code="unknown_post", field="post")
    day = terms.day_of(moment.recorded_at)
    answer = terms.answer_due(day)
    said = action.model_dump(include={"text", "whom", "name", "contact"})
    tell_now = action.danger or not action.anonymous
    row = Complaint.objects.create(
        id=action.complaint, number=action.number, code_digest=bytes.fromhex(action.code_digest), kind=action.kind, via=action.via,
        who=action.who, anonymous=action.anonymous, danger=action.danger, language=action.language,
        office="coordinator" if action.against_office else "ombudsman", entered_by=action.by, received_on=day,
        started_at=answer.started_at, due_at=answer.due_at, term=answer.term, news=not tell_now,
        sealed=sealing.closed(action.complaint, said),
    )  # fmt: skip
    _concern(row, body=action.body, post=action.post)
    if action.against_office:
        _concern(row, body=permissions.OFFICES["ombudsman"])
    _hand_on(row)
    words = (_told(row, "new") if tell_now else ()) + _say_unread(row)
    return Outcome(result={"complaint": str(row.pk), "number": row.number}, notices=words)


@handles(AddWord)
def add_word(action: AddWord, moment: Moment) -> Outcome:
    row = _of_code(action.row)
    last_answer = row.lines.filter(kind="to_complainer").aggregate(last=Max("order"))["last"] or 0
    if row.lines.filter(kind="from_complainer", order__gt=last_answer).count() >= rules.MOST_WAITING:
        raise Refused("Enough is waiting here to be read. Wait for an answer.", code="mailbox_full", field="text")
    _line(row, "from_complainer", {"text": action.text}, moment)
    return _came(row, {"news": True})


@handles(Withdraw)
def withdraw(action: Withdraw, moment: Moment) -> Outcome:
    row = _of_code(action.row)
    if row.state not in rules.OPEN or row.withdrawal == "asked":
        raise Refused("This complaint is over, or its withdrawal is being looked at.", code="not_open")
    if action.text:
        _line(row, "from_complainer", {"text": action.text}, moment)
    return _came(row, {"news": True, "withdrawal": "asked"})


@handles(Triage)
def triage(action: Triage, moment: Moment) -> Outcome:
    row = action.row
    began = action.danger and not row.danger
    Complaint.objects.filter(pk=row.pk).update(kind=action.kind, danger=action.danger)
    _concern(row, body=action.body, post=action.post)
    for identifier in action.accused:
        officer = Officer.objects.filter(pk=identifier).first()
        if officer is None:
            raise Refused(_("There is no such officer."), code="no_officer", field="accused")
        _concern(row, officer=officer)
        _concern_the_office(row, officer)
    began = _hand_on(row) or began
    row.refresh_from_db()
    holder = officer_or_none(row.assigned_to)
    if holder is not None and not permissions.may_get(holder, row):
        Complaint.objects.filter(pk=row.pk).update(assigned_to=None)
        row.assigned_to = None
    return Outcome(notices=(_told(row, "new") if began else ()) + _say_unread(row))


@handles(Assign)
def assign(action: Assign, moment: Moment) -> Outcome:
    row, to = _open(action.row), officer_or_none(action.to)
    if to is None or not permissions.may_get(to, row):
        raise Refused(
            _(
                "It may not be given to this officer: choose one of the leading office, or a supervisor of a body and post that it is not against."
            ),
            code="not_for_them",
            field="to",
        )
    Complaint.objects.filter(pk=row.pk).update(assigned_to=to.pk)
    return Outcome(notices=(_word(row, "given", to),))


@handles(Acknowledge)
def acknowledge(action: Acknowledge, moment: Moment) -> Outcome:
    row = _open(action.row)
    if row.state != "received":
        raise Refused(_("It was acknowledged before."), code="acknowledged")
    Complaint.objects.filter(pk=row.pk).update(state="acknowledged")
    return Outcome()


@handles(WriteBack)
def write_back(action: WriteBack, moment: Moment) -> Outcome:
    row = action.row
    _line(row, "to_complainer", {"text": action.text}, moment)
    _begun(row, "acknowledged")
    return Outcome()


@handles(TakeStep)
def take_step(action: TakeStep, moment: Moment) -> Outcome:
    row = action.row
    if action.kind == "step":
        _open(row)
        if not action.step:
            raise Refused(_("Say which step it was."), code="which_step", field="step")
        _begun(row, "inquiry")
    _line(row, action.kind, {"text": action.text}, moment, code=action.step)
    return Outcome()


@handles(Conclude)
def conclude(action: Conclude, moment: Moment) -> Outcome:
    row = _open(action.row)
    if row.withdrawal == "asked":
        raise Refused(_("Look at the withdrawal first: was the complainer free?"), code="withdrawal_open")
    _line(row, "reasons", {"text": action.reasons}, moment, code=action.finding)
    if action.remedy:
        _line(row, "measure", {"text": action.remedy}, moment)
    _line(row, "to_complainer", {"text": action.told}, moment)
    day = terms.day_of(moment.recorded_at)
    Complaint.objects.filter(pk=row.pk).update(state="concluded", finding=action.finding, concluded_on=day)
    return Outcome()


@handles(LookAtWithdrawal)
def look_at_withdrawal(action: LookAtWithdrawal, moment: Moment) -> Outcome:
    row = action.row
    if row.withdrawal != "asked":
        raise Refused(_("No withdrawal waits to be looked at."), code="none_asked")
    _line(row, "remark", {"text": action.why}, moment)
    change: dict[str, Any] = {"withdrawal": "free" if action.free else "not_free"}
    if action.free:
        change |= {"state": "withdrawn", "concluded_on": terms.day_of(moment.recorded_at)}
    Complaint.objects.filter(pk=row.pk).update(**change)
    return Outcome()


@handles(LinkFile)
def link_file(action: LinkFile, moment: Moment) -> Outcome:
    if action.file is not None:
        if action.consent != "given":
            raise Refused(_("A file is linked only with the complainer’s consent. Ask for it."), code="no_consent")
        _their_file(action.file, moment)
    Complaint.objects.filter(pk=action.row.pk).update(file=action.file)
    return Outcome()


@handles(AskForHold)
def ask_for_hold(action: AskForHold, moment: Moment) -> Outcome:
    _their_file(action.file, moment)
    reason = {"rule": "officer", "by": str(action.by), "reason": action.reason}
    (hold,) = safeguards.place_holds(action.file, [HoldToPlace(action.safeguard, (reason,))], moment)
    return Outcome(result={"hold": str(hold.pk)})


@handles(Warn)
def warn(action: Warn, moment: Moment) -> Outcome:
    row = action.row
    if row.state not in rules.OPEN or row.due_at is None:
        raise Refused("The complaint is over.", code="not_running")
    level = rules.warning_due(row.started_at, row.due_at, row.warned, moment.recorded_at)
    if not level:
        raise Refused("No warning is due.", code="not_due")
    raised = row.raised or level == 100
    Complaint.objects.filter(pk=row.pk).update(warned=level, raised=raised)
    row.raised = raised
    words = _told(row, "warning", level=str(level))
    if level == 100 and row.kind in rules.RESTRICTED:
        words += _above(row)
    return Outcome(facts={"level": level}, notices=words)


@handles(TellNews)
def tell_news(action: TellNews, moment: Moment) -> Outcome:
    row = action.row
    if not row.news:
        raise Refused("It was told of already.", code="told")
    Complaint.objects.filter(pk=row.pk).update(news=False)
    return Outcome(notices=_told(row, "news" if row.lines.exists() else "new"))


@handles(SeekReader)
def seek_reader(action: SeekReader, moment: Moment) -> Outcome:
    row = action.row
    moved = row.state in rules.OPEN and _hand_on(row)
    was = row.unread
    words = _say_unread(row)
    if not moved and row.unread == was:
        raise Refused("Nothing changed in who reads it.", code="unchanged")
    return Outcome(notices=(_told(row, "new") if moved else ()) + words)


def _concern(row: Complaint, *, body: str = "", post: str = "", officer: Officer | None = None) -> None:
    said = {"officer": officer.pk if officer else None, "body": rules.base(officer.body if officer else body)}
    said["post"] = officer.post if officer else post
    if any(said.values()) and not row.concerned.filter(**said).exists():
        Concerned.objects.create(complaint=row, **said)


def _concern_the_office(row: Complaint, officer: Officer) -> None:
    """Nobody's own office looks into what is said of its people. Where both are named, the second is kept out one by one, so that
    somebody is left to read."""
    named = set(row.concerned.values_list("body", flat=True)) & set(permissions.OFFICES.values())
    for office, role in permissions.LEADING.items():
        if role in officer.roles and not named:
            _concern(row, body=permissions.OFFICES[office])


def _their_file(file: UUID, moment: Moment) -> None:
    """Whoever leads a complaint names only files that they may read: else they could try which ones there are."""
    if moment.officer is None or not may(moment.officer, "registration.read_file", registration.file_by_id(file)):
        raise NotFound("There is no such file.")


def _hand_on(row: Complaint) -> bool:
    """To the next leading office that can read it, where it is against all of the one that leads. Whether it was."""
    if not _nobody_reads(row):
        return False
    for office in permissions.LEADING:
        if _readers(row, office):
            row.office = office
            Complaint.objects.filter(pk=row.pk).update(office=office)
            return True
    return False


def _nobody_reads(row: Complaint) -> bool:
    """Whether it is against all of the office that leads. An ombudsman's office without accounts yet is waited for; another is passed over."""
    readers = _readers(row, row.office)
    return readers == [] or (readers is None and row.office != "ombudsman")


def _say_unread(row: Complaint) -> tuple[Word, ...]:
    """Keep whether anybody reads it. Of one that nobody does, those who keep the accounts learn that it is there, without number or page."""
    unread = row.state in rules.OPEN and _nobody_reads(row)
    if unread == row.unread:
        return ()
    row.unread = unread
    Complaint.objects.filter(pk=row.pk).update(unread=unread)
    keeping = Officer.objects.filter(is_active=True, grants__role="administrator", grants__withdrawn_at=None).distinct()
    return tuple(Word("complaints.no_reader", officer=one.pk) for one in keeping.order_by("pk")) if unread else ()


def _readers(row: Complaint, office: str) -> list[Officer] | None:
    """The officers of a leading office whom it is not against; None where the office has no officers."""
    holding = Officer.objects.filter(
        is_active=True, grants__role=permissions.LEADING[office], grants__withdrawn_at=None
    ).distinct()
    found = list(holding.order_by("pk"))
    return [one for one in found if not permissions.about(one).filter(complaint=row).exists()] if found else None


def _of_code(row: Complaint | None) -> Complaint:
    if row is None:
        raise NotFound("There is no complaint with this number and code.")
    return row


def _open(row: Complaint) -> Complaint:
    if row.state not in rules.OPEN:
        raise Refused(_("This complaint has ended."), code="ended")
    return row


def _begun(row: Complaint, state: str) -> None:
    if row.state in rules.OPEN and rules.STATES.index(row.state) < rules.STATES.index(state):
        Complaint.objects.filter(pk=row.pk).update(state=state)


def _line(row: Complaint, kind: str, said: Mapping[str, str], moment: Moment, code: str = "") -> None:
    order = (row.lines.aggregate(last=Max("order"))["last"] or 0) + 1
    Line.objects.create(
        id=uuid4(),  # no time in it
        complaint=row,
        kind=kind,
        code=code,
        by=moment.officer.pk if moment.officer else None,
        on=terms.day_of(moment.recorded_at),
        order=order,
        sealed=sealing.closed(row.pk, said),
    )


def _came(row: Complaint, change: Mapping[str, Any]) -> Outcome:
    """Something came from the complainer: told at once where they gave their name or somebody is in danger, else another day."""
    tell_now = row.danger or not row.anonymous
    Complaint.objects.filter(pk=row.pk).update(**(dict(change) | {"news": not tell_now}))
    return Outcome(notices=_told(row, "news") if tell_now else ())


def _told(row: Complaint, what: str, **facts: str) -> tuple[Word, ...]:
    """Word to each officer by themself, so that it reaches nobody whom the complaint is against."""
    roles = {permissions.LEADING[row.office]}
    if row.danger:
        roles |= set(permissions.PROTECTION)
    if row.raised:
        roles.add("national_coordinator")
    holding = Officer.objects.filter(grants__role__in=roles, grants__withdrawn_at=None).values("pk")
    chosen = Officer.objects.filter(Q(pk__in=holding) | Q(pk=row.assigned_to), is_active=True).order_by("pk")
    found = [one for one in chosen if permissions.visible(one).filter(pk=row.pk).exists()]
    return tuple(_word(row, what, one, **facts) for one in found)


def _above(row: Complaint) -> tuple[Word, ...]:
    """That the restricted lane is silent is told upward by the number alone: who is told so may not read it."""
    holding = Officer.objects.filter(grants__role="national_coordinator", grants__withdrawn_at=None).values("pk")
    chosen = Officer.objects.filter(pk__in=holding, is_active=True).order_by("pk")
    free = [one for one in chosen if not permissions.about(one).filter(complaint=row).exists()]
    facts = {"number": row.number, "level": "100"}
    unread = [one for one in free if not permissions.visible(one).filter(pk=row.pk).exists()]
    return tuple(Word("complaints.warning", officer=one.pk, facts=facts) for one in unread)


def _word(row: Complaint, what: str, to: Officer, **facts: str) -> Word:
    said = {"number": row.number, "danger": "yes" if row.danger else "", **facts}
    return Word(f"complaints.{what}", officer=to.pk, facts=said, link=reverse("complaint", args=[row.pk]))
