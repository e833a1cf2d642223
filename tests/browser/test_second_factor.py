"""Signing in with a second factor, in a real browser: an authenticator's code by keyboard alone, and a passkey."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from panah.foundation.factors.codes import code_at
from tests.browser.installation import Account, Installation, free_port
from tests.browser.windows import no_barriers

pytestmark = pytest.mark.browser

DANA = Account("dana", "Dana Abenova", ("supervisor",))


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A node that requires a second factor, as a real one does."""
    node = Installation("node", tmp_path_factory.mktemp("strict"), free_port(), {"PANAH_SECOND_FACTOR": "required"})
    node.open_accounts([DANA])
    with node.served():
        yield node


def signs_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("User name").fill(DANA.username)
    page.get_by_label("Password").fill(DANA.password)
    page.keyboard.press("Enter")


def test_an_authenticator_is_taken_into_use_and_asked_for_and_then_a_passkey(
    strict: Installation, browser: Browser
) -> None:
    address = strict.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(locale="en", reduced_motion="reduce")
    page = context.new_page()
    signs_in(page, address)
    expect(page.locator("h1")).to_have_text("Second factor")
    no_barriers(page)
    page.goto(f"{address}/board/")
    expect(page).to_have_url(f"{address}/second-factor/")
    page.get_by_role("link", name="Add an authenticator").press("Enter")
    no_barriers(page)
    secret = base64.b32decode(page.locator("#secret").inner_text().replace(" ", ""))
    page.get_by_label("What will you call it?").fill("telephone")
    page.get_by_label("The six digits").fill(code_at(secret, datetime.now(UTC)))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Make new recovery codes").press("Enter")
    codes = page.locator("#codes code").all_inner_texts()
    assert len(codes) == 10
    no_barriers(page)
    context.close()

    context = browser.new_context(locale="en", reduced_motion="reduce", java_script_enabled=False)
    page = context.new_page()
    signs_in(page, address)
    expect(page.locator("h1")).to_have_text("Now the second factor")
    page.get_by_label("Code").fill(secrets.choice(codes))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/")
    context.close()


def test_a_passkey_is_made_and_opens_the_day(strict: Installation, browser: Browser) -> None:
    address = strict.address.replace("127.0.0.1", "localhost")
    account = Account("ermek", "Ermek", ("supervisor",))
    strict.panah(account.command(), stdin=f"{account.password}\n")
    context = browser.new_context(locale="en", reduced_motion="reduce")
    page = context.new_page()
    key = context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
    key.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.goto(f"{address}/sign-in/")
    page.get_by_label("User name").fill(account.username)
    page.get_by_label("Password").fill(account.password)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Add a passkey").press("Enter")
    page.get_by_label("What will you call it?").fill("key")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("User name").fill(account.username)
    page.get_by_label("Password").fill(account.password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use a passkey").press("Enter")
    expect(page).to_have_url(f"{address}/")
    context.close()
