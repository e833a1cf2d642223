"""Indicators on law and policy: 1.01, 8.01."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from panah.cores.shipped import folder
from panah.hub.evidence.figures import REGION, Figure, Source
from panah.hub.evidence.framework.shelf import Shelf, number
from panah.hub.evidence.framework.values import PARTY, SELF_REPORTED, UNIT_UNDECLARED, Value, divided, withheld

MEETS = 3
"""On the scale of 1 (further progress) to 4 (fully meets), from here on a domain of policy is met."""

DOMAINS = 6


def register() -> Path:
    """Where the register of treaties lies."""
    return folder("record", "README.md") / "treaties"


def treaties(shelf: Shelf, home: Path | None = None) -> Iterator[Value]:
    """1.01. A status that is not known, not verified or disputed is not counted as absent: it is in neither number, and
    the interval says how far it could reach.
    """
    home = home or register()
    if not (home / "status.csv").is_file() or not (home / "instruments.csv").is_file():
        return
    tracked = {row["code"] for row in _rows(home / "instruments.csv") if row["tracked"] == "yes"}
    known: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(home / "status.csv"):
        if row["instrument"] in tracked and row["value"] and row["value"] != "unknown" and row["verified"] == "yes":
            known[(row["state"], row["instrument"])].append(row)
    for state in REGION:
        standing = {key[1]: _standing(rows) for key, rows in known.items() if key[0] == state}
        counts = Counter(row["value"] for row in standing.values() if row is not None)
        total = counts.total()
        if not total:
            continue
        dates = sorted(_as_of(row["as_of"]) for row in standing.values() if row is not None)
        unknown = len(tracked) - total
        party = counts["party"]
        yield Value(
            "1.01", state, f"{dates[-1].year}", divided(party, total, 100, "0.1"), "percent", "register",
            (_source(home / "status.csv", dates[0], dates[-1]),), numerator=party, denominator=total,
            low=divided(party, len(tracked), 100, "0.1"), high=divided(party + unknown, len(tracked), 100, "0.1"),
            flags=(PARTY,) if unknown else (), facts=(("tracked", len(tracked)), ("unknown", unknown)),
        )  # fmt: skip


def _standing(rows: list[dict[str, str]]) -> dict[str, str] | None:
    """The newest row; none where the newest contradict each other."""
    newest = max(_as_of(row["as_of"]) for row in rows)
    found = [row for row in rows if _as_of(row["as_of"]) == newest]
    return found[0] if len({row["value"] for row in found}) == 1 else None


def _as_of(text: str) -> date:
    """A day from a year, a month or a day; of the first two their beginning."""
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _source(path: Path, first: date, last: date) -> Source:
    return Source(
        input="record/treaties/status.csv",
        producer="Register of treaties of this hub",
        title="Status of treaties, each row with its own source",
        edition=f"rows as of {first.isoformat()} to {last.isoformat()}",
        licence="as each row's source",
        licence_url="",
        as_of=first,
        retrieved=last,
        obtained_from="the record of the Process",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def policies(shelf: Shelf) -> Iterator[Value]:
    """8.01: domains met, of UNSD and of the national office of Kyrgyzstan. The national file of Kazakhstan has no unit."""
    for rank, table, part in ((0, "unsd_sdg", "policy_domains"), (1, "nsc_kgz_sdg_10_7_2", "composite_breakdown")):
        scores: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for state, figure, parts in shelf.sdg("SG_CPA_MIGRS", table):
            if parts.get(part):
                scores[(state, figure.period)].append(figure)
        for (state, period), found in scores.items():
            if len(found) == DOMAINS:
                met = sum(number(one) >= MEETS for one in found)
                yield Value(
                    "8.01", state, f"{period}", divided(met, DOMAINS, 100, "0.1"), "percent", "domains", (found[0].source,),
                    numerator=met, denominator=DOMAINS, flags=(SELF_REPORTED,), rank=rank,
                )  # fmt: skip
    for figure in shelf.table("kazstat_sdg_10_7_2"):
        yield withheld(
            "8.01", figure.destination, UNIT_UNDECLARED, f"{figure.period}", sources=(figure.source,), rank=2
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


COMPUTED = {"1.01": treaties, "8.01": policies}
