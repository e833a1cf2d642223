"""SDMX-CSV as it stands: every code and value stays the text that it was.

Versions 1.0 and 2. A general reader of CSV would take a column of codes like 01 for numbers and give back 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_KINDS = {"dataflow": "Dataflow", "datastructure": "DataStructure", "dataprovision": "ProvisionAgreement"}
_LEADING = frozenset({"STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "SERIES_KEY", "OBS_KEY"})


class NotSdmxCsv(ValueError):
    """The text is not SDMX-CSV. The sentence says why."""


@dataclass(frozen=True)
class Sheet:
    """The rows of one structure, in the columns that are dimensions, values or attributes."""

    structure: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def read_sheets(text: str) -> tuple[Sheet, ...]:
    """One sheet for each structure in the text, in the order in which they first occur. Raises NotSdmxCsv."""
    header, *rest = _lines(text)
    names = [name.partition(":")[0].strip() for name in header]
    if len(set(names)) != len(names):
        raise NotSdmxCsv("a column stands twice in its first line")
    if "DATAFLOW" not in names and not {"STRUCTURE", "STRUCTURE_ID"} <= set(names):
        raise NotSdmxCsv("its first line names neither DATAFLOW nor STRUCTURE and STRUCTURE_ID")
    found: dict[str, list[dict[str, str]]] = {}
    for number, values in enumerate(rest, start=2):
        if len(values) != len(names):
            raise NotSdmxCsv(f"row {number} has {len(values)} fields, its first line {len(names)}")
        row = dict(zip(names, values, strict=True))
        if row.get("ACTION", "I").strip().upper() == "D":
            raise NotSdmxCsv(f"row {number} asks to delete; only data is taken in")
        found.setdefault(_structure(row), []).append(row)
    columns = tuple(name for name in names if name not in _LEADING)
    return tuple(Sheet(structure, columns, tuple(rows)) for structure, rows in found.items())


def _lines(text: str) -> Iterable[list[str]]:
    first = text.splitlines()[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        return list(_filled(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)))
    except csv.Error as error:
        raise NotSdmxCsv(f"it is not CSV ({error})") from error


def _filled(lines: Iterable[list[str]]) -> Iterator[list[str]]:
    return (line for line in lines if line)


def _structure(row: dict[str, str]) -> str:
    if "DATAFLOW" in row:
        return f"Dataflow={row['DATAFLOW'].partition(': ')[0].strip()}"
    kind = _KINDS.get(row["STRUCTURE"].strip().lower())
    if kind is None:
        raise NotSdmxCsv(f"STRUCTURE is {row['STRUCTURE']!r}; allowed are {', '.join(_KINDS)}")
    return f"{kind}={row['STRUCTURE_ID'].partition(': ')[0].strip()}"
