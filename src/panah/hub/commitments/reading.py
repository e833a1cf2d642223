"""`record/commitments/commitments.csv`: the commitments that the paragraphs make, and everything that is wrong with the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from panah.hub.participants.service import Day, Filled, Reading, SourcedRow, digest_of, double_keys, read

PART = "commitments"
SHEET = "commitments.csv"


class Row(SourcedRow):
    """One commitment. `owner` is a participant's code where the document names one; otherwise `owner_note` says who. `due` is empty where the
    document gives no day."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-E]-[0-9]{1,2}([a-f]|fn|end)?\.[1-9]$")]
    paragraph: Annotated[str, StringConstraints(pattern=r"^[A-E]-[0-9]{1,2}([a-f]|fn|end)?$")]
    theme: Literal[
        "border", "irregular", "asylum", "statelessness", "labour", "data", "return", "emergency", "partnership", "law"
    ]
    action_en: Filled
    action_ru: Filled
    owner: str = ""
    owner_note_en: str = ""
    owner_note_ru: str = ""
    due: Day = ""


def rows(home: Path) -> Reading[Row]:
    """The rows of the record's home, with what is wrong in and between them."""
    found: Reading[Row] = read(home / PART, SHEET, Row)
    double_keys(found, "code")
    for number, row in found.rows:
        if row.code.rpartition(".")[0] != row.paragraph:
            found.wrong(number, "paragraph", row.paragraph, f"the paragraph of its code, {row.code.rpartition('.')[0]}")
        if not row.owner and not (row.owner_note_en and row.owner_note_ru):
            found.wrong(
                number, "owner", row.owner, "a participant's code, or who it is in owner_note_en and owner_note_ru"
            )
    return found


def digest(home: Path) -> str:
    """SHA-256 of the sheet."""
    return digest_of(home / PART, [SHEET])
