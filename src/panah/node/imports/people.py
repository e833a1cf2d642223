"""One person as a file brings them: cells by column, read into what the action door takes, or into everything that is wrong.

Pure but for the pack: nothing is written here and no clock is read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from pydantic import ValidationError

from panah.cores.lawbook import Pack
from panah.cores.screening import RecordError, read_record
from panah.cores.screening.fields import FIELD
from panah.node.imports.columns import COLUMN, LEFT, NONE, Column, allowed_in, labels, plain
from panah.node.profiling.service import RecordInterview
from panah.node.registration.service import BirthSaid, DocumentShown, Entry, NameSaid, RegisterPerson, problems_of

_NAME_KINDS = {
    "name": "as_stated",
    "name.family": "family",
    "name.given": "given",
    "name.patronymic": "patronymic",
    "name.father": "father",
    "name.grandfather": "grandfather",
}
# What registration itself keeps. A row that says no more is of a person who still waits for the interview.
_KNOWN_BY_REGISTRATION = frozenset(
    {
        "person.sex",
        "person.birth_date",
        "person.age_estimate",
        "person.citizenships",
        "person.languages",
        "documents",
        "entry.mode",
        "entry.from",
        "entry.route",
        "entry.stay_expired",
    }
)
_CLOCKS_DIFFER_BY = timedelta(minutes=5)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?:[T ](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_DOCUMENT = re.compile(r"documents\.(\d)\.(\w+)")


@dataclass(frozen=True)
class Problem:
    """Why a row is not taken: the column, what was found there, and what is allowed."""

    column: str
    found: str
    allowed: str

    def sentence(self) -> str:
        said = {"column": self.column, "found": _shown(self.found), "allowed": self.allowed}
        if not self.column:
            return _("Found %(found)s; allowed is %(allowed)s.") % said
        return _("Column %(column)s: found %(found)s; allowed is %(allowed)s.") % said


@dataclass(frozen=True)
class Row:
    """One row as it was read: its number, or the name of its part of the file, the cells that are not empty, and what could not be read."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    part: str = ""
    source_id: str = ""

    @property
    def where(self) -> str:
        return self.part or _("row %(number)s") % {"number": self.number}


@dataclass(frozen=True)
class Terms:
    """Under which terms rows are read: the pack, the secret under which the ids of the acts are made, the present, the place where none is
    named, and the only place where there is but one."""

    pack: Pack
    secret: bytes
    now: datetime
    by: UUID | None = None
    place: str = ""
    only_place: str = ""
    source: str = "sheet"


@dataclass(frozen=True)
class Person:
    """A row that can be taken: the two acts, whose ids follow from what the row says."""

    row: Row
    key: bytes
    content: bytes
    register: RegisterPerson
    interview: RecordInterview | None
    mends: UUID | None


@dataclass
class _Reading:
    """A row in the reading: the record so far, and what is wrong."""

    row: Row
    record: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, allowed: str = "") -> None:
        if all(known.column != column for known in self.problems):
            self.problems.append(Problem(column, self.row.cells.get(column, ""), allowed or allowed_in(COLUMN[column])))

    def cell(self, key: str) -> str:
        return self.row.cells.get(key, "")


def read_person(row: Row, terms: Terms) -> Person | tuple[Problem, ...]:
    """The person whom a row describes, or everything for which it is refused."""
    reading = _Reading(row, problems=list(row.problems))
    if reading.problems:
        return tuple(reading.problems)
    _read_answers(reading)
    place, arrived_at = _place(reading, terms), _arrival(reading, terms)
    mends = _mends(reading)
    if not reading.problems:
        _check_record(reading)
    if reading.problems or arrived_at is None:
        return tuple(reading.problems)
    try:
        said = _said(reading, terms, place, arrived_at)
    except ValidationError as wrong:
        return tuple(_of_validation(wrong, reading))
    content = hashlib.sha256(_canonical([place, arrived_at.isoformat(), said, reading.record])).digest()
    key = _key(reading, terms, place, arrived_at, content)
    common: dict[str, Any] = {"by": terms.by, "place": place, "happened_at": arrived_at}
    file = _derived(terms.secret, b"file", key)
    try:
        register = RegisterPerson(
            id=_derived(terms.secret, b"register", key, content), **common, file=file, source=terms.source, **said
        )
        interview = _interview(reading, terms, common, file, key, content)
    except ValidationError as wrong:
        return tuple(_of_validation(wrong, reading))
    found = problems_of(register)
    if found:
        return tuple(_of_registration(found, reading))
    return Person(row, key, content, register, interview, mends)


def _interview(
    reading: _Reading, terms: Terms, common: Mapping[str, Any], file: UUID, key: bytes, content: bytes
) -> RecordInterview | None:
    answered = {name for name in reading.row.cells if name in FIELD} | ({"documents"} & set(reading.record))
    if answered <= _KNOWN_BY_REGISTRATION and not reading.cell("leaflets"):
        return None
    held_at = _moment(reading.cell("date"), terms.pack) or common["happened_at"]
    return RecordInterview(
        id=_derived(terms.secret, b"interview", key, content),
        **{**common, "happened_at": held_at},
        file=file,
        record=reading.record,
        leaflets=tuple(_parts(reading.cell("leaflets"), COLUMN["leaflets"])),
        language=_language(reading),
        interpreter=reading.cell("interpreter"),
    )


