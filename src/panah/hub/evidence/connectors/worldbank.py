"""World Bank: population, remittances between countries, their cost by corridor, and remittances in proportion to the
gross domestic product.

Each input is a table in long form, as its docstring says. `send` and `recv` are the countries that money leaves and
reaches, which stand as origin and destination here: money goes the other way than the persons who earn it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import PERCENT, PERSONS, REGION, TOTAL, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "World Bank"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

USD = "usd"
USD_MILLION = "usd_million"

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_CORRIDOR_AVERAGE = "ATCR.CORR"
_PAID = "BM.TRF.PWKR.CD.DT"


def population(path: Path, source: Source) -> Iterator[Figure]:
    """Persons at the middle of the year (SP.POP.TOTL), of the ten states alone."""
    for row in rows(path, ("Country Code", "Year", "Value")):
        value = row.number_or_none("Value") if row.text("Country Code") in REGION else None
        if value is not None:
            yield Figure("population", row.area("Country Code"), TOTAL, row.year("Year"), int(value), PERSONS, source)


def remittances(path: Path, source: Source) -> Iterator[Figure]:
    """Million US dollars from country to country in 2017, the producer's estimate."""
    for row in rows(path, ("send", "recv", "usd_million")):
        value = row.number_or_none("usd_million")
        if value is not None:
            yield Figure("remittances", row.area("recv"), row.area("send"), 2017, value, USD_MILLION, source)


def cost(path: Path, source: Source) -> Iterator[Figure]:
    """Average total cost of sending money along a corridor in a quarter, percent of the amount sent."""
    for row in rows(path, ("send", "recv", "series", "period", "value_pct")):
        found = _QUARTER.fullmatch(row.text("period"))
        if row.text("series") != _CORRIDOR_AVERAGE or found is None:
            raise row.refused("period" if found is None else "series", f"a quarter like 2020Q3 of {_CORRIDOR_AVERAGE}")
        value = row.number_or_none("value_pct")
        if value is not None:
            yield Figure(
                "remittance_cost", row.area("recv"), row.area("send"), int(found[1]), value, PERCENT, source,
                breakdown=breakdown({"quarter": found[2]}),
            )  # fmt: skip


def received_in_gdp(path: Path, source: Source) -> Iterator[Figure]:
    """Personal remittances received, percent of the gross domestic product (BX.TRF.PWKR.DT.GD.ZS)."""
    for row in rows(path, ("iso3", "year", "BX_TRF_PWKR_DT_GD_ZS")):
        value = row.number_or_none("BX_TRF_PWKR_DT_GD_ZS")
        if value is not None:
            yield Figure("remittances_in_gdp", row.area("iso3"), TOTAL, row.year("year"), value, PERCENT, source)


def paid(path: Path, source: Source) -> Iterator[Figure]:
    """Personal remittances paid in a year, current US dollars (BM.TRF.PWKR.CD.DT)."""
    for row in rows(path, ("Country Code", "Indicator Code", "year", "usd")):
        if row.text("Indicator Code") != _PAID:
            raise row.refused("Indicator Code", _PAID)
        value = row.number_or_none("usd")
        if value is not None:
            yield Figure("remittances_paid", TOTAL, row.area("Country Code"), row.year("year"), value, USD, source)
