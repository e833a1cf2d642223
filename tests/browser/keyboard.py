"""What a person does who never touches the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect


def go_to(page: Page, target: Locator, *, steps: int = 150) -> None:
    """Press Tab until the target has the focus. Fails where the keyboard cannot reach it."""
    expect(target).to_be_visible()
    for _ in range(steps):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {target} at {page.url} with {steps} times Tab.")


def press(page: Page, target: Locator) -> None:
    """Go to a button or a link and press Enter."""
    go_to(page, target)
    page.keyboard.press("Enter")


def write(page: Page, field: Locator, text: str) -> None:
    """Go to a field and put the text in, as pasting or a scanner does."""
    go_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def choose(page: Page, select: Locator, value: str) -> None:
    """Go to a list and move with the arrows to the entry of that value."""
    go_to(page, select)
    page.keyboard.press("Home")
    for _ in range(select.locator("option").count()):
        if select.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The list {select} has no entry {value!r}.")


def tick(page: Page, group: Locator, values: Sequence[str]) -> None:
    """Tick boxes of a group with the space bar."""
    for value in values:
        box = group.locator(f"input[type=checkbox][value={value}]")
        if not box.is_checked():
            go_to(page, box)
            page.keyboard.press("Space")
            expect(box).to_be_checked()


def pick(page: Page, group: Locator, value: str) -> None:
    """Move with the arrows to one of several round buttons."""
    radios = group.locator("input[type=radio]")
    checked = group.locator("input[type=radio]:checked")
    go_to(page, checked if checked.count() else radios.first)
    page.keyboard.press("Space")
    for _ in range(radios.count()):
        if group.locator("input[type=radio]:checked").get_attribute("value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"There is no choice {value!r} in {group}.")
