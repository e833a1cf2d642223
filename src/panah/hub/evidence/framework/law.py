"""Indicators on law and policy: 1.01, 8.01."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from panah.cores.shipped import folder
from panah.hub.evidence.figures import REGION, Figure, Source
from panah.hub.evidence.framework.shelf import Shelf, number
from panah.hub.evidence.framework.values import PARTY, SELF_REPORTED, UNIT_UNDECLARED, Value, divided, withheld

RATIFIED = "1.01"
"""Which indicator counts ratified treaties."""

MEETS = 3
"""On the scale of 1 (further progress) to 4 (fully meets), from here on a domain of policy is met."""

DOMAINS = 6


def register() -> Path:
    """Where the register of treaties lies."""
    return folder("record", "README.md") / "treaties"


class Tally(Protocol):
    """How a state stands towards the tracked instruments: the three add up to `tracked`."""

    @property
    def ratified(self) -> int: ...
    @property
    def not_ratified(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def tracked(self) -> int: ...


@dataclass(frozen=True)
class Confirmed:
    """What the register says on a day with the acts of states that were confirmed on this hub: the tally of each state, and how
    many acts they are. Acts are never taken away, so the number tells whether any came since.
    """

    on: date
    tallies: Mapping[str, Tally]
    acts: int


_tallies: list[Callable[[str, date], Tally]] = []
_confirmed: list[Callable[[date], Confirmed | None]] = []


def tally_from(provider: Callable[[str, date], Tally]) -> None:
    """Name the function that says, by state and day, what counts as ratified, as not ratified and as unknown. The room of
    treaties does so: its rule is the only one.
    """
    _tallies[:] = [provider]


def confirmed_from(provider: Callable[[date], Confirmed | None]) -> None:
    """Name the function that says what holds on a day, or on that of the newest confirmation if it is later; None while nothing was
    confirmed. It asks the database, so it is asked only where figures are loaded, once.
    """
    _confirmed[:] = [provider]


def confirmed() -> Confirmed | None:
    """What was confirmed on this hub beyond the register that came with it; None when nothing was."""
    days = _days(register() / "status.csv")
    return _confirmed[0](days[-1]) if _confirmed and days else None


def treaties(shelf: Shelf, home: Path | None = None) -> Iterator[Value]:
    """1.01, on the day of the newest row of the register or of the newest confirmation. The value reads "at least": what is not
    known is not taken for missing, and the interval says how far the share could reach. Nothing where nobody named the rule or there
    is no register.
    """
    path, said = (home or register()) / "status.csv", shelf.confirmed
    dates = _days(path)
    if not dates or not (_tallies or said):
        return
    on = max(dates[-1], said.on) if said else dates[-1]
    for state in REGION:
        found = said.tallies[state] if said else _tallies[0](state, on)
        if found.unknown == found.tracked:
            continue
        facts = (("tracked", found.tracked), ("unknown", found.unknown), *((("confirmed", said.acts),) if said else ()))
        yield Value(
            RATIFIED, state, f"{on.year}", divided(found.ratified, found.tracked, 100, "0.1"), "percent", "register",
            (_source(path, dates[0], on),), numerator=found.ratified, denominator=found.tracked,
            low=divided(found.ratified, found.tracked, 100, "0.1"),
            high=divided(found.ratified + found.unknown, found.tracked, 100, "0.1"),
            flags=(PARTY,) if found.unknown else (), facts=facts,
        )  # fmt: skip


def _days(path: Path) -> list[date]:
    """The days of the register's rows, the newest last; none where there is no register."""
    return sorted(_as_of(row["as_of"]) for row in _rows(path) if row["as_of"]) if path.is_file() else []


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


COMPUTED = {RATIFIED: treaties, "8.01": policies}
