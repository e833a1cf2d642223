"""The action door: one way in, once, with right, after the safeguards."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import connection
from pydantic import ValidationError
from uuid6 import uuid7

from panah.foundation.access.actions import AddOfficer, GrantRole, OpenBreakGlass, WithdrawRole, hashed
from panah.foundation.access.models import Officer
from panah.foundation.door import service as door
from panah.foundation.door.service import (
    Action,
    Harm,
    IdUsed,
    Moment,
    NotAllowed,
    Outcome,
    Refused,
    Stop,
    Stopped,
    handles,
    perform,
)
from panah.foundation.journal.models import Entry
from panah.foundation.notices.models import Notice

WHEN = datetime(2026, 11, 21, 8, tzinfo=UTC)
REASON = "A child is missing and the file may say where."


class Remove(Action):
    """A harmful act of the tests: its handler must never run while a guard says no."""

    code: ClassVar[str] = "tests.remove"
    needs: ClassVar[str] = "access.break_glass"
    open_fields: ClassVar[frozenset[str]] = frozenset({"file"})
    file: UUID
    story: str = "only for those who may read it"

    def subject(self) -> UUID:
        return self.file

    def harm(self) -> Harm:
        return Harm.REMOVAL


done: list[UUID] = []


@handles(Remove)
def remove(action: Remove, moment: Moment) -> Outcome:
    done.append(action.file)
    return Outcome(result={"removed": str(action.file)})


class Holding:
    """A guard that holds one person."""

    def __init__(self, held: UUID) -> None:
        self.held = held
        self.attempts: list[UUID] = []

    def ask(self, action: Action, harm: Harm) -> Stop | None:
        subject = action.subject()
        return Stop(harm, subject, ({"code": "no_removal"},)) if subject == self.held else None

    def record_attempt(self, action: Action, stop: Stop) -> None:
        self.attempts.append(stop.subject)


@pytest.fixture
def guards(monkeypatch):
    done.clear()

    def use(*standing):
        monkeypatch.setattr(door, "_guards", list(standing))

    return use


def ask(by: Officer, **fields) -> OpenBreakGlass:
    return OpenBreakGlass(by=by.pk, place="ALA", happened_at=WHEN, reason=REASON, hours=1, **fields)


def test_the_same_action_twice_changes_nothing_and_returns_the_first_receipt(officer):
    action = ask(officer("supervisor"))
    first, again = perform(action), perform(action)
    assert again == first
    assert again.recorded_at == first.recorded_at
    assert Entry.objects.filter(code="access.open_break_glass").count() == 1


def test_an_id_cannot_be_used_for_another_action(officer):
    aida = officer("supervisor")
    action = ask(aida)
    perform(action)
    with pytest.raises(IdUsed):
        perform(action.model_copy(update={"hours": 3}))


def test_an_officer_without_the_right_changes_nothing_and_the_attempt_is_on_record(officer):
    with pytest.raises(NotAllowed):
        perform(ask(officer("border_officer")))
    assert not Entry.objects.filter(code="access.open_break_glass").exists()
    assert Entry.objects.get(code="door.refused").facts == '{"tried":"access.open_break_glass"}'


def test_a_closed_account_may_do_nothing(officer):
    aida = officer("supervisor")
    Officer.objects.filter(pk=aida.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        perform(ask(aida))


def test_an_act_without_an_officer_is_refused_where_an_officer_is_needed():
    with pytest.raises(NotAllowed):
        door._permitted(OpenBreakGlass(by=None, happened_at=WHEN, reason=REASON, hours=1))


def test_unknown_fields_and_times_without_a_zone_are_refused():
    with pytest.raises(ValidationError):
        OpenBreakGlass(by=None, happened_at=WHEN, reason=REASON, hours=1, skip_checks=True)
    with pytest.raises(ValidationError):
        OpenBreakGlass(by=None, happened_at=datetime(2026, 11, 21), reason=REASON, hours=1)


def test_a_refusal_leaves_no_trace_in_the_tables_or_the_journal(officer):
    aida = officer("supervisor")
    perform(ask(aida))
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        perform(ask(aida))
    assert refusal.value.code == "open_already"
    assert Entry.objects.count() == before


def test_a_harmful_act_is_not_performed_when_no_safeguards_are_installed(officer, guards):
    guards()
    with pytest.raises(LookupError, match="no safeguards"):
        perform(Remove(by=officer("supervisor").pk, happened_at=WHEN, file=uuid7()))
    assert done == []


def test_a_stopped_act_is_not_done_and_the_attempt_is_kept(officer, guards):
    held = uuid7()
    guard = Holding(held)
    guards(guard)
    with pytest.raises(Stopped) as stopped:
        perform(Remove(by=officer("supervisor").pk, happened_at=WHEN, file=held))
    assert done == []
    assert guard.attempts == [held]
    assert stopped.value.stop.holds[0]["code"] == "no_removal"
    line = Entry.objects.get(code="safeguards.attempt_stopped")
    assert line.subject == held
    assert '"tried":"tests.remove"' in line.facts


def test_an_act_that_no_hold_stands_against_is_done(officer, guards):
    guards(Holding(uuid7()))
    free = uuid7()
    assert perform(Remove(by=officer("supervisor").pk, happened_at=WHEN, file=free)).result == {"removed": str(free)}


def test_the_journal_holds_of_a_person_only_ids_and_codes_in_the_clear(officer, guards):
    guards(Holding(uuid7()))
    perform(Remove(by=officer("supervisor").pk, happened_at=WHEN, file=uuid7()))
    line = Entry.objects.get(code="tests.remove")
    assert "only for those" not in line.facts
    assert b"only for those" not in bytes(line.sealed)


def test_a_role_given_twice_stands_once_and_a_withdrawn_one_is_gone(officer):
    admin, bolat = officer("administrator"), officer()
    for _ in range(2):
        perform(GrantRole(by=admin.pk, happened_at=WHEN, officer=bolat.pk, role="supervisor"))
    assert Officer.objects.get(pk=bolat.pk).grants.count() == 1
    perform(WithdrawRole(by=admin.pk, happened_at=WHEN, officer=bolat.pk, role="supervisor"))
    assert Officer.objects.get(pk=bolat.pk).roles == frozenset()


def test_nobody_gives_a_role_to_themselves(officer):
    admin = officer("administrator")
    with pytest.raises(Refused, match="themselves"):
        perform(GrantRole(by=admin.pk, happened_at=WHEN, officer=admin.pk, role="supervisor"))


def test_a_notice_is_queued_with_the_change_and_not_without_it(officer):
    aida = officer("supervisor")
    perform(ask(aida))
    assert Notice.objects.filter(code="access.break_glass_opened", role="ombudsman").count() == 1
    with pytest.raises(Refused):
        perform(ask(aida))
    assert Notice.objects.filter(role="ombudsman").count() == 1


@pytest.mark.slow
def test_the_same_action_from_eight_writers_at_once_is_done_once(committed_db):
    identifier = uuid7()
    action = AddOfficer(
        by=None,
        happened_at=WHEN,
        officer=identifier,
        username="dana",
        display_name="Dana",
        password_hash=hashed("a" * 12),
    )
    receipts, errors = [], []

    def send() -> None:
        try:
            receipts.append(perform(action).seq)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(receipts)) == 1
    assert len(receipts) == 8
    assert Officer.objects.filter(username="dana").count() == 1


def test_an_id_that_something_else_has_already_is_refused_with_a_sentence(officer):
    taken = officer("supervisor")
    admin = officer("administrator")
    said = {"by": admin.pk, "happened_at": WHEN, "officer": taken.pk, "username": "another", "display_name": "Another"}
    with pytest.raises(IdUsed, match="there already"):
        perform(AddOfficer(**said, password_hash=hashed("correct horse battery")))
