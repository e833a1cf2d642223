"""Real chromium, watched: whatever it complains of, and every request to another machine, fails the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, Response, sync_playwright

from tests.browser.installation import Account, Installation
from tests.browser.keyboard import go_to

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOOKS = [(width, scheme) for width in (1280, 360) for scheme in ("light", "dark")]

# What sticks out of the page, without what scrolls inside a part of it.
_TOO_WIDE = """
() => {
    const page = document.documentElement;
    if (page.scrollWidth <= innerWidth) return [];
    const held = (one) => {
        for (let at = one.parentElement; at && at !== document.body; at = at.parentElement)
            if (getComputedStyle(at).overflowX !== "visible") return true;
        return false;
    };
    const out = [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1) && !held(one);
    });
    return [`${page.scrollWidth} px`, ...out.map((one) => one.outerHTML.slice(0, 200))];
}
"""
_REFUSED = re.compile(r"responded with a status of (\d+)")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@dataclass
class Watch:
    """What browsers complain of while a test runs. `answers` are statuses beyond success that the test asks for."""

    complaints: list[str] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._script)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _script(self, error: Any) -> None:
        where = error.page.url if error.page else "a page that is closed"
        self.complaints.append(f"script: {getattr(error.error, 'stack', error.error)} at {where}")

    def _console(self, message: Any) -> None:
        # A page that answers 422 is also written to the console; the response itself is judged below.
        if message.type in {"error", "warning"} and not _REFUSED.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOOPBACK:
            self.complaints.append(f"request to another machine: {request.url}")

    def _failed(self, request: Request) -> None:
        # ERR_ABORTED: the browser itself let go of it, for a download or because the person went on to another page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed request: {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.answers:
            self.complaints.append(f"{response.request.method} {response.url} was answered with {response.status}")


class Windows:
    """Opens windows of people. An account signs in once, through the page, and keeps its session for later windows."""

    def __init__(self, browser: Browser, sessions: dict[str, Any]) -> None:
        self.watch = Watch()
        self._browser = browser
        self._sessions = sessions
        self._open: list[BrowserContext] = []

    def open(
        self,
        installation: Installation,
        account: Account | None = None,
        *,
        language: str = "",
        width: int = 1280,
        scripts: bool = True,
    ) -> Page:
        """A window of its own, at the first page of the account. Without an account nobody is signed in."""
        state = self._signed_in(installation, account) if account else None
        context = self._context(width, scripts, state)
        language = language or (account.language if account else "en")
        context.add_cookies([{"name": "panah_language", "value": language, "url": installation.address}])
        page = context.new_page()
        page.goto(f"{installation.address}/")
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()
        self._open.clear()

    def _context(self, width: int, scripts: bool, state: Any) -> BrowserContext:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            storage_state=state,
            timezone_id="Asia/Almaty",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        self.watch.over(context)
        self._open.append(context)
        return context

    def _signed_in(self, installation: Installation, account: Account) -> Any:
        key = f"{installation.role}:{account.username}"
        if key not in self._sessions:
            page = self._context(1280, True, None).new_page()
            page.goto(f"{installation.address}/sign-in/")
            sign_in(page, account)
            self._sessions[key] = page.context.storage_state()
        return self._sessions[key]


def sign_in(page: Page, account: Account) -> None:
    """Name, Tab, password, Enter."""
    go_to(page, page.locator("#id_username"))
    page.keyboard.type(account.username)
    page.keyboard.press("Tab")
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def no_barriers(page: Page, *, looks: list[tuple[int, str]] = LOOKS) -> None:
    """Nothing that axe finds, and nothing wider than the screen, at both widths, in light and in dark."""
    axe, before = Axe(), page.viewport_size
    page.evaluate(axe.axe_script)
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("document.fonts.ready")
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
        told = [
            f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert not told, f"{page.url} at {width} px, {scheme}:\n" + "\n".join(told)
        wide = page.evaluate(_TOO_WIDE)
        assert not wide, f"{page.url} is wider than {width} px because of:\n" + "\n".join(wide)
    if before:
        page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
