"""What the body that receives a referral does, and what the sender sees of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import accounts, walks
from tests.browser.installation import Installation, Program
from tests.browser.keyboard import pick, write
from tests.browser.people import LEYLA
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser

REMARK = "Claim registered; the certificate was handed over."


def test_a_body_accepts_a_referral_and_ends_it_with_an_outcome_that_the_sender_sees_on_the_file(
    node: Installation, program: Program, windows: Windows
) -> None:
    file = program.decided(LEYLA)
    referral = program.refer(file, "asylum_authority")

    page = windows.open(node, accounts.CHAROS)
    expect(page.locator("h1")).to_have_text("My day")
    walks.go_by_menu(page, "/queue/")
    expect(page.locator("h1")).to_have_text("Referrals to us")
    no_barriers(page)
    walks.follow(page, page.locator(f"a[href*='{referral}']"))
    expect(page.locator("main")).to_contain_text("Leyla Nazari")
    no_barriers(page)
    with page.expect_navigation():
        page.keyboard.press("a")
    pick(page, page.locator("#id_outcome_group"), "registered")
    no_barriers(page)
    write(page, page.locator("form:has([name=outcome]) #id_remark"), REMARK)
    walks.follow(page, page.get_by_role("button", name="Done, with this outcome"))
    expect(page.locator("main")).to_contain_text("Registered as an asylum-seeker")

    sender = windows.open(node, accounts.AIDA)
    sender.goto(f"{node.address}/files/{file}/")
    expect(sender.locator("main")).to_contain_text("Registered as an asylum-seeker")
    walks.follow(sender, sender.locator("main").get_by_role("link", name="Referrals").first)
    line = sender.get_by_role("region", name="Asylum authority")
    expect(line).to_contain_text("Done: Registered as an asylum-seeker")
    expect(line).to_contain_text(REMARK)


def test_another_body_never_learns_of_the_referral(node: Installation, program: Program, windows: Windows) -> None:
    referral = program.refer(program.decided(LEYLA), "legal_aid")
    windows.watch.answers.add(404)
    page = windows.open(node, accounts.CHAROS)
    expect(page.locator(f"a[href*='{referral}']")).to_have_count(0)
    page.goto(f"{node.address}/queue/{referral}/")
    expect(page.locator("h1")).to_have_text("There is nothing here for you")
    no_barriers(page)
