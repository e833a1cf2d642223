"""What happens by itself."""

from __future__ import annotations

from django_tasks import task

from panah.hub.intake import service


@task()
def publish_waiting() -> int:
    """Publish what was taken in and not published, because the program was stopped in between. Returns how many."""
    return service.publish_waiting()
