"""From a confirmed profile to what would be sent: to which body, by when, with which fields, with or without consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from panah.cores.lawbook import Body, load_pack
from panah.node.profiling.service import Confirmed
from panah.node.referrals.packets import Packet, packet

# Where the pack sets no term, an answer is expected within two days (domain reference 2.2, acknowledgement: design).
_DEFAULT_TERM = timedelta(hours=48)

# Whose consent answer of the interview speaks for which recipient (contracts/screening.md, consent).
_CONSENT_ANSWER: Mapping[str, str] = {"unhcr": "share_unhcr", "iom": "share_iom", "own_consulate": "contact_consulate"}


@dataclass(frozen=True)
class Draft:
    """One referral as it would be sent now. `body` is None where the pack names none, and `why_no_body` says why."""

    to: str
    body: str | None
    why_no_body: str
    because: tuple[Mapping[str, Any], ...]
    consent: Literal["not_required", "given", "needed"]
    packet: Packet
    due_at: datetime
    due_basis: Literal["statutory", "target"]
    serves_state: str


def draft_for(confirmed: Confirmed, to: str, consent_given: bool | None, now: datetime) -> Draft | None:
    """The draft for one recipient of the confirmed profile; None when the profile has no line for it.

    `consent_given` is what the person said to the officer who sends; it speaks before the answer in the interview.
    """
    line = next((line for line in confirmed.referrals if line["to"] == to), None)
    return _draft(confirmed, line, consent_given, now) if line is not None else None


def all_drafts(confirmed: Confirmed, now: datetime) -> tuple[Draft, ...]:
    """All drafts of the confirmed profile, in its order."""
    return tuple(_draft(confirmed, line, None, now) for line in confirmed.referrals)


def _draft(confirmed: Confirmed, line: Mapping[str, Any], consent_given: bool | None, now: datetime) -> Draft:
    to = line["to"]
    pack = load_pack(confirmed.pack)
    on = now.date()
    body = pack.body_for(to, on, confirmed.place)
    absence = pack.absence_for(to, on)
    consent = consent_given if consent_given is not None else _said(confirmed.record, to)
    needed = line["consent"] != "not_required"
    return Draft(
        to=to,
        body=body_code(body) if body else None,
        why_no_body="" if body else absence.why if absence else "The pack says nothing of it.",
        because=tuple(line["because"]),
        consent="not_required" if not needed else "given" if consent is True else "needed",
        packet=packet(
            confirmed.record,
            confirmed.name,
            to,
            profiles=confirmed.profiles,
            child=confirmed.child,
            consent=consent,
        ),
        due_at=_due(line, now),
        due_basis="target",
        serves_state=next(iter(confirmed.record.get("person", {}).get("citizenships", [])), "")
        if to == "own_consulate"
        else "",
    )


def _due(line: Mapping[str, Any], now: datetime) -> datetime:
    """The moment that screening proposed; a referral sent after it is due as long after sending as it was after the interview."""
    if not line.get("due"):
        return now + _DEFAULT_TERM
    proposed = datetime.fromisoformat(line["due"])
    return proposed if proposed > now else now + timedelta(hours=1)


def _said(record: Mapping[str, Any], to: str) -> bool | None:
    answer = record.get("consent", {}).get(_CONSENT_ANSWER.get(to, "share_partner"))
    return {"yes": True, "no": False}.get(str(answer))


def body_code(body: Body) -> str:
    """The code under which a body is addressed: its id, and the province where there is one office in each."""
    return f"{body.id}/{body.area}" if body.area else body.id
