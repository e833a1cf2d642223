"""A man with a Soviet passport, from the first question to the paper of a stateless person (domain reference 11.6, scenario 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from panah.foundation.access.models import Officer
from panah.node.procedures.models import Proceeding
from panah.node.safeguards.models import Attempt
from tests.journeys.drivers import BY_WORDS, Person, Story, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
SOVIET = {"type": "ussr_passport", "status": "expired"}

YUSUF = Person(
    name="Yusufjon Wayfarer",
    sex="male",
    birth="1961-04-09",
    citizenships=(),
    language="uz",
    documents=(SOVIET,),
    mode="in_country",
    answers={
        "consent.understands": "yes",
        "person.citizenships": [],
        "person.birth_country": "UZB",
        "documents": [SOVIET],
        "purpose": ["other"],
        "protection.fears_return": "no",
        "nationality.recognised_by_any_state": "no",
        "nationality.lost_or_refused": "yes",
        "exploitation.free_to_leave": "yes",
    },
)
AFRAID = replace(
    YUSUF, answers=YUSUF.answers | {"protection.fears_return": "yes", "protection.fear_grounds": ["religion"]}
)


def determined(story: Story, person: Person) -> tuple[Any, Officer, Officer, Proceeding]:
    """As far as the inquiry: the file, two officers of the competent body, the procedure."""
    file, (referral,) = story.reaches_the_body(person, "statelessness_authority")
    decider, second = (story.officer("statelessness_officer", body=referral.body) for _ in range(2))
    story.way.accepted(decider, referral)
    row = story.way.opened(decider, referral, "statelessness")
    story.way.ended(decider, row, "registered")
    assert row.stage == "inquiry"
    return file, decider, second, row


def test_5_a_man_whom_no_state_knows_is_asked_after_and_gets_his_paper_when_no_answer_comes(story: Story) -> None:
    way = story.way
    with on(DAY):
        file, decider, second, row = determined(story, YUSUF)
        assert "no_sharing_with_origin" not in story.holds(file)
        way.said(decider, row, "query_sent")
        assert story.pages.of(decider, row).has("Time without answer from the state asked")
    with on(DAY + timedelta(days=184)):
        way.ended(decider, row, "no-answer")
        decision = way.drafted(decider, row, "stateless")
        way.signed(second, row, decision, "paper")
        way.told(decider, row, decision, "uz")
        assert story.pages.of(decider, row).addresses("Print the decision in two languages")
        way.ended(decider, row, "issued")
        assert row.outcome == "issued"
    stranger = story.officer("statelessness_officer", body="other-body")
    consul = story.officer("consular_officer", serves_state="UZB", body="uzb-embassy")
    story.is_closed_to(f"/procedures/{row.pk}/", f"/files/{file}/", officer=stranger)
    story.is_closed_to(f"/procedures/{row.pk}/", f"/files/{file}/", officer=consul)
    story.ends_well()


@pytest.mark.parametrize("way", BY_WORDS, indirect=True)
def test_5_the_state_that_he_fears_is_never_asked_and_the_procedure_goes_on_without_it(story: Story) -> None:
    way = story.way
    with on(DAY):
        file, decider, second, row = determined(story, AFRAID)
        assert {"no_sharing_with_origin", "no_consular_contact", "no_removal"} <= story.holds(file)
        way.said(decider, row, "query_sent", stopped=True)
        assert Attempt.objects.filter(subject=file, harm="state_inquiry", tried="procedures.record_fact").count() == 1
        assert not row.facts.filter(code="query_sent").exists()
        way.ended(decider, row, "not-asked")
        decision = way.drafted(decider, row, "stateless")
        way.signed(second, row, decision, "paper")
        assert row.stage == "paper"
    story.ends_well()


def test_5_in_kyrgyzstan_his_claim_goes_to_the_population_registration_and_uzbekistan_may_be_asked(
    story_in: Callable[[str, str], Story],
) -> None:
    """Scenario 5 as the domain reference tells it: no trigger of asylum, so the state of his birth may be asked."""
    story = story_in("kgz", "OSS")
    way = story.way
    with on(DAY):
        file, (referral,) = story.reaches_the_body(YUSUF, "statelessness_authority")
        assert referral.body == "kgz-population-registration"
        assert {"stateless_risk"} <= story.profiles(file)
        decider, second = (story.officer("statelessness_officer", body=referral.body) for _ in range(2))
        way.accepted(decider, referral)
        row = way.opened(decider, referral, "statelessness")
        way.ended(decider, row, "registered")
        assert row.stage == "inquiry"
        way.said(decider, row, "query_sent")
        way.ended(decider, row, "inquiry-closed")
    with on(DAY + timedelta(days=90)):
        decision = way.drafted(decider, row, "stateless")
        way.signed(second, row, decision, "naturalisation")
        way.told(decider, row, decision, "uz")
        assert story.pages.of(decider, row).addresses("Print the decision in two languages")
        assert row.stage == "naturalisation"
    consul = story.officer("consular_officer", serves_state="UZB", body="uzb-embassy")
    story.is_closed_to(f"/procedures/{row.pk}/", f"/files/{file}/", officer=consul)
    story.ends_well()


@pytest.mark.parametrize("way", BY_WORDS, indirect=True)
def test_5_in_kyrgyzstan_a_state_that_he_fears_is_not_asked(story_in: Callable[[str, str], Story]) -> None:
    story = story_in("kgz", "OSS")
    way = story.way
    with on(DAY):
        file, (referral,) = story.reaches_the_body(AFRAID, "statelessness_authority")
        decider = story.officer("statelessness_officer", body=referral.body)
        way.accepted(decider, referral)
        row = way.opened(decider, referral, "statelessness")
        way.ended(decider, row, "registered")
        way.said(decider, row, "query_sent", stopped=True)
        assert Attempt.objects.filter(subject=file, harm="state_inquiry").count() == 1
    story.ends_well()
