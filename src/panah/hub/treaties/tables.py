"""The compact tables of `record/treaties`, read without a database.

`instruments.csv` names the instruments, `status.csv` has one row for what one source says of one state and one
instrument, `sources.csv` says who the source is and how far it is to be trusted, `staleness.csv` after how many years
each kind of statement has to be checked again. Nothing is merged here: sources that disagree stand side by side, and
`standing.py` says what follows from them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from panah.cores.shipped import folder as shipped_folder
from panah.hub.treaties import dates

REGION = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")
"""The ten states whose law the hub follows, as ISO 3166-1 alpha-3. Whether each is a member is kept elsewhere."""

PARTY, NOT_PARTY, SIGNED, UNKNOWN = "party", "not party", "signed only", "unknown"
VALUES = (PARTY, NOT_PARTY, SIGNED, UNKNOWN)
BINDING = ("ratification", "accession", "succession")
BESIDE = ("reservation", "declaration", "incorporation")
"""Acts that say nothing of whether the state is bound: their `value` may be empty."""
ACTS = ("", "signature", *BINDING, "withdrawal", *BESIDE)
"""The acts. An empty one: the source does not say by which act the state is bound."""
YES_NO = ("yes", "no")
CONFIDENCE = ("high", "medium", "low", "memory")
MEMORY = "memory"


class BadTableError(ValueError):
    """A table of the record is not as it should be. The message names file, row, column, what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or declaration. `named_by` are the paragraphs that name it (`A¶4`, `A¶5fn`, `E1a`), `tracked` whether
    indicator 1.01 counts it, `kind` is `treaty` or `declaration` (which nobody ratifies)."""

    code: str
    title_en: str
    title_ru: str
    short_en: str
    short_ru: str
    year: str
    adopted: str
    kind: str
    depositary: str
    theme: str
    named_by: str
    tracked: str
    source: str
    verified: str

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(self.named_by.split())

    @property
    def is_named_by_declaration(self) -> bool:
        return any(place.startswith("A") for place in self.named)

    @property
    def is_tracked(self) -> bool:
        return self.tracked == "yes"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it. `current` is `no` for a copy that is never shown as what the law is now."""

    code: str
    kind: str
    title_en: str
    title_ru: str
    dated: str
    address: str
    confidence: str
    current: str

    @property
    def is_memory(self) -> bool:
        return self.confidence == MEMORY


@dataclass(frozen=True, slots=True)
class Status:
    """What one source says of one state and one instrument. `date` and `in_force` are days, months or years, `as_of` the
    state of the source; `verified`: it was read there with high or medium confidence."""

    state: str
    instrument: str
    act: str
    date: str
    in_force: str
    value: str
    as_of: str
    source: str
    verified: str
    note_en: str
    note_ru: str


