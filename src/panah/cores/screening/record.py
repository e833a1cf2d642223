"""From JSON to an `InterviewRecord`: strict, complete in its complaints, and without a clock.

Unknown keys are refused at every depth, because a misspelt key must never hide a child. All that is wrong with a
record is said at once, each with the field, what was found and what is allowed there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec

from panah.cores.screening.fields import (
    COUNTRIES,
    DOCUMENT_KEYS,
    FIELD,
    FIELDS,
    INVENTED_PACKS,
    OPEN_ANSWERS,
    PACKS,
    Field,
    sections,
)

PARTIAL_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
JSON_KEYS: Final = re.compile(rb'"\s*:')
FIRST_YEAR: Final = 1850


@dataclass(frozen=True)
class FieldError:
    """One thing wrong with a record: the field (path with dots), what was found, what is allowed there."""

    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}; allowed is {self.allowed}."


class RecordError(ValueError):
    """A record that cannot be screened. `errors` has everything that is wrong, `id` the record's id where readable."""

    def __init__(self, errors: Iterable[FieldError], id_: str | None = None) -> None:
        self.errors = tuple(errors)
        self.id = id_
        super().__init__(" ".join(str(error) for error in self.errors))


class BirthDate(NamedTuple):
    """A birth date of which perhaps only the year, or year and month, are known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that fits: a person may be as young as this, and doubt makes nobody an adult."""
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is not None:
            return date(self.year, self.month, self.day)
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class Document(NamedTuple):
    """A document that the person holds, lost or says was taken. None where it was not recorded."""

    type: str | None = None
    issuer: str | None = None
    number: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class InterviewRecord:
    """One interview as the contract for screening has it.

    `answers` maps a field's key to its value as recorded, `unknown` and `refused` included; an absent key was not
    asked. Values: str, int, float, BirthDate, tuple of str, tuple of Document. `date` is a date, or a datetime with
    offset.
    """

    id: str
    pack: str | None = None
    date: date | None = None
    place: str | None = None
    answers: Mapping[str, Any] = dataclass_field(default_factory=lambda: MappingProxyType({}))
    notes: str | None = None

    def answer(self, key: str) -> Any:
        """The answer to a field, None when it was not asked, is unknown or was refused. KeyError for no such field."""
        FIELD[key]
        found = self.answers.get(key)
        return None if found in OPEN_ANSWERS else found

    def with_answer(self, key: str, value: Any) -> InterviewRecord:
        """The same record with one answer given or changed, read as strictly as from JSON; RecordError otherwise."""
        errors: list[FieldError] = []
        read = _read_field(FIELD[key], value, errors)
        if errors:
            raise RecordError(errors, self.id)
        answers = MappingProxyType({**self.answers, key: read})
        return InterviewRecord(self.id, self.pack, self.date, self.place, answers, self.notes)


def read_record(given: Mapping[str, Any]) -> InterviewRecord:
    """The record that a decoded JSON object holds. Raises RecordError with all that is wrong."""
    return _read_record(given)[0]


def _read_record(given: Mapping[str, Any]) -> tuple[InterviewRecord, int]:
    """The record and how many keys its objects have in all."""
    errors: list[FieldError] = []
    answers: dict[str, Any] = {}
    keys = _read_section("", given, answers, errors)
    id_ = given.get("id")
    if not isinstance(id_, str) or not id_:
        errors.append(FieldError("id", _shown(id_, "id" in given), "a text that names the interview; it is required"))
    pack = _read_pack(given, errors) if "pack" in given else None
    on = _read_moment(given, errors) if "date" in given else None
    place = _read_text(given, "place", errors) if "place" in given else None
    notes = _read_text(given, "notes", errors) if "notes" in given else None
    if errors:
        raise RecordError(errors, id_ if isinstance(id_, str) else None)
    return InterviewRecord(str(id_), pack, on, place, answers, notes), keys


def decode_closely(line: bytes) -> InterviewRecord:
    """The record that one line of JSON holds, read key by key. Raises RecordError with all that is wrong."""
    try:
        given = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise RecordError([FieldError("line", f"text that is not JSON ({broken})", "one JSON object")]) from None
    if not isinstance(given, dict):
        raise RecordError([FieldError("line", _shown(given), "one JSON object")])
    record, keys = _read_record(given)
    if may_repeat_a_key(line, keys):
        _refuse_repeated_keys(line, given)
    return record


_decode: Final = msgspec.json.Decoder().decode


def may_repeat_a_key(line: bytes, keys: int) -> bool:
    """Whether a key may stand twice in the text. False only where the text has exactly as many keys as were read, so that none can have been overwritten."""
    if line.count(b":") == keys:
        return False
    if b" :" in line or b"\t:" in line or b"\r:" in line or b"\n:" in line:
        return len(JSON_KEYS.findall(line)) != keys
    return line.count(b'":') != keys


