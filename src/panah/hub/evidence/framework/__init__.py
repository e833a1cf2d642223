"""The framework of indicators: the 52 of the eight points, defined as data beside this file.

`indicators.csv` is the one place where an indicator is defined; `points.csv` and `protection.csv` hold the eight points
and the ways in which small counts are kept. Definitions are ours; the codes of the SDG framework are its own. Of the
Global Compact only the objective is named: the codes below its objectives were not verified.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent

RUSSIAN_CHECKED = False
"""Whether a statistician who speaks Russian has checked the Russian of the framework; pages say so while none has."""


class Supplied(StrEnum):
    """Who supplies an indicator: computed now from producers' figures, supplied by states, or an estimate."""

    NOW = "N"
    STATE = "S"
    ESTIMATE = "E"


class Kind(StrEnum):
    """What a value is, and so what it needs beside it."""

    SHARE = "share"
    RATE = "rate"
    RATIO = "ratio"
    MEDIAN = "median"
    COUNT = "count"
    INDEX = "index"
    DIFFERENCE = "difference"
    MATRIX = "matrix"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the two languages of the Process."""

    en: str
    ru: str

    def written(self, language: str) -> str:
        """In Russian for a language code that begins with `ru`, otherwise in English."""
        return self.ru if language.startswith("ru") else self.en


@dataclass(frozen=True, slots=True)
class Point:
    """One of the eight points of A/68/190, in our words, with the question that its indicators answer."""

    code: str
    title: Text
    question: Text


@dataclass(frozen=True, slots=True)
class Protection:
    """How small counts are kept from identifying anybody. `threshold` is the least count that a state may show, if any."""

    code: str
    note: Text
    threshold: int | None


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator. `direction` is up, down or none: which way is better, where that can be said. `denominator` is
    empty for a plain count and for a table of amounts.
    """

    id: str
    kind: Kind
    unit: str
    supplied: Supplied
    direction: str
    protection: Protection
    standard: str
    source: str
    title: Text
    numerator: Text
    denominator: Text
    note: Text

    @property
    def point(self) -> str:
        return f"P{self.id[0]}"

    @property
    def needs_denominator(self) -> bool:
        return bool(self.denominator.en)

    @property
    def standard_verified(self) -> bool:
        """False where the standard names an objective of the Global Compact, below which no code was verified."""
        return "GCM" not in self.standard


@cache
def definitions() -> dict[str, Definition]:
    """The 52 by id, in order."""
    kept = {row["code"]: _protection(row) for row in _rows("protection")}
    return {
        row["id"]: Definition(
            id=row["id"],
            kind=Kind(row["kind"]),
            unit=row["unit"],
            supplied=Supplied(row["supplied"]),
            direction=row["direction"],
            protection=kept[row["protection"]],
            standard=row["standard"],
            source=row["source"],
            title=_text(row, "title"),
            numerator=_text(row, "numerator"),
            denominator=_text(row, "denominator"),
            note=_text(row, "note"),
        )
        for row in _rows("indicators")
    }


@cache
def points() -> dict[str, Point]:
    """The eight points by code, in order."""
    return {row["code"]: Point(row["code"], _text(row, "title"), _text(row, "question")) for row in _rows("points")}


def of_point(code: str) -> tuple[Definition, ...]:
    """The indicators of one point, in order."""
    return tuple(one for one in definitions().values() if one.point == code)


def reference_table() -> Iterator[dict[str, str]]:
    """One row an indicator, with everything that its definition says, as `panah indicators` prints it."""
    for one in definitions().values():
        yield {
            "id": one.id,
            "point": one.point,
            "point_title_en": points()[one.point].title.en,
            "title_en": one.title.en,
            "title_ru": one.title.ru,
            "numerator_en": one.numerator.en,
            "numerator_ru": one.numerator.ru,
            "denominator_en": one.denominator.en,
            "denominator_ru": one.denominator.ru,
            "kind": one.kind.value,
            "unit": one.unit,
            "standard": one.standard,
            "standard_verified": "yes" if one.standard_verified else "no: objective only, codes below it not verified",
            "supplied": one.supplied.value,
            "source": one.source,
            "direction": one.direction,
            "quality_en": one.note.en,
            "quality_ru": one.note.ru,
            "protection_en": one.protection.note.en,
            "protection_ru": one.protection.note.ru,
            "threshold": f"{one.protection.threshold or ''}",
        }


def _protection(row: dict[str, str]) -> Protection:
    return Protection(row["code"], _text(row, "note"), int(row["threshold"]) if row["threshold"] else None)


def _text(row: dict[str, str], name: str) -> Text:
    return Text(row[f"{name}_en"], row[f"{name}_ru"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HOME / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
