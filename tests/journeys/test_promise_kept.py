"""A promise from the table of a meeting to the chair's report: wording, agreement, commitment, published number, signature, a number that moves."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import standing_at
from panah.hub.commitments import service as commitments
from panah.hub.commitments import tasks
from panah.hub.intake import service as intake
from panah.hub.record import service as record
from tests.hub_people import People, people  # noqa: F401
from tests.journeys.reader import Window
from tests.messages import Node, protected
from tests.messages import people as counted

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MEETING = "/meetings/som-9/"
FIRST = "Participants publish how many labour migrants they registered."
BETTER = "Participants publish each month how many labour migrants they registered."
BEST = "Participants publish each month, protected, how many labour migrants they registered."
RUSSIAN = "Участники каждый месяц публикуют с защитой данных, сколько трудовых мигрантов они зарегистрировали."
REASON = "It says more exactly what is meant."

SAID = {
    "en": {"signed": "signed by the national coordinator", "moved": "moved since signed", "of": "of {}"},
    "ru": {"signed": "подписано национальным координатором", "moved": "изменилось после подписи", "of": "из {}"},
}


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with standing_at(NOON):
        yield


@pytest.fixture
def kaz(people: People) -> Node:  # noqa: F811
    """The hub with its record, and the node of Kazakhstan, which it knows."""
    record.load()
    commitments.load()
    node = Node("KAZ")
    intake.add_sender("KAZ", node.public_key)
    return node


def publishes(node: Node, workers: int, period: str) -> None:
    """The node's signed message comes by the network, as from any installation."""
    message = node.message(protected(counted(workers, 12), period))
    answer = Client().post("/intake/submissions/", data=message, content_type="application/jose")
    assert answer.status_code == 201, answer.content


def agreed(people: People) -> None:  # noqa: F811
    """A meeting is convened, two states propose wording, both find themselves in the text, and it is agreed and made public."""
    leads, kgz, tjk = Window(people.secretariat), Window(people.kgz), Window(people.tjk)
    leads.open("/meetings/new/").send(
        "Keep it", meeting_code="som-9", kind="senior_officials", title_en="9th Senior Officials' Meeting",
        title_ru="Девятое совещание старших должностных лиц", begins="2026-12-10", ends="2026-12-11",
        where_en="Astana", where_ru="Астана", chair="KAZ", public=True,
    )  # fmt: skip
    assert leads.address == MEETING
    leads.send("Send the invitations", participants=["KAZ", "KGZ", "TJK"], capacity="member")
    for state in (kgz, tjk):
        state.open(MEETING).send("Send the answer", comes="comes")

    leads.open(f"{MEETING}draft/").send("Put it into the text", text_en=FIRST)
    page = f"{MEETING}draft/1/"
    kgz.open(page).send("Send the proposal", wish="reword", text_en=BETTER, reason=REASON)
    leads.open(page).send("Take it in")
    tjk.open(page).send("Send the proposal", wish="reword", text_en=BEST, text_ru=RUSSIAN, reason=REASON)
    kgz.open(page).send("Keep it", n=1, kind="support")
    leads.open(page).send("Take it in")
    assert leads.has(BEST)
    leads.send("Agreed", how="meeting")
    assert "Agreed, and not public yet." in leads.open(MEETING).text
    leads.send("Make the agreed paragraphs public")
    assert BEST in Client().get(MEETING).content.decode()


def promised(people: People) -> str:  # noqa: F811
    """Kazakhstan's senior official makes the conclusion a commitment with a measure, the coordinator signs it; its address."""
    official, coordinator = Window(people.chair), Window(people.kaz)
    official.open("/commitments/new/?from=M-som-9-1")
    assert official.value("Keep the draft", "kind") == "conclusion"
    assert official.value("Keep the draft", "source") == "M-som-9-1"
    official.send(
        "Keep the draft",
        action_en="Publish labour migrants each month.",
        action_ru="Публиковать трудовых мигрантов каждый месяц.",
        due="2027-12-31",
    )
    address = official.address
    coordinator.open(address).send("Sign", n=0)
    assert Client().get(address).status_code == 200
    coordinator.send_form(
        deed(coordinator, "measure"), kind="table", indicator="ARRIVALS_CITIZENSHIP_PROFILE", part="_T.labour_migrant", state="KAZ",
        direction="up", baseline="20", baseline_period="2026-09", goal="60",
    )  # fmt: skip
    assert coordinator.has("nothing is published; the number is not known")
    return address


def deed(window: Window, name: str) -> Any:
    """The form of an act on the page."""
    return next(form for form in window.forms() if form.fields.get("act") == name)


