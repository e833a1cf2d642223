"""Who waits at the post: what of registration and screening is an officer's to do."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.node.registration import shown
from panah.node.registration.models import PersonFile, Status
from panah.web.tasks import Find, Line, Task


def _standing(*standings: str) -> Find:
    """People of the officer's post whose file stands so: who came first stands first."""

    def find(officer: Officer, now: datetime, limit: int) -> list[Line]:
        there = PersonFile.objects.filter(place=officer.post).order_by("arrived_at", "number")
        there = there.only("number", "status", "urgent", "arrived_at", "place", "closed_at")
        # Each standing by itself, so that an index gives its first lines without sorting all who wait.
        rows = [row for standing in standings for row in there.filter(status=standing)[:limit]]
        lines = []
        for row in sorted(rows, key=lambda row: (row.arrived_at, row.number))[:limit]:
            step = shown.next_step(row, officer)
            if step is not None:
                detail = ", ".join(str(badge.label) for badge in shown.badges_of_urgent(row))
                lines.append(Line(f"{row.number}: {step.text}", step.url, detail=detail))
        return lines

    return find


TASKS = (
    Task("to-register", gettext_lazy("Waiting for registration or interview"), "registration.register",
         _standing(Status.ARRIVED, Status.REGISTERED, Status.INTERVIEWED), "arrivals", "?show=waiting"),
    Task("to-decide", gettext_lazy("Profiles to confirm and referrals to send"), "registration.register",
         _standing(Status.PROPOSED, Status.CONFIRMED), "arrivals", "?show=interview"),
)  # fmt: skip
