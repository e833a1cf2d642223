"""A plan from its making to its end: who may, what is refused, who is told."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, perform
from panah.foundation.journal.models import Entry as Line
from panah.foundation.notices.models import Notice
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from panah.node.safeguards.service import standing
from panah.node.solutions import acts, day, service
from panah.node.solutions.models import Danger, Service, Step
from panah.node.solutions.shown import people
from panah.node.solutions.tasks import remind_of_follow_ups
from tests.unit.node.solutions.conftest import CLAIM, HOMEWARD, WHEN, later, registered

TODAY = date(2026, 11, 20)


def refused(why: str, act, *args, **said):
    with pytest.raises(Refused) as error:
        act(*args, **said)
    assert error.value.code == why, error.value
    return error.value


def test_a_plan_has_the_persons_own_words_and_the_months_of_the_pack(office):
    desk = office()
    plan = desk.opens("reintegration", began_on=TODAY)
    assert plan.own_national
    assert plan.due_at is not None
    due = list(plan.follow_ups.order_by("turn").values_list("months", "verified"))
    assert due == [(1, False), (6, False), (12, False)], "targets of the design, never called verified"
    line = Line.objects.get(code="solutions.open")
    assert "үйде" not in line.facts, "the words are sealed in the journal"
    refused("open_already", desk.opens, "reintegration")


def test_only_a_national_is_reintegrated_and_only_others_return(office):
    refused("not_national", office("iom", "io_partner", HOMEWARD, "UZB").opens, "reintegration")
    refused("at_home", office("iom", "io_partner").opens, "voluntary_return")


def test_no_plan_is_made_by_a_body_that_did_not_accept_the_person(office, officer):
    desk = office()
    other = officer("labour_officer", body="another-body")
    with pytest.raises(NotAllowed):
        desk.act(
            acts.OpenPlan,
            by=other,
            plan=uuid7(),
            file=desk.file,
            toward="reintegration",
            aims="x",
            language="kk",
            consent="person",
        )


def test_a_stranger_finds_nothing(office, officer, signed_in):
    plan = office().opens("reintegration")
    for stranger in (
        officer("labour_officer", body="another-body"),
        officer("border_officer", post="ALA"),
        officer("consular_officer"),
    ):
        for path in (f"/solutions/{plan.pk}/", f"/solutions/{plan.pk}/plan.pdf"):
            assert signed_in(stranger).get(path).status_code == 404


def test_unknown_is_neither_good_nor_bad(office):
    desk = office()
    desk.opens("reintegration")
    for area, level in (("work", 0), ("housing", 3), ("documents", 1)):
        desk.act(acts.RecordStanding, standing=uuid7(), area=area, level=level, asked_on=TODAY)
    (picture,) = people(desk.plan, ("work", "housing", "documents", "school"))
    assert [(one["stands"], one["known"]) for one in picture["rounds"]] == [(1, 2)]
    assert len(picture["never"]) == 1


def test_health_is_for_its_lane_and_for_those_who_help_with_the_persons_yes(office, officer, signed_in):
    desk = office("iom", "io_partner")
    desk.opens("reintegration", health_consent="yes")
    desk.act(acts.RecordStanding, standing=uuid7(), area="health", level=2, said="Ұйықтай алмаймын", asked_on=TODAY)
    desk.act(acts.GiveService, service=uuid7(), area="health", kind="health_care", what="Clinic of sleep", on=TODAY)
    labour = officer("labour_officer", body=desk.who.body)
    page = signed_in(labour).get(f"/solutions/{desk.plan_id}/").content.decode()
    assert "Ұйықтай" not in page
    assert "Clinic of sleep" not in page
    assert "Ұйықтай" in signed_in(desk.who).get(f"/solutions/{desk.plan_id}/").content.decode()
    said = {"standing": uuid7(), "area": "health", "level": 1, "asked_on": TODAY}
    refused("not_your_lane", desk.act, acts.RecordStanding, by=labour, **said)


def test_a_step_has_the_packs_term_or_a_day_agreed_with_the_person_and_its_evidence(office):
    desk = office()
    desk.opens("reintegration")
    step = {"area": "skills", "what": "Recognition of the diploma"}
    desk.act(acts.AddStep, step=uuid7(), who="labour_authority", **step)
    assert Step.objects.get().due_basis == "referral/labour_authority"
    refused("no_term", desk.act, acts.AddStep, step=uuid7(), who="person", **step)
    refused("past", desk.act, acts.AddStep, step=uuid7(), who="person", due_on=TODAY - timedelta(days=1), **step)
    refused("unknown_who", desk.act, acts.AddStep, step=uuid7(), who="own_consulate", **step)
    done = {"step": Step.objects.get().pk, "result": "done"}
    refused("no_evidence", desk.act, acts.EndStep, **done)
    desk.act(acts.EndStep, **done, evidence="Certificate 12", grade="A")
    refused("ended_already", desk.act, acts.EndStep, **done, evidence="Certificate 12", grade="A")


def test_a_referral_is_sent_where_the_profile_has_it_and_else_the_post_is_asked(office):
    desk = office()
    desk.opens("reintegration")
    steps = {}
    for who in ("iom", "civil_registry"):
        steps[who] = uuid7()
        desk.act(acts.AddStep, step=steps[who], area="documents", what="A passport", who=who, due_on=TODAY)
        desk.act(acts.AskReferral, step=steps[who], referral=uuid7(), consent_given=True)
    assert set(Referral.objects.values_list("to", flat=True)) == {"labour_authority", "iom"}
    asked = Notice.objects.get(code="solutions.referral_asked")
    assert (asked.officer, asked.facts["to"]) == (desk.post.pk, "civil_registry")


def test_money_is_given_against_a_receipt_with_a_number(office, signed_in):
    desk = office()
    desk.opens("reintegration")
    money = {"service": uuid7(), "area": "work", "kind": "money", "on": TODAY}
    refused("receipt", desk.act, acts.GiveService, **money)
    refused("no_amount", desk.act, acts.GiveService, **money, receipt="signed")
    desk.act(acts.GiveService, **money, receipt="signed", amount="250000", currency="KZT", what="Tools")
    row = Service.objects.get()
    assert row.number == f"{desk.plan.number}-R1"
    assert "250" in signed_in(desk.who).get(f"/solutions/receipts/{row.pk}/").content.decode()


def test_a_family_is_in_the_plan_with_each_ones_own_yes(office):
    desk = office(family=True)
    desk.opens("reintegration")
    group = PersonFile.objects.get(pk=desk.file).group_id
    wife = registered(desk.post, "KAZ", group=group)
    stranger = registered(desk.post, "KAZ")
    numbers = dict(PersonFile.objects.values_list("pk", "number"))
    desk.act(acts.AddMember, member=uuid7(), number=numbers[wife], consent="person")
    refused("no_member", desk.act, acts.AddMember, member=uuid7(), number=numbers[stranger], consent="person")
    member = desk.plan.members.get()
    desk.act(acts.RecordStanding, standing=uuid7(), member=member.pk, area="school", level=4, asked_on=TODAY)
    assert desk.plan.standings.get().file == wife


def test_who_could_not_be_reached_is_unknown_and_is_tried_again(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    refused("too_early", desk.tries, 1)
    with later(days=31):
        refused("no_next", desk.tries, 1, reached=False)
        refused("said_nothing", desk.tries, 1, reached=False, works="no", next_try=date(2026, 12, 28))
        refused("too_few", desk.tries, 1, reached=False, last=True)
        desk.tries(1, reached=False, next_try=date(2026, 12, 28))
        refused("follow_up_due", desk.act, acts.ClosePlan, outcome="support_ended")
    with later(days=39):
        desk.tries(1, reached=False, next_try=date(2027, 1, 10))
    with later(days=52):
        desk.tries(1, reached=False, last=True)
    with later(days=250):
        desk.tries(2, works="yes", safe="yes", same_job="no")
        (counted,) = service.countable(WHEN - timedelta(days=1), WHEN + timedelta(days=1))
        assert [(one.months, one.state, one.works) for one in counted.follow_ups] == [
            (1, "not_reached", "unknown"),
            (6, "reached", "yes"),
            (12, "to_come", "unknown"),
        ]
        first, second, third = (service.working_after(months, [counted]) for months in (1, 6, 12))
        assert (first.yes, first.unknown, first.of) == (0, 1, 1)
        assert (second.yes, second.of) == (1, 1)
        assert third.of == 0, "whose day has not come is in no denominator"
        assert service.works_said(service.readable(desk.who), 1, now())[1] == first
        assert service.works_said(service.readable(desk.who), 2, now()) == (6, second)
        assert service.works_said(service.readable(desk.who), 3, now())[1].of == 0


def test_a_plan_is_not_closed_as_reintegrated_on_silence(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    refused("not_heard", desk.act, acts.ClosePlan, outcome="reintegrated")
    refused("unknown_outcome", desk.act, acts.ClosePlan, outcome="naturalised")
    with later(days=31):
        desk.tries(1, safe="refused")
        refused("not_heard", desk.act, acts.ClosePlan, outcome="reintegrated")
    with later(days=185):
        desk.tries(2, safe="yes")
        desk.act(acts.ClosePlan, outcome="reintegrated")
    refused("ended", desk.act, acts.ChangeMind)


def test_who_left_again_is_an_outcome_and_no_failure(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    with later(days=31):
        desk.tries(1, safe="yes", works="no", wants_to_leave="yes", why_leave=("WORK", "DEBT"), where="abroad_regular")
        desk.act(acts.ClosePlan, outcome="re_migrated_regular")
    assert desk.plan.outcome == "re_migrated_regular"


def test_a_danger_after_return_is_told_at_once_and_keeps_the_plan_open(office, officer):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    with later(days=31):
        desk.tries(1, safe="no", said="Қарыз иелері үйге келеді")
        danger = Danger.objects.get()
        assert "ombudsman" in set(
            Notice.objects.filter(code="solutions.danger_overseen").values_list("role", flat=True)
        )
        assert "asylum_authority" not in danger.told, "a national is no asylum-seeker in the own state"
        assert danger.told
        assert set(Notice.objects.filter(code="solutions.danger").values_list("body", flat=True)) != {""}
        assert Step.objects.get(danger=danger).who == danger.told[0]
        assert "no_removal" in {hold.code for hold in standing(desk.file)}
        assert "Қарыз" not in str(list(Notice.objects.values()))
        refused("danger_open", desk.act, acts.ClosePlan, outcome="support_ended")
        reply = {"danger": danger.pk, "what": "The police were called with him."}
        desk.act(acts.ReplyToDanger, reply=uuid7(), safe="unknown", **reply)
        refused("danger_open", desk.act, acts.ClosePlan, outcome="support_ended")
        desk.act(acts.ReplyToDanger, reply=uuid7(), safe="yes", **reply)
        desk.act(acts.ClosePlan, outcome="support_ended")


def test_a_returned_refugee_in_danger_goes_to_the_asylum_lane(office):
    desk = office("asylum_authority", "asylum_officer", CLAIM, "AFG")
    desk.opens("local_integration")
    desk.act(acts.ReportDanger, danger=uuid7(), what="His brother was taken.")
    assert "asylum_authority" in Danger.objects.get().told


def test_the_officer_is_reminded_before_and_the_supervisor_told_after(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    assert remind_of_follow_ups.func() == 0
    with later(days=26):
        assert remind_of_follow_ups.func() == 1
        assert remind_of_follow_ups.func() == 0, "each word is given once"
        assert set(Notice.objects.filter(code="solutions.follow_up_near").values_list("officer", flat=True)) == {
            desk.who.pk
        }
    with later(days=33):
        assert remind_of_follow_ups.func() == 1
        told = Notice.objects.filter(code="solutions.follow_up_over")
        assert set(told.values_list("role", flat=True)) == {"", "supervisor"}
        assert service.overdue(now()).count() == 1


def test_the_board_counts_dangers_and_follow_ups_for_those_who_oversee(office, officer, signed_in):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    desk.act(acts.ReportDanger, danger=uuid7(), what="Threats")
    with later(days=40):
        for code in ("dangers-after-return", "follow-ups"):
            page = signed_in(officer("ombudsman")).get(f"/board/{code}/").content.decode()
            assert desk.plan.number in page
            assert "Threats" not in page


def test_the_same_act_twice_is_kept_once(office):
    desk = office()
    desk.opens("reintegration")
    same = acts.ProposeJob(
        by=desk.who.pk, happened_at=now(), plan=desk.plan_id, job=uuid7(), vacancy="Welder", employer="Works 5"
    )
    assert perform(same).seq == perform(same).seq
    assert desk.plan.jobs.count() == 1


def test_what_is_due_stands_on_the_officers_day_and_beside_the_persons_story(office):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    desk.act(
        acts.AddStep, step=uuid7(), area="documents", what="A passport", who="person", due_on=TODAY + timedelta(days=3)
    )
    assert [line.due.date() for line in day.steps(desk.who, now(), 20)] == [TODAY + timedelta(days=3)]
    assert day.follow_ups(desk.who, now(), 20) == []
    with later(days=26):
        assert len(day.follow_ups(desk.who, now(), 20)) == 1
        (clock,) = day.next_for(desk.who, PersonFile.objects.get(pk=desk.file), now())
        assert clock.due is not None
        assert day.next_for(desk.post, PersonFile.objects.get(pk=desk.file), now()) == [], (
            "the post does not read the plan"
        )


def test_a_list_has_no_query_a_plan(office, signed_in, django_assert_max_num_queries):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    for _ in range(6):
        other = office()
        other.who = desk.who
        other.opens("reintegration", began_on=TODAY)
    browser = signed_in(desk.who)
    with later(days=31), django_assert_max_num_queries(40):
        assert browser.get("/solutions/?list=late").status_code == 200


def test_every_field_of_a_plans_page_has_an_id_of_its_own_and_an_error_stands_where_it_was_made(office, signed_in):
    desk = office()
    desk.opens("reintegration", began_on=TODAY)
    for what in ("A passport", "A certificate"):
        desk.act(acts.AddStep, step=uuid7(), area="documents", what=what, who="person", due_on=TODAY)
    browser, first = signed_in(desk.who), str(desk.plan.steps.first().pk)
    posted = {"act": "end_step", "action": str(uuid7()), "made": str(uuid7()), "step": first, "result": "done"}
    answer = browser.post(f"/solutions/{desk.plan_id}/", posted)
    assert answer.status_code == 422
    page = answer.content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert page.count("Say what shows that it is done") <= 2, "in the list of errors and at the field, of one step"
