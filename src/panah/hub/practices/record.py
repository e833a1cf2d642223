"""The sheets of `record/practices`: what their rows are, and what is wrong with a folder of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from pydantic import field_validator

from panah.hub.participants.service import Day, Filled, Key, Reading, SourcedRow, double_keys, read, said
from panah.hub.practices import models
from panah.hub.practices.rules import AGENDA, TEN_POINTS, THEMES


class ToldRow(SourcedRow):
    """Lists of codes are separated by blanks. `original` is the tongue in which the text was written."""

    key: Key
    participant: Filled
    theme: Filled
    ten_points: str = ""
    agenda: str = ""
    states: str = ""
    original: Literal["en", "ru"]
    translation_checked: Literal["yes", "no"]
    title_en: Filled
    title_ru: Filled
    what_en: Filled
    what_ru: Filled
    begins: Day = ""
    ends: Day = ""


class PracticeRow(ToldRow):
    result: Literal["known", "unknown", "too_early"]
    result_en: str = ""
    result_ru: str = ""
    cost_amount: str = ""
    cost_currency: str = ""

    _amount = field_validator("cost_amount")(lambda text: _number(text))


class ProjectRow(ToldRow):
    run_by: Filled
    status: Literal["planned", "running", "ended", "unknown"]
    budget_amount: str = ""
    budget_currency: str = ""
    budget_source: str = ""

    _amount = field_validator("budget_amount")(lambda text: _number(text))


class CourseRow(ToldRow):
    run_by: Filled
    town: str = ""


class ActivityRow(ToldRow):
    organisation: Filled
    district: str = ""


def _number(text: str) -> str:
    try:
        if text and Decimal(text) < 0:
            raise ValueError("an amount that is not below nought")
    except InvalidOperation as error:
        raise ValueError("an amount such as 1200.50") from error
    return text


@dataclass(frozen=True)
class Sheet:
    row: type[ToldRow]
    table: type[models.Told]


SHEETS: Mapping[str, Sheet] = {
    "practices.csv": Sheet(PracticeRow, models.Practice),
    "projects.csv": Sheet(ProjectRow, models.Project),
    "courses.csv": Sheet(CourseRow, models.Course),
    "activities.csv": Sheet(ActivityRow, models.Activity),
}
Readings = Mapping[str, Reading[Any]]


def readings(folder: Path) -> Readings:
    """All sheets of a folder, with everything that is wrong in them and between them."""
    found: dict[str, Reading[Any]] = {name: read(folder, name, sheet.row) for name, sheet in SHEETS.items()}
    codes = _participants(folder.parent / "participants")
    for reading in found.values():
        double_keys(reading, "key")
        for number, row in reading.rows:
            _codes(reading, number, row, codes)
            _whole(reading, number, row)
    return found


def problems(found: Readings) -> tuple[str, ...]:
    return tuple(problem for reading in found.values() for problem in reading.problems)


def _participants(folder: Path) -> frozenset[str]:
    from panah.hub.participants.service import codes_in

    return codes_in(folder)


def _codes(reading: Reading[Any], number: int, row: ToldRow, codes: frozenset[str]) -> None:
    for column, allowed in (("theme", THEMES), ("ten_points", TEN_POINTS), ("agenda", AGENDA)):
        for code in getattr(row, column).split():
            if code not in allowed:
                reading.wrong(number, column, code, ", ".join(allowed))
    for column in ("participant", "states"):
        for code in getattr(row, column).split():
            if code not in codes:
                reading.wrong(number, column, code, "a code of participants/participants.csv")


def _whole(reading: Reading[Any], number: int, row: ToldRow) -> None:
    begins, ends = said(row.begins), said(row.ends)
    if begins and ends and ends.latest < begins.earliest:
        reading.wrong(number, "ends", row.ends, f"a day that is not before {begins}")
    if isinstance(row, PracticeRow):
        if row.result == "known" and not (row.result_en and row.result_ru):
            reading.wrong(number, "result_en", row.result_en, "what the result was, since it is said to be known")
        if row.cost_amount and not row.cost_currency:
            reading.wrong(number, "cost_currency", "", "a currency of ISO 4217, since an amount is given")
    if isinstance(row, ProjectRow) and row.budget_amount and not (row.budget_currency and row.budget_source):
        reading.wrong(number, "budget_source", row.budget_source, "currency and source of the amount")
