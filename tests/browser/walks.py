"""The steps of an officer's day, done with the keyboard. Each begins on the page where the step before it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.keyboard import choose, go_to, pick, tick, write
from tests.browser.people import Traveller

OPEN = ("unknown", "refused")
_DIGIT = {"yes": "1", "no": "2", "unknown": "3", "refused": "4"}
_MOST_QUESTIONS = 90

Seen = Callable[[Page], None]


def _another_page(page: Page) -> AbstractContextManager[Any]:
    """Waits until the next page has come."""
    return page.expect_navigation(wait_until="load")


def follow(page: Page, target: Locator) -> None:
    """Enter on a link or button, until the next page has come."""
    go_to(page, target)
    with _another_page(page):
        page.keyboard.press("Enter")


def go_by_menu(page: Page, address: str) -> None:
    """From the officer's day, or any page, to an entry of the main menu."""
    follow(page, page.locator(f"header nav a[href='{address}']").first)


def paste_zone(page: Page, traveller: Traveller) -> None:
    """From the arrivals: `s`, then the lines of the passport; the form fills itself."""
    with _another_page(page):
        page.keyboard.press("s")
    write(page, page.locator("#id_zone"), "\n".join(traveller.zone))
    expect(page.locator("#id_family")).to_have_value(traveller.family.upper())


def how_they_came(page: Page, traveller: Traveller) -> None:
    choose(page, page.locator("#id_language"), traveller.language)
    choose(page, page.locator("#id_entry_mode"), "border_point")


def register(page: Page) -> None:
    """The button at the end of the form."""
    follow(page, page.locator("#person-form .actions button.btn-primary").last)


def begin_interview(page: Page, *, seen: Seen | None = None) -> None:
    """From the file: what the person must be told, then the setting, until the first question stands there."""
    with _another_page(page):
        page.keyboard.press("n")
    _show(seen, page)
    pick(page, page.locator("#id_understood_group"), "yes")
    with _another_page(page):
        page.keyboard.press("Enter")
    expect(page.locator("#id_setting")).to_be_visible()
    _show(seen, page)
    follow(page, page.locator("main form.panel button.btn-primary"))
    expect(page.locator("#answer")).to_be_visible()


def _show(seen: Seen | None, page: Page) -> None:
    if seen:
        seen(page)


def question_asked(page: Page) -> str:
    """The key of contracts/screening.md that the page asks for; empty when all was asked."""
    field = page.locator("#answer input[name=key]")
    return field.input_value() if field.count() else ""


def answer(page: Page, value: Any) -> None:
    """Answer the question of the page: a digit for the four answers, else the control that the page offers."""
    form = page.locator("#answer")
    if form.locator("[data-answers]").count():
        with _another_page(page):
            page.keyboard.press(_DIGIT[value])
        return
    if value in (*OPEN, None):
        follow(page, form.locator(f"button[name=left][value={value or 'unknown'}]"))
        return
    if form.locator("input[type=radio]").count():
        pick(page, form, value)
    elif isinstance(value, list) and form.locator("input[type=checkbox][name=value]").count():
        tick(page, form, value)
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            choose(page, form.locator(f"select[name=value_{place}]"), one)
    elif form.locator("select[name=value]").count():
        choose(page, form.locator("select[name=value]"), value)
    else:
        write(page, form.locator("[name=value]"), str(value))
    follow(page, form.locator("button.btn-primary"))


def interview(page: Page, traveller: Traveller, *, seen: Seen | Mapping[str, Seen] | None = None) -> list[str]:
    """Answer question after question by the person's story; what the story does not hold is no, or left open.

    `seen` is called with the page at every question, or where the keys of some are given at those. Returns the keys that
    were asked.
    """
    asked: list[str] = []
    while key := question_asked(page):
        assert len(asked) < _MOST_QUESTIONS, f"The interview does not end: {asked}"
        asked.append(key)
        _show(seen.get(key) if isinstance(seen, Mapping) else seen, page)
        answer(page, told(page, traveller))
    return asked


def told(page: Page, traveller: Traveller) -> Any:
    """What the person says to the question of the page."""
    return traveller.answers.get(question_asked(page), "no" if is_yes_no(page) else None)


def is_yes_no(page: Page) -> bool:
    return page.locator("#answer [data-answers]").count() > 0


def finish(page: Page) -> None:
    """All was asked: end the interview; the proposal comes."""
    follow(page, page.locator("button[name=finish]"))
    expect(page.locator("#machine-title")).to_be_visible()
