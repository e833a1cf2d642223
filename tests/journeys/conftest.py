"""The two ways of a story: pages and REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from panah.foundation.access.models import Officer
from tests.journeys.drivers import Pages, Rest, Story


@pytest.fixture(params=[Pages, Rest], ids=["pages", "rest"])
def story(request: pytest.FixtureRequest, officer: Callable[..., Officer]) -> Any:
    return Story(request.param(), officer)


@pytest.fixture
def told_by_program(officer: Callable[..., Officer]) -> Story:
    """A story whose first steps a program sends, for those in which the pages come later."""
    return Story(Rest(), officer)


@pytest.fixture(params=[Pages, Rest], ids=["pages", "rest"])
def story_in(request: pytest.FixtureRequest, officer: Callable[..., Officer], settings: Any) -> Callable[..., Story]:
    """A story in another state, by its pack and a border point of it, both ways."""

    def told(pack: str, post: str) -> Story:
        settings.PANAH_PACK = pack
        return Story(request.param(), officer, post=post)

    return told
