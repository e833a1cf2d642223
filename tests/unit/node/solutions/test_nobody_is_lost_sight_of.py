"""No plan loses sight of a person: not by another day, by a try far away, by a closed plan or by a spouse's word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.notices.models import Notice
from panah.node.procedures.models import EntryBan, Proceeding
from panah.node.registration.models import PersonFile
from panah.node.safeguards.service import standing
from panah.node.solutions import acts, day, service
from tests.unit.node.api.test_interface import Program
from tests.unit.node.solutions.conftest import HOMEWARD, WHEN, later, registered
from tests.unit.node.solutions.test_plan import TODAY, refused


def test_another_day_of_return_takes_no_follow_up_away_that_is_due(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    desk.act(acts.BeginSolution, on=TODAY - timedelta(days=1))
    with later(days=32):
        for on in (now().date(), TODAY - timedelta(days=500)):
            refused("due_already", desk.act, acts.BeginSolution, on=on)
        refused("follow_up_due", desk.act, acts.ClosePlan, outcome="support_ended")
    assert desk.plan.follow_ups.count() == 3


def test_tries_are_not_put_back_before_the_first_one_nor_far_ahead(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    with later(days=31):
        error = refused("too_late", desk.tries, 1, reached=False, next_try=date(2030, 1, 1))
        assert "2027-01-" in str(error)
        desk.tries(1, reached=False, next_try=date(2026, 12, 28))
        row = desk.plan.follow_ups.get(turn=1)
        said = {"plan": desk.plan_id, "follow_up": row.pk, "attempt": uuid7(), "how": "telephone", "reached": False}
        refused(
            "before_first",
            perform,
            acts.TryFollowUp(by=desk.who.pk, happened_at=WHEN - timedelta(days=3), next_try=date(2026, 12, 28), **said),
        )


def test_an_adult_returns_by_a_plan_of_their_own_and_no_spouse_is_a_guardian(office):
    desk = office("iom", "io_partner", HOMEWARD, "UZB", family=True)
    refused("own_yes", desk.opens, "voluntary_return", consent="guardian")
    desk.opens("voluntary_return")
    group = PersonFile.objects.get(pk=desk.file).group_id
    wife = registered(desk.post, "UZB", group=group)
    child = registered(desk.post, "UZB", group=group, birth="2019-03-01")
    numbers = dict(PersonFile.objects.values_list("pk", "number"))
    for consent in ("person", "guardian"):
        refused("own_plan", desk.act, acts.AddMember, member=uuid7(), number=numbers[wife], consent=consent)
    refused("guardian", desk.act, acts.AddMember, member=uuid7(), number=numbers[child], consent="person")
    desk.act(acts.AddMember, member=uuid7(), number=numbers[child], consent="guardian")
    assert list(desk.plan.members.values_list("file", flat=True)) == [child]


def test_a_danger_is_told_and_answered_after_the_plan_was_closed_too(office, signed_in):
    desk = office()
    desk.opens("reintegration")
    desk.act(acts.ClosePlan, outcome="support_ended")
    page, browser = f"/solutions/{desk.plan_id}/", signed_in(desk.who)
    assert "Tell those who protect" in browser.get(page).content.decode()
    said = {"act": "danger", "action": str(uuid7()), "made": str(uuid7()), "what": "They came to the house."}
    assert browser.post(page, said).status_code == 302
    danger = desk.plan.dangers.get()
    assert "no_removal" in {hold.code for hold in standing(desk.file)}
    assert Notice.objects.filter(code="solutions.danger_overseen", role="ombudsman").exists()
    assert [line.what for line in day.dangers(desk.who, now(), 5)] == [desk.plan.number]
    assert service.dangers().count() == 1
    reply = {"act": "reply", "action": str(uuid7()), "made": str(uuid7()), "danger": str(danger.pk)}
    assert "Say what was done" in browser.get(page).content.decode()
    assert browser.post(page, reply | {"what": "She is with her aunt.", "safe": "yes"}).status_code == 302
    assert service.dangers().count() == 0


def test_health_care_is_written_under_health_only(office):
    desk = office()
    desk.opens("reintegration")
    said = {"service": uuid7(), "kind": "health_care", "what": "Clinic of sleep", "on": TODAY}
    refused("health", desk.act, acts.GiveService, area="work", **said)
    refused("not_your_lane", desk.act, acts.GiveService, area="health", **said)


@pytest.mark.parametrize(("ends", "lifted", "seen"), [
    (date(2031, 8, 31), None, True), (None, None, True), (date(2026, 11, 19), None, False), (None, date(2026, 11, 1), False),
])  # fmt: skip
def test_a_ban_on_record_stands_on_the_plan_with_another_destination(office, signed_in, ends, lifted, seen):
    desk = office()
    plan = desk.opens("reintegration")
    common = {"file": desk.file, "body": "labour", "procedure": "entry_ban", "shape_on": TODAY, "pack_version": "1"}
    proceeding = Proceeding.objects.create(id=uuid7(), number="X-P1", referral=desk.referral, opened_at=WHEN, **common)
    EntryBan.objects.create(
        id=uuid7(), proceeding=proceeding, file=desk.file, state="UZB", ground="A quarrel at work.", starts=date(2026, 9, 1), ends=ends,
        length="until" if ends else "unknown", recorded_at=WHEN, destination="KOR", lifted_on=lifted,
    )  # fmt: skip
    page = signed_in(desk.who).get(f"/solutions/{plan.pk}/").content.decode()
    assert ("Another destination" in page and "Korea" in page) is seen
    assert "A quarrel" not in page


def test_a_page_that_is_sent_twice_is_kept_once_and_says_so(office, signed_in):
    desk = office()
    desk.opens("reintegration")
    said = {
        "act": "job",
        "action": str(uuid7()),
        "made": str(uuid7()),
        "vacancy": "Welder",
        "employer": "Works 5",
        "contract_checked": "no",
    }
    browser, page = signed_in(desk.who), f"/solutions/{desk.plan_id}/"
    assert browser.post(page, said).status_code == 302
    with later(seconds=1):
        again = browser.post(page, said)
    assert again.status_code == 409
    assert "sent already" in again.content.decode()
    assert said["action"] not in again.content.decode()
    assert desk.plan.jobs.count() == 1


def test_a_program_lists_plans_without_a_query_for_each(office, django_assert_max_num_queries):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    program = Program(desk.who)
    with CaptureQueriesContext(connection) as one:
        assert len(program.get("/solutions").json()["plans"]) == 1
    for _ in range(4):
        other = office()
        other.who = desk.who
        other.opens("reintegration", began_on=TODAY)
    with django_assert_max_num_queries(len(one)):
        plans = program.get("/solutions").json()["plans"]
    assert [len(plan["follow_ups"]) for plan in plans] == [3] * 5
