"""The door of this room: who takes part, in which role, who holds the chair, and for whom an account acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import rules as permission_rules
from django.utils.translation import get_language

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.loadings.service import record_home
from panah.hub.participants import models, record
from panah.hub.participants import rules as saying
from panah.hub.participants.acts import EndSeat, LoadParticipants, SeatOfficer
from panah.hub.participants.days import Said, Span, said
from panah.hub.participants.fields import SaidField, SourceForm
from panah.hub.participants.rules import SEATS, ChairTerm, HeldRole, Source
from panah.hub.participants.sheets import (
    Day,
    Filled,
    Key,
    Reading,
    SourcedRow,
    digest_of,
    double_keys,
    read,
    row_digest,
)
from panah.web.parts import Link

__all__ = [
    "ChairTerm", "Day", "EndSeat", "Filled", "HeldRole", "Key", "LoadParticipants", "Participant", "Reading", "Related",
    "Said", "SaidField", "Seat", "SeatOfficer", "Source", "SourceForm", "SourcedRow", "Span", "acts_for", "basis_label", "bodies",
    "chair_on", "chairs", "check", "codes_in", "contacts", "digest_of", "double_keys", "load", "name_of", "note_of", "office_of",
    "officers_of", "participants", "read", "reads_russian", "related", "roles_of", "roles_on", "row_digest",
    "said", "seat_of", "seated", "seats_of", "shown_on_participants", "source_of", "title_of", "today",
]  # fmt: skip

PART = "participants"
"""The folder of this room inside that of the record."""


@dataclass(frozen=True)
class Participant:
    """`code` is ISO 3166-1 alpha-3 for a state, a short code such as UNHCR or PRAGUE otherwise; `kind` is `state`, `organisation` or
    `process`."""

    code: str
    kind: str
    title_en: str
    title_ru: str

    def title(self, language: str = "") -> str:
        """The name in a language; English for languages that the record does not have."""
        return self.title_ru if (language or get_language() or "en").startswith("ru") else self.title_en


@dataclass(frozen=True)
class Seat:
    """An account's office for a participant. `ends` is the first day on which it stands no more."""

    id: UUID
    officer: UUID
    participant: str
    office: str
    begins: date
    ends: date | None


def today() -> date:
    """The day of the hub, which belongs to no state: in UTC."""
    return now().date()


def participants(kind: str = "") -> tuple[Participant, ...]:
    """All who take part or took part, states first, by code; of one kind where it is said."""
    found = models.Participant.objects.filter(superseded_at=None)
    if kind:
        found = found.filter(kind=kind)
    order = list(models.Kind.values)
    rows = sorted(found, key=lambda row: (order.index(row.kind), row.key))
    return tuple(Participant(row.key, row.kind, row.title_en, row.title_ru) for row in rows)


def name_of(code: str, language: str = "") -> str:
    """The name of a participant in the language (that of the reader when none is said); the code itself when there is none such. Asks the
    database: for lists take `participants()` once."""
    row = models.Participant.objects.filter(key=code, superseded_at=None).first()
    return Participant(row.key, row.kind, row.title_en, row.title_ru).title(language) if row else code


def roles_of(code: str) -> tuple[HeldRole, ...]:
    """Everything that sources say of a participant's roles, also what ended, in order of time."""
    return _roles().get(code, ())


def roles_on(day: date) -> Mapping[str, tuple[HeldRole, ...]]:
    """For each participant the roles that nothing excludes on the day, disputed ones side by side. Whoever has none is not there."""
    found = {code: tuple(role for role in held if role.span.possibly_on(day)) for code, held in _roles().items()}
    return {code: held for code, held in found.items() if held}


def chairs() -> tuple[ChairTerm, ...]:
    """What sources say of the chair, in order of time."""
    return tuple(
        ChairTerm(row.key, row.participant, said(row.begins), said(row.ends), source_of(row), note_of(row))
        for row in models.Chair.objects.filter(superseded_at=None)
    )


def chair_on(day: date) -> str | None:
    """The code of the chair on a day; None where sources do not let it be told, as in a month of handing over."""
    return saying.chair_on(chairs(), day)


def seats_of(officer: UUID, on: date) -> tuple[Seat, ...]:
    """The seats of an account on a day, the first office first; all are of one participant. A closed account has none, nor has one
    that has lost the role which the office needs."""
    person = Officer.objects.filter(pk=officer, is_active=True).first()
    if person is None:
        return ()
    found = [seat for seat in _standing(on).filter(officer=officer) if SEATS[seat.office][0] in person.roles]
    return tuple(sorted(map(_seat, found), key=lambda seat: list(SEATS).index(seat.office)))


def seat_of(officer: UUID, on: date) -> Seat | None:
    """The account's first seat on the day, or None."""
    return next(iter(seats_of(officer, on)), None)