def _refuse_repeated_keys(line: bytes, given: Mapping[str, Any]) -> None:
    """A key that stands twice would hide its first value; a colon inside a text is no such key."""
    repeated: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in found]
        repeated.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(found)

    json.loads(line, object_pairs_hook=pairs)
    if repeated:
        id_ = given.get("id")
        errors = [FieldError(name, "the key twice in one object", "each key once") for name in repeated]
        raise RecordError(errors, id_ if isinstance(id_, str) else None)


_ORDERED_KEYS: Final = sections()


def _read_section(name: str, given: Mapping[str, Any], answers: dict[str, Any], errors: list[FieldError]) -> int:
    """Read one object into `answers`; the number of keys in it and in the objects inside."""
    known = _PLACES[name]
    keys = len(given)
    for key, value in given.items():
        place = known.get(key)
        if place is None:
            path = f"{name}.{key}" if name else key
            where = f"in {name}" if name else "in a record"
            errors.append(FieldError(path, "a key that does not exist", f"{where} {_listed(_ORDERED_KEYS[name])}"))
            continue
        path, choices, read = place
        if choices is not None:
            try:
                answers[path] = choices[value]
            except (KeyError, TypeError):
                errors.append(FieldError(path, _shown(value), _listed(choices)))
        elif read is not None:
            answers[path] = read(value, errors)
            if path == "documents" and not errors:
                keys += sum(map(len, value))
        elif path in _ORDERED_KEYS:
            if isinstance(value, dict):
                keys += _read_section(path, value, answers, errors)
            else:
                allowed = f"an object with {_listed(_ORDERED_KEYS[path])}"
                errors.append(FieldError(path, _shown(value), allowed))
    return keys


def _read_field(field: Field, value: Any, errors: list[FieldError]) -> Any:
    return _READERS[field.key](value, errors)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)


def _shown(value: Any, given: bool = True) -> str:
    if not given:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def _choice_reader(field: Field) -> Callable[[Any, list[FieldError]], Any]:
    allowed = {value: value for value in field.allowed}
    sentence = _listed(field.allowed)

    def read(value: Any, errors: list[FieldError]) -> Any:
        try:
            return allowed[value]
        except (KeyError, TypeError):
            errors.append(FieldError(field.key, _shown(value), sentence))
            return None

    return read


def _list_reader(field: Field, allowed: Callable[[Any], bool], what: str) -> Callable[[Any, list[FieldError]], Any]:
    def read(value: Any, errors: list[FieldError]) -> Any:
        if not isinstance(value, list | tuple):
            errors.append(FieldError(field.key, _shown(value), f"a list of {what}"))
            return None
        for item in value:
            if not isinstance(item, str) or not allowed(item):
                at = next(at for at, each in enumerate(value) if each is item)
                errors.append(FieldError(f"{field.key}[{at}]", _shown(item), what))
        return tuple(value)

    return read


COUNTRY_RULE: Final = "a country by ISO 3166-1 alpha-3, or XXA, XXB, XXX"


def _country_reader(field: Field) -> Callable[[Any, list[FieldError]], Any]:
    def read(value: Any, errors: list[FieldError]) -> Any:
        if not isinstance(value, str) or value not in COUNTRIES:
            errors.append(FieldError(field.key, _shown(value), COUNTRY_RULE))
        return value

    return read


def _number_reader(field: Field) -> Callable[[Any, list[FieldError]], Any]:
    whole = field.kind == "whole"
    most = "" if field.most is None else f" to {field.most}"
    rule = f"a {'whole ' if whole else ''}number from {field.least}{most}"

    def read(value: Any, errors: list[FieldError]) -> Any:
        if isinstance(value, float) and whole and value.is_integer():
            value = int(value)
        right = not isinstance(value, bool) and isinstance(value, int if whole else (int, float))
        if not right or value < field.least or (field.most is not None and value > field.most):
            errors.append(FieldError(field.key, _shown(value), rule))
        return value

    return read


