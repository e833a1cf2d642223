"""Imports a file with the command itself, in child processes that are killed at random moments, and says what is left in the end.

    python -m tests.journeys.import_and_die FILE KILLS SEED

The program is loaded once and forked, so that a hundred lives take seconds. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS_A_LIFE = 3
LONGEST_WAIT = 0.06
LONGEST_YOUTH = 0.4


@dataclass
class Lives:
    """What the children said before they died: every receipt that they printed, and how each ended."""

    receipts: list[dict[str, Any]] = field(default_factory=list)
    killed: int = 0
    statuses: list[int] = field(default_factory=list)


def main(file: str, kills: int, seed: int) -> None:
    prepare()
    chance, lives = random.Random(seed), Lives()
    while lives.killed < kills:
        youth = chance.random() * LONGEST_YOUTH if chance.random() < 0.2 else None
        live(file, lives, chance.randint(0, MOST_ROWS_A_LIFE), chance.random() * LONGEST_WAIT, youth)
    live(file, lives, None, 0, None)
    live(file, lives, None, 0, None)
    print(json.dumps(found(lives)))


def prepare() -> None:
    """Load everything that a life needs, make the database, and let go of it before the first fork."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from panah.cores.screening import screener
    from panah.node.imports import service  # noqa: F401 - loaded before the forks
    from panah.node.imports.columns import headings
    from panah.node.registration.service import node_pack

    call_command("migrate", interactive=False, verbosity=0)
    screener(node_pack())
    headings()
    connections.close_all()


def live(file: str, lives: Lives, rows: int | None, wait: float, youth: float | None) -> None:
    """One life: import until so many rows are acknowledged, go on a moment longer, be killed. With `youth`, be killed so early that
    perhaps nothing has begun. Without `rows`, live to the end."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        os.dup2(into, 1)
        os._exit(run(file))
    os.close(into)
    with os.fdopen(out, "rb") as printed:
        if youth is not None:
            die(child, youth)
        taken = 0
        for line in printed:
            if not line.endswith(b"\n"):
                break  # cut off by death: nobody was told
            receipt = json.loads(line)
            lives.receipts.append(receipt)
            taken += receipt["state"] == "taken"
            if rows is not None and youth is None and taken >= rows:
                die(child, wait)
                rows = None
        if rows is not None and youth is None:
            die(child, 0)
    _pid, status = os.waitpid(child, 0)
    lives.statuses.append(status)
    lives.killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def die(child: int, after: float) -> None:
    time.sleep(after)
    os.kill(child, signal.SIGKILL)


def run(file: str) -> int:
    """The command, as a shell would call it."""
    from panah.cli import main as command

    try:
        command(["import", file, "--place", "ALA", "--receipts"])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def found(lives: Lives) -> dict[str, Any]:
    """What is in the database, against what was acknowledged."""
    from panah.foundation.door.models import Receipt
    from panah.foundation.journal.models import Entry
    from panah.foundation.journal.service import verify
    from panah.node.imports.models import Import
    from panah.node.profiling.models import Proposal
    from panah.node.registration.models import PersonFile

    acknowledged = {one["action"] for one in lives.receipts}
    kept = {str(pk) for pk in Receipt.objects.filter(code="registration.register").values_list("pk", flat=True)}
    lines = Counter(Entry.objects.exclude(subject=None).values_list("code", "subject"))
    checked = verify()
    return {
        "killed": lives.killed,
        "last_statuses": lives.statuses[-2:],
        "acknowledged": len(acknowledged),
        "lost": sorted(acknowledged - kept),
        "numbers": sorted(PersonFile.objects.values_list("number", flat=True)),
        "names": sorted(PersonFile.objects.values_list("names__text", flat=True)),
        "proposals": Proposal.objects.count(),
        "said_twice": [f"{code} {subject}" for (code, subject), times in lines.items() if times > 1],
        "journal_holds": checked.holds,
        "journal_lines": checked.lines,
        "imports": list(Import.objects.values("state", "rows", "taken", "known", "refused")),
        "taken_by_lives": Counter(one["action"] for one in lives.receipts if one["state"] == "taken").most_common(1),
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
