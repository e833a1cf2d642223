"""How long /sdmx/ takes for all values of the indicators: anew, from what was kept, filtered, and for who holds the answer already.

    python -m benchmarks.exchange [--runs 3] [--check]

Asked through Django's test client in this process, with the figures that the hub carries loaded. Processor time is that of the process; the best of
the runs is given.
With --check the exit status is 1 where an answer from what was kept takes more than 100 ms of the processor.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping

from benchmarks.bench import describe, own_installation

DATA = "/sdmx/v2/data/dataflow/ALMATY/EVIDENCE/1.0.0"
AIM = 0.1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    os.environ |= {"PANAH_EXCHANGE_WORK": "100000", "PANAH_HOSTS": "testserver"}
    describe(f"SDMX REST of the hub, {own_installation('hub')}")
    from panah.hub.evidence import service as evidence
    from panah.hub.exchange import answers

    evidence.load()
    slowest = 0.0
    for name, query, anew, headers in (
        ("all as XML, nothing kept", {"format": "xml-3.0"}, True, {}),
        ("all as CSV, nothing kept", {"format": "csv"}, True, {}),
        ("all as XML, made before", {"format": "xml-3.0"}, False, {}),
        ("the same, packed", {"format": "xml-3.0"}, False, {"Accept-Encoding": "gzip"}),
        ("the same, held already", {"format": "xml-3.0"}, False, {"If-None-Match": _tag()}),
    ):
        best, size = min(_asked(query, headers, answers.forget if anew else None) for _run in range(given.runs))
        slowest = max(slowest, 0.0 if anew else best)
        print(f"{name}: {best * 1000:.0f} ms, {size / 1e6:.2f} MB")
    best = min(_asked({"format": "csv", "c[REF_AREA]": state}, {}, None)[0] for state in ("KAZ", "KGZ", "TUR"))
    print(f"a state's values as CSV, the answer not kept: {best * 1000:.0f} ms")
    return int(given.check and slowest > AIM)


def _tag() -> str:
    from django.test import Client

    return str(Client().get(DATA, {"format": "xml-3.0"}).headers["ETag"])


def _asked(query: Mapping[str, str], headers: Mapping[str, str], first: object) -> tuple[float, int]:
    from django.test import Client

    if callable(first):
        first()
    began = time.process_time()
    answer = Client().get(DATA, query, headers=dict(headers))
    return time.process_time() - began, len(answer.content)


if __name__ == "__main__":
    sys.exit(main())