def officers_of(participant: str, office: str, on: date) -> tuple[UUID, ...]:
    """The open accounts that hold an office of a participant on a day."""
    found = _standing(on).filter(participant=participant, office=office, officer__is_active=True)
    held = found.filter(officer__grants__role=SEATS[office][0], officer__grants__withdrawn_at=None)
    return tuple(held.order_by("begins", "pk").values_list("officer", flat=True).distinct())


def acts_for(officer: Officer, participant: str, *offices: str) -> bool:
    """Whether the account holds one of the offices (any, when none is named) of the participant today."""
    return any(
        seat.participant == participant and (not offices or seat.office in offices)
        for seat in seats_of(officer.pk, today())
    )


def seated(*offices: str) -> permission_rules.predicates.Predicate:
    """A predicate for permissions: the officer holds one of the offices today; of the object's `participant`, when it has one."""

    @permission_rules.predicate(name="seated:" + ",".join(sorted(offices)))
    def holds(officer: Officer, obj: Any = None) -> bool:
        seats = [seat for seat in seats_of(officer.pk, today()) if not offices or seat.office in offices]
        code = getattr(obj, "participant", None)
        return any(code is None or seat.participant == code for seat in seats)

    return holds


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with this room's part of the record (`folder` is the whole record), as sentences; nothing when it can be loaded."""
    return record.problems(record.readings((folder or record_home()) / PART))


def codes_in(home: Path) -> frozenset[str]:
    """The codes of the participants in a folder of sheets, for those who check what names them."""
    rows = read(home, "participants.csv", record.ParticipantRow)
    return frozenset(row.code for row in rows)


def load(folder: Path | None = None, *, by: UUID | None = None) -> Receipt:
    """Take in this room's part of the record. The same sheets again change nothing (`new: False`). Raises Refused with the first problems."""
    home = (folder or record_home()) / PART
    said_now = digest_of(home, record.SHEETS)
    return perform(LoadParticipants(by=by, happened_at=now(), folder=str(home), folder_digest=said_now))


@dataclass(frozen=True)
class Related:
    """What another room shows on the page of a participant."""

    title: str
    links: Sequence[Link]


_related: list[Callable[[str], Sequence[Related]]] = []


def shown_on_participants(provider: Callable[[str], Sequence[Related]]) -> None:
    """Name a function that gives, for the code of a participant, what a room above has of it. At start, once."""
    if provider not in _related:
        _related.append(provider)


def related(code: str) -> tuple[Related, ...]:
    """What the rooms above have of a participant."""
    return tuple(one for provider in _related for one in provider(code) if one.links)


def bodies() -> tuple[models.Body, ...]:
    """The bodies of the Process in their order."""
    return tuple(models.Body.objects.filter(superseded_at=None))


def contacts(participant: str = "") -> tuple[models.Contact, ...]:
    """The contacts that stand, of one participant or of all, by whom they are of."""
    found = models.Contact.objects.filter(superseded_at=None)
    return tuple(found.filter(participant=participant) if participant else found)


def title_of(row: models.Participant | models.Body) -> str:
    """The title of a row in the reader's language."""
    return row.title_ru if reads_russian() else row.title_en


def office_of(row: models.Contact) -> str:
    """The office of a contact in the reader's language, in English where the record has no Russian."""
    return (row.office_ru or row.office_en) if reads_russian() else row.office_en


def reads_russian() -> bool:
    """Whether the reader reads Russian, of the two languages of the Process."""
    return (get_language() or "en").startswith("ru")


def source_of(row: models.Sourced) -> Source:
    return Source(row.source, row.source_url, said(row.source_date), row.verified, row.basis)


def note_of(row: models.Sourced) -> str:
    """The note in the reader's language, in the other where that one has none."""
    return (row.note_ru or row.note_en) if reads_russian() else (row.note_en or row.note_ru)


def basis_label(code: str) -> str:
    """How we know, in the reader's words, by the code of the record."""
    return str(models.Sourced.Basis(code).label)


def _roles() -> dict[str, tuple[HeldRole, ...]]:
    found: dict[str, list[HeldRole]] = {}
    for row in models.HeldRole.objects.filter(superseded_at=None):
        found.setdefault(row.participant, []).append(
            HeldRole(
                row.key,
                row.participant,
                row.role,
                said(row.begins),
                said(row.ends),
                said(row.as_of),
                source_of(row),
                note_of(row),
            )
        )
    return {code: saying.with_disputes(held) for code, held in found.items()}


def _standing(on: date) -> Any:
    found = models.Seat.objects.filter(begins__lte=on)
    return found.exclude(ends__lte=on)


def _seat(row: models.Seat) -> Seat:
    return Seat(row.pk, row.officer_id, row.participant, row.office, row.begins, row.ends)
