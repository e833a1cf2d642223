"""What happens by itself: reading files that came in by the web, going on with one that was broken off, forgetting refused rows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.node.imports.actions import ForgetRefused
from panah.node.imports.models import Import, RefusedRow

_BROKEN_OFF_AFTER = timedelta(minutes=10)
_AT_ONCE = 500


@task()
def read_import(import_id: str) -> int:
    """Read a file that waits. Returns how many people were taken in; what was taken before the job was killed is not taken twice."""
    from panah.node.imports.service import read_waiting

    return read_waiting(UUID(import_id))


@task()
def go_on_with_imports() -> int:
    """Enqueue again what was broken off: the worker was killed, or the machine stopped."""
    moment = now()
    broken_off = Import.objects.filter(finished_at=None, content__isnull=False, moved_at__lt=moment - _BROKEN_OFF_AFTER)
    identifiers = list(broken_off.values_list("pk", flat=True))
    for identifier in identifiers:
        read_import.enqueue(str(identifier))
    return len(identifiers)


@task()
def forget_expired() -> int:
    """Delete the refused rows whose time is over. Returns how many."""
    moment, gone = now(), 0
    while rows := tuple(RefusedRow.objects.filter(until__lte=moment).values_list("pk", flat=True)[:_AT_ONCE]):
        perform(ForgetRefused(id=uuid7(), by=None, happened_at=moment, rows=rows, because="expired"))
        gone += len(rows)
    return gone
