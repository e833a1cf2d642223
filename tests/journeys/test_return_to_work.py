"""A worker whom another state sent back finds work at home: from the border to the outcome, through HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from uuid6 import uuid7

from panah.foundation.clock import now, standing_at
from panah.node.referrals.models import Referral
from panah.node.registration.models import PersonFile
from panah.node.solutions import service
from panah.node.solutions.models import Plan
from tests.unit.node.api.test_interface import WHEN, Program
from tests.unit.node.solutions.conftest import BACK

pytestmark = pytest.mark.django_db


HEARD = {"consent": {"understands": "yes", "share_unhcr": "yes", "share_partner": "yes"}}


class Journey:
    """A person at Almaty airport, whose officer works with a program."""

    def __init__(self, officer: Any, signed_in: Any) -> None:
        self.officer, self.signed_in = officer, signed_in
        self.aida = officer("border_officer", post="ALA", body="border")
        self.post, self.file = Program(self.aida), str(uuid7())

    def arrives(self, **said: Any) -> None:
        answer = self.post.post("/persons", file=self.file, **said)
        assert answer.status_code == 200, answer.content

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


class Desk:
    """The reintegration officer at a browser and with a program."""

    def __init__(self, journey: Journey, referral: Any) -> None:
        self.referral = referral
        self.who = journey.officer("labour_officer", body=referral.body)
        self.browser = journey.signed_in(self.who)
        self.plan = ""

    def page(self, path: str = "") -> str:
        answer = self.browser.get(path or f"/solutions/{self.plan}/")
        assert answer.status_code == 200, path
        return str(answer.content.decode())

    def posts(self, act: str, **said: Any) -> None:
        form = {"act": act, "action": str(uuid7()), "made": str(uuid7()), **said}
        answer = self.browser.post(f"/solutions/{self.plan}/", form)
        assert answer.status_code == 302, answer.content.decode()

    def makes_a_plan(self) -> None:
        said = {
            "toward": "reintegration", "aims": "Дар хонаам кор мекунам.", "language": "tg", "consent": "person", "health_consent": "refused",
            "began_on": "2026-11-20", "action": str(uuid7()), "made": str(uuid7()),
        }  # fmt: skip
        answer = self.browser.post(f"/solutions/new/{self.referral.pk}/", said)
        assert answer.status_code == 302, answer.content.decode()
        self.plan = str(Plan.objects.get().pk)

    def asks_after(self, days: int, turn: int, **said: Any) -> None:
        with standing_at(WHEN + timedelta(days=days)):
            row = Plan.objects.get().follow_ups.get(turn=turn)
            unknown = dict.fromkeys(("safe", "works", "same_job", "wants_to_leave", "where"), "unknown")
            self.posts("try", **{"how": "telephone", "reached": "yes", "follow_up": str(row.pk), **unknown, **said})


def test_a_returned_worker_is_back_in_a_job_after_a_year(officer: Any, signed_in: Any) -> None:
    with standing_at(WHEN):
        journey = Journey(officer, signed_in)
        journey.arrives(
            names=[{"text": "Invented Person"}],
            sex="male",
            citizenships=["KAZ"],
            birth={"date": "1991-07-01"},
            language="tg",
        )
        profiles = journey.says(**BACK)
        assert {"own_national_returning", "entry_banned_abroad"} <= profiles
        assert "asylum_seeker" not in profiles
        desk = Desk(journey, journey.goes_to("labour_authority", "labour_officer", consent_given=True))
        assert "to-begin" not in desk.page("/solutions/")
        desk.makes_a_plan()
        assert "Russia" in desk.page(), "the ban of another state asks for another destination"
        for area, level in (("work", "1"), ("documents", "3"), ("debt", "0")):
            desk.posts("standing", member="", area=area, level=level, asked_on="2026-11-20")
        desk.posts("step", area="skills", what="Recognition of the welder's certificate", who="labour_authority")
        desk.posts("job", vacancy="Welder, sixth grade", employer="Works 5", contract_checked="no")
    with standing_at(WHEN + timedelta(days=20)):
        plan = Plan.objects.get()
        step, job = plan.steps.get(), plan.jobs.get()
        desk.posts("end_step", step=str(step.pk), result="done", evidence="Certificate 12 of 9 December", grade="A")
        desk.posts("set_job", job=str(job.pk), stage="started", on="2026-12-10", contract_checked="yes")
        paper = desk.browser.get(f"/solutions/{desk.plan}/plan.pdf")
        assert paper.content[:5] == b"%PDF-"
    desk.asks_after(31, 1, safe="yes", works="yes", same_job="yes", wants_to_leave="no", where="same_place")
    desk.asks_after(182, 2, reached="no", next_try="2027-05-25")
    with standing_at(WHEN + timedelta(days=182)):
        said = {"act": "close", "action": str(uuid7()), "made": str(uuid7()), "outcome": "reintegrated"}
        assert desk.browser.post(f"/solutions/{desk.plan}/", said).status_code == 422, "a follow-up is due"
    desk.asks_after(187, 2, safe="yes", works="yes", same_job="yes", wants_to_leave="unknown", where="same_place")
    with standing_at(WHEN + timedelta(days=366)):
        program = Program(desk.who)
        given = program.get(f"/solutions/{desk.plan}").json()
        third = given["follow_ups"][2]["follow_up"]
        said = {
            "how": "visit",
            "reached": True,
            "safe": "yes",
            "works": "yes",
            "same_job": "yes",
            "attempt": str(uuid7()),
            "happened_at": now().isoformat(),
        }
        assert program.post(f"/solutions/{desk.plan}/follow-ups/{third}/tries", **said).status_code == 200
        desk.posts("standing", member="", area="work", level="4", asked_on="2027-11-21")
        desk.posts("close", outcome="reintegrated", said="Ман дар хона мемонам.")
        assert f"/queue/{desk.referral.pk}/" in desk.page(), "the sender still waits for the outcome"
        (counted,) = service.countable(WHEN - timedelta(days=1), now())
        assert [one.works for one in counted.follow_ups] == ["yes", "yes", "yes"]
        assert (counted.outcome, counted.own_national) == ("reintegrated", True)
        journey_page = signed_in(journey.aida).get(f"/files/{journey.file}/")
        assert "A plan was made" in journey_page.content.decode()
        ended = desk.page("/solutions/?list=ended")
        assert plan.number in ended
        assert "Invented Person" not in ended
        assert desk.browser.get("/solutions/?list=ended&format=xlsx").content[:2] == b"PK"
        assert PersonFile.objects.get(pk=journey.file).status == "referred"
