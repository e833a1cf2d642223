"""Who is told what of a referral."""

from __future__ import annotations

from panah.foundation.access.models import Officer
from panah.foundation.notices.service import Word
from panah.node.referrals import rules
from panah.node.referrals.models import Referral

_BOARD = "/board/overdue-referrals/"


def facts(referral: Referral) -> dict[str, str]:
    return {"number": referral.number, "to": referral.to, "body": referral.body}


def word(code: str, referral: Referral, *, body: str = "", role: str = "") -> Word:
    """To a body, or to those who oversee; each is led to a page that they may open."""
    told = {
        "number": referral.number,
        "to": referral.to,
        "urgency": referral.urgency,
        "due": referral.due_at.isoformat(),
        "basis": referral.due_basis,
    }
    links = {"supervisor": _BOARD, "ombudsman": _BOARD, "national_coordinator": ""}
    return Word(code, body=body, role=role, facts=told, link=links.get(role, f"/queue/{referral.pk}/"))


def to_lane(code: str, referral: Referral) -> tuple[Word, ...]:
    """To those of the body who work on such referrals. Its other lanes hear nothing: that one came can tell a restricted fact."""
    lane = rules.LANES[referral.to]
    there = Officer.objects.filter(body=referral.body, is_active=True, grants__withdrawn_at=None, grants__role__in=lane)
    held = set(there.values_list("grants__role", flat=True))
    return tuple(
        word(code, referral, body=referral.body, role=role) for role in [one for one in lane if one in held] or lane[:1]
    )


def to_sender(code: str, referral: Referral, **more: str) -> Word:
    return Word(
        code,
        officer=referral.sent_by,
        facts={"number": referral.number, "to": referral.to} | more,
        link=f"/files/{referral.file}/referrals/",
    )


def to_supervisor(code: str, referral: Referral) -> Word:
    """To the recipient's supervisor; where the recipient has none here, as every body outside, to all supervisors."""
    theirs = referral.way == "account" and _has_supervisor(referral.body)
    return word(code, referral, role="supervisor", body=referral.body if theirs else "")


def _has_supervisor(body: str) -> bool:
    held = {"grants__role": "supervisor", "grants__withdrawn_at": None}
    return Officer.objects.filter(body=body, is_active=True, **held).exists()


def of_silence(referral: Referral, steps: tuple[rules.Escalation, ...]) -> tuple[Word, ...]:
    """Word of silence to those whose turn it is; at the third step also to the partners who have a referral of the same person."""
    told: list[Word] = []
    for step in steps:
        if step.in_body:
            told.append(to_supervisor("referrals.silence", referral))
            if not told[-1].body:
                told.append(
                    to_sender("referrals.silence", referral, due=referral.due_at.isoformat(), basis=referral.due_basis)
                )
        else:
            told += [word("referrals.silence", referral, role=role) for role in step.roles]
        if step.level == 3:
            told += [one for row in _partners(referral) for one in to_lane("referrals.silence_beside", row)]
    return tuple(told)


def _partners(referral: Referral) -> list[Referral]:
    still = {"status__in": [Referral.Status.SENT, Referral.Status.ACCEPTED], "way": "account", "to__in": rules.PARTNERS}
    return list(Referral.objects.filter(file=referral.file, **still).exclude(pk=referral.pk).order_by("number"))
