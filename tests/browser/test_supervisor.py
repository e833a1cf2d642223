"""The supervisor, and an act of force that a hold stops."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accounts, walks
from tests.browser.installation import Installation, Program
from tests.browser.keyboard import choose, press, write
from tests.browser.people import MERDAN
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser


def test_an_act_of_force_is_stopped_by_a_hold_and_stands_on_the_board(
    node: Installation, program: Program, windows: Windows
) -> None:
    file = program.decided(MERDAN)
    page = windows.open(node, accounts.MARAT)
    before = _tried(page, node)
    no_barriers(page)

    page.goto(f"{node.address}/files/{file}/")
    expect(page.get_by_role("region", name="holds stand")).to_contain_text("No removal")
    no_barriers(page)
    walks.follow(page, page.get_by_role("link", name="Before an act of force"))
    no_barriers(page)
    choose(page, page.locator("#id_act"), "removal")
    write(page, page.locator("#id_legal_ground"), "Code of administrative offences, decision 12 of this year")
    write(page, page.locator("#id_reason"), "The permitted stay has run out and no other way was found.")
    windows.watch.answers.add(409)
    walks.follow(page, page.get_by_role("button", name="Ask whether the act may go on"))

    expect(page.locator("h1")).to_contain_text("Not done: removal")
    stop = page.locator("article.stop-page")
    expect(stop).to_contain_text("No removal")
    expect(stop).to_contain_text("The attempt is recorded")
    assert stop.locator("form, input, button[name]").count() == 0
    no_barriers(page)

    assert _tried(page, node) == before + 1
    walks.follow(page, page.get_by_role("link", name="Attempts that a hold stopped"))
    expect(page.locator("table.data")).to_contain_text("removal")
    no_barriers(page)


def test_the_numbers_of_the_board_open_their_lists(node: Installation, program: Program, windows: Windows) -> None:
    program.decided(MERDAN)
    page = windows.open(node, accounts.MARAT)
    with page.expect_navigation():
        page.keyboard.press("b")
    tiles = page.locator(".tiles a").evaluate_all("(links) => links.map((link) => link.href)")
    assert len(tiles) >= 5
    for address in tiles:
        page.goto(address)
        expect(page.locator("main table.data, main .empty").first).to_be_visible()
    press(page, page.get_by_role("link", name="Board").first)


def _tried(page: Page, node: Installation) -> int:
    """The number of attempts on the board."""
    page.goto(f"{node.address}/board/")
    tile = page.locator(".tile", has_text="Attempts that a hold stopped")
    return int(tile.locator(".tile-number").inner_text())


def test_every_link_on_a_file_opens_for_the_one_who_sees_it(
    node: Installation, program: Program, windows: Windows
) -> None:
    file = program.decided(MERDAN)
    for account in (accounts.AIDA, accounts.MARAT):
        page = windows.open(node, account)
        page.goto(f"{node.address}/files/{file}/")
        for address in page.locator("main a").evaluate_all("(links) => links.map((link) => link.href)"):
            answer = page.context.request.get(address)
            assert answer.ok, f"{account.name} is led to {address}, which answers {answer.status}"
