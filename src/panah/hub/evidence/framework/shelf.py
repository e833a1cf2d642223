"""The compact tables as those who compute indicators look them up. Each is read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from panah.hub.evidence import tables
from panah.hub.evidence.figures import TOTAL, Figure, Number

if TYPE_CHECKING:
    from panah.hub.evidence.framework.law import Confirmed

_LAYOUTS = {layout.table: layout for layout in tables.ALL}


class Shelf:
    """All compact tables of one folder, and what was `confirmed` on this hub of treaties. A table that is not there has no figures."""

    def __init__(self, home: Path = tables.HOME, confirmed: Confirmed | None = None) -> None:
        self.home = home
        self.confirmed = confirmed
        self._read: dict[str, tuple[Figure, ...]] = {}

    def table(self, name: str) -> tuple[Figure, ...]:
        """The figures of a table in its order."""
        if name not in self._read:
            there = (self.home / f"{name}.csv").is_file()
            self._read[name] = tuple(tables.figures_of(_LAYOUTS[name], self.home)) if there else ()
        return self._read[name]

    @cached_property
    def totals(self) -> dict[tuple[str, str, str, str, int], Figure]:
        """Totals by indicator, code of the breakdown, destination, origin and year."""
        return {
            (
                one.indicator,
                " ".join(code for _name, code in one.breakdown),
                one.destination,
                one.origin,
                one.period,
            ): one
            for one in tables.totals(self.home)
        }

    def totals_of(self, indicator: str, *, origin: bool = False) -> Iterator[tuple[str, Figure]]:
        """State and figure of all totals with a value, as destination or as origin."""
        for (code, part, destination, other, _period), figure in self.totals.items():
            if code == indicator and not part and (destination == TOTAL) is origin and figure.value is not None:
                yield (other if origin else destination), figure

    def total(self, indicator: str, state: str, period: int, *, origin: bool = False) -> Figure | None:
        """One total with a value, or None."""
        key = (indicator, "", TOTAL, state, period) if origin else (indicator, "", state, TOTAL, period)
        figure = self.totals.get(key)
        return figure if figure is not None and figure.value is not None else None

    @cached_property
    def population(self) -> dict[tuple[str, int], Figure]:
        """Population at mid-year by state and year."""
        return {(one.destination, one.period): one for one in self.table("worldbank_population")}

    def sdg(self, series: str, table: str = "unsd_sdg") -> Iterator[tuple[str, Figure, dict[str, str]]]:
        """State, figure and parts of one series of the SDG database or of a national file in its form."""
        for figure in self.table(table):
            parts = dict(figure.breakdown)
            if parts.pop("series", "") == series:
                yield (figure.origin if figure.destination == TOTAL else figure.destination), figure, parts


def number(figure: Figure) -> Number:
    """The value of a figure that has one."""
    if figure.value is None:
        raise ValueError(f"{figure.indicator} of {figure.destination} in {figure.period} has no value.")
    return figure.value


@cache
def shelf(home: Path = tables.HOME) -> Shelf:
    """The shelf of a folder, kept for the life of the program; for pages, never for loading."""
    return Shelf(home)
