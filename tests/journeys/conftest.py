"""The three ways of a story: pages read as a program reads them, pages in chromium, and REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from panah.foundation.access.models import Officer
from tests.journeys.drivers import Driver, Pages, Rest, Story

WAYS = [
    pytest.param("pages", id="pages"),
    pytest.param("rest", id="rest"),
    pytest.param("browser", id="browser", marks=pytest.mark.browser),
]


@pytest.fixture(scope="session")
def chromium_of_stories(django_db_setup: None) -> Iterator[tuple[Any, str]]:
    """A browser, and where the program of this process answers it."""
    from tests.journeys.screens import Hand, served

    hand = Hand()
    with served() as address:
        yield hand, address
    hand.rests()


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, db: None) -> Iterator[Driver]:
    if request.param != "browser":
        yield Pages() if request.param == "pages" else Rest()
        return
    from tests.journeys.screens import Screens

    screens = Screens(*request.getfixturevalue("chromium_of_stories"))
    yield screens
    screens.close()
    assert screens.watch.complaints == []


@pytest.fixture
def story(way: Driver, officer: Callable[..., Officer]) -> Story:
    return Story(way, officer)


@pytest.fixture
def told_by_program(officer: Callable[..., Officer]) -> Story:
    """A story whose first steps a program sends, for those in which the pages come later."""
    return Story(Rest(), officer)


@pytest.fixture
def story_in(way: Driver, officer: Callable[..., Officer], settings: Any) -> Callable[..., Story]:
    """A story in another state, by its pack and a border point of it, every way."""

    def told(pack: str, post: str) -> Story:
        settings.PANAH_PACK = pack
        return Story(way, officer, post=post)

    return told
