"""Figures and producers' files that the tests of the room invent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import override_settings

from panah.hub.evidence import service, tables
from panah.hub.evidence.figures import PERSONS, TOTAL, Figure, Source
from panah.hub.evidence.totals import totals_of

SOURCE = Source(
    input="unhcr/population.csv",
    producer="A producer",
    title="Invented figures",
    edition="1",
    licence="CC BY 4.0",
    licence_url="",
    as_of=date(2026, 6, 25),
    retrieved=date(2026, 11, 21),
    obtained_from="the test",
    sha256="0" * 64,
)

FROM = {"abel_cohen_flows": 2015, "worldbank_remittance_cost": 2020}
"""From which year the few tables hold a table of which indicators are made."""


@pytest.fixture
def source() -> Source:
    return SOURCE


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write a producer's file from its lines."""

    def write(*lines: str, name: str = "population.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


@pytest.fixture
def series() -> Callable[..., list[Figure]]:
    """Totals of one state as destination: `series("refugees", "KAZ", {2020: 10})`."""

    def make(indicator: str, state: str, values: dict[int, object], unit: str = PERSONS) -> list[Figure]:
        return [
            Figure(indicator, state, TOTAL, period, value, unit, SOURCE)  # type: ignore[arg-type]
            for period, value in values.items()
        ]

    return make


@pytest.fixture
def pairs() -> Callable[..., list[Figure]]:
    """Figures of one state by one counterpart: `pairs("refugees", "KAZ", "UKR", {2020: 10})`."""

    def make(indicator: str, state: str, origin: str, values: dict[int, int]) -> list[Figure]:
        return [Figure(indicator, state, origin, period, value, PERSONS, SOURCE) for period, value in values.items()]

    return make


@pytest.fixture(scope="session")
def few_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The carried tables cut to the years from 2022 (migrant stock from 2015), so that a test loads them in a moment."""
    home = tmp_path_factory.mktemp("tables")
    figures: list[Figure] = []
    for layout in tables.LAYOUTS:
        first = 2015 if layout.table.startswith(("undesa", "kazstat")) else 2022
        kept = [figure for figure in tables.figures_of(layout) if figure.period >= first]
        (home / f"{layout.table}.csv").write_text(tables.wide(kept, layout), encoding="utf-8")
        figures += kept
    for layout in tables.BACKGROUND:
        of_old = layout.table.startswith(("kazstat", "nsc_kgz", "unsd", "worldbank_remittances"))
        late = [
            figure for figure in tables.figures_of(layout) if of_old or figure.period >= FROM.get(layout.table, 2019)
        ]
        (home / f"{layout.table}.csv").write_text(tables.wide(late, layout), encoding="utf-8")
    (home / f"{tables.TOTALS}.csv").write_text(tables.totals_text(totals_of(figures)), encoding="utf-8")
    (home / f"{tables.PROVENANCE}.csv").write_text(tables.provenance_text(tables.provenance()), encoding="utf-8")
    return home


@pytest.fixture
def on_the_hub(settings: LazySettings) -> None:
    """The installation is a hub."""
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"


@pytest.fixture
def loaded(db: None, on_the_hub: None, few_tables: Path) -> None:
    """The hub shows the few tables."""
    service.load(few_tables)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: Any, few_tables: Path) -> Iterator[None]:
    """The few tables, loaded once for a module of pages, in a transaction that is rolled back after its last test."""
    with django_db_blocker.unblock(), override_settings(PANAH_ROLE="hub"):
        around = transaction.atomic()
        # As Django's own tests do: what insists on being outermost is told that this is the edge of a test.
        around._from_testcase = True
        around.__enter__()
        service.load(few_tables)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def shown(loaded_once: None, db: None, on_the_hub: None) -> None:
    """The hub shows the few tables, for a test that only reads. Every test of its module has them."""
