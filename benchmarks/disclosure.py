"""How long protection takes, how much it withholds, and that nothing withheld can be bounded tighter than the rules.

    python benchmarks/disclosure.py

Two settings. The monthly tables of a node: 22 profiles (several to a person) by 3 sexes by 5 age bands, linked with
citizenship by profile and crossing by manner of entry, margins included, for few and for many arrivals. And 20 by 20
groups over a million records, with its counting, beside tau-ARGUS (pytauargus, MOD(1), FREQ(5,30) and its audit) on the
same records in the same run. Seconds are of processor time, on one core.
"""

from __future__ import annotations

import contextlib
import random
import tempfile
import time
from typing import Any

import numpy as np

from panah.cores.disclosure import Dimension, Rules, Table, audit, protect, tabulate

PROFILE = Dimension("PROFILE", ("_T", *(f"profile{i}" for i in range(22))), additive=False, exhaustive=True)
SEX = Dimension("SEX", ("_T", "F", "M", "_U"))
AGE = Dimension("AGE", ("_T", "Y0T4", "Y5T11", "Y12T17", "Y18T59", "Y_GE60"))
CITIZENSHIP = Dimension("CITIZENSHIP", ("_T", *(f"group{i}" for i in range(16))))
CROSSING = Dimension("CROSSING", ("_T", *(f"section{i}" for i in range(9))))
ENTRY = Dimension("ENTRY_MODE", ("_T", *(f"manner{i}" for i in range(6))))


def falling(dimension: Dimension, power: float) -> list[float]:
    """Weights of the codes after the total: few large groups, many small ones, as in real arrivals."""
    return [(i + 1) ** -power for i in range(len(dimension.codes) - 1)]


def month_of_arrivals(persons: int) -> list[Table]:
    chance = random.Random(2026)

    def one(dimension: Dimension, power: float) -> str:
        return chance.choices(dimension.codes[1:], falling(dimension, power))[0]

    records = [
        {
            "PROFILE": set(
                chance.choices(PROFILE.codes[1:], falling(PROFILE, 1.3), k=chance.choice([1, 1, 1, 2, 2, 3]))
            ),
            "SEX": chance.choices(SEX.codes[1:], [40, 59, 1])[0],
            "AGE": chance.choices(AGE.codes[1:], [8, 12, 10, 65, 5])[0],
            "CITIZENSHIP": one(CITIZENSHIP, 1.2),
            "CROSSING": one(CROSSING, 1.0),
            "ENTRY_MODE": one(ENTRY, 1.5),
        }
        for _ in range(persons)
    ]
    return [
        tabulate(name, "arrivals", "2026-11", dimensions, records)
        for name, dimensions in {
            "profile, sex, age": (PROFILE, SEX, AGE),
            "citizenship, profile": (CITIZENSHIP, PROFILE),
            "crossing, entry": (CROSSING, ENTRY),
        }.items()
    ]


def million_in_a_square() -> list[Table]:
    chance = np.random.default_rng(2026)
    weights = 1 / np.arange(1, 21) ** 2.2
    expected = np.outer(weights, weights)
    inner = chance.multinomial(1_000_000, (expected / expected.sum()).ravel()).reshape(20, 20)
    full = np.zeros((21, 21), dtype=int)
    full[1:, 1:] = inner
    full[0, 1:], full[1:, 0], full[0, 0] = inner.sum(axis=0), inner.sum(axis=1), inner.sum()
    region = Dimension("REGION", ("_T", *(f"r{i}" for i in range(20))))
    group = Dimension("GROUP", ("_T", *(f"g{i}" for i in range(20))))
    counts = {(r, g): int(full[i, j]) for i, r in enumerate(region.codes) for j, g in enumerate(group.codes)}
    return [Table("square", "permits", "2026", (region, group), counts)]


def measure(name: str, tables: list[Table], rules: Rules) -> None:
    began = time.process_time()
    protected = protect(tables, rules)
    protecting = time.process_time() - began
    began = time.process_time()
    problems = audit(protected.published, protected.proof, least=rules)
    auditing = time.process_time() - began
    withheld = protected.proof.withheld
    persons = tables[0].counts[tuple("_T" for _ in tables[0].dimensions)]
    small = withheld.get("primary", 0)
    others = sum(withheld.values()) - small
    print(
        f"{name:<34} {persons:>9} {protected.proof.cells:>6} {small:>8} {others:>8} "
        f"{protected.proof.narrowest!s:>9} {protecting:>9.2f} {auditing:>7.2f} {len(problems):>9}"
    )


def side_by_side() -> None:
    """The square of a million records from the records on: counted, protected and audited by us and by tau-ARGUS."""
    import pandas as pd

    (table,) = million_in_a_square()
    inner = [(cell, count) for cell, count in table.counts.items() if "_T" not in cell]
    regions = np.repeat([int(cell[0][1:]) for cell, _ in inner], [count for _, count in inner])
    groups = np.repeat([int(cell[1][1:]) for cell, _ in inner], [count for _, count in inner])
    began = time.process_time()
    counted = np.bincount(regions * 20 + groups, minlength=400).reshape(20, 20)
    assert counted.sum() == 1_000_000
    protected = protect([table], Rules(threshold=5, protection=3))
    problems = audit(protected.published, protected.proof, least=Rules(threshold=5, protection=3))
    print(
        f"\na million records, 20 by 20: Panah {time.process_time() - began:.2f} s, {len(problems)} problems in the audit"
    )
    frame = pd.DataFrame({"REGION": regions.astype(str), "GROUP": groups.astype(str), "one": 1.0})
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        unsafe = _by_tau_argus(frame)
    print(f"the same by tau-ARGUS {time.process_time() - began:.2f} s, {unsafe} unsafe cells in its audit")


def _by_tau_argus(frame: Any) -> int:
    import pytauargus

    done = pytauargus.protect(
        frame, tables=[["REGION", "GROUP"]], response="one", safety_rules="FREQ(5,30)", suppress="MOD(1)"
    )
    return sum(bool(found["unsafe"]) for found in done.engine.audit(0))


def main() -> None:
    print(
        f"{'tables':<34} {'counted':>9} {'cells':>6} {'small':>8} {'others':>8} "
        f"{'narrowest':>9} {'protect s':>9} {'audit s':>7} {'problems':>9}"
    )
    for persons in (50, 200, 1_000, 5_000, 20_000, 100_000):
        measure("three linked tables of a node", month_of_arrivals(persons), Rules())
    measure("20 by 20, threshold 10", million_in_a_square(), Rules())
    measure("20 by 20, threshold 5", million_in_a_square(), Rules(threshold=5, protection=3))
    side_by_side()


if __name__ == "__main__":
    main()
