"""The pictures of the hub, for a coordinator and the secretariat: taken of the meeting and the promise of the demo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from panah.cli.demo.accounts import HUB, PASSPHRASE
from panah.cli.demo.promise import CODE
from tests.browser import accounts
from tests.browser.installation import Account, Installation
from tests.journeys.offices import publish


def promised_before(node: Installation, hub: Installation) -> None:
    """The record and the log-ins of the demo on the hub, its meeting and its promise, whose number the node publishes and the
    coordinator signs."""
    day = datetime.now(ZoneInfo("Asia/Almaty")).date().isoformat()
    hub.panah(["record", "load"])
    _steps(hub, "accounts,seated,negotiated,promised", day)
    publish(node, accounts.SAULE, day)
    _steps(hub, "signed", day)


def _steps(hub: Installation, names: str, day: str) -> None:
    command = [sys.executable, "-m", "panah.cli.demo.steps", names, day]
    subprocess.run(command, env=hub.environment, check=True, stdout=subprocess.DEVNULL)


def of_the_hub(at: Any, hub: Installation) -> Iterator[tuple[str, bytes]]:
    """The region, one indicator over time, one of the framework, a corridor, the gaps, a day, a text with its changes, a commitment."""
    page = at(None, "/", hub)
    expect(page.locator("[data-figure=map] svg").first).to_be_visible()
    yield "hub-home", page.screenshot()
    page = at(None, "/indicators/refugees/destination/", hub)
    expect(page.locator("[data-figure=chart] canvas").first).to_be_visible()
    yield "hub-indicator", page.screenshot()
    page = at(None, "/framework/1.05/", hub)
    expect(page.locator("[data-figure=map] svg").first).to_be_visible()
    yield "hub-framework", page.screenshot()
    yield "hub-corridor", at(None, "/corridors/KAZ/RUS/", hub).screenshot()
    page = at(None, "/treaties/", hub)
    page.locator("main table.data").first.evaluate("table => table.scrollIntoView()")
    yield "hub-gaps", page.screenshot()
    yield "hub-day", at(_who("hub-coordinator"), "/my-day/", hub).screenshot()
    yield "hub-draft", at(_who("secretariat"), f"/meetings/{CODE}/draft/marked/", hub).screenshot()
    page = at(_who("hub-coordinator"), "/commitments/", hub)
    page.get_by_role("link", name="KAZ-").first.click()
    page.locator("#figure").evaluate("heading => heading.scrollIntoView()")
    yield "hub-commitment", page.screenshot()


def _who(username: str) -> Account:
    found = next(one for one in HUB if one.username == username)
    return Account(username, found.name, found.roles, password=PASSPHRASE)
