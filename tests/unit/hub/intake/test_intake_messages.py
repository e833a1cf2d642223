"""What a node may hand in, what is refused and with which words, and that a resend changes nothing."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from panah.cores.disclosure import Rules
from panah.cores.exchange import submission as letters
from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice
from panah.hub.intake import checking, service
from panah.hub.intake.actions import TakeIn
from panah.hub.intake.models import PublishedCell, PublishedTable, Submission
from panah.hub.intake.tables import as_table
from tests.messages import Node, payload_of, people, protected, tampered

pytestmark = pytest.mark.django_db


def receipt_in(answer: Any) -> letters.Receipt:
    """The receipt in an answer, checked against the hub's own key."""
    key = service.own_public_key()
    return letters.read_receipt(answer.content, {letters.key_id(key): key})


def test_a_signed_message_of_a_known_state_is_published_and_receipted(kaz: Node, post: Any):
    made = protected(people())
    message = kaz.message(made)
    answer = post(message)
    assert answer.status_code == 201
    receipt = receipt_in(answer)
    assert receipt.accepted
    assert receipt.digest == letters.digest_of_bytes(message)
    (row,) = PublishedTable.objects.all()
    assert (row.state, row.flow, row.period, row.revision) == ("KAZ", "ARRIVALS_CITIZENSHIP_PROFILE", "2026-11-20", 1)
    assert as_table(row) == made.published[0]


def test_seven_people_are_withheld_together_with_a_second_number(kaz: Node, post: Any):
    post(kaz.message(protected(people(workers=30, afraid=7))))
    cells = {cell.key: (cell.value, cell.kind) for cell in PublishedCell.objects.all()}
    assert cells["_T.asylum_seeker"] == (None, "primary")
    assert cells["AFG._T"] == (None, "primary")
    assert (None, "complementary") in {cells[key] for key in ("_T._T", "CENTRAL_ASIA._T")}
    assert not PublishedCell.objects.filter(value__gt=0, value__lt=10).exists()


def test_the_same_message_again_changes_nothing_and_gets_the_first_receipt(kaz: Node, post: Any):
    message = kaz.message(protected(people()))
    first = post(message)
    lines = Entry.objects.count()
    again = post(message)
    assert again.status_code == 200
    assert again.content == first.content
    assert Entry.objects.count() == lines
    assert Submission.objects.count() == PublishedTable.objects.count() == 1


def test_the_same_message_on_a_stick_is_known_too(kaz: Node, post: Any):
    message = kaz.message(protected(people()))
    first = post(message)
    brought = service.take_in(message + b"\n", "file")
    assert brought.known
    assert brought.receipt == first.content


def test_changed_bytes_are_refused_and_not_kept(kaz: Node, post: Any):
    answer = post(tampered(kaz.message(protected(people()))))
    assert answer.status_code == 403
    assert answer.json()["code"] == "wrong_signature"
    assert not Submission.objects.exists()


