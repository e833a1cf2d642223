"""Answers of /sdmx/: made once until something is published, and no more of them for one address than the installation says."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from panah.cores.exchange.messages import read
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import perform
from panah.hub.exchange import answers, figures, limits
from panah.hub.intake import service as intake
from panah.hub.intake.actions import Withdraw
from tests.messages import Node, people, protected

FLOW = "/sdmx/v2/data/dataflow/ALMATY/ARRIVALS_CITIZENSHIP_PROFILE/1.0.0"
HERE, THERE = "192.0.2.7", "198.51.100.9"
LATER = datetime(2031, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dataflows that were put together, one entry each time."""
    found: list[str] = []
    whole = figures.dataset
    monkeypatch.setattr(figures, "dataset", lambda flow: found.append(flow) or whole(flow))
    return found


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Every piece of new work takes 4 of the 10 seconds that an address has in a minute."""
    settings.PANAH_EXCHANGE_WORK = 10
    spent = iter(range(0, 100_000, 4))
    monkeypatch.setattr(limits, "thread_time", lambda: next(spent))


def got(address: str = FLOW, asks: str = HERE, **headers: str) -> HttpResponse:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().get(address, headers=said, REMOTE_ADDR=asks)


def published_by(state: str) -> intake.Answer:
    node = Node(state)
    intake.add_sender(state, node.public_key)
    return intake.take_in(node.message(protected(people(50))), "file")


def states(answer: HttpResponse) -> set[str]:
    return {one.key[1] for dataset in read(answer.content, check=False) for one in dataset.observations}


def test_the_same_question_is_answered_from_what_was_kept(two_states, made):
    first, again = got(f"{FLOW}?format=xml-3.0"), got(f"{FLOW}?format=xml-3.0")
    assert first.content == again.content
    assert got(f"{FLOW}?format=csv&c[REF_AREA]=KAZ").status_code == 200
    assert made == ["ARRIVALS_CITIZENSHIP_PROFILE"], "a filter reads what was put together before"


def test_who_holds_an_answer_is_told_that_it_still_stands(two_states, made):
    with standing_at(LATER):
        got()
    with standing_at(LATER + timedelta(minutes=5)):
        first = got()
        assert (first["Cache-Control"], first["Last-Modified"]) == ("public, no-cache", "Wed, 01 Jan 2031 12:00:00 GMT")
        assert {"Accept", "Accept-Encoding"} <= set(first["Vary"].split(", "))
        for asked in ({"If_None_Match": first["ETag"]}, {"If_Modified_Since": first["Last-Modified"]}):
            unsent = got(**asked)
            assert (unsent.status_code, unsent.content, unsent["ETag"]) == (304, b"", first["ETag"])
    assert len(made) == 1


def test_each_format_query_and_language_has_a_tag_of_its_own(two_states):
    asked = [FLOW, f"{FLOW}?format=csv", f"{FLOW}?format=xml-2.1", f"{FLOW}?format=csv&c[REF_AREA]=KAZ"]
    metadata = "/sdmx/v2/metadata/structure/dataflow/ALMATY/EVIDENCE/1.0.0"
    tags = [got(one)["ETag"] for one in asked] + [got(metadata)["ETag"], got(metadata, Accept_Language="ru")["ETag"]]
    assert len(set(tags)) == len(tags)
    first, second = (
        got(f"{FLOW}?format=csv&{query}") for query in ("c[REF_AREA]=KAZ&c[SEX]=_T", "c[SEX]=_T&c[REF_AREA]=KGZ")
    )
    assert first["ETag"] != second["ETag"]


def test_what_changed_a_moment_ago_gets_no_hour_that_could_hide_a_second_change(two_states):
    with standing_at(LATER):
        got()
    with standing_at(LATER + timedelta(seconds=1)):
        assert "Last-Modified" not in got()


def test_a_publication_is_seen_by_the_very_next_request(two_states, made):
    before = got()
    assert published_by("TJK").accepted
    after = got(If_None_Match=before["ETag"])
    assert (after.status_code, states(after)) == (200, {"KAZ", "KGZ", "TJK"})
    assert len(made) == 2


def test_a_table_that_was_withdrawn_is_given_to_nobody_from_what_was_kept(two_states, officer):
    submission = published_by("TJK").submission
    before = got()
    assert "TJK" in states(before)
    secretariat = officer("secretariat")
    perform(Withdraw(by=secretariat.pk, happened_at=now(), submission=submission, reason="Counted people twice."))
    after = got(If_None_Match=before["ETag"])
    assert (after.status_code, states(after)) == (200, {"KAZ", "KGZ"})


def test_an_act_that_publishes_nothing_leaves_what_was_kept_as_it_is(two_states, made, officer):
    before = got()
    officer("secretariat")
    assert got(If_None_Match=before["ETag"]).status_code == 304
    assert len(made) == 2, "looked at once, and found the same"


def test_answers_travel_packed_to_who_can_unpack(two_states):
    plain, packed = got(), got(Accept_Encoding="br, gzip;q=0.8")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 4
    for refusing in ("identity", "gzip;q=0", "gzip; q=0.0, br"):
        assert "Content-Encoding" not in got(Accept_Encoding=refusing)


@pytest.mark.parametrize(
    "address",
    [
        "/sdmx/v2/structure/codelist/ALMATY/*/*",
        "/catalogue.jsonld",
        FLOW.replace("data", "availability", 1),
    ],
)
def test_everything_that_programs_read_can_be_asked_whether_it_changed(two_states, address):
    first = got(address)
    assert first.status_code == 200
    assert got(address, If_None_Match=first["ETag"]).status_code == 304


def test_no_more_is_kept_than_there_is_room_for(two_states, monkeypatch):
    got(f"{FLOW}?format=csv")
    monkeypatch.setattr(answers, "MOST_KEPT", 3000)
    for number in range(1, 30):
        assert got(f"{FLOW}?format=csv&lastNObservations={number}").status_code == 200
    assert sum(map(len, answers._kept.values())) < 3000


def test_who_asks_for_too_much_waits_and_is_told_how_long(two_states, costly):
    with standing_at(LATER):
        assert got(f"{FLOW}?format=csv").status_code == 200, "the dataset 4 s, the answer 4 s"
        assert got(f"{FLOW}?format=json").status_code == 200
        refused = got(f"{FLOW}?format=xml-3.0")
        assert (refused.status_code, refused["Retry-After"]) == (429, "13")
        assert "10 seconds of computing. Ask again in 13 seconds." in refused.json()["errors"][0]["title"]
        assert "ETag" not in refused
        assert got(f"{FLOW}?format=csv").status_code == 200, "what was made before is given on"
        assert got(f"{FLOW}?format=xml-3.0", asks=THERE).status_code == 200, "nobody pays for another"
    with standing_at(LATER + timedelta(seconds=13)):
        assert got(f"{FLOW}?format=xml-2.1").status_code == 200


def test_an_address_is_in_no_table_and_no_log_and_is_soon_forgotten(
    two_states, costly, caplog, django_assert_num_queries
):
    with standing_at(LATER):
        got()
        with django_assert_num_queries(1):  # the head of the journal; nothing is written
            got()
        assert len(limits._levels) == 1
        assert HERE not in repr(limits._levels)
        assert HERE.encode() not in b"".join(limits._levels)
    with standing_at(LATER + timedelta(minutes=2)):
        got(f"{FLOW}?format=csv", asks=THERE)
    assert len(limits._levels) == 1, "of the first nothing is left"
    assert HERE not in caplog.text


@pytest.mark.parametrize(
    ("proxies", "said", "found"),
    [
        (0, "203.0.113.5", HERE),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "10.0.0.1, 203.0.113.5", "203.0.113.5"),
        (2, "203.0.113.5, 10.0.0.9", "203.0.113.5"),
        (2, "203.0.113.5", HERE),
        (1, "", HERE),
        (1, "elsewhere", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_an_address_is_believed_only_from_the_proxies_of_the_installation(settings, proxies, said, found):
    settings.PANAH_PROXIES = proxies
    request = RequestFactory().get(FLOW, headers={"X-Forwarded-For": said}, REMOTE_ADDR=HERE)
    assert limits.address_of(request) == found


def at_once(count: int, ask: Callable[[], Any]) -> list[Any]:
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(ask())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_who_asks_the_same_at_the_same_time_gets_what_was_made_once():
    begun, times = threading.Event(), []

    def make() -> bytes:
        begun.set()
        times.append(1)
        threading.Event().wait(0.2)
        return b"the answer"

    request = RequestFactory().get(FLOW)
    found = at_once(3, lambda: answers.of_the_program(request, ("test",), "text/plain", make))
    assert [one.content for one in found] == [b"the answer"] * 3
    assert len(times) == 1


def test_where_no_turn_comes_the_answer_says_when_to_ask_again(monkeypatch):
    monkeypatch.setattr(limits, "IN_TURN_WITHIN", 0.01)
    with limits._turn:
        answer = answers.of_the_program(RequestFactory().get(FLOW), ("test",), "text/plain", lambda: b"")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_thread_is_left_for_pages_while_answers_are_made(monkeypatch):
    monkeypatch.setattr(limits, "LET_IN_WITHIN", 0.01)
    monkeypatch.setattr(limits, "_let_in", threading.BoundedSemaphore(2))
    release = threading.Event()

    def make() -> bytes:
        release.wait(5)
        return b"the answer"

    request = RequestFactory().get(FLOW)
    waiting = [
        threading.Thread(target=lambda n=n: answers.of_the_program(request, ("slow", n), "text/plain", make))
        for n in (1, 2)
    ]
    for thread in waiting:
        thread.start()
    while limits._let_in._value:
        threading.Event().wait(0.01)
    assert answers.of_the_program(request, ("third",), "text/plain", make).status_code == 503
    release.set()
    for thread in waiting:
        thread.join()
    assert answers.of_the_program(request, ("third",), "text/plain", make).status_code == 200
