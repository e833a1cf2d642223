"""Totals of a state over all its counterparts, and the rates computed from them.

Persons and cases are never added: a total counts persons, and says when cases were left out of it. A total over cells
of which none has a figure has no figure either; it is not 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from panah.hub.evidence.figures import (
    CASES,
    CASES_LEFT_OUT,
    INCLUDES_SMALL,
    NAMED_ORIGINS_ONLY,
    NIL_OR_NOT_AVAILABLE,
    ONLY_CASES,
    PERCENT,
    PERSONS,
    REGION,
    ROUNDED,
    SMALL_COUNT,
    SMALL_DENOMINATOR,
    TOTAL,
    Figure,
    Source,
    breakdown,
)

SMALL_DENOMINATOR_BELOW = 50
"""A rate over fewer decisions than this is shown with a warning: one decision moves it by more than two points."""

DIMENSION = {
    "refugees": "",
    "asylum_seekers": "",
    "other_in_need": "",
    "returned_refugees": "",
    "stateless": "",
    "asylum_applications": "",
    "asylum_decisions": "outcome",
    "migrant_stock": "sex",
}
"""The one dimension that each indicator keeps in its totals; over all others it is summed."""

LISTED_TOGETHER = ("refugees", "asylum_seekers", "stateless")
"""A state that is listed in a year for one of these is listed for all: one without a figure is said to be missing."""

NEW_APPLICATION = "N"
"""The producer's code for an application that is new, not repeated, on appeal or mixed."""


@dataclass
class _Sum:
    source: Source
    persons: int | None = None
    cases: bool = False
    small: bool = False

    def add(self, figure: Figure) -> None:
        if figure.unit == CASES:
            self.cases = True
        elif figure.value is not None:
            self.persons = (self.persons or 0) + int(figure.value)
            self.small = self.small or SMALL_COUNT in figure.flags or ROUNDED in figure.flags

    def flags(self, indicator: str) -> tuple[str, ...]:
        found = []
        if self.persons is None:
            found.append(ONLY_CASES if self.cases else NIL_OR_NOT_AVAILABLE)
        elif self.cases:
            found.append(CASES_LEFT_OUT)
        if self.small:
            found.append(INCLUDES_SMALL)
        if indicator == "migrant_stock":
            found.append(NAMED_ORIGINS_ONLY)
        return tuple(found)


Key = tuple[str, str, str, str, int]


@dataclass
class _Sums:
    """Sums by indicator, breakdown code, destination, origin, period; and which state was listed in which year."""

    by_key: dict[Key, _Sum] = field(default_factory=dict)
    listed: dict[tuple[str, str, int], Source] = field(default_factory=dict)

    def add(self, indicator: str, code: str, figure: Figure) -> None:
        for destination, origin in _roles(figure):
            key = (indicator, code, destination, origin, figure.period)
            self.by_key.setdefault(key, _Sum(figure.source)).add(figure)
            if indicator in LISTED_TOGETHER:
                self.listed[(destination, origin, figure.period)] = figure.source


def totals_of(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Totals of the ten states as destination and as origin, by indicator, dimension and year; then the recognition
    rates.

    A figure that is about a state as a whole already passes through as it is.
    """
    sums = _Sums()
    for figure in figures:
        if TOTAL in (figure.destination, figure.origin):
            yield figure
            continue
        sums.add(figure.indicator, figure.broken_down_by(DIMENSION[figure.indicator]), figure)
        if figure.indicator == "asylum_applications" and figure.broken_down_by("type") == NEW_APPLICATION:
            sums.add("asylum_applications_new", "", figure)
    found = tuple(_figures(sums))
    yield from found
    yield from recognition_rates(found)


def by_counterpart(figures: Iterable[Figure]) -> Iterator[Figure]:
    """One figure a pair and year, persons only, summed over procedure, type and level; of broken-down ones the whole.

    Left out are figures about a state as a whole, and stateless persons, whom the producer lists under one origin only.
    """
    sums: dict[tuple[str, str, str, int], _Sum] = {}
    for figure in figures:
        part = figure.broken_down_by("outcome") not in ("", "total") or figure.broken_down_by("sex") != ""
        if part or figure.indicator == "stateless" or TOTAL in (figure.destination, figure.origin):
            continue
        key = (figure.indicator, figure.destination, figure.origin, figure.period)
        sums.setdefault(key, _Sum(figure.source)).add(figure)
    for (indicator, destination, origin, period), found in sums.items():
        kept = breakdown({DIMENSION[indicator]: "total"}) if indicator == "asylum_decisions" else ()
        flags = tuple(flag for flag in found.flags(indicator) if flag != NAMED_ORIGINS_ONLY)
        yield Figure(
            indicator, destination, origin, period, found.persons, PERSONS, found.source, breakdown=kept, flags=flags
        )


def recognition_rates(totals: Iterable[Figure]) -> Iterator[Figure]:
    """Recognised and complementary protection, over these and rejected, in percent; all levels of procedure as the
    producer adds them.

    Closed cases are in neither. There is no rate where there was no decision on substance.
    """
    outcomes: dict[tuple[str, str, int], dict[str, Figure]] = defaultdict(dict)
    for figure in totals:
        if figure.indicator == "asylum_decisions" and figure.value is not None:
            outcomes[(figure.destination, figure.origin, figure.period)][figure.broken_down_by("outcome")] = figure
    for (destination, origin, period), by_outcome in outcomes.items():
        granted = sum(int(by_outcome[code].value or 0) for code in ("recognised", "complementary"))
        decided = granted + int(by_outcome["rejected"].value or 0)
        if decided == 0:
            continue
        flags = {flag for figure in by_outcome.values() for flag in figure.flags}
        if decided < SMALL_DENOMINATOR_BELOW:
            flags.add(SMALL_DENOMINATOR)
        rate = (Decimal(granted) * 100 / decided).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        yield Figure(
            "recognition_rate",
            destination,
            origin,
            period,
            rate,
            PERCENT,
            by_outcome["rejected"].source,
            flags=tuple(sorted(flags)),
            numerator=granted,
            denominator=decided,
        )


def _figures(sums: _Sums) -> Iterator[Figure]:
    for (indicator, code, destination, origin, period), found in sums.by_key.items():
        if _says_nothing(indicator, destination):
            continue
        yield Figure(
            indicator,
            destination,
            origin,
            period,
            found.persons,
            PERSONS,
            found.source,
            breakdown=breakdown({DIMENSION.get(indicator, ""): code}),
            flags=found.flags(indicator),
        )
    for (destination, origin, period), source in sums.listed.items():
        for indicator in LISTED_TOGETHER:
            if (indicator, "", destination, origin, period) not in sums.by_key and not _says_nothing(
                indicator, destination
            ):
                yield Figure(
                    indicator, destination, origin, period, None, PERSONS, source, flags=(NIL_OR_NOT_AVAILABLE,)
                )


def _says_nothing(indicator: str, destination: str) -> bool:
    # A stateless person has no state of origin in the producer's table, so a total by origin would be empty of meaning.
    return indicator == "stateless" and destination == TOTAL


def _roles(figure: Figure) -> Iterator[tuple[str, str]]:
    if figure.destination in REGION:
        yield figure.destination, TOTAL
    if figure.origin in REGION:
        yield TOTAL, figure.origin
