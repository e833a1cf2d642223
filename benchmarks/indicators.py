"""How long it takes to compute every indicator for which there are figures, from the compact tables on disk to CSV.

    python -m benchmarks.indicators [--runs 3] [--check]

Prints the machine, the best of the runs, how many values of how many indicators were computed and how many were withheld.
With --check the exit status is 1 above 60 s, or when fewer than 24 indicators have values.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.bench import describe
from panah.hub.evidence.framework import compute, definitions, law
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.treaties import standing

AIM = 60.0
AT_LEAST = 24


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    describe("Indicators")
    law.tally_from(standing.tally)
    times = []
    for _run in range(given.runs):
        began = time.perf_counter()
        values = list(compute.computed(Shelf()))
        text = compute.as_csv(values)
        times.append(time.perf_counter() - began)
    shown = [value for value in values if not value.withheld]
    computed = {value.indicator for value in shown}
    print(
        f"{len(shown):,} values of {len(computed)} of {len(definitions())} indicators, {len(values) - len(shown)} withheld, "
        f"{len(text) / 1e6:.1f} MB of CSV: best {min(times):.2f} s, worst {max(times):.2f} s (aim {AIM:.0f} s)"
    )
    return int(given.check and (min(times) > AIM or len(computed) < AT_LEAST))


if __name__ == "__main__":
    sys.exit(main())
