"""A day at the airport of Almaty: 30 workers, and 7 people who are afraid to return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from panah.foundation.access.models import Officer
from tests.people import AFRAID, WORKER, arrives

MORNING = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
Arrive = Callable[..., Any]


@pytest.fixture
def coordinator(officer: Callable[..., Officer]) -> Officer:
    return officer("national_coordinator", display_name="Zarina")


@pytest.fixture
def statistician(officer: Callable[..., Officer]) -> Officer:
    return officer("statistician", display_name="Timur")


@pytest.fixture
def aida(officer: Callable[..., Officer]) -> Officer:
    return officer("border_officer", post="ALA", display_name="Aida")


@pytest.fixture
def arrive(aida: Officer) -> Arrive:
    """So many people arrive: `arrive(30)` workers, `arrive(7, AFRAID, citizenship="AFG")`."""

    def come(many: int, said: dict[str, Any] | None = WORKER, at: datetime = MORNING, **kw: Any) -> None:
        for n in range(many):
            arrives(aida, at, said, **{"sex": "female" if n % 2 else "male", **kw})

    return come


@pytest.fixture
def a_day(arrive: Arrive) -> None:
    arrive(30)
    arrive(7, AFRAID, citizenship="AFG")
