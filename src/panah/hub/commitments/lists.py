"""Lists of recommendations as national databases of recommendations keep them: written, and read row by row.

A list that was written and is read gives the same rows again. Nothing in a sheet is computed; a formula refuses its row.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from openpyxl import load_workbook
from pydantic import ValidationError

from panah.foundation.access.models import Officer
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.hub.commitments import acts, rules
from panah.hub.commitments.models import Commitment, Report
from panah.web.parts import Column, Table

COLUMNS: Final = (
    "recommendation_no", "mechanism", "document", "paragraph", "text", "theme", "responsible_body", "partners", "action", "indicator", "start", "due",
    "status", "progress", "source",
)  # fmt: skip
MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 2_000
_MOST_UNPACKED: Final = 50_000_000
_KINDS: Final = {
    "paragraph": "paragraph",
    "conclusion": "conclusion",
    "own": "own",
    "": "recommendation",
    "recommendation": "recommendation",
}
_STATUS: Final = ("", "planning", "in_progress", "fulfilled")
_RECKONED_WITH: Final = "=+-@\t\r"


@dataclass(frozen=True)
class Problem:
    """One cell that refuses its row."""

    row: int
    column: str
    found: str
    allowed: str


@dataclass
class Taken:
    """What became of a list: codes of the drafts made, how many rows were known already, and what refused the others."""

    made: list[str] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)


def table(rows: Iterable[Commitment], reports: Mapping[UUID, Report]) -> Table:
    """Commitments as a list of recommendations. `reports` are what is said of progress, by commitment."""
    return Table(
        caption="",
        columns=[Column(name) for name in COLUMNS],
        rows=[_written(row, reports.get(row.pk)) for row in rows],
        empty="",
    )


def _written(row: Commitment, report: Report | None) -> tuple[str, ...]:
    advice = row.recommendation
    text = (report.text_en or report.text_ru) if report else ""
    return (
        row.source or row.code,
        advice.get("mechanism", ""),
        advice.get("paper", ""),
        advice.get("paragraph", ""),
        advice.get("text", ""),
        row.theme,
        advice.get("body", ""),
        " ".join(row.partners),
        row.action_en or row.action_ru,
        advice.get("indicator", ""),
        row.begins.isoformat() if row.begins else "",
        row.due.isoformat() if row.due else "",
        report.status if report else row.status,
        "" if text == "–" else text,
        row.kind,
    )


def read(content: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """The rows of a list with their numbers (the heading is row 1), and the cells that refuse their rows. Raises Refused for what is no such list."""
    lines = list(_sheet(content) if content[:2] == b"PK" else _text(content))
    if not lines:
        raise Refused(
            f"The file is empty. Its first row names the columns: {', '.join(COLUMNS)}.",
            code="no_columns",
            field="sheet",
        )
    heads = [str(cell or "").strip().lower() for cell in lines[0]]
    strange = [head for head in heads if head not in COLUMNS]
    missing = [name for name in ("recommendation_no", "action") if name not in heads]
    if strange or missing or len(set(heads)) != len(heads):
        raise Refused(
            f"The first row does not name the columns of a list: not known {', '.join(map(repr, strange)) or 'none'}, missing {', '.join(missing) or 'none'}. "
            f"Allowed, each once: {', '.join(COLUMNS)}.",
            code="wrong_columns",
            field="sheet",
        )
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(str(cell or "").strip() for cell in line):
            continue
        if len(rows) == MOST_ROWS:
            raise Refused(
                f"The list has more than {MOST_ROWS} rows. Cut it into several files.",
                code="too_many_rows",
                field="sheet",
            )
        said = {head: _cell(cell) for head, cell in zip(heads, line, strict=False)}
        formulas = [head for head, cell in said.items() if cell is None]
        problems += [
            Problem(number, head, "a formula", "a text or a day; nothing is computed here") for head in formulas
        ]
        if not formulas:
            rows.append((number, {head: cell or "" for head, cell in said.items()}))
    return rows, problems


def _cell(cell: Any) -> str | None:
    """Plain text of a cell; None for a formula. The mark that keeps a text from being computed is no part of it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell if cell is not None else "").strip()
    if text[:1] == "'" and text[1:2] and text[1] in _RECKONED_WITH:
        return text[1:]
    return None if text[:1] == "=" else text