def _read_answers(reading: _Reading) -> None:
    for key, text in reading.row.cells.items():
        column = COLUMN[key]
        if "\n" in text and column.kind != "notes":
            reading.refuse(key)
        elif _DOCUMENT.fullmatch(key):
            _read_document(reading, column, text)
        elif key == "documents":
            if plain(text) == NONE:
                reading.record["documents"] = []
            else:
                reading.refuse(key)
        elif key in FIELD:
            value = _value(column, text)
            if value is not _OPEN:
                _set(reading.record, key, value)
    _check_documents(reading)
    for key in ("leaflets",):
        if any(part not in COLUMN[key].allowed for part in _parts(reading.cell(key), COLUMN[key])):
            reading.refuse(key)
    if reading.cell("notes"):
        reading.record["notes"] = reading.cell("notes")
    pack = reading.cell("pack")
    if pack:
        reading.record["pack"] = pack.casefold()


def _read_document(reading: _Reading, column: Column, text: str) -> None:
    matched = _DOCUMENT.fullmatch(column.key)
    assert matched is not None  # noqa: S101 - asked by the caller
    number, name = int(matched[1]), matched[2]
    documents = reading.record.setdefault("documents", {})
    if not isinstance(documents, dict):
        reading.refuse("documents", _("nothing, since a document is described beside it"))
        return
    value = _value(column, text)
    if value is not _OPEN:
        documents.setdefault(number, {})[name] = value


def _check_documents(reading: _Reading) -> None:
    documents = reading.record.get("documents")
    if not isinstance(documents, dict):
        return
    for number, said in documents.items():
        if "type" not in said:
            reading.refuse(f"documents.{number}.type")
    reading.record["documents"] = [documents[number] for number in sorted(documents)]
    reading.record["_numbers"] = sorted(documents)


def _check_record(reading: _Reading) -> None:
    numbers = reading.record.pop("_numbers", [])
    try:
        read_record({**reading.record, "id": "row"})
    except RecordError as wrong:
        for error in wrong.errors:
            reading.refuse(_column_of(error.field, numbers))


def _column_of(path: str, numbers: list[int]) -> str:
    """The column to which an error of the record belongs: `documents[0].type` is `documents.1.type`, `purpose[1]` is `purpose`."""
    document = re.fullmatch(r"documents\[(\d+)\](?:\.(\w+))?", path)
    if document:
        return f"documents.{numbers[int(document[1])]}.{document[2] or 'type'}"
    name = re.sub(r"\[\d+\]$", "", path)
    return name if name in COLUMN else "id"


_OPEN = object()


def _value(column: Column, text: str) -> Any:
    """The cell as the record has it; what is not allowed there passes and is refused with the whole record. Left open is no value."""
    if column.kind != "yes_no" and plain(text) in LEFT:
        return _OPEN
    if column.is_list:
        return [] if plain(text) == NONE else _parts(text, column)
    if column.allowed:
        return labels(column).get(plain(text), text)
    if column.kind == "country":
        return text.upper()
    if column.kind == "whole":
        return int(text) if re.fullmatch(r"\d{1,9}", text) else text
    if column.kind == "number":
        return float(text) if re.fullmatch(r"\d{1,12}(\.\d+)?", text) else text
    if column.kind == "birth_date":
        return _iso_day(text)
    return text


def _parts(text: str, column: Column) -> list[str]:
    parts = [
        part.strip() for part in re.split(r"[;,\s]" if column.kind != "choices" else r"[;,]", text) if part.strip()
    ]
    if column.kind == "countries":
        return [part.upper() for part in parts]
    return [labels(column).get(plain(part), part) for part in parts] if column.allowed else parts


def _iso_day(text: str) -> str:
    dotted = _DOTTED.fullmatch(text)
    return f"{dotted[3]}-{int(dotted[2]):02d}-{int(dotted[1]):02d}" if dotted else text


def _moment(text: str, pack: Pack) -> datetime | None:
    """The moment that a cell names; a day alone is its beginning, a time without offset is the clock of the pack's state. None for anything else."""
    matched = _MOMENT.fullmatch(text)
    if matched is None:
        return None
    try:
        day = date.fromisoformat(_iso_day(matched["day"]))
        hour, minute, *second = (int(part) for part in (matched["time"] or "0:0").partition(".")[0].split(":"))
        clock = time(hour, minute, second[0] if second else 0)
        if matched["offset"]:
            offset = matched["offset"].replace("Z", "+00:00")
            return datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{offset}")
        return datetime.combine(day, clock, ZoneInfo(pack.timezone))
    except ValueError:
        return None


def _arrival(reading: _Reading, terms: Terms) -> datetime | None:
    column = "arrived_at" if reading.cell("arrived_at") or not reading.cell("date") else "date"
    moment = _moment(reading.cell(column), terms.pack)
    if moment is None:
        reading.refuse(column)
    if reading.cell("date"):
        _read_interview_date(reading, terms)
    return moment


