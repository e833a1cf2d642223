"""A node and a hub that really run, and windows of chromium for the people of the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.installation import Installation, Program
from tests.browser.offices import Offices, opened_offices
from tests.browser.windows import Windows, chromium


@pytest.fixture(scope="session")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """Node and hub, set up as the how-to says and served until the last journey is over."""
    with opened_offices(tmp_path_factory.mktemp("offices")) as offices:
        yield offices


@pytest.fixture(scope="session")
def node(offices: Offices) -> Installation:
    return offices.node


@pytest.fixture(scope="session")
def hub(offices: Offices) -> Installation:
    return offices.hub


@pytest.fixture(scope="session")
def program(offices: Offices) -> Program:
    """Lets people be there before a journey begins, through the REST interface."""
    return offices.program


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed with this room's last test: as long as it is open, its event loop runs in this thread, and Django asks no database beside one."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    return {}


@pytest.fixture
def windows(browser: Browser, sessions: dict[str, Any]) -> Iterator[Windows]:
    """What the browser complains of while the test runs fails it."""
    opened = Windows(browser, sessions)
    yield opened
    opened.close()
    assert opened.watch.complaints == []
