"""The door of this room for the others: files, who may see them, what registration knows, and search before create."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from panah.cores.identity.likeness import Likeness, Reason, Traits
from panah.cores.lawbook import Place
from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.clock import now
from panah.foundation.door.service import Moment, NotFound
from panah.foundation.journal import service as journal
from panah.node.registration import rules, search
from panah.node.registration.actions import (
    AmendPerson,
    CloseFile,
    OpenGroup,
    RegisterPerson,
    existing,
    node_pack,
    registration_problems,
    set_status,
)
from panah.node.registration.clocks import next_from
from panah.node.registration.files import pages_from
from panah.node.registration.models import PersonFile, Urgent
from panah.node.registration.numbers import found_by
from panah.node.registration.permissions import serves_other_state, visible_files
from panah.node.registration.rules import Problem, as_birth
from panah.node.registration.said import BirthSaid, DocumentShown, Entry, NameSaid
from panah.node.registration.search_keys import full_names, traits_of
from panah.node.registration.timeline import Cut, Facts, sentence, story_cut_by, tells
from panah.node.registration.titles import body_title, place_title

__all__ = [
    "AmendPerson",
    "BirthSaid",
    "CloseFile",
    "Cut",
    "DocumentShown",
    "Entry",
    "Facts",
    "Known",
    "NameSaid",
    "OpenGroup",
    "PersonFile",
    "Problem",
    "RegisterPerson",
    "Traits",
    "body_title",
    "display_name",
    "file_by_id",
    "file_for",
    "file_in_turn",
    "found_by",
    "likely",
    "local_day",
    "next_from",
    "node_pack",
    "pages_from",
    "place_title",
    "posts",
    "problems_of",
    "record_part",
    "sentence",
    "set_status",
    "similar",
    "story_cut_by",
    "tells",
    "traits",
    "visible_files",
]  # fmt: skip

MOST_SHOWN = 5


@dataclass(frozen=True)
class Known:
    """A file that is perhaps of the person sought: a proposal. `name` and the words in `reasons` are empty where the officer
    may not read the file; then only its number, its post and which things agree are told."""

    file: UUID
    number: str
    place: str
    name: str
    score: float
    reasons: tuple[Reason, ...]
    readable: bool


def file_for(officer: Officer, file_id: UUID, *, printed: bool = False) -> PersonFile:
    """The file, for an officer who may read it; the read, or that it was printed, is written into the journal. Raises NotFound otherwise."""
    file = PersonFile.objects.filter(pk=file_id).first()
    if file is None or not may(officer, "registration.read_file", file):
        raise NotFound("There is no such file.")
    by_glass = not visible_by_right(officer, file)
    code = "registration.file_printed" if printed else "registration.file_read"
    journal.note_read(code, by=officer.pk, place=officer.post, subject=file.id, facts={"break_glass": by_glass})
    return file


def visible_by_right(officer: Officer, file: PersonFile) -> bool:
    """Whether the officer reads the file without breaking glass."""
    return visible_files(officer, break_glass=False).filter(pk=file.pk).exists()


def file_by_id(file_id: UUID) -> PersonFile:
    """The file, for handlers of other rooms, whose actions ask the rights. Raises NotFound."""
    return existing(file_id)


def file_in_turn(file_id: UUID) -> PersonFile:
    """The same, held until the act is done: two officers who number something of one person wait for each other."""
    file = PersonFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        raise NotFound("There is no such file.")
    return file


def display_name(file: PersonFile) -> str:
    """The name as it was stated, else its parts in one line, else the number of the file."""
    whole = full_names((name.kind, name.script, name.text) for name in file.names.all())
    return whole[0] if whole else file.number


def local_day(moment: datetime) -> date:
    """The day that it is at a moment in the state of this node."""
    return rules.local_day(moment, node_pack())


def posts() -> tuple[Place, ...]:
    """The places of the pack where a person can be received: not a province, not a stretch of border, and one that has a name."""
    return tuple(one for one in node_pack().places if one.named and one.kind not in ("province", "border_sector"))


def record_part(file: PersonFile, on: date | None = None) -> dict[str, Any]:
    """What registration knows of the interview record of contracts/screening.md. Only what is known stands in it.

    A birth that is a range and no ISO date is given as the least possible age on `on` (default: the day of arrival), so
    that a person who may be a child counts as one.
    """
    pack = node_pack()
    person: dict[str, Any] = {"sex": file.sex, "citizenships": list(file.citizenships)}
    birth = as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision)
    if file.birth:
        person["birth_date"] = file.birth
    elif birth:
        person["age_estimate"] = birth.age_on(on or rules.local_day(file.arrived_at, pack))
    if file.language:
        person["languages"] = [file.language]
    record: dict[str, Any] = {
        "id": str(file.id),
        "pack": pack.code,
        "place": file.place,
        "person": person,
        "entry": dict(file.entry),
    }
    documents = [
        {
            key: value
            for key, value in (
                ("type", each.type),
                ("issuer", each.issuer),
                ("number", each.number),
                ("status", each.status),
            )
            if value
        }
        for each in file.documents.all()
    ]
    if documents:
        record["documents"] = documents
    recognised = next(
        (one.reading["status_elsewhere"] for one in file.documents.all() if one.reading.get("status_elsewhere")), None
    )
    if recognised:
        record["protection"] = {"status_elsewhere": recognised}
    for code in file.urgent:
        part, key, value = _URGENT[code]
        record.setdefault(part, {})[key] = value
    return record


_URGENT = {
    Urgent.MEDICAL: ("health", "emergency", "yes"),
    Urgent.DANGER: ("security", "imminent_danger", "yes"),
    Urgent.CHILD_ALONE: ("child", "accompanied_by", "nobody"),
}


def similar(officer: Officer, sought: Traits, *, without: UUID | None = None) -> tuple[Known, ...]:
    """Files of any post that are perhaps of the person sought, best first, at most five. The search is written into the journal.

    An officer who serves another state is shown nothing, whatever is there.
    """
    if serves_other_state.test(officer):
        return ()
    found = search.find(sought, without=without, limit=MOST_SHOWN)
    readable = {one.file.pk for one in found if may(officer, "registration.read_file", one.file)}
    known = tuple(_known(one, one.file.pk in readable) for one in found)
    journal.note_read(
        "registration.searched",
        by=officer.pk,
        place=officer.post,
        subject=None,
        facts={"shown": [str(one.file) for one in known]},
    )
    return known


def traits(file: PersonFile) -> Traits:
    """What is known of a file's person, as the identity core compares it. For rooms whose own acts ask the rights."""
    return traits_of(file, file.names.all(), file.documents.all())


def likely(sought: Traits, *, without: UUID, limit: int = 10) -> tuple[tuple[PersonFile, Likeness], ...]:
    """Files of any post that are perhaps of the person sought, best first. For rooms whose own acts ask the rights and say who may
    learn what of it; nothing of it is shown as it is."""
    return tuple((one.file, one.likeness) for one in search.find(sought, without=without, limit=limit))


def _known(found: search.Found, readable: bool) -> Known:
    reasons = (
        found.likeness.reasons
        if readable
        else tuple(Reason(reason.code, reason.weight) for reason in found.likeness.reasons)
    )
    name = (found.names[0] if found.names else found.file.number) if readable else ""
    return Known(found.file.pk, found.file.number, found.file.place, name, found.likeness.score, reasons, readable)


def problems_of(action: RegisterPerson) -> tuple[Problem, ...]:
    """Everything for which the door would refuse the registration, each with its field; for importers, who report all at once."""
    return tuple(registration_problems(action, Moment(recorded_at=now(), officer=None)))
