"""UNHCR Refugee Data Finder: end-year population, asylum applications, asylum decisions, solutions, new
displacement.

Read are the tables of the producer's own data package (`refugees`), written as CSV with its column names, which are
also the names of its web interface. Missing, small and rounded figures in them, as found in edition 2025.12.1:

- In `population` every cell without a figure is filled with 0, so a 0 there may mean none, not available or not
  applicable. Such a cell yields no figure. No count from 1 to 4 appears; 5 appears about five times as often as 6, so
  a 5 is marked small.
- In `asylum_applications` the same holds, and there is no 0.
- In `asylum_decisions` no outcome is 1 to 4 or 6 to 9, so each outcome below 10 is marked rounded; a 0 there is the
  producer's own, in a row that has a total, and is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import Row, rows
from panah.hub.evidence.figures import CASES, PERSONS, ROUNDED, SMALL_COUNT, UNKNOWN, Figure, Source, breakdown

VERSION = "2"
PRODUCER = "United Nations High Commissioner for Refugees (UNHCR)"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

POPULATION = {
    "refugees": "refugees",
    "asylum_seekers": "asylum_seekers",
    "other_in_need": "oip",
    "returned_refugees": "returned_refugees",
    "stateless": "stateless",
}
"""Indicator to column."""

OUTCOMES = {
    "recognised": "dec_recognized",
    "complementary": "dec_other",
    "rejected": "dec_rejected",
    "closed": "dec_closed",
    "total": "dec_total",
}
"""Outcome of a decision to column."""

SOLUTIONS = {"resettlement": "resettlement", "naturalisation": "naturalisation", "returned_idps": "returned_idps"}
"""Solution to column. Returned refugees are read from `population`, where the same numbers stand."""

DISPLACED = {
    "refugees": "refugees",
    "refugee_like": "refugee_like",
    "asylum_seekers": "asylum_seekers",
    "other_in_need": "oip",
}
"""Group to column of the table of new displacement."""

_SMALLEST_COUNT = 5
_UNROUNDED_OUTCOMES_FROM = 10
_PAIR = ("year", "coo_iso", "coa_iso")


def population(path: Path, source: Source) -> Iterator[Figure]:
    """Persons at 31 December by country of asylum and origin (returned refugees: during the year, by country left and
    origin).
    """
    for row in rows(path, (*_PAIR, *POPULATION.values())):
        for indicator, column in POPULATION.items():
            value = row.count(column)
            if value:
                yield _figure(row, indicator, value, PERSONS, source, flags=population_flags(value))


def asylum_applications(path: Path, source: Source) -> Iterator[Figure]:
    """Applications of a year, by procedure (G government, U UNHCR, J joint), type of application, level, and persons
    or cases.
    """
    for row in rows(path, (*_PAIR, "procedure_type", "app_type", "dec_level", "app_pc", "applied")):
        value = row.count("applied")
        if value:
            parts = {
                "procedure": row.text("procedure_type"),
                "type": row.text("app_type"),
                "level": row.text("dec_level"),
            }
            yield _figure(
                row, "asylum_applications", value, _unit(row, "app_pc"), source, parts, population_flags(value)
            )


def asylum_decisions(path: Path, source: Source) -> Iterator[Figure]:
    """Decisions of a year by outcome, procedure, level, and persons or cases. The total is the producer's, not a sum
    of ours.
    """
    for row in rows(path, (*_PAIR, "procedure_type", "dec_level", "dec_pc", *OUTCOMES.values())):
        for outcome, column in OUTCOMES.items():
            value = row.count(column)
            if value is None:
                continue
            parts = {"procedure": row.text("procedure_type"), "level": row.text("dec_level"), "outcome": outcome}
            yield _figure(row, "asylum_decisions", value, _unit(row, "dec_pc"), source, parts, decision_flags(value))


def solutions(path: Path, source: Source) -> Iterator[Figure]:
    """Persons of a year who were resettled (the destination is the country that took them in, not the one they left),
    naturalised, or returned within their country.
    """
    yield from _plain(path, source, SOLUTIONS, "solution")


def displaced(path: Path, source: Source) -> Iterator[Figure]:
    """Persons newly displaced to a country within a year, by group."""
    yield from _plain(path, source, DISPLACED, "newly_displaced")


def _plain(path: Path, source: Source, columns: dict[str, str], indicator: str) -> Iterator[Figure]:
    for row in rows(path, (*_PAIR, *columns.values())):
        for kind, column in columns.items():
            value = row.count(column)
            if value:
                yield _figure(row, indicator, value, PERSONS, source, {"kind": kind}, population_flags(value))


def population_flags(value: int) -> tuple[str, ...]:
    return (SMALL_COUNT,) if value <= _SMALLEST_COUNT else ()


def decision_flags(value: int) -> tuple[str, ...]:
    return (ROUNDED,) if value < _UNROUNDED_OUTCOMES_FROM else ()


def _figure(
    row: Row,
    indicator: str,
    value: int,
    unit: str,
    source: Source,
    parts: dict[str, str] | None = None,
    flags: tuple[str, ...] = (),
) -> Figure:
    return Figure(
        indicator=indicator,
        destination=_area(row, "coa_iso"),
        origin=_area(row, "coo_iso"),
        period=row.year("year"),
        value=value,
        unit=unit,
        source=source,
        breakdown=breakdown(parts or {}),
        flags=flags,
    )


def _area(row: Row, column: str) -> str:
    # The producer's tables write UNK for an origin that is not known, and its list of countries XXX.
    found = row.area(column)
    return UNKNOWN if found in ("UNK", "UKN") else found


def _unit(row: Row, column: str) -> str:
    found = row.text(column)
    if found not in ("P", "C"):
        raise row.refused(column, "P for persons or C for cases")
    return PERSONS if found == "P" else CASES
