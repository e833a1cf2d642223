"""What other rooms may know of a person's work, and the reads of this room's own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.foundation.access.models import Officer
from panah.foundation.access.service import may
from panah.foundation.door.service import NotFound
from panah.foundation.journal import service as journal
from panah.node.labour.acts import (
    AskFund,
    CloseRecord,
    OpenRecord,
    RecordPeriod,
    RecordPermit,
    StrikePeriod,
    StrikePermit,
    TakeAnswer,
)
from panah.node.labour.models import WorkRecord
from panah.node.labour.permissions import readable
from panah.node.labour.totals import Estimate, estimate
from panah.web.parts import Link

__all__ = [
    "AskFund", "CloseRecord", "Estimate", "OpenRecord", "RecordPeriod", "RecordPermit", "StrikePeriod", "StrikePermit", "TakeAnswer",
    "estimate", "of_file", "pages_for", "read", "readable",
]  # fmt: skip


def of_file(file: UUID) -> QuerySet[WorkRecord]:
    """The records of a person, oldest first. The caller has the right to the file."""
    return WorkRecord.objects.filter(file=file).order_by("opened_at")


def read(officer: Officer, record: UUID, *, paper: bool = False) -> WorkRecord:
    """One record for an officer who may read it; the read, or that it was printed, is written into the journal. Raises NotFound."""
    row = WorkRecord.objects.filter(pk=record).first()
    if row is None or not may(officer, "labour.read", row):
        raise NotFound("There is no such record of work.")
    code = "labour.paper_printed" if paper else "labour.read"
    journal.note_read(code, by=officer.pk, place=officer.post, subject=row.file, facts={"record": row.number})
    return row


def pages_for(officer: Officer, file: Any) -> list[Link]:
    """The records of a person that the officer may read, for the page of the file."""
    rows = readable(officer).filter(file=file.pk).order_by("opened_at", "id")
    return [
        Link(_("Work and insurance: %(number)s") % {"number": row.number}, reverse("work_record", args=[row.pk]))
        for row in rows
    ]
