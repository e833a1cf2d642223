"""Interviews a second on one core: a JSON line in, a JSON line out, as `panah screen` does it.

    python benchmarks/screening.py [--records 100000] [--seed 1] [--check]

The records are invented by a seeded generator: people of several kinds in a mix like that of a border post, over a
quarter of a year, with as many answers as an interview without great complications has (about twenty, up to sixty), so
that hardly any two are alike. Prints the machine, the time and
the rate, and the time of single records. With --check the exit status is 1 below 10,000 a second.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import platform
import random
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from panah.cli.screen import _blocks, _Screening, collector_at_rest
from panah.cores.lawbook import load_pack
from panah.cores.screening import Screener, decode_record, encode_profile, screener
from panah.cores.screening.fields import FEAR_GROUNDS, FIELDS, PACKS, PURPOSES, REASONS_FOR_LEAVING

AIM = 10_000
SINGLE = 5_000
NEIGHBOURS = ("UZB", "KGZ", "TJK", "TKM", "AFG", "IRN", "PAK", "AZE", "TUR", "RUS", "CHN", "IND", "BGD", "SYR", "KAZ")
KINDS = ("worker", "traveller", "claimant", "national", "stateless", "exploited", "child", "stranded")
SHARES = (40, 18, 14, 12, 3, 4, 6, 3)
SECTIONS = {
    "health": 0.08,
    "needs": 0.06,
    "nationality": 0.3,
    "family": 0.1,
    "return": 0.1,
    "labour": 0.25,
    "travel": 0.15,
}
YES_NO = {
    section: [field.name for field in FIELDS if field.section == section and field.kind == "yes_no"]
    for section in (*SECTIONS, "exploitation", "security", "consent")
}


class People:
    """Invented interviews, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def record(self, number: int) -> dict[str, Any]:
        """One interview record."""
        chance = self.chance
        kind = chance.choices(KINDS, SHARES)[0]
        pack = "kaz" if chance.random() < 0.5 else chance.choice(PACKS)
        record: dict[str, Any] = {
            "id": f"B{number:06d}",
            "pack": pack,
            "date": f"2026-{chance.randint(9, 11):02d}-{chance.randint(1, 28):02d}",
            "entry": {
                "mode": chance.choices(("border_point", "in_country", "irregular", "intercepted"), (70, 15, 10, 5))[0],
                "from": chance.choice(NEIGHBOURS),
            },
            "person": self._person(kind, pack),
            "protection": self._protection(kind),
        }
        if chance.random() < 0.8:
            record["documents"] = [
                {
                    "type": chance.choice(("passport", "passport", "id_card", "birth_certificate", "ussr_passport")),
                    "issuer": chance.choice(NEIGHBOURS),
                    "number": f"N{chance.randint(10**6, 10**7)}",
                    "status": chance.choices(("valid", "expired", "lost", "withheld_by_other"), (85, 6, 5, 4))[0],
                }
            ]
        purpose = {"worker": "work", "national": "return_home", "child": "family", "traveller": "visit"}.get(kind)
        record["purpose"] = [purpose or chance.choice(PURPOSES)]
        if kind == "child":
            record["child"] = {
                "accompanied_by": chance.choice(("parent", "adult_relative", "unrelated_adult", "nobody"))
            }
        for section, yes in SECTIONS.items():
            if chance.random() < 0.4:
                record[section] = self._answers(section, yes, asked=0.4)
        yes = 0.5 if kind == "exploited" else 0.02
        record["exploitation"] = self._answers("exploitation", yes, asked=0.6 if kind == "exploited" else 0.1)
        if kind != "exploited" and chance.random() < 0.9:
            record["exploitation"]["free_to_leave"] = "yes"
        record["security"] = self._answers("security", 0.02, asked=0.2)
        record["consent"] = self._answers("consent", 0.7, asked=0.6)
        return record

    def _person(self, kind: str, pack: str) -> dict[str, Any]:
        chance = self.chance
        born = chance.randint(2009, 2025) if kind == "child" else chance.randint(1950, 2007)
        citizenships = [chance.choice(NEIGHBOURS)]
        if kind == "national":
            citizenships = [pack.upper()]
        if kind == "stateless":
            citizenships = []
        return {
            "sex": chance.choice(("female", "male")),
            "birth_date": f"{born}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "citizenships": citizenships,
            "languages": [chance.choice(("ru", "uz", "fa", "tg", "ky", "en"))],
        }

    def _protection(self, kind: str) -> dict[str, Any]:
        chance = self.chance
        afraid = kind == "claimant" or chance.random() < 0.05
        given: dict[str, Any] = {
            "left_because": chance.sample(REASONS_FOR_LEAVING, chance.randint(1, 2)),
            "fears_return": "yes" if afraid else chance.choices(("no", "unknown", "refused"), (90, 7, 3))[0],
        }
        if afraid:
            given["fear_grounds"] = chance.sample(FEAR_GROUNDS, chance.randint(1, 3))
            given["asked_asylum"] = chance.choice(("yes", "no"))
        return given

    def _answers(self, section: str, yes: float, asked: float) -> dict[str, str]:
        chance = self.chance
        return {
            name: "yes" if chance.random() < yes else "no" if chance.random() < 0.95 else "unknown"
            for name in YES_NO[section]
            if chance.random() < asked
        }


