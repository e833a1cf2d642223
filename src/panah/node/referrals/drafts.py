"""From a confirmed profile to what would be sent: to which body, by when, with which fields, with or without consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from panah.cores.exchange.sharing import DATA_CLASSES, may_share
from panah.cores.lawbook import load_pack
from panah.node.profiling.service import Confirmed
from panah.node.referrals.choices import Choice, choices_for
from panah.node.referrals.models import Referral
from panah.node.referrals.outside import is_foreign
from panah.node.referrals.packets import Packet, packet
from panah.node.referrals.rules import NOT_BY_NAMING

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
    choices: tuple[Choice, ...] = ()
    way: Literal["account", "envelope"] = "account"
    agreed: tuple[str, ...] = ()
    after: UUID | None = None
    line: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """What the officer chose: the body (empty for the proposed one), and the classes of data to which the person said yes, where they were
    asked class by class."""

    body: str = ""
    agreed: tuple[str, ...] | None = None


def draft_for(
    confirmed: Confirmed,
    to: str,
    consent_given: bool | None,
    now: datetime,
    chosen: Chosen = Chosen(),
    declined: Referral | None = None,
) -> Draft | None:
    """The draft for one recipient of the confirmed profile; None when the profile has no line for it.

    `consent_given` is what the person said to the officer who sends; it speaks before the answer in the interview. `declined` is a referral
    whose recipient named `to` as competent: it makes a line where the profile has none. Raises LookupError for a body that is none of the choices.
    """
    line = line_of(confirmed, to, declined)
    if line is None:
        return None
    found = choices_for([to], load_pack(confirmed.pack), now.date(), confirmed.place)
    return _draft(confirmed, line, consent_given, now, found[to], chosen)


def line_of(confirmed: Confirmed, to: str, declined: Referral | None) -> Mapping[str, Any] | None:
    """The profile's line for a recipient, or the one that follows from a referral that was declined by naming them."""
    known = next((line for line in confirmed.referrals if line["to"] == to), None)
    if known is not None or declined is None or declined.competent != to or to in NOT_BY_NAMING:
        return known
    free = may_share("identity_core", to, profiles=confirmed.profiles, child=confirmed.child, consent=None).allowed
    return {
        "to": to,
        "because": declined.because,
        "consent": "not_required" if free else "needed",
        "after": declined.pk,
    }


def all_drafts(confirmed: Confirmed, now: datetime, declined: Iterable[Referral] = ()) -> tuple[Draft, ...]:
    """All drafts of the confirmed profile, in its order; then those to bodies that only a declined referral named."""
    lines = [*confirmed.referrals]
    for row in declined:
        if row.competent and row.competent not in {line["to"] for line in lines}:
            lines += [line for line in [line_of(confirmed, row.competent, row)] if line is not None]
    found = choices_for([line["to"] for line in lines], load_pack(confirmed.pack), now.date(), confirmed.place)
    return tuple(_draft(confirmed, line, None, now, found[line["to"]], Chosen()) for line in lines)


def if_agreed(confirmed: Confirmed, draft: Draft, now: datetime) -> Draft:
    """The draft as it would go if the person agreed to everything that they can be asked for."""
    return _draft(confirmed, draft.line, True, now, draft.choices, Chosen(draft.body or "", DATA_CLASSES))


def _draft(
    confirmed: Confirmed,
    line: Mapping[str, Any],
    consent_given: bool | None,
    now: datetime,
    choices: tuple[Choice, ...],
    chosen: Chosen,
) -> Draft:
    to = line["to"]
    choice = _chosen(choices, chosen.body)
    absence = load_pack(confirmed.pack).absence_for(to, now.date())
    foreign = choice is not None and is_foreign(choice.entry)
    consent = consent_given if consent_given is not None or foreign else said(confirmed.record, to)
    needed = foreign or line["consent"] != "not_required"
    by_class = choice is not None and choice.way == "envelope"
    agreed = (chosen.agreed or ()) if by_class else None
    made = packet(
        confirmed.record, confirmed.name, to,
        profiles=confirmed.profiles, child=confirmed.child, consent=consent, agreed=agreed, only_agreed=foreign,
    )  # fmt: skip
    return Draft(
        to=to,
        body=choice.body if choice else None,
        why_no_body="" if choice else absence.why if absence else "The pack says nothing of it.",
        because=tuple(line["because"]),
        consent="not_required" if not needed else "given" if consent is True else "needed",
        packet=made,
        due_at=_due(line, now),
        due_basis="target",
        serves_state=next(iter(confirmed.record.get("person", {}).get("citizenships", [])), "")
        if to == "own_consulate"
        else "",
        choices=choices,
        way=choice.way if choice else "account",
        agreed=tuple(one for one in made.classes if agreed is not None and one in agreed),
        after=line.get("after"),
        line=line,
    )


def _chosen(choices: tuple[Choice, ...], body: str) -> Choice | None:
    if not body:
        return choices[0] if choices else None
    for choice in choices:
        if choice.body == body:
            return choice
    raise LookupError(body)


def _due(line: Mapping[str, Any], now: datetime) -> datetime:
    """The moment that screening proposed; a referral sent after it is due as long after sending as it was after the interview."""
    if not line.get("due"):
        return now + _DEFAULT_TERM
    proposed = datetime.fromisoformat(line["due"])
    return proposed if proposed > now else now + timedelta(hours=1)


def said(record: Mapping[str, Any], to: str) -> bool | None:
    """What the person said in the interview of telling this kind of recipient; None where they were not asked."""
    answer = record.get("consent", {}).get(_CONSENT_ANSWER.get(to, "share_partner"))
    return {"yes": True, "no": False}.get(str(answer))
