"""A worker whom Russia sent back with a ban of entry: work at home or elsewhere, and nothing that was never insured is promised
(domain reference 11.6, scenario 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from panah.foundation.access.models import Officer
from panah.node.solutions.models import Plan
from panah.node.solutions.tasks import remind_of_follow_ups
from tests.journeys import plans, records
from tests.journeys.drivers import BY_WORDS, Person, Story, on

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
FARRUKH = Person("Farrukhjon Bricklayer", "male", "1987-08-09", ("TJK",), "tg", BACK, mode="returned_by_other_state")
ELSEWHERE = Person(
    "Farrukhjon Wanderer", "male", "1987-08-09", ("TJK",), "tg", BACK | {"purpose": ["work"]}, mode="returned_by_other_state"
)  # fmt: skip


def planned(story: Story, person: Person, toward: str, began_on: str = "") -> tuple[Officer, Plan]:
    """From the border to a plan in the person's own words."""
    file, (referral,) = story.reaches_the_body(person, "labour_authority")
    worker = story.officer("labour_officer", body=referral.body)
    story.way.accepted(worker, referral)
    plan = plans.made(story, worker, referral, toward, began_on)
    assert plan.file == file
    return worker, plan


def asked_after(story: Story, worker: Officer, plan: Plan) -> None:
    """After one, six and twelve months somebody asks how life is, and nobody has to remember to."""
    for turn, (months, days) in enumerate(((1, 31), (6, 185), (12, 370)), 1):
        with on(DAY + timedelta(days=days)):
            assert remind_of_follow_ups.call() >= 1, f"nobody forgets to ask after {months} months"
            said = {"how": "telephone", "reached": "yes", "safe": "yes", "works": "yes", "same_job": "yes"}
            plans.tried(story, worker, plan, turn, **said, where="same_place", wants_to_leave="no")


def test_3_a_returned_worker_is_back_in_a_job_and_still_there_after_twelve_months(story: Story) -> None:
    with on(DAY):
        worker, plan = planned(story, ERLAN, "reintegration", "2026-11-18")
        page = plans.page_of(story, worker, plan)
        assert page.has("Entry ban of another state")
        assert page.has("family unity")
        ways = page.text.partition("Lawful ways to work that it leaves open")[2].partition("Where the person stands")[0]
        assert "Kyrgyzstan" in ways
        assert "Russia" not in ways, "the state of the ban is no way out"
        plans.stands(story, worker, plan, area="work", level="1", asked_on="2026-11-20", said="No work for a year.")
        plans.gets_a_job(story, worker, plan, "2026-11-20", "House builders of the lake")
        assert plans.page_of(story, worker, plan).addresses("The plan on paper (PDF)")
        assert "safe" in plans.closed(story, worker, plan, "reintegrated", refused=True)
    asked_after(story, worker, plan)
    with on(DAY + timedelta(days=371)):
        plans.closed(story, worker, plan, "employed")
        assert (plan.outcome, plan.ended_at is not None) == ("employed", True)
    stranger = story.officer("labour_officer", body="other-body")
    nurse = story.officer("health_officer", body=plan.body)
    for who in (stranger, nurse):
        story.is_closed_to(f"/solutions/{plan.pk}/", f"/files/{plan.file}/", officer=who)
    story.ends_well()


def test_3_a_tajik_worker_sent_back_has_his_remedies_another_destination_and_no_sum_is_promised(
    story_in: Callable[[str, str], Story],
) -> None:
    """At home in Tajikistan: a plan, a list of what the ban is contested on, and fourteen months in Russia that no agreement adds."""
    story = story_in("tjk", "DYU")
    with on(DAY):
        worker, plan = planned(story, FARRUKH, "reintegration", "2026-11-18")
        assert plan.body == "tjk-labour-ministry"
        page = plans.page_of(story, worker, plan)
        for remedy in (
            "family unity",
            "illness",
            "a mistake of the authority",
            "humanitarian grounds",
            "a complaint to a court",
        ):
            assert page.has(remedy)
        assert page.has("Think of another country of destination")
        referral = story.referral_of(plan.file, "labour_authority")
        record = records.opened(story, worker, referral, "tg")
        months = {"state": "RUS", "first": "2025-08-20", "last": "2026-10-19", "grade": "E"}
        records.insured(story, worker, record, **months)
        for state in ("TJK", "RUS"):
            assert records.together(story, worker, record, state) == ""
        assert records.page_of(story, worker, record).has("This state is outside the agreement")
        permit = {
            "state": "RUS",
            "kind": "patent",
            "last": "2026-10-19",
            "grade": "C",
            "evidence": "Copy of the patent",
        }
        records.permit(story, worker, record, **permit)
        assert records.page_of(story, worker, record).has("over")
        letter = {"area": "documents", "what": "A letter against the ban.", "who": "legal_aid", "due_on": "2026-12-10"}
        plans.step(story, worker, plan, **letter)
        plans.gets_a_job(story, worker, plan, "2026-11-20", "Orchards of the south")
    asked_after(story, worker, plan)
    with on(DAY + timedelta(days=371)):
        plans.closed(story, worker, plan, "alternative_destination")
        assert plan.outcome == "alternative_destination"
    story.ends_well()


@pytest.mark.parametrize("way", BY_WORDS, indirect=True)
def test_3_in_a_third_state_he_finds_another_destination_and_his_consulate_finds_nothing(story: Story) -> None:
    with on(DAY):
        worker, plan = planned(story, ELSEWHERE, "regularisation")
        page = plans.page_of(story, worker, plan)
        assert page.has("Think of another country of destination")
        assert page.has("Employer's permit by category")
        plans.gets_a_job(story, worker, plan, "2026-11-20", "Orchards of the south")
        plans.closed(story, worker, plan, "alternative_destination")
        assert plan.outcome == "alternative_destination"
    consul = story.officer("consular_officer", serves_state="TJK", body="tjk-embassy")
    story.is_closed_to(f"/solutions/{plan.pk}/", f"/files/{plan.file}/", "/solutions/", officer=consul)
    story.ends_well()
