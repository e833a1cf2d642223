"""Abel and Cohen, bilateral migration flows of five years estimated from stocks by six methods, 1990 to 2020.

`year0` is the first year of the five. The six methods answer the same question with different assumptions and differ by
several times, so that no one of them is a figure by itself; what is shown is the span over all. Rows of a state that
came apart and has no code today (Serbia and Montenegro) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from panah.hub.evidence.connectors.reading import rows
from panah.hub.evidence.figures import PERSONS, Figure, Source, breakdown

VERSION = "1"
PRODUCER = "G. J. Abel and J. E. Cohen (Abel-Cohen)"
LICENCE = "CC BY 4.0 for the authors' own deposit, to be confirmed; the copy states none"
LICENCE_URL = ""

METHODS = ("sd_drop_neg", "sd_rev_neg", "mig_rate", "da_min_open", "da_min_closed", "da_pb_closed")
"""Difference of stocks without and with reversed negatives, rates, and demographic accounting: least flow with and
without leaving the world of the table, and the blend of least flow and independence.
"""


def flows(path: Path, source: Source) -> Iterator[Figure]:
    """Persons who moved from origin to destination within five years, by method."""
    for row in rows(path, ("year0", "orig", "dest", *METHODS)):
        # A state that came apart and has no code today stands under a name that begins so.
        if any(row.text(side).startswith("X_") for side in ("orig", "dest")):
            continue
        for method in METHODS:
            value = row.count(method)
            if value is not None:
                yield Figure(
                    indicator="five_year_flow",
                    destination=row.area("dest"),
                    origin=row.area("orig"),
                    period=row.year("year0"),
                    value=value,
                    unit=PERSONS,
                    source=source,
                    breakdown=breakdown({"method": method}),
                )
