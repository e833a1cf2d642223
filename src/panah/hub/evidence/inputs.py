"""Which file of which producer becomes which table, and which connector reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from panah.hub.evidence.connectors import (
    abel_cohen,
    gaskin_abel,
    idmc,
    kazstat,
    sdmx_files,
    undesa,
    unhcr,
    unodc,
    unsd,
    worldbank,
)
from panah.hub.evidence.figures import Figure, Source

Reader = Callable[[Path, Source], Iterator[Figure]]


@dataclass(frozen=True)
class Input:
    """A producer's file in the folder, the connector that reads it, and the table that is made of it.

    A file that `may_be_absent` is taken from another place than the others; without it the table that is carried stays.
    """

    path: str
    title: str
    connector: ModuleType
    read: Reader
    table: str
    may_be_absent: bool = False


def _kazakhstan(number: str) -> Input:
    path = f"sdg_national/KAZ_{number.replace('.', '-')}.csv"
    table = f"kazstat_sdg_{number.replace('.', '_')}"
    return Input(path, f"SDG {number}, national reporting", kazstat, kazstat.national, table)


def _kyrgyzstan(number: str) -> Input:
    path, table = f"sdmx_kgz/{number}.xml", f"nsc_kgz_sdg_{number.replace('.', '_')}"
    return Input(path, f"SDG {number}, national reporting", sdmx_files, sdmx_files.series, table)


INPUTS = (
    Input("unhcr/population.csv", "End-year population figures", unhcr, unhcr.population, "unhcr_population"),
    Input(
        "unhcr/asylum_applications.csv",
        "Asylum applications",
        unhcr,
        unhcr.asylum_applications,
        "unhcr_asylum_applications",
    ),
    Input("unhcr/asylum_decisions.csv", "Asylum decisions", unhcr, unhcr.asylum_decisions, "unhcr_asylum_decisions"),
    Input(
        "flows_stocks/undesa_stock_region_1990_2020_by_sex.csv",
        "International Migrant Stock 2020: destination and origin",
        undesa,
        undesa.migrant_stock,
        "undesa_migrant_stock",
    ),
    Input(
        "sdg_national/KAZ_10-7-2.csv",
        "SDG 10.7.2, national reporting",
        kazstat,
        kazstat.indicator_10_7_2,
        "kazstat_sdg_10_7_2",
    ),
    Input(
        "sdg_national/KAZ_10-7-4.csv",
        "SDG 10.7.4, national reporting",
        kazstat,
        kazstat.indicator_10_7_4,
        "kazstat_sdg_10_7_4",
    ),
    Input("unhcr/solutions.csv", "Solutions", unhcr, unhcr.solutions, "unhcr_solutions"),
    Input("unhcr/flows.csv", "New displacement", unhcr, unhcr.displaced, "unhcr_newly_displaced"),
    Input("unhcr/idmc.csv", "Internal displacement by conflict", idmc, idmc.displaced_within, "idmc_displaced_within"),
    Input(
        "worldbank/population.csv",
        "World Development Indicators, SP.POP.TOTL",
        worldbank,
        worldbank.population,
        "worldbank_population",
        may_be_absent=True,
    ),
    Input(
        "flows_stocks/un_wpp2024_net_migration.csv",
        "World Population Prospects 2024, net migration",
        undesa,
        undesa.net_migration,
        "undesa_net_migration",
    ),
    Input(
        "flows_stocks/gaskin_abel2025_net_migration_mean_std.csv",
        "Net migration with its spread",
        gaskin_abel,
        gaskin_abel.net_migration,
        "gaskin_abel_net_migration",
    ),
    Input(
        "flows_stocks/abel_cohen_flows_region_6methods_1990_2020.csv",
        "Bilateral flows of five years by six methods",
        abel_cohen,
        abel_cohen.flows,
        "abel_cohen_flows",
    ),
    Input(
        "remittances/wb_knomad_bilateral_remittances_2017.csv",
        "KNOMAD bilateral remittance matrix 2017",
        worldbank,
        worldbank.remittances,
        "worldbank_remittances_matrix",
    ),
    Input(
        "remittances/rpw_corridor_cost_2011_2020.csv",
        "Remittance Prices Worldwide, corridor averages",
        worldbank,
        worldbank.cost,
        "worldbank_remittance_cost",
    ),
    Input(
        "remittances/wdi_remittances_received_pct_gdp.csv",
        "World Development Indicators, BX.TRF.PWKR.DT.GD.ZS",
        worldbank,
        worldbank.received_in_gdp,
        "worldbank_remittances_in_gdp",
    ),
    Input(
        "remittances/wdi_remittances_paid_usd_1960_2020.csv",
        "World Development Indicators, BM.TRF.PWKR.CD.DT",
        worldbank,
        worldbank.paid,
        "worldbank_remittances_paid",
    ),
    Input(
        "other/unsd_sdg_migration_series_2020-10.csv", "SDG database, migration series", unsd, unsd.series, "unsd_sdg"
    ),
    Input(
        "trafficking/unodc_glotip_region.csv",
        "Trafficking in persons: victims, prosecutions, convictions",
        unodc,
        unodc.trafficking,
        "unodc_trafficking",
    ),
    *(_kazakhstan(number) for number in ("16.2.2", "16.9.1", "17.3.2", "8.5.2", "8.7.1", "8.8.1", "8.8.2")),
    *(_kyrgyzstan(number) for number in ("1.3.1", "10.7.2", "10.7.4", "16.9.1", "17.3.2")),
)
