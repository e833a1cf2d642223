"""The journal's lines of reads, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.foundation.access.models import BreakGlass, Officer
from panah.foundation.journal.models import Entry
from panah.node.complaints import service as complaints
from panah.node.registration import service as registration

# What is too fine for the story of a file, and yet a read.
_OWN = {
    "audit.reads_read": gettext_lazy("This list was read."),
    "audit.reads_exported": gettext_lazy("This list was taken as a table."),
    "complaints.listed": gettext_lazy("Complaints were listed."),
    "families.read": gettext_lazy("The family of the person, or who is sought, was read."),
    "registration.searched": gettext_lazy("People were searched for."),
}


@dataclass(frozen=True)
class Read:
    """One read. `why` is the written reason of the break-glass session, or that it was by right."""

    at: datetime
    who: str
    username: str
    place: str
    file: str
    what: str
    code: str
    why: str


def lines(reader: Officer, *, officer: str = "", number: str = "", since: date, until: date) -> QuerySet[Entry]:
    """The reads of these days (both included), newest first; of one officer's user name and of one file where they are given.
    Who read a complaint against the reader, their body or their post is none of theirs."""
    begin = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    found = Entry.objects.filter(action=None, recorded_at__gte=begin, recorded_at__lt=end).exclude(by=None)
    against = list(complaints.against(reader).values_list("pk", flat=True))
    if against:
        found = found.exclude(subject__in=against)
    if officer:
        found = found.filter(by__in=list(Officer.objects.filter(username=officer.lower()).values_list("pk", flat=True)))
    if number:
        files = registration.PersonFile.objects.filter(number=number.upper()).values_list("pk", flat=True)
        found = found.filter(subject__in=list(files))
    return found.order_by("-seq")


def rows(entries: Iterable[Entry]) -> list[Read]:
    """The lines in words; four queries however many there are."""
    entries = list(entries)
    who = Officer.objects.in_bulk({entry.by for entry in entries if entry.by})
    subjects = {entry.subject for entry in entries if entry.subject}
    numbers = dict(registration.PersonFile.objects.filter(pk__in=subjects).values_list("pk", "number"))
    sessions = _sessions(entries)
    return [_read(entry, who, numbers, sessions) for entry in entries]


def _sessions(entries: list[Entry]) -> list[BreakGlass]:
    if not entries:
        return []
    first, last = min(e.recorded_at for e in entries), max(e.recorded_at for e in entries)
    met = Q(opened_at__lte=last, until__gte=first, officer__in={entry.by for entry in entries})
    return list(BreakGlass.objects.filter(met))


def _read(entry: Entry, who: dict[UUID, Officer], numbers: dict[UUID, str], sessions: list[BreakGlass]) -> Read:
    officer = who.get(entry.by) if entry.by else None
    by_glass = json.loads(entry.facts).get("break_glass", False)
    session = next(
        (one for one in sessions if one.officer_id == entry.by and one.opened_at <= entry.recorded_at < one.until), None
    )
    return Read(
        at=entry.recorded_at,
        who=officer.display_name if officer else "",
        username=officer.username if officer else "",
        place=entry.place,
        file=numbers.get(entry.subject, "") if entry.subject else "",
        what=str(_OWN.get(entry.code, "")) or registration.sentence(entry),
        code=entry.code,
        why=_("Break-glass: %(reason)s") % {"reason": session.reason} if by_glass and session else _("By right"),
    )
