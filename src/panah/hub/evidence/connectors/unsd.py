"""United Nations Statistics Division, database of the Sustainable Development Goals: the series about migration.

Read is a table in long form. `nature` says who made a figure (C country, CA country adjusted, E estimated, G global
monitoring); it is kept, since a figure of a state on itself and a modelled one are not the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import TOTAL, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "United Nations Statistics Division (UNSD)"
LICENCE = "the producer's terms of use; the copy states none"
LICENCE_URL = ""

BY_ORIGIN = frozenset({"SM_POP_REFG_OR", "SM_DTH_MIGR"})
"""Series about persons from a state. All others are about persons in it."""

_WHOLE = frozenset({"", "t", "bothsex", "allage", "notspec", "alldomains"})
PARTS = ("policy_domains", "age", "migratory_status", "sex")


def series(path: Path, source: Source) -> Iterator[Figure]:
    """Every figure with its series, its unit as the producer declares it, and the parts that are not the whole."""
    for row in rows(path, ("series", "iso3", "year", "value", "nature", "units", *PARTS)):
        value = row.number_or_none("value")
        if value is None:
            continue
        code, state = row.text("series"), row.area("iso3")
        parts = {name: row.text(name) for name in PARTS if row.text(name) not in _WHOLE}
        yield Figure(
            indicator="sdg",
            destination=TOTAL if code in BY_ORIGIN else state,
            origin=state if code in BY_ORIGIN else TOTAL,
            period=row.year("year"),
            value=value,
            unit=row.text("units"),
            source=source,
            breakdown=breakdown({"series": code, **parts}),
        )
