"""A domestic worker who was trafficked and who also fears return: two lanes side by side, and neither waits for the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.drivers import BY_WORDS, Person, Story, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
SIGNS = (
    "deceived_about_work",
    "recruitment_fee_abusive",
    "excessive_hours",
    "no_or_little_pay",
    "documents_withheld",
    "confined",
)

GUL = Person(
    name="Maysagul Housekeeper",
    sex="female",
    birth="1994-06-01",
    citizenships=("TKM",),
    language="tk",
    mode="in_country",
    answers={
        "consent.understands": "yes",
        "consent.share_partner": "no",
        "purpose": ["protection"],
        "protection.fears_return": "yes",
        "protection.fear_grounds": ["religion"],
        "protection.asked_asylum": "yes",
    }
    | {f"exploitation.{sign}": "yes" for sign in SIGNS},
)
OPEN = replace(GUL, name="Ogulgerek Housekeeper", answers=GUL.answers | {"consent.share_partner": "yes"})


def test_a_victim_who_fears_return_is_identified_and_recognised_and_no_lane_sees_the_other(story: Story) -> None:
    way, officer = story.way, story.officer
    with on(DAY):
        file = story.registered(GUL)
        assert {"reflection_period", "no_removal", "no_consular_contact"} <= story.holds(file)
        unit = way.referred(story.clerk, file, "anti_trafficking_unit", agrees=True)
        shelter = way.referred(story.clerk, file, "victim_assistance", agrees=True)
        claim = way.referred(story.clerk, file, "asylum_authority")
        police, second = (officer("nrm_officer", body=unit.body) for _ in range(2))
        helper = officer("ngo_partner", body=shelter.body)
        decider, signer = (officer("asylum_officer", body=claim.body) for _ in range(2))
        for who, referral in ((police, unit), (helper, shelter), (decider, claim)):
            way.accepted(who, referral)
        of_police = story.window(police).open(f"/queue/{unit.pk}/")
        assert of_police.has("Deceived")
        assert not of_police.has("eligio")
        of_asylum = story.window(decider).open(f"/queue/{claim.pk}/")
        assert of_asylum.has("eligio")
        assert not of_asylum.has("Deceived")
        help_of = way.opened(police, unit, "trafficking")
        asylum = way.opened(decider, claim, "asylum")
        story.is_stopped(file, "charge_for_entry", "consular_notice", "removal")

    with on(DAY + timedelta(days=5)):
        way.completed(helper, shelter, "needs_met")
        way.ended(police, help_of, "presumed-victim", "referral")
        way.said(police, help_of, "identification")
        assert story.pages.of(police, help_of).has("Assessment of the risk")
        way.ended(police, help_of, "accepted")
        for outcome in ("forwarded", "registered", "issued", "taken", "examined"):
            way.ended(decider, asylum, outcome)

    with on(DAY + timedelta(days=20)):
        identified = way.drafted(police, help_of, "identified")
        way.signed(second, help_of, identified, "rights")
        way.told(police, help_of, identified, "tk")
        way.ended(police, help_of, "residence-and-work")
        assert help_of.outcome == "residence-and-work"
    with on(DAY + timedelta(days=60)):
        recognised = way.drafted(decider, asylum, "refugee")
        way.signed(signer, asylum, recognised, "status")
        way.told(decider, asylum, recognised, "tk")
        assert (asylum.stage, asylum.ended_at) == ("status", None)
        story.is_stopped(file, "removal")

    story.is_closed_to(f"/procedures/{asylum.pk}/", f"/queue/{claim.pk}/", officer=police)
    story.is_closed_to(f"/procedures/{help_of.pk}/", f"/queue/{unit.pk}/", officer=decider)
    story.is_closed_to(f"/procedures/{help_of.pk}/", f"/procedures/{asylum.pk}/", f"/queue/{unit.pk}/", officer=helper)
    story.ends_well()


@pytest.mark.parametrize("way", BY_WORDS, indirect=True)
def test_the_asylum_lane_learns_of_trafficking_from_her_own_yes_only(story: Story) -> None:
    with on(DAY):
        _file, (claim,) = story.reaches_the_body(OPEN, "asylum_authority")
        decider = story.officer("asylum_officer", body=claim.body)
        story.way.accepted(decider, claim)
        assert story.window(decider).open(f"/queue/{claim.pk}/").has("Deceived")
    story.ends_well()
