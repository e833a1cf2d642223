"""Indicators on refuge: 1.02, 1.03, 1.05 to 1.07, 4.05 to 4.07."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from panah.hub.evidence.figures import REGION, Figure
from panah.hub.evidence.framework import definitions
from panah.hub.evidence.framework.shelf import Shelf, number
from panah.hub.evidence.framework.values import (
    FEW,
    FEW_CASES,
    NO_POPULATION,
    PER,
    RATE_BY_PRODUCER,
    UNIT_UNDECLARED,
    Value,
    divided,
    withheld,
)


def quotient(
    indicator: str, state: str, top: Figure, bottom: Figure, *, part: str = "", plus: int = 0, rank: int = 0
) -> Value:
    """One figure by another, in the unit of the indicator. `plus` is added to the denominator, where the definition does so."""
    unit = definitions()[indicator].unit
    denominator = int(number(bottom)) + plus
    flags = tuple(dict.fromkeys((*top.flags, *bottom.flags)))
    if 0 <= number(top) < FEW:
        flags = (*flags, FEW_CASES)
    return Value(
        indicator, state, f"{top.period}", divided(number(top), denominator, PER[unit]) if denominator else None, unit, "ratio",
        tuple(dict.fromkeys((top.source, bottom.source))), part=part, numerator=number(top), denominator=denominator, flags=flags, rank=rank,
    )  # fmt: skip


def per_resident(indicator: str, state: str, top: Figure, shelf: Shelf, *, part: str = "", rank: int = 0) -> Value:
    """A figure by the population of its year; withheld where that is not at hand."""
    people = shelf.population.get((state, top.period))
    if people is None:
        return withheld(indicator, state, NO_POPULATION, f"{top.period}", part=part, sources=(top.source,), rank=rank)
    return quotient(indicator, state, top, people, part=part, rank=rank)


def recognition(shelf: Shelf) -> Iterator[Value]:
    """1.02, by country of asylum and by country of origin."""
    for part in ("destination", "origin"):
        for state, figure in shelf.totals_of("recognition_rate", origin=part == "origin"):
            yield Value(
                "1.02", state, f"{figure.period}", figure.value, "percent", "ratio", (figure.source,), part=part,
                numerator=figure.numerator, denominator=figure.denominator, flags=figure.flags,
            )  # fmt: skip


def pending(shelf: Shelf) -> Iterator[Value]:
    """1.03."""
    for state, waiting in shelf.totals_of("asylum_seekers"):
        asked = shelf.total("asylum_applications", state, waiting.period)
        if asked is not None:
            yield quotient("1.03", state, waiting, asked)


def hosted(shelf: Shelf) -> Iterator[Value]:
    """1.05."""
    for state, refugees in shelf.totals_of("refugees"):
        yield per_resident("1.05", state, refugees, shelf)


def left(shelf: Shelf) -> Iterator[Value]:
    """1.06: computed here, and as UNSD and two national offices publish it."""
    for state, refugees in shelf.totals_of("refugees", origin=True):
        people = shelf.population.get((state, refugees.period))
        if people is None:
            yield withheld("1.06", state, NO_POPULATION, f"{refugees.period}", sources=(refugees.source,))
        else:
            yield quotient("1.06", state, refugees, people, plus=int(number(refugees)))
    for rank, table in ((1, "unsd_sdg"), (2, "nsc_kgz_sdg_10_7_4")):
        for state, figure, _parts in shelf.sdg("SM_POP_REFG_OR", table):
            yield as_published("1.06", state, figure, rank=rank)
    for figure in shelf.table("kazstat_sdg_10_7_4"):
        yield withheld("1.06", figure.origin, UNIT_UNDECLARED, f"{figure.period}", sources=(figure.source,), rank=2)


def as_published(
    indicator: str, state: str, figure: Figure, *, part: str = "", rank: int = 0, flags: tuple[str, ...] = ()
) -> Value:
    """A producer's own rate or share."""
    return Value(
        indicator, state, f"{figure.period}", figure.value, definitions()[indicator].unit, "as_published", (figure.source,), part=part,
        flags=(*figure.flags, RATE_BY_PRODUCER, *flags), rank=rank,
    )  # fmt: skip


def counted(indicator: str, state: str, figure: Figure, *, part: str = "", rank: int = 0) -> Value:
    """A producer's own count."""
    return Value(
        indicator, state, f"{figure.period}", figure.value, definitions()[indicator].unit, "counted", (figure.source,), part=part,
        numerator=figure.value, flags=figure.flags, rank=rank,
    )  # fmt: skip


def stateless(shelf: Shelf) -> Iterator[Value]:
    """1.07."""
    for state, figure in shelf.totals_of("stateless"):
        yield counted("1.07", state, figure)


def displaced_within(shelf: Shelf) -> Iterator[Value]:
    """4.05."""
    for figure in shelf.table("idmc_displaced_within"):
        if figure.destination in REGION:
            yield per_resident("4.05", figure.destination, figure, shelf)


def returned(shelf: Shelf) -> Iterator[Value]:
    """4.06, by country of origin, against the refugees at the end of the year before."""
    for state, figure in shelf.totals_of("returned_refugees", origin=True):
        before = shelf.total("refugees", state, figure.period - 1, origin=True)
        if before is not None:
            yield quotient("4.06", state, figure, before)


def solved(shelf: Shelf) -> Iterator[Value]:
    """4.07: naturalised by country of asylum, resettled by country of origin."""
    for kind, part in (("naturalisation", "destination"), ("resettlement", "origin")):
        sums: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for figure in shelf.table("unhcr_solutions"):
            state = figure.destination if part == "destination" else figure.origin
            if figure.broken_down_by("kind") == kind and state in REGION and figure.destination != figure.origin:
                sums[(state, figure.period)].append(figure)
        for (state, period), found in sums.items():
            before = shelf.total("refugees", state, period - 1, origin=part == "origin")
            if before is not None:
                yield quotient("4.07", state, summed(found), before, part=part)


def summed(found: list[Figure]) -> Figure:
    """Several figures of one producer, state and year as one, with all their flags."""
    first = found[0]
    flags = tuple(dict.fromkeys(flag for figure in found for flag in figure.flags))
    return Figure(
        first.indicator, first.destination, first.origin, first.period, sum(int(number(one)) for one in found), first.unit, first.source,
        flags=flags,
    )  # fmt: skip


COMPUTED = {
    "1.02": recognition,
    "1.03": pending,
    "1.05": hosted,
    "1.06": left,
    "1.07": stateless,
    "4.05": displaced_within,
    "4.06": returned,
    "4.07": solved,
}