def test_every_changed_byte_is_noticed(kaz: Node, post: Any):
    message = kaz.message(protected(people()))
    for place in range(0, len(message), len(message) // 60):
        changed = bytearray(message)
        changed[place] = ord("A") if message[place] != ord("A") else ord("B")
        assert post(bytes(changed)).status_code in (400, 403), place
    assert not Submission.objects.exists()


def test_a_stranger_is_refused(kaz: Node, post: Any):
    answer = post(Node("KAZ").message(protected(people())))
    assert answer.status_code == 403
    assert answer.json()["code"] == "unknown_key"
    assert not Submission.objects.exists()


def test_a_withdrawn_key_is_a_strangers(kaz: Node, post: Any):
    service.withdraw_sender(letters.key_id(kaz.public_key))
    assert post(kaz.message(protected(people()))).json()["code"] == "unknown_key"


def test_a_key_is_believed_only_in_its_time(db: None, post: Any):
    early, late = Node("KGZ"), Node("KGZ")
    service.add_sender("KGZ", early.public_key, valid_from=now() - timedelta(9), valid_to=now() - timedelta(1))
    service.add_sender("KGZ", late.public_key, valid_from=now() + timedelta(1))
    made = protected(people())
    assert post(early.message(made)).json()["code"] == "unknown_key"
    assert post(late.message(made)).json()["code"] == "unknown_key"


def test_a_state_cannot_speak_for_another(kaz: Node, post: Any):
    answer = post(kaz.message(protected(people()), area="UZB"))
    assert answer.status_code == 422
    assert [problem.code for problem in receipt_in(answer).problems] == ["OTHER_STATE"]
    assert not PublishedTable.objects.exists()


def test_figures_of_another_state_inside_are_found(kaz: Node, post: Any):
    answer = post(kaz.message(protected(people()), change=lambda text: text.replace(",KAZ,", ",UZB,")))
    assert [problem.code for problem in receipt_in(answer).problems] == ["OTHER_STATE"]


def test_an_older_revision_is_refused(kaz: Node, post: Any):
    first = protected(people())
    post(kaz.message(first, revision=2))
    answer = post(kaz.message(first, revision=1))
    assert answer.status_code == 422
    assert [problem.code for problem in receipt_in(answer).problems] == ["OLD_REVISION"]


def test_a_correction_takes_the_place_of_the_first_which_stays_readable(kaz: Node, post: Any, client: Any):
    first = protected(people(workers=30))
    post(kaz.message(first, revision=1))
    second = protected(people(workers=45), earlier=first.published)
    assert post(kaz.message(second, revision=2)).status_code == 201
    old, new = PublishedTable.objects.order_by("revision")
    assert old.superseded_at == new.published_at
    assert as_table(old) == first.published[0]
    page = client.get("/published/KAZ/ARRIVALS_CITIZENSHIP_PROFILE/2026-11-20/?revision=1").content.decode()
    assert "There is a later revision of this table." in page


def test_a_correction_must_reckon_with_what_readers_hold(kaz: Node, post: Any):
    post(kaz.message(protected(people(workers=30))))
    answer = post(kaz.message(protected(people(workers=33)), revision=2))
    codes = {problem.code for problem in receipt_in(answer).problems}
    assert "EARLIER" in codes
    assert "DIFFERENCE" in codes or len(codes) == 1


def test_weaker_rules_than_agreed_are_refused(kaz: Node, post: Any):
    weak = protected(people(), rules=Rules(threshold=5, protection=3))
    answer = post(kaz.message(weak))
    assert answer.status_code == 422
    assert {problem.code for problem in receipt_in(answer).problems} == {"RULES"}


def test_a_small_number_that_was_written_in_is_found(kaz: Node, post: Any):
    made = protected(people())

    def shown(text: str) -> str:
        lines = text.splitlines()
        place = next(n for n, line in enumerate(lines) if ",asylum_seeker," in line and ",Q,A,primary" in line)
        lines[place] = lines[place].replace(",,Q,A,primary", ",7,A,F,")
        return "\n".join(lines) + "\n"

    answer = post(kaz.message(made, change=shown))
    assert answer.status_code == 422
    assert "DIGEST" in {problem.code for problem in receipt_in(answer).problems}
    assert not PublishedTable.objects.exists()


def test_a_refused_message_keeps_its_refusal(kaz: Node, post: Any):
    message = kaz.message(protected(people()), area="UZB")
    first = post(message)
    assert post(message).content == first.content
    assert Submission.objects.get().state == Submission.State.REFUSED


def test_a_code_that_is_not_agreed_is_named_with_its_place(kaz: Node, post: Any):
    answer = post(kaz.message(protected(people()), change=lambda text: text.replace("asylum_seeker", "asylum_shopper")))
    problem = receipt_in(answer).problems[0]
    assert problem.code == "CODE_UNKNOWN"
    assert problem.found == "asylum_shopper"
    assert "asylum_seeker" in problem.allowed


def test_nothing_about_a_person_can_travel_in_a_message(kaz: Node, post: Any):
    said = payload_of(kaz.message(protected(people())))
    for place in ((), ("journal",), ("proof",), ("proof", "rules"), ("proof", "bounds", 0), ("parts", 0)):
        forged = msgspec.json.decode(msgspec.json.encode(said))
        inner = forged
        for step in place:
            inner = inner[step]
        inner["name"] = "Invented Person"
        answer = post(kaz.signed(forged))
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape"), place
    assert not Submission.objects.exists()


def test_a_column_about_a_person_is_refused(kaz: Node, post: Any):
    def with_names(text: str) -> str:
        head, *lines = text.splitlines()
        return "\n".join([f"{head},PERSON_NAME", *(f"{line},Invented Person" for line in lines)]) + "\n"

    answer = post(kaz.message(protected(people()), change=with_names))
    assert {problem.code for problem in receipt_in(answer).problems} == {"STRUCTURE_COMPONENT"}
    assert not PublishedTable.objects.exists()


def test_a_message_that_is_too_long_is_not_read(kaz: Node, post: Any):
    answer = post(b"a" * (letters.MOST_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_long"


@pytest.mark.parametrize("content", [b" ", b"hello", b"a.b.c", b"{}", bytes(range(256)), b"..", b"e30.e30.e30"])
def test_what_is_no_message_is_turned_away(db: None, post: Any, content: bytes):
    answer = post(content)
    assert answer.status_code in (400, 403)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


def test_only_signed_messages_are_taken(db: None, post: Any):
    assert post(b"{}", media="application/json").status_code == 415


def test_one_id_cannot_stand_for_two_messages(kaz: Node, post: Any):
    message = kaz.message(protected(people()))
    post(message)
    other = kaz.message(protected(people(workers=60)), id=payload_of(message)["id"], revision=2)
    answer = post(other)
    assert (answer.status_code, answer.json()["code"]) == (409, "id_used")


def test_what_was_kept_and_not_published_is_published_later(kaz: Node, monkeypatch: pytest.MonkeyPatch):
    """As if the program had been stopped between the two actions."""
    monkeypatch.setattr(service, "_publish", lambda submission: False)
    service.take_in(kaz.message(protected(people())), "network")
    assert not PublishedTable.objects.exists()
    monkeypatch.undo()
    assert service.publish_waiting() == 1
    assert service.publish_waiting() == 0
    assert PublishedTable.objects.count() == 1


def test_a_journal_that_went_back_is_told_to_the_secretariat(kaz: Node, post: Any):
    post(kaz.message(protected(people()), journal=(40, "b" * 64)))
    answer = post(kaz.message(protected(people(), period="2026-11-21"), journal=(31, "c" * 64)))
    assert answer.status_code == 201
    assert Notice.objects.filter(code="intake.journal_went_back", role="secretariat").exists()


def test_the_hubs_journal_anchors_the_nodes(kaz: Node, post: Any):
    post(kaz.message(protected(people()), journal=(40, "b" * 64)))
    line = Entry.objects.get(code="intake.take_in")
    assert f'"journal":[40,"{"b" * 64}"]' in line.facts


def test_a_sudden_rise_is_remarked_and_not_refused(kaz: Node, post: Any):
    post(kaz.message(protected(people(workers=30, afraid=0), period="2026-11-20")))
    answer = post(kaz.message(protected(people(workers=3000, afraid=0), period="2026-11-21")))
    receipt = receipt_in(answer)
    assert receipt.accepted
    assert {problem.code for problem in receipt.problems} == {"SERIES_JUMP"}


def test_taking_in_checks_again_what_could_have_changed(kaz: Node):
    """The proof is checked before the door; another revision that came in between makes it void."""
    content = kaz.message(protected(people()), revision=2)
    found = checking.read(content, now())
    service.take_in(kaz.message(protected(people())), "network")
    with pytest.raises(Refused, match="Send the message again"):
        perform(
            TakeIn(
                by=None,
                happened_at=now(),
                content=base64.b64encode(content),
                way="network",
                problems=(),
                held=found.held,
            )
        )
