"""Strict reading of a producer's CSV file: the columns that are needed are there, each cell is as it should be."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, cast

NOT_A_FIGURE = frozenset({"", "-", "*", "NA", "NaN"})
"""Cells in which producers say that there is no figure, or that they keep it to themselves. None of them is a zero."""

_AREA = re.compile(r"[A-Z]{3}")
_YEARS = range(1900, 2101)


class UnreadableFileError(ValueError):
    """A producer's file is not what its connector expects. The message names file, row, column, what was found and
    what is allowed.
    """


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file, with its place for messages. `number` counts as spreadsheets do, from the header as 1."""

    file: str
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        return (self.cells[column] or "").strip()

    def year(self, column: str) -> int:
        """A calendar year from 1900 to 2100; producers write 2025 or 2025.0."""
        found = self.count(column)
        if found is None or found not in _YEARS:
            raise self.refused(column, "a calendar year between 1900 and 2100")
        return found

    def area(self, column: str) -> str:
        """Three capital letters: ISO 3166-1 alpha-3 or a code that the producer uses in its place."""
        found = self.text(column)
        if not _AREA.fullmatch(found):
            raise self.refused(column, "a country code of three capital letters")
        return found

    def count(self, column: str) -> int | None:
        """A whole number from 0, written 14 or 14.0. None where the producer gives no figure."""
        found = self.number_or_none(column)
        if found is None:
            return None
        if found < 0 or found != found.to_integral_value():
            raise self.refused(column, "a whole number from 0, or nothing")
        return int(found)

    def number_or_none(self, column: str) -> Decimal | None:
        """A decimal number with a point. None where the producer gives no figure."""
        found = self.text(column)
        if found in NOT_A_FIGURE:
            return None
        try:
            number = Decimal(found)
        except InvalidOperation:
            raise self.refused(column, "a number with a decimal point, or nothing") from None
        if not number.is_finite():
            raise self.refused(column, "a number with a decimal point, or nothing")
        return number

    def refused(self, column: str, allowed: str) -> UnreadableFileError:
        return UnreadableFileError(
            f"{self.file}, row {self.number}, column {column!r}: found {self.text(column)!r}, allowed is {allowed}. "
            "Correct the cell, or take the file again from its producer."
        )


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file (or the same gzipped) that has at least `columns`. Raises UnreadableFileError."""
    try:
        with _opened(path) as stream:
            reader = csv.DictReader(stream)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableFileError(
                    f"{path.name}: the columns {missing} are not there; found are {reader.fieldnames}. "
                    "Take the file again from its producer, or name its columns as the connector does."
                )
            for row in reader:
                if None in row or None in row.values():
                    raise UnreadableFileError(
                        f"{path.name}, row {reader.line_num}: it has not as many cells as the header has columns. "
                        "Take the file again from its producer."
                    )
                yield Row(path.name, reader.line_num, row)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} is not UTF-8 text ({error.reason}). Save it as CSV in UTF-8."
        ) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")
