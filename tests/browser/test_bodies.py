"""The busiest pages of the bodies: a decision and its second signature, a hearing, detention, a family in a house. Each without barriers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from uuid6 import uuid7

from tests.browser import accounts, papers
from tests.browser.installation import Account, Installation, Program
from tests.browser.people import LEYLA, ZAHRA, Traveller
from tests.browser.windows import Windows, no_barriers

pytestmark = pytest.mark.browser

OVERSTAYED: dict[str, Any] = {
    "consent": {"understands": "yes"},
    "entry": {"stay_expired": "yes"},
    "purpose": ["visit"],
    "protection": {"fears_return": "no"},
    "exploitation": {"free_to_leave": "yes"},
}
VISITOR = Traveller("Longstayer", "Dovud", "PAK", "1981-01-20", "male", "PK1207741", "ur", {})
IN_ENGLISH_AND_RUSSIAN = [(1280, "light"), (360, "light")]


@dataclass(frozen=True)
class Desks:
    """Programs of the bodies, so that a walk begins where the page of interest is."""

    post: Program
    asylum: Program
    migration: Program

    def opened(self, desk: Program, file: str, to: str, procedure: str, *outcomes: str) -> str:
        """A procedure, gone through to the stage that the walk is about; its id."""
        referral, proceeding = self.post.refer(file, to), str(uuid7())
        desk.post(f"/queue/{referral}/answer", answer="accept")
        desk.post("/procedures", proceeding=proceeding, referral=referral, procedure=procedure)
        for outcome in outcomes:
            desk.post(f"/procedures/{proceeding}/end", outcome=outcome)
        return proceeding

    def claim(self, traveller: Traveller, *outcomes: str) -> str:
        return self.opened(self.asylum, self.post.decided(traveller), "asylum_authority", "asylum", *outcomes)

    def overstayed(self, procedure: str) -> str:
        file = self.post.register(**VISITOR.registration())
        self.post.confirm(file, self.post.interview(file, OVERSTAYED))
        return self.opened(self.migration, file, "migration_authority", procedure)


@pytest.fixture(scope="module")
def desks(node: Installation, program: Program) -> Desks:
    said = node.panah(*(["token", who.username, "--name", "desk"] for who in (accounts.CHAROS, accounts.TIMUR)))
    of_asylum, of_migration = (line.split()[-1] for line in said.strip().splitlines()[-2:])
    return Desks(program, Program(node, of_asylum), Program(node, of_migration))


def act(page: Page, name: str) -> Locator:
    """One of the forms of the page, by its act."""
    return page.locator(f"form:has(input[name=act][value={name}])")


def sent(page: Page, form: Locator, button: str) -> None:
    with page.expect_navigation():
        form.get_by_role("button", name=button).click()


def at(windows: Windows, node: Installation, who: Account, address: str, language: str = "en") -> Page:
    page = windows.open(node, who, language=language)
    page.goto(f"{node.address}{address}")
    return page


def fits_in_russian(windows: Windows, node: Installation, who: Account, address: str) -> Page:
    page = at(windows, node, who, address, "ru")
    no_barriers(page, looks=IN_ENGLISH_AND_RUSSIAN)
    return page


def test_a_decision_is_drafted_by_one_signed_by_another_told_and_printed(
    node: Installation, desks: Desks, windows: Windows
) -> None:
    proceeding = desks.claim(LEYLA, "forwarded", "registered", "issued", "taken", "examined")
    address = f"/procedures/{proceeding}/"
    page = at(windows, node, accounts.CHAROS, address)
    draft = act(page, "draft")
    draft.get_by_label("refused").check()
    draft.get_by_label("What is found to have happened").fill("She told of threats by her neighbours.")
    draft.get_by_label("Which law is applied").fill("Law on refugees, article 11.")
    draft.get_by_label("Why this follows").fill("Her words are believed; the danger is not found to last.")
    no_barriers(page)
    sent(page, draft, "Give it to be signed")
    expect(page.locator("main")).to_contain_text("Draft; waits for a second officer")
    expect(act(page, "sign")).to_have_count(0)

    second = at(windows, node, accounts.DANA, address)
    no_barriers(second)
    act(second, "sign").get_by_label("What comes next").select_option("complaint")
    sent(second, act(second, "sign"), "Sign")
    page.reload()
    tell = act(page, "notify")
    tell.get_by_label("in person").check()
    tell.get_by_label("In which language").select_option("fa")
    tell.get_by_label("Proof").fill("Signed for; interpreter 12.")
    no_barriers(page)
    sent(page, tell, "The person was told")
    expect(page.locator("main")).to_contain_text("The person was told of the decision.")
    link = page.get_by_role("link", name="Print the decision in two languages")
    paper = papers.read(papers.fetched(page, link.get_attribute("href") or ""))
    assert "Law on refugees, article 11." in paper.text
    assert all(embedded for _name, embedded in paper.fonts)
    fits_in_russian(windows, node, accounts.DANA, address)


def test_a_hearing_is_set_and_its_calendar_file_names_nobody(
    node: Installation, desks: Desks, windows: Windows
) -> None:
    proceeding = desks.claim(ZAHRA, "forwarded", "registered")
    page = at(windows, node, accounts.CHAROS, f"/procedures/{proceeding}/")
    page.locator("details:has(input[name=act][value=hearing]) > summary").click()
    hearing = act(page, "hearing")
    when = datetime.now(UTC) + timedelta(days=3)
    hearing.get_by_label("When").fill(f"{when:%Y-%m-%dT10:30}")
    hearing.get_by_label("Where").fill("Room 4, second floor")
    hearing.get_by_label("Language").select_option("fa")
    no_barriers(page)
    sent(page, hearing, "Set the hearing")
    expect(page.locator("main")).to_contain_text("Room 4, second floor")
    link = page.get_by_role("link", name="Calendar file").get_attribute("href")
    calendar = page.context.request.get(f"{node.address}{link}")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "DTSTART" in calendar.text()
    assert not any(part in calendar.text() for part in (ZAHRA.family, ZAHRA.given))
    invitation = page.get_by_role("link", name="Print the invitation").get_attribute("href")
    assert "Room 4, second floor" in papers.read(papers.fetched(page, invitation or "")).text
    fits_in_russian(windows, node, accounts.CHAROS, f"/procedures/{proceeding}/")


def test_who_is_held_stands_in_the_register_and_who_is_to_leave_is_asked_again(
    node: Installation, desks: Desks, windows: Windows
) -> None:
    held, leaving = desks.overstayed("detention"), desks.overstayed("removal")
    windows.watch.answers.add(422)
    page = at(windows, node, accounts.TIMUR, f"/procedures/{held}/")
    grounds = act(page, "detain")
    sent(page, grounds, "Keep the grounds")
    expect(page.locator("main")).to_contain_text("This field is required.")
    no_barriers(page)
    for field in grounds.locator("textarea, input[type=text]").all():
        field.fill("Written for this person: what was tried, and why it is not enough.")
    sent(page, grounds, "Keep the grounds")
    expect(act(page, "review")).to_have_count(1)
    no_barriers(page)
    number = page.locator("h1").inner_text().split()[0]

    register = at(windows, node, accounts.RUSLAN, "/detained/")
    expect(register.get_by_role("link", name=number)).to_be_visible()
    expect(register.locator("main")).not_to_contain_text("Longstayer")
    no_barriers(register)
    fits_in_russian(windows, node, accounts.RUSLAN, "/detained/")

    page.goto(f"{node.address}/procedures/{leaving}/")
    questions = act(page, "ask")
    for name in ("fear", "health", "pressure", "children", "family"):
        questions.locator(f"input[name={name}][value={'yes' if name == 'fear' else 'no'}]").check()
    questions.get_by_label("In which language").select_option("ur")
    no_barriers(page)
    sent(page, questions, "Keep the answers")
    expect(page.locator("#holds-title")).to_be_visible()
    no_barriers(page)
    fits_in_russian(windows, node, accounts.TIMUR, f"/procedures/{leaving}/")


def test_a_family_gets_a_room_and_moves_together_to_a_larger_one(
    node: Installation, program: Program, windows: Windows
) -> None:
    page = at(windows, node, accounts.GULNARA, "/reception/centres/new/")
    page.get_by_label("Code").fill("PASS")
    page.get_by_label("Name").fill("House at the pass")
    sent(page, page.locator("main form"), "Open the centre")
    page.get_by_role("link", name="House at the pass").click()
    for label, places in (("Room 1", "2"), ("Room 2", "5")):
        page.locator("details:has(input[name=act][value=unit]) > summary").click()
        unit = act(page, "unit")
        unit.get_by_label("Block").fill("North")
        unit.get_by_label("Name of the unit").fill(label)
        unit.get_by_label("Meant for").select_option("families")
        unit.get_by_label("Places").fill(places)
        sent(page, unit, "Add it")
    no_barriers(page)

    files = registered_as_family(at(windows, node, accounts.AIDA, "/arrivals/groups/new/"), program)
    page.goto(f"{node.address}/files/{files[0]}/reception/")
    expect(page.locator("main")).to_contain_text("Proposed for all 2 of the family together.")
    place = act(page, "place")
    place.get_by_label("Asked, in a language that they understand").select_option("agrees")
    no_barriers(page)
    sent(page, place, "Give this place")
    expect(page.locator("#stay-title ~ p").first).to_contain_text("Room 1")
    place = act(page, "place")
    place.locator("label:has-text('Room 2') input[name=unit]").check()
    box = place.get_by_label("The whole family together")
    box.check()
    place.get_by_label("Asked, in a language that they understand").select_option("agrees")
    sent(page, place, "Give this place")
    expect(page.locator("#stay-title ~ p").first).to_contain_text("Room 2")
    page.goto(f"{node.address}/files/{files[1]}/reception/")
    expect(page.locator("#stay-title ~ p").first).to_contain_text("Room 2")
    no_barriers(page)
    fits_in_russian(windows, node, accounts.GULNARA, f"/files/{files[0]}/reception/")


def registered_as_family(page: Page, program: Program) -> list[str]:
    """Two people with the numbers of one group; the ids of their files."""
    page.get_by_label("How many people").fill("2")
    sent(page, page.locator("main form"), "Give numbers")
    numbers = page.locator("tbody.together").last.locator("th.nowrap a")
    addresses = [link.get_attribute("href") or "" for link in numbers.all()]
    for address, (name, sex, birth) in zip(
        addresses, (("Parwana Hearth", "female", "1991-04-04"), ("Sohrab Hearth", "male", "2019-02-02")), strict=True
    ):
        page.goto(f"{page.url.split('/arrivals')[0].split('/files')[0]}{address}register/")
        page.get_by_label("Full name").fill(name)
        page.locator(f"input[name=sex][value={sex}]").check()
        page.get_by_label("Date of birth, or as much of it as is known").fill(birth)
        sent(page, page.locator("#person-form"), "Register")
    files = [address.strip("/").split("/")[-1] for address in addresses]
    for file in files:
        program.interview(file, {"consent": {"understands": "yes"}, "protection": {"fears_return": "no"}})
    return files