def _read_interview_date(reading: _Reading, terms: Terms) -> None:
    said = _iso_day(reading.cell("date"))
    held = _moment(said, terms.pack)
    if held is None:
        reading.refuse("date")
    elif held > terms.now + _CLOCKS_DIFFER_BY:
        reading.refuse("date", _("a day that has come"))
    else:
        reading.record["date"] = said if _ISO.fullmatch(said) else held.isoformat(timespec="seconds")


def _place(reading: _Reading, terms: Terms) -> str:
    said = reading.cell("place")
    code = next((one.code for one in terms.pack.places if one.code.casefold() == said.casefold()), said) or terms.place
    if terms.only_place and code != terms.only_place:
        reading.refuse(
            "place", _("%(place)s, the post of the officer who sends the file") % {"place": terms.only_place}
        )
    elif terms.pack.place(code) is None:
        reading.refuse("place")
    return code


def _mends(reading: _Reading) -> UUID | None:
    text = reading.cell("refused.id")
    try:
        return UUID(text) if text else None
    except ValueError:
        reading.refuse("refused.id", _("what stood there in the file of refused rows, or nothing"))
        return None


def _language(reading: _Reading) -> str:
    spoken = reading.record.get("person", {}).get("languages") or [""]
    return reading.cell("language") or spoken[0]


def _said(reading: _Reading, terms: Terms, place: str, arrived_at: datetime) -> dict[str, Any]:
    """What registration is told."""
    record = reading.record
    person, entry = record.get("person", {}), record.get("entry", {})
    birth: dict[str, Any] = {}
    if "birth_date" in person:
        birth = {"date": person["birth_date"]}
    elif "age_estimate" in person:
        birth = {"age": person["age_estimate"]}
    script = reading.cell("name.script").title()
    return {
        "names": [
            NameSaid.model_validate({"kind": kind, "text": reading.cell(key), "script": script}).model_dump(mode="json")
            for key, kind in _NAME_KINDS.items()
            if reading.cell(key)
        ],
        "language": _language(reading),
        "sex": person.get("sex", "unknown"),
        "birth": BirthSaid(**birth).model_dump(mode="json"),
        "citizenships": person.get("citizenships", []),
        "documents": [DocumentShown(**one).model_dump(mode="json") for one in record.get("documents", [])],
        "entry": Entry(
            mode=entry.get("mode", ""),
            from_country=entry.get("from", ""),
            route=tuple(entry.get("route", ())),
            stay_expired=entry.get("stay_expired", "unknown"),
        ).model_dump(mode="json"),
    }


_COLUMN_OF_FIELD = {
    "happened_at": "arrived_at",
    "birth": "person.birth_date",
    "citizenships": "person.citizenships",
    "documents": "documents.1.issuer",
    "entry": "entry.from",
    "names": "name",
}


def _of_registration(found: Iterable[Any], reading: _Reading) -> Iterator[Problem]:
    for one in found:
        column = _COLUMN_OF_FIELD.get(one.field, one.field)
        if column == "arrived_at" and not reading.cell(column):
            column = "date"
        if column == "name":
            column = next((key for key in _NAME_KINDS if reading.cell(key)), "name")
        yield Problem(column, reading.cell(column), one.sentence.rstrip("."))


def _of_validation(wrong: ValidationError, reading: _Reading) -> Iterator[Problem]:
    """A text that is too long, and the like."""
    for error in wrong.errors():
        loc = [str(part) for part in error["loc"]]
        value = str(error.get("input", ""))
        column = next((key for key, cell in reading.row.cells.items() if cell and cell == value), "")
        if not column and "script" in loc:
            column = "name.script"
        yield Problem(column, value[:60], f"{allowed_in(COLUMN[column])}; {error['msg']}" if column else error["msg"])


def _key(reading: _Reading, terms: Terms, place: str, arrived_at: datetime, content: bytes) -> bytes:
    """What makes two rows the same person's: the id that a form gave; else the sender's own number with place and day of
    arrival, since lists begin anew every day; else everything that the row says."""
    if reading.row.source_id:
        parts = ["source", reading.row.source_id]
    elif reading.cell("id"):
        day = arrived_at.astimezone(ZoneInfo(terms.pack.timezone)).date()
        parts = ["id", place, day.isoformat(), reading.cell("id")]
    else:
        parts = ["content", content.hex()]
    return hashlib.sha256(_canonical(parts)).digest()


def _derived(secret: bytes, *parts: bytes) -> UUID:
    """A UUIDv8 (RFC 9562, 5.8) of a keyed hash, so that ids tell nobody what a row says."""
    digest = bytearray(hmac.new(secret, b"\0".join(parts), hashlib.sha256).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x80
    digest[8] = (digest[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(digest))


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _set(record: dict[str, Any], key: str, value: Any) -> None:
    *sections, name = key.split(".")
    place = record
    for section in sections:
        place = place.setdefault(section, {})
    place[name] = value


def _shown(text: str) -> str:
    if not text:
        return _("nothing")
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 60 else f"“{line[:57]}…”"
