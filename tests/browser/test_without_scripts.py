"""An old machine, or scripts that fail: everything still works, with one button more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import accounts, walks
from tests.browser.installation import Installation
from tests.browser.people import MERDAN
from tests.browser.windows import Windows

pytestmark = pytest.mark.browser


def test_without_scripts_a_person_is_registered_and_answers(node: Installation, windows: Windows) -> None:
    windows.watch.answers.add(422)
    page = windows.open(node, accounts.AIDA, scripts=False)
    page.locator("header nav a[href='/arrivals/']").first.click()
    page.get_by_role("link", name="New person").first.click()
    page.locator("#id_zone").fill("\n".join(MERDAN.zone))
    page.get_by_role("button", name="Read the zone").click()
    expect(page.locator("#id_family")).to_have_value("ORAZOW")
    page.locator("#id_language").select_option("tk")
    page.get_by_role("button", name="Register").click()
    if page.get_by_role("heading", name="Is it one of these people?").count():
        page.get_by_role("button", name="Register").click()
    expect(page.locator("#messages")).to_contain_text("Registered under the number")

    page.get_by_role("link", name="Begin the interview").first.click()
    page.locator("#id_understood_group").get_by_label("Yes").check()
    page.get_by_role("button", name="This was told").click()
    page.get_by_role("button", name="First question").click()
    asked = walks.question_asked(page)
    page.locator("[data-answers]").get_by_label("Does not know").check()
    walks.follow(page, page.get_by_role("button", name="Next"))
    assert walks.question_asked(page) not in {"", asked}
