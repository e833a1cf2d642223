"""Jobs of this room: preparing what was asked for, and handing over what was signed. Each may run twice."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django_tasks import task

from panah.foundation.clock import now
from panah.foundation.door.service import Refused
from panah.node.statistics import outbox, release, rules
from panah.node.statistics.models import Release


@task()
def prepare(identifier: str) -> bool:
    """Count and protect the tables of a release that was asked for. Returns whether there was anything to do."""
    return release.prepare(UUID(identifier)) is not None


@task()
def hand_over(identifier: str) -> str:
    """Offer a signed release to the hub. Returns its state afterwards; one that has its receipt is left."""
    found = Release.objects.get(pk=identifier)
    if found.state == Release.State.SIGNED and settings.PANAH_HUB:
        # Refused: its receipt was kept, or brought by hand, in the meantime.
        with suppress(Refused):
            outbox.hand_over(found)
        found.refresh_from_db()
    return str(found.state)


@task()
def take_up_again() -> int:
    """Enqueue what a crash or an unreachable hub left undone and whose time has come. Returns how much."""
    moment, taken = now(), 0
    for asked in Release.objects.filter(state=Release.State.ASKED, asked_at__lt=moment - rules.LONGEST_COUNT):
        prepare.enqueue(str(asked.pk))
        taken += 1
    if not settings.PANAH_HUB:
        return taken
    for signed in Release.objects.filter(state=Release.State.SIGNED):
        last = signed.tried_at or signed.signed_at
        if last is None or last + rules.wait_after(signed.attempts) <= moment:
            hand_over.enqueue(str(signed.pk))
            taken += 1
    return taken
