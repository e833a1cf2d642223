"""Referrals as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from uuid6 import uuid7

from panah.node.profiling import service as profiling
from panah.node.profiling.service import ReferredTo
from panah.node.referrals import texts
from panah.node.referrals.drafts import Draft
from panah.node.referrals.models import Referral
from panah.node.referrals.outside import is_foreign, may_be_origin, title_of
from panah.node.referrals.packets import Packet
from panah.node.referrals.rules import NOT_BY_NAMING
from panah.node.registration import service as registration
from panah.web.parts import Clock, Column, Link, Table
from panah.web.tags.marks import mark
from panah.web.tags.words import moment

if TYPE_CHECKING:
    from panah.node.referrals.views import Line


LISTS = {"open": gettext_lazy("Open"), "late": gettext_lazy("Late"), "accepted": gettext_lazy("Accepted"), "closed": gettext_lazy("Closed")}  # fmt: skip


def clock(row: Referral, now: datetime) -> Clock:
    """The term in which an answer is expected."""
    return Clock(
        what=_("Answer to the referral"),
        started=row.sent_at,
        due=max(row.due_at, row.sent_at),
        now=now,
        kind="statutory" if row.due_basis == "statutory" else "target",
        done=row.answered_at,
    )


Shared = list[tuple[str, list[tuple[str, str]]]]


def shared(items: Iterable[tuple[str, str, Any]]) -> Shared:
    """What is shared, in words: under the name of each class of data the labels and values of its answers."""
    return [
        (texts.data_class(data_class), [(_label(label), _value(label, value)) for _, label, value in group])
        for data_class, group in groupby(items, key=lambda item: item[0])
    ]


def _label(label: str) -> str:
    own = {"name": _("Name"), "place": _("Place")}
    words = own.get(label) or profiling.fact_in_words(label)
    return words[:1].upper() + words[1:]


def _value(label: str, value: Any) -> str:
    if label == "name":
        return str(value)
    return registration.place_title(value) if label == "place" else profiling.answer_in_words(label, value)


def line(value: Line, now: datetime, closed: Sequence[profiling.sight.Lane] = ()) -> dict[str, Any]:
    """One line of the preview; values and reasons of the closed lanes are left out."""
    secret = {lane.shared_as for lane in closed}
    draft, sent, packet = value.draft, value.sent, value.if_agreed.packet
    open_or_done = sent is not None and sent.status != Referral.Status.DECLINED
    given = sent if open_or_done else None
    body = given.body if given else draft.body
    return {
        "to": draft.to,
        "recipient": texts.recipient(draft.to),
        "body": title_of(body) if body else "",
        "why_no_body": draft.why_no_body,
        "room": draft.choices[0].room if draft.choices else None,
        "choices": choices(draft, value.record),
        "unreached": bool(draft.choices) and not any(choice.reached for choice in draft.choices),
        "foreign": any(is_foreign(choice.entry) for choice in draft.choices),
        "by_class": [(one, texts.data_class(one)) for one in packet.classes if one not in secret]
        if any(choice.way == "envelope" for choice in draft.choices)
        else [],
        "after": draft.after,
        "cure": cure(sent, now) if sent else None,
        "missing": [_label(one) for one in sent.missing] if sent else [],
        "onward": sent.competent
        if sent and sent.decline_code == "NOT_COMPETENT" and sent.competent not in NOT_BY_NAMING
        else "",
        "due_at": draft.due_at,
        "consent": draft.consent,
        "shared": shared(item for item in _items(given, packet) if item[0] not in secret),
        "withheld": [
            (texts.data_class(one.data_class), texts.kept_back(one.reason))
            for one in packet.withheld
            if one.data_class not in secret
        ],
        "reasons": profiling.describe_reasons(profiling.sight.open_reasons(closed, draft.because), value.record),
        "sent": sent,
        "sent_status": texts.status(sent.status) if sent else "",
        "decline_reason": texts.decline_reason(sent.decline_code) if sent and sent.decline_code else "",
        "competent": texts.recipient(sent.competent) if sent and sent.competent else "",
        "outcome": texts.outcome(sent.outcome) if sent and sent.outcome else "",
        "clock": clock(sent, now) if sent else None,
        "can_send": draft.body is not None and not open_or_done,
        "onward_ids": (uuid7(), uuid7()),
        "action": value.action,
        "referral": value.referral,
    }


def _items(given: Referral | None, packet: Packet) -> list[tuple[str, str, Any]]:
    """What the body was given; before that, what it would be given if the person agreed."""
    if given is None:
        return [(item.data_class, item.label, item.value) for item in packet.items]
    return [(item["data_class"], item["label"], item["value"]) for item in given.packet["items"]]


def choices(draft: Draft, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bodies that may get it, the proposed one first; none that may be of the state of origin."""
    return [
        {
            "body": choice.body,
            "title": title_of(choice.body),
            "room": choice.room,
            "envelope": choice.way == "envelope",
            "reached": choice.reached,
            "why": texts.why_proposed(choice.why),
            "proposed": at == 0,
        }
        for at, choice in enumerate(draft.choices)
        if not may_be_origin(choice.entry, record)
    ]


