"""The watch over the browser catches what it is there for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.windows import Watch

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<img src='http://pictures.invalid/one.png' alt=''>", "request to another machine"),
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>nothing.at.all()</script>", "script: "),
    ],
)
def test_the_watch_complains(browser: Browser, content: str, complaint: str) -> None:
    watch = Watch()
    context = browser.new_context(offline=True)
    watch.over(context)
    context.new_page().set_content(content)
    context.close()
    assert any(complaint in one for one in watch.complaints), watch.complaints
