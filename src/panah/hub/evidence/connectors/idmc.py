"""Internal Displacement Monitoring Centre, as carried in UNHCR's data package (table `idmc`): persons displaced within
their own state by conflict and violence.

Persons displaced by disasters are not in it. A cell without a figure is missing and not 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import PERSONS, TOTAL, Figure, Source

VERSION = "1"
PRODUCER = "Internal Displacement Monitoring Centre (IDMC)"
LICENCE = "the producer's terms of use; taken from UNHCR's package under CC BY 4.0"
LICENCE_URL = ""


def displaced_within(path: Path, source: Source) -> Iterator[Figure]:
    """Persons at 31 December by state."""
    for row in rows(path, ("year", "coa_iso", "total")):
        value = row.count("total")
        if value:
            yield Figure("displaced_within", row.area("coa_iso"), TOTAL, row.year("year"), value, PERSONS, source)
