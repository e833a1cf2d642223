"""Bureau of National Statistics of Kazakhstan, national reporting on the Sustainable Development Goals.

Read are its files in the Open SDG form: Year, any disaggregations, Value. Only rows without a disaggregation are
taken of 10.7.2 and 10.7.4, whose files declare no unit; none is guessed here. Of the other seven every national row is
taken, with its disaggregations, and the unit as the file declares it, whether or not it can be right: 16.2.2 declares
persons for numbers like 1.7. Rows of parts of the country are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import TOTAL, UNDECLARED, Figure, Source, breakdown

VERSION = "2"
PRODUCER = "Bureau of National Statistics of Kazakhstan"
LICENCE = "not stated for the figures; the repository that carries them is under MIT"
LICENCE_URL = ""

STATE = "KAZ"


def indicator_10_7_2(path: Path, source: Source) -> Iterator[Figure]:
    """SDG 10.7.2, migration policies, as the state reports on itself."""
    return _series(path, source, "sdg_10_7_2", destination=STATE, origin=TOTAL)


def indicator_10_7_4(path: Path, source: Source) -> Iterator[Figure]:
    """SDG 10.7.4, proportion of the population who are refugees, by country of origin: persons who left Kazakhstan."""
    return _series(path, source, "sdg_10_7_4", destination=TOTAL, origin=STATE)


def _series(path: Path, source: Source, indicator: str, destination: str, origin: str) -> Iterator[Figure]:
    for row in rows(path, ("Year", "Value")):
        disaggregated = any(text.strip() for column, text in row.cells.items() if column not in ("Year", "Value"))
        value = row.number_or_none("Value")
        if value is not None and not disaggregated:
            yield Figure(indicator, destination, origin, row.year("Year"), value, UNDECLARED, source)


def national(path: Path, source: Source) -> Iterator[Figure]:
    """The national rows of a file that declares its unit: by series, sex and age, where the file has these columns."""
    for row in rows(path, ("Year", "UNIT_MEASURE", "Value")):
        value = row.number_or_none("Value")
        if value is None or row.cells.get("REF_AREA", "").strip() or row.cells.get("URBANISATION", "").strip():
            continue
        parts = {name.lower(): row.cells.get(name, "").strip() for name in ("SERIES", "SEX", "AGE")}
        unit = row.text("UNIT_MEASURE") or UNDECLARED
        yield Figure("value", STATE, TOTAL, row.year("Year"), value, unit, source, breakdown=breakdown(parts))
