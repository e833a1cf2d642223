"""Bodies outside, and what was sent, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.cores.exchange.sealing import fingerprint_of
from panah.foundation.access.models import Officer
from panah.node.referrals import outside, shown, texts
from panah.node.referrals.models import Envelope, OutsideAnswer, OutsideBody, Referral
from panah.web.parts import Column, Link, Table


def sent(rows: Iterable[Referral], now: datetime) -> Table:
    """What was sent from a place, with where it stands."""
    rows = list(rows)
    taken = set(Envelope.objects.filter(referral__in=rows).values_list("referral", flat=True))
    titles = {body: outside.title_of(body) for body in {row.body for row in rows}}
    return Table(
        caption=_("Referrals sent from here"),
        columns=[
            Column(_("Number"), heading=True),
            Column(_("For")),
            Column(_("Body")),
            Column(_("Way")),
            Column(_("Answer due")),
            Column(_("Where it stands")),
        ],
        rows=[
            [
                Link(row.number, _page_of(row)),
                texts.recipient(row.to),
                titles[row.body],
                _("envelope") if row.way == "envelope" else _("account"),
                row.due_at,
                standing_of(row, row.pk in taken, now),
            ]
            for row in rows
        ],
        empty=_("Nothing was sent from here yet. A referral is sent from the person's file."),
    )


def _page_of(row: Referral) -> str:
    if row.way == "envelope":
        return reverse("referral_sent", args=[row.pk])
    return reverse("referrals_of_file", args=[row.file])


def standing_of(row: Referral, taken: bool, now: datetime) -> str:
    """Where a referral stands, as its sender needs to know: with a body outside, what is the sender's own next step."""
    late = row.status == Referral.Status.SENT and row.due_at < now
    if row.status != Referral.Status.SENT or row.way == "account":
        said = texts.status(row.status)
    elif row.received_at is not None:
        said = _("Received; waits for an answer")
    else:
        said = _("Envelope taken; waits for word") if taken else _("Envelope not taken yet")
    return _("%(said)s, late") % {"said": said} if late else said


def standing(row: Referral, now: datetime) -> dict[str, Any]:
    """One referral to a body outside, for its sender."""
    envelopes = list(row.envelopes.order_by("-made_at"))
    answers = OutsideAnswer.objects.filter(envelope__referral=row).order_by("-taken_at")
    entry = outside.standing_of(row.body)
    return {
        "row": row,
        "recipient": texts.recipient(row.to),
        "body": outside.title_of(row.body),
        "entry": entry,
        "call": entry.call if entry else "",
        "clock": shown.clock(row, now),
        "cure": shown.cure(row, now),
        "standing": standing_of(row, bool(envelopes), now),
        "can_take": entry is not None and row.status in (Referral.Status.SENT, Referral.Status.ACCEPTED),
        "can_answer": row.status in (Referral.Status.SENT, Referral.Status.ACCEPTED),
        "agreed": [texts.data_class(one) for one in row.agreed],
        "envelopes": Table(
            caption=_("Envelopes that were taken"),
            columns=[Column(_("When"), heading=True), Column(_("By")), Column(_("File"))],
            rows=[[one.made_at, _name(one.made_by), outside.file_name(one)] for one in envelopes],
            empty=_("None yet. Take it, and bring or send it to the body."),
        ),
        "answers": Table(
            caption=_("Answers that were believed"),
            columns=[
                Column(_("When"), heading=True),
                Column(_("Answer")),
                Column(_("Why or how")),
                Column(_("Brought by")),
            ],
            rows=[
                [
                    one.taken_at,
                    str(texts.SAID[one.said]),
                    texts.decline_reason(one.reason) if one.said == "declined" else texts.outcome(one.reason),
                    _name(one.taken_by) if one.taken_by else _("the body itself"),
                ]
                for one in answers
            ],
            empty=_("None yet. The body answers with a signed file; only that counts."),
        ),
    }


def bodies() -> Table:
    """All entries, those that are used first."""
    rows = OutsideBody.objects.order_by("ended_at", "title", "-entered_at")[:200]
    return Table(
        caption=_("Bodies outside"),
        columns=[
            Column(_("Name"), heading=True),
            Column(_("Code")),
            Column(_("What is referred to it")),
            Column(_("State whose authority it is")),
            Column(_("Keys")),
        ],
        rows=[
            [
                Link(row.title, reverse("outside_body", args=[row.pk])),
                row.code,
                ", ".join(texts.recipient(to) for to in row.kinds),
                row.state,
                _of_keys(row),
            ]
            for row in rows
        ],
        empty=_("No body outside is entered yet. Enter its keys below; a second officer confirms them by telephone."),
    )


def _of_keys(row: OutsideBody) -> str:
    if row.ended_at is not None:
        return str(texts.ENDED_FOR.get(row.ended_for, row.ended_for))
    return _("Confirmed, in use") if row.confirmed_at else _("Wait for a second officer; nothing is sent")


def body(row: OutsideBody) -> dict[str, Any]:
    """One entry."""
    return {
        "row": row,
        "keys": _of_keys(row),
        # Whoever confirms types what they hear, and is not shown what it should be.
        "fingerprint": fingerprint_of(row.seals_for, row.signs_with) if row.confirmed_at else "",
        "facts": [pair for pair in _facts(row) if pair[1]],
    }


def _facts(row: OutsideBody) -> list[tuple[str, Any]]:
    return [
        (_("Code"), row.code),
        (_("What is referred to it"), ", ".join(texts.recipient(to) for to in row.kinds)),
        (_("State whose authority it is"), row.state or _("none: no state's authority")),
        (_("Called when it is silent"), row.call),
        (_("Key that is sealed for"), row.seals_for),
        (_("Key that signs"), row.signs_with),
        (_("Entered"), row.entered_at),
        (_("Entered by"), _name(row.entered_by)),
        (_("Confirmed"), row.confirmed_at),
        (_("Confirmed by"), _name(row.confirmed_by)),
        (_("Ended"), row.ended_at),
    ]


def _name(officer: Any) -> str:
    found = Officer.objects.filter(pk=officer).values_list("display_name", flat=True).first() if officer else None
    return found or ""
