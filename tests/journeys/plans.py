"""The steps of a plan, through its page or through REST: what a story says of it is written once."""

from __future__ import annotations

from typing import Any

from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.node.referrals.models import Referral
from panah.node.solutions.models import Plan
from tests.journeys.drivers import Rest, Story
from tests.journeys.reader import Window

AIMS = "I lay bricks well. I want to work near my children."


def deed(page: Window, act: str, button: str, expecting: int = 200, n: int = 0, **said: Any) -> Window:
    """One of the forms of a page with several, by its act; of several alike the n-th."""
    form = [one for one in page.forms() if one.fields.get("act") == act][n]
    return page.send_form(form, expecting, button, **said)


def page_of(story: Story, worker: Officer, plan: Plan) -> Window:
    return story.window(worker).open(f"/solutions/{plan.pk}/")


def made(story: Story, worker: Officer, referral: Referral, toward: str, began_on: str = "") -> Plan:
    """A plan in the person's own words."""
    said = {"toward": toward, "aims": AIMS, "consent": "person"} | ({"began_on": began_on} if began_on else {})
    if isinstance(story.way, Rest):
        story.way.post(worker, "/solutions", plan=uuid7(), referral=referral.pk, language="kk", **said)
    else:
        page = story.window(worker).open("/solutions/").follow_in_row(referral.number, "Make a plan")
        page.send("Make the plan", **said)
    return Plan.objects.get(file=referral.file)


def kept(story: Story, worker: Officer, plan: Plan, act: str, path: str, button: str, /, **said: Any) -> None:
    """An act of the plan: the form with this act, or the address below the plan."""
    if isinstance(story.way, Rest):
        story.way.post(worker, f"/solutions/{plan.pk}{path}", **said)
    else:
        deed(page_of(story, worker, plan), act, button, **said)


def stands(story: Story, worker: Officer, plan: Plan, **said: Any) -> None:
    made_id = {"standing": uuid7()} if isinstance(story.way, Rest) else {}
    kept(story, worker, plan, "standing", "/standings", "Keep it", **made_id, **said)


def step(story: Story, worker: Officer, plan: Plan, **said: Any) -> None:
    made_id = {"step": uuid7()} if isinstance(story.way, Rest) else {}
    kept(story, worker, plan, "step", "/steps", "Add it", **made_id, **said)


def gets_a_job(story: Story, worker: Officer, plan: Plan, on_day: str, employer: str) -> None:
    made_id = {"job": uuid7()} if isinstance(story.way, Rest) else {}
    offer = {"vacancy": "Bricklayer, permanent", "employer": employer, "contract_checked": "unknown"}
    kept(story, worker, plan, "job", "/jobs", "Keep it", **made_id, **offer)
    job = plan.jobs.latest("at")
    begun = {"stage": "started", "on": on_day, "contract_checked": "yes"}
    kept(story, worker, plan, "set_job", f"/jobs/{job.pk}", "Keep it", **begun)
    assert page_of(story, worker, plan).has("works there")


def tried(story: Story, worker: Officer, plan: Plan, turn: int, **said: Any) -> None:
    """The person is asked how life is."""
    row = plan.follow_ups.get(turn=turn)
    if isinstance(story.way, Rest):
        said["reached"] = said["reached"] == "yes"
        path = f"/solutions/{plan.pk}/follow-ups/{row.pk}/tries"
        story.way.post(worker, path, attempt=uuid7(), **said)
    else:
        deed(page_of(story, worker, plan), "try", "Keep it", **said)


def closed(story: Story, worker: Officer, plan: Plan, outcome: str, *, refused: bool = False) -> str:
    """The plan is closed; what is said where it cannot be yet."""
    if isinstance(story.way, Rest):
        answer = story.way.post(worker, f"/solutions/{plan.pk}/close", 409 if refused else 200, outcome=outcome)
        said = str(answer)
    else:
        page = page_of(story, worker, plan)
        said = deed(page, "close", "Close it", 422 if refused else 200, outcome=outcome).text
    plan.refresh_from_db()
    return said
