"""CSV, in the encodings and with the parting signs that spreadsheets write. Read as a stream; nothing is guessed silently."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from panah.node.imports.columns import headings, plain
from panah.node.imports.limits import LONGEST_CELL, FileRefused
from panah.node.imports.table import WHOLE_LINE, Fault, Line

_CHUNK: Final = 1 << 20
_LONGEST_LINE: Final = 1 << 20
_SIGNS: Final = (",", ";", "\t")
_UTF16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Bytes that no text has: their presence says that this is no table.
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What a text holds where bytes could not be read: escaped bytes, and the sign of replacement.
_UNREADABLE: Final = re.compile("[\udc80-\udcff�]")
# A word in Latin and Cyrillic letters at once is a text of Western or Turkish Windows that was read as Cyrillic.
_TWO_SCRIPTS: Final = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")
_WRITTEN_AS_TEXT: Final = re.compile(r"'[=+\-@\t\r']")
_FORMULA: Final = re.compile(r"=.", re.DOTALL)


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """The lines of a table, numbered as a spreadsheet shows them. Raises FileRefused when it is no text, or no table."""
    file.seek(0)
    mark = file.read(2)
    if mark in _UTF16:
        file.seek(2)
        texts = iter(io.TextIOWrapper(file, encoding=_UTF16[mark], errors="replace", newline=""))
        yield from _table(texts, checked_for_scripts=False)
        return
    encoding = _encoding(file)
    file.seek(0)
    yield from _table(_decoded(file, encoding), checked_for_scripts=encoding == "cp1251")


def _encoding(file: BinaryIO) -> str:
    """UTF-8, unless no line beyond ASCII is UTF-8 and some are not: then the Cyrillic code page of Windows. Refuses what is no text."""
    in_utf8 = elsewhere = 0
    file.seek(0)
    for line in _byte_lines(file):
        if _BINARY.search(line):
            raise FileRefused(
                _(
                    "This is neither a workbook (XLSX) nor a table of text (CSV): it holds bytes that no text has. Save it as XLSX or as CSV in UTF-8."
                ),
                "not_a_table",
            )
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            in_utf8 += 1
        except UnicodeDecodeError:
            elsewhere += 1
    return "utf-8" if in_utf8 >= elsewhere else "cp1251"


def _byte_lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE):
        yield line


def _decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Text line by line. A line in the other encoding comes with its bytes escaped, so that the row is refused and named."""
    first = True
    for raw in _byte_lines(file):
        line = raw.removeprefix(b"\xef\xbb\xbf") if first else raw
        first = False
        yield _line(line, encoding)


def _line(line: bytes, encoding: str) -> str:
    if line.isascii():
        return line.decode("ascii")
    if encoding == "utf-8":
        return line.decode("utf-8", "surrogateescape")
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(encoding, "surrogateescape")
    return line.decode("ascii", "surrogateescape")


class _Counted:
    """Lines with a count of those handed out, so that a broken row can be named from its first line to its last."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.count = lines, 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        text = next(self.lines)
        self.count += 1
        return text


def _table(texts: Iterator[str], *, checked_for_scripts: bool) -> Iterator[Line]:
    first = next(texts, "")
    if re.fullmatch(r"sep=(.)\s*", first):
        sign, lines, skipped = first[4], _Counted(texts), 1
    else:
        sign, lines, skipped = _sign(first), _Counted(_again(first, texts)), 0
    reader = csv.reader(lines, delimiter=sign, strict=True)
    number = skipped
    while True:
        began = lines.count
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield from _broken(number, began, lines.count)
            # A row that is broken over lines counts as the rows that it swallowed.
            number += max(lines.count - began - 1, 0)
            reader = csv.reader(lines, delimiter=sign, strict=True)
            continue
        yield _read_line(number, cells, checked_for_scripts)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _broken(number: int, began: int, ended: int) -> Iterator[Line]:
    allowed = _("quotation marks in pairs, doubled inside a text, and no cell over %(most)s characters") % {
        "most": LONGEST_CELL
    }
    for at in range(max(ended - began, 1)):
        yield Line(
            number + at,
            (),
            (Fault(WHOLE_LINE, _("a quotation mark that is not closed, or a cell without end"), allowed),),
        )


def _sign(first: str) -> str:
    """The parting sign under which the heading names the most columns."""
    known = headings()

    def named(sign: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first], delimiter=sign), [])
        except csv.Error:
            return 0, 0
        return sum(plain(cell) in known for cell in cells), len(cells)

    return max(_SIGNS, key=named)


def _read_line(number: int, cells: list[str], checked_for_scripts: bool) -> Line:
    faults = []
    texts = []
    for at, cell in enumerate(cells):
        text = cell.strip()
        if _WRITTEN_AS_TEXT.match(text):
            text = text[1:]
        elif _FORMULA.match(text):
            faults.append(Fault(at, text, _("a value that was typed in, not a formula")))
        if _UNREADABLE.search(text):
            text = _UNREADABLE.sub("?", text)
            faults.append(Fault(at, text, _("one encoding in the whole file; save it as CSV in UTF-8")))
        elif checked_for_scripts and _TWO_SCRIPTS.search(text):
            faults.append(
                Fault(
                    at,
                    text,
                    _("letters of one script in a word: the encoding was not found; save the file as CSV in UTF-8"),
                )
            )
        texts.append(text)
    return Line(number, texts, tuple(faults))
