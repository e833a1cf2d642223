"""What statistics may count: codes, no name and no number."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panah.foundation.clock import now
from panah.node.profiling import service
from panah.node.profiling.actions import ConfirmProfile
from panah.node.profiling.service import Countable, age_band


def today() -> date:
    return now().date()


def count() -> list[Countable]:
    return list(service.countable(today() - timedelta(days=1), today() + timedelta(days=1)))


def test_a_person_is_counted_once_with_what_was_decided(act: Any, aida: Any, zahra: Any, propose: Any) -> None:
    propose(zahra)
    act(aida, ConfirmProfile, proposal=propose(zahra).pk, remove={"asylum_seeker": "Said so to the second officer."})
    (one,) = count()
    assert (one.file, one.place, one.sex, one.citizenship, one.confirmed) == (zahra.pk, "ALA", "female", "AFG", True)
    assert "asylum_seeker" not in one.profiles


def test_before_a_decision_the_proposal_is_counted_and_before_it_nothing(zahra: Any, arrive: Any, propose: Any) -> None:
    other = arrive("Рустам", sex="male")
    propose(zahra)
    found = {one.file: one for one in count()}
    assert "asylum_seeker" in found[zahra.pk].profiles
    assert not found[zahra.pk].confirmed
    assert found[other.pk].profiles == ()
    assert found[other.pk].citizenship == "XXX"
    assert found[other.pk].age_band == "unknown"


def test_nothing_that_names_a_person_is_among_what_is_counted() -> None:
    assert {field.name for field in fields(Countable)} == {
        "file",
        "arrived_on",
        "place",
        "entry_mode",
        "profiles",
        "sex",
        "age_band",
        "citizenship",
        "came_from",
        "confirmed",
    }


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 11, 21), "0-4"),
        (date(2021, 11, 22), "0-4"),
        (date(2021, 11, 21), "5-11"),
        (date(2008, 11, 22), "12-17"),
        (date(2008, 11, 21), "18-59"),
        (date(1966, 11, 22), "18-59"),
        (date(1966, 11, 21), "60+"),
        (date(1900, 1, 1), "60+"),
    ],
)
def test_age_bands_turn_on_the_birthday(born: date, band: str) -> None:
    assert age_band(born, born, None, date(2026, 11, 21)) == band


def test_a_birth_that_is_a_range_counts_by_its_latest_day() -> None:
    assert age_band(date(2008, 1, 1), date(2008, 12, 31), None, date(2026, 11, 21)) == "12-17"
    assert age_band(None, None, 40, date(2026, 11, 21)) == "18-59"


def test_the_count_asks_no_more_when_there_are_more_people(arrive: Any, propose: Any) -> None:
    propose(arrive("A", sex="male"))
    with CaptureQueriesContext(connection) as few:
        count()
    for name in "BCD":
        propose(arrive(name, sex="male"))
    with CaptureQueriesContext(connection) as many:
        assert len(count()) == 4
    assert len(few) == len(many)
