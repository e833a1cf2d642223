"""How often search before create finds a person who is registered under another spelling, and how long it takes.

    python -m benchmarks.search --pairs PAIRS.csv [--persons 100000] [--queries 1500]

PAIRS.csv has the columns name_a, script_a, name_b, script_b, label (1: one person). Names joined by label 1 are one
person; one of their names is registered, and the search is made with a name of theirs in another script. All other
persons are invented: names put together from the words of the same file, so that namesakes abound. Dates of birth are
drawn by chance. "noisy" means what papers do to a date: 35 % print 1 January, 10 % have none, 5 % are a year off.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.bench import describe, own_installation, percentile


@dataclass(frozen=True)
class Person:
    names: tuple[tuple[str, str], ...]
    born: date


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pairs", type=Path, required=True)
    arguments.add_argument("--persons", type=int, default=100_000)
    arguments.add_argument("--queries", type=int, default=1500)
    arguments.add_argument("--misses", type=int, default=0, help="print so many of the persons that were not found")
    wanted = arguments.parse_args()
    chance = random.Random(20261121)
    database = own_installation()
    describe(f"Search before create among {wanted.persons:,} persons on {database}")
    people = list(known_people(wanted.pairs, chance))
    began = time.perf_counter()
    rows = register(people, invented(wanted.pairs, wanted.persons - len(people), chance), chance)
    print(
        f"registered {wanted.persons:,} persons, {rows / wanted.persons:.1f} keys a person, {time.perf_counter() - began:.0f} s"
    )
    asked = chance.sample(range(len(people)), min(wanted.queries, len(people)))
    for label, birth_known in (
        ("name only", "no"),
        ("name and noisy date of birth", "noisy"),
        ("name and true date of birth", "yes"),
    ):
        report(label, people, asked, birth_known, chance, wanted.misses)


def known_people(pairs: Path, chance: random.Random) -> Iterator[Person]:
    """The persons behind the pairs who have names in two scripts."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def top(name: tuple[str, str]) -> tuple[str, str]:
        leader.setdefault(name, name)
        while leader[name] != name:
            name = leader[name]
        return name

    with pairs.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["label"] == "1":
                leader[top((row["script_a"], row["name_a"]))] = top((row["script_b"], row["name_b"]))
    together = defaultdict(list)
    for name in sorted(leader):
        together[top(name)].append(name)
    for names in together.values():
        if len({script for script, _ in names}) > 1:
            yield Person(tuple(names), born(chance))


def invented(pairs: Path, how_many: int, chance: random.Random) -> Iterator[Person]:
    """First words and last words of the file's names, put together anew within a script."""
    firsts, lasts = defaultdict(list), defaultdict(list)
    with pairs.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for script, name in ((row["script_a"], row["name_a"]), (row["script_b"], row["name_b"])):
                words = name.split()
                firsts[script].append(words[0])
                lasts[script].append(words[-1])
    for _ in range(how_many):
        script = chance.choices(("Latn", "Cyrl", "Arab"), (0.4, 0.35, 0.25))[0]
        yield Person(((script, f"{chance.choice(firsts[script])} {chance.choice(lasts[script])}"),), born(chance))


def born(chance: random.Random) -> date:
    return date(1945, 1, 1) + timedelta(days=chance.randrange(65 * 365))


def register(people: list[Person], others: Iterator[Person], chance: random.Random) -> int:
    """Lay the files down in bulk, with the keys that registering would write. Files of known people have the id of their place in the list."""
    from django.db import transaction

    from panah.cores.identity.keys import birth_key, name_keys
    from panah.node.registration.models import Name, PersonFile, SearchKey
    from panah.node.registration.rules import as_birth

    files, names, keys = [], [], []

    def put(identifier: UUID, number: int, script: str, name: str, birth: str) -> None:
        file = file_row(identifier, number, birth)
        files.append(file)
        names.append(Name(file=file, kind="as_stated", script=script, text=name))
        years = {"birth_from": file.birth_from.year, "birth_to": file.birth_to.year} if file.birth_from else {}
        range_ = as_birth(file.birth, file.birth_from, file.birth_to, file.birth_precision)
        every = name_keys([name]) | ({day} if (day := birth_key(range_)) else set())
        keys.extend(SearchKey(file=file, key=key, **years) for key in every)

    def write() -> None:
        with transaction.atomic():
            PersonFile.objects.bulk_create(files, batch_size=500)
            Name.objects.bulk_create(names, batch_size=500)
            SearchKey.objects.bulk_create(keys, batch_size=500)
        for each in (files, names, keys):
            each.clear()

    for n, person in enumerate(people):
        script, name = chance.choice(person.names)
        put(UUID(int=n + 1), n, script, name, person.born.isoformat())
    write()
    for n, person in enumerate(others, start=len(people)):
        ((script, name),) = person.names
        put(UUID(int=n + 1), n, script, name, noisy(person.born, chance))
        if len(files) >= 10_000:
            write()
    write()
    return SearchKey.objects.count()


def file_row(identifier: UUID, number: int, birth: str) -> Any:
    from panah.cores.identity.birth import stated
    from panah.foundation.clock import now
    from panah.node.registration.models import PersonFile

    range_ = stated(birth) if birth else None
    return PersonFile(
        id=identifier,
        number=f"ALA-261121-{number:07d}",
        place="ALA",
        status="registered",
        arrived_at=now(),
        registered_at=now(),
        birth=birth,
        birth_precision=range_.precision.value if range_ else "unknown",
        birth_from=range_.earliest if range_ else None,
        birth_to=range_.latest if range_ else None,
    )


def noisy(day: date, chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.10:
        return ""
    if draw < 0.45:
        return f"{day.year}-01-01"
    if draw < 0.50:
        return f"{day.year + chance.choice((-1, 1))}"
    return day.isoformat()


def report(
    label: str, people: list[Person], asked: list[int], birth_known: str, chance: random.Random, misses: int
) -> None:
    from panah.cores.identity.birth import stated
    from panah.cores.identity.likeness import Traits
    from panah.node.registration.models import Name
    from panah.node.registration.search import find

    registered = dict(Name.objects.filter(file__in=[UUID(int=n + 1) for n in asked]).values_list("file", "text"))
    at_1, at_5, times, missed = 0, 0, [], []
    for n in asked:
        person, kept = people[n], registered[UUID(int=n + 1)]
        script = next(script for script, name in person.names if name == kept)
        _, name = chance.choice([each for each in person.names if each[0] != script])
        birth = {"no": "", "yes": person.born.isoformat(), "noisy": noisy(person.born, chance)}[birth_known]
        began = time.perf_counter()
        found = [one.file.pk.int - 1 for one in find(Traits(names=(name,), birth=stated(birth) if birth else None))]
        times.append(1000 * (time.perf_counter() - began))
        at_1, at_5 = at_1 + (found[:1] == [n]), at_5 + (n in found)
        if n not in found:
            missed.append((name, kept))
    print(
        f"{label}: recall@1 {at_1 / len(asked):.3f}, recall@5 {at_5 / len(asked):.3f}; "
        f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms, p99 {percentile(times, 0.99):.1f} ms"
    )
    for name, kept in missed[:misses]:
        print(f"  not found: {name} / {kept}")


if __name__ == "__main__":
    sys.exit(main())
