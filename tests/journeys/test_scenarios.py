"""Acceptance scenarios of the domain reference (11.6), from the border to the body that accepts and to the stop page, through pages and through
REST. The others have files of their own; docs/explanation/scenarios.md says which."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from panah.foundation.notices.models import Notice
from panah.node.registration.models import PersonFile
from panah.node.safeguards.service import standing
from tests.journeys.drivers import Person, Story, on

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
HEARD = {"consent.understands": "yes", "consent.share_unhcr": "yes", "consent.share_partner": "yes"}

ZAHRA = Person(
    "زهرا", "female", "", ("AFG",), "fa",
    HEARD | {"purpose": ["protection"], "protection.fears_return": "yes", "protection.fear_grounds": ["gender"]},
    mode="irregular", age={"age": 22, "age_in": "1400", "calendar": "solar_hijri"},
)  # fmt: skip
ALI = Person(
    "Ali", "male", "", ("AFG",), "fa",
    HEARD | {
        "person.age_disputed": "yes", "purpose": ["transit"], "protection.fears_return": "no", "child.accompanied_by": "adult_relative",
        "exploitation.coached_answers": "yes",
    },
    age={"age": 17, "age_to": 18},
)  # fmt: skip
KARIM = Person(
    "Karimjon Sidelane", "male", "1985", ("UZB",), "uz",
    HEARD | {
        "purpose": ["protection"], "protection.fears_return": "yes", "protection.fear_grounds": ["torture"],
        "security.alert_match": "yes", "security.alert_confirmed": "yes",
    },
)  # fmt: skip
SIGNS = (
    "deceived_about_work",
    "recruitment_fee_abusive",
    "excessive_hours",
    "no_or_little_pay",
    "documents_withheld",
    "confined",
)
OGULGEREK = Person(
    "Ogulgerek Homemaker", "female", "1994", ("TKM",), "tk",
    HEARD | {"purpose": ["protection"], "protection.fears_return": "yes", "protection.fear_grounds": ["religion"]}
    | {f"exploitation.{sign}": "yes" for sign in SIGNS},
)  # fmt: skip
RUSTAM = Person(
    "Rustambek Farwalker", "male", "1970", ("TJK",), "tg",
    HEARD | {
        "purpose": ["protection"], "protection.fears_return": "yes", "protection.fear_grounds": ["political_opinion"],
        "protection.asked_asylum": "yes",
    },
)  # fmt: skip
RAHIMI = Person(
    "RAHIMI", "male", "1988-03-03", ("XXB",), "fa",
    HEARD | {"purpose": ["visit"], "protection.fears_return": "no"},
    documents=({"type": "travel_document_1951", "issuer": "DEU", "number": "C01X00T47"},),
)  # fmt: skip


def absolute(file: object) -> dict[str, bool]:
    """The holds that stand, and of each whether no role may lift it."""
    return {hold.code: hold.absolute for hold in standing(file)}  # type: ignore[arg-type]


def test_1_a_woman_with_one_name_who_cannot_go_back_is_a_claimant_however_late(story: Story) -> None:
    with on(DAY):
        file = story.registered(ZAHRA)
        row = PersonFile.objects.get(pk=file)
        assert [name.kind for name in row.names.all()] == ["as_stated"], "no surname is asked for"
        assert row.birth_from < row.birth_to
        assert row.birth_stated == "22 in 1400"
        assert "asylum_seeker" in story.profiles(file)
        assert {"no_removal", "no_consular_contact"} <= story.holds(file)
        referral = story.goes_to(file, "asylum_authority", "asylum_officer")
        assert (referral.status, referral.due_at > DAY) == ("accepted", True)
        story.is_stopped(file, "removal", "refusal_of_entry")
        story.ends_well()


def test_2_a_boy_of_17_or_18_is_a_child_and_is_not_detained(story: Story) -> None:
    with on(DAY):
        file = story.registered(ALI)
        assert "separated_child" in story.profiles(file)
        assert {"treat_as_child", "no_detention", "interview_alone"} <= story.holds(file)
        assert absolute(file)["no_detention"], "no role may lift it"
        story.goes_to(file, "child_protection", "child_officer")
        story.is_stopped(file, "detention")
        story.ends_well()


def test_6_a_security_alert_stands_beside_the_claim_and_torture_stops_removal_for_good(story: Story) -> None:
    with on(DAY):
        file = story.registered(KARIM)
        assert {"asylum_seeker", "security_check"} <= story.profiles(file)
        assert absolute(file)["no_removal"], "no role may lift it"
        story.is_refused_first(file, "security_service")
        story.goes_to(file, "asylum_authority", "asylum_officer")
        story.is_stopped(file, "removal", "extradition", "hand_over")
        story.ends_well()


def test_7_a_domestic_worker_who_also_fears_return_is_helped_as_both(story: Story) -> None:
    """A victim of trafficking who is also an asylum-seeker: two lanes, and neither waits for the other."""
    with on(DAY):
        file = story.registered(OGULGEREK)
        assert {"asylum_seeker", "trafficking_presumed"} <= story.profiles(file)
        assert {"reflection_period", "no_removal"} <= story.holds(file)
        story.goes_to(file, "anti_trafficking_unit", "nrm_officer")
        story.goes_to(file, "asylum_authority", "asylum_officer")
        story.is_stopped(file, "charge_for_entry", "consular_notice")
        story.ends_well()


def test_8_the_consulate_of_the_state_feared_finds_nothing_and_an_alarm_is_raised(story: Story) -> None:
    with on(DAY):
        file = story.registered(RUSTAM)
        consul = story.officer("consular_officer", serves_state="TJK", body="tjk-embassy")
        before = Notice.objects.count()
        page = story.window(consul).open("/search/?q=Rustambek")
        assert not page.has(PersonFile.objects.get(pk=file).number)
        assert str(file) not in " ".join(page.addresses(""))
        story.is_closed_to(f"/files/{file}/", officer=consul)
        assert Notice.objects.count() > before
        story.is_stopped(file, "data_to_origin")
        story.ends_well()


def test_10_a_refugee_of_another_state_is_protected_although_the_zone_was_misread(story: Story) -> None:
    with on(DAY):
        file = story.registered(RAHIMI)
        profiles = story.profiles(file)
        assert "refugee_elsewhere" in profiles
        assert "regular_traveller" not in profiles
        story.is_stopped(file, "removal")
        story.ends_well()
