"""Two people entered as an officer enters them: signing in, filling the page in, answering one question a page. Real pages over loopback.

The pages are read as a browser reads them: every form is sent back with all that it holds and what the officer adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import httpx
from lxml import html

from panah.cli import CommandError
from panah.cli.demo.accounts import PASSPHRASE
from panah.cli.demo.people import Arrival, arrivals

_MOST_PAGES = 80


def through_the_web(address: str, seed: int, day: date) -> int:
    """Enter two people at Almaty airport through the pages; how many stand entered so, now or by an earlier run. Raises
    CommandError where a page does not lead on."""
    if not address.startswith("http://127.0.0.1:"):
        raise CommandError("The demo talks to loopback only.")
    people = [
        person
        for person in arrivals(seed + 1, 8, day, ("ALA",), datetime.now(UTC))
        if person.motive in {"protection", "work"}
    ][:2]
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as browser:
        _submit(browser, browser.get("/sign-in/"), _named("password"), {"username": "officer", "password": PASSPHRASE})
        for person in people:
            _enter(browser, person)
    return len(people)


def _enter(browser: httpx.Client, person: Arrival) -> None:
    """Enter the person, unless the page shows that an earlier run did. Of others who are alike the officer says that it is none of them."""
    record = person.record
    fields = {
        "full_name": person.name.full,
        "sex": record["person"]["sex"],
        "birth_date": record["person"]["birth_date"],
        "citizenship": record["person"]["citizenships"][0],
        "language": record["person"]["languages"][0],
        "entry_mode": record["entry"]["mode"],
        "entry_from": record["entry"]["from"],
    }
    file = _submit(browser, browser.get("/arrivals/new/"), _named("full_name"), fields, allowed=422)
    if file.status_code == 422:
        if _entered_before(html.fromstring(file.text), person):
            return
        file = _submit(browser, file, _named("full_name"), {})
    page = browser.get(f"{file.url.path}interview/")
    for _ in range(_MOST_PAGES):
        if not page.url.path.endswith("/interview/"):
            return
        page = _next(browser, page, record)
    raise CommandError(f"The interview of the demo did not end after {_MOST_PAGES} pages.")


def _entered_before(page: Any, person: Arrival) -> bool:
    """Whether one of the people who are perhaps the same has this very name and this very day of birth."""
    same = {f"same name: {person.name.full}", f"same date of birth: {person.record['person']['birth_date']}"}
    return any(
        same <= {reason.text_content().strip() for reason in known.xpath(".//ul/li")}
        for known in page.xpath("//aside//ul[@class='because']/li")
    )


def _next(browser: httpx.Client, page: httpx.Response, record: Mapping[str, Any]) -> httpx.Response:
    tree = html.fromstring(page.text)
    asked = tree.xpath("//form[@id='answer']//input[@name='key']/@value")
    if asked:
        return _submit(browser, page, lambda form: form.get("id") == "answer", _answer(tree, asked[0], record))
    if tree.xpath("//input[@name='understood']"):
        return _submit(browser, page, _named("understood"), {"understood": "yes"})
    if tree.xpath("//*[@name='setting']"):
        return _submit(browser, page, _named("setting"), {})
    return _submit(browser, page, _has_button("finish"), {"finish": "1"})


def _answer(tree: Any, key: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the person says: as the record has it, else no to a yes/no question, else that they do not know."""
    group, _, name = key.partition(".")
    value = record.get(group, {}).get(name) if name else record.get(group)
    offered = tree.xpath("//form[@id='answer']//input[@name='value']/@value")
    if isinstance(value, str) and value in offered:
        return {"value": value}
    if isinstance(value, list) and value and all(each in offered for each in value):
        return {"value": value}
    if {"yes", "no"} <= set(offered):
        return {"value": "no"}
    return {"left": "unknown"}


def _named(field: str) -> Callable[[Any], bool]:
    return lambda form: field in form.fields


def _has_button(name: str) -> Callable[[Any], bool]:
    return lambda form: bool(form.xpath(f".//button[@name='{name}']"))


def _submit(
    browser: httpx.Client,
    page: httpx.Response,
    which: Callable[[Any], bool],
    more: Mapping[str, Any],
    allowed: int = 200,
) -> httpx.Response:
    """Send the form of the page for which `which` holds, with what it holds and `more`. A failure other than `allowed` raises."""
    form = next((form for form in html.fromstring(page.text).forms if which(form)), None)
    if form is None:
        raise CommandError(
            f"The page {page.url.path} (status {page.status_code}) has not the form that the demo looks for."
        )
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    answer = browser.post(form.action or page.url.path, data=sent | dict(more), headers={"Referer": str(page.url)})
    if answer.status_code >= 400 and answer.status_code != allowed:
        wrong = " ".join(html.fromstring(answer.text).text_content().split())[:600]
        raise CommandError(f"The page {answer.url.path} answered {answer.status_code} to the demo: {wrong}")
    return answer
