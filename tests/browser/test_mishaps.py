"""What goes wrong at a desk: a button pressed twice, a session that ended, two windows on one person, paper, no right to a file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accounts, papers, walks
from tests.browser.installation import Installation, Program
from tests.browser.people import LEYLA
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


def test_a_button_pressed_twice_registers_one_person(node: Installation, windows: Windows) -> None:
    page = windows.open(node, accounts.AIDA)
    page.goto(f"{node.address}/arrivals/new/")
    page.locator("#id_full_name").fill("Gulshan Twiceova")
    page.locator("#person-form .actions button.btn-primary").last.dblclick()
    expect(page.locator("#person-title")).to_be_visible()
    page.goto(f"{node.address}/arrivals/")
    expect(page.get_by_text("Gulshan Twiceova")).to_have_count(1)


def test_an_officer_whose_session_ended_goes_on_at_the_same_question(
    node: Installation, program: Program, windows: Windows
) -> None:
    page = _in_interview(node, program, windows)
    asked = walks.question_asked(page)
    page.context.clear_cookies(name="panah_node_session")
    page.locator("#answer .answer").first.click()
    expect(page.get_by_text("What you sent last was not recorded")).to_be_visible()
    page.locator("#id_username").fill(accounts.AIDA.username)
    page.locator("#id_password").fill(accounts.AIDA.password)
    page.locator("#id_password").press("Enter")
    expect(page.locator("#answer")).to_be_visible()
    assert walks.question_asked(page) == asked


def test_an_answer_in_a_window_whose_interview_ended_elsewhere_says_so(
    node: Installation, program: Program, windows: Windows
) -> None:
    page = _in_interview(node, program, windows)
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("button[name=finish]").dblclick()
    expect(page.locator("#machine-title")).to_be_visible()
    other.locator("#answer .answer").first.click()
    expect(other.locator("#messages")).to_contain_text("ended in another window")
    expect(other.locator("#machine-title")).to_be_visible()


def test_paper_shows_what_is_folded_on_the_screen_and_no_buttons(
    node: Installation, program: Program, windows: Windows
) -> None:
    page = windows.open(node, accounts.AIDA)
    page.goto(f"{node.address}/files/{program.decided(LEYLA)}/")
    expect(page.get_by_text("Who may lift it:").first).not_to_be_visible()
    text = papers.read(page.pdf()).text
    assert "Who may lift it" in text
    assert "Pages of this file" not in text


def _in_interview(node: Installation, program: Program, windows: Windows) -> Page:
    """A window that stands at a question with the four answers."""
    file = program.register(**LEYLA.registration())
    page = windows.open(node, accounts.AIDA)
    page.goto(f"{node.address}/files/{file}/")
    walks.begin_interview(page)
    while not walks.is_yes_no(page):
        walks.answer(page, walks.told(page, LEYLA))
    return page
