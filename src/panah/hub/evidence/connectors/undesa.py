"""UN DESA Population Division: International Migrant Stock 2020 (persons by country of residence and country of birth),
and net migration of World Population Prospects 2024.

Of the stock, read is a table in long form (year, birth, residence, stock, sex). It has a row only where there is a figure, so what
is not there is missing and not 0. It has no row for persons whose country of birth is unknown or another, so a sum
over it is the stock of named origins and may lie below the total that the producer prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import PERSONS, TOTAL, Figure, Source, breakdown

VERSION = "2"
PRODUCER = "United Nations Department of Economic and Social Affairs, Population Division (UN DESA)"
LICENCE = "CC BY 3.0 IGO"
LICENCE_URL = "https://creativecommons.org/licenses/by/3.0/igo/"

SEXES = {"total": "", "male": "male", "female": "female"}


def migrant_stock(path: Path, source: Source) -> Iterator[Figure]:
    """Persons at 1 July of 1990, 1995 … 2020, all and by sex. For states that record no birthplace the producer uses
    citizenship.
    """
    for row in rows(path, ("year", "birth", "residence", "stock", "sex")):
        if row.text("sex") not in SEXES:
            raise row.refused("sex", f"one of {list(SEXES)}")
        value = row.count("stock")
        if value is not None:
            yield Figure(
                indicator="migrant_stock",
                destination=row.area("residence"),
                origin=row.area("birth"),
                period=row.year("year"),
                value=value,
                unit=PERSONS,
                source=source,
                breakdown=breakdown({"sex": SEXES[row.text("sex")]}),
            )


def net_migration(path: Path, source: Source) -> Iterator[Figure]:
    """Persons who came to a state less persons who left it in a calendar year, estimated or projected. May be below 0."""
    for row in rows(path, ("year", "iso3", "net_migrants")):
        value = row.number_or_none("net_migrants")
        if value is not None:
            yield Figure("net_migration", row.area("iso3"), TOTAL, row.year("year"), int(value), PERSONS, source)
