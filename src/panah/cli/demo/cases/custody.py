"""Somebody whom a patrol stopped, who was known by a number until they were registered, and who is on the way to another body."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from panah.cli.demo.acting import own_id
from panah.cli.demo.cases.desk import Desk, Person, Story

_WALKED: dict[str, Any] = {
    "entry": {"mode": "irregular", "from": "KGZ"},
    "person": {"age_disputed": "no"},
    "purpose": ["work"],
    "protection": {"fears_return": "no", "asked_asylum": "no"},
    "exploitation": {"free_to_leave": "yes"},
    "consent": {"understands": "yes"},
}
NURLAN = Person(
    "nurlan", ("Nurlan Sadykov",), "male", "1994-05-11", "KGZ", "ky", _WALKED, mode="irregular", came_from="KGZ", post="officer-kordai",
)  # fmt: skip


def taken(desk: Desk) -> Story:
    """Stopped at night, asked in the morning, seen by a nurse by whose word he needs his medicine and rests, handed to the migration
    service, which has not confirmed after seven hours."""
    from panah.node.custody.service import Apprehend, Ask, HandOn, Join, SayFitness

    custody = own_id("case-custody", NURLAN.key)
    yield desk.present - timedelta(hours=20)
    desk.act(
        Apprehend, "officer-kordai", f"{NURLAN.key}/taken", custody=custody, unit="Patrol 3 (invented)", where="On the river bank below the bridge",
        ground="Crossed beside the crossing point; no papers were shown.", means="no", injuries="no", doctor="unknown",
    )  # fmt: skip
    yield desk.present - timedelta(hours=18)
    desk.arrives(NURLAN)
    desk.act(Join, "officer-kordai", f"{NURLAN.key}/join", custody=custody, file=NURLAN.file)
    told = ("reasons", "rights", "asylum", "lawyer", "family", "complaint")
    desk.act(
        Ask, "officer-kordai", f"{NURLAN.key}/asked", custody=custody, fear="no", child="no", told=told, told_language="ky",
        wishes=("family",),
    )  # fmt: skip
    yield desk.present - timedelta(hours=8)
    answers = {"ill": "yes", "hurt": "no", "pregnant": "no", "cannot_travel": "no"}
    desk.act(
        SayFitness, "officer-kordai", f"{NURLAN.key}/fitness", custody=custody, asking=own_id("case-asking", NURLAN.key), **answers,
        seen_by="nurse", seen_at=desk.present - timedelta(hours=9), result="conditions", conditions=("medicine", "rests"),
    )  # fmt: skip
    yield desk.present - timedelta(hours=7)
    desk.act(
        HandOn, "officer-kordai", f"{NURLAN.key}/hand-on", custody=custody, transfer=own_id("case-transfer", NURLAN.key),
        to_body=desk.officer("migration").body, to_where="District office 2 (invented)", purpose="competent_body",
    )  # fmt: skip


def just_taken(desk: Desk) -> Story:
    """Somebody at the airport whom nobody has registered or asked yet: what is not known stands as not known."""
    from panah.node.custody.service import Apprehend

    yield desk.present - timedelta(hours=2)
    desk.act(
        Apprehend, "officer", "unknown-man/taken", custody=own_id("case-custody", "unknown-man"), unit="Shift B (invented)",
        where="Transit hall", ground="Found without papers behind the control.", means="unknown", injuries="unknown",
    )  # fmt: skip
