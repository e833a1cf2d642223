"""How long flows between many regions take, and how the published estimates stand to net migration that others reckoned.

    python -m benchmarks.flows [FOLDER]

Stocks of 50, 100 and 200 invented regions: all seven methods, best of three. The reference implementation (migest
2.0.5 under R 4.2.2, on the same kind of machine) was measured at 6.6 s for the fewest moves and 8.1 s for the most
mixed of 200 regions; those figures are quoted, not run here.

With FOLDER (the producers' files: flows of Abel and Cohen by six methods, net migration of the World Population
Prospects 2024) the back-test: for each of the ten states and each five years from 1990, arrivals less departures by
method beside the net migration, reported as it comes out. No mark is set that it must reach.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.bench import describe
from panah.cores.flows import Accounts, estimate

REGION = ("AFG", "AZE", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "TUR", "UZB")
PUBLISHED = ("sd_drop_neg", "sd_rev_neg", "mig_rate", "da_min_open", "da_min_closed", "da_pb_closed")


def invented(count: int) -> Accounts:
    """A world of regions as uneven as real ones; 1 to 15 percent of a population were born elsewhere."""
    chance = np.random.default_rng(2026)
    people = np.exp(chance.normal(15.5, 1.7, count))
    ties = np.exp(chance.normal(0, 2, (count, count))) * chance.random((count, count))
    np.fill_diagonal(ties, 0)
    start = np.rint(ties / ties.sum(axis=0) * people * chance.uniform(0.01, 0.15, count))
    end = np.rint(start * np.exp(chance.normal(0.05, 0.15, (count, count))))
    births, deaths = np.rint(people * 0.09), np.rint(people * 0.04)
    np.fill_diagonal(start, np.rint(people * 0.9))
    np.fill_diagonal(end, np.rint(people * 0.9 + births - deaths))
    return Accounts(tuple(f"R{number:03}" for number in range(count)), start, end, births, deaths)


def speed() -> None:
    for count in (50, 100, 200):
        world, best = invented(count), float("inf")
        for _ in range(3):
            began = time.perf_counter()
            found = estimate(world, migrants=1e7)
            best = min(best, time.perf_counter() - began)
        print(f"{count} regions, seven methods: {best:.3f} s; settled: {not found.unsettled}")


def back_test(folder: Path) -> None:
    net: dict[tuple[str, int], float] = defaultdict(float)
    with (folder / "un_wpp2024_net_migration.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            year = int(row["year"])
            net[row["iso3"], year - year % 5] += float(row["net_migrants"])
    estimated: dict[str, dict[tuple[str, int], float]] = {method: defaultdict(float) for method in PUBLISHED}
    with (folder / "abel_cohen_flows_region_6methods_1990_2020.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            period = int(row["year0"])
            for method, table in estimated.items():
                table[row["dest"], period] += float(row[method] or 0)
                table[row["orig"], period] -= float(row[method] or 0)
    pairs = [(state, period) for state in REGION for period in range(1990, 2020, 5)]
    print(
        f"\nNet migration of {len(REGION)} states over five years, 1990 to 2020 ({len(pairs)} figures), beside WPP 2024:"
    )
    print("| method | correlation | same sign | median of what it is off, persons |\n| --- | --- | --- | --- |")
    told = np.array([net[pair] for pair in pairs])
    for method, table in estimated.items():
        ours = np.array([table[pair] for pair in pairs])
        same = int((np.sign(ours) == np.sign(told)).sum())
        off = float(np.median(np.abs(ours - told)))
        print(f"| {method} | {np.corrcoef(ours, told)[0, 1]:.2f} | {same} of {len(pairs)} | {off:,.0f} |")


if __name__ == "__main__":
    describe("Flows from stocks")
    speed()
    if len(sys.argv) > 1:
        back_test(Path(sys.argv[1]))
