"""The folders `record/documents` and `record/requirements`: what their rows are, and everything that is wrong with them.

Pure: no database. What is wrong comes as sentences that name file, row, column, what was found and what is allowed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from panah.hub.participants.service import Day, Filled, Reading, SourcedRow, double_keys, read

PAPERS = ("A", "B", "C", "D", "E")
REFERENCES = ("room", "action", "page", "core", "file", "test", "command")
"""What may meet a requirement: a room, an act, a page (`node:` before one of a node), a core, a file of the project, a test, a command."""


def _yes(value: Any) -> Any:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _words(text: str) -> str:
    for one in text.split():
        kind, colon, said = one.partition(":")
        if kind not in REFERENCES or not colon or not said:
            raise ValueError(f"references such as room:node/custody; kinds are {', '.join(REFERENCES)}")
    return text


YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_yes)]
ParagraphCode = Annotated[str, StringConstraints(pattern=r"^[A-E]-[0-9]{1,2}([a-f]|fn|end)?$")]
IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[1-8]\.[0-9]{2}$")]
Room = Annotated[str, StringConstraints(pattern=r"^(node|hub)/[a-z_]+$")]


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Said(_Closed):
    """A text in the two languages of the hub."""

    en: str
    ru: str


class Origin(_Closed):
    """Where a text or a list was read. `digest` is the SHA-256 of the text that was read."""

    text: Filled
    digest: str = ""
    as_of: Day
    verified: YesNo = "no"


class Paper(_Closed):
    """One document of the Process."""

    code: Literal["A", "B", "C", "D", "E"]
    kind: Literal["declaration", "conclusion", "statement", "press_release", "agenda"]
    title: Said
    body: Said
    place: Said
    date: Day
    source: Origin
    verified: YesNo
    note: Said | None = None


class Paragraph(_Closed):
    """One paragraph in our own words, and what it is tied to. `lacks` says what nothing carries out yet; `reason` why it asks for nothing."""

    id: ParagraphCode
    en: Filled
    ru: Filled
    commitments: tuple[str, ...] = ()
    ten_points: tuple[int, ...]
    agenda: tuple[int, ...]
    indicators: tuple[IndicatorCode, ...] = ()
    rooms: tuple[Room, ...]
    lacks: Said | None = None
    reason: Said | None = None


class Point(_Closed):
    """One point of a framework. `modules` are the modules of the domain that a theme takes in."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
    en: Filled
    ru: Filled
    modules: tuple[str, ...] = ()


class Framework(_Closed):
    """A list of points by which everything is sorted."""

    code: Literal["ten_points", "agenda", "themes"]
    title: Said
    about: Said
    source: Origin
    points: tuple[Point, ...]


class Event(_Closed):
    """Something that happened to the Process."""

    date: Day
    until: Day = ""
    en: Filled
    ru: Filled
    source: Filled
    verified: YesNo
    document: Literal["", "A", "B", "C", "D", "E"] = ""


class Requirement(SourcedRow):
    """One thing that paragraphs ask for, and what in the program meets it."""

    id: Annotated[str, StringConstraints(pattern=r"^R[0-9]{3}$")]
    paragraphs: Filled
    asks_en: Filled
    asks_ru: Filled
    actors: Filled
    modules: Filled
    met_by: Annotated[str, AfterValidator(_words)]
    status: Literal["met", "partly", "not_yet"]
    lacks_en: str
    lacks_ru: str


class Word(_Closed):
    """What a code is called: a module of the domain, or an actor."""

    kind: Literal["module", "actor"]
    code: Filled
    en: Filled
    ru: Filled


class Listed(_Closed):
    """Where a reference of the requirements leads, as `ops/list-references` found it: a file, and how it is called."""

    reference: Filled
    where: Filled
    title: str