def read_birth_date(value: Any, errors: list[FieldError]) -> BirthDate | None:
    """A birth date known in full or in part; None with an entry in `errors` for anything else."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and len(text) == 10 and text[7] == "-":
        try:
            day = date.fromisoformat(text)
            if day.year >= FIRST_YEAR:
                return BirthDate(day.year, day.month, day.day)
        except ValueError:
            pass
    match = PARTIAL_DATE.fullmatch(text) if isinstance(text, str) else None
    if match:
        parts = [int(part) for part in match.groups() if part]
        try:
            found = BirthDate(*parts)
            if found.earliest <= found.latest and found.year >= FIRST_YEAR:
                return found
        except ValueError:
            pass
    rule = f"a date that exists, from {FIRST_YEAR}, as YYYY-MM-DD, YYYY-MM or YYYY"
    errors.append(FieldError("person.birth_date", _shown(value), rule))
    return None


def _read_occupation(value: Any, errors: list[FieldError]) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        errors.append(FieldError("labour.occupation", _shown(value), "an ISCO-08 code or a text"))
        return None
    return value


def _read_documents(value: Any, errors: list[FieldError]) -> tuple[Document, ...]:
    keys = _listed(DOCUMENT_KEYS)
    if not isinstance(value, list | tuple):
        errors.append(FieldError("documents", _shown(value), f"a list of objects with {keys}"))
        return ()
    return tuple(_read_document(f"documents[{at}]", item, errors) for at, item in enumerate(value))


def _read_document(where: str, item: Any, errors: list[FieldError]) -> Document:
    if isinstance(item, Document):
        return item
    keys = _listed(DOCUMENT_KEYS)
    if not isinstance(item, dict):
        errors.append(FieldError(where, _shown(item), f"an object with {keys}"))
        return Document()
    for key, value in item.items():
        path = f"{where}.{key}"
        if key not in DOCUMENT_KEYS:
            errors.append(FieldError(path, "a key that does not exist", f"in a document {keys}"))
        elif DOCUMENT_KEYS[key]:
            if value not in DOCUMENT_KEYS[key]:
                errors.append(FieldError(path, _shown(value), _listed(DOCUMENT_KEYS[key])))
        elif key == "issuer":
            if not isinstance(value, str) or value not in COUNTRIES:
                errors.append(FieldError(path, _shown(value), COUNTRY_RULE))
        elif not isinstance(value, str):
            errors.append(FieldError(path, _shown(value), "a text"))
    return Document(*(item.get(key) for key in DOCUMENT_KEYS))


def _reader(field: Field) -> Callable[[Any, list[FieldError]], Any]:
    if field.kind in ("yes_no", "choice"):
        return _choice_reader(field)
    if field.kind == "choices":
        allowed = frozenset(field.allowed)
        return _list_reader(field, allowed.__contains__, _listed(field.allowed))
    if field.kind == "countries":
        return _list_reader(field, COUNTRIES.__contains__, COUNTRY_RULE)
    if field.kind == "languages":
        return _list_reader(field, lambda tag: bool(LANGUAGE_TAG.fullmatch(tag)), "a BCP 47 language tag")
    if field.kind == "country":
        return _country_reader(field)
    if field.kind in ("whole", "number"):
        return _number_reader(field)
    return {"birth_date": read_birth_date, "documents": _read_documents, "text": _read_occupation}[field.kind]


_READERS: Final = {field.key: _reader(field) for field in FIELDS}


class _Place(NamedTuple):
    """What stands under one key of one object: an answer of a list, an answer to be read, or an object."""

    path: str
    choices: Mapping[str, str] | None
    read: Callable[[Any, list[FieldError]], Any] | None


def _place(path: str) -> _Place:
    if path not in FIELD:
        return _Place(path, None, None)
    field = FIELD[path]
    if field.kind in ("yes_no", "choice"):
        return _Place(path, {value: value for value in field.allowed}, None)
    return _Place(path, None, _READERS[path])


_PLACES: Final = {
    name: {key: _place(f"{name}.{key}" if name else key) for key in keys} for name, keys in _ORDERED_KEYS.items()
}


def _read_pack(given: Mapping[str, Any], errors: list[FieldError]) -> str | None:
    if "pack" not in given:
        return None
    found = given["pack"]
    if not isinstance(found, str) or found not in (*PACKS, *INVENTED_PACKS):
        errors.append(FieldError("pack", _shown(found), _listed(PACKS)))
        return None
    return found


def _read_moment(given: Mapping[str, Any], errors: list[FieldError]) -> date | None:
    if "date" not in given:
        return None
    try:
        return read_moment(given["date"])
    except ValueError:
        rule = "a date (YYYY-MM-DD), or a date and time with its offset from UTC (2026-11-20T10:00:00+05:00)"
        errors.append(FieldError("date", _shown(given["date"]), rule))
        return None


def read_moment(text: Any) -> date:
    """A date, or a datetime where the text has a time with offset. ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError("A date is a text.")
    if len(text) == 10 and text[7] == "-":
        return date.fromisoformat(text)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}[Tt ].+", text):
        raise ValueError("A moment starts with its date.")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("A moment needs its offset from UTC.")
    return moment


def _read_text(given: Mapping[str, Any], key: str, errors: list[FieldError]) -> str | None:
    value = given.get(key)
    if key in given and not isinstance(value, str):
        errors.append(FieldError(key, _shown(value), "a text"))
        return None
    return value
