"""XLSX: the first visible sheet, row by row. Formulas are refused and never computed, merged cells are refused, hidden sheets are left out and named."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import range_boundaries

from panah.node.imports.limits import (
    BIGGEST_SHARED_TEXTS,
    BIGGEST_UNPACKED,
    MEGABYTE,
    MOST_COLUMNS,
    FileRefused,
    too_many_columns,
)
from panah.node.imports.table import WHOLE_LINE, Fault, Line, is_heading
from panah.node.imports.writing import OWN_SHEET

_CHUNK: Final = 1 << 18
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,20})"')
_MOST_MERGES: Final = 10_000
_LOSES_DIGITS: Final = 1e15
_ENTITIES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Workbook:
    """An opened workbook. `notes` says what was left out."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = _opened(file)
        self._check_size()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except FileRefused:
            raise
        except Exception as broken:
            raise _unreadable() from broken
        self.notes: tuple[str, ...] = ()
        self._sheet = self._choose()

    def lines(self) -> Iterator[Line]:
        """The lines of the sheet. Raises FileRefused for a sheet that is broken in the middle."""
        merged = self._merged()
        try:
            for number, row in enumerate(self._rows(), start=1):
                yield _line(number, row, merged)
        except FileRefused:
            raise
        except Exception as broken:
            raise _unreadable() from broken
        finally:
            self._book.close()

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        # The size that the sheet says it has is not trusted: it may be wrong or absent.
        self._sheet.reset_dimensions()
        return self._sheet.iter_rows()  # type: ignore[no-any-return]

    def _choose(self) -> Any:
        sheets = self._book.worksheets
        visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        if hidden:
            self.notes += (_("Hidden sheets were not read: %(names)s.") % {"names": ", ".join(hidden)},)
        if not visible:
            raise FileRefused(_("The workbook has no visible sheet with people."), "empty")
        for other in visible[1:]:
            other.reset_dimensions()
            head = next(other.iter_rows(max_row=1, values_only=True), ())
            if is_heading([_text(value) for value in head]):
                raise FileRefused(
                    _(
                        "Two sheets hold people: “%(first)s” and “%(second)s”. Put all people into one, or each sheet into a file of its own."
                    )
                    % {"first": visible[0].title, "second": other.title},
                    "two_sheets",
                )
            if head and _text(head[0]) == OWN_SHEET:
                continue
            self.notes += (_("The sheet “%(name)s” holds no people and was not read.") % {"name": other.title},)
        return visible[0]

    def _check_size(self) -> None:
        """Refuse what would grow past all measure when unpacked, and what could make an XML reader fetch or expand."""
        unpacked = 0
        for part in self._zip.infolist():
            unpacked += part.file_size
            shared = part.filename.casefold().endswith("sharedstrings.xml") and part.file_size > BIGGEST_SHARED_TEXTS
            if unpacked > BIGGEST_UNPACKED or shared:
                most = BIGGEST_SHARED_TEXTS if shared else BIGGEST_UNPACKED
                raise FileRefused(
                    _("The workbook grows to over %(most)s MB when it is unpacked. Part it into several files.")
                    % {"most": most // MEGABYTE},
                    "too_big",
                )
            if part.filename.endswith((".xml", ".rels")) and _ENTITIES.search(self._beginning(part)):
                raise _unreadable()

    def _beginning(self, part: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(part) as content:
                return content.read(4096)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as broken:
            raise _unreadable() from broken

    def _merged(self) -> dict[int, str]:
        """For each row that a merged cell touches, the range. Merges stand behind the rows, so the sheet is read through once before."""
        path = self._sheet._worksheet_path  # openpyxl has no public name for it
        found: dict[int, str] = {}
        try:
            with self._zip.open(path) as content:
                rest = b""
                while chunk := content.read(_CHUNK):
                    text = rest + chunk
                    for match in _MERGE.finditer(text):
                        self._note_merge(match[1].decode(), found)
                    rest = text[-200:] if not text.endswith(b">") else b""
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError) as broken:
            raise _unreadable() from broken
        return found

    @staticmethod
    def _note_merge(reference: str, found: dict[int, str]) -> None:
        _first, top, _last, bottom = range_boundaries(reference)
        if top is None or bottom is None or bottom - top > _MOST_MERGES or len(found) > _MOST_MERGES:
            raise FileRefused(
                _("The cells %(cells)s are merged. Part them and fill in each one.") % {"cells": reference}, "merged"
            )
        found.update(dict.fromkeys(range(top, bottom + 1), reference))


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise _unreadable() from broken


def _unreadable() -> FileRefused:
    return FileRefused(
        _(
            "The workbook cannot be read: it is damaged or no XLSX. Open it in a spreadsheet program and save it as XLSX anew."
        ),
        "not_a_workbook",
    )


def _line(number: int, row: tuple[Any, ...], merged: dict[int, str]) -> Line:
    if len(row) > MOST_COLUMNS and any(cell.value is not None for cell in row[MOST_COLUMNS:]):
        raise too_many_columns(len(row))
    texts: list[str] = []
    faults: list[Fault] = []
    for at, cell in enumerate(row):
        value = cell.value
        if value is None:
            texts.append("")
            continue
        if cell.data_type == "f":
            faults.append(
                Fault(at, f"{cell.coordinate} {_formula(value)}", _("a value that was typed in, not a formula"))
            )
            texts.append("")
            continue
        if cell.data_type == "e":
            faults.append(Fault(at, str(value), _("a value that was typed in, not the error of a formula")))
        if isinstance(value, int | float) and abs(value) >= _LOSES_DIGITS:
            faults.append(Fault(at, str(value), _("a text: a cell of numbers loses all digits after the fifteenth")))
        texts.append(_text(value))
    while texts and not texts[-1]:
        texts.pop()
    if number in merged and (texts or faults):
        faults.append(
            Fault(
                WHOLE_LINE, _("the merged cells %(cells)s") % {"cells": merged[number]}, _("cells that are not merged")
            )
        )
    return Line(number, texts, tuple(faults))


def _formula(value: Any) -> str:
    text = str(getattr(value, "text", value) or "=")
    return text if text.startswith("=") else f"={text}"


def _text(value: Any) -> str:
    """A cell as the text that a person would have typed."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        whole_day = value.time() == time.min
        return value.date().isoformat() if whole_day else value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LOSES_DIGITS:
        return str(int(value))
    return str(value).strip() if value is not None else ""
