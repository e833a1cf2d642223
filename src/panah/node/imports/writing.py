"""Sheets of people, written: from records, as an empty template, and as the rows that were refused, with why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from panah.cores.screening.fields import COUNTRIES, FIELDS
from panah.foundation.languages import interface_languages
from panah.node.imports.actions import Refusal
from panah.node.imports.columns import (
    COLUMN,
    COLUMNS,
    NONE,
    REFUSED_ID,
    REFUSED_WHY,
    SHOWN,
    Column,
    allowed_in,
    heading,
    value_label,
)
from panah.node.imports.people import Problem
from panah.node.registration import service as registration

OWN_SHEET: Final = "Panah"
"""Stands in the first cell of a sheet of the template that holds no people."""

_TEMPLATE_ROWS: Final = 2000
_NOT_FOR_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
_FORMULA_LIKE: Final = re.compile(r"[=+\-@\t\r']")


class StatedName(Protocol):
    """A name as a person states it; parts that there are not are empty. `script` is ISO 15924 or empty."""

    @property
    def full(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def given(self) -> str: ...
    @property
    def patronymic(self) -> str: ...
    @property
    def father(self) -> str: ...
    @property
    def script(self) -> str: ...


class Described(Protocol):
    """A person with the whole interview record, nested as contracts/screening.md has it."""

    @property
    def name(self) -> StatedName: ...
    @property
    def arrived_at(self) -> datetime: ...
    @property
    def record(self) -> Mapping[str, Any]: ...


def rows_for(people: Iterable[Described]) -> Iterator[dict[str, str]]:
    """For each person the cells of their row, by column."""
    for person in people:
        yield cells_for(person.record, person.name, person.arrived_at)


def cells_for(record: Mapping[str, Any], name: StatedName, arrived_at: datetime) -> dict[str, str]:
    """The cells that say what a record, a name and an arrival say; `people.read_person` reads them back to the same."""
    cells = {
        "id": record.get("id", ""),
        "arrived_at": arrived_at.isoformat(timespec="seconds"),
        "place": record.get("place", ""),
        "name": name.full,
        "name.family": name.family,
        "name.given": name.given,
        "name.patronymic": name.patronymic,
        "name.father": name.father,
        "name.script": name.script,
        "pack": record.get("pack", ""),
        "date": record.get("date", ""),
        "notes": record.get("notes", ""),
    }
    for field in FIELDS:
        value = _at(record, field.key)
        if value is None:
            continue
        if field.kind == "documents":
            cells |= _document_cells(value)
        elif isinstance(value, list | tuple):
            cells[field.key] = ";".join(value) or NONE
        else:
            cells[field.key] = str(value)
    return {key: text for key, text in cells.items() if text}


def write_sheet(path: Path, people: Iterable[Described]) -> int:
    """Write people as a workbook (`.xlsx`) or as CSV in UTF-8 (`.csv`), by the end of the name. Returns how many rows."""
    rows = list(rows_for(people))
    used = {key for row in rows for key in row}
    keys = [column.key for column in COLUMNS if column.key in used]
    lines = ([row.get(key, "") for key in keys] for row in rows)
    with path.open("wb") as file:
        if path.suffix == ".xlsx":
            _write_workbook(file, keys, lines)
        elif path.suffix == ".csv":
            _write_table(file, keys, lines)
        else:
            raise ValueError(f"{path.name} ends with neither .xlsx nor .csv, which are the sheets that are written.")
    return len(rows)


def write_refused(file: BinaryIO, rows: Iterable[tuple[UUID | None, Refusal]], format_: str = "xlsx") -> None:
    """The refused rows as a sheet that can be mended and sent again: why each was refused, its id, then its cells."""
    kept = list(rows)
    used = {key for _id, row in kept for key in row.cells} - {REFUSED_ID.key, REFUSED_WHY.key}
    keys = [column.key for column in COLUMNS if column.key in used]
    head = [REFUSED_WHY.key, REFUSED_ID.key, *(keys or ["id", "arrived_at"])]
    lines = (
        [why(row), str(identifier or ""), *(row.cells.get(key, "") for key in head[2:])] for identifier, row in kept
    )
    (_write_workbook if format_ == "xlsx" else _write_table)(file, head, lines)


def why(row: Refusal) -> str:
    """All that is wrong with a refused row, in sentences."""
    return " ".join(Problem(*problem).sentence() for problem in row.problems)


def write_template(file: BinaryIO, language: str) -> None:
    """An empty sheet with its headings, lists to choose from, and a page that explains every column."""
    book = Workbook()
    people = book.active
    assert people is not None  # noqa: S101 - a new workbook has a sheet
    with translation.override(language):
        people.title = _("People")
        lists, explained = book.create_sheet(_("Lists")), book.create_sheet(_("Columns"))
        _write_lists(lists)
        for at, column in enumerate(SHOWN, start=1):
            letter = get_column_letter(at)
            people.cell(1, at, column.key).font = Font(bold=True)
            words = people.cell(2, at, heading(column, language) or None)
            words.alignment, words.font = Alignment(wrap_text=True, vertical="top"), Font(italic=True)
            people.column_dimensions[letter].width = 18
            for row in range(3, 60):
                people.cell(row, at).number_format = "@"
            choices = _choices(column, lists.title)
            if choices:
                rule = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
                rule.error = allowed_in(column)[:250]
                rule.add(f"{letter}3:{letter}{_TEMPLATE_ROWS}")
                people.add_data_validation(rule)
        people.freeze_panes = "B3"
        _write_explanations(explained)
    book.save(file)


_LISTED: Final = ("country", "place")


def _choices(column: Column, lists: str) -> str:
    if column.is_list:
        return ""
    if column.allowed and len(",".join(column.allowed)) < 250:
        return '"' + ",".join(column.allowed) + '"'
    key = column.kind if column.kind in _LISTED else column.key if column.allowed else ""
    if not key:
        return ""
    at, values = list(_lists()).index(key) + 1, _lists()[key]
    letter = get_column_letter(at)
    return f"'{lists}'!${letter}$3:${letter}${len(values) + 2}"


def _lists() -> dict[str, Sequence[str]]:
    """The lists that are too long to stand in a cell's rule."""
    long: dict[str, Sequence[str]] = {
        one.key: one.allowed for one in SHOWN if len(",".join(one.allowed)) >= 250 and not one.is_list
    }
    places = [one.code for one in registration.posts()]
    return {"country": sorted(COUNTRIES), "place": places} | long


