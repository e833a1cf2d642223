"""The national coordinator counts, signs and publishes; the hub shows it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accounts, walks
from tests.browser.installation import Installation, Program
from tests.browser.keyboard import write
from tests.browser.people import FARRUKH, ZAHRA
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser

ENOUGH_TO_BE_COUNTED = 12
"""A cell below ten never leaves (the lowest threshold of the disclosure rules)."""


def test_what_the_coordinator_signs_stands_on_the_hub_with_its_withheld_cells(
    node: Installation, hub: Installation, program: Program, windows: Windows
) -> None:
    for _ in range(ENOUGH_TO_BE_COUNTED):
        program.interview(program.register(**FARRUKH.registration()), FARRUKH.record())
    program.interview(program.register(**ZAHRA.registration()), ZAHRA.record())

    page = windows.open(node, accounts.SAULE)
    walks.follow(page, page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Statistics"))
    no_barriers(page)
    today = datetime.now(ZoneInfo("Asia/Almaty")).date().isoformat()
    write(page, page.locator("#id_period"), today)
    walks.follow(page, page.get_by_role("button", name="Count and protect"))
    sign = page.get_by_role("button", name="Sign and publish")
    expect(sign).to_be_visible(timeout=60_000)
    expect(page.locator("main")).to_contain_text("Why each number is withheld")
    no_barriers(page)
    walks.follow(page, sign)
    expect(page.locator("#messages")).to_contain_text("Signed")
    no_barriers(page)
    _wait_for_receipt(page)

    public = windows.open(hub)
    walks.follow(public, public.get_by_role("navigation").get_by_role("link", name="Published by states"))
    no_barriers(public)
    walks.follow(public, public.locator("table.data a").first)
    expect(public.locator("h1")).to_be_visible()
    expect(public.locator("main")).to_contain_text("Kazakhstan")
    expect(public.get_by_role("heading", name="Withheld numbers")).to_be_visible()
    no_barriers(public)


def _wait_for_receipt(page: Page) -> None:
    """The worker hands the message over; the page is opened anew until the hub's answer stands there."""
    for _ in range(60):
        if page.get_by_text("Received by the hub").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"The hub's receipt never came: {page.locator('main').inner_text()[:600]}")
