"""The same windows in chromium: a real browser asks the program of this test, which answers at the moment and in the database of the story.

The browser is moved from a thread of its own: Playwright runs a loop in its thread, and Django gives a thread with a loop other connections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context, copy_context
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread
from lxml import html
from playwright.sync_api import Browser, Locator, Page, Response, TimeoutError

from panah.foundation.access.models import Officer
from tests.browser.windows import Watch, chromium
from tests.journeys.drivers import Pages
from tests.journeys.reader import FINE, TIMED, Window, made_now, plain

_PATIENCE = 10_000

# A person opens what is folded before they press what is in it.
_UNFOLD = """
(one) => {
    const folded = [];
    for (let at = one.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS" && !at.open) folded.unshift(at);
    folded.forEach((at) => at.querySelector(":scope > summary").click());
}
"""
# What keeps a browser from sending a form, with its own words.
_LACKS = """
() => [...document.querySelectorAll("form :invalid")].map((one) => `${one.name} (${one.type}): ${one.validationMessage}`)
"""


class _Told(StaticFilesHandler):
    """Answers one request after the other, each where the clock of the story stands."""

    standing: Context = copy_context()
    _turn = Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with self._turn:
            return _Told.standing.copy().run(super().__call__, environ, start_response)

    def serve(self, request: Any) -> Any:
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=3600"
        return answer


class _Requests(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """The one connection is the test's, in the midst of its transaction."""


class _Server(LiveServerThread):
    server_class = _Requests


@contextmanager
def served() -> Iterator[str]:
    """The program of this process on a loopback port, with the connection to the database that its tests have. It ends with that connection."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    # Each request would close it, in the midst of the test's transaction.
    shared.close_if_unusable_or_obsolete = lambda: None
    server = _Server("127.0.0.1", _Told, connections_override={"default": shared})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


class Hand:
    """The one thread that moves the browser; who asks waits until it is done."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._chromium = chromium()
        self.browser: Browser = self.does(self._chromium.__enter__)

    def does(self, act: Callable[[], Any]) -> Any:
        return self._thread.submit(act).result()

    def rests(self) -> None:
        self.does(lambda: self._chromium.__exit__(None, None, None))
        self._thread.shutdown()


class Screens(Pages):
    """What `Pages` does, with a keyboard and a mouse in chromium."""

    name = "browser"

    def __init__(self, hand: Hand, address: str) -> None:
        super().__init__()
        self.hand, self.base, self.watch = hand, address, Watch()
        self._screens: dict[UUID, Screen] = {}
        self._unseen: dict[UUID, Window] = {}

    def window(self, officer: Officer) -> Window:
        if officer.pk not in self._screens:
            self._screens[officer.pk] = Screen(officer, self)
        return self._screens[officer.pk]

    def _where(self, clerk: Officer, page: Window, *, in_story: bool) -> Window:
        """An interview has forty questions: those that the story does not answer are passed by in a window without a screen."""
        wanted = self.window(clerk) if in_story else self._unseen.setdefault(clerk.pk, Window(clerk))
        return page if page is wanted else wanted.open(page.address)

    def close(self) -> None:
        for one in self._screens.values():
            self.hand.does(one.tab.context.close)


class Screen(Window):
    """A window of chromium. What it shows is read as every `Window` is read; what is done in it the browser does."""

    def __init__(self, officer: Officer, screens: Screens) -> None:
        super().__init__(officer)
        self._base, self._watch, self._hand = screens.base, screens.watch, screens.hand
        self.tab: Page = self._hand.does(self._tab)

    def _tab(self) -> Page:
        context = self._hand.browser.new_context(
            viewport={"width": 1280, "height": 900}, timezone_id="Asia/Almaty", reduced_motion="reduce"
        )
        context.set_default_timeout(_PATIENCE)
        context.add_cookies([{"name": "panah_language", "value": "en", "url": self._base}])
        self._watch.over(context)
        tab = context.new_page()
        tab.on("response", self._answered)
        return tab

    def open(self, address: str = "/", expecting: int = FINE) -> Window:
        self.client.force_login(self.officer, backend="panah.foundation.access.backend.OfficerBackend")
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value

        def goes() -> None:
            self.tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self._base}])
            self.tab.goto(self._base + address, wait_until="domcontentloaded")

        return self._done(goes, expecting)

    def follow(self, words: str, n: int = 0) -> Window:
        links = [(one, plain(one.text_content())) for one in self._page.iter("a")]
        found = [one for one, text in links if text == words] or [one for one, text in links if words in text]
        assert len(found) > n, f"No link '{words}' on {self.address}. There are: {self.links()}"
        return self._done(lambda: self._pressed(self._element(found[n])), FINE)

    def follow_in_row(self, words: str, link: str) -> Window:
        rows = [row for row in self._page.iter("tr") if words in plain(row.text_content())]
        found = [one for row in rows for one in row.iter("a") if link in plain(one.text_content())]
        assert found, f"No line '{words}' with '{link}' on {self.address}: {self.text[:500]}"
        return self._done(lambda: self._pressed(self._element(found[0])), FINE)

    def send_form(self, form: Any, expecting: int = FINE, button: str = "", **said: Any) -> Window:
        for name in said:
            assert name in form.fields, f"No field '{name}' on {self.address}. There are: {sorted(form.fields.keys())}"
        pressed = next(one for one in form.iter("button") if not button or self._is(one, button))
        act = made_now()

        def fills_in_and_presses() -> None:
            on_screen = self._element(form)
            for name, value in said.items():
                self._typed(on_screen, name, value)
            for name in TIMED:
                for hidden in on_screen.locator(f'input[type="hidden"][name="{name}"]').all():
                    hidden.evaluate("(one, value) => { one.value = value }", act)
            self._pressed(self._element(pressed))

        return self._done(fills_in_and_presses, expecting)

    def _typed(self, form: Locator, name: str, value: Any) -> None:
        """One field, as its kind is filled in."""
        places = form.locator(f'[name="{name}"]')
        if isinstance(value, bool):
            self._ticked(places.first, value)
        elif isinstance(value, list | tuple | set):
            if places.first.evaluate("one => one.tagName") == "SELECT":
                places.first.select_option([str(one) for one in value])
            else:
                for one in places.all():
                    self._ticked(one, one.get_attribute("value") in {str(each) for each in value})
        elif places.first.get_attribute("type") == "radio":
            self._ticked(form.locator(f'[name="{name}"][value="{value}"]'), True)
        elif places.first.evaluate("one => one.tagName") == "SELECT":
            self._seen(places.first).select_option(str(value))
        elif places.first.get_attribute("type") == "hidden":
            raise AssertionError(f"The field '{name}' on {self.address} is hidden: nobody can fill it in.")
        else:
            self._seen(places.first).fill(str(value))

    def _ticked(self, place: Locator, wanted: bool) -> None:
        """With the space bar: a tap on an answer of the interview also sends it."""
        if self._seen(place).is_checked() != wanted:
            place.press("Space")

    @staticmethod
    def _seen(place: Locator) -> Locator:
        place.evaluate(_UNFOLD)
        return place

    def _pressed(self, place: Locator) -> None:
        self._seen(place)
        try:
            with self.tab.expect_navigation(wait_until="domcontentloaded"):
                place.click()
        except TimeoutError as error:
            raise AssertionError(
                f"The browser stays on {self.address}. It lacks: {self.tab.evaluate(_LACKS)}"
            ) from error

    def _done(self, act: Callable[[], object], expecting: int) -> Window:
        """Something that leads to a page, at the moment where the clock stands here."""
        _Told.standing = copy_context()
        self._watch.answers = {expecting} - {FINE}
        content = self._hand.does(lambda: (act(), self.tab.content())[1])
        parts = urlsplit(self.tab.url)
        self.address = parts.path + (f"?{parts.query}" if parts.query else "")
        self._page = html.fromstring(content)
        for unseen in self._page.xpath("//noscript | //template"):
            unseen.drop_tree()
        assert self.status == expecting, f"{self.address} answered {self.status}: {self._said()}"
        assert self._watch.complaints == []
        return self

    def _answered(self, answer: Response) -> None:
        asked = answer.request
        if asked.is_navigation_request() and asked.frame == self.tab.main_frame and not 300 <= answer.status < 400:
            self.status = answer.status

    def _element(self, one: Any) -> Locator:
        """The element of the screen that was read as this one."""
        return self.tab.locator(one.tag).nth(list(self._page.iter(one.tag)).index(one))
