"""What others may know of complaints: lodging for pages and REST, reading for whom they are, the complainer's mailbox, counts."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import NotFound, Receipt, perform
from panah.foundation.journal import service as journal
from panah.node.complaints import rules, sealing, tickets, words
from panah.node.complaints.acts import Acknowledge, AddWord, Conclude, Lodge, TakeStep, Withdraw, WriteBack
from panah.node.complaints.models import Complaint, Line
from panah.node.complaints.permissions import against, visible
from panah.node.complaints.terms import by_law
from panah.node.complaints.tickets import Ticket

__all__ = [
    "KINDS", "Acknowledge", "Conclude", "Countable", "Message", "TakeStep", "WriteBack", "add_word", "against", "by_law", "countable", "kind_title",
    "lodge_entered", "lodge_public", "mailbox", "of_code", "read", "said", "tickets", "visible", "withdraw",
]  # fmt: skip  # fmt: skip


@dataclass(frozen=True)
class Countable:
    """One complaint as statistics may count it: no words, no person, no officer."""

    kind: str
    via: str
    received_on: date
    concluded_on: date | None
    finding: str
    in_time: bool | None


@dataclass(frozen=True)
class Message:
    own: bool
    text: str
    on: date


def lodge_public(ticket: Ticket, lodged: dict[str, object]) -> Receipt:
    """The complaint of an open form. Nothing of the browser that sent it goes along, and no hour of one without a name."""
    return perform(
        Lodge(
            id=ticket.action,
            by=None,
            happened_at=day_begin(ticket.opened_at),
            complaint=ticket.complaint,
            number=ticket.number,
            code_digest=tickets.digest(ticket.number, ticket.code),
            via="web",
            **lodged,  # type: ignore[arg-type]
        )
    )


def lodge_entered(officer: Officer, ticket: Ticket, lodged: dict[str, object], via: str) -> Complaint:
    """A complaint that an officer enters for somebody, on paper or through another system."""
    anonymous = not (lodged.get("name") or lodged.get("contact"))
    receipt = perform(
        Lodge(
            id=ticket.action,
            by=officer.pk,
            place=officer.post,
            happened_at=day_begin(ticket.opened_at) if anonymous else ticket.opened_at,
            complaint=ticket.complaint,
            number=ticket.number,
            code_digest=tickets.digest(ticket.number, ticket.code),
            via=via,  # type: ignore[arg-type]
            **lodged,  # type: ignore[arg-type]
        )
    )
    return Complaint.objects.get(pk=receipt.result["complaint"])


def of_code(number: str, code: str) -> Complaint | None:
    """The complaint of who holds its code. A wrong code looks like a number that is not there, and takes as long."""
    row = Complaint.objects.filter(number=tickets.number_of(number)[:20]).first()
    kept = bytes(row.code_digest) if row else bytes(32)
    right = hmac.compare_digest(kept, bytes.fromhex(tickets.digest(number, code)))
    return row if row is not None and right else None


def mailbox(row: Complaint) -> list[Message]:
    """What the complainer and the office wrote to each other, oldest first; nothing of the inquiry."""
    lines = row.lines.filter(kind__in=("from_complainer", "to_complainer"))
    return [Message(one.kind == "from_complainer", words_of(one), one.on) for one in lines]


def add_word(action: UUID, number: str, code: str, text: str, now: datetime) -> Receipt:
    said = {"number": tickets.number_of(number), "code_digest": tickets.digest(number, code)}
    return perform(AddWord(id=action, by=None, happened_at=day_begin(now), text=text, **said))


def withdraw(action: UUID, number: str, code: str, text: str, now: datetime) -> Receipt:
    said = {"number": tickets.number_of(number), "code_digest": tickets.digest(number, code)}
    return perform(Withdraw(id=action, by=None, happened_at=day_begin(now), text=text, **said))


def read(officer: Officer, complaint: UUID) -> Complaint:
    """One complaint for an officer who may read it; the read is written into the journal. Raises NotFound."""
    row = Complaint.objects.filter(pk=complaint).first()
    if row is None or not may(officer, "complaints.read", row):
        raise NotFound("There is no such complaint.")
    journal.note_read("complaints.read", by=officer.pk, place=officer.post, subject=row.pk, facts={})
    return row


def said(row: Complaint) -> dict[str, str]:
    """What was said with the complaint: text, whom, name, contact. Empty where the key was destroyed."""
    return sealing.read(row.pk, row.sealed)


def words_of(line: Line) -> str:
    return sealing.read(line.complaint_id, line.sealed).get("text", "")


def countable(first: date, last: date) -> Iterator[Countable]:
    """Every complaint received in the period, both days included."""
    rows: QuerySet[Complaint] = Complaint.objects.filter(received_on__gte=first, received_on__lte=last)
    for row in rows.order_by("received_on", "kind", "number").iterator(chunk_size=500):
        due_on = timezone.localdate(row.due_at) if row.due_at and by_law(row) else None
        ended = row.concluded_on if row.finding else None
        in_time = None if due_on is None or ended is None else ended <= due_on
        yield Countable(row.kind, row.via, row.received_on, row.concluded_on, row.finding, in_time)


KINDS = rules.KINDS


def kind_title(kind: str) -> str:
    """What a kind of complaint is called, in the reader's language."""
    return words.of(words.KINDS, kind)


def day_begin(moment: datetime) -> datetime:
    """The beginning of the day, by the state's clocks."""
    zone = timezone.get_default_timezone()
    return datetime.combine(moment.astimezone(zone).date(), time.min, zone)


def lodged_on(day: date) -> int:
    """How many came by the public page on a day."""
    return Complaint.objects.filter(received_on=day, via="web").count()


def waiting(officer: Officer, now: datetime) -> dict[str, int]:
    """The numbers of this officer's own complaints, of nobody else's."""
    mine = visible(officer).filter(state__in=rules.OPEN)
    return {
        "open": mine.count(),
        "late": mine.filter(due_at__lt=now).count(),
        "urgent": mine.filter(danger=True).count(),
        "withdrawals": mine.filter(withdrawal="asked").count(),
    }
