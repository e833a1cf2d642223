"""A worker whom Russia sent back with a ban of entry: work at home or elsewhere, and nothing that was never insured is promised
(domain reference 11.6, scenario 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from panah.cores.labour.insurance import EAEU_PENSIONS, Period, reckon
from panah.foundation.access.models import Officer
from panah.node.solutions.models import Plan
from panah.node.solutions.tasks import remind_of_follow_ups
from tests.journeys.drivers import Person, Story, on
from tests.journeys.reader import Window

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
BACK = {
    "consent.understands": "yes",
    "consent.share_partner": "yes",
    "entry.mode": "returned_by_other_state",
    "entry.from": "RUS",
    "purpose": ["return_home"],
    "protection.left_because": ["removed_by_state"],
    "protection.fears_return": "no",
    "exploitation.free_to_leave": "yes",
    "labour.entry_ban_by": "RUS",
    "labour.qualification_unrecognised": "yes",
}
ERLAN = Person("Yerlan Bricklayer", "male", "1985-03-03", ("KAZ",), "kk", BACK, mode="returned_by_other_state")
FARRUKH = Person(
    "Farrukhjon Bricklayer",
    "male",
    "1987-08-09",
    ("TJK",),
    "tg",
    BACK | {"purpose": ["work"]},
    mode="returned_by_other_state",
)


def deed(page: Window, act: str, button: str, expecting: int = 200, **said: Any) -> Window:
    """One of the forms of a plan's page, by its act."""
    form = next(one for one in page.forms() if one.fields.get("act") == act)
    return page.send_form(form, expecting, button, **said)


def planned(story: Story, person: Person, toward: str) -> tuple[Officer, Plan, Window]:
    """From the border to a plan in the person's own words."""
    file, (referral,) = story.reaches_the_body(person, "labour_authority")
    worker = story.officer("labour_officer", body=referral.body)
    story.way.accepted(worker, referral)
    page = story.window(worker).open("/solutions/").follow_in_row(referral.number, "Make a plan")
    page.send(
        "Make the plan", toward=toward, aims="I lay bricks well. I want to work near my children.", consent="person"
    )
    plan = Plan.objects.get(file=file)
    assert page.address == f"/solutions/{plan.pk}/"
    return worker, plan, page


def gets_a_job(page: Window, on_day: str, employer: str) -> None:
    deed(page, "job", "Keep it", vacancy="Bricklayer, permanent", employer=employer, contract_checked="unknown")
    deed(page, "set_job", "Keep it", stage="started", on=on_day, contract_checked="yes")
    assert page.has("works there")


def test_3_a_returned_worker_is_back_in_a_job_and_still_there_after_twelve_months(told_by_program: Story) -> None:
    story = told_by_program
    with on(DAY):
        worker, plan, page = planned(story, ERLAN, "reintegration")
        assert page.has("Entry ban of another state")
        assert page.has("Russia")
        assert page.has("family unity")
        ways = page.text.partition("Lawful ways to work that it leaves open")[2].partition("Where the person stands")[0]
        assert "Kyrgyzstan" in ways
        assert "Russia" not in ways, "the state of the ban is no way out"
        deed(page, "begin", "Keep it", on="2026-11-18")
        deed(page, "standing", "Keep it", area="work", level="1", asked_on="2026-11-20", said="No work for a year.")
        gets_a_job(page, "2026-11-20", "House builders of the lake")
        assert page.addresses("The plan on paper (PDF)")
        early = deed(page, "close", "Close it", 422, outcome="reintegrated")
        assert early.has("safe")
    for months, days in ((1, 31), (6, 185), (12, 370)):
        with on(DAY + timedelta(days=days)):
            assert remind_of_follow_ups.call() >= 1, f"nobody forgets to ask after {months} months"
            page = story.window(worker).open(f"/solutions/{plan.pk}/")
            said = {"how": "telephone", "reached": "yes", "safe": "yes", "works": "yes", "same_job": "yes"}
            deed(page, "try", "Keep it", **said, where="same_place", wants_to_leave="no")
    with on(DAY + timedelta(days=371)):
        deed(story.window(worker).open(f"/solutions/{plan.pk}/"), "close", "Close it", outcome="employed")
        plan.refresh_from_db()
        assert (plan.outcome, plan.ended_at is not None) == ("employed", True)
    stranger = story.officer("labour_officer", body="other-body")
    nurse = story.officer("health_officer", body=plan.body)
    for who in (stranger, nurse):
        story.is_closed_to(f"/solutions/{plan.pk}/", f"/files/{plan.file}/", officer=who)
    story.ends_well()


def test_3_a_tajik_worker_finds_another_destination_and_no_sum_of_insurance_is_promised(told_by_program: Story) -> None:
    story = told_by_program
    with on(DAY):
        worker, plan, page = planned(story, FARRUKH, "regularisation")
        assert page.has("Think of another country of destination")
        assert page.has("Employer's permit by category")
        page = story.window(worker).open("/solutions/")
        assert page.has("regularisation")
        page.follow(plan.number)
        deed(
            page,
            "step",
            "Add it",
            area="documents",
            what="A letter against the ban.",
            who="legal_aid",
            due_on="2026-12-10",
        )
        gets_a_job(page, "2026-11-20", "Orchards of the south")
        deed(page, "close", "Close it", outcome="alternative_destination")
        plan.refresh_from_db()
        assert plan.outcome == "alternative_destination"
    fourteen_months = Period("RUS", date(2025, 8, 20), date(2026, 10, 19), "his own word")
    for state in ("TJK", "RUS", "KAZ"):
        found = reckon([fourteen_months], state, 1_000, EAEU_PENSIONS, national_of=["TJK"], on=DAY.date())
        assert (found.basis, found.days) == ("not_added", found.own), (
            "periods are added for nobody outside the agreement"
        )
    consul = story.officer("consular_officer", serves_state="TJK", body="tjk-embassy")
    story.is_closed_to(f"/solutions/{plan.pk}/", f"/files/{plan.file}/", "/solutions/", officer=consul)
    story.ends_well()
