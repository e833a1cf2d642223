"""A book as text of 100 columns: provision and reading side by side, the rest below each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from panah.cores.lawbook.book import Book, Chapter, Entry, Line, Section, Table

WIDTH: Final = 100
LEFT: Final = 44
RIGHT: Final = WIDTH - LEFT - 3


def as_text(book: Book) -> str:
    """The whole book; no line is wider than 100 characters."""
    lines = [*_heading(book.title, "="), book.subtitle, ""]
    for line in book.front:
        lines += _wrapped(_marked(book, line))
    lines += ["", *_heading(book.words["contents"], "-")]
    for number, chapter in enumerate(book.chapters, start=1):
        lines += _wrapped(f"{number}. {chapter.title}")
        for section in chapter.sections:
            lines += _wrapped(section.title, "     ") if section.title else []
    for number, chapter in enumerate(book.chapters, start=1):
        lines += _chapter(book, number, chapter)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _chapter(book: Book, number: int, chapter: Chapter) -> Iterator[str]:
    yield from ("", "", *_heading(f"{number}. {chapter.title}", "="))
    yield from _wrapped(chapter.intro)
    for section in chapter.sections:
        yield from _section(book, section)


def _section(book: Book, section: Section) -> Iterator[str]:
    yield ""
    if section.title:
        yield from _heading(section.title, "-")
    if section.file:
        yield from _wrapped(_marked(book, section.file))
    for block in section.blocks:
        if isinstance(block, Line):
            yield from _wrapped(_marked(book, block))
        elif isinstance(block, Table):
            yield from _table(book, block)
        else:
            yield from _entry(book, block)


def _entry(book: Book, entry: Entry) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{entry.title} [{entry.name}]" if entry.title else f"[{entry.name}]")
    if entry.file:
        yield from _wrapped(_marked(book, entry.file), "  ")
    yield f"{book.words['provision'].upper():<{LEFT}} | {book.words['reading'].upper()}"
    left = _column(book, entry.provision, LEFT)
    right = _column(book, entry.reading, RIGHT)
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one:<{LEFT}} | {other}"
    if entry.cases:
        yield f"  {book.words['cases']}:"
        for line in entry.cases:
            yield from _wrapped(f"- {_marked(book, line)}", "  ", "    ")


def _column(book: Book, lines: Iterable[Line], width: int) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(_marked(book, line), width) or [""]]


def _table(book: Book, table: Table) -> Iterator[str]:
    """Columns side by side, each as wide as its share; a rule below the head and between rows."""
    shares = table.widths or tuple(100 // len(table.head) for _ in table.head)
    room = WIDTH - 3 * (len(shares) - 1)
    widths = [max(4, room * share // sum(shares)) for share in shares]
    yield from _row(table.head, widths)
    yield "-+-".join("-" * width for width in widths)
    for row in table.rows:
        yield from _row([_marked(book, line) for line in row], widths)
    yield ""


def _row(cells: Iterable[str], widths: list[int]) -> Iterator[str]:
    columns = [textwrap.wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        yield " | ".join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True))


def _marked(book: Book, line: Line) -> str:
    return f"{line.text} [{book.words[f'mark.{line.mark}'].upper()}]" if line.mark else line.text


def _heading(text: str, rule: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH)
    return [*lines, rule * min(WIDTH, max(map(len, lines)))]


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest)