def cure(row: Referral, now: datetime) -> Clock | None:
    """The two days in which the sender adds what is missing."""
    if not row.cure or row.cure_by is None or row.answered_at is None:
        return None
    return Clock(
        what=_("Add what is missing"),
        started=row.answered_at,
        due=row.cure_by,
        now=now,
        kind="target",
        done=row.answered_at if row.cure == "cured" else None,
    )


def packet_given(row: Referral) -> dict[str, Any]:
    """The packet as its recipient gets it: that something of a restricted class was withheld would tell that there is something."""
    closed = profiling.sight.not_shared((item["data_class"] for item in row.packet["items"]), row.to)
    secret = {lane.shared_as for lane in closed}
    return row.packet | {"withheld": [one for one in row.packet["withheld"] if one["data_class"] not in secret]}


def referral(row: Referral, now: datetime) -> dict[str, Any]:
    """A referral as its recipient sees it: also its reasons tell nothing of what was not shared."""
    closed = profiling.sight.not_shared((item["data_class"] for item in row.packet["items"]), row.to)
    return {
        "row": row,
        "recipient": texts.recipient(row.to),
        "status": texts.status(row.status),
        "clock": clock(row, now),
        "shared": shared((item["data_class"], item["label"], item["value"]) for item in row.packet["items"]),
        "withheld": [
            (texts.data_class(one["data_class"]), texts.kept_back(one["reason"]))
            for one in packet_given(row)["withheld"]
        ],
        "reasons": profiling.describe_reasons(profiling.sight.open_reasons(closed, row.because)),
        "decline_reason": texts.decline_reason(row.decline_code) if row.decline_code else "",
        "competent": texts.recipient(row.competent) if row.competent else "",
        "outcome": texts.outcome(row.outcome) if row.outcome else "",
    }


def queue_table(rows: Iterable[Referral], now: datetime) -> Table:
    """The queue of a body."""
    return Table(
        caption=_("Referrals"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("For")),
            Column(_("Urgency")),
            Column(_("Answer due")),
            Column(_("Where it stands")),
        ],
        rows=[
            [
                Link(row.number, reverse("referral", args=[row.pk])),
                texts.recipient(row.to),
                texts.urgency(row.urgency),
                _late_since(row) if _late(row, now) else row.due_at,
                texts.status(row.status),
            ]
            for row in rows
        ],
        empty=_("Nothing waits for you here. New referrals appear by themselves, and you are told by mail."),
    )


def _late_since(row: Referral) -> SafeString:
    return format_html("{} {}", mark(_("late"), "danger", "clock"), moment(row.due_at, "short"))


def _late(row: Referral, now: datetime) -> bool:
    return row.status == Referral.Status.SENT and row.due_at < now


def offices_of(file: UUID) -> list[ReferredTo]:
    """The offices that a person was sent to, for the receipt; not those that declined."""
    sent = Referral.objects.filter(file=file).exclude(status=Referral.Status.DECLINED).order_by("sent_at")
    return [ReferredTo(row.body.partition("/")[0], None if row.answered_at else row.due_at, row.to) for row in sent]
