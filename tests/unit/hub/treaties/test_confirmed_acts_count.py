"""An act that was confirmed on the hub moves indicator 1.01, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from panah.foundation.clock import standing_at
from panah.hub.evidence import service as evidence
from panah.hub.evidence.framework import law
from panah.hub.evidence.models import IndicatorValue
from panah.hub.treaties import service
from panah.hub.treaties.tasks import count_ratified
from tests.hub_people import People
from tests.unit.hub.evidence.conftest import few_tables, on_the_hub
from tests.unit.hub.treaties.test_treaties_reports import reported, verified

__all__ = ["few_tables", "on_the_hub"]

DAY = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def hub(loaded: None, on_the_hub: None, few_tables: Path, people: People) -> People:
    evidence.load(few_tables)
    return people


def ratified(state: str = "KAZ") -> tuple[Any, ...]:
    row = IndicatorValue.objects.get(indicator=law.RATIFIED, state=state)
    return row.numerator, row.denominator, row.facts


def test_an_act_counts_in_the_indicator_once_it_is_confirmed_and_not_before(hub: People) -> None:
    others = IndicatorValue.objects.exclude(indicator=law.RATIFIED).count()
    before, neighbour = ratified(), ratified("KGZ")
    with standing_at(DAY):
        report = reported(hub.kaz)
        assert count_ratified.call() is False
        verified(hub.secretariat, report)
        assert count_ratified.call() is True
        assert count_ratified.call() is False, "what is counted is not counted again"
    after = ratified()
    assert after[:2] == (before[0] + 1, before[1])
    assert after[2].endswith("confirmed=1")
    assert ratified("KGZ")[:2] == neighbour[:2]
    assert IndicatorValue.objects.exclude(indicator=law.RATIFIED).count() == others


def test_figures_that_are_loaded_again_keep_what_was_confirmed(hub: People, few_tables: Path) -> None:
    with standing_at(DAY):
        verified(hub.secretariat, reported(hub.kaz))
        count_ratified.call()
        counted = ratified()
        evidence.load(few_tables)
        assert ratified() == counted
        assert count_ratified.call() is False


def test_what_was_confirmed_is_asked_in_as_many_queries_for_many_acts_as_for_one(
    hub: People, django_assert_num_queries: Any
) -> None:
    with standing_at(DAY):
        assert law.confirmed() is None
        verified(hub.secretariat, reported(hub.kaz))
        with django_assert_num_queries(7):
            law.confirmed()
        for instrument in ("convention-1961", "cat"):
            verified(hub.secretariat, reported(hub.kaz, instrument=instrument))
        with django_assert_num_queries(7):
            found = law.confirmed()
    assert found is not None
    assert (found.acts, found.on) == (3, DAY.date())
    assert found.tallies["KAZ"] == service.tally("KAZ", DAY.date())
