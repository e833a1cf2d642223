"""Making, joining, reporting, moving and withdrawing commitments, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import NotAllowed, Refused
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import waiting_for
from panah.hub.commitments import acts, models, tasks
from panah.hub.commitments import service as commitments
from panah.hub.commitments.actions import making
from panah.hub.meetings import service as meetings
from panah.hub.record import service as record
from tests.unit.hub.commitments.conftest import Crowd, say

Make = Callable[..., models.Commitment]


def told(person: Any) -> list[str]:
    return [notice.code for notice in waiting_for(person)]


def test_the_record_makes_every_commitment_of_the_paragraphs_without_inventing_owner_or_day(loaded: None):
    rows = models.Commitment.objects.all()
    assert rows.count() == 60
    assert not rows.exclude(due=None).exists()
    assert not rows.exclude(status="").exists()
    assert [row.code for row in rows if row.participant] == ["D-7.1"]
    assert {row.owner_en for row in rows if not row.participant} == {
        "Participating states",
        "Member states of the United Nations",
    }


def test_the_same_record_again_changes_nothing(loaded: None):
    steps = models.Step.objects.count()
    assert commitments.load().result == {"commitments": 60, "changed": 0, "new": False}
    assert models.Step.objects.count() == steps


def test_a_paragraph_becomes_a_commitment_with_its_points_and_what_it_carries_out(draft: Make):
    row = draft()
    assert row.code == "KAZ-2026-1" or row.code.startswith("KAZ-")
    assert row.ten_points == ["5", "6", "3"]
    assert row.agenda == ["1", "3"]
    assert row.rests_on is not None
    assert row.rests_on.code == "A-3.1"
    assert row.standing == "draft"


def test_who_drafted_does_not_sign(crowd: Crowd, draft: Make):
    with pytest.raises(NotAllowed):
        say(acts.Accept, crowd.focal, commitment=draft().pk)
    own = uuid7()
    say(acts.Make, crowd.coordinator, commitment=own, participant="KAZ", action_en="Something of our own.")
    with pytest.raises(Refused, match="drafted this commitment yourself"):
        say(acts.Accept, crowd.coordinator, commitment=own)
    row = models.Commitment.objects.get(pk=own)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Commitment.objects.filter(pk=own).update(accepted_by=row.drafted_by)


def test_nobody_acts_for_another_state(crowd: Crowd, draft: Make, made: Make):
    with pytest.raises(NotAllowed):
        say(acts.Make, crowd.neighbour, commitment=uuid7(), participant="KAZ", action_en="In another's name.")
    row = made()
    for act, fields in (
        (acts.Withdraw, {"reason": "It is in our way."}),
        (acts.ChangeDue, {"due": date(2030, 1, 1), "reason": "We like it later."}),
        (acts.DraftReport, {"report": uuid7(), "status": "fulfilled", "text_en": "All done."}),
        (
            acts.SetMeasure,
            {
                "measure": uuid7(),
                "kind": "indicator",
                "indicator": "1.02",
                "state": "KAZ",
                "direction": "up",
                "goal": 1,
            },
        ),
        (acts.SignFigure, {"signed": uuid7(), "shown": "0" * 64}),
    ):
        with pytest.raises(NotAllowed):
            say(act, crowd.neighbour, commitment=row.pk, **fields)
    with pytest.raises(NotAllowed):
        say(acts.Accept, crowd.neighbour, commitment=draft().pk)


def test_nobody_changes_what_the_documents_promise(crowd: Crowd):
    seed = models.Commitment.objects.get(code="A-3.1")
    for person in (crowd.coordinator, crowd.secretariat):
        with pytest.raises(NotAllowed):
            say(acts.Withdraw, person, commitment=seed.pk, reason="It is in our way.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"source": "A-9"}, "no paragraph 'A-9'"),
        ({"kind": "conclusion", "source": "M-none-1"}, "no agreed conclusion"),
        ({"action_en": ""}, "says what is to be done"),
        ({"begins": date(2026, 5, 1), "due": date(2026, 4, 1)}, "last day is before the first"),
        ({"partners": ("ATLANTIS",)}, "cannot be a partner"),
        ({"partners": ("KAZ",)}, "cannot be a partner"),
        ({"matches": "KGZ-2020-7"}, "no commitment KGZ-2020-7"),
        ({"matches": "D-7.1"}, "no commitment D-7.1 of somebody else"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_allowed(draft: Make, fields: dict[str, Any], sentence: str):
    with pytest.raises(Refused, match=sentence):
        draft(**fields)


def test_a_joint_commitment_has_one_lead_and_partners_that_say_yes_themselves(crowd: Crowd, made: Make):
    row = made(partners=("KGZ",))
    assert "commitments.asked_to_join" in told(crowd.neighbour)
    with pytest.raises(NotAllowed):
        say(acts.Join, crowd.coordinator, commitment=row.pk, participant="KGZ")
    say(acts.Join, crowd.neighbour, commitment=row.pk, participant="KGZ")
    row.refresh_from_db()
    assert row.joined == ["KGZ"]
    with pytest.raises(NotAllowed):
        say(acts.DraftReport, crowd.neighbour, commitment=row.pk, report=uuid7(), status="fulfilled", text_en="Done.")
    with pytest.raises(Refused, match="was not asked"):
        say(acts.Join, crowd.neighbour, commitment=made().pk, participant="KGZ")


def test_a_matching_commitment_points_at_another_and_hears_when_that_is_withdrawn(crowd: Crowd, made: Make):
    row = made()
    other = uuid7()
    say(acts.Make, crowd.neighbour, commitment=other, participant="KGZ", action_ru="Встречный шаг.", matches=row.code)
    models.Commitment.objects.filter(pk=other).update(standing="made")
    assert models.Commitment.objects.get(pk=other).matches == row
    say(acts.Withdraw, crowd.coordinator, commitment=row.pk, reason="The programme has no money.")
    assert "commitments.match_withdrawn" in told(crowd.neighbour)


def test_a_report_counts_when_the_coordinator_signed_exactly_what_was_shown(crowd: Crowd, made: Make):
    row, report = made(), uuid7()
    paper = {"kind": "upload", "text": "Order of the minister", "digest": "a" * 64}
    link = {"kind": "link", "text": "Gazette", "url": "https://example.org/order"}
    say(
        acts.DraftReport,
        crowd.focal,
        commitment=row.pk,
        report=report,
        status="in_progress",
        text_en="Half of them.",
        evidence=(paper, link),
    )
    row.refresh_from_db()
    assert row.status == ""
    assert "commitments.report_drafted" in told(crowd.coordinator)
    with pytest.raises(NotAllowed):
        say(acts.SignReport, crowd.focal, report=report, shown=models.Report.objects.get(pk=report).digest)
    with pytest.raises(Refused, match="not the one that was shown"):
        say(acts.SignReport, crowd.coordinator, report=report, shown="0" * 64)
    say(acts.SignReport, crowd.coordinator, report=report, shown=models.Report.objects.get(pk=report).digest)
    row.refresh_from_db()
    assert row.status == "in_progress"
    with pytest.raises(Refused, match="does not wait any more"):
        say(acts.SignReport, crowd.coordinator, report=report, shown=models.Report.objects.get(pk=report).digest)


def test_a_later_draft_takes_the_place_of_one_that_waits_and_both_stay(crowd: Crowd, made: Make):
    row, first, second = made(), uuid7(), uuid7()
    say(acts.DraftReport, crowd.focal, commitment=row.pk, report=first, status="fulfilled", text_en="All.")
    say(acts.DraftReport, crowd.focal, commitment=row.pk, report=second, status="in_progress", text_en="Nearly all.")
    assert models.Report.objects.filter(commitment=row).count() == 2
    with pytest.raises(Refused, match="does not wait any more"):
        say(acts.SignReport, crowd.coordinator, report=first, shown=models.Report.objects.get(pk=first).digest)


def test_evidence_leads_to_no_script_and_no_other_scheme():
    for url in ("javascript:alert(1)", "http://example.org", "//evil.example", "https://a b", 'https://x"y'):
        with pytest.raises(ValueError):
            acts.Evidence(kind="link", text="Gazette", url=url)


def test_nothing_is_overwritten_in_silence(crowd: Crowd, made: Make):
    row = made(due=date(2027, 6, 30))
    say(
        acts.ChangeDue,
        crowd.coordinator,
        commitment=row.pk,
        due=date(2027, 12, 31),
        reason="Parliament votes in the autumn.",
    )
    step = row.steps.get(kind="due_changed")
    assert step.before == {"due": "2027-06-30"}
    assert step.after == {"due": "2027-12-31"}
    assert step.reason == "Parliament votes in the autumn."
    assert [one.kind for one in row.steps.all()] == ["drafted", "accepted", "due_changed"]
    assert "commitments.due_changed" in told(crowd.secretariat)


def test_a_withdrawn_commitment_takes_no_more_acts_and_its_number_is_not_given_again(
    crowd: Crowd, made: Make, draft: Make
):
    row = made()
    say(acts.Withdraw, crowd.coordinator, commitment=row.pk, reason="The programme has no money.")
    with pytest.raises(Refused, match="this needs one that is in force"):
        say(acts.DraftReport, crowd.focal, commitment=row.pk, report=uuid7(), status="fulfilled", text_en="All.")
    assert draft().code != row.code


def test_the_owner_is_reminded_once_before_and_once_after_the_day(crowd: Crowd, made: Make):
    row = made(due=date(2026, 12, 31))

    def on(day: date) -> int:
        with standing_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
            return tasks.remind.func()

    assert on(date(2026, 11, 30)) == 0
    assert on(date(2026, 12, 5)) == 1
    assert on(date(2026, 12, 6)) == 0
    assert on(date(2027, 1, 2)) == 1
    assert on(date(2027, 1, 9)) == 0
    found = [
        notice.code
        for notice in Notice.objects.filter(
            officer=crowd.coordinator.pk, code__in=["commitments.soon", "commitments.overdue"]
        )
    ]
    assert sorted(found) == ["commitments.overdue", "commitments.soon"]
    with standing_at(datetime(2027, 1, 10, 9, tzinfo=UTC)):
        say(acts.ChangeDue, crowd.coordinator, commitment=row.pk, due=date(2027, 2, 1), reason="A new day was agreed.")
    assert on(date(2027, 1, 11)) == 1


def test_where_nobody_holds_the_office_the_secretariat_is_told(crowd: Crowd):
    seed = models.Commitment.objects.get(code="D-7.1")
    models.Commitment.objects.filter(pk=seed.pk).update(participant="TKM", due=date(2026, 12, 1))
    with standing_at(datetime(2026, 12, 2, 9, tzinfo=UTC)):
        tasks.remind.func()
    assert "commitments.overdue" in told(crowd.secretariat)


def test_other_rooms_show_what_rests_on_paragraphs_and_conclusions(crowd: Crowd, made: Make):
    row = made()
    found = record.promises()
    assert found is not None
    assert any(one.code == row.code and one.paragraph == "A-3" for one in found)
    assert meetings.follow_ups(["M-none-1"]) == {}
    (section,) = meetings.statement_sections("any", "ru")
    assert section.title == "Ход выполнения обязательств"
    assert [line[0] for line in section.rows] == [row.code]


def test_a_conclusion_that_was_agreed_becomes_a_commitment_and_is_shown_beside_it(
    crowd: Crowd, made: Make, monkeypatch: pytest.MonkeyPatch
):
    agreed = meetings.Conclusion("M-som-8-4", "som-8", 4, "Train them.", "", "agreed", None, True, "/meetings/som-8/")
    found = {"M-som-8-4": agreed, "M-som-8-5": replace(agreed, id="M-som-8-5", standing="draft")}
    monkeypatch.setattr(making.meetings, "conclusion", found.get)
    row = made(kind="conclusion", source="M-som-8-4")
    assert [link.text for link in meetings.follow_ups(["M-som-8-4"])["M-som-8-4"]] == [row.code]
    with pytest.raises(Refused, match="no agreed conclusion"):
        made(kind="conclusion", source="M-som-8-5")


def test_only_the_secretariat_loads_and_only_the_installation_or_it_reminds(crowd: Crowd, made: Make):
    row = made(due=date(2026, 12, 31))
    with pytest.raises(NotAllowed):
        say(acts.Remind, crowd.coordinator, commitment=row.pk, due=row.due)
    with pytest.raises(NotAllowed):
        say(acts.LoadCommitments, crowd.coordinator, folder="/nowhere", folder_digest="0" * 64)
    with pytest.raises(Refused, match="somebody changed them in between"):
        say(acts.LoadCommitments, crowd.secretariat, folder="/nowhere", folder_digest="0" * 64)
