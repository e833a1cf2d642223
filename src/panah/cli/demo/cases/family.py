"""Two sisters who lost each other on the way, and the proposal that only one officer sees."""

from __future__ import annotations

from typing import Any

from panah.cli.demo import houses
from panah.cli.demo.acting import act, own_id
from panah.cli.demo.cases.desk import Desk, Person, Story

_FLED: dict[str, Any] = {
    "entry": {"mode": "border_point", "from": "UZB"},
    "purpose": ["protection"],
    "protection": {"left_because": ["armed_conflict"], "fears_return": "yes", "fear_grounds": ["armed_conflict"]},
    "family": {"wants_tracing": "yes"},
    "needs": {"no_shelter": "yes"},
    "consent": {"understands": "yes", "share_partner": "yes"},
}
ZARINA = Person("zarina", ("Zarina Nazarova",), "female", "1990-05-03", "AFG", "fa", _FLED, came_from="UZB")
GULNORA = Person(
    "gulnora", ("گلنورا نظروا", "Gulnora Nazarova"), "female", "1988", "AFG", "fa", _FLED, came_from="KGZ", post="officer-kordai"
)  # fmt: skip


def sought(desk: Desk) -> Story:
    """One sister sleeps in a house and seeks the other, who came by road a week later; the node finds them alike."""
    from panah.node.families.acts import Look, NoteAttempt, OpenRequest

    yield desk.day(50)
    social = desk.officer("reception")
    opened = houses.open_houses(social, act, own_id)
    yield desk.day(16)
    file = desk.arrives(ZARINA)
    houses.settle(opened, [[file]], social, act, own_id)
    yield desk.day(14)
    request = own_id("case-request")
    desk.act(
        OpenRequest, "reception", "zarina/seeks", request=request, file=file, relation="sister_or_brother", names=("Гульнора Назарова",),
        sex="female", year_from=1987, year_to=1989, last_place="A crossing at night, on the river", last_day="at the end of summer",
        marks="A scar over the left eye.", agrees="yes", shares={"family_tracing": "yes", "own_consulate": "no"},
        next_on=desk.day(1).date(),
    )  # fmt: skip
    yield desk.day(9)
    desk.arrives(GULNORA)
    yield desk.day(4)
    tried = {"kind": "telephone", "what": "Two numbers of the family were called; nobody answers."}
    attempt = own_id("case-attempt")
    desk.act(
        NoteAttempt, "reception", "zarina/tried", request=request, attempt=attempt, **tried, next_on=desk.day(-1).date()
    )
    yield desk.day(1)
    desk.act(Look, "reception", "zarina/look", request=request)
