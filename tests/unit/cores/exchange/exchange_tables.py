"""Invented tables of each dataflow, counted and protected."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache

from panah.cores.disclosure import Dimension, Protected, protect, tabulate
from panah.cores.exchange.messages import Letterhead
from panah.cores.exchange.structure import allowed_codes, the_structure

LETTERHEAD = Letterhead(
    id="0192f0c1-0000-7000-8000-000000000001",
    sender="KAZ",
    prepared=datetime(2026, 11, 21, 18, tzinfo=UTC),
    receiver="HUB",
)
FLOWS = tuple(flow.id for flow in the_structure().tables)


def axes_of(flow_id: str) -> tuple[Dimension, ...]:
    structure = the_structure()
    flow = structure.dataflow(flow_id)
    found = []
    for id_ in flow.axes:
        said = structure.dimension(id_)
        codes = allowed_codes(structure, flow, said)
        if said.id == "COUNTERPART_AREA":
            codes = tuple(code for code in codes if code != "KAZ")  # nobody is returned from a state to itself
        elif said.open:
            codes = ("_T", "KAZ-UZB", "KAZ-KGZ", "BX045-KZ", "ALA", "_Z")
        total = None if id_ in flow.no_total else "_T"
        found.append(Dimension(id_, codes, total, (), said.additive, said.exhaustive))
    return tuple(found)


@cache
def protected_table(flow_id: str, persons: int = 3000, period: str = "2026-11-21", seed: int = 1) -> Protected:
    """A table of the dataflow as a node would protect it."""
    chance = random.Random(seed)
    dimensions = axes_of(flow_id)
    records = []
    for _ in range(persons):
        record: dict[str, str | set[str]] = {}
        for dimension in dimensions:
            codes = [code for code in dimension.codes if code != "_T"]
            weights = [1 / (place + 1) ** 1.5 for place in range(len(codes))]
            chosen = chance.choices(codes, weights, k=1 if dimension.additive else 2)
            record[dimension.id] = chosen[0] if dimension.additive else set(chosen)
        records.append(record)
    population = the_structure().dataflow(flow_id).population
    return protect([tabulate(flow_id, population, period, dimensions, records)])
