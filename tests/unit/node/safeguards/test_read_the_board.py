from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panah.foundation.access.actions import OpenBreakGlass
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Stopped, perform
from panah.node.safeguards import board
from panah.node.safeguards.actions import AskCoerciveAct
from panah.node.safeguards.board import Row, Section


@pytest.fixture
def aida(officer: Any) -> Any:
    return officer("border_officer", post="ALA", body="border-service")


def ask(by: Any, file: UUID, act: str) -> None:
    said = {"legal_ground": "Law on migration, art. 1", "reason": "No right to stay was found by the court."}
    perform(AskCoerciveAct(by=by.pk, place=by.post, happened_at=now(), file=file, act=act, **said))


def numbers(client: Any) -> dict[str, int]:
    return {section.code: number for section, number, _tone in client.get(reverse("board")).context["tiles"]}


def test_the_board_counts_what_stands_and_what_was_tried(
    officer: Any, signed_in: Any, aida: Any, screened: UUID, place: Any
) -> None:
    place(screened, "no_removal")
    place(screened, "no_consular_contact")
    with pytest.raises(Stopped):
        ask(aida, screened, "removal")
    sultan = officer("supervisor", post="ALA", body="border-service")
    perform(OpenBreakGlass(by=sultan.pk, happened_at=now(), reason="A child is missing in another post.", hours=1))
    found = numbers(signed_in(sultan))
    assert (found["holds"], found["attempts"], found["break-glass"], found["children-in-detention"]) == (2, 1, 1, 0)


def test_a_child_found_in_detention_turns_the_number_red(
    officer: Any, signed_in: Any, aida: Any, screened: UUID, place: Any
) -> None:
    ask(aida, screened, "detention")
    client = signed_in(officer("ombudsman"))
    assert numbers(client)["children-in-detention"] == 0
    place(screened, "no_detention", "child")
    assert numbers(client)["children-in-detention"] == 1
    assert numbers(client)["acts-against-a-hold"] == 1
    tones = {section.code: tone for section, _number, tone in client.get(reverse("board")).context["tiles"]}
    assert tones["children-in-detention"] == "danger"
    assert "detention" in client.get(reverse("board_list", args=["children-in-detention"])).content.decode()


@pytest.mark.parametrize("role", ["supervisor", "ombudsman"])
def test_each_number_opens_its_list(
    officer: Any, signed_in: Any, aida: Any, screened: UUID, place: Any, role: str
) -> None:
    place(screened, "no_removal")
    with pytest.raises(Stopped):
        ask(aida, screened, "removal")
    client = signed_in(officer(role, post="ALA", body="border-service"))
    for section, _number, _tone in client.get(reverse("board")).context["tiles"]:
        answer = client.get(reverse("board_list", args=[section.code]))
        assert answer.status_code == 200
    text = client.get(reverse("board_list", args=["holds"])).content.decode()
    assert "ALA-261121-0001" in text
    attempts = client.get(reverse("board_list", args=["attempts"])).content.decode()
    assert "removal from the country" in attempts
    assert aida.display_name in attempts


def test_holds_are_listed_oldest_first_with_their_age(
    officer: Any, signed_in: Any, shelf: Any, place: Any, db: None
) -> None:
    first, second = shelf.add(), shelf.add()
    with standing_at(now() - timedelta(days=3)):
        place(second, "no_removal")
    place(first, "no_detention")
    page = signed_in(officer("supervisor")).get(reverse("board_list", args=["holds"]))
    rows = page.context["table"].rows
    assert [str(row[0].text) for row in rows] == ["No removal", "No detention"]
    assert rows[0][3] == "3 days"


def test_an_attempt_of_last_season_is_no_longer_counted(
    officer: Any, signed_in: Any, aida: Any, screened: UUID, place: Any
) -> None:
    place(screened, "no_removal")
    with standing_at(now() - timedelta(days=31)), pytest.raises(Stopped):
        ask(aida, screened, "removal")
    assert numbers(signed_in(officer("supervisor")))["attempts"] == 0


def test_another_room_puts_its_section_on_the_board(officer: Any, signed_in: Any, shelf: Any, db: None) -> None:
    late = Row("Referral to the asylum body", now() - timedelta(hours=5), shelf.add(), who="asylum-body")
    section = Section("late", "Late", 5, lambda: 7, lambda: [late], "Nothing is late.", must_be_zero=True)
    board.on_board(section)
    try:
        with pytest.raises(ValueError, match="already"):
            board.on_board(section)
        client = signed_in(officer("supervisor"))
        page = client.get(reverse("board"))
        assert page.context["tiles"][0] == (section, 7, "danger")
        assert "ALA-261121-0001" in client.get(reverse("board_list", args=["late"])).content.decode()
    finally:
        del board._sections["late"]


def test_the_board_asks_no_more_when_there_is_more_on_it(
    officer: Any, signed_in: Any, shelf: Any, place: Any, db: None
) -> None:
    client = signed_in(officer("supervisor"))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("board"))
            client.get(reverse("board_list", args=["holds"]))
        return len(found)

    place(shelf.add(), "no_removal")
    few = queries()
    for _ in range(5):
        place(shelf.add(), "no_removal")
    assert queries() == few


def test_an_unknown_list_is_not_there(officer: Any, signed_in: Any) -> None:
    assert signed_in(officer("supervisor")).get(reverse("board_list", args=["gossip"])).status_code == 404


@pytest.mark.parametrize("address", ["board", "board_list"])
def test_the_board_is_not_there_for_others(officer: Any, signed_in: Any, client: Any, address: str) -> None:
    url = reverse(address, args=["holds"] if address == "board_list" else [])
    for role, fields in (
        ("border_officer", {"post": "ALA"}),
        ("national_coordinator", {}),
        ("auditor", {}),
        ("consular_officer", {"serves_state": "AFG"}),
        ("supervisor", {"serves_state": "AFG"}),
    ):
        assert signed_in(officer(role, **fields)).get(url).status_code == 404
    assert client.get(url).status_code == 302
