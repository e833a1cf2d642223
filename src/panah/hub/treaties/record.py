"""The sheets of `record/treaties` as rows for the tables of this room, with everything that is wrong in them and between them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from panah.hub.participants.service import Day, Filled, Key, Reading, SourcedRow, digest_of, double_keys, read
from panah.hub.treaties import models, packs, tables
from panah.hub.treaties.tables import REGION

PART = "treaties"
"""The folder of this room inside that of the record."""
THEMES = (
    "asylum", "refugees", "statelessness", "citizenship", "trafficking", "labour", "stay", "removal", "detention", "children",
    "health", "human-rights", "administration", "data",
)  # fmt: skip
CLAUSES = (
    "recruitment", "skills", "social_security", "wages", "workers_rights", "readmission", "return", "irregular_migration", "trafficking",
    "asylum",
)  # fmt: skip


class LawRow(SourcedRow):
    key: Key
    state: Filled
    title_en: Filled
    title_ru: Filled
    working_title: Literal["yes", "no"]
    number: str
    dated: Day
    theme: Filled
    standing: Literal["in_force", "superseded", "unknown"]
    in_force: Day


class AmendmentRow(SourcedRow):
    amendment: Key
    law: str
    state: Filled
    title_en: Filled
    title_ru: Filled
    number: str
    stage: Literal["bill", "adopted", "in_force", "dropped"]
    on: Day
    parameters: str

    @property
    def key(self) -> str:
        return f"{self.amendment}-{self.stage.replace('_', '-')}"


class AgreementRow(SourcedRow):
    key: Key
    kind: Literal["bilateral", "regional", "organisation", "political", "working_group"]
    title_en: Filled
    title_ru: Filled
    signed: Day
    in_force: Day
    standing: Literal["in_force", "signed", "ended", "unknown"]
    parties: str
    with_organisations: str


class ClauseRow(SourcedRow):
    key: Key
    agreement: Filled
    theme: Filled
    article: str
    text_en: Filled
    text_ru: Filled
    origins: str
    destinations: str


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class StandardRow(_Plain):
    key: Key
    theme: Filled
    title_en: Filled
    title_ru: Filled
    instrument: str
    article: str
    parameter: Filled
    meets: Literal["yes", "no"]
    requirements: Filled


class ChecklistRow(_Plain):
    key: Key
    level: Literal["national", "sector", "local"]
    title_en: Filled
    title_ru: Filled
    source: Filled


SHEETS: Mapping[str, type[BaseModel]] = {
    "laws.csv": LawRow,
    "amendments.csv": AmendmentRow,
    "agreements.csv": AgreementRow,
    "clauses.csv": ClauseRow,
    "standards.csv": StandardRow,
    "checklist.csv": ChecklistRow,
}
STATUS_SHEETS = ("instruments.csv", "sources.csv", "status.csv", "staleness.csv")
Incoming = Mapping[type[models.Kept], Mapping[str, dict[str, Any]]]


def digest(folder: Path, on: date) -> str:
    """What tells one state of the sheets, of the packs and of the year from another: values of law hold from a day."""
    whole = f"{digest_of(folder, (*STATUS_SHEETS, *SHEETS))} {packs.digest()} {on.isoformat()}"
    return hashlib.sha256(whole.encode()).hexdigest()


def readings(folder: Path) -> dict[str, Reading[Any]]:
    found: dict[str, Reading[Any]] = {name: read(folder, name, kind) for name, kind in SHEETS.items()}
    for name, reading in found.items():
        double_keys(reading, "key")
        for number, row in reading.rows:
            state = getattr(row, "state", "")
            if state and state not in REGION:
                reading.wrong(number, "state", state, f"one of {', '.join(REGION)}")
            if getattr(row, "theme", "") and row.theme not in (CLAUSES if name == "clauses.csv" else THEMES):
                reading.wrong(number, "theme", row.theme, ", ".join(CLAUSES if name == "clauses.csv" else THEMES))
    return found


def problems(folder: Path) -> tuple[str, ...]:
    """What is wrong with the folder `record/treaties`, as sentences."""
    status = tables.check(folder)
    found = readings(folder)
    between = () if status else tuple(_refer(folder, found))
    return (*status, *(problem for reading in found.values() for problem in reading.problems), *between)


def _refer(folder: Path, found: Mapping[str, Reading[Any]]) -> Iterator[str]:
    """Rows name what there is."""
    status = tables.read(folder)
    agreements = {row.key for row in found["agreements.csv"]}
    laws = {row.key: row.state for row in found["laws.csv"]}
    for row in status.status:
        if row.instrument not in status.instruments and row.instrument not in agreements:
            yield f"status.csv, {row.state} {row.instrument}: it is a code neither of instruments.csv nor of agreements.csv."
    for number, row in found["amendments.csv"].rows:
        if row.law and laws.get(row.law) != row.state:
            yield f"amendments.csv, row {number}: '{row.law}' is no act of {row.state} in laws.csv."
    for number, row in found["clauses.csv"].rows:
        if row.agreement not in agreements:
            yield f"clauses.csv, row {number}: '{row.agreement}' stands in no row of agreements.csv."
    for number, row in found["standards.csv"].rows:
        if row.instrument and row.instrument not in status.instruments:
            yield f"standards.csv, row {number}: '{row.instrument}' stands in no row of instruments.csv."


def incoming(folder: Path, on: date) -> Incoming:
    """All rows that should stand, by table and key. The folder must be without problems."""
    status, found = tables.read(folder), readings(folder)
    cited = {
        *status.instruments,
        *(row.key for row in found["agreements.csv"]),
        *(row.key for row in found["laws.csv"]),
    }
    standards = {row.key: (row.parameter, row.meets) for row in found["standards.csv"]}
    return {
        models.Instrument: {code: _without(asdict(one), "code") for code, one in status.instruments.items()},
        models.Origin: {
            code: _without(asdict(one) | {"link": one.address}, "code", "address")
            for code, one in status.sources.items()
        },
        models.Statement: {statement_key(row): asdict(row) for row in status.status},
        models.AgeRule: {value: _without(asdict(one), "value") for value, one in status.staleness.items()},
        models.Law: _rows(found["laws.csv"]),
        models.Amendment: _amendments(found["amendments.csv"]),
        models.AmendmentStep: _steps(found["amendments.csv"]),
        models.Agreement: _rows(found["agreements.csv"]),
        models.Clause: _rows(found["clauses.csv"]),
        models.Standard: _rows(found["standards.csv"]),
        models.ChecklistItem: _rows(found["checklist.csv"]),
        models.PackEntry: {one.key: asdict(one) for one in packs.entries()},
        models.PackCitation: {one.key: asdict(one) for one in packs.citations() if one.cited in cited},
        models.Provision: {one.key: asdict(one) for one in packs.findings(standards, on)},
    }


def statement_key(row: tables.Status) -> str:
    """The name of a statement: what it is about, who makes it, and which of several it is."""
    return f"{row.instrument} {row.state} {row.source} {row.act or 'status'} {row.date or row.value}".lower()


def row_digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def _rows(reading: Reading[Any]) -> dict[str, dict[str, Any]]:
    return {row.key: _fields(row, "key") for row in reading}


def _fields(row: BaseModel, *left_out: str) -> dict[str, Any]:
    fields = row.model_dump(exclude=set(left_out))
    if isinstance(row, SourcedRow):
        fields |= {"link": fields.pop("source_url"), "verified": row.verified == "yes"}
    return fields


def _amendments(reading: Reading[AmendmentRow]) -> dict[str, dict[str, Any]]:
    """One amendment of all its steps: the first row says what it is."""
    found: dict[str, dict[str, Any]] = {}
    for row in reading:
        found.setdefault(row.amendment, _fields(row, "amendment", "stage", "on"))
    return found


def _steps(reading: Reading[AmendmentRow]) -> dict[str, dict[str, Any]]:
    return {row.key: _fields(row, "law", "title_en", "title_ru", "number", "parameters") for row in reading}
