"""What anybody sees on the hub."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
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


@pytest.mark.parametrize(
    "path", ["/framework/", "/framework/1.05/", "/points/P1/", "/corridors/", "/corridors/KAZ/RUS/"]
)
def test_pages_of_indicators_and_corridors_have_no_barriers(hub: Installation, windows: Windows, path: str) -> None:
    page = windows.open(hub)
    page.goto(hub.address + path)
    no_barriers(page)


def test_a_map_and_a_chart_are_saved_as_pictures_with_their_sources(
    hub: Installation, windows: Windows, tmp_path: Path
) -> None:
    page = windows.open(hub)
    page.goto(f"{hub.address}/framework/1.05/")
    for kind in ("map", "chart"):
        figure = page.locator(f"[data-figure={kind}]").first
        with page.expect_download() as started:
            figure.locator("[data-picture]").click()
        path = tmp_path / f"{kind}.png"
        started.value.save_as(path)
        with Image.open(path) as picture:
            assert picture.width == 1280
            assert picture.height > 500
            # Caption and sources are written on it: it is not one colour at its foot.
            foot = picture.convert("L").crop((0, picture.height - 120, 900, picture.height - 20))
            assert len(foot.getcolors(256) or ()) > 10


@pytest.mark.parametrize("language", ["en", "ru"])
def test_on_a_phone_the_menu_is_one_row_and_shows_where_the_reader_is(
    hub: Installation, windows: Windows, language: str
) -> None:
    page = windows.open(hub, language=language, width=360)
    page.goto(f"{hub.address}/sources/")
    menu = page.locator(".main-menu ul").bounding_box()
    here = page.locator(".main-menu [aria-current]").bounding_box()
    assert menu is not None
    assert here is not None
    assert menu["height"] < 60
    assert menu["x"] <= here["x"]
    assert here["x"] + here["width"] <= menu["x"] + menu["width"]
    no_barriers(page, looks=[(360, "light")])
