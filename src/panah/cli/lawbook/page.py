"""A book as one HTML page: no script, no address of anywhere, fit for a screen, for print and for either direction."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Final

from panah.cores.lawbook.book import Book, Chapter, Entry, Line, Section, Table

STYLE: Final = Path(__file__).with_name("book.css")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ps", "ur"})
LONG: Final = 1400
"""Characters from which an entry may break over pages; shorter ones stay together."""


def as_html(book: Book, faces: str = "") -> str:
    """The whole page. `faces` are @font-face rules, for a renderer that brings fonts of its own."""
    style = f"{faces}\n{STYLE.read_text(encoding='utf-8')}"
    direction = "rtl" if book.language in RIGHT_TO_LEFT else "ltr"
    chapters = "\n".join(_chapter(book, number, chapter) for number, chapter in enumerate(book.chapters, start=1))
    front = "\n".join(_paragraph(book, line) for line in book.front)
    edition = f"{book.pack} {book.version}, {book.digest[:12]}"
    return f"""<!doctype html>
<html lang="{book.language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(book.title)} ({escape(book.version)})</title>
<style>
{style}
</style>
</head>
<body>
<header>
<h1>{escape(book.title)}</h1>
<p class="sub">{escape(book.subtitle)}</p>
<p class="sub edition">{escape(edition)}</p>
<div class="front">
{front}
</div>
</header>
{_contents(book)}
<main>
{chapters}
</main>
</body>
</html>
"""


def _contents(book: Book) -> str:
    items = []
    for number, chapter in enumerate(book.chapters, start=1):
        inner = "".join(
            f'<li><a href="#{escape(section.id)}">{escape(section.title)}</a></li>'
            for section in chapter.sections
            if section.title
        )
        below = f"<ul>{inner}</ul>" if inner else ""
        items.append(f'<li><a href="#{escape(chapter.id)}">{number}. {escape(chapter.title)}</a>{below}</li>')
    heading = escape(book.words["contents"])
    return f'<nav aria-label="{heading}">\n<h2>{heading}</h2>\n<ul>\n{chr(10).join(items)}\n</ul>\n</nav>'


def _chapter(book: Book, number: int, chapter: Chapter) -> str:
    sections = "\n".join(_section(book, section) for section in chapter.sections)
    return (
        f'<section class="chapter">\n<h2 id="{escape(chapter.id)}">{number}. {escape(chapter.title)}</h2>\n'
        f'<p class="intro">{escape(chapter.intro)}</p>\n{sections}\n</section>'
    )


def _section(book: Book, section: Section) -> str:
    heading = f'<h3 id="{escape(section.id)}">{escape(section.title)}</h3>' if section.title else ""
    file = _file(book, section.file)
    blocks = "\n".join(_block(book, block) for block in section.blocks)
    return f"<section>\n{heading}\n{file}\n{blocks}\n</section>"


def _block(book: Book, block: Line | Table | Entry) -> str:
    if isinstance(block, Line):
        return _paragraph(book, block)
    return _table(book, block) if isinstance(block, Table) else _entry(book, block)


def _paragraph(book: Book, line: Line) -> str:
    return f"<p>{_line(book, line)}</p>"


def _line(book: Book, line: Line) -> str:
    """Text that may be of either direction, with its mark in words: colour alone says nothing."""
    text = f"<bdi>{escape(line.text)}</bdi>"
    if not line.mark:
        return text
    return f'{text} <span class="mark mark-{line.mark}">{escape(book.words[f"mark.{line.mark}"])}</span>'.strip()


def _file(book: Book, file: Line | None) -> str:
    return f'<p class="file">{_line(book, file)}</p>' if file else ""


def _entry(book: Book, entry: Entry) -> str:
    size = sum(len(line.text) for line in (*entry.provision, *entry.reading, *entry.cases))
    shown = entry.title and entry.file is not None and entry.name in entry.file.text
    name = "" if shown else f'<span class="name">{escape(entry.name)}</span>'
    title = f"<h4>{escape(entry.title)} {name}</h4>" if entry.title else f"<h4>{name}</h4>"
    cases = ""
    if entry.cases:
        items = "".join(f"<li>{_line(book, line)}</li>" for line in entry.cases)
        cases = f'<div class="cases"><p class="side-name">{escape(book.words["cases"])}</p><ul>{items}</ul></div>'
    return (
        f'<article class="entry{" long" if size > LONG else ""}">\n<div class="entry-head{"" if entry.title else " bare"}">{title}'
        f'{_file(book, entry.file)}</div>\n<div class="sides">'
        f'<div class="side left">{_side(book, "provision", entry.provision)}</div>'
        f'<div class="side">{_side(book, "reading", entry.reading)}</div></div>\n{cases}</article>'
    )


def _side(book: Book, name: str, lines: tuple[Line, ...]) -> str:
    body = "".join(_paragraph(book, line) for line in lines)
    return f'<p class="side-name">{escape(book.words[name])}</p>{body}'


def _table(book: Book, table: Table) -> str:
    columns = "".join(f'<col style="width:{share}%">' for share in table.widths)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.head)
    rows = "\n".join("<tr>" + "".join(f"<td>{_line(book, line)}</td>" for line in row) + "</tr>" for row in table.rows)
    group = f"<colgroup>{columns}</colgroup>" if columns else ""
    return f"<table>{group}<thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
