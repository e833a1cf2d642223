"""What of reception is next for a person, what is an officer's to do, and what of a story is for those of the centre alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.reception import shown, words
from panah.node.reception.models import Appointment, Centre, Incident, Stay
from panah.node.reception.permissions import centres_of
from panah.node.registration import service as registration
from panah.node.registration.service import Cut, Facts
from panah.web.parts import Clock
from panah.web.tasks import Line, Task

_DAY = timedelta(days=1)


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """The appointments of a person that are to come, or of which nobody said yet whether they were kept."""
    if not may(officer, "reception.read_person", file.pk):
        return []
    rows = Appointment.objects.filter(stay__file=file.pk, outcome="", at__gte=now - _DAY).order_by("at", "pk")
    url = reverse("reception_person", args=[file.pk])
    return [
        Clock(words.of(words.APPOINTMENTS, one.kind), min(now, one.at) - _DAY, one.at, now, kind="agreed", url=url)
        for one in rows
    ]


def story_cut(officer: Officer, file: registration.PersonFile) -> Cut:
    """Where somebody was in a shelter, nothing of reception is told to whom their reception page is closed: a shelter is found by those
    who work in it."""
    sheltered = Stay.objects.filter(file=file.pk, unit__centre__kind="shelter").exists()
    closed = sheltered and not may(officer, "reception.read_person", file.pk)

    def cut(code: str, facts: Facts) -> Facts | None:
        return None if closed and code.startswith("reception.") else facts

    return cut


def _centres(officer: Officer) -> QuerySet[Centre]:
    """The centres that are run from the officer's body or post. The ombudsman reads of all, and runs none."""
    return Centre.objects.none() if "ombudsman" in officer.roles else centres_of(officer)


def incidents(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Incidents in the officer's centres that are not closed, oldest first."""
    rows = Incident.objects.filter(closed_at=None, centre__in=_centres(officer)).select_related("centre")
    return [
        Line(
            f"{one.centre.code}: {shown.incident_kind(officer, one)}",
            reverse("reception_centre", args=[one.centre.pk]),
        )
        for one in rows.order_by("at", "pk")[:limit]
    ]


def appointments(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Appointments of the next day, and those of the last one of which nobody said whether they were kept."""
    rows = Appointment.objects.filter(
        outcome="", at__gte=now - _DAY, at__lt=now + _DAY, stay__unit__centre__in=_centres(officer)
    ).select_related("stay__unit__centre")
    return [
        Line(
            _("%(what)s, unit %(unit)s") % {"what": words.of(words.APPOINTMENTS, one.kind), "unit": one.stay.unit.name},
            reverse("reception_person", args=[one.stay.file]),
            one.at,
        )
        for one in rows.order_by("at", "pk")[:limit]
    ]


TASKS = (
    Task("incidents", gettext_lazy("Incidents to follow up"), "reception.oversee", incidents, "reception"),
    Task("appointments", gettext_lazy("Appointments in the centre"), "reception.oversee", appointments, "reception"),
)
