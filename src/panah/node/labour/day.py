"""What of work records is next for a person, and what is an officer's to do: permits that end, funds that do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.node.labour import rules, shown, words
from panah.node.labour.models import Enquiry, Permit, WorkRecord
from panah.node.labour.permissions import readable
from panah.node.registration import service as registration
from panah.web.parts import Clock, Link
from panah.web.tasks import Line, Task


def end_of(day: date) -> datetime:
    """The last moment of a day, as the state's clocks have it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def next_for(officer: Officer, file: registration.PersonFile, now: datetime) -> Sequence[Clock]:
    """The permit of the person that ends next, for who may read the record."""
    today = registration.local_day(now)
    rows = Permit.objects.filter(record__in=readable(officer).filter(file=file.pk, ended_at=None), struck_at=None)
    row = rows.filter(last__gte=today).select_related("record").order_by("last", "id").first()
    if row is None or row.last is None:
        return ()
    what = _("%(what)s ends") % {"what": words.of(words.PERMITS, row.kind)}
    started = min(row.at, end_of(row.last))
    return (Clock(what, started, end_of(row.last), now, kind="agreed", url=_page(row.record)),)


def permits(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Permits that end within a month or ended, in open records of the officer's body."""
    until = registration.local_day(now) + rules.SOON
    rows = Permit.objects.filter(record__in=readable(officer), record__ended_at=None, struck_at=None, last__lte=until)
    return [
        Line(
            f"{row.record.number}: {words.of(words.PERMITS, row.kind)}, {shown.state_name(row.state)}",
            _page(row.record),
            end_of(row.last),
        )
        for row in rows.select_related("record").order_by("last", "id")[:limit]
        if row.last is not None
    ]


def answers(officer: Officer, now: datetime, limit: int) -> list[Line]:
    """Funds that have not answered, by the day on which an answer was hoped for."""
    rows = Enquiry.objects.filter(record__in=readable(officer), record__ended_at=None, answered_on=None)
    return [
        Line(_("%(number)s: answer of a fund") % {"number": row.number}, _page(row.record), end_of(row.answer_by))
        for row in rows.select_related("record").order_by("answer_by", "id")[:limit]
    ]


def found(officer: Officer, number: str, file: UUID | None) -> list[Link]:
    """The record of this number, that the officer may open."""
    return [
        Link(_("Work and insurance: %(number)s") % {"number": row.number}, _page(row))
        for row in WorkRecord.objects.filter(number=number)
        if may(officer, "labour.read", row)
    ]


def _page(row: WorkRecord) -> str:
    return reverse("work_record", args=[row.pk])


TASKS = (
    Task("permits-of-workers", gettext_lazy("Permits that end"), "labour.see", permits, "work_records", "?list=ending"),
    Task("funds-asked", gettext_lazy("Answers of funds"), "labour.see", answers, "work_records", "?list=asked"),
)
