"""Seven people who fear return, and thirty who come to work: no table that leaves tells of the seven (domain reference 11.6, scenario 9)."""

from __future__ import annotations

import base64
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panah.node.statistics import tasks
from panah.node.statistics.models import Release
from tests.journeys.drivers import Person, Rest, Story, on
from tests.people import WORKER, arrives

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 19, 6, tzinfo=UTC)
NAMES = ("Zabihullah", "Freshta", "Omid Kohistani", "Parwana", "Ghulam Sakhi", "Latifa Yawar", "Dastagir")
FEW, MANY = len(NAMES), 30
AFRAID = Person(
    "Invented Person", "male", "1990-05-03", ("AFG",), "fa",
    {
        "consent.understands": "yes", "consent.share_unhcr": "yes", "purpose": ["protection"], "protection.fears_return": "yes",
        "protection.fear_grounds": ["religion"], "protection.asked_asylum": "yes",
    },
    mode="airport_transit",
)  # fmt: skip


def test_9_a_count_of_seven_is_withheld_together_with_a_second_one_all_the_way_to_the_message(
    story: Story,
) -> None:
    for n in range(MANY):
        arrives(story.clerk, MORNING, WORKER, sex="female" if n % 2 else "male")
    with on(MORNING):
        for n in range(FEW):
            told = {"name": NAMES[n], "birth": f"{1960 + 6 * n}-0{n + 1}-1{n}", "sex": "female" if n % 2 else "male"}
            story.registered(replace(AFRAID, **told), Rest() if n else None)  # who comes alike is sent by a program
    story.names.append("Invented")
    coordinator = story.officer("national_coordinator")
    statistician = story.officer("statistician")

    with on(MORNING + timedelta(days=1)):
        page = story.window(coordinator).open("/statistics/")
        assert page.value("Count and protect", "period") == "2026-11-19", "yesterday is proposed"
        page.send("Count and protect")
        assert page.has("are being counted")
        assert tasks.prepare.call(str(Release.objects.get().pk))
        page.open(page.address)
        numbers = {int(cell) for cell in page.cells("numeric") if cell.isdigit()}
        assert {FEW + MANY, 0} <= numbers
        assert not any(0 < number < 10 for number in numbers)
        withheld = [cell for cell in page.cells("numeric") if not cell.isdigit()]
        assert len(withheld) >= 2, "a single gap could be filled by subtracting"
        assert page.has("Withheld so that no smaller number can be worked out from it.")

        reader = story.window(statistician).open(page.address)
        assert not reader.offers("Sign and publish")
        page.send("Sign and publish")
        assert page.has("Signed, on its way")
        message = page.fetched("Message as a file").content.decode()
        submission = base64.urlsafe_b64decode(message.split(".")[1] + "==").decode()
        rows = [row for part in json.loads(submission)["parts"] for row in csv.DictReader(io.StringIO(part["content"]))]
        assert not any(row["OBS_VALUE"] and 0 < int(row["OBS_VALUE"]) < 10 for row in rows)
        afghans = [row for row in rows if row["CITIZENSHIP"] == "AFG"]
        assert afghans
        assert {(row["OBS_VALUE"], row["OBS_STATUS"]) for row in afghans if row["PROFILE"] == "_T"} == {("", "Q")}
        assert "Invented" not in submission

    ombudsman, social = story.officer("ombudsman", body="kaz-ombudsman"), story.officer("social_officer", body="lake")
    for who in (story.clerk, ombudsman, social):
        story.is_closed_to("/statistics/", page.address, officer=who)
    story.ends_well()