def machine() -> str:
    """Processor, system and Python, for the reader of the figures."""
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = lines[0] if lines else model
    return f"{model}; {platform.system()} {platform.machine()}; Python {platform.python_version()}"


def alone(line: bytes, screeners: Mapping[str, Screener]) -> int:
    """Nanoseconds for one record screened by itself, as a screen in the office does it."""
    begin = time.perf_counter_ns()
    record = decode_record(line)
    encode_profile(screeners[record.pack or "kaz"](record))
    return time.perf_counter_ns() - begin


def main() -> int:
    """Make the records, screen them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    people = People(arguments.seed)
    lines = [json.dumps(people.record(number), separators=(",", ":")).encode() for number in range(arguments.records)]
    started = time.perf_counter()
    screeners = {code: screener(load_pack(code)) for code in PACKS}
    compiled = time.perf_counter() - started

    content = b"\n".join(lines)
    gc.freeze()
    screening = _Screening("kaz", date(2026, 11, 21))
    screening.screeners |= screeners
    written = 0
    processor = time.process_time()
    started = time.perf_counter()
    with collector_at_rest():
        for block in _blocks(io.BufferedReader(io.BytesIO(content))):  # type: ignore[arg-type]
            for profile in screening(block):
                written += len(encode_profile(profile))  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    processor = time.process_time() - processor
    took = sorted(alone(line, screeners) for line in lines[:SINGLE])

    rate = len(lines) / seconds
    print(f"machine     {machine()}")
    print(
        f"records     {len(lines):,} (seed {arguments.seed}), {sum(map(len, lines)) / len(lines):,.0f} bytes in, "
        f"{written / len(lines):,.0f} bytes out each"
    )
    print(f"packs       {len(screeners)} compiled in {compiled:.2f} s (not counted below)")
    print(
        f"seconds     {seconds:.2f}, of which {processor:.2f} of this process; load {', '.join(f'{one:.1f}' for one in os.getloadavg())}"
    )
    print(f"own time    {len(lines) / processor:,.0f} a second of processor time")
    print(f"rate        {rate:,.0f} interviews a second on one core (aim {AIM:,})")
    print(
        f"one alone   p50 {took[len(took) // 2] / 1000:.0f} µs, p99 {took[len(took) * 99 // 100] / 1000:.0f} µs, "
        f"worst {took[-1] / 1000:,.0f} µs"
    )
    return int(arguments.check and rate < AIM)


if __name__ == "__main__":
    sys.exit(main())