@dataclass(frozen=True, slots=True)
class Staleness:
    """After how many years a statement has to be checked again, and why."""

    value: str
    years: int
    why_en: str
    why_ru: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All of `record/treaties` that tells who is bound by what."""

    instruments: Mapping[str, Instrument]
    sources: Mapping[str, Source]
    status: tuple[Status, ...]
    staleness: Mapping[str, Staleness]

    def of(self, state: str, instrument: str) -> tuple[Status, ...]:
        return tuple(row for row in self.status if row.state == state and row.instrument == instrument)


T = TypeVar("T")


def home() -> Path:
    """The folder `record/treaties`."""
    return shipped_folder("record", "README.md") / "treaties"


def read(folder: Path | None = None) -> Tables:
    """All tables of the folder. Raises BadTableError at the first thing that is wrong."""
    at = folder or home()
    return Tables(
        instruments=_by_code(at / "instruments.csv", Instrument),
        sources=_by_code(at / "sources.csv", Source),
        status=tuple(rows(at / "status.csv", Status)),
        staleness={row.value: row for row in rows(at / "staleness.csv", Staleness)},
    )


@lru_cache(maxsize=1)
def shipped() -> Tables:
    """The tables that came with the program."""
    return read()


def rows(path: Path, shape: Callable[..., T]) -> Iterator[T]:
    """The rows of a UTF-8 CSV file whose columns are exactly the fields of `shape`, in their order. Raises BadTableError."""
    columns = [field.name for field in fields(shape)]  # type: ignore[arg-type]
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if list(reader.fieldnames or ()) != columns:
                raise BadTableError(
                    f"{path.name}: found are the columns {reader.fieldnames}, allowed are {columns} in this order."
                )
            for cells in reader:
                if None in cells or None in cells.values():
                    raise BadTableError(
                        f"{path.name}, row {reader.line_num}: it has not as many cells as the header has columns."
                    )
                yield shape(**_typed(shape, cells, f"{path.name}, row {reader.line_num}"))
    except FileNotFoundError as absent:
        raise BadTableError(f"{path.name} is not in the folder {path.parent}. Put it there.") from absent
    except UnicodeDecodeError as error:
        raise BadTableError(f"{path.name} is not UTF-8 text ({error.reason}). Save it as CSV in UTF-8.") from error


def text(shape: type[Any], entries: list[Any]) -> str:
    """The CSV text of rows, as `rows` reads them."""
    columns = [field.name for field in fields(shape)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(entry, name) for name in columns] for entry in entries)
    return out.getvalue()


def check(folder: Path | None = None) -> tuple[str, ...]:
    """What is wrong with the tables, as sentences; none when all is well."""
    try:
        tables = read(folder)
    except BadTableError as bad:
        return (str(bad),)
    return tuple(_problems(tables))


def _problems(tables: Tables) -> Iterator[str]:
    for value in (PARTY, NOT_PARTY, SIGNED):
        if value not in tables.staleness:
            yield f"staleness.csv has no row for '{value}'. Add one with the number of years."
    for one in tables.instruments.values():
        if one.kind not in ("treaty", "declaration") or one.tracked not in YES_NO:
            yield f"instruments.csv, {one.code}: kind is treaty or declaration, tracked is yes or no."
        if one.source not in tables.sources:
            yield f"instruments.csv, {one.code}: the source '{one.source}' stands in no row of sources.csv."
    for source in tables.sources.values():
        if source.confidence not in CONFIDENCE or source.current not in YES_NO:
            yield f"sources.csv, {source.code}: confidence is one of {', '.join(CONFIDENCE)}; current is yes or no."
    seen: set[tuple[str, ...]] = set()
    for row in tables.status:
        place = f"status.csv, {row.state} {row.instrument} ({row.source})"
        yield from (f"{place}: {problem}" for problem in problems_of(row, tables.sources))
        key = (row.state, row.instrument, row.act, row.date, row.value, row.source)
        if key in seen:
            yield f"{place}: it stands there twice. Remove one."
        seen.add(key)


def problems_of(row: Status, sources: Mapping[str, Source]) -> Iterator[str]:
    """What is wrong with one statement."""
    if row.state not in REGION:
        yield f"'{row.state}' is none of the states {', '.join(REGION)}."
    if row.act not in ACTS:
        yield f"the act is '{row.act}', allowed are nothing and {', '.join(ACTS[1:])}."
    if row.value not in VALUES and not (row.value == "" and row.act in BESIDE):
        yield f"the value is '{row.value}', allowed are {', '.join(VALUES)}."
    for name in ("date", "in_force", "as_of"):
        found = getattr(row, name)
        if (found or name == "as_of") and not dates.is_partial(found):
            yield f"{name} is '{found}', allowed is a day, a month or a year (2003-10-30, 2003-10, 2003)."
    if row.verified not in YES_NO:
        yield f"verified is '{row.verified}', allowed are yes and no."
    source = sources.get(row.source)
    if source is None:
        yield "its source stands in no row of sources.csv."
    elif source.is_memory and row.verified == "yes":
        yield "what is from memory cannot be verified."
    if bool(row.note_en) != bool(row.note_ru):
        yield "the note is there in one language only."


def _by_code(path: Path, shape: Callable[..., T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in rows(path, shape):
        code = row.code  # type: ignore[attr-defined]
        if code in found:
            raise BadTableError(f"{path.name}: the code '{code}' stands there twice. Give each row a code of its own.")
        found[code] = row
    return found


def _typed(shape: Callable[..., Any], cells: dict[str, str], place: str) -> dict[str, Any]:
    if shape is not Staleness:
        return dict(cells)
    if not cells["years"].isdecimal():
        raise BadTableError(f"{place}: years is '{cells['years']}', allowed is a whole number.")
    return {**cells, "years": int(cells["years"])}
