"""The people of a demo day: how many of which citizenship, sex and age, from the published figures that the project carries."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from panah.cli.demo.names import Stated, invent
from panah.cli.demo.stories import STORIES

# What brought the people of one day. An assumption: no producer publishes motives by crossing (see README.md).
SHARES: Mapping[str, float] = {
    "work": 0.34,
    "visit": 0.24,
    "protection": 0.18,
    "returning": 0.08,
    "stranded": 0.04,
    "child_alone": 0.03,
    "exploited": 0.03,
    "stateless": 0.03,
    "flagged": 0.01,
    "silent": 0.02,
}

# Whose citizenship is drawn from which table.
_SEEKING_PROTECTION = frozenset({"protection", "child_alone", "flagged"})
_WITHOUT_CITIZENSHIP = frozenset({"stateless", "silent"})


@dataclass(frozen=True)
class Arrival:
    """One invented person who arrives: a name as stated, and the whole interview record."""

    motive: str
    name: Stated
    arrived_at: datetime
    record: Mapping[str, Any]


def arrivals(
    seed: int, how_many: int, day: date, posts: tuple[str, ...], until: datetime, state: str = "KAZ"
) -> Iterator[Arrival]:
    """People of one day, in the order in which they come, from midnight until a moment. The same seed gives the same people."""
    chance = random.Random(seed)
    motives = list(SHARES)
    opening = datetime.combine(day, datetime.min.time(), until.tzinfo)
    step = (until - opening) / (how_many + 1)
    for n in range(how_many):
        motive = motives[n] if n < len(motives) else chance.choices(motives, [SHARES[m] for m in motives])[0]
        person, is_child = _person(chance, motive, day, state)
        record = _merged({"person": person, "place": chance.choice(posts)}, STORIES[motive](chance, person))
        if is_child and motive != "child_alone":
            record["child"] = {"accompanied_by": "parent"}
        citizenship = record["person"]["citizenships"]
        record["person"]["languages"] = _languages(citizenship[0] if citizenship else "")
        yield Arrival(
            motive=motive,
            name=invent(chance, citizenship[0] if citizenship else "UZB", record["person"]["sex"]),
            arrived_at=(opening + (n + 1) * step).replace(microsecond=0),
            record={"id": f"demo-{seed}-{n + 1:04d}", "pack": state.lower(), "date": day.isoformat(), **record},
        )


def _person(chance: random.Random, motive: str, day: date, state: str) -> tuple[dict[str, Any], bool]:
    sex, age = _sex_and_age(chance)
    if motive == "child_alone":
        age = chance.randint(10, 16)
    elif motive in {"work", "returning", "stranded", "exploited", "stateless", "flagged", "visit", "silent"}:
        age = max(age, 18)
    if motive in _WITHOUT_CITIZENSHIP:
        citizenships = []
    else:
        table = _asylum_seekers(state) if motive in _SEEKING_PROTECTION else _migrants(state)
        citizenships = chance.choices(list(table), list(table.values()))
    born = day - timedelta(days=round(365.25 * age) + chance.randint(1, 360))
    # Many papers of the region print only a year, and some people know no more.
    birth = chance.choices((born.isoformat(), born.isoformat()[:7], born.isoformat()[:4]), (0.7, 0.1, 0.2))[0]
    return {"sex": sex, "birth_date": birth, "citizenships": citizenships}, age < 18


_SPOKEN = {
    "AFG": ["fa", "ps"],
    "AZE": ["az"],
    "IRN": ["fa"],
    "KAZ": ["kk"],
    "KGZ": ["ky"],
    "PAK": ["ur"],
    "TJK": ["tg"],
    "TKM": ["tk"],
    "TUR": ["tr"],
    "UZB": ["uz"],
}


def _languages(citizenship: str) -> list[str]:
    return _SPOKEN.get(citizenship, ["ru"])


def _merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in more.items():
        merged[key] = {**merged[key], **value} if isinstance(merged.get(key), dict) else value
    return merged


def _sex_and_age(chance: random.Random) -> tuple[str, int]:
    rows = _ages()
    sex, lowest, highest, _ = chance.choices(rows, [row[3] for row in rows])[0]
    return sex, chance.randint(lowest, highest)


@cache
def _ages() -> list[tuple[str, int, int, int]]:
    with resources.files("panah.cli.demo").joinpath("ages.csv").open(encoding="utf-8") as file:
        return [(row["sex"], int(row["from"]), int(row["to"]), int(row["people"])) for row in csv.DictReader(file)]


@cache
def _asylum_seekers(state: str) -> Mapping[str, int]:
    """Persons who applied for asylum in the state since 2021, by citizenship."""
    return _counted("unhcr_asylum_applications", "applications", state, first_year=2021)


@cache
def _migrants(state: str) -> Mapping[str, int]:
    """People born abroad who lived in the state in 2020, by country of birth."""
    return _counted("undesa_migrant_stock", "total", state, first_year=2020)


def _counted(table: str, column: str, state: str, first_year: int) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    with resources.files("panah.hub.evidence").joinpath(f"tables/{table}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            known = len(row["origin"]) == 3 and row["origin"].isalpha() and row["origin"] != "XXX"
            if row["destination"] == state and int(row["period"]) >= first_year and known and row[column]:
                counts[row["origin"]] = counts.get(row["origin"], 0) + int(row[column])
    return {code: n for code, n in counts.items() if n > 0}
