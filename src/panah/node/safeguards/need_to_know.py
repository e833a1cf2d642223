"""Which facts about a person are restricted, and for whom. The room that knows the classes (profiling) names them at start; the rooms
beneath it, which show holds, lists and a file's story, ask here. A class is called by the code of its lane.

Where nothing was named everything restricted is closed to everybody: not knowing who may see is never read as all may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from panah.foundation.access.models import Officer
from panah.node.safeguards import rules
from panah.node.safeguards.models import Hold

WRITTEN = "written"
"""The class of words that an officer wrote: nobody has read what they tell, so they are for those who decide."""


class Classes(Protocol):
    def closed_to(self, officer: Officer, subject: UUID | None) -> frozenset[str]:
        """The classes that the officer is not shown: about this person, or (None) by the officer's roles alone."""

    def of_hold(self, code: str) -> str:
        """The class that the mere name of a hold tells; empty where it tells none."""

    def of_answers(self, keys: Iterable[str]) -> frozenset[str]:
        """The classes to which answers of an interview belong."""

    def of_referral(self, to: str) -> str:
        """The class that the mere name of a recipient tells."""

    def of_leaflets(self, codes: Iterable[str]) -> str:
        """The class that a leaflet given to the person tells."""

    def of_roles(self, roles: Collection[str]) -> str:
        """The class that somebody's being at work tells, because they work on nothing else."""


_named: list[Classes] = []


def classes_from(classes: Classes) -> None:
    """Name the classes. One an installation."""
    _named[:] = [classes]


def classes() -> Classes:
    return _named[0] if _named else _Nothing()


def closed_to(officer: Officer, subject: UUID | None = None) -> frozenset[str]:
    return classes().closed_to(officer, subject)


def of_reason(reason: Mapping[str, Any]) -> frozenset[str]:
    """The classes of one reason of a hold."""
    if reason.get("rule") in ("officer", rules.REMEDY):
        return frozenset({WRITTEN})
    return classes().of_answers(reason.get("answers", ()))


def kept_from(officer: Officer, hold: Hold) -> frozenset[str]:
    """The classes that are closed to the officer on the page of a hold: those of the person, and what officers wrote, which is for those who
    are competent to decide on this hold and for the ombudsman.

    The second reader (a supervisor) reads everything as soon as a competent officer has said that the hold may fall: nobody gives the
    last word on half of the reasons (docs/decisions/0087).
    """
    competent = rules.is_competent(hold.code, officer.roles)
    asked_now = rules.SECOND_READER in officer.roles and hold.lifts.filter(voided_at=None, competent=True).exists()
    if asked_now or "ombudsman" in officer.roles:
        return frozenset()
    return closed_to(officer, hold.subject) | (frozenset() if competent else frozenset({WRITTEN}))


def keeps_back(officer: Officer, hold: Hold) -> bool:
    """Whether there is a reason of the hold that the officer is not shown; who placed it with their own words knows these."""
    closed = kept_from(officer, hold)
    if classes().of_hold(hold.code) in closed:
        return True
    return any(
        not of_reason(reason).isdisjoint(closed) and reason.get("by") != str(officer.pk) for reason in hold.because
    )


class _Nothing:
    """What is asked while nobody named the classes."""

    def closed_to(self, officer: Officer, subject: UUID | None) -> frozenset[str]:
        return frozenset({"all"})

    def of_hold(self, code: str) -> str:
        return "all"

    def of_answers(self, keys: Iterable[str]) -> frozenset[str]:
        return frozenset({"all"})

    def of_referral(self, to: str) -> str:
        return "all"

    def of_leaflets(self, codes: Iterable[str]) -> str:
        return "all"

    def of_roles(self, roles: Collection[str]) -> str:
        return ""
