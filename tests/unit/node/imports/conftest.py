"""A post that takes files in, and short ways to make the files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.node.imports.service import FileRefused, Result, import_by_command, read_file

HEAD = ["id", "arrived_at", "name", "person.sex", "person.birth_date", "person.citizenships", "protection.fears_return"]
ZAHRA = ["1", "2026-11-20 10:00", "زهرا احمدی", "female", "1990-05", "AFG", "yes"]
JASUR = ["2", "2026-11-20 10:05", "Karimov Jasur", "male", "2001-02-03", "UZB", "no"]

Take = Callable[..., list[Result]]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """It is noon in Almaty on 21 November 2026, the day after the people of these tests came."""
    with standing_at(datetime(2026, 11, 21, 7, tzinfo=UTC)):
        yield


@pytest.fixture
def aida(officer: Any) -> Officer:
    """Border officer at the airport of Almaty."""
    return officer("border_officer", post="ALA", display_name="Aida")


def csv_of(*rows: Sequence[str], head: Sequence[str] = HEAD, sign: str = ",", encoding: str = "utf-8") -> bytes:
    """A table as a spreadsheet program writes it; no cell in it needs quotation marks."""
    return "".join(sign.join(row) + "\r\n" for row in (head, *rows)).encode(encoding)


def xlsx_of(
    *rows: Sequence[Any], head: Sequence[str] = HEAD, change: Callable[[Workbook], None] | None = None
) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def take(aida: Officer) -> Take:
    """Take a file in at Aida's post and give what became of each row."""

    def taken(content: bytes, name: str = "", by: Officer | None = aida, place: str = "") -> list[Result]:
        file = io.BytesIO(content)
        return list(import_by_command(read_file(file, name), hashlib.sha256(content).digest(), by, place))

    return taken


def why(result: Result) -> str:
    assert result.state == "refused"
    return " ".join(problem.sentence() for problem in result.problems)


def refusal_of_file(act: Callable[[], Any]) -> str:
    with pytest.raises(FileRefused) as refused:
        act()
    return str(refused.value)
