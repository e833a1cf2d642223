"""Russian for the officer, Persian for the person, and a page that runs from right to left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from panah.foundation.languages import LANGUAGES
from tests.browser import accounts, papers, walks
from tests.browser.installation import Account, Installation, Program
from tests.browser.people import FARRUKH, LEYLA, MERDAN, ZAHRA, ZAHRA_AGAIN
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser

TEXTS = """
() => {
    const ours = (element) => element.closest("[lang]").lang === document.documentElement.lang;
    const said = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (said.nextNode()) {
        const within = said.currentNode.parentElement;
        if (ours(within) && !within.closest("script, style, code, kbd, .code, bdi, datalist")) texts.push(said.currentNode.data.trim());
    }
    for (const name of ["aria-label", "placeholder", "title", "data-failed", "data-offline"])
        for (const one of document.querySelectorAll(`[${name}]`)) if (ours(one)) texts.push(one.getAttribute(name));
    return texts;
}
"""
NAMES = re.compile(
    "|".join(
        [
            "Panah|UNHCR|IOM|SDMX|HXL|PDF|PNG|CSV|XLSX|JSON|UTC|kaz",
            *(language.name for language in LANGUAGES),
            *(account.name for account in accounts.OF_THE_NODE),
            *(part for one in (ZAHRA, ZAHRA_AGAIN, LEYLA, FARRUKH, MERDAN) for part in (one.family, one.given)),
            r"[A-Z]{1,5}\d[\w-]*|KZ-\d+",
        ]
    ),
    re.I,
)
WORDS = re.compile(r"[A-Za-z]{2,}")


def no_english(page: Page) -> None:
    """Every text of ours on the page is Russian. Names, codes and what is marked as another language are left out."""
    left = [text for text in page.evaluate(TEXTS) if WORDS.search(NAMES.sub("", text))]
    assert left == [], f"{page.url}: {left}"


def test_the_officers_first_steps_are_russian_throughout(
    node: Installation, program: Program, windows: Windows
) -> None:
    program.register(**ZAHRA.registration())
    page = windows.open(node, accounts.AIDA, language="ru")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    no_english(page)
    walks.go_by_menu(page, "/arrivals/")
    no_english(page)
    walks.paste_zone(page, LEYLA)
    walks.how_they_came(page, LEYLA)
    no_english(page)
    walks.register(page)
    no_english(page)
    walks.begin_interview(page, seen=no_english)
    walks.interview(page, LEYLA, seen=no_english)
    no_english(page)
    walks.finish(page)
    no_english(page)


PAGES: list[tuple[Account | None, str]] = [
    (None, "/sign-in/"),
    (None, "/keys/"),
    (accounts.AIDA, "/arrivals/groups/new/"),
    (accounts.AIDA, "/search/"),
    (accounts.AIDA, "/notices/"),
    (accounts.AIDA, "/receipts/"),
    (accounts.AIDA, "/files/FILE/"),
    (accounts.AIDA, "/files/FILE/amend/"),
    (accounts.AIDA, "/files/FILE/proposal/"),
    (accounts.AIDA, "/files/FILE/referrals/"),
    (accounts.AIDA, "/files/FILE/coercive-act/"),
    (accounts.CHAROS, "/queue/"),
    (accounts.CHAROS, "/queue/REFERRAL/"),
    (accounts.MARAT, "/board/"),
    (accounts.MARAT, "/board/holds/"),
    (accounts.MARAT, "/files/FILE/close/"),
    (accounts.SAULE, "/statistics/"),
]


@pytest.fixture(scope="module")
def referred(program: Program) -> tuple[str, str]:
    """A file with a referral, and the referral."""
    file = program.decided(LEYLA)
    return file, program.refer(file, "asylum_authority")


@pytest.mark.parametrize(("account", "path"), PAGES, ids=[path for _account, path in PAGES])
def test_pages_of_the_node_are_russian(
    node: Installation, windows: Windows, referred: tuple[str, str], account: Account | None, path: str
) -> None:
    page = windows.open(node, account, language="ru")
    page.goto(node.address + path.replace("FILE", referred[0]).replace("REFERRAL", referred[1]))
    no_english(page)


@pytest.mark.parametrize("path", ["/", "/indicators/refugees/destination/", "/states/KAZ/", "/doubts/", "/published/"])
def test_pages_of_the_hub_are_russian(hub: Installation, windows: Windows, path: str) -> None:
    page = windows.open(hub, language="ru")
    page.goto(hub.address + path)
    no_english(page)


def test_a_person_who_speaks_persian_reads_questions_and_receipt_in_persian(
    node: Installation, program: Program, windows: Windows
) -> None:
    file = program.register(**ZAHRA.registration())
    page = windows.open(node, accounts.AIDA)
    page.goto(f"{node.address}/files/{file}/")
    walks.begin_interview(page)
    while walks.question_asked(page) != "protection.fears_return":
        walks.answer(page, walks.told(page, ZAHRA))

    question = page.locator(".question-person")
    expect(question).to_have_attribute("lang", "fa")
    expect(question).to_have_css("direction", "rtl")
    assert re.search(r"[\u0600-\u06ff]{3}", question.inner_text())
    officers = page.locator(".question-officer")
    expect(officers).to_have_css("direction", "ltr")
    assert _size(question.evaluate("(e) => getComputedStyle(e).fontSize")) > _size(
        officers.evaluate("(e) => getComputedStyle(e).fontSize")
    )
    expect(page.locator(".answer-person").first).to_have_attribute("dir", "rtl")
    no_barriers(page)

    paper = papers.read(papers.fetched(page, f"/files/{file}/receipt.pdf"))
    assert re.search(r"BX045-KZ-\d{6}-\d{4}", paper.text)
    assert len(re.findall(r"[\u0600-\u06ff\ufb50-\ufefc]{2,}", paper.text)) > 30
    assert any("vazirmatn" in name for name, _embedded in paper.fonts), paper.fonts
    assert all(embedded for _name, embedded in paper.fonts)


def _size(text: str) -> float:
    return float(text.removesuffix("px"))


def test_a_page_as_a_whole_runs_from_right_to_left(node: Installation, windows: Windows) -> None:
    page = windows.open(node, accounts.AIDA)
    page.goto(f"{node.address}/design/?in=fa")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    brand, tools = page.locator(".brand").bounding_box(), page.locator(".top-tools").bounding_box()
    assert brand
    assert tools
    assert brand["x"] > tools["x"], "The name of the system stands at the right, where reading begins."
    no_barriers(page)
