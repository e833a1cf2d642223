"""Handing over, and the receipt that ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import Refused, perform
from panah.foundation.keys import crypto
from panah.node.statistics import service, tasks
from panah.node.statistics.actions import AskRelease
from panah.node.statistics.models import Release

from .receipts import HUB, answered, receipt_of, trusted

pytestmark = pytest.mark.django_db
Answer = Callable[[bytes], tuple[int, str, bytes]]


@pytest.fixture
def signed(coordinator: Officer) -> Release:
    """The tables of a day on which nobody came."""
    return service.sign(service.prepare("2026-11-20", coordinator), coordinator)


@pytest.fixture
def hub(settings: LazySettings) -> Iterator[Callable[[Answer], list[bytes]]]:
    """A server on loopback that answers as told, and the bodies that it got."""
    servers = []

    def answering(answer: Answer) -> list[bytes]:
        got: list[bytes] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                got.append(self.rfile.read(int(self.headers["Content-Length"])))
                status, media, body = answer(got[-1])
                self.send_response(status)
                self.send_header("Content-Type", media)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        settings.PANAH_HUB = f"http://127.0.0.1:{server.server_port}"
        return got

    yield answering
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_receipt_of_the_hub_is_checked_and_kept(signed: Release, hub: Any):
    trusted()
    got = hub(lambda body: (201, "application/jose", receipt_of(body, signed)))
    after = service.hand_over(signed)
    assert got == [bytes(signed.message or b"")]
    assert (after.state, after.attempts, after.failure) == (Release.State.RECEIVED, 1, "")


def test_what_the_hub_found_is_kept(signed: Release, hub: Any):
    trusted()
    hub(lambda body: (422, "application/jose", receipt_of(body, signed, accepted=False)))
    after = service.hand_over(signed)
    assert after.state == Release.State.REFUSED
    assert after.problems[0]["code"] == "RULES"


def test_a_hub_out_of_reach_is_tried_again_later(signed: Release, settings: LazySettings):
    settings.PANAH_HUB = "http://127.0.0.1:9"
    after = service.hand_over(signed)
    assert (after.state, after.attempts) == (Release.State.SIGNED, 1)
    assert "was not reached" in after.failure
    with standing_at(now() + timedelta(seconds=20)):
        assert tasks.take_up_again.call() == 0
    with standing_at(now() + timedelta(seconds=40)):
        assert tasks.take_up_again.call() == 1


def test_the_hubs_sentence_is_kept_when_it_turns_the_message_away(signed: Release, hub: Any):
    problem = b'{"code": "unknown_key", "detail": "The message is signed with a key that is not known here."}'
    hub(lambda body: (403, "application/problem+json", problem))
    assert "(403): The message is signed with a key that is not known here." in service.hand_over(signed).failure


@pytest.mark.parametrize(
    ("forge", "words"),
    [
        (lambda body, release: receipt_of(body, release, key=crypto.new_key()), "a key that is not known here"),
        (lambda body, release: receipt_of(body + b"x", release), "other bytes than those that this node signed"),
        (lambda body, release: receipt_of(body, release)[:-9] + b"AAAAAAAAA", "does not belong to these bytes"),
        (lambda body, release: b"thank you", "not a signed message"),
        (lambda body, release: body, "Expected is 'panah-receipt+jws'"),
    ],
    ids=["another key", "of other bytes", "changed", "no receipt", "the message itself"],
)
def test_a_receipt_that_cannot_be_believed_is_not_kept(signed: Release, hub: Any, forge: Any, words: str):
    trusted()
    hub(lambda body: (201, "application/jose", forge(body, signed)))
    after = service.hand_over(signed)
    assert (after.state, after.receipt) == (Release.State.SIGNED, None)
    assert words in after.failure


def test_a_withdrawn_key_of_the_hub_is_believed_no_more(signed: Release):
    service.distrust_hub(trusted())
    with pytest.raises(Refused, match="no longer valid"):
        service.keep_receipt(receipt_of(bytes(signed.message or b""), signed))


def test_a_second_receipt_changes_nothing(signed: Release):
    kept = answered(signed)
    with pytest.raises(Refused, match="is kept already"):
        answered(signed, accepted=False)
    kept.refresh_from_db()
    assert kept.state == Release.State.RECEIVED


def test_a_receipt_for_another_node_is_refused(signed: Release):
    trusted()
    signed.message_id = signed.pk
    with pytest.raises(Refused, match="did not send"):
        service.keep_receipt(receipt_of(bytes(signed.message or b""), signed, key=HUB))


def test_the_message_on_a_stick_is_the_same(signed: Release, tmp_path: Path):
    path = service.write_file(signed, tmp_path / "stick")
    assert path.read_bytes() == bytes(signed.message or b"")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_was_asked_for_and_forgotten_is_taken_up_again(coordinator: Officer):
    perform(AskRelease(by=coordinator.pk, happened_at=now(), release=uuid7(), period="2026-11-20"))
    assert tasks.take_up_again.call() == 0
    with standing_at(now() + timedelta(minutes=11)):
        assert tasks.take_up_again.call() == 1