def read(window: Window, address: str) -> str:
    """The words of a PDF or DOCX, without its breaks of lines."""
    answer = window.client.get(address)
    assert answer.status_code == 200, address
    if address.partition("?")[0].endswith(".pdf"):
        text = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True).stdout
        return re.sub(r"\s+", " ", text.decode())
    paper = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", " ", " ".join([one.text for one in paper.paragraphs] + cells))


def everything(window: Window) -> Iterator[tuple[str, str, str]]:
    """The chair's report and the statement, in both forms and languages: which it is, its language, its words."""
    for form in ("pdf", "docx"):
        for language in ("en", "ru"):
            yield "report", language, read(window, f"/commitments/report.{form}?lang={language}")
            yield "statement", language, read(window, f"{MEETING}statement-{language}.{form}")


def stands_in_every_paper(
    window: Window, code: str, *, value: str, period: str, whole: str, share: str, mark: str
) -> None:
    for which, language, words in everything(window):
        told = SAID[language]
        wanted = [code, f": {value};", period, told["of"].format(whole), share, told[mark]]
        if which == "statement":
            wanted += ["M-som-9-1", BEST if language == "en" else RUSSIAN]
        absent = [one for one in wanted if squeezed(one) not in squeezed(words)]
        assert not absent, f"{which} in {language}: {absent} not in {words[:3000]}"


def squeezed(text: str) -> str:
    """Without spaces and hyphens: narrow columns of a PDF break words."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.mark.slow
def test_a_promise_goes_from_the_meeting_to_the_report_with_its_number(people: People, kaz: Node) -> None:  # noqa: F811
    agreed(people)
    address = promised(people)
    code = address.strip("/").rpartition("/")[2]
    coordinator, leads = Window(people.kaz), Window(people.secretariat)
    assert leads.open(MEETING).follow(code).follow("M-som-9-1").has(BEST)

    # Before anything is published nothing is known, and nothing is there to be signed.
    assert not any(form.fields.get("act") == "sign_figure" for form in coordinator.open(address).forms())
    for _which, language, words in everything(leads):
        assert squeezed({"en": "not known", "ru": "не известно"}[language]) in squeezed(words)

    publishes(kaz, 40, "2026-10")
    coordinator.open(address)
    assert coordinator.has("40 persons")
    assert coordinator.has("50 %")
    assert coordinator.has("The national coordinator has not signed this figure.")
    coordinator.send_form(deed(coordinator, "sign_figure"))
    assert coordinator.has("The national coordinator signed this figure on")
    assert not any(form.fields.get("act") == "sign_figure" for form in coordinator.forms())
    stands_in_every_paper(leads, code, value="40", period="2026-10", whole="52", share="50%", mark="signed")

    # The next month moves the figure; what was signed stays beside it.
    with standing_at(NOON + timedelta(days=10)):
        publishes(kaz, 60, "2026-11")
        assert tasks.tell_moved.func() == 1
        coordinator.open(address)
        assert coordinator.has("60 persons")
        assert coordinator.has("100 %")
        assert coordinator.has("Moved since signed. The national coordinator signed 40 for 2026-10")
        assert coordinator.open("/commitments/board/").has("Figures that moved since they were signed")
        assert {"40", "60"} <= set(coordinator.cells("numeric"))
        stands_in_every_paper(leads, code, value="60", period="2026-11", whole="72", share="100%", mark="moved")
        coordinator.open(address)
        coordinator.send_form(deed(coordinator, "sign_figure"))
        assert not coordinator.has("Moved since signed")
        assert {"40", "60"} <= set(coordinator.cells("numeric"))
        stands_in_every_paper(leads, code, value="60", period="2026-11", whole="72", share="100%", mark="signed")


def test_nobody_but_the_owners_coordinator_signs_the_number(
    people: People,  # noqa: F811
    kaz: Node,
    signed_in: Callable[[Officer], Client],
) -> None:
    agreed(people)
    address = promised(people)
    publishes(kaz, 40, "2026-10")
    shown = deed(Window(people.kaz).open(address), "sign_figure").fields["shown"]
    for other in (people.chair, people.kgz, people.secretariat):
        window = Window(other).open(address)
        assert not any(form.fields.get("act") == "sign_figure" for form in window.forms())
        said = {"act": "sign_figure", "shown": shown, "action": uuid7(), "made": uuid7()}
        assert signed_in(other).post(address, said).status_code == 404
    assert "has not signed this figure" in Window(people.kaz).open(address).text
