"""From counting to the signature: what leaves, what stays, and who decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from uuid6 import uuid7

from panah.cores import disclosure
from panah.cores.disclosure import CannotProtect, Protected, PublishedTable, audit, read_proof
from panah.cores.exchange import submission as letters
from panah.cores.exchange.messages import read
from panah.cores.exchange.moves import as_linked
from panah.foundation.access.models import Officer
from panah.foundation.clock import now, standing_at
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.foundation.journal import service as journal
from panah.foundation.journal.models import Entry
from panah.foundation.keys import service as keys
from panah.node.statistics import release as releases
from panah.node.statistics import service
from panah.node.statistics.actions import SetAside, SignRelease, unsealed
from panah.node.statistics.models import Release
from tests.people import AFRAID

from .conftest import Arrive
from .receipts import answered

pytestmark = pytest.mark.django_db
DAY = "2026-11-20"


def cells(release: Release, table: str) -> dict[str, tuple[int | None, str | None]]:
    (found,) = [one for one in service.tables_of(release) if one.name == table]
    return {".".join(cell.codes): (cell.count, cell.kind) for cell in found.cells}


def said(release: Release) -> letters.Submission:
    key = service.own_public_key()
    return letters.read_submission(bytes(release.message or b""), {letters.key_id(key): key})


def test_seven_people_are_withheld_together_with_a_second_number(a_day: None, coordinator: Officer):
    found = cells(service.prepare(DAY, coordinator), "ARRIVALS_CITIZENSHIP_PROFILE")
    assert found["_T.asylum_seeker"] == found["AFG._T"] == (None, "primary")
    assert found["CENTRAL_ASIA._T"] == found["_T.labour_migrant"] == (None, "complementary")
    assert found["_T._T"] == (37, None)


def linked(release: Release) -> list[PublishedTable]:
    """The tables as they are proved: arrivals are moves to the state."""
    return [as_linked(table, "KAZ") for table in service.tables_of(release)]


def test_no_number_below_ten_leaves(a_day: None, coordinator: Officer):
    release = service.sign(service.prepare(DAY, coordinator), coordinator)
    for part in said(release).parts:
        (dataset,) = read(part.content.encode())
        assert len(dataset.observations) >= 60
        assert all(one.value in (None, "0") or int(one.value) >= 10 for one in dataset.observations)


def test_the_proof_leaves_with_the_tables_and_stands_up(a_day: None, coordinator: Officer):
    release = service.prepare(DAY, coordinator)
    assert audit(linked(release), read_proof(bytes(release.proof))) == ()


def test_counts_stay_in_the_node_and_are_sealed(a_day: None, coordinator: Officer):
    release = service.sign(service.prepare(DAY, coordinator), coordinator)
    counts = {
        table["name"]: {tuple(cell): n for cell, n in table["cells"]}
        for table in msgspec.json.decode(unsealed(release))
    }
    assert counts["ARRIVALS_CITIZENSHIP_PROFILE"]["AFG", "_T"] == 7
    assert b"ARRIVALS" not in bytes(release.counts)
    assert not any("counts" in line.facts for line in Entry.objects.filter(code="statistics.prepare_release"))


def test_the_message_names_the_head_of_the_journal(coordinator: Officer):
    release = service.prepare(DAY, coordinator)
    seq, head = journal.head()
    message = said(service.sign(release, coordinator))
    assert (message.journal.seq, message.journal.hash) == (seq, head.hex())


def test_only_the_coordinator_signs(statistician: Officer):
    release = service.prepare(DAY, statistician)
    with pytest.raises(NotAllowed):
        service.sign(release, statistician)
    with pytest.raises(NotAllowed):
        perform(SignRelease(by=None, happened_at=now(), release=release.pk, tables_digest=release.digest))


def test_only_the_tables_that_were_shown_are_signed(coordinator: Officer):
    release = service.prepare(DAY, coordinator)
    with pytest.raises(Refused, match="not the tables that you were shown"):
        perform(
            SignRelease(by=coordinator.pk, happened_at=now(), release=release.pk, tables_digest="sha-256:" + "0" * 64)
        )


def test_what_is_on_its_way_is_not_counted_again(coordinator: Officer):
    service.sign(service.prepare(DAY, coordinator), coordinator)
    with pytest.raises(Refused, match="has no receipt of the hub yet"):
        service.prepare(DAY, coordinator)


def test_counting_again_before_the_signature_sets_the_first_aside(coordinator: Officer):
    first = service.prepare(DAY, coordinator)
    second = service.prepare(DAY, coordinator)
    first.refresh_from_db()
    assert (first.state, bytes(first.counts), second.revision) == (Release.State.SET_ASIDE, b"", 1)


def test_a_correction_is_a_further_revision_that_gives_nothing_away(a_day: None, arrive: Arrive, coordinator: Officer):
    first = answered(service.sign(service.prepare(DAY, coordinator), coordinator))
    arrive(4, AFRAID, citizenship="AFG")  # eleven now: enough to be shown, were it not for the first release
    second = service.prepare(DAY, coordinator)
    found = cells(second, "ARRIVALS_CITIZENSHIP_PROFILE")
    assert second.revision == 2
    assert found["_T.asylum_seeker"] == (None, "earlier")
    assert found["_T._T"] == (None, "difference"), "41 beside 37 would tell that four came"
    assert audit(linked(second), read_proof(bytes(second.proof)), linked(first)) == ()


def test_a_month_is_refused_beside_one_of_its_days(coordinator: Officer):
    answered(service.sign(service.prepare(DAY, coordinator), coordinator))
    with pytest.raises(Refused, match="in days or in months, not in both"):
        service.prepare("2026-11", coordinator)
    assert Release.objects.get(period="2026-11").state == Release.State.SET_ASIDE


def test_a_refused_release_is_no_release(coordinator: Officer):
    answered(service.sign(service.prepare(DAY, coordinator), coordinator), accepted=False)
    again = service.prepare(DAY, coordinator)
    assert again.revision == 2
    assert read_proof(bytes(again.proof)).earlier == ()


@pytest.mark.parametrize("period", ["2999-01-01", "2026-13", "soon"])
def test_a_period_that_cannot_be_counted_is_refused(coordinator: Officer, period: str):
    with pytest.raises(Refused):
        service.prepare(period, coordinator)


def test_a_period_that_is_not_over_goes_out_as_provisional(arrive: Arrive, coordinator: Officer):
    with standing_at(datetime(2026, 11, 21, 7, tzinfo=UTC)):
        arrive(12, at=now() - timedelta(minutes=1))
        assert service.prepare("2026-11-21", coordinator).provisional


def test_tables_that_cannot_be_protected_do_not_leave_and_say_why(
    coordinator: Officer, monkeypatch: pytest.MonkeyPatch
):
    def cannot(*_: object) -> None:
        raise CannotProtect("No way was found to keep 3 withheld cell(s) from being worked out.")

    monkeypatch.setattr(releases.disclosure, "protect", cannot)
    with pytest.raises(Refused, match="No way was found"):
        service.prepare(DAY, coordinator)
    release = Release.objects.get()
    assert (release.state, bytes(release.tables)) == (Release.State.SET_ASIDE, b"")


def test_a_proof_that_does_not_stand_up_stops_the_release(
    a_day: None, coordinator: Officer, monkeypatch: pytest.MonkeyPatch
):
    """The audit is made here before anything leaves: protection that forgets a number is caught."""
    real = releases.disclosure.protect

    def careless(*given: Any) -> Protected:
        good = real(*given)
        return replace(good, proof=msgspec.structs.replace(good.proof, bounds=good.proof.bounds[1:]))

    monkeypatch.setattr(releases.disclosure, "protect", careless)
    with pytest.raises(Refused, match="does not stand up to its own audit"):
        service.prepare(DAY, coordinator)


def test_two_workers_prepare_one_release(coordinator: Officer):
    release = service.prepare(DAY, coordinator)
    assert releases.prepare(release.pk) is None


def test_a_release_is_set_aside_with_a_reason(coordinator: Officer):
    release = service.prepare(DAY, coordinator)
    perform(SetAside(id=uuid7(), by=coordinator.pk, happened_at=now(), release=release.pk, reason="Counted too early."))
    release.refresh_from_db()
    assert (release.state, release.failure, release.reasons) == ("set_aside", "Counted too early.", [])


def test_a_signed_release_cannot_be_set_aside(coordinator: Officer):
    release = service.sign(service.prepare(DAY, coordinator), coordinator)
    with pytest.raises(Refused):
        perform(SetAside(by=coordinator.pk, happened_at=now(), release=release.pk, reason="Too late."))


def test_the_signature_is_of_this_nodes_key(coordinator: Officer):
    release = service.sign(service.prepare(DAY, coordinator), coordinator)
    assert letters.key_named_in(bytes(release.message or b"")) == letters.key_id(
        letters.text_of_key(keys.signing_public_key())
    )


def test_the_same_numbers_are_not_published_again(a_day: None, coordinator: Officer):
    answered(service.sign(service.prepare(DAY, coordinator), coordinator))
    with pytest.raises(Refused, match="There is nothing to publish") as refusal:
        service.prepare(DAY, coordinator)
    assert refusal.value.code == "unchanged"


def test_the_same_counts_are_not_protected_again(a_day: None, coordinator: Officer, monkeypatch: pytest.MonkeyPatch):
    """A second protection of what is out already may find no way, and would be refused for no fault of anybody."""
    answered(service.sign(service.prepare(DAY, coordinator), coordinator))

    def no_way(*_: object) -> None:
        raise disclosure.CannotProtect("No way was found.")

    monkeypatch.setattr(disclosure, "protect", no_way)
    with pytest.raises(Refused, match="There is nothing to publish"):
        service.prepare(DAY, coordinator)
