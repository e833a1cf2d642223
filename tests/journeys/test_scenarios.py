"""Acceptance scenarios of the domain reference (11.6) as journeys through HTTP, from the border to the body that accepts, and to the stop page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from uuid6 import uuid7

from panah.foundation.clock import standing_at
from panah.foundation.notices.models import Notice
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from panah.node.safeguards.models import Attempt
from panah.node.safeguards.service import standing
from tests.unit.node.api.test_interface import WHEN, Program

pytestmark = pytest.mark.django_db
HEARD = {"consent": {"understands": "yes", "share_unhcr": "yes", "share_partner": "yes"}}


def of_that_moment() -> UUID:
    """An id as a page makes it at `WHEN`: forms read the time from it."""
    late = (1 << 80) - 1
    return UUID(int=int(WHEN.timestamp() * 1000) << 80 | uuid7().int & late)


class Journey:
    """A person at Almaty airport, whose officer works with a program and a browser."""

    def __init__(self, officer: Any, signed_in: Any) -> None:
        self.officer, self.signed_in = officer, signed_in
        self.aida = officer("border_officer", post="ALA", body="border")
        self.post, self.file = Program(self.aida), str(uuid7())

    def arrives(self, **said: Any) -> PersonFile:
        answer = self.post.post("/persons", file=self.file, **said)
        assert answer.status_code == 200, answer.content
        return PersonFile.objects.get(pk=self.file)

    def says(self, **record: Any) -> set[str]:
        """The interview, and the decision to take the proposal as it is; the codes of its profiles."""
        answer = self.post.post(f"/persons/{self.file}/interviews", record=HEARD | record)
        assert answer.status_code == 200, answer.content
        found = self.post.get(f"/persons/{self.file}/proposal").json()
        assert self.post.post(f"/persons/{self.file}/confirmation", proposal=found["proposal"]).status_code == 200
        return {line["code"] for line in found["profile"]["profiles"]}

    def goes_to(self, to: str, role: str, **more: Any) -> Referral:
        """Referred, found in the queue of the competent body, and accepted there."""
        referral = str(uuid7())
        answer = self.post.post(f"/persons/{self.file}/referrals", referral=referral, to=to, **more)
        assert answer.status_code == 200, answer.content
        body = Referral.objects.get(pk=referral).body
        receiver = Program(self.officer(role, body=body))
        assert referral in [row["referral"] for row in receiver.get("/queue").json()["waiting"]]
        assert receiver.post(f"/queue/{referral}/answer", answer="accept").status_code == 200
        return Referral.objects.get(pk=referral)

    def is_stopped(self, act: str) -> None:
        said = {
            "id": str(of_that_moment()),
            "act": act,
            "legal_ground": "Law, article 1",
            "reason": "No right to stay was found.",
        }
        answer = self.signed_in(self.aida).post(f"/files/{self.file}/coercive-act/", said)
        assert answer.status_code == 409, f"{act} was let pass"
        assert Attempt.objects.filter(subject=self.file, harm=act).exists()

    @property
    def holds(self) -> dict[str, bool]:
        return {hold.code: hold.absolute for hold in standing(self.file)}  # type: ignore[arg-type]


@pytest.fixture
def journey(officer: Any, signed_in: Any) -> Iterator[Journey]:
    assert connection.vendor in {"sqlite", "postgresql"}
    with standing_at(WHEN):
        yield Journey(officer, signed_in)


def test_1_a_woman_with_one_name_who_cannot_go_back_is_a_claimant_however_late(journey: Journey) -> None:
    file = journey.arrives(
        names=[{"text": "زهرا"}], sex="female", citizenships=["AFG"],
        birth={"age": 22, "age_in": "1400", "calendar": "solar_hijri"}, entry={"mode": "irregular"},
    )  # fmt: skip
    assert [name.kind for name in file.names.all()] == ["as_stated"]
    assert file.birth_from < file.birth_to
    assert file.birth_stated == "22 in 1400"
    assert "asylum_seeker" in journey.says(protection={"fears_return": "yes"})
    assert {"no_removal", "no_consular_contact"} <= set(journey.holds)
    referral = journey.goes_to("asylum_authority", "asylum_officer")
    assert (referral.status, referral.due_at > WHEN) == ("accepted", True)
    journey.is_stopped("removal")
    journey.is_stopped("refusal_of_entry")


def test_2_a_boy_of_17_or_18_is_a_child_and_is_not_detained(journey: Journey) -> None:
    journey.arrives(names=[{"text": "Ali"}], sex="male", citizenships=["AFG"], birth={"age": 17, "age_to": 18})
    profiles = journey.says(
        person={"age_disputed": "yes"}, protection={"fears_return": "no"},
        child={"accompanied_by": "adult_relative"}, exploitation={"coached_answers": "yes"},
    )  # fmt: skip
    assert "separated_child" in profiles
    assert {"treat_as_child", "no_detention", "interview_alone"} <= set(journey.holds)
    assert journey.holds["no_detention"], "no role may lift it"
    journey.goes_to("child_protection", "child_officer")
    journey.is_stopped("detention")


def test_6_a_security_alert_stands_beside_the_claim_and_torture_stops_removal_for_good(journey: Journey) -> None:
    journey.arrives(names=[{"text": "Karim"}], sex="male", citizenships=["UZB"], birth={"date": "1985"})
    profiles = journey.says(
        protection={"fears_return": "yes", "fear_grounds": ["torture"]},
        security={"alert_match": "yes", "alert_confirmed": "yes"},
    )
    assert {"asylum_seeker", "security_check"} <= profiles
    assert journey.holds["no_removal"], "no role may lift it"
    early = journey.post.post(f"/persons/{journey.file}/referrals", referral=str(uuid7()), to="security_service")
    assert early.status_code == 409, "protection goes first"
    journey.goes_to("asylum_authority", "asylum_officer")
    for act in ("removal", "extradition", "hand_over"):
        journey.is_stopped(act)


def test_7_a_domestic_worker_who_also_fears_return_is_helped_as_both(journey: Journey) -> None:
    """A victim of trafficking who is also an asylum-seeker: two lanes, and neither waits for the other."""
    journey.arrives(names=[{"text": "Ogulgerek"}], sex="female", citizenships=["TKM"], birth={"date": "1994"})
    yes = (
        "deceived_about_work",
        "recruitment_fee_abusive",
        "excessive_hours",
        "no_or_little_pay",
        "documents_withheld",
        "confined",
    )
    profiles = journey.says(
        protection={"fears_return": "yes", "fear_grounds": ["religion"]}, exploitation=dict.fromkeys(yes, "yes")
    )
    assert {"asylum_seeker", "trafficking_presumed"} <= profiles
    assert {"reflection_period", "no_removal"} <= set(journey.holds)
    journey.goes_to("anti_trafficking_unit", "nrm_officer", consent_given=True)
    journey.goes_to("asylum_authority", "asylum_officer")
    journey.is_stopped("charge_for_entry")
    journey.is_stopped("consular_notice")


def test_8_the_consulate_of_the_state_feared_finds_nothing_and_an_alarm_is_raised(journey: Journey) -> None:
    journey.arrives(names=[{"text": "Rustambek"}], sex="male", citizenships=["TJK"], birth={"date": "1970"})
    journey.says(protection={"fears_return": "yes", "fear_grounds": ["political_opinion"], "asked_asylum": "yes"})
    consul = journey.signed_in(journey.officer("consular_officer", serves_state="TJK", body="tjk-embassy"))
    before = Notice.objects.count()
    page = consul.get("/search/", {"q": "Rustambek"}).content.decode()
    assert str(journey.file) not in page
    assert PersonFile.objects.get(pk=journey.file).number not in page
    assert consul.get(f"/files/{journey.file}/").status_code == 404
    assert Notice.objects.count() > before
    journey.is_stopped("data_to_origin")


def test_10_a_refugee_of_another_state_is_protected_although_the_zone_was_misread(journey: Journey) -> None:
    journey.arrives(
        names=[{"text": "RAHIMI"}], citizenships=["XXB"], birth={"date": "1988-03-03"},
        documents=[{"type": "travel_document_1951", "issuer": "DEU", "number": "C01X00T47"}],
    )  # fmt: skip
    profiles = journey.says(protection={"fears_return": "no"})
    assert "refugee_elsewhere" in profiles
    assert "regular_traveller" not in profiles
    journey.is_stopped("removal")