@dataclass
class Content:
    """Everything that the two folders say, and what is wrong with it."""

    papers: list[Paper] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    frameworks: list[Framework] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    listing: list[Listed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


T = TypeVar("T", bound=BaseModel)


def content(home: Path) -> Content:
    """Read the record's home and check it, alone and against itself."""
    found = Content()
    papers = home / "documents"
    found.papers = _listed(papers / "documents.yaml", "documents", Paper, found.problems)
    for code in PAPERS:
        read_now = _listed(papers / f"{code}.yaml", "paragraphs", Paragraph, found.problems, paper=code)
        found.problems += [
            f"{code}.yaml: the paragraph {one.id} is of another document. Move it."
            for one in read_now
            if one.id[0] != code
        ]
        found.paragraphs += read_now
    found.frameworks = _listed(papers / "frameworks.yaml", "frameworks", Framework, found.problems)
    found.events = _listed(papers / "history.yaml", "events", Event, found.problems)
    asked: Reading[Requirement] = read(home / "requirements", "requirements.csv", Requirement)
    double_keys(asked, "id")
    words: Reading[Word] = read(home / "requirements", "words.csv", Word)
    listing: Reading[Listed] = read(home / "requirements", "listing.csv", Listed)
    for sheet in (asked, words, listing):
        found.problems += sheet.problems
    found.requirements, found.words, found.listing = list(asked), list(words), list(listing)
    if not found.problems:
        found.problems += _between(found)
    return found


@cache
def number_of(code: str) -> str:
    """The number of a paragraph as its document prints it: `7b` for C-7b, `5, footnote` for A-5fn."""
    said = code.partition("-")[2]
    return f"{said[:-2]}, footnote" if said.endswith("fn") else said.replace("end", ", end")


def digest(home: Path) -> str:
    """SHA-256 over all files of the two folders, names and contents."""
    whole = hashlib.sha256()
    for path in sorted([*(home / "documents").glob("*.*"), *(home / "requirements").glob("*.*")]):
        whole.update(f"{path.parent.name}/{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def _listed(path: Path, key: str, kind: type[T], problems: list[str], paper: str = "") -> list[T]:
    """The list under `key` of a YAML file; what is wrong goes into `problems`."""
    name = f"{path.parent.name}/{path.name}"
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(f"{name} cannot be read ({type(error).__name__}). Put a YAML file in UTF-8 there.")
        return []
    allowed = {key, "document"} if paper else {key}
    if not isinstance(said, Mapping) or set(said) - allowed or not isinstance(said.get(key), list):
        problems.append(
            f"{name}: found {type(said).__name__}. Allowed: the keys {', '.join(sorted(allowed))}, with a list under {key}."
        )
        return []
    rows: list[T] = []
    for place, row in enumerate(said[key], start=1):
        try:
            rows.append(kind.model_validate(row))
        except ValidationError as errors:
            problems.extend(
                f"{name}, entry {place}, {'.'.join(map(str, error['loc']))}: found {error['input']!r}. Allowed: {error['msg']}."
                for error in errors.errors()
            )
    return rows


def _between(found: Content) -> Iterable[str]:
    """What contradicts itself from one file to another."""
    codes = [one.id for one in found.paragraphs]
    known = set(codes)
    yield from (
        f"documents: the paragraph {code} stands twice." for code in sorted({c for c in codes if codes.count(c) > 1})
    )
    tied: set[str] = set()
    points: dict[str, set[str]] = {one.code: {point.code for point in one.points} for one in found.frameworks}
    words = {(one.kind, one.code) for one in found.words}
    for row in found.requirements:
        own = row.paragraphs.split()
        tied.update(own)
        yield from (f"requirements.csv, {row.id}: there is no paragraph {code}." for code in own if code not in known)
        yield from (
            f"requirements.csv, {row.id}: the {kind} {code} has no name. Add it to words.csv."
            for kind, said in (("module", row.modules), ("actor", row.actors))
            for code in said.split()
            if (kind, code) not in words
        )
        if (row.status == "met") == bool(row.lacks_en) or bool(row.lacks_en) != bool(row.lacks_ru):
            yield f"requirements.csv, {row.id}: what is not met says what lacks, in both languages; what is met lacks nothing."
    numbers = [row.id for row in found.requirements]
    wanted = [f"R{number:03}" for number in range(1, len(numbers) + 1)]
    if numbers != wanted:
        yield f"requirements.csv: the ids are not R001 to {wanted[-1] if wanted else 'R115'} in order."
    for one in found.paragraphs:
        if one.id not in tied and one.reason is None:
            yield f"documents: {one.id} is tied to no requirement and gives no reason. Tie it in requirements.csv, or say why."
        if not one.rooms and one.lacks is None:
            yield f"documents: no room carries {one.id} out, and nothing says so. Say it under `lacks`."
        for framework, said in (("ten_points", one.ten_points), ("agenda", one.agenda)):
            if not said or {str(point) for point in said} - points.get(framework, set()):
                yield f"documents: {one.id} names points {list(said)} of {framework}, which has {sorted(points.get(framework, set()))}."
    listed = {one.reference for one in found.listing}
    named = {reference for row in found.requirements for reference in row.met_by.split()}
    if named != listed:
        yield f"listing.csv is not what the requirements name ({len(named ^ listed)} differ). Run ops/list-references."
