"""What is known of one person's fitness to travel now, and which receivers are health services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from panah.node.custody import fitness
from panah.node.custody.models import Asking, Custody
from panah.node.registration import service as registration


def came_here(row: Custody) -> datetime:
    """Since when whatever is asked is for the next journey: the last hand-over, else the apprehension."""
    handed = row.transfers.filter(taken_back_at=None).order_by("-handed_at").values_list("handed_at", flat=True).first()
    return handed or row.apprehended_at.replace(second=0, microsecond=0)  # pages say the minute


def fitness_of(row: Custody, at: datetime) -> fitness.Fitness:
    """What stands now of all that was asked and said in this custody."""
    said = [_said(one) for one in row.askings.all()]
    return fitness.standing(said, came_here(row), at, hurt=row.injuries == "yes")


def is_health_service(body: str, at: datetime) -> bool:
    """Whether the pack names the body competent for health on that day: a purpose that an officer writes is no hospital."""
    day = registration.local_day(at)
    return any(
        one.id == body.partition("/")[0] and one.mandate_for("health_service", day)
        for one in registration.node_pack().bodies
    )


def complaints_of(row: Custody) -> dict[str, str]:
    """What the person said, for those who watch: yes where they ever said so in this custody, else their last answer."""
    askings: list[Any] = list(row.askings.all())
    return {
        name: "yes" if any(getattr(one, name) == "yes" for one in askings) else getattr(askings[-1], name)
        for name in (fitness.COMPLAINTS if askings else ())
    }


def _said(one: Asking) -> fitness.Said:
    complaints = tuple(getattr(one, name) for name in fitness.COMPLAINTS)
    return fitness.Said(
        one.asked_at, complaints, one.seen_by, one.seen_at, one.result, tuple(one.conditions), one.conditions_more
    )
