"""What other rooms may know of referrals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from panah.cores.exchange.sealing import MOST_ANSWER_BYTES
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import Moment, NotFound, Outcome
from panah.foundation.journal import service as journal
from panah.node.referrals import outside
from panah.node.referrals.actions import (
    AcceptReferral,
    CompleteReferral,
    ConfirmOutsideBody,
    DeclineReferral,
    EndOutsideBody,
    EnterOutsideBody,
    SendReferral,
    TakeEnvelope,
    send_referral,
)
from panah.node.referrals.answering import posted as take_posted_answer
from panah.node.referrals.answering import take as take_answer
from panah.node.referrals.capacity import RoomAt, room_asked_of
from panah.node.referrals.choices import body_code
from panah.node.referrals.models import Envelope, Referral
from panah.node.referrals.permissions import in_lane_of, works_on
from panah.node.referrals.rules import LANES
from panah.node.referrals.shown import packet_given
from panah.node.referrals.texts import recipient as recipient_title
from panah.node.referrals.work import Answering, answering

__all__ = [
    "MOST_ANSWER_BYTES",
    "NOT_BELIEVED",
    "AcceptReferral",
    "Answering",
    "CompleteReferral",
    "ConfirmOutsideBody",
    "Countable",
    "DeclineReferral",
    "EndOutsideBody",
    "EnterOutsideBody",
    "RoomAt",
    "SendReferral",
    "TakeEnvelope",
    "accepted_by",
    "answering",
    "body_code",
    "countable",
    "envelope_file",
    "of_file",
    "overdue",
    "packet_given",
    "received_by",
    "recipient_title",
    "recipients",
    "room_asked_of",
    "send_within",
    "take_answer",
    "take_posted_answer",
    "waiting_for",
]  # fmt: skip


NOT_BELIEVED = frozenset({"unknown_key", "wrong_signature", "wrong_type", "wrong_shape", "not_a_message", "too_long"})
"""Why the signature of an answer says nothing of who wrote it."""


@dataclass(frozen=True)
class Countable:
    """One referral as statistics may count it: no person, no file."""

    sent_on: date
    from_place: str
    to: str
    status: str
    decline_code: str
    outcome: str
    answered_in_time: bool | None


def accepted_by(officer: Officer, file: UUID) -> bool:
    """Whether the officer's body accepted a referral of the person, in a lane of the officer's."""
    return works_on(officer, file)


def recipients() -> tuple[str, ...]:
    """The kinds of recipient that a referral can have."""
    return tuple(LANES)


def of_file(file: UUID) -> QuerySet[Referral]:
    """The referrals of a person, oldest first. The caller has the right to the file."""
    return Referral.objects.filter(file=file).order_by("sent_at")


def send_within(action: SendReferral, moment: Moment) -> Outcome:
    """Send a referral inside the act of another room, which has asked the rights and the safeguards. The caller hands on the notices."""
    return send_referral(action, moment)


def waiting_for(officer: Officer) -> QuerySet[Referral]:
    """The open referrals in the officer's lanes at the officer's body, first what is due first."""
    return Referral.objects.filter(
        in_lane_of(officer), status__in=[Referral.Status.SENT, Referral.Status.ACCEPTED]
    ).order_by("due_at")


def received_by(officer: Officer, referral: UUID) -> Referral:
    """One referral with its packet, for an officer of its recipient; the read is written into the journal. Raises NotFound."""
    row = Referral.objects.filter(pk=referral).first()
    if row is None or not may(officer, "referrals.work", row):
        raise NotFound("There is no such referral.")
    journal.note_read(
        "referrals.packet_read", by=officer.pk, place=officer.post, subject=row.file, facts={"referral": row.number}
    )
    return row


def overdue(moment: datetime) -> QuerySet[Referral]:
    """Unanswered referrals whose time is over, longest first."""
    return Referral.objects.filter(status=Referral.Status.SENT, due_at__lt=moment).order_by("due_at")


def countable(first: datetime, after_last: datetime) -> Iterator[Countable]:
    """Every referral sent in the period [first, after_last)."""
    for row in Referral.objects.filter(sent_at__gte=first, sent_at__lt=after_last).iterator():
        yield Countable(
            sent_on=row.sent_at.date(),
            from_place=row.from_place,
            to=row.to,
            status=row.status,
            decline_code=row.decline_code,
            outcome=row.outcome,
            answered_in_time=None if row.answered_at is None else row.answered_at <= row.due_at,
        )


def envelope_file(envelope: UUID) -> tuple[str, bytes]:
    """Name and bytes of an envelope that was just taken by an act. Only for who performed it."""
    made = Envelope.objects.select_related("referral").get(pk=envelope)
    return outside.file_name(made), outside.content_of(made)
