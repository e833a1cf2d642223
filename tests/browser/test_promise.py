"""A promise in real chromium: states agree on a paragraph, one of them promises it, its node publishes, its coordinator signs, the chair reports."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.browser import papers
from tests.browser.installation import Account, Installation, at_once, free_port
from tests.browser.windows import Windows, no_barriers
from tests.journeys.offices import people_of_a_day, publish

pytestmark = pytest.mark.browser

DAY, NEXT_DAY = "2026-11-19", "2026-11-20"
MEETING = "/meetings/som-9/"
FIRST = "Participants publish how many labour migrants they registered."
BETTER = "Participants publish each day how many labour migrants they registered."
BEST = "Participants publish each day, protected, how many labour migrants they registered."
RUSSIAN = "Участники каждый день публикуют с защитой данных, сколько трудовых мигрантов они зарегистрировали."
REASON = "It says more exactly what is meant."
PHONE = 390

ZARINA = Account("zarina", "Zarina", ("national_coordinator",))
AIDA = Account("aida", "Aida", ("border_officer",), post="ALA")

ADMIN = Account("administrator", "Administrator", ("administrator",))
SECRETARIAT = Account("nilufar", "Secretariat", ("secretariat",))
KAZ = Account("kaz", "Coordinator of Kazakhstan", ("national_coordinator",))
KGZ = Account("kgz", "Coordinator of Kyrgyzstan", ("national_coordinator",))
TJK = Account("tjk", "Coordinator of Tajikistan", ("national_coordinator",))
OFFICIAL = Account("official", "Senior official of Kazakhstan", ("senior_official",))
SEATS = (
    (SECRETARIAT, "IOM", "support_unit"),
    (KAZ, "KAZ", "national_coordinator"),
    (KGZ, "KGZ", "national_coordinator"),
    (TJK, "TJK", "national_coordinator"),
    (OFFICIAL, "KAZ", "senior_official"),
)


@contextmanager
def opened(home: Path) -> Iterator[tuple[Installation, Installation]]:
    """A node of Kazakhstan that is not served, and the hub with its record."""
    hub = Installation("hub", home / "hub", free_port())
    node = Installation("node", home / "node", free_port(), {"PANAH_HUB": hub.address})
    accounts = [ADMIN, *(account for account, _participant, _office in SEATS)]
    of_node, of_hub = at_once(
        lambda: node.open_accounts([ZARINA, AIDA], ["sender", "key"]).split()[-1],
        lambda: hub.open_accounts(accounts, ["record", "load"], ["sender", "key"]).split()[-1],
    )
    at_once(
        lambda: hub.panah(["sender", "add", "KAZ", of_node]),
        lambda: node.panah(["sender", "trust", of_hub]),
    )
    with hub.served():
        yield node, hub


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Installation]]:
    with opened(tmp_path_factory.mktemp("promise")) as offices:
        yield offices


def send(page: Page, act: str, button: str, *, within: Locator | None = None, **said: str | list[str]) -> None:
    """Open the act on the page, fill in its form, press its button, and wait for the next page."""
    forms = (within or page.locator("main")).locator(f"form:has(input[name=act][value={act}])" if act else "form")
    form = forms.filter(has=page.get_by_role("button", name=button, exact=True, include_hidden=True)).first
    closed = form.locator("xpath=ancestor::details[not(@open)]")
    for _ in range(closed.count()):
        closed.first.locator("summary").first.click()
    for name, value in said.items():
        fill(form, name, value)
    with page.expect_navigation(wait_until="load"):
        form.get_by_role("button", name=button, exact=True).click()


def fill(form: Locator, name: str, value: str | list[str]) -> None:
    field = form.locator(f"[name={name}]")
    kind = field.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
    if kind == "select":
        field.select_option(value)
    elif kind in {"radio", "checkbox"}:
        for one in value if isinstance(value, list) else [value]:
            form.locator(f"[name={name}]" if one == "on" else f"[name={name}][value={one}]").check()
    else:
        field.fill(str(value))


def seated(page: Page, hub: Installation) -> None:
    """The administrator gives each account its seat."""
    for account, participant, office in SEATS:
        page.goto(f"{hub.address}/participants/seats/")
        value = page.locator("select[name=officer] option").filter(has_text=account.name).get_attribute("value")
        send(page, "seat", "Give it", officer=str(value), participant=participant, office=office, begins="2026-01-01")


def negotiated(windows: Windows, hub: Installation) -> None:
    """The secretariat convenes, two states propose wording, both find it in the text, and it is agreed and made public."""
    leads, kgz, tjk = (windows.open(hub, account) for account in (SECRETARIAT, KGZ, TJK))
    leads.goto(f"{hub.address}/meetings/new/")
    send(
        leads, "", "Keep it", meeting_code="som-9", kind="senior_officials", title_en="9th Senior Officials' Meeting",
        title_ru="Девятое совещание старших должностных лиц", begins="2030-06-10", ends="2030-06-11",
        where_en="Astana", where_ru="Астана", chair="KAZ",
    )  # fmt: skip
    send(leads, "invite", "Send the invitations", participants=["KAZ", "KGZ", "TJK"], capacity="member")
    for state in (kgz, tjk):
        state.goto(hub.address + MEETING)
        send(state, "answer", "Send the answer", comes="comes")
    leads.goto(f"{hub.address}{MEETING}draft/")
    send(leads, "add", "Put it into the text", text_en=FIRST)
    paragraph = f"{hub.address}{MEETING}draft/1/"
    for state, text, russian in ((kgz, BETTER, ""), (tjk, BEST, RUSSIAN)):
        state.goto(paragraph)
        send(state, "propose", "Send the proposal", wish="reword", text_en=text, text_ru=russian, reason=REASON)
        leads.goto(paragraph)
        send(leads, "merge", "Take it in")
    leads.goto(f"{hub.address}{MEETING}draft/marked/")
    expect(leads.locator("main ins", has_text="protected").first).to_be_visible()
    no_barriers(leads)
    leads.goto(paragraph)
    send(leads, "agree", "Agreed", how="meeting")
    leads.goto(hub.address + MEETING)
    send(leads, "publish", "Make the agreed paragraphs public")
    public = windows.open(hub)
    public.goto(hub.address + MEETING)
    expect(public.locator("main")).to_contain_text(BEST)


def promised(windows: Windows, hub: Installation) -> str:
    """The senior official drafts, the coordinator signs and names the number; the address of the commitment."""
    official, coordinator = windows.open(hub, OFFICIAL), windows.open(hub, KAZ)
    official.goto(f"{hub.address}/commitments/new/?from=M-som-9-1")
    send(
        official, "", "Keep the draft", action_en="Publish labour migrants each day.",
        action_ru="Публиковать трудовых мигрантов каждый день.", due="2031-12-31",
    )  # fmt: skip
    address = official.url
    coordinator.goto(address)
    send(coordinator, "accept", "Sign")
    send(
        coordinator, "measure", "Send", kind="table", indicator="ARRIVALS_CITIZENSHIP_PROFILE", part="_T.labour_migrant", state="KAZ",
        days="on", direction="up", baseline="20", baseline_period="2026-11", goal="60",
    )  # fmt: skip
    expect(coordinator.locator("main")).to_contain_text("nothing is published; the number is not known")
    return address


def words(page: Page, address: str) -> str:
    """What a PDF or DOCX says, without spaces and hyphens: narrow columns break words."""
    answer = page.context.request.get(address)
    assert answer.ok, f"{address} was answered with {answer.status}"
    if address.partition("?")[0].endswith(".pdf"):
        text = papers.in_order(answer.body())
    else:
        paper = Document(io.BytesIO(answer.body()))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        text = " ".join([one.text for one in paper.paragraphs] + cells)
    return squeezed(text)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def every_paper(page: Page, hub: Installation) -> Iterator[tuple[str, str, str]]:
    """The chair's report and statement in both forms and languages: address, language, words."""
    for language in ("en", "ru"):
        for form in ("pdf", "docx"):
            for path in (f"/commitments/report.{form}?lang={language}", f"{MEETING}statement-{language}.{form}"):
                yield path, language, words(page, hub.address + path)


