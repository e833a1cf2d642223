"""Indicators on money: 2.02, 2.03, 6.01, 6.02."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from panah.hub.evidence.figures import REGION, Figure
from panah.hub.evidence.framework.refuge import as_published
from panah.hub.evidence.framework.shelf import Shelf, number
from panah.hub.evidence.framework.values import RATE_BY_PRODUCER, TYPED_BY_HAND, Value, divided

CEILING = 5
"""Percent of the amount sent, above which SDG 10.c wants no corridor."""

_CENT = Decimal("0.01")


def cost(shelf: Shelf) -> Iterator[Value]:
    """2.02, by corridor and quarter. The money goes from `counterpart` to `state`."""
    for figure in shelf.table("worldbank_remittance_cost"):
        yield Value(
            "2.02", figure.destination, _quarter(figure), Decimal(number(figure)).quantize(_CENT, rounding=ROUND_HALF_UP), "percent",
            "as_published", (figure.source,), counterpart=figure.origin, flags=(RATE_BY_PRODUCER,),
        )  # fmt: skip


def above_ceiling(shelf: Shelf) -> Iterator[Value]:
    """2.03, of corridors by which money reaches a state (`destination`) and of those by which it leaves (`origin`)."""
    found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in shelf.table("worldbank_remittance_cost"):
        for part, state in (("destination", figure.destination), ("origin", figure.origin)):
            if state in REGION:
                found[(state, part, _quarter(figure))].append(figure)
    for (state, part, quarter), corridors in found.items():
        dear = sum(number(one) > CEILING for one in corridors)
        yield Value(
            "2.03", state, quarter, divided(dear, len(corridors), 100, "0.1"), "percent", "counted", (corridors[0].source,), part=part,
            numerator=dear, denominator=len(corridors),
        )  # fmt: skip


def in_gdp(shelf: Shelf) -> Iterator[Value]:
    """6.01: World Bank first, then UNSD and the national offices."""
    for figure in shelf.table("worldbank_remittances_in_gdp"):
        yield as_published("6.01", figure.destination, figure, flags=(TYPED_BY_HAND,))
    for rank, table in ((1, "unsd_sdg"), (2, "nsc_kgz_sdg_17_3_2")):
        for state, figure, _parts in shelf.sdg("BX_TRF_PWKR", table):
            yield as_published("6.01", state, figure, rank=rank)
    for figure in shelf.table("kazstat_sdg_17_3_2"):
        yield as_published("6.01", figure.destination, figure, rank=2)


def matrix(shelf: Shelf) -> Iterator[Value]:
    """6.02, million US dollars from `counterpart` to `state`."""
    for figure in shelf.table("worldbank_remittances_matrix"):
        yield Value(
            "6.02", figure.destination, f"{figure.period}", Decimal(number(figure)).quantize(_CENT, rounding=ROUND_HALF_UP), "usd_million",
            "counted", (figure.source,), counterpart=figure.origin, numerator=number(figure),
        )  # fmt: skip


def _quarter(figure: Figure) -> str:
    return f"{figure.period}-Q{figure.broken_down_by('quarter')}"


COMPUTED = {"2.02": cost, "2.03": above_ceiling, "6.01": in_gdp, "6.02": matrix}
