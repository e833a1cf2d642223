"""The compact tables that the project carries, in `tables/`, written from figures and read back as the same figures.

Each table is a CSV in the order of its keys, one column a measure, an empty cell where there is no figure.
`provenance.csv` says for each table from which file of which producer, edition and licence it was made, and by which
version of which connector.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from panah.hub.evidence.figures import BELOW_FIVE, Country, Figure, Number, Source, breakdown
from panah.hub.evidence.layouts import ALL, BACKGROUND, LAYOUTS, Layout

__all__ = [
    "ALL", "BACKGROUND", "HOME", "LAYOUTS", "Layout", "Provenance", "countries", "countries_text", "digest", "figures_of", "provenance",
    "provenance_text", "source_of", "totals", "totals_text", "wide",
]  # fmt: skip

HOME = Path(__file__).parent / "tables"

BELOW = "<5"
"""How a table writes a count that its producer publishes as below five."""


TOTALS = "totals"
_TOTALS_COLUMNS = (
    "indicator",
    "breakdown",
    "destination",
    "origin",
    "period",
    "unit",
    "value",
    "numerator",
    "denominator",
    "flags",
    "input",
)
COUNTRIES = "countries"
PROVENANCE = "provenance"
_PROVENANCE_COLUMNS = (
    "table",
    "input",
    "producer",
    "title",
    "edition",
    "licence",
    "licence_url",
    "as_of",
    "retrieved",
    "obtained_from",
    "rows",
    "sha256",
    "connector",
    "connector_version",
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """One input of one table."""

    table: str
    source: Source
    rows: int
    connector: str
    connector_version: str


def wide(figures: Iterable[Figure], layout: Layout) -> str:
    """The table of the figures as CSV text. Two figures for one cell are a fault of the producer's file and raise
    ValueError.
    """
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    column_of = {measure: column for column, measure in layout.columns.items()}
    for figure in figures:
        measure = (figure.indicator, figure.broken_down_by(layout.measured_by) if layout.measured_by else "")
        key = (
            f"{figure.period}",
            figure.destination,
            figure.origin,
            *(figure.broken_down_by(name) for name in layout.dimensions),
        )
        row = cells.setdefault(key if layout.unit else (*key, figure.unit), {})
        if column_of[measure] in row:
            raise ValueError(
                f"{layout.table}: two figures for {key} in column {column_of[measure]}. A row must stand in the "
                f"file once."
            )
        row[column_of[measure]] = BELOW if BELOW_FIVE in figure.flags else _written(figure.value)
    body = ((*key, *(row.get(column, "") for column in layout.columns)) for key, row in sorted(cells.items()))
    return _csv((*layout.keys, *layout.columns), body)


def figures_of(layout: Layout, home: Path = HOME) -> Iterator[Figure]:
    """The figures of a table, with source and flags, in the order of the table."""
    source = source_of(layout.table, home)
    for row in _rows(layout.table, home):
        parts = {name: row[name] for name in layout.dimensions}
        for column, (indicator, code) in layout.columns.items():
            below = row[column] == BELOW
            value = None if below else _read(row[column])
            if value is None and not below:
                continue
            yield Figure(
                indicator=indicator,
                destination=row["destination"],
                origin=row["origin"],
                period=int(row["period"]),
                value=value,
                unit=layout.unit or row["unit"],
                source=source,
                breakdown=breakdown({**parts, layout.measured_by: code} if layout.measured_by else parts),
                flags=(BELOW_FIVE,) if below else layout.flags(value) if isinstance(value, int) else (),
            )


def source_of(table: str, home: Path = HOME) -> Source:
    """The source of a table that was made from one file."""
    return next(entry.source for entry in provenance(home) if entry.table == table)


def totals_text(figures: Iterable[Figure]) -> str:
    """Totals and rates as CSV text, one figure a row, in order."""
    body = sorted(
        (
            figure.indicator,
            _parts(figure),
            figure.destination,
            figure.origin,
            f"{figure.period}",
            figure.unit,
            _written(figure.value),
            _written(figure.numerator),
            _written(figure.denominator),
            " ".join(figure.flags),
            figure.source.input,
        )
        for figure in figures
    )
    return _csv(_TOTALS_COLUMNS, body)


def totals(home: Path = HOME) -> Iterator[Figure]:
    """The totals and rates of each of the ten states, as destination and as origin. A total without a figure has the
    value None.
    """
    by_input = {entry.source.input: entry.source for entry in provenance(home)}
    for row in _rows(TOTALS, home):
        numerator, denominator = _read(row["numerator"]), _read(row["denominator"])
        yield Figure(
            indicator=row["indicator"],
            destination=row["destination"],
            origin=row["origin"],
            period=int(row["period"]),
            value=_read(row["value"]),
            unit=row["unit"],
            source=by_input[row["input"]],
            breakdown=breakdown(dict(part.split("=", 1) for part in row["breakdown"].split())),
            flags=tuple(row["flags"].split()),
            numerator=None if numerator is None else int(numerator),
            denominator=None if denominator is None else int(denominator),
        )


def countries_text(found: Iterable[Country]) -> str:
    """The countries as CSV text, by code."""
    body = (
        (country.code, country.m49, country.name_en, country.name_ru)
        for country in sorted(found, key=lambda country: country.code)
    )
    return _csv(("code", "m49", "name_en", "name_ru"), body)


def countries(home: Path = HOME) -> dict[str, Country]:
    """Every country and area by its code."""
    return {
        row["code"]: Country(row["code"], row["m49"], row["name_en"], row["name_ru"]) for row in _rows(COUNTRIES, home)
    }


def provenance_text(entries: Iterable[Provenance]) -> str:
    """The provenance of all tables as CSV text."""
    body = (
        (
            entry.table,
            entry.source.input,
            entry.source.producer,
            entry.source.title,
            entry.source.edition,
            entry.source.licence,
            entry.source.licence_url,
            entry.source.as_of.isoformat(),
            entry.source.retrieved.isoformat(),
            entry.source.obtained_from,
            f"{entry.rows}",
            entry.source.sha256,
            entry.connector,
            entry.connector_version,
        )
        for entry in sorted(entries, key=lambda entry: (entry.table, entry.source.input))
    )
    return _csv(_PROVENANCE_COLUMNS, body)


def provenance(home: Path = HOME) -> tuple[Provenance, ...]:
    """What `provenance.csv` says, in its order."""
    return tuple(
        Provenance(
            table=row["table"],
            source=Source(
                input=row["input"],
                producer=row["producer"],
                title=row["title"],
                edition=row["edition"],
                licence=row["licence"],
                licence_url=row["licence_url"],
                as_of=date.fromisoformat(row["as_of"]),
                retrieved=date.fromisoformat(row["retrieved"]),
                obtained_from=row["obtained_from"],
                sha256=row["sha256"],
            ),
            rows=int(row["rows"]),
            connector=row["connector"],
            connector_version=row["connector_version"],
        )
        for row in _rows(PROVENANCE, home)
    )


def digest(home: Path = HOME) -> str:
    """SHA-256 over the names and contents of all tables in a folder, in hexadecimal."""
    whole = hashlib.sha256()
    for path in sorted(home.glob("*.csv")):
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _parts(figure: Figure) -> str:
    return " ".join(f"{name}={code}" for name, code in figure.breakdown)


def _written(value: Number | None) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else f"{value}"


def _read(text: str) -> Number | None:
    if not text:
        return None
    return Decimal(text) if "." in text else int(text)


def _rows(table: str, home: Path) -> Iterator[dict[str, str]]:
    with (home / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _csv(header: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(body)
    return text.getvalue()
