"""Codes of this room, what must be asked before what, and which law's time runs. Pure: facts in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from panah.cores.lawbook import Pack, Unknown
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.terms import due
from panah.foundation.door.action import Harm

ANSWERS: Final = ("yes", "no", "unknown", "refused")
KNOWN: Final = ("yes", "no", "unknown")
CHILD: Final = ("yes", "treated", "no", "unknown")
CHILDREN: Final = frozenset({"yes", "treated"})
DOCTORS: Final = ("seen", "called", "refused", "no", "unknown")
TOLD: Final = ("reasons", "rights", "asylum", "lawyer", "family", "consulate", "complaint")
WISHES: Final = ("lawyer", "family", "consulate", "unhcr", "nobody")
PURPOSES: Final = ("registration", "medical", "child_protection", "competent_body", "court", "identification", "other")
BEFORE_ASKING: Final = frozenset({"registration", "medical", "child_protection"})
"""What a transfer may be for while nobody asked the person yet whether they are afraid: to be asked, or to be helped."""

ENDS: Final = (
    "released", "referred", "reception", "hospital", "detention", "refused_entry", "handed_over", "died",
)  # fmt: skip
HARMS: Final = {
    "detention": Harm.DETENTION,
    "refused_entry": Harm.REFUSAL_OF_ENTRY,
    "handed_over": Harm.HAND_OVER,
}
"""Ends that could harm. Nobody is turned away or handed to another state without this act, and it asks the safeguards."""
SAY_WHERE: Final = frozenset({"released", "reception", "hospital", "handed_over"})

TO_CONFIRM: Final = timedelta(hours=6)
"""In so many hours the receiving body confirms. Our own figure, no law: see docs/decisions/0093."""

LIMITS: Final = ("detention/decision", "detention/first_review")
"""Terms of the packs by which somebody who is held without a decision must be released or brought before a judge."""

FEAR_HOLDS: Final = ("no_removal", "no_consular_contact", "no_sharing_with_origin")


@dataclass(frozen=True)
class Limit:
    name: str
    due: datetime


def limit(pack: Pack, began: datetime) -> Limit | None:
    """The earliest end of the time without a decision, reckoned from the apprehension; None where no verified law of the pack says it."""
    facts, found = {"apprehension": began, "detention_start": began}, []
    for name in LIMITS:
        parameter = pack.parameters.get(name)
        end = due(parameter, facts, calendar_of(pack)) if parameter else None
        if end is None or isinstance(end, Unknown):
            continue
        if end.value.verified and pack.basis_of(end.value) == "statutory":
            found.append(Limit(name, end.at))
    return min(found, key=lambda one: one.due, default=None)


def holds(fear: str, child: str) -> tuple[str, ...]:
    """The safeguards that answers given in custody place at once. Only a yes does; unknown is left to the interview, before which all
    force is stopped."""
    return (*(FEAR_HOLDS if fear == "yes" else ()), *(("treat_as_child",) if child in CHILDREN else ()))


def harm_of_moving(*, staying: bool, along: bool, elsewhere: bool) -> Harm | None:
    """What moving the person does to the family that is known, apart from those whom a fear or a wish keeps away: parts it where some of
    them are held here and stay behind. Nothing, where all of them go along; where some are elsewhere or nobody is known of, it is a
    transfer, of which a hold has its say."""
    if staying:
        return Harm.FAMILY_SPLIT
    return None if along and not elsewhere else Harm.TRANSFER


def untold(told: Iterable[str]) -> tuple[str, ...]:
    """What the person was not told yet."""
    return tuple(code for code in TOLD if code not in set(told))


def hours(began: datetime, until: datetime) -> int:
    """Whole hours in custody."""
    return max(0, int((until - began) / timedelta(hours=1)))
