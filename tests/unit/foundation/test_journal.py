"""The journal: whole, append-only, signed, and still whole after an erasure."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from panah.foundation.journal import chain, service
from panah.foundation.journal.models import Checkpoint, Entry, Head
from panah.foundation.keys import service as keys
from panah.foundation.keys.service import KeyDestroyed

WHEN = datetime(2026, 11, 21, 8, tzinfo=UTC)


def write(n: int = 3, subject: UUID | None = None) -> None:
    for i in range(n):
        with transaction.atomic():
            service.append(
                "tests.line",
                by=None,
                place="ALA",
                facts={"n": i},
                subject=subject,
                sealed=b"a story" if subject else None,
            )


def rewrite(sql: str) -> None:
    """Change the journal behind the program's back, as one could who owns the database file."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER journal_entry_is_never_changed")
            cursor.execute("DROP TRIGGER journal_entry_is_never_removed")
        cursor.execute(sql)


def test_what_was_written_verifies(db):
    write(5)
    found = service.verify()
    assert found.holds
    assert found.lines == 5


def test_an_empty_journal_verifies(db):
    assert service.verify() == service.Verification(0, 0, ())


def test_the_database_refuses_to_change_or_remove_a_line(db):
    write(1)
    for attempt in (Entry.objects.filter(seq=1).update, Entry.objects.filter(seq=1)._raw_delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt(code="tests.other") if attempt.__name__ == "update" else attempt(Entry.objects.db)
    assert Entry.objects.get(seq=1).code == "tests.line"


def test_a_changed_line_is_named(db):
    write(5)
    rewrite("UPDATE journal_entry SET facts = '{\"n\":9}' WHERE seq = 3")
    found = service.verify()
    assert [broken.seq for broken in found.breaks] == [3]


def test_a_removed_line_is_named(db):
    write(5)
    rewrite("DELETE FROM journal_entry WHERE seq = 3")
    assert "Line 3 is missing" in service.verify().breaks[0].reason


def test_lines_cut_off_at_the_end_are_noticed(db):
    write(5)
    rewrite("DELETE FROM journal_entry WHERE seq = 5")
    assert not service.verify().holds


def test_a_chain_rewritten_whole_fails_at_the_signed_checkpoint(db):
    write(3)
    service.checkpoint()
    previous, lines = chain.BEGINNING, list(service._lines())
    for line, _ in lines:
        forged = dataclasses.replace(line, facts='{"n":"forged"}')
        previous = chain.next_hash(previous, forged)
        rewrite_one(line.seq, forged.facts, previous)
    Head.objects.filter(pk=1).update(hash=previous)
    reasons = [broken.reason for broken in service.verify().breaks]
    assert reasons == ["The signed checkpoint at line 3 does not agree with the journal."]


def rewrite_one(seq: int, facts: str, digest: bytes) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS journal_entry_is_never_changed")
        cursor.execute("UPDATE journal_entry SET facts = %s, hash = %s WHERE seq = %s", [facts, digest, seq])


def test_a_checkpoint_is_signed_once_and_checked(db):
    write(2)
    mark = service.checkpoint()
    assert mark is not None
    assert mark.seq == 2
    assert service.checkpoint() is None
    assert service.verify().checkpoints == 1
    Checkpoint.objects.update(signature=bytes(64))
    assert not service.verify().holds


def test_erasing_a_person_leaves_the_chain_whole_and_the_content_unreadable(db):
    person = uuid7()
    write(3, subject=person)
    entry = Entry.objects.get(seq=2)
    assert service.sealed_content(entry) == b"a story"
    keys.destroy(person)
    assert service.verify().holds
    with pytest.raises(KeyDestroyed):
        service.sealed_content(entry)


def test_a_destroyed_key_is_never_made_anew(db):
    person = uuid7()
    keys.destroy(person)
    with pytest.raises(KeyDestroyed), transaction.atomic():
        service.append("tests.line", by=None, place="", facts={}, subject=person, sealed=b"x")


def test_one_persons_line_cannot_be_opened_under_another_persons_key(db):
    aigul, bek = uuid7(), uuid7()
    sealed = keys.seal_for(aigul, b"hers")
    keys.seal_for(bek, b"his")
    with pytest.raises(Exception, match="cannot be opened"):
        keys.unseal_for(bek, sealed)


def test_a_line_cannot_be_written_outside_a_transaction(db):
    connection.in_atomic_block = False
    try:
        with pytest.raises(RuntimeError, match="outside a transaction"):
            service.append("tests.line", by=None, place="", facts={})
    finally:
        connection.in_atomic_block = True


LINES = st.lists(
    st.builds(
        chain.Line,
        seq=st.just(0),
        recorded_at=st.just(WHEN),
        happened_at=st.datetimes(timezones=st.just(UTC)),
        code=st.text(max_size=20),
        action=st.none() | st.uuids(),
        by=st.none() | st.uuids(),
        place=st.text(max_size=5),
        subject=st.none() | st.uuids(),
        facts=st.text(max_size=20),
        sealed=st.none() | st.binary(max_size=20),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.data())
def test_any_single_change_breaks_the_chain(lines, data):
    numbered = [dataclasses.replace(line, seq=n) for n, line in enumerate(lines, start=1)]
    previous, chained = chain.BEGINNING, []
    for line in numbered:
        previous = chain.next_hash(previous, line)
        chained.append((line, previous))
    assert list(chain.breaks(chained)) == []
    at = data.draw(st.integers(0, len(chained) - 1))
    line, digest = chained[at]
    changed = dataclasses.replace(line, place=line.place + "x")
    assert list(chain.breaks([*chained[:at], (changed, digest), *chained[at + 1 :]]))
