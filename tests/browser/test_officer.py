"""The border officer's day, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accounts, papers, walks
from tests.browser.installation import Installation, Program
from tests.browser.keyboard import choose, go_to, write
from tests.browser.people import ZAHRA, ZAHRA_AGAIN
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"BX045-KZ-\d{6}-\d{4}")


def test_an_officer_takes_a_person_from_the_border_to_referral_and_receipt_without_a_mouse(
    node: Installation, program: Program, windows: Windows
) -> None:
    program.register(**ZAHRA.registration())
    page = windows.open(node, accounts.AIDA)
    expect(page.locator("h1")).to_have_text("My day")
    no_barriers(page)
    walks.go_by_menu(page, "/arrivals/")
    expect(page.locator("h1")).to_have_text("Today at the post")
    no_barriers(page)

    number = _register_somebody_who_resembles_a_known_person(page, windows)
    _tell_and_interview(page)
    _decide(page)
    _refer(page)
    _receipt(page, number)


def _register_somebody_who_resembles_a_known_person(page: Page, windows: Windows) -> str:
    walks.paste_zone(page, ZAHRA_AGAIN)
    checks = page.locator("#id_zone_checks li")
    expect(checks.filter(has_text="Whole zone")).to_have_class("check-ok")
    no_barriers(page)
    walks.how_they_came(page, ZAHRA_AGAIN)
    known = page.get_by_role("complementary", name="Perhaps already known")
    expect(known).to_contain_text("Zahra Rahimi")
    expect(known.get_by_role("list").first).to_contain_text("1994")

    # The officer has seen the known file while writing; the form still does not decide that it is the same person.
    walks.register(page)
    if page.get_by_role("heading", name="Is it one of these people?").count():
        walks.register(page)
    expect(page.locator("#messages")).to_contain_text("Registered under the number")
    found = NUMBER.search(page.locator("h1").inner_text())
    assert found
    no_barriers(page)
    return found[0]


def _tell_and_interview(page: Page) -> None:
    walks.begin_interview(page, seen=no_barriers)
    asked = walks.interview(
        page,
        ZAHRA_AGAIN,
        seen={
            "consent.understands": no_barriers,
            "entry.from": no_barriers,
            "protection.left_because": _stop_and_resume,
            "protection.fears_return": _see_the_four_answers_and_go_back,
            "protection.fear_grounds": no_barriers,
        },
    )
    assert "protection.fears_return" in asked
    assert "needs.torture_survivor" in asked
    no_barriers(page)
    walks.finish(page)


def _stop_and_resume(page: Page) -> None:
    """The person needs a rest: the interview waits, and goes on at the same question."""
    asked = walks.question_asked(page)
    page.keyboard.press("s")
    walks.follow(page, page.locator("#stop button[value=rest]"))
    expect(page.locator("h1")).to_have_text("The interview is stopped")
    no_barriers(page)
    walks.follow(page, page.locator("button[name=resume]"))
    assert walks.question_asked(page) == asked


def _see_the_four_answers_and_go_back(page: Page) -> None:
    """None of the four is smaller than the others, and an answer can be taken back before the interview ends."""
    asked = walks.question_asked(page)
    boxes = [answer.bounding_box() for answer in page.locator("[data-answers] .answer").all()]
    assert len(boxes) == 4
    assert len({round(box["height"]) for box in boxes if box}) == 1
    walks.answer(page, "refused")
    assert walks.question_asked(page) != asked
    while walks.question_asked(page) != asked:
        with page.expect_navigation():
            page.keyboard.press("b")
    expect(page.locator("[data-answers] input[value=refused]")).to_be_checked()


def _decide(page: Page) -> None:
    """Reasons with their sources stand there; one profile is added with a reason."""
    proposed = page.locator("section[aria-labelledby=machine-title]")
    asylum = proposed.locator("article", has_text="Asylum-seeker")
    expect(asylum).to_contain_text("Convention relating to the Status of Refugees, art. 1A(2)")
    expect(asylum).to_contain_text("Afraid to return")
    no_barriers(page)
    go_to(page, page.get_by_text("Change something first"))
    page.keyboard.press("Enter")
    choose(page, page.locator("#id_add_1"), "family_separated")
    write(page, page.locator("#id_why_add_1"), "Her brother stayed behind at the last crossing.")
    walks.follow(page, page.get_by_role("button", name="Decide with these changes"))
    expect(page.locator("#messages")).to_contain_text("on record")
    decided = page.get_by_role("region", name="What the officer decided")
    expect(decided).to_contain_text("Her brother stayed behind at the last crossing.")
    expect(decided).to_contain_text("Asylum-seeker")
    no_barriers(page)


def _refer(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("n")
    walks.follow(page, page.locator("main").get_by_role("link", name="Referrals").first)
    no_barriers(page)
    line = page.get_by_role("region", name="Asylum authority")
    expect(line).to_contain_text("Department of Employment and Social Programs")
    expect(line).to_contain_text("What they will see")
    walks.follow(page, page.get_by_role("button", name="Send to: Asylum authority"))
    expect(page.locator("#messages")).to_contain_text("is sent")
    expect(page.get_by_role("button", name="Send to: Asylum authority")).to_have_count(0)
    no_barriers(page)


def _receipt(page: Page, number: str) -> None:
    walks.follow(page, page.get_by_role("link", name="Back to the file"))
    expect(page.locator("main")).to_contain_text("Referred")
    no_barriers(page)
    walks.follow(page, page.get_by_role("link", name="Proposal"))
    link = page.get_by_role("link", name="In the person's language")
    go_to(page, link)
    paper = papers.read(papers.fetched(page, link.get_attribute("href") or ""))
    assert number in paper.text.replace("⁦", "").replace("⁩", "")
    assert paper.fonts
    assert all(embedded for _name, embedded in paper.fonts), paper.fonts
