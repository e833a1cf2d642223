"""What happens by itself."""

from __future__ import annotations

from django_tasks import task

from panah.foundation.clock import now
from panah.hub.practices import service


@task()
def tell_of_due() -> int:
    """Tell of what is due or has waited for long. Returns how many things are."""
    return service.tell_of_due(now())