def test_a_paragraph_becomes_a_promise_whose_published_number_is_signed_and_reported(
    offices: tuple[Installation, Installation], windows: Windows
) -> None:
    node, hub = offices
    seated(windows.open(hub, ADMIN), hub)
    negotiated(windows, hub)
    address = promised(windows, hub)
    coordinator, leads = windows.open(hub, KAZ), windows.open(hub, SECRETARIAT)
    coordinator.goto(address)
    main = coordinator.locator("main")
    assert coordinator.locator("form:has(input[value=sign_figure])").count() == 0

    people_of_a_day(node, DAY, 40, 12)
    publish(node, ZARINA, DAY)
    coordinator.reload()
    expect(main).to_contain_text("40 persons")
    expect(main).to_contain_text("50 %")
    no_barriers(coordinator)
    send(coordinator, "sign_figure", "Sign")
    expect(main).to_contain_text("The national coordinator signed this figure on")

    people_of_a_day(node, NEXT_DAY, 60, 12)
    publish(node, ZARINA, NEXT_DAY)
    coordinator.reload()
    expect(main).to_contain_text("60 persons")
    expect(main).to_contain_text(f"Moved since signed. The national coordinator signed 40 for {DAY}")
    for path, language, said in every_paper(leads, hub):
        moved = {"en": "moved since signed", "ru": "изменилось после подписи"}[language]
        assert squeezed(moved) in said, path

    send(coordinator, "sign_figure", "Sign")
    expect(main).not_to_contain_text("Moved since signed")
    no_barriers(coordinator, looks=[(PHONE, "light")])
    for path, language, said in every_paper(leads, hub):
        wanted = {
            "en": [f"60; {NEXT_DAY}; of 72", "100 %", "signed by the national coordinator"],
            "ru": [f"60; {NEXT_DAY}; из 72", "100 %", "подписано национальным координатором"],
        }[language]
        wanted += [BEST if language == "en" else RUSSIAN, "M-som-9-1"] if "statement" in path else []
        for one in wanted:
            assert squeezed(one) in said, f"{one} is not in {path}: {said[:2000]}"


@pytest.mark.parametrize(
    "path",
    ["/participants/", "/record/", "/treaties/", "/practices/", "/meetings/", "/commitments/", "/framework/", "/sdmx/"],
)
def test_the_rooms_of_the_hub_have_no_barriers_on_a_screen_and_on_a_telephone(
    offices: tuple[Installation, Installation], windows: Windows, path: str
) -> None:
    _node, hub = offices
    page = windows.open(hub, language="ru")
    page.goto(hub.address + path)
    no_barriers(page, looks=[(1280, "light"), (PHONE, "dark")])
