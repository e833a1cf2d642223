"""What follows from what sources say. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from panah.hub.participants.days import Said, Span

SEATS: Mapping[str, tuple[str, frozenset[str]]] = {
    "national_coordinator": ("national_coordinator", frozenset({"state"})),
    "senior_official": ("senior_official", frozenset({"state"})),
    "chair_delegate": ("senior_official", frozenset({"state"})),
    "support_unit": ("secretariat", frozenset({"organisation"})),
    "observer": ("observer", frozenset({"state", "organisation", "process"})),
}
"""Each office: the role that an account needs for it, and the kinds of participants that have it. The first office counts first."""


@dataclass(frozen=True)
class Source:
    """Where something was said. `date` is as printed, None when it is not; `verified`: read in the document itself; `basis` is `read`,
    `inference` or `memory`."""

    title: str
    address: str
    date: Said | None
    verified: bool
    basis: str


@dataclass(frozen=True)
class HeldRole:
    """What one source says of a role: `member`, `observer`, `guest`, `applicant` or `secretariat`. `disputed` when another source says
    another standing role for a time that can be the same."""

    key: str
    participant: str
    role: str
    begins: Said | None
    ends: Said | None
    as_of: Said | None
    source: Source
    note: str = ""
    disputed: bool = False

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends)

    @property
    def source_date(self) -> Said | None:
        return self.source.date

    @property
    def verified(self) -> bool:
        return self.source.verified


@dataclass(frozen=True)
class ChairTerm:
    """A time for which a source names a state as chair."""

    key: str
    participant: str
    begins: Said | None
    ends: Said | None
    source: Source
    note: str = ""

    @property
    def span(self) -> Span:
        return Span(self.begins, self.ends)


def with_disputes(roles: Sequence[HeldRole]) -> tuple[HeldRole, ...]:
    """The roles of one participant, each marked when another source contradicts it. Being the secretariat, or having been a guest, contradicts nothing."""
    lasting = [role for role in roles if role.role in ("member", "observer", "applicant")]

    def contradicted(role: HeldRole) -> bool:
        return role in lasting and any(
            other.role != role.role and other.span.possibly_meets(role.span) for other in lasting
        )

    return tuple(replace(role, disputed=contradicted(role)) for role in roles)


def chair_on(terms: Iterable[ChairTerm], day: date) -> str | None:
    """The chair of the day: who surely is it (the one who took over last), else the only one who can be; None when it cannot be told."""
    terms = tuple(terms)
    surely = [term for term in terms if term.span.surely_on(day)]
    if surely:
        return max(surely, key=lambda term: term.begins.latest if term.begins else date.min).participant
    possible = {term.participant for term in terms if term.begins and term.span.possibly_on(day)}
    return possible.pop() if len(possible) == 1 else None
