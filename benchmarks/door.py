"""Registrations a second through the action door, with 1 and 8 writers at once.

    python -m benchmarks.door [--seconds 10]

Each writer is a process of its own, as a web server's are, and performs whole `RegisterPerson` actions (permission, file, names, search keys,
journal line, receipt) on the production settings: SQLite with WAL and synchronous=FULL, or the PostgreSQL of PANAH_DATABASE. Latency is that of one
`perform`, waiting for the other writers included. The aim is over 100 a second with p95 under 100 ms; the floor published by a civil
registration peer is 200 a minute under 5 s.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from uuid import UUID

from benchmarks.bench import describe, own_installation, percentile


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=10)
    seconds = arguments.parse_args().seconds
    database = own_installation()
    describe(f"RegisterPerson through the door on {database}")
    officer = open_account()
    for writers in (1, 8):
        report(writers, run(writers, officer, seconds), seconds)
    from panah.foundation.journal import service

    found = service.verify()
    assert found.holds, found.breaks
    print(f"the journal holds: {found.lines:,} lines")


def open_account() -> UUID:
    from uuid6 import uuid7

    from panah.foundation.access.actions import AddOfficer, hashed
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform

    identifier = uuid7()
    perform(
        AddOfficer(
            by=None, happened_at=now(), officer=identifier, username="benchmark", display_name="Benchmark",
            password_hash=hashed("not used here"), roles=("border_officer",), post="ALA",
        )
    )  # fmt: skip
    return identifier


def run(writers: int, officer: UUID, seconds: float) -> list[float]:
    """The latency of every registration that the writers made in the given time."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[list[float]] = context.Queue()
    start = context.Barrier(writers)
    people = [context.Process(target=write, args=(n, officer, seconds, start, results)) for n in range(writers)]
    for one in people:
        one.start()
    latencies = [latency for _ in people for latency in results.get()]
    for one in people:
        one.join()
    return latencies


def write(seed: int, officer: UUID, seconds: float, start: object, results: object) -> None:
    from uuid6 import uuid7

    from panah.cli.demo.names import NAMING, invent
    from panah.foundation.clock import now
    from panah.foundation.door.service import perform
    from panah.node.registration.actions import RegisterPerson
    from panah.node.registration.said import BirthSaid, Entry, NameSaid

    chance, latencies = random.Random(seed), []
    start.wait()  # type: ignore[attr-defined]
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        country, sex = chance.choice(list(NAMING)), chance.choice(("female", "male"))
        name = invent(chance, country, sex)
        perform(
            RegisterPerson(
                by=officer, place="ALA", happened_at=now(), file=uuid7(), sex=sex, citizenships=(country,), language="ru",
                names=(NameSaid(text=name.full),), birth=BirthSaid(date=str(chance.randint(1950, 2020))),
                entry=Entry(mode="border_point", from_country="UZB"),
            )
        )  # fmt: skip
        latencies.append(time.perf_counter() - began)
    results.put(latencies)  # type: ignore[attr-defined]


def report(writers: int, latencies: list[float], seconds: float) -> None:
    p50, p95, p99 = (1000 * percentile(latencies, share) for share in (0.5, 0.95, 0.99))
    print(
        f"{writers} writer{'s' if writers > 1 else ''}: {len(latencies) / seconds:,.0f} registrations a second; "
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms"
    )


if __name__ == "__main__":
    main()
