"""The pictures of the docs, taken from the same installations as the journeys (see ops/screenshots)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Page, expect

from panah.cli.demo.people import Arrival, arrivals
from tests.browser import accounts, papers, walks
from tests.browser.hub_pictures import of_the_hub, promised_before
from tests.browser.installation import Account, Installation, Program
from tests.browser.offices import Offices, opened_offices
from tests.browser.people import LEYLA, MERDAN, ZAHRA, ZAHRA_AGAIN
from tests.browser.room_pictures import lived_before, of_the_rooms
from tests.browser.windows import Windows, chromium

PEOPLE = 60
SEED = 7
LARGEST = 150_000
SCREEN = {"width": 1280, "height": 900}
COLOURS = 192


def take(home: Path, into: Path, language: str, *, hub_only: bool = False) -> Iterator[Path]:
    """Set everything up in `home`, take each picture into `into`, and give its path. `hub_only`: those of the hub alone."""
    into.mkdir(parents=True, exist_ok=True)
    with opened_offices(home) as offices, chromium() as browser:
        windows = Windows(browser, {})
        windows.watch.answers |= {409, 422}
        _a_day(offices.program)
        if not hub_only:
            lived_before(offices.node, home)
        for name, png in _pictures(offices, windows, language, hub_only):
            path = into / f"{name}.png"
            path.write_bytes(_small(png))
            if path.stat().st_size > LARGEST:
                raise RuntimeError(f"{path} has {path.stat().st_size} bytes; at most {LARGEST} are allowed.")
            yield path
        windows.close()
        if windows.watch.complaints:
            raise RuntimeError(f"The browser complained: {windows.watch.complaints}")


def _a_day(program: Program) -> None:
    """People of the demo come to the post one after the other; some wait, some are interviewed, some are referred."""
    now = datetime.now(UTC)
    local = now.astimezone(ZoneInfo("Asia/Almaty"))
    for place, arrival in enumerate(arrivals(SEED, PEOPLE, local.date(), (accounts.POST,), local)):
        came = now - timedelta(minutes=2 * (PEOPLE - place))
        file = program.register(**_person(arrival), happened_at=came)
        if place % 4 == 3:
            continue
        record = {key: value for key, value in arrival.record.items() if key not in {"id", "pack", "date", "place"}}
        proposal = program.interview(file, record)
        if place % 4 == 0:
            program.confirm(file, proposal)
            for line in proposal["profile"]["referrals"][:1]:
                if line["body"] and line["consent"] != "needed":
                    program.refer(file, line["to"])


def _person(arrival: Arrival) -> dict[str, Any]:
    said, entry = arrival.record["person"], arrival.record.get("entry", {})
    return {
        "language": said["languages"][0],
        "names": [{"text": arrival.name.full}],
        "sex": said["sex"],
        "birth": {"date": said["birth_date"]},
        "citizenships": said["citizenships"][:2],
        "entry": {"mode": entry.get("mode", ""), "from_country": entry.get("from", "")},
    }


def _pictures(offices: Offices, windows: Windows, language: str, hub_only: bool) -> Iterator[tuple[str, bytes]]:
    node, hub = offices.node, offices.hub

    def at(account: Account | None, path: str, installation: Installation = node) -> Page:
        page = windows.open(installation, account, language=language)
        page.goto(installation.address + path)
        page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
        return page

    if not hub_only:
        yield from _on_the_node(at, offices.program, language)
    promised_before(node, hub)
    yield from of_the_hub(at, hub)


def _on_the_node(at: Any, program: Program, language: str) -> Iterator[tuple[str, bytes]]:
    yield "arrivals", at(accounts.AIDA, "/arrivals/").screenshot()
    yield from _registering(program, at(accounts.AIDA, "/arrivals/"))
    yield from _interview_and_receipt(program, at, language)
    referred = program.decided(LEYLA)
    yield "referrals", at(accounts.AIDA, f"/files/{referred}/referrals/").screenshot()
    referral = program.refer(referred, "asylum_authority")
    yield "queue", at(accounts.CHAROS, "/queue/").screenshot()
    yield "referral", at(accounts.CHAROS, f"/queue/{referral}/").screenshot()
    yield "stop", _stopped(at(accounts.MARAT, f"/files/{program.decided(MERDAN)}/coercive-act/"))
    yield "board", at(accounts.MARAT, "/board/").screenshot()
    yield "statistics", _statistics(at(accounts.SAULE, "/statistics/"))
    yield from of_the_rooms(at)


def _registering(program: Program, page: Page) -> Iterator[tuple[str, bytes]]:
    program.register(**ZAHRA.registration())
    walks.paste_zone(page, ZAHRA_AGAIN)
    expect(page.locator("aside .because").first).to_be_visible()
    page.locator("#id_zone").evaluate("box => box.closest('.panel').scrollIntoView()")
    yield "register", page.screenshot()


def _interview_and_receipt(program: Program, at: Any, language: str) -> Iterator[tuple[str, bytes]]:
    file = program.register(**ZAHRA.registration())
    page = at(accounts.AIDA, f"/files/{file}/")
    walks.begin_interview(page)
    while walks.question_asked(page) != "protection.fears_return":
        walks.answer(page, walks.told(page, ZAHRA))
    yield "interview", page.screenshot()
    walks.interview(page, ZAHRA)
    walks.finish(page)
    page.locator("h1").scroll_into_view_if_needed()
    yield "proposal", page.screenshot()
    pdf = papers.fetched(page, f"/files/{file}/receipt.pdf")
    yield "receipt", papers.pictured(pdf)


def _stopped(page: Page) -> bytes:
    page.locator("#id_act").select_option("removal")
    page.locator("#id_legal_ground").fill("Code of administrative offences, decision 12 of this year")
    page.locator("#id_reason").fill("The permitted stay has run out and no other way was found.")
    page.locator("form.panel button.btn-primary").click()
    expect(page.locator("#stop-title")).to_be_visible()
    return page.screenshot()


def _statistics(page: Page) -> bytes:
    page.locator("#id_period").fill(datetime.now(ZoneInfo("Asia/Almaty")).date().isoformat())
    page.locator("form.panel button.btn-primary").click()
    expect(page.locator("form[action$='/sign/']")).to_be_visible(timeout=60_000)
    return page.screenshot()


def _small(png: bytes) -> bytes:
    """The same picture with a palette; screens of this kind lose nothing that the eye sees."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()
