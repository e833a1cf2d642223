"""The demo enters each of its people once, and is not misled by others who are alike."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from panah.cli.demo.people import arrivals
from panah.cli.demo.web import _entered_before

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PERSON = next(iter(arrivals(2012, 1, NOON.date(), ("ALA",), NOON)))
NAME, BORN = PERSON.name.full, PERSON.record["person"]["birth_date"]


@pytest.mark.parametrize(
    ("reasons", "before"),
    [
        ((f"same name: {NAME}", f"same date of birth: {BORN}", "same citizenship"), True),
        ((f"same name: {NAME}", f"same year of birth: {BORN[:4]}"), False),
        (("like name: Somebody Else / " + NAME, f"same date of birth: {BORN}"), False),
    ],
)
def test_only_the_same_name_and_day_of_birth_mean_that_an_earlier_run_entered_the_person(
    reasons: tuple[str, ...], before: bool
) -> None:
    listed = "".join(f"<li><bdi>{reason}</bdi></li>" for reason in reasons)
    page = f"<aside><ul class='because'><li><a href='/files/x/'>{NAME}</a><ul>{listed}</ul></li></ul></aside>"
    assert _entered_before(html.fromstring(page), PERSON) is before
