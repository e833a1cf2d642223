"""The weeks before the day of the demo: every room has its case, and a second run adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from panah.cli.demo.accounts import HUB, NODE
from panah.cli.demo.cases import before, lived_through
from panah.cli.demo.cases.outside import receipt
from panah.cli.demo.steps import accounts
from panah.foundation.access.roles import of_installation
from panah.foundation.clock import now, standing_at
from panah.foundation.door.models import Receipt
from panah.foundation.journal import service as journal
from panah.node.complaints import service as complaints
from panah.node.custody.models import Custody
from panah.node.custody.service import unconfirmed
from panah.node.families.models import Match
from panah.node.labour.models import WorkRecord
from panah.node.labour.service import estimate
from panah.node.procedures.models import Detention, EntryBan, Proceeding
from panah.node.referrals.models import Envelope
from panah.node.safeguards.service import standing
from panah.node.solutions.models import FollowUp

PRESENT = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize(("installation", "opened"), [("node", NODE), ("hub", HUB)])
def test_every_role_has_a_ready_log_in(installation: str, opened: tuple[object, ...]) -> None:
    held = {role for account in opened for role in account.roles}  # type: ignore[attr-defined]
    wanted = {role.code for role in of_installation(installation)}
    # The hub has no accounts of roles whose pages are the same as a node's; a statistician is the coordinator.
    assert wanted - held <= (set() if installation == "node" else {"administrator", "auditor", "statistician"})


@pytest.mark.django_db
def test_each_room_has_its_case_and_a_second_run_goes_on_where_the_first_one_was(tmp_path: Path) -> None:
    with standing_at(PRESENT):
        accounts(PRESENT.date())
        told = before(PRESENT.date(), str(tmp_path))
        appealed = Proceeding.objects.get(procedure="asylum", stage="complaint")
        assert "no_removal" in {hold.code for hold in standing(appealed.file)}
        assert Proceeding.objects.filter(procedure="asylum", stage="decision").count() == 1
        due = Detention.objects.get(released_at=None).review_due
        assert due is not None
        assert timedelta(0) < due - PRESENT < timedelta(hours=12)
        held = {row.file is not None: row for row in Custody.objects.filter(ended_at=None)}
        assert set(held) == {True, False}
        assert [late.custody for late in unconfirmed(Custody.objects.all(), now())] == [held[True]]
        assert (held[False].fear, held[False].child, held[False].asked_at) == ("unknown", "unknown", None)
        assert Match.objects.get().standing == "proposed"
        first = FollowUp.objects.get(turn=1)
        assert abs(first.due_at - PRESENT) < timedelta(days=3)
        assert EntryBan.objects.get().state == "RUS"
        worked = estimate(WorkRecord.objects.get(), PRESENT.date())
        assert [one.together.coinciding for one in worked.sums if one.together] == [184, 184]
        assert Envelope.objects.count() == 1
        complaint = complaints.of_code(*receipt())
        assert complaint is not None
        assert (complaint.anonymous, complaint.state) == (True, "inquiry")
        acts = Receipt.objects.count()
    with standing_at(PRESENT + timedelta(days=1)):
        accounts(PRESENT.date())
        assert before(PRESENT.date() + timedelta(days=1), str(tmp_path)) == told
        assert Receipt.objects.count() == acts
    assert journal.verify().holds


def test_stories_are_lived_through_in_the_order_of_their_days_and_never_after_the_present() -> None:
    lived: list[tuple[str, datetime]] = []

    def story(name: str, *hours: int):  # type: ignore[no-untyped-def]
        for hour in hours:
            yield PRESENT + timedelta(hours=hour)
            lived.append((name, now()))

    lived_through([story("first", -9, -2), story("second", -5, 3)], PRESENT)
    assert lived == [
        ("first", PRESENT - timedelta(hours=9)), ("second", PRESENT - timedelta(hours=5)),
        ("first", PRESENT - timedelta(hours=2)), ("second", PRESENT),
    ]  # fmt: skip
