"""What of custody is next for a person, and what is an officer's to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.node.custody import rules, service
from panah.node.custody.models import Custody, Transfer
from panah.node.custody.permissions import coming_to, held_by
from panah.node.profiling import service as profiling
from panah.node.registration import service as registration
from panah.web.parts import Clock
from panah.web.tasks import Line, Task


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """Of somebody in custody: to be asked, to be interviewed where they did not say that they are safe, and until when the law holds them."""
    row = service.visible(officer).filter(file=file.pk, ended_at=None).first()
    return [] if row is None else [*first_steps(row, now), clock(row, now)]


def first_steps(row: Custody, now: datetime) -> list[Clock]:
    """What comes before anything else; nothing where the person was interviewed."""
    began = min(row.apprehended_at, now)
    if row.asked_at is None:
        url = reverse("custody_one", args=[row.pk])
        return [Clock(_("Ask whether the person is afraid to return"), began, began, now, kind="target", url=url)]
    if row.file is None or profiling.proposal_of(row.file) is not None:
        return []
    what = _("Interview: the person is afraid to return") if row.fear == "yes" else _("Interview")
    return [Clock(what, began, began, now, kind="target", url=reverse("interview", args=[row.file]))]


def clock(row: Custody, now: datetime) -> Clock:
    """How long without a decision. Where no verified law says an end, the hours are shown and nothing is claimed."""
    url = reverse("custody_one", args=[row.pk])
    began, hours = row.apprehended_at, rules.hours(row.apprehended_at, row.ended_at or now)
    what = _("In custody for %(hours)s hours") % {"hours": hours}
    if row.limit_due is None:
        missing = _("The pack has no verified time for custody without a decision. Ask a lawyer of the state.")
        return Clock(what, began, None, now, unknown=missing, url=url)
    return Clock(what, began, row.limit_due, now, source=limit_title(row.limit_name), done=row.ended_at, url=url)


def limit_title(name: str) -> str:
    """What a term is called, with the title of its source."""
    pack, tag = registration.node_pack(), get_language() or "en"
    parameter = pack.parameters.get(name)
    return parameter.what.get(tag, parameter.what.get("en", name)) if parameter else name


def people(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Those whom the officer's body holds, who must leave first at the top."""
    rows = held_by(officer).filter(ended_at=None).order_by("limit_due", "apprehended_at", "pk")[:limit]
    return [
        Line(
            _("%(number)s, %(hours)s h") % {"number": row.number, "hours": rules.hours(row.apprehended_at, now)},
            reverse("custody_one", args=[row.pk]),
            row.limit_due,
            "" if row.asked_at else _("Ask whether the person is afraid to return"),
        )
        for row in rows
    ]


def _lines(found: Sequence[Transfer]) -> list[Line]:
    return [
        Line(one.custody.number, reverse("custody_one", args=[one.custody_id]), one.handed_at + rules.TO_CONFIRM)
        for one in found
    ]


def to_confirm(officer: Officer, now: datetime, limit: int) -> list[Line]:
    rows = coming_to(officer).filter(custody__ended_at=None).select_related("custody").order_by("handed_at", "pk")
    return _lines(list(rows[:limit]))


def alarms(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """What must not be: a person between two bodies, one beyond the time of the law, a child."""
    held = service.visible(officer)
    found = _lines(list(service.unconfirmed(held, now)[:limit]))
    wrong = service.over_time(held, now) | service.children(held)
    rows = wrong.order_by("apprehended_at", "pk").distinct()[:limit]
    found += [
        Line(row.number, reverse("custody_one", args=[row.pk]), row.limit_due or row.apprehended_at) for row in rows
    ]
    return sorted(found, key=lambda line: line.due or now)[:limit]


TASKS = (
    Task("handovers", gettext_lazy("Persons on the way to you: confirm"), "custody.work", to_confirm, "custody"),
    Task("custody", gettext_lazy("Persons in custody"), "custody.work", people, "custody"),
    Task("custody-alarms", gettext_lazy("Alarms of custody"), "custody.oversee", alarms, "custody"),
)
