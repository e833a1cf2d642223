"""The catalogue in a real browser: nothing that axe finds, no refused content, everything by keyboard, and the same
without scripts. Nobody is signed in and no database is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

from panah.web import context, navigation

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.unit.web.addresses")]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses here hold the shared pages only, so that no entry of a room's menu would lead anywhere."""
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(context, "_providers", [])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), server_class=Server, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page and waits for its charts and maps. What the browser complains of fails the test."""
    complaints: list[str] = []
    windows = []

    def open_page(
        path: str, *, width: int = 1280, dark: bool = False, language: str = "en", scripts: bool = True
    ) -> Page:
        window = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        windows.append(window)
        window.add_cookies([{"name": "panah_language", "value": language, "url": address}])
        page = window.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        if scripts:
            expect(page.locator("[data-figure] details[open]")).to_have_count(0)
        return page

    yield open_page
    for window in windows:
        window.close()
    assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("path", "language"), [("/design/", "en"), ("/design/?errors", "ru"), ("/design/?in=fa&errors", "en")]
)
def test_the_catalogue_has_no_barrier_that_axe_finds(
    opened: Callable[..., Page], path: str, language: str, dark: bool, width: int
) -> None:
    page = opened(path, width=width, dark=dark, language=language)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"


@pytest.mark.parametrize("path", ["/sign-in/", "/keys/"])
def test_the_shared_pages_have_no_barrier_that_axe_finds(opened: Callable[..., Page], path: str) -> None:
    found = Axe().run(opened(path, width=360, language="ru"))
    assert found.violations_count == 0, found.generate_report()


def test_no_letters_are_smaller_than_16_pixels(opened: Callable[..., Page]) -> None:
    page = opened("/design/?errors", language="ru")
    smallest = page.evaluate(
        """Math.min(...[...document.querySelectorAll("body *")]
            .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .map((e) => parseFloat(getComputedStyle(e).fontSize) * (e.closest("svg")?.getScreenCTM().a || 1)))"""
    )
    assert smallest >= 15.99


def test_a_question_is_answered_by_one_key(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.keyboard.press("4")
    page.wait_for_url("**answer=refused**")
    expect(page.locator("input[value=refused]")).to_be_checked()


def test_arrows_only_choose_and_enter_sends(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.locator("input[value=yes]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=no]")).to_be_checked()
    assert "answer=" not in page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**answer=no**")


def test_a_tap_on_an_answer_sends_it(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.get_by_text("Does not know").first.click()
    page.wait_for_url("**answer=unknown**")


def test_the_question_mark_opens_the_keys_of_this_page_and_escape_closes_them(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("New person")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("n")
    page.wait_for_url("**#form")


def test_single_keys_can_be_turned_off_and_never_work_while_writing(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.locator("#id_name").focus()
    page.keyboard.type("14?n")
    expect(page.locator("#id_name")).to_have_value("14?n")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn single keys off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("n")
    assert page.url.endswith("/design/")


def test_the_keyboard_reaches_the_content_first_and_every_control_shows_where_it_is(
    opened: Callable[..., Page],
) -> None:
    page = opened("/design/?in=fa")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # Every stop of a walk through the page has an outline, or stands in an answer that has one.
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const at = document.activeElement, frame = at.closest(".answer") || at;
                return at === document.body || getComputedStyle(frame).outlineStyle !== "none"; }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_a_menu_opens_and_closes_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened("/design/", width=360)
    menu = page.locator("details.menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator(".menu-body")).to_be_visible()
    box = menu.locator(".menu-body").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    expect(menu.locator(".menu-body")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_scanned_lines_are_checked_while_they_come_in(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    page.locator("#id_zone").fill(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    )
    expect(page.locator("#id_zone_checks")).to_contain_text("agrees")
    page.locator("#id_zone").fill("P<UTO")
    expect(page.locator("#id_zone_checks")).to_contain_text("1 line")


def test_charts_and_maps_are_drawn_and_their_tables_stay(opened: Callable[..., Page]) -> None:
    page = opened("/design/")
    assert page.locator("[data-figure=chart] canvas").count() == 2
    map_drawing = page.locator("[data-figure=map] svg").first
    expect(map_drawing.locator("a")).to_have_count(10)
    expect(map_drawing.locator("text", has_text="761,002")).to_have_count(1)
    assert page.locator("[data-figure] table").count() == 3


def test_without_scripts_the_page_still_says_and_does_everything(opened: Callable[..., Page]) -> None:
    page = opened("/design/", scripts=False)
    expect(page.locator("[data-figure=chart] table").first).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.get_by_text("Does not know").first.click()
    page.get_by_role("button", name="Next question").click()
    page.wait_for_url("**answer=unknown**")
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("link", name="Справка по клавишам").click()
    page.wait_for_url("**/keys/")
