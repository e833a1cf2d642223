"""How the figures of each producer's file lie in a compact table.

`LAYOUTS` are the tables whose series the hub shows as they are. `BACKGROUND` are those from which indicators and
corridors are computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from panah.hub.evidence.connectors.abel_cohen import METHODS
from panah.hub.evidence.connectors.gaskin_abel import MOMENTS
from panah.hub.evidence.connectors.unhcr import (
    DISPLACED,
    OUTCOMES,
    POPULATION,
    SOLUTIONS,
    decision_flags,
    population_flags,
)
from panah.hub.evidence.connectors.worldbank import USD, USD_MILLION
from panah.hub.evidence.figures import PERCENT, PERSONS, UNDECLARED


def _no_flags(value: int) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Layout:
    """How the figures of one producer's file lie in a table: what makes a row, and which measure each column holds.

    `columns` maps a column to its indicator and its code in the dimension `measured_by`. `unit` is empty where it is
    a key column. `flags` gives a value's flags, so that they need not be stored.
    """

    table: str
    dimensions: tuple[str, ...]
    columns: dict[str, tuple[str, str]]
    measured_by: str = ""
    unit: str = PERSONS
    flags: Callable[[int], tuple[str, ...]] = _no_flags

    @property
    def keys(self) -> tuple[str, ...]:
        return ("period", "destination", "origin", *self.dimensions, *(() if self.unit else ("unit",)))


LAYOUTS = (
    Layout("unhcr_population", (), {name: (name, "") for name in POPULATION}, flags=population_flags),
    Layout(
        "unhcr_asylum_applications",
        ("procedure", "type", "level"),
        {"applications": ("asylum_applications", "")},
        unit="",
        flags=population_flags,
    ),
    Layout(
        "unhcr_asylum_decisions",
        ("procedure", "level"),
        {outcome: ("asylum_decisions", outcome) for outcome in OUTCOMES},
        measured_by="outcome",
        unit="",
        flags=decision_flags,
    ),
    Layout(
        "undesa_migrant_stock",
        (),
        {"total": ("migrant_stock", ""), "male": ("migrant_stock", "male"), "female": ("migrant_stock", "female")},
        measured_by="sex",
    ),
    Layout("kazstat_sdg_10_7_2", (), {"value": ("sdg_10_7_2", "")}, unit=UNDECLARED),
    Layout("kazstat_sdg_10_7_4", (), {"value": ("sdg_10_7_4", "")}, unit=UNDECLARED),
)


def _national(table: str, *dimensions: str) -> Layout:
    return Layout(table, dimensions, {"value": ("value", "")}, unit="")


def _kinds(table: str, indicator: str, kinds: dict[str, str]) -> Layout:
    columns = {kind: (indicator, kind) for kind in kinds}
    return Layout(table, (), columns, measured_by="kind", flags=population_flags)


KAZAKHSTAN = tuple(
    _national(f"kazstat_sdg_{number}", *dimensions)
    for number, dimensions in {
        "16_2_2": (), "16_9_1": ("sex", "age"), "17_3_2": (), "8_5_2": ("sex", "age"), "8_7_1": ("sex",), "8_8_1": ("series",), "8_8_2": (),
    }.items()
)  # fmt: skip

KYRGYZSTAN = tuple(
    Layout(f"nsc_kgz_sdg_{number}", ("series", "sex", "age", "composite_breakdown"), {"value": ("sdg", "")}, unit="")
    for number in ("1_3_1", "10_7_2", "10_7_4", "16_9_1", "17_3_2")
)

BACKGROUND = (
    _kinds("unhcr_solutions", "solution", SOLUTIONS),
    _kinds("unhcr_newly_displaced", "newly_displaced", DISPLACED),
    Layout("idmc_displaced_within", (), {"value": ("displaced_within", "")}),
    Layout("worldbank_population", (), {"value": ("population", "")}),
    Layout("undesa_net_migration", (), {"value": ("net_migration", "")}),
    Layout("gaskin_abel_net_migration", (), {one: ("net_migration_estimate", one) for one in MOMENTS}, "moment"),
    Layout("abel_cohen_flows", (), {method: ("five_year_flow", method) for method in METHODS}, "method"),
    Layout("worldbank_remittances_matrix", (), {"value": ("remittances", "")}, unit=USD_MILLION),
    Layout("worldbank_remittance_cost", ("quarter",), {"value": ("remittance_cost", "")}, unit=PERCENT),
    Layout("worldbank_remittances_in_gdp", (), {"value": ("remittances_in_gdp", "")}, unit=PERCENT),
    Layout("worldbank_remittances_paid", (), {"value": ("remittances_paid", "")}, unit=USD),
    Layout("unsd_sdg", ("series", "policy_domains", "age", "migratory_status", "sex"), {"value": ("sdg", "")}, unit=""),
    Layout("unodc_trafficking", ("kind", "form", "sex", "age"), {"value": ("trafficking", "")}),
    *KAZAKHSTAN,
    *KYRGYZSTAN,
)

ALL = (*LAYOUTS, *BACKGROUND)
