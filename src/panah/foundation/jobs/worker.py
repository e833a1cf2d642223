"""The worker: runs queued jobs, and enqueues the recurring ones when they fall due."""

from __future__ import annotations

import threading
import time

from django.core.management import call_command
from django.db import close_old_connections, transaction

from panah.foundation.jobs.service import all_recurring


def run(*, until_empty: bool = False) -> None:
    """Run until told to stop (SIGTERM or SIGINT lets the job at hand end); with `until_empty`, only what is queued now."""
    if until_empty:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
        return
    threading.Thread(target=_keep_enqueuing, daemon=True, name="recurring-jobs").start()
    call_command("db_worker", interval=0.5, reload=False, verbosity=0)


def _keep_enqueuing() -> None:
    due = dict.fromkeys(all_recurring(), 0.0)
    while True:
        moment = time.monotonic()
        for recurring, at in due.items():
            if moment >= at:
                with transaction.atomic():
                    recurring.task.enqueue()
                due[recurring] = moment + recurring.every.total_seconds()
        close_old_connections()
        time.sleep(1)
