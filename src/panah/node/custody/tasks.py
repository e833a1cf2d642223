"""What happens by itself: a person between two bodies, and one held beyond the time of the law, are told of at once."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django_tasks import task
from uuid6 import uuid7

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.node.custody import service
from panah.node.custody.acts import Tell
from panah.node.custody.models import Custody

_Of = Literal["unconfirmed", "over_time"]


@task()
def watch_custody() -> int:
    """Give every alarm whose time has come. Returns how many; those given are left."""
    moment, told = now(), 0
    everybody = Custody.objects.all()
    late = service.unconfirmed(everybody, moment).filter(told=False).values_list("custody", flat=True)
    over = service.over_time(everybody, moment).filter(limit_told=False).values_list("pk", flat=True)
    found: list[tuple[UUID, _Of]] = [*((pk, "unconfirmed") for pk in late), *((pk, "over_time") for pk in over)]
    for custody, of in found:
        try:
            perform(Tell(id=uuid7(), by=None, happened_at=moment, custody=custody, of=of))
            told += 1
        except Refused:
            continue  # confirmed, ended, or told of by another worker, in the meantime
    return told
