"""How long `panah journal verify` takes for a million lines.

    python -m benchmarks.journal [--lines 1000000]

The lines are laid down in bulk with true hashes (appending them one by one measures the door, see benchmarks/door.py);
then the same `verify` that the command calls reads the whole journal from the database.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from benchmarks.bench import describe, own_installation


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lines", type=int, default=1_000_000)
    wanted = arguments.parse_args().lines
    database = own_installation()
    describe(f"Verifying a journal of {wanted:,} lines on {database}")
    from panah.foundation.journal import service

    lay_down(wanted)
    began = time.perf_counter()
    found = service.verify()
    seconds = time.perf_counter() - began
    assert found.holds, found.breaks
    assert found.lines == wanted
    print(f"verified {found.lines:,} lines in {seconds:.1f} s: {found.lines / seconds:,.0f} lines a second")


def lay_down(wanted: int) -> None:
    from django.db import transaction

    from panah.foundation.journal import chain
    from panah.foundation.journal.models import Entry, Head

    previous, start = chain.BEGINNING, datetime(2026, 11, 21, tzinfo=UTC)
    for first in range(1, wanted + 1, 20_000):
        rows = []
        for seq in range(first, min(first + 20_000, wanted + 1)):
            moment = start + timedelta(seconds=seq)
            line = chain.Line(
                seq, moment, moment, "profiling.answer", UUID(int=seq), UUID(int=seq % 40), "ALA", UUID(int=seq // 20),
                chain.canonical({"interview": str(UUID(int=seq // 20)), "key": "protection.fears_return"}), b"x" * 320,
            )  # fmt: skip
            previous = chain.next_hash(previous, line)
            rows.append(Entry(**{name: getattr(line, name) for name in line.__slots__}, hash=previous))
        with transaction.atomic():
            Entry.objects.bulk_create(rows, batch_size=2000)
    Head.objects.filter(pk=1).update(seq=wanted, hash=previous)


if __name__ == "__main__":
    main()
