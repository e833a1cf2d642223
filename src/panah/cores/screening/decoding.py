"""The usual record, read in one step by typed JSON decoding.

Whatever is out of the ordinary (a wrong value, an unknown or repeated key, a whole number written as 3.0) is left to
`record.py`, which reads key by key and says what is wrong. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import getitem
from typing import Annotated, Any, Final, Literal, Required, TypedDict, cast

import msgspec

from panah.cores.screening.fields import COUNTRIES, DOCUMENT_KEYS, FIELDS, INVENTED_PACKS, PACKS, Field
from panah.cores.screening.record import (
    LANGUAGE_TAG,
    Document,
    InterviewRecord,
    decode_closely,
    may_repeat_a_key,
    read_birth_date,
    read_moment,
)


def decode_record(line: bytes) -> InterviewRecord:
    """The record that one line of JSON holds. Raises RecordError, also for broken JSON and for a repeated key."""
    return decoded_at_once(line) or decode_closely(line)


def decoded_at_once(line: bytes) -> InterviewRecord | None:
    """The record of one line of JSON, None where it takes a closer look."""
    try:
        given = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    answers: dict[str, Any] = {}
    keys = len(given) + _read("", given, answers)
    if may_repeat_a_key(line, keys):
        return None
    birth_date = answers.get("person.birth_date")
    if birth_date is not None:
        answers["person.birth_date"] = read = read_birth_date(birth_date, [])
        if read is None:
            return None
    day = given.get("date")
    try:
        return InterviewRecord(
            given["id"], given.get("pack"), read_moment(day) if day else None, given.get("place"), answers, given.get("notes")
        )  # fmt: skip
    except ValueError:
        return None


def _read(section: str, given: dict[str, Any], answers: dict[str, Any]) -> int:
    """Put the answers of an object under their keys; the number of keys in the objects inside it."""
    keys = 0
    paths = _PATHS[section]
    for name, value in given.items():
        path = paths[name]
        if value.__class__ is dict:
            keys += len(value)
            if path in _FLAT:
                below = _PATHS[path]
                for key, answer in value.items():
                    answers[below[key]] = answer
            else:
                keys += _read(path, value, answers)
        elif path == "documents":
            keys += sum(map(len, value))
            answers[path] = tuple([Document(*map(paper.get, DOCUMENT_KEYS)) for paper in value])
        elif path in _ANSWERS:
            answers[path] = value
    return keys


def _type_of(field: Field) -> Any:
    bounds = msgspec.Meta(ge=field.least, le=field.most)
    tag = Annotated[str, msgspec.Meta(pattern=f"^(?:{LANGUAGE_TAG.pattern})$")]
    paper = _object("document", {key: _document_type(key) for key in DOCUMENT_KEYS})
    types: dict[str, Callable[[], Any]] = {
        "yes_no": lambda: _one_of(field.allowed),
        "choice": lambda: _one_of(field.allowed),
        "choices": lambda: _several(_one_of(field.allowed)),
        "country": lambda: _one_of(COUNTRIES),
        "countries": lambda: _several(_one_of(COUNTRIES)),
        "languages": lambda: _several(tag),
        "whole": lambda: Annotated[int, bounds],
        "number": lambda: Annotated[int, bounds] | Annotated[float, bounds],
        "birth_date": lambda: str,
        "text": lambda: str,
        "documents": lambda: _several(paper),
    }
    return types[field.kind]()


def _document_type(key: str) -> Any:
    if DOCUMENT_KEYS[key]:
        return _one_of(DOCUMENT_KEYS[key])
    return _one_of(COUNTRIES) if key == "issuer" else str


def _one_of(values: Iterable[str]) -> Any:
    return getitem(cast(Any, Literal), tuple(values))


def _several(of: Any) -> Any:
    return getitem(cast(Any, tuple), (of, ...))


def _object(name: str, types: dict[str, Any]) -> Any:
    make = cast(Callable[..., Any], TypedDict)
    return make(name, types, total=False)


def _record_type() -> Any:
    """The record as nested typed objects, from the one definition of its fields."""
    tree: dict[str, Any] = {
        "id": Required[Annotated[str, msgspec.Meta(min_length=1)]],
        "pack": _one_of((*PACKS, *INVENTED_PACKS)),
        "date": str,
        "place": str,
        "notes": str,
    }
    for field in FIELDS:
        *path, name = field.key.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[name] = _type_of(field)
    return _typed("record", tree)


def _typed(name: str, tree: dict[str, Any]) -> Any:
    return _object(name, {key: _typed(key, of) if isinstance(of, dict) else of for key, of in tree.items()})


class _Paths(dict[str, str]):
    """The path of each key of an object, made when it is first met."""

    def __init__(self, section: str) -> None:
        self.section = section

    def __missing__(self, key: str) -> str:
        path = self[key] = f"{self.section}.{key}" if self.section else key
        return path


_ANSWERS: Final = frozenset(field.key for field in FIELDS)
_SECTIONS: Final = {".".join(key.split(".")[:depth]) for key in _ANSWERS for depth in range(len(key.split(".")))}
_PATHS: Final = {section: _Paths(section) for section in _SECTIONS}
_FLAT: Final = frozenset(_SECTIONS - {""} - {section.rpartition(".")[0] for section in _SECTIONS})
"""The objects that hold answers and no further object."""

_decode: Final = msgspec.json.Decoder(_record_type()).decode
