"""Reading the sheets of the record: CSV files whose every row is checked, and whose problems are sentences that name file, row, column,
what was found and what is allowed."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from panah.hub.participants.days import said

__all__ = ["Day", "Key", "Reading", "SourcedRow", "digest_of", "double_keys", "read", "row_digest"]


def _day(text: str) -> str:
    said(text)
    return text


Day = Annotated[str, AfterValidator(_day)]
"""YYYY, YYYY-MM or YYYY-MM-DD as the source says it; empty when no source says it."""
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,79}$")]
"""The name of a row that never changes: small letters, digits and hyphens."""
Filled = Annotated[str, StringConstraints(min_length=1)]


class SourcedRow(BaseModel):
    """What every row of the record carries. `verified` is yes only for what was read in the document of the Process, or of the body,
    itself; `basis` says how we know: read in the source, inferred from it, or from memory."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    source: Filled
    source_url: str = ""
    source_date: Day = ""
    verified: Literal["yes", "no"]
    basis: Literal["read", "inference", "memory"]
    note_en: str = ""
    note_ru: str = ""


R = TypeVar("R", bound=BaseModel)


@dataclass
class Reading(Generic[R]):
    """The rows of a sheet with their numbers (the heading is row 1), and what is wrong with it."""

    name: str
    rows: list[tuple[int, R]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def wrong(self, number: int, column: str, found: object, allowed: str) -> None:
        self.problems.append(f"{self.name}, row {number}, column {column}: found {found!r}. Allowed: {allowed}.")

    def __iter__(self) -> Iterator[R]:
        return (row for _, row in self.rows)


def read(folder: Path, name: str, kind: type[R], *, needed: bool = True) -> Reading[R]:
    """The rows of a sheet. Reads UTF-8 with or without a byte order mark; a missing sheet is a problem when it is `needed`."""
    reading: Reading[R] = Reading(f"{folder.name}/{name}")
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if needed:
            reading.problems.append(f"{reading.name} is missing. Put it into {folder}.")
        return reading
    except UnicodeDecodeError:
        reading.problems.append(f"{reading.name} is not written in UTF-8. Save it in UTF-8.")
        return reading
    lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _headings(reading, lines.fieldnames or (), kind)
        for number, line in enumerate(lines, start=2):
            _take(reading, number, line, kind)
    except csv.Error as error:
        reading.problems.append(
            f"{reading.name}, line {lines.line_num}: this is no CSV ({error}). Mend the quotation marks."
        )
    return reading


def _headings(reading: Reading[R], found: Iterable[str], kind: type[R]) -> None:
    known, found = list(kind.model_fields), list(found)
    for column in [column for column in found if column not in known]:
        reading.problems.append(
            f"{reading.name}, row 1: the column {column!r} is not known. Allowed: {', '.join(known)}."
        )
    for column in [name for name, one in kind.model_fields.items() if one.is_required() and name not in found]:
        reading.problems.append(f"{reading.name}, row 1: the column {column!r} is missing. Add it.")


def _take(reading: Reading[R], number: int, line: dict[Any, Any], kind: type[R]) -> None:
    if None in line or None in line.values():
        reading.problems.append(
            f"{reading.name}, row {number}: the row has more or fewer cells than there are columns. Put texts with commas into quotation marks."
        )
        return
    try:
        row = kind.model_validate({name: value for name, value in line.items() if name in kind.model_fields})
    except ValidationError as errors:
        for error in errors.errors():
            column = ".".join(str(part) for part in error["loc"]) or "all"
            allowed = (error.get("ctx") or {}).get("expected") or error["msg"].removeprefix("Value error, ").rstrip(".")
            reading.wrong(number, column, line.get(column, ""), str(allowed))
        return
    reading.rows.append((number, row))


def double_keys(reading: Reading[R], key: str) -> None:
    """Note every row whose key an earlier row has."""
    seen: dict[str, int] = {}
    for number, row in reading.rows:
        value = getattr(row, key)
        if value in seen:
            reading.wrong(number, key, value, f"a key of its own; row {seen[value]} has this one")
        seen.setdefault(value, number)


def row_digest(row: BaseModel) -> str:
    """SHA-256 of what a row says, by which a changed row is told from the same one."""
    return hashlib.sha256(row.model_dump_json().encode()).hexdigest()


def digest_of(folder: Path, names: Iterable[str]) -> str:
    """SHA-256 over the sheets of a folder, those that are missing too."""
    whole = hashlib.sha256()
    for name in names:
        content = (folder / name).read_bytes() if (folder / name).is_file() else b""
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()
