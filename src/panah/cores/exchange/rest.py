"""Queries of the SDMX REST interface, version 2: which artefact, which keys, which values. Pure: text in, a choice out.

SDMX REST API 2.0.0 of the SDMX Technical Working Group. What is not understood is refused, never left unread: a filter
that is ignored would give more than was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from panah.cores.exchange.datasets import Dataset, Observation

_COMPONENT = re.compile(r"c\[([A-Za-z0-9_]+)\]")
_OPERATORS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda code, value: code == value,
    "ne": lambda code, value: code != value,
    "lt": lambda code, value: code < value,
    "le": lambda code, value: code <= value,
    "gt": lambda code, value: code > value,
    "ge": lambda code, value: code >= value,
    "co": lambda code, value: value in code,
    "nc": lambda code, value: value not in code,
    "sw": lambda code, value: code.startswith(value),
    "ew": lambda code, value: code.endswith(value),
}


class BadQuery(ValueError):
    """A query that cannot be answered. The sentence says what was found and what is allowed."""


@dataclass(frozen=True)
class Condition:
    """One filter on a component: any of `parts`, each of which is a set of comparisons that must all hold."""

    component: str
    parts: tuple[tuple[tuple[str, str], ...], ...]

    def holds(self, code: str) -> bool:
        """Whether a code passes."""
        return any(all(_OPERATORS[operator](code, value) for operator, value in part) for part in self.parts)


@dataclass(frozen=True)
class Query:
    """What is asked of a dataflow.

    keys: patterns of the series key; each names one code or None (any) for every dimension but time. Empty: all.
    first, last: how many observations of each series, from its beginning or its end; None for all.
    """

    keys: tuple[tuple[str | None, ...], ...] = ()
    conditions: tuple[Condition, ...] = ()
    first: int | None = None
    last: int | None = None


def query(
    key: str, parameters: Sequence[tuple[str, str]], dimensions: Sequence[str], time: str = "TIME_PERIOD"
) -> Query:
    """The query of the last part of a path and of the parameters after it. Raises BadQuery."""
    series = [dimension for dimension in dimensions if dimension != time]
    keys = tuple(_key(part, series) for part in key.split(",")) if key not in ("", "*", "all") else ()
    conditions, counts = [], {"firstNObservations": None, "lastNObservations": None}
    for name, value in parameters:
        found = _COMPONENT.fullmatch(name)
        if found:
            conditions.append(_condition(found.group(1), value, dimensions))
        elif name in counts:
            if not value.isdigit() or int(value) < 1:
                raise BadQuery(f"{name} is {value!r}; allowed is a whole number from 1 on.")
            counts[name] = int(value)  # type: ignore[assignment]
        elif (name == "dimensionAtObservation" and value in ("AllDimensions", time)) or (
            name in ("attributes", "measures") and value in ("all", "dsd")
        ):
            continue
        else:
            raise BadQuery(
                f"The parameter {name}={value} is not understood; allowed are c[DIMENSION]=…, firstNObservations, lastNObservations, "
                f"dimensionAtObservation=AllDimensions or {time}, attributes and measures=all or dsd."
            )
    return Query(keys, tuple(conditions), counts["firstNObservations"], counts["lastNObservations"])


def _key(text: str, series: Sequence[str]) -> tuple[str | None, ...]:
    parts = text.split(".")
    if len(parts) != len(series):
        raise BadQuery(
            f"The key {text!r} has {len(parts)} parts; it must have {len(series)}, one for each of {'.'.join(series)}, with * for any."
        )
    return tuple(None if part in ("", "*") else part for part in parts)


def _condition(component: str, text: str, dimensions: Sequence[str]) -> Condition:
    if component not in dimensions:
        raise BadQuery(f"There is no dimension {component} to filter by; there are {', '.join(dimensions)}.")
    return Condition(component, tuple(tuple(_comparison(one) for one in part.split("+")) for part in text.split(",")))


def _comparison(text: str) -> tuple[str, str]:
    operator, colon, value = text.partition(":")
    if not colon:
        return "eq", text
    if operator not in _OPERATORS:
        raise BadQuery(f"The comparison {text!r} begins with {operator!r}; allowed are {', '.join(_OPERATORS)}.")
    return operator, value


def select(dataset: Dataset, asked: Query, time: str = "TIME_PERIOD") -> Dataset:
    """The observations that a query asks for, in their order."""
    place = {id_: number for number, id_ in enumerate(dataset.dimensions)}
    series = [number for id_, number in place.items() if id_ != time]

    def wanted(observation: Observation) -> bool:
        key = tuple(observation.key[number] for number in series)
        named = not asked.keys or any(
            all(part is None or part == code for part, code in zip(pattern, key, strict=True)) for pattern in asked.keys
        )
        return named and all(one.holds(observation.key[place[one.component]]) for one in asked.conditions)

    found = [observation for observation in dataset.observations if wanted(observation)]
    if asked.first is not None or asked.last is not None:
        found = _some_of_each(found, asked, series, place[time])
    return Dataset(dataset.structure, dataset.dimensions, tuple(found), dataset.attributes)


def _some_of_each(found: Sequence[Observation], asked: Query, series: Sequence[int], time: int) -> list[Observation]:
    by_series: dict[tuple[str, ...], list[Observation]] = {}
    for observation in found:
        by_series.setdefault(tuple(observation.key[number] for number in series), []).append(observation)
    kept: set[int] = set()
    for line in by_series.values():
        ordered = sorted(line, key=lambda observation: observation.key[time])
        kept |= {id(observation) for observation in ordered[: asked.first] if asked.first is not None}
        kept |= {id(observation) for observation in ordered[-(asked.last or 0) :] if asked.last is not None}
    return [observation for observation in found if id(observation) in kept]


def available(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The codes that occur, by dimension, sorted."""
    return {
        id_: tuple(sorted({observation.key[number] for observation in dataset.observations}))
        for number, id_ in enumerate(dataset.dimensions)
    }
