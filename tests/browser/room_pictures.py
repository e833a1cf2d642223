"""The pictures of the rooms whose cases take weeks: taken of the cases with which the demo begins."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from panah.cli.demo.accounts import NODE, PASSPHRASE
from panah.cli.demo.acting import own_id
from panah.cli.demo.cases.outside import receipt
from tests.browser.installation import Account, Installation

At = Callable[[Account | None, str], Page]


def lived_before(node: Installation, folder: Path) -> None:
    """The log-ins of the demo and its cases, in the database of this node."""
    day = datetime.now(ZoneInfo("Asia/Almaty")).date().isoformat()
    for step in (["accounts", day], ["before", day, str(folder)]):
        command = [sys.executable, "-m", "panah.cli.demo.steps", *step]
        subprocess.run(command, env=node.environment, check=True, stdout=subprocess.DEVNULL)


def of_the_rooms(at: At) -> Iterator[tuple[str, bytes]]:
    """A story, an appeal, the register of detention, a custody, a mailbox, a proposal of tracing, a plan, an envelope, a second factor."""
    yield "my-day", at(_who("asylum-second"), "/").screenshot()
    claimant = f"/files/{own_id('case', 'laleh')}/"
    yield "file", at(_who("officer"), claimant).screenshot()
    page = at(_who("asylum"), f"/procedures/{own_id('case-proceeding', 'laleh', 'asylum')}/")
    page.locator(".holds").evaluate("box => box.nextElementSibling.scrollIntoView()")
    yield "appeal", page.screenshot()
    yield "detained", at(_who("monitor"), "/detained/").screenshot()
    yield "custody", at(_who("officer-kordai"), f"/custody/{own_id('case-custody', 'nurlan')}/").screenshot()
    yield "mailbox", _mailbox(at(None, "/complain/follow/"))
    page = at(_who("reception"), f"/families/requests/{own_id('case-request')}/")
    page.locator("a[href*='/families/matches/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    yield "tracing", page.screenshot()
    yield "plan", at(_who("employment"), f"/solutions/{own_id('case-plan', 'yerlan')}/").screenshot()
    page = at(_who("officer"), f"/referrals/sent/{own_id('case-referral', 'laleh', 'legal_aid')}/")
    yield "envelope", page.screenshot()
    page = at(_who("asylum-second"), "/second-factor/")
    page.locator("main a.btn-primary").first.click()
    expect(page.locator("#secret")).to_be_visible()
    yield "second-factor", page.screenshot()


def _mailbox(page: Page) -> bytes:
    number, code = receipt()
    page.locator("input[name=number]").fill(number)
    page.locator("input[name=code]").fill(code)
    page.locator("form.panel button.btn-primary").click()
    expect(page.locator("article").first).to_be_visible()
    return page.screenshot()


def _who(username: str) -> Account:
    found = next(one for one in NODE if one.username == username)
    return Account(username, found.name, found.roles, post=found.post, password=PASSPHRASE)
