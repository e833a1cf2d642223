"""What anybody sees on the hub."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import walks
from tests.browser.installation import Installation
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser


def test_a_figure_leads_from_the_map_to_its_course_its_breaks_and_its_source(
    hub: Installation, windows: Windows
) -> None:
    page = windows.open(hub)
    expect(page.locator("[data-figure=map] svg a")).to_have_count(10)
    no_barriers(page)
    walks.follow(page, page.get_by_role("link", name="Over time, definition and doubts"))
    expect(page.locator("[data-figure=chart] canvas").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("United Nations High Commissioner for Refugees")
    no_barriers(page)


@pytest.mark.parametrize("path", ["/states/KAZ/", "/doubts/", "/sources/"])
def test_pages_of_figures_have_no_barriers(hub: Installation, windows: Windows, path: str) -> None:
    page = windows.open(hub)
    page.goto(hub.address + path)
    no_barriers(page)
