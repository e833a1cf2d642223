"""What of statistics is an officer's to do."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.node.statistics import shown
from panah.node.statistics.models import Release
from panah.web.tasks import Line, Task


def to_sign(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Releases whose tables are protected and wait for the signature."""
    rows = Release.objects.filter(state=Release.State.PREPARED).order_by("asked_at").only("pk", "period", "revision")
    return [
        Line(shown.period_in_words(one.period), reverse("release", args=[one.pk]), detail=str(one.revision))
        for one in rows[:limit]
    ]


TASKS = (Task("releases", gettext_lazy("Tables to sign"), "statistics.sign", to_sign, "statistics"),)
