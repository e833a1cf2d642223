"""Jobs of the foundation itself."""

from datetime import timedelta

from django_tasks import task

from panah.foundation.jobs.service import recurring
from panah.foundation.journal import service as journal


@task()
def sign_journal() -> int:
    """Sign the journal as it stands. Returns the line signed, 0 when nothing is new."""
    mark = journal.checkpoint()
    return mark.seq if mark else 0


recurring(sign_journal, every=timedelta(hours=1))
