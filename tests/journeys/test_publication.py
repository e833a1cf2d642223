"""From a day of people at a border post to a table that everybody reads, between two installations, with a kill on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.browser.installation import Account, Installation, at_once, free_port
from tests.journeys.offices import Line, database, people_of_a_day, publish, started
from tests.messages import tampered

pytestmark = pytest.mark.slow
DAY, NEXT_DAY = "2026-11-19", "2026-11-20"
TABLE = f"/published/KAZ/ARRIVALS_CITIZENSHIP_PROFILE/{DAY}/"
COORDINATOR = Account("zarina", "Zarina", ("national_coordinator",))
AIDA = Account("aida", "Aida", ("border_officer",), post="ALA")
SECRETARIAT = Account("nilufar", "Nilufar", ("secretariat",))


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Installation, Line]]:
    """Node and hub, set up, knowing each other's keys, the hub served, and the line between them."""
    folder = tmp_path_factory.mktemp("offices")
    with ExitStack() as stack:
        port = free_port()
        line = Line(f"http://127.0.0.1:{port}")
        stack.callback(line.close)
        named = {"PANAH_HUB": line.address} | stack.enter_context(database("journey_node"))
        node = Installation("node", folder / "node", free_port(), named)
        hub = Installation("hub", folder / "hub", port, stack.enter_context(database("journey_hub")))
        node.home.mkdir()
        hub.home.mkdir()
        keys = at_once(
            lambda: node.open_accounts([COORDINATOR, AIDA], ["sender", "key"]),
            lambda: hub.open_accounts([SECRETARIAT], ["sender", "key"]),
        )
        of_node, of_hub = (said.split()[-1] for said in keys)
        at_once(
            lambda: hub.panah(["sender", "add", "KAZ", of_node]),
            lambda: node.panah(["sender", "trust", of_hub]),
            lambda: people_of_a_day(node, DAY, 30, 7),
        )
        stack.enter_context(hub.served())
        yield node, hub, line


def read_back(hub: Installation, address: str) -> dict[tuple[str, str], tuple[str, str]]:
    """The table as everybody can download it: number and reason by citizenship group and profile."""
    text = httpx.get(f"{hub.address}{address}").raise_for_status().content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return {(row["CITIZENSHIP"], row["PROFILE"]): (row["OBS_VALUE"], row["WITHHELD"]) for row in rows}


def test_a_day_is_published_once_whatever_happens_on_the_way(
    offices: tuple[Installation, Installation, Line], tmp_path: Path
) -> None:
    node, hub, line = offices

    # The node dies when the hub has published and before the receipt gets through.
    publishing = started(node, "publish", "--period", DAY, "--by", COORDINATOR.username)
    line.victim = publishing
    publishing.communicate(f"{COORDINATOR.password}\n")
    assert publishing.returncode == -9
    assert [answer.status_code for answer in line.answers] == [201]
    assert httpx.get(f"{hub.address}{TABLE}").status_code == 200

    # Its worker sends the same message again, and gets the first receipt.
    line.victim = None
    node.panah(["worker", "--until-empty"])
    assert [answer.status_code for answer in line.answers] == [201, 200]
    assert line.answers[0].content == line.answers[1].content

    # Seven people are withheld together with a second number, all the way to the page.
    cells = read_back(hub, f"{TABLE}table.csv")
    assert cells["_T", "_T"] == ("37", "")
    assert cells["AFG", "_T"] == cells["_T", "asylum_seeker"] == ("", "primary")
    assert cells["CENTRAL_ASIA", "_T"] == cells["_T", "labour_migrant"] == ("", "complementary")
    assert not any(value and 0 < int(value) < 10 for value, _kind in cells.values())
    assert "Fewer than ten, or nobody in a group of fewer than ten." in httpx.get(f"{hub.address}{TABLE}").text

    # Nothing changed: nothing is published again.
    assert "There is nothing to publish." in publish(node, COORDINATOR, DAY)
    assert len(line.answers) == 2

    # Changed bytes get nowhere.
    sent = line.answers[0].request.content
    answer = httpx.post(
        f"{hub.address}/intake/submissions/", content=tampered(sent), headers={"Content-Type": "application/jose"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_signature")

    # A correction is a further revision; the first stays readable, and what was withheld stays withheld.
    people_of_a_day(node, DAY, 0, 20)
    assert "The hub has received them" in publish(node, COORDINATOR, DAY)
    assert read_back(hub, f"{TABLE}table.csv")["AFG", "_T"] == ("", "earlier")
    assert read_back(hub, f"{TABLE}table.csv?revision=1")["AFG", "_T"] == ("", "primary")

    # The same as a file on a stick.
    people_of_a_day(node, NEXT_DAY, 12, 0)
    by_hand = Installation(node.role, node.home, node.port, {**node.settings, "PANAH_HUB": ""})
    publish(by_hand, COORDINATOR, NEXT_DAY, "--to-file", str(tmp_path))
    (message,) = tmp_path.glob("*.jws")
    receipt = brought(hub, message)
    assert "Received by the hub" in by_hand.panah(["sender", "receipt", str(receipt)])
    assert read_back(hub, TABLE.replace(DAY, NEXT_DAY) + "table.csv")["_T", "_T"] == ("12", "")

    for office in (node, hub):
        assert "The chain holds" in office.panah(["journal", "verify"])


def brought(hub: Installation, message: Path) -> Path:
    """The secretariat takes in the file on its page; the receipt comes back as a file."""
    with httpx.Client(base_url=hub.address, follow_redirects=True, timeout=120) as browser:

        def post(address: str, **given: object) -> httpx.Response:
            browser.get(address)
            token = next(value for name, value in browser.cookies.items() if name.endswith("csrf"))
            headers = {"Referer": f"{hub.address}{address}"}
            data = {"csrfmiddlewaretoken": token, **dict(given.get("data") or {})}  # type: ignore[call-overload]
            return browser.post(address, data=data, files=given.get("files"), headers=headers)  # type: ignore[arg-type]

        post("/sign-in/", data={"username": SECRETARIAT.username, "password": SECRETARIAT.password})
        page = post("/intake/upload/", files={"message": (message.name, message.read_bytes())})
        assert str(page.url).startswith(f"{hub.address}/intake/"), page.text
        receipt = browser.get(f"{page.url}receipt.jws").raise_for_status().content
    path = message.with_name("receipt.jws")
    path.write_bytes(receipt)
    return path
