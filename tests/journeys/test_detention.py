"""A detention that runs past its review, what then happens by itself, and the release at its longest time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from panah.foundation.access.models import Officer
from panah.foundation.notices.models import Notice
from panah.node.procedures import rules
from panah.node.procedures.models import Proceeding
from panah.node.procedures.tasks import warn_of_terms, watch_detentions
from tests.journeys.drivers import Person, Story, number_of, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)

SAMIR = Person(
    name="Sameerullah Latecomer",
    sex="male",
    birth="1979-10-30",
    citizenships=("PAK",),
    language="ur",
    mode="in_country",
    answers={
        "consent.understands": "yes",
        "entry.stay_expired": "yes",
        "person.age_disputed": "no",
        "purpose": ["visit"],
        "protection.fears_return": "no",
        "protection.asked_asylum": "no",
        "exploitation.free_to_leave": "yes",
    },
)
GROUNDS = {
    "legal_ground": "Law on migration, article 60.",
    "assessment": "He left the place that was given to him twice, and says why he will again.",
    "where": "Centre 1",
} | {f"alternative_{one}": "Tried, and not kept to." for one in rules.ALTERNATIVES}


def by_itself(hours: float) -> tuple[int, int]:
    """What the worker does at that hour: how many detentions and how many terms were told of."""
    with on(DAY + timedelta(hours=hours)):
        return watch_detentions.call(), warn_of_terms.call()


def told_of(code: str) -> set[tuple[str, str]]:
    return {(one.body, one.role) for one in Notice.objects.filter(code=f"procedures.{code}")}


def reviewed(story: Story, police: Officer, row: Proceeding, result: str, expecting: int = 200) -> str:
    page = story.pages.of(police, row)
    return page.send("Keep the review", expecting, result=result, reason="The ground was looked at again.").text


def test_a_review_that_is_missed_is_told_by_itself_and_after_the_longest_time_only_release_is_left(
    story: Story,
) -> None:
    officer = story.officer
    with on(DAY):
        file, (referral,) = story.reaches_the_body(SAMIR, "migration_authority")
        body = referral.body
        police, second = (officer("migration_officer", body=body) for _ in range(2))
        overseer, ombudsman = officer("supervisor", body=body), officer("ombudsman", body="kaz-ombudsman")
        elsewhere = officer("supervisor", body="kaz-border-service")
        story.way.accepted(police, referral)
        row = story.way.opened(police, referral, "detention")
        unfounded = story.pages.of(police, row).send("End the stage", 422, outcome="court-asked")
        assert unfounded.has("Write them down first")
        story.pages.of(police, row).send("Keep the grounds", **GROUNDS)
        story.way.ended(police, row, "court-asked")
        order = story.way.drafted(police, row, "kept")
        story.way.signed(second, row, order, "kept")
        assert row.stage == "kept"
        assert story.window(ombudsman).open("/detained/").has(row.number)
        assert not story.window(elsewhere).open("/detained/").has(row.number)

    assert by_itself(47)[0] == 0
    assert by_itself(49)[0] == 1
    assert by_itself(50)[0] == 0, "told once"
    assert told_of("review_missed") == {(body, "migration_officer"), (body, "supervisor"), ("", "ombudsman")}
    with on(DAY + timedelta(hours=51)):
        board = story.window(ombudsman).open("/board/").follow("Detention without review, or beyond its longest time")
        assert board.has(row.number)
        assert board.has("a review was missed")
        register = story.window(overseer).open("/detained/")
        assert register.has("a review was missed")
        assert not register.has("Sameerullah")
        reviewed(story, police, row, "kept")
        assert not story.window(overseer).open("/detained/").has("a review was missed")

    assert by_itself(51 + 8 * 24)[0] == 1, "the next review is missed too, and told of again"
    assert by_itself(31 * 24)[0] == 1
    assert told_of("must_be_released") == {(body, "migration_officer"), (body, "supervisor"), ("", "ombudsman")}
    with on(DAY + timedelta(days=31, hours=1)):
        assert "must be released" in reviewed(story, police, row, "kept", 422)
        assert story.window(ombudsman).open("/detained/").has("must be released")
        reviewed(story, police, row, "released")
        story.way.ended(police, row, "term-over")
        assert not story.window(ombudsman).open("/detained/").has(row.number)
        told = story.window(police).open(f"/procedures/{row.pk}/")
        assert told.has("Centre 1 · Law on migration, article 60.")
        assert told.has("The person was released.")
    assert by_itself(40 * 24)[0] == 0
    story.is_closed_to(f"/procedures/{row.pk}/", "/detained/", officer=officer("labour_officer", body=body))
    story.is_closed_to(f"/procedures/{row.pk}/", officer=elsewhere)
    assert number_of(file) in row.number
    story.ends_well()
