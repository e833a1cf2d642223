"""Gaskin and Abel 2025, net migration by year with its spread: mean and standard deviation over their estimates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import PERSONS, TOTAL, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "T. Gaskin and G. J. Abel (Gaskin-Abel)"
LICENCE = "to be confirmed at the authors' deposit (Zenodo 15623216)"
LICENCE_URL = ""

MOMENTS = ("mean", "std")


def net_migration(path: Path, source: Source) -> Iterator[Figure]:
    """Persons who came less persons who left in a year: mean and standard deviation."""
    for row in rows(path, ("year", "iso3", *MOMENTS)):
        for moment in MOMENTS:
            value = row.number_or_none(moment)
            if value is not None:
                yield Figure(
                    "net_migration_estimate", row.area("iso3"), TOTAL, row.year("year"), value, PERSONS, source,
                    breakdown=breakdown({"moment": moment}),
                )  # fmt: skip
