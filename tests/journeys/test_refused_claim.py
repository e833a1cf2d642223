"""A refused claim, from the border to a removal that is lawful only at its very end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from panah.foundation.access.models import Officer
from panah.node.procedures.models import Proceeding
from panah.node.procedures.tasks import end_remedies
from panah.node.referrals.models import Referral
from tests.journeys.drivers import Person, Rest, Story, number_of, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)

KAMRAN = Person(
    name="Qambarali Journeyman",
    sex="male",
    birth="1988-02-11",
    citizenships=("AFG",),
    language="fa",
    mode="irregular",
    answers={
        "consent.understands": "yes",
        "consent.share_unhcr": "yes",
        "purpose": ["protection"],
        "protection.left_because": ["persecution"],
        "protection.fears_return": "yes",
        "protection.fear_grounds": ["religion"],
        "protection.asked_asylum": "yes",
        "travel.paid_facilitator": "yes",
        "exploitation.free_to_leave": "yes",
    },
)


def after(days: int) -> datetime:
    return DAY + timedelta(days=days)


def test_a_refused_claimant_is_removed_only_when_every_remedy_is_decided_and_the_safeguards_have_fallen(
    story: Story,
) -> None:
    way, officer = story.way, story.officer
    with on(DAY):
        file, (claim, smuggled) = story.reaches_the_body(KAMRAN, "asylum_authority", "migration_authority")
        assert {"no_removal", "no_consular_contact"} <= story.holds(file)
        drafter, signer = (officer("asylum_officer", body=claim.body) for _ in range(2))
        police, chief = (officer("migration_officer", body=smuggled.body) for _ in range(2))
        overseer = officer("supervisor", body=smuggled.body)
        ombudsman = officer("ombudsman", body="kaz-ombudsman")
        stranger = officer("asylum_officer", body="other-body")
        way.accepted(drafter, claim)
        way.accepted(police, smuggled)
        asylum = way.opened(drafter, claim, "asylum")
        for outcome in ("forwarded", "registered", "issued", "taken"):
            way.ended(drafter, asylum, outcome)
        way.hearing_set(drafter, asylum, after(10), "fa")
    with on(after(10) + timedelta(hours=3)):
        page = story.pages.of(drafter, asylum)
        calendar = page.fetched("Calendar file").content.decode()
        assert "BEGIN:VCALENDAR" in calendar
        assert KAMRAN.name not in calendar
        page.send("Keep the record", held_at="2026-11-30T12:00", record="He told what he fears.")
        way.ended(drafter, asylum, "examined")
    with on(after(30)):
        decision = way.drafted(drafter, asylum, "refused")
        assert not story.pages.of(drafter, asylum).offers("Sign"), "nobody signs a decision of their own"
        way.signed(signer, asylum, decision, "complaint")
    with on(after(31)):
        way.told(drafter, asylum, decision, "fa")
        assert story.pages.of(drafter, asylum).addresses("Print the decision in two languages")

    with on(after(50)):
        way.said(drafter, asylum, "appeal_filed")
        removal_is_stopped(story, police, smuggled, file)
        board = story.window(overseer).open("/board/").follow("Attempts that a hold stopped")
        assert board.has(number_of(file))
        assert board.has("removal from the country")
        story.is_closed_to(f"/procedures/{asylum.pk}/", officer=stranger)
        story.is_closed_to(f"/procedures/{asylum.pk}/", f"/queue/{claim.pk}/", officer=police)
    with on(after(80)):
        way.ended(drafter, asylum, "decision-kept", "court")
        removal_is_stopped(story, police, smuggled, file)
    with on(after(110)):
        way.ended(drafter, asylum, "decision-kept")
        assert asylum.outcome == "decision-kept"

    removed_lawfully(story, file, smuggled, police, chief, (drafter, overseer))
    story.is_closed_to(f"/files/{file}/", officer=stranger)
    assert story.window(ombudsman).open("/board/").status == 200
    story.ends_well()


def removal_is_stopped(story: Story, police: Officer, smuggled: Referral, file: UUID) -> None:
    """Opening the removal is answered with the stop, the attempt is kept, and nothing was opened."""
    before = story.attempts(file)
    page = story.window(police).open("/procedures/").follow_in_row(smuggled.number, "Open a procedure")
    page.send("Open it", 409, procedure="removal")
    assert page.has("Not done: removal from the country")
    assert story.attempts(file) == before + 1
    assert not Proceeding.objects.filter(file=file, procedure="removal").exists()


def removed_lawfully(
    story: Story, file: UUID, smuggled: Referral, police: Officer, chief: Officer, lifting: tuple[Officer, Officer]
) -> None:
    """After the final decision: two authorities lift, and in each step the person is asked again first."""
    way = story.way
    with on(after(112)):
        assert end_remedies.call() == 0, "the law on the court was not read: what is not known ends nothing"
        removal_is_stopped(story, police, smuggled, file)
        story.lifted(file, "no_removal", *lifting)
        removal = way.opened(police, smuggled, "removal")
        unasked = story.pages.of(police, removal).send("End the stage", 422, outcome="nothing-stated")
        assert unasked.has("Ask the person again before this step")
        story.asks_again(police, removal, health="unknown")
        open_yet = story.pages.of(police, removal).send("End the stage", 422, outcome="nothing-stated")
        assert open_yet.has("What is not known is not a no")
        story.asks_again(police, removal)
        assert not story.pages.of(police, removal).offers("Keep the answers")
        way.ended(police, removal, "nothing-stated")
    with on(after(113)):
        story.asks_again(police, removal)
        order = way.drafted(police, removal, "expulsion-ordered")
        way.signed(chief, removal, order, "appeal")
        way.told(police, removal, order, "fa")
        assert "no_removal" in story.holds(file), "a remedy lies against the order"
        way.ended(police, removal, "decision-kept", "expulsion")
    with on(after(140)):
        story.asks_again(police, removal)
        assert end_remedies.call() == 0
        way.ended(police, removal, "left", stopped=True)
        story.lifted(file, "no_removal", *lifting)
        way.ended(police, removal, "left")
        assert removal.outcome == "left"


OVERSTAYED = Person(
    name="Dovudbek Longstayer",
    sex="male",
    birth="1981-01-20",
    citizenships=("PAK",),
    language="ur",
    mode="in_country",
    answers={
        "consent.understands": "yes",
        "entry.stay_expired": "yes",
        "person.age_disputed": "no",
        "purpose": ["visit"],
        "protection.fears_return": "no",
        "exploitation.free_to_leave": "yes",
    },
)


def test_where_the_law_was_read_the_hold_of_a_remedy_falls_by_itself_and_not_a_day_before(
    officer: Callable[..., Officer], settings: Any
) -> None:
    """In Examplia, an invented state whose whole law is verified, nobody has to lift what has no ground any more."""
    settings.PANAH_PACK = "xx"
    story = Story(Rest(), officer, post="EXA")
    way = story.way
    with on(DAY):
        file, (referral,) = story.reaches_the_body(OVERSTAYED, "migration_authority")
        police, chief = (officer("migration_officer", body=referral.body) for _ in range(2))
        way.accepted(police, referral)
        removal = way.opened(police, referral, "removal")
        story.asks_again(police, removal)
        way.ended(police, removal, "nothing-stated")
        story.asks_again(police, removal)
        order = way.drafted(police, removal, "ordered")
        way.signed(chief, removal, order, "departure")
        way.told(police, removal, order, "ur")
        assert story.holds(file) == {"no_removal"}
        story.asks_again(police, removal)
    with on(after(59)):
        assert end_remedies.call() == 0
        way.ended(police, removal, "left", stopped=True)
    with on(after(63)):
        assert end_remedies.call() == 1
        assert story.holds(file) == set()
        way.ended(police, removal, "left")
        assert removal.outcome == "left"
    story.ends_well()
