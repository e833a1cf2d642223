"""A plan on paper for the person, in the officer's language and theirs side by side.

Headings, days and rights stand in both; what the person or an officer said stands once, as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence

from panah.node.profiling.service import sheets
from panah.node.registration import service as registration
from panah.node.solutions import rules, words
from panah.node.solutions.models import Plan

as_html, as_pdf, languages = sheets.as_html, sheets.as_pdf, sheets.languages


def of_plan(plan: Plan, areas: Sequence[str], tags: tuple[str, ...]) -> sheets.Sheet:
    """The plan with its open steps in these areas, and the days on which the person is asked."""
    say, part = sheets.Says(tags), sheets.Part
    name = registration.display_name(registration.file_by_id(plan.file))
    parts = [
        part(say("sheet.name"), own=name),
        part(say("sheet.body"), own=registration.body_title(plan.body)),
        part(say("receipt.date"), (say.day(registration.local_day(plan.opened_at)),)),
        part(say("sheet.plan.aims"), own=plan.aims),
        part(say("sheet.plan.steps")),
    ]
    steps = plan.steps.filter(ended_at=None, area__in=areas).exclude(what="").order_by("due_on", "at", "id")
    parts += [part((), (say.until(step.due_on),), own=f"{step.what}\n{words.who(step.who)}") for step in steps]
    asked = plan.follow_ups.filter(done_at=None).order_by("first_due_at")
    if asked:
        days = (registration.local_day(row.first_due_at) for row in asked)
        parts.append(part(say("sheet.plan.asked"), tuple(say.day(day) for day in days)))
    rights = ["sheet.plan.free", "sheet.plan.danger", "leaflet.your_rights.language"]
    if not plan.own_national:
        rights.append("leaflet.your_rights.help")
    if plan.toward == rules.RETURN and plan.began_on is None:
        rights.insert(1, "sheet.plan.mind")
    parts.append(part((), tuple(say(one) for one in rights)))
    return say.sheet("sheet.plan", plan.number, plan.file, tuple(parts))
