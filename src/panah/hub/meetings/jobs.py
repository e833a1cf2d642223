"""What happens by itself: silences end, and delegations are reminded of deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.hub.meetings import rules
from panah.hub.meetings.acts import Deadline, Remind
from panah.hub.meetings.drafting_acts import EndSilence
from panah.hub.meetings.models import Meeting, Silence


@task()
def end_silences() -> int:
    """End every silence whose time has passed. Returns how many."""
    moment, ended = now(), 0
    for row in Silence.objects.filter(ended_at=None, until__lte=moment):
        try:
            perform(EndSilence(id=uuid7(), by=None, happened_at=moment, silence=row.pk))
            ended += 1
        except Refused:
            continue  # ended by another worker in the meantime, or the meeting's text is closed
    return ended


@task()
def remind_of_deadlines() -> int:
    """Give every reminder whose time has come. Returns how many; those given are left."""
    moment, given = now(), 0
    alive = Meeting.objects.filter(from_record=False, statement_at=None).exclude(state="cancelled")
    for row in alive.prefetch_related("silences", "reminders"):
        told = {(one.deadline, one.days) for one in row.reminders.all()}
        for deadline, until in deadlines(row):
            key = f"{deadline} {until.isoformat()}"
            days = rules.reminder_due(until, moment, [days for name, days in told if name == key])
            if days is None:
                continue
            try:
                perform(
                    Remind(
                        id=uuid7(),
                        by=None,
                        happened_at=moment,
                        meeting=row.pk,
                        deadline=deadline,
                        until=until,
                        days=days,
                    )
                )
                given += 1
            except Refused:
                continue  # given by another worker in the meantime
    return given


def deadlines(row: Meeting) -> Iterator[tuple[Deadline, datetime]]:
    """The deadlines of a meeting: a day ends at midnight in UTC."""
    if row.answers_by:
        yield "answers", datetime.combine(row.answers_by + timedelta(days=1), time(), UTC)
    if row.proposals_by:
        yield "proposals", row.proposals_by
    if row.begins:
        yield "meeting", row.opens_at or datetime.combine(row.begins, time(), UTC)
    for silence in row.silences.all():
        if silence.ended_at is None:
            yield "silence", silence.until
