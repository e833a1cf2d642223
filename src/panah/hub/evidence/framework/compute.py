"""All indicators at once: what can be computed now, what states supplied, and what is withheld and why."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from panah.hub.evidence import tables
from panah.hub.evidence.figures import REGION, TOTAL
from panah.hub.evidence.framework import HOME, Supplied, definitions, law, money, people, refuge
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.evidence.framework.values import (
    METHODS,
    NO_ESTIMATE,
    NO_FIGURE,
    NOT_SUPPLIED,
    REASONS,
    Value,
    published,
    withheld,
)

Computation = Callable[[Shelf], Iterator[Value]]

COMPUTED: dict[str, Computation] = {**refuge.COMPUTED, **people.COMPUTED, **money.COMPUTED, **law.COMPUTED}
"""Each indicator that is computed now, with its computation."""

COLUMNS = (
    "indicator", "title", "state", "counterpart", "part", "period", "value", "low", "high", "unit", "numerator", "denominator",
    "numerator_is", "denominator_is", "as_of", "method", "sources", "licence", "quality", "protection", "standard", "flags", "withheld", "why",
)  # fmt: skip


def computed(shelf: Shelf, only: Iterable[str] = ()) -> Iterator[Value]:
    """The values of all indicators or of `only`, each checked by the rule of publication. For a state of which there is none, one
    withheld value says why.
    """
    wanted = set(only)
    for one in definitions().values():
        if wanted and one.id not in wanted:
            continue
        found = [published(value) for value in COMPUTED[one.id](shelf)] if one.id in COMPUTED else []
        yield from found
        spoken_of = {value.state for value in found} | {value.counterpart for value in found}
        for state in REGION:
            if state not in spoken_of:
                yield withheld(one.id, state, _why_none(one.supplied))


def digest(home: Path = tables.HOME) -> str:
    """SHA-256 over everything that values are made of: the compact tables, the definitions and the register of treaties."""
    whole = hashlib.sha256(tables.digest(home).encode())
    for folder in (HOME, law.register()):
        for path in sorted(folder.glob("*.csv")):
            whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def _why_none(supplied: Supplied) -> str:
    return {Supplied.STATE: NOT_SUPPLIED, Supplied.ESTIMATE: NO_ESTIMATE}.get(supplied, NO_FIGURE)


def latest(values: Iterable[Value]) -> dict[tuple[str, str, str, str], Value]:
    """By indicator, state, counterpart and part: the newest value that is shown, that of the first producer where
    several speak of the same time; where none is shown, the newest withheld one.
    """
    by_key: dict[tuple[str, str, str, str], list[Value]] = defaultdict(list)
    for value in values:
        by_key[(value.indicator, value.state, value.counterpart, value.part)].append(value)
    return {key: max(found, key=_newest) for key, found in by_key.items()}


def _newest(value: Value) -> tuple[bool, str, int]:
    return (not value.withheld, value.period, -value.rank)


def as_csv(values: Iterable[Value]) -> str:
    """One row a value, in English, with everything that must stand beside it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row_of(value) for value in values)
    return text.getvalue()


def row_of(value: Value) -> tuple[str, ...]:
    """One value as the texts of COLUMNS."""
    one = value.definition
    return (
        value.indicator,
        one.title.en,
        value.state,
        "" if value.counterpart == TOTAL else value.counterpart,
        value.part,
        value.period,
        *("" if number is None else f"{number}" for number in (value.value, value.low, value.high)),
        value.unit,
        *("" if number is None else f"{number}" for number in (value.numerator, value.denominator)),
        one.numerator.en,
        one.denominator.en,
        value.as_of.isoformat() if value.as_of else "",
        METHODS.get(value.method, ""),
        "; ".join(f"{source.producer}: {source.title}, {source.edition}" for source in value.sources),
        "; ".join(dict.fromkeys(source.licence for source in value.sources)),
        one.note.en,
        one.protection.note.en,
        one.standard,
        " ".join((*value.flags, *(f"{name}={count}" for name, count in value.facts))),
        value.reason,
        REASONS.get(value.reason, ""),
    )
