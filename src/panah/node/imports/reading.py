"""From a file to its rows. What a file is, its first bytes say and not its name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from panah.node.imports import csv_files, submissions, workbooks
from panah.node.imports.limits import BIGGEST_TABLE, BIGGEST_WORKBOOK, FileRefused, too_big
from panah.node.imports.people import Row
from panah.node.imports.table import people_in

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NAMED = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xml": "odk",
    ".json": "json",
    ".zip": "odk_zip",
}
FORMATS = ("xlsx", "csv", "odk", "odk_zip", "json")


@dataclass(frozen=True)
class Incoming:
    """A file that is being read: its format (`xlsx`, `csv`, `odk`, `odk_zip`, `json`), its rows, and what its sender should know."""

    format: str
    rows: Iterator[Row]
    notes: tuple[str, ...] = ()


def read_file(file: BinaryIO, name: str = "", format_: str = "") -> Incoming:
    """The rows of a file that can be read twice (`seek`). Raises FileRefused at once or while the rows are read."""
    size = file.seek(0, 2)
    if size == 0:
        raise FileRefused(_("The file is empty: it has no bytes."), "empty")
    found = _format_of(file, size)
    if format_ and format_ != found:
        raise FileRefused(
            _("The file is said to be %(said)s and is %(found)s. Name the right format, or none.")
            % {"said": format_, "found": found},
            "format",
        )
    said = _NAMED.get(Path(name).suffix.casefold())
    notes: tuple[str, ...] = ()
    if said and said != found and (said, found) != ("odk_zip", "xlsx"):
        notes = (
            _("The name of the file says %(said)s; it was read as what it is, %(found)s.")
            % {"said": said, "found": found},
        )
    if found == "xlsx":
        book = workbooks.Workbook(file)
        return Incoming(found, people_in(book.lines()), notes + book.notes)
    if found == "csv":
        return Incoming(found, people_in(csv_files.lines_of(file)), notes)
    return Incoming(found, submissions.rows_of(file, found), notes)


def read_folder(folder: Path) -> Incoming:
    """The submissions of a folder: each `.xml` in it and under it, in order of their paths."""
    return Incoming("odk", submissions.rows_of_folder(folder))


def _format_of(file: BinaryIO, size: int) -> str:
    file.seek(0)
    start = file.read(512)
    if start.startswith(_OLD_EXCEL):
        raise FileRefused(
            _("This is a workbook of the old kind (XLS), or one with a password. Save it as XLSX without a password."),
            "old_workbook",
        )
    if start.startswith(_ZIP):
        return _zip_format(file, size)
    if size > BIGGEST_TABLE:
        raise too_big(size, BIGGEST_TABLE)
    if b"\x00" in start and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused(
            _(
                "This is neither a workbook (XLSX) nor a table of text (CSV): it holds bytes that no text has. Save it as XLSX or as CSV in UTF-8."
            ),
            "not_a_table",
        )
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return "odk"
    return "json" if text[:1] in (b"{", b"[") else "csv"


def _zip_format(file: BinaryIO, size: int) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    if any(name.casefold() == "xl/workbook.xml" for name in names):
        if size > BIGGEST_WORKBOOK:
            raise too_big(size, BIGGEST_WORKBOOK)
        return "xlsx"
    if any(name.casefold().endswith(".xml") for name in names) and "mimetype" not in names:
        if size > BIGGEST_TABLE:
            raise too_big(size, BIGGEST_TABLE)
        return "odk_zip"
    raise FileRefused(
        _("This archive is neither a workbook (XLSX) nor a folder of submissions. Save a spreadsheet as XLSX."),
        "not_a_workbook",
    )
