"""The first page: what is the officer's to do, most urgent first, and nothing of anybody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.door.service import perform
from panah.node.procedures.acts import SetHearing
from panah.node.procedures.models import Decision, Term
from panah.node.referrals.models import Referral
from panah.node.safeguards.actions import LiftHold
from panah.node.safeguards.models import Hold
from panah.web import tasks
from panah.web.tasks import Line, Task
from tests.unit.node.procedures.conftest import case, opened  # noqa: F401 - fixtures
from tests.unit.node.referrals.conftest import WHEN

DAY = timedelta(days=1)


def day_of(browser: Any, moment: Any = WHEN) -> str:
    with standing_at(moment):
        return browser.get("/").content.decode()


def test_what_is_due_first_stands_first_and_what_has_no_day_last():
    pile = tasks.Pile(
        Task("x", "X", "p", list),
        (Line("c", "/c/"), Line("b", "/b/", WHEN + DAY), Line("a", "/a/", WHEN - DAY)),
        False,
        1,
    )
    found = tasks.in_order([pile], WHEN)
    assert [(one.line.what, one.late) for one in found] == [("a", True), ("b", False), ("c", False)]


def test_of_a_long_pile_only_the_first_are_shown_and_that_there_are_more(officer, monkeypatch):
    monkeypatch.setattr(tasks, "_tasks", {})
    tasks.register(Task("x", "X", "reception.see_room", lambda who, at, limit: [Line("x", "/")] * limit))
    (pile,) = tasks.piles(officer("border_officer", post="ALA"), WHEN)
    assert (len(pile.lines), pile.count) == (tasks.MOST_OF_A_KIND, "20+")


def test_a_code_of_work_is_given_once():
    with pytest.raises(ValueError, match="already"):
        tasks.register(Task("to-answer", "Something else", "referrals.see_queue", list))


def test_a_referral_to_answer_stands_on_the_day_of_its_body_and_of_no_other(case, officer, signed_in):  # noqa: F811
    person = case()
    sent = person.send("asylum_authority")
    assert f'href="/queue/{sent.pk}/"' in day_of(signed_in(person.receiver(sent, "asylum_officer")))
    assert sent.number not in day_of(signed_in(officer("asylum_officer", body="another-body")))
    assert sent.number not in day_of(signed_in(person.receiver(sent, "labour_officer")))


def test_a_late_answer_stands_on_the_day_of_the_post_s_supervisor(case, officer, signed_in):  # noqa: F811
    sent = case().send("asylum_authority")
    browser = signed_in(officer("supervisor", post=sent.from_place))
    assert sent.number not in day_of(browser)
    assert sent.number in day_of(browser, sent.due_at + DAY)


def test_a_draft_waits_for_colleagues_and_not_for_who_wrote_it(opened, signed_in):  # noqa: F811
    run = opened()
    words = {"facts_found": "x", "law_applied": "x", "assessment": "x", "drafted_at": WHEN, "drafted_by": run.worker.pk}
    Decision.objects.create(id=uuid7(), step=run.row.steps.get(), outcome="granted", **words)
    assert "Decisions to sign" in day_of(signed_in(run.second))
    assert "Decisions to sign" not in day_of(signed_in(run.worker))


def test_hearings_of_the_week_and_terms_that_ran_out_stand_on_the_day(opened, signed_in):  # noqa: F811
    run = opened()
    with run.on(WHEN):
        run.act(
            SetHearing, hearing=uuid7(), at=WHEN + 2 * DAY, room="4", setting="private", language="fa", same_sex="no"
        )
    assert "Hearings of the week" in day_of(signed_in(run.worker))
    assert "Hearings of the week" not in day_of(signed_in(run.worker), WHEN + 30 * DAY)
    assert "Terms running out" not in day_of(signed_in(run.worker), WHEN)
    Term.objects.create(
        step=run.row.steps.get(), parameter="asylum/decision", binds="authority", verified=True, started_at=WHEN,
        due_at=WHEN + 9 * DAY,
    )  # fmt: skip
    assert "Terms running out" in day_of(signed_in(run.worker), WHEN + 10 * DAY)


def test_a_hold_that_waits_for_a_second_word_waits_for_another_body(opened, officer, signed_in):  # noqa: F811
    run = opened()
    hold = Hold.objects.filter(subject=run.file, code="no_removal", lifted_at=None).get()
    reason = "The decision is final and she was heard on every danger."
    with standing_at(WHEN):
        perform(LiftHold(by=run.worker.pk, happened_at=WHEN, hold=hold.pk, reason=reason))
    own = signed_in(officer("supervisor", body=run.worker.body))
    other = signed_in(officer("supervisor", body="another-body"))
    assert f'href="/holds/{hold.pk}/"' in day_of(other)
    assert f'href="/holds/{hold.pk}/"' not in day_of(own)


def test_who_has_nothing_to_do_is_told_so_and_led_on(officer, signed_in):
    page = day_of(signed_in(officer("statistician")))
    assert "Nothing waits for you now" in page
    assert 'href="/statistics/"' in page


def test_no_line_of_the_day_names_a_person(case, signed_in):  # noqa: F811
    person = case()
    page = day_of(signed_in(person.aida), timezone.now())
    assert "Invented Person" not in page
    assert not Referral.objects.filter(file=person.file).exists()