def _text(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "The file is neither XLSX nor CSV in UTF-8. Save it as one of the two.", code="not_a_list", field="sheet"
        ) from error
    first = text.split("\n", 1)[0]
    try:
        yield from csv.reader(
            io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
        )
    except csv.Error as error:
        raise Refused(
            f"The file is no CSV ({error}). Mend the quotation marks, or save it as XLSX.",
            code="not_a_list",
            field="sheet",
        ) from error


def _sheet(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                raise Refused(
                    "The workbook grows past 50 MB when it is opened. Save the list alone.",
                    code="too_large",
                    field="sheet",
                )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        for line in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=len(COLUMNS) + 5):
            cells = list(line)
            while cells and cells[-1] is None:
                cells.pop()
            yield cells
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise Refused(
            "The file is no XLSX workbook. Save it as XLSX or CSV.", code="not_a_list", field="sheet"
        ) from error


def take(content: bytes, officer: Officer, participant: str) -> Taken:
    """Take a list in row by row, each row an act of its own; the same row again is known. Raises Refused for what is no list."""
    rows, problems = read(content)
    taken = Taken(problems=list(problems))
    for number, said in rows:
        identifier = uuid5(NAMESPACE_URL, f"panah:recommendation:{participant}:{rules.digest(said)}")
        if Commitment.objects.filter(pk=identifier).exists():
            taken.known += 1
            continue
        wrong = _problems(number, said)
        if wrong:
            taken.problems += wrong
            continue
        try:
            receipt = perform(_action(identifier, said, officer, participant))
        except ValidationError as error:
            taken.problems += [
                Problem(
                    number, _COLUMN_OF.get(str(one["loc"][0]), str(one["loc"][0])), str(one["input"])[:100], one["msg"]
                )
                for one in error.errors()
            ]
        except Refused as refusal:
            column = _COLUMN_OF.get(refusal.field, refusal.field)
            taken.problems.append(Problem(number, column, said.get(column, "")[:100], str(refusal)))
        else:
            taken.made.append(str(receipt.result["code"]))
    return taken


_COLUMN_OF: Final = {
    "source": "recommendation_no",
    "action_en": "action",
    "action_ru": "action",
    "begins": "start",
    "kind": "source",
    "reported": "progress",
}


def _problems(number: int, said: Mapping[str, str]) -> list[Problem]:
    found = []
    for name, allowed in (("status", _STATUS), ("source", tuple(_KINDS)), ("theme", ("", *_THEMES))):
        if said.get(name, "") not in allowed:
            found.append(
                Problem(number, name, said[name][:100], ", ".join(one for one in allowed if one) + ", or empty")
            )
    for name in ("start", "due"):
        if said.get(name) and _day(said[name]) is None:
            found.append(Problem(number, name, said[name][:100], "a day written as 2026-11-21, or empty"))
    if not said.get("action"):
        found.append(Problem(number, "action", "", "what is to be done"))
    return found


_THEMES: Final = (
    "border",
    "irregular",
    "asylum",
    "statelessness",
    "labour",
    "data",
    "return",
    "emergency",
    "partnership",
    "law",
)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _action(identifier: UUID, said: Mapping[str, str], officer: Officer, participant: str) -> acts.TakeRow:
    action = said.get("action", "")
    russian = bool(re.search(r"[а-яё]", action, re.IGNORECASE))
    return acts.TakeRow.model_validate(
        {
            "by": officer.pk,
            "place": officer.post,
            "happened_at": now(),
            "commitment": identifier,
            "report": uuid5(identifier, "report"),
            "participant": participant,
            "kind": _KINDS[said.get("source", "")],
            "source": said.get("recommendation_no", ""),
            "action_ru" if russian else "action_en": action,
            "theme": said.get("theme", ""),
            "partners": tuple(said.get("partners", "").replace(",", " ").split()),
            "begins": _day(said.get("start", "")),
            "due": _day(said.get("due", "")),
            "status": said.get("status", ""),
            "reported": said.get("progress", ""),
            "advice": {
                "mechanism": said.get("mechanism", ""),
                "paper": said.get("document", ""),
                "paragraph": said.get("paragraph", ""),
                "text": said.get("text", ""),
                "body": said.get("responsible_body", ""),
                "indicator": said.get("indicator", ""),
            },
        }
    )
