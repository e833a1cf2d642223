"""A pack as a book: chapters, sections and what stands in them. Values only; renderers turn them into pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNVERIFIED = "unverified"
UNKNOWN = "unknown"
FLOOR = "floor"
REVIEWED = "reviewed"
NOT_REVIEWED = "not_reviewed"


@dataclass(frozen=True)
class Line:
    """One statement. `mark` says what a reader must see beside it: unverified, unknown, floor, reviewed, not_reviewed."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a head. A row's `marks` are those of its lines."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...] = ()
    """Shares of the width, one a column."""


@dataclass(frozen=True)
class Entry:
    """A provision and our reading of it: `provision` on the left, `reading` on the right, `cases` below."""

    title: str
    name: str
    provision: tuple[Line, ...]
    reading: tuple[Line, ...]
    cases: tuple[Line, ...] = ()
    file: Line | None = None


Block = Line | Table | Entry


@dataclass(frozen=True)
class Section:
    """A part of a chapter. `id` is unique in the book."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    file: Line | None = None


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    intro: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Book:
    """The pack of one state as a book in one language, as the law stands on a day."""

    pack: str
    title: str
    subtitle: str
    version: str
    digest: str
    language: str
    on: date
    front: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    words: dict[str, str]
    """Words of the book's own that renderers need: headings, names of marks."""