def _write_lists(sheet: Any) -> None:
    sheet.cell(1, 1, OWN_SHEET)
    for at, (key, values) in enumerate(_lists().items(), start=1):
        sheet.cell(2, at, key).font = Font(bold=True)
        for row, value in enumerate(values, start=3):
            sheet.cell(row, at, value)


def _write_explanations(sheet: Any) -> None:
    sheet.cell(1, 1, OWN_SHEET)
    tags = [language.tag for language in interface_languages()]
    for at, text in enumerate([_("Column"), *tags, _("Allowed"), _("Meaning of the codes")], start=1):
        sheet.cell(2, at, text).font = Font(bold=True)
    for row, column in enumerate(SHOWN, start=3):
        words = [heading(column, tag) for tag in tags]
        meaning = "; ".join(
            f"{code} = {label}"
            for code in column.allowed
            if (label := value_label(column, code, translation.get_language() or "en"))
        )
        for at, text in enumerate([column.key, *words, allowed_in(column), meaning], start=1):
            sheet.cell(row, at, text).alignment = Alignment(wrap_text=True, vertical="top")
    for at, width in enumerate((34, 50, 50, 60, 60), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    rules = _(
        "An empty cell means that it was not asked or is not known, and never no. %(none)s says that the person named nothing. Lists are parted by ;"
    )
    sheet.cell(len(SHOWN) + 4, 1, rules % {"none": NONE})


def _write_workbook(file: BinaryIO, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(list(head))
    for line in lines:
        sheet.append([_text_cell(sheet, text) for text in line])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that stays text, whatever it begins with."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, _NOT_FOR_XML.sub("?", text))
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _write_table(file: BinaryIO, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    with _as_text(file) as text:
        writer = csv.writer(text)
        writer.writerow(head)
        for line in lines:
            writer.writerow(["'" + cell if _FORMULA_LIKE.match(cell) else cell for cell in line])


@contextmanager
def _as_text(file: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """UTF-8 with its mark, by which spreadsheet programs know it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _at(record: Mapping[str, Any], key: str) -> Any:
    place: Any = record
    for part in key.split("."):
        if not isinstance(place, Mapping) or part not in place:
            return None
        place = place[part]
    return place


def _document_cells(documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    if not documents:
        return {"documents": NONE}
    found = {f"documents.{n}.{key}": str(text) for n, one in enumerate(documents, start=1) for key, text in one.items()}
    beyond = [key for key in found if key not in COLUMN]
    if beyond:
        raise ValueError(f"A row holds at most nine documents; this record has {len(documents)}.")
    return found
