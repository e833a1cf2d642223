"""Finds what is doubtful in the values of an indicator, by rule: jumps, outliers, constants, producers that differ.

A rule knows thresholds and no names. A doubt is a question and not a correction; nothing is left out because of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from panah.hub.evidence.figures import Number
from panah.hub.evidence.framework import Kind
from panah.hub.evidence.framework.values import Value

JUMP = 5
"""A value that becomes five times as large or small from one period to the next has jumped."""

OUTLIER = 3
"""A value three times above or below both its neighbours stands out."""

CONSTANT_RUN = 3
"""So many equal values in a row make a constant."""

APART = Decimal("1.5")
"""Two producers that differ by more than half of the smaller value do not say the same."""

LEAST = Decimal(1)
"""Values below this, in the unit of the indicator, and changes smaller than it, are left alone."""

FEW = 20
"""Where both numerators are below this a rate may jump by chance."""


def _(message: str) -> str:
    # Marks a text for the catalogue of translations without translating it here.
    return message


SENTENCES = {
    "jump": _("From {before_period} to {period} the value went from {before} to {after}, by a factor of {factor}."),
    "outlier": _("In {period} the value was {value}, while {before} stands before it and {after} after it."),
    "constant_value": _("The value is the same, {value}, in each of {count} periods in a row, {first} to {last}."),
    "producers_differ": _("For {period} one producer gives {value} and another {other}."),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt about the values of an indicator in a state. `facts` fill the sentence of the code."""

    code: str
    indicator: str
    state: str
    part: str
    period: str
    facts: tuple[tuple[str, Number | str], ...]


def doubts(values: Iterable[Value]) -> tuple[Doubt, ...]:
    """All doubts, the latest first."""
    series: dict[tuple[str, str, str, str, int], list[Value]] = defaultdict(list)
    together: dict[tuple[str, str, str, str, str], list[Value]] = defaultdict(list)
    for value in values:
        # A span says itself how unsure its middle is, and may pass through nothing.
        if not value.withheld and value.value is not None and value.definition.kind is not Kind.INTERVAL:
            series[(value.indicator, value.state, value.counterpart, value.part, value.rank)].append(value)
            together[(value.indicator, value.state, value.counterpart, value.part, value.period)].append(value)
    found = [doubt for one in series.values() for doubt in _of_series(sorted(one, key=lambda value: value.period))]
    found += [doubt for several in together.values() for doubt in _apart(several)]
    # Two producers with the same figures make one question.
    found = list(dict.fromkeys(found))
    return tuple(sorted(found, key=lambda doubt: (doubt.period, doubt.indicator, doubt.state), reverse=True))


def _of_series(values: list[Value]) -> Iterator[Doubt]:
    outliers = set()
    for before, here, after in zip(values, values[1:], values[2:], strict=False):
        low, high = sorted((_number(before), _number(after)))
        out = _number(here) >= OUTLIER * high or (low >= OUTLIER * _number(here) >= 0)
        if out and _moves(before, here) and _moves(here, after) and low > 0:
            outliers.add(here.period)
            yield _doubt("outlier", here, value=here.value, before=before.value, after=after.value)
    for before, after in pairwise(values):
        low, high = sorted((_number(before), _number(after)))
        if low > 0 and high >= JUMP * low and _moves(before, after) and not {before.period, after.period} & outliers:
            factor = (high / low).quantize(Decimal("0.1"))
            yield _doubt(
                "jump", after, before_period=before.period, before=before.value, after=after.value, factor=factor
            )
    yield from _constants(values)


def _constants(values: list[Value]) -> Iterator[Doubt]:
    run: list[Value] = []
    ended: list[Value | None] = [*values, None]
    for value in ended:
        if value is not None and (not run or value.value == run[-1].value):
            run.append(value)
            continue
        # A share of all is full, and nothing is nothing, without anybody being careless.
        if len(run) >= CONSTANT_RUN and run[0].value not in (0, 100) and run[0].numerator is None:
            yield _doubt(
                "constant_value", run[-1], value=run[0].value, count=len(run), first=run[0].period, last=run[-1].period
            )
        run = [value] if value is not None else []


def _apart(values: list[Value]) -> Iterator[Doubt]:
    first, *others = sorted(values, key=lambda value: value.rank)
    for other in others:
        low, high = sorted((_number(first), _number(other)))
        if high - low >= LEAST and high > low * APART:
            yield _doubt("producers_differ", first, value=first.value, other=other.value)


def _moves(one: Value, other: Value) -> bool:
    if one.numerator is not None and other.numerator is not None:
        return max(abs(Decimal(one.numerator)), abs(Decimal(other.numerator))) >= FEW
    return abs(_number(one) - _number(other)) * 2 >= LEAST


def _number(value: Value) -> Decimal:
    return Decimal(value.value or 0)


def _doubt(code: str, about: Value, /, **facts: Number | str | None) -> Doubt:
    facts.setdefault("period", about.period)
    kept = tuple((name, fact) for name, fact in facts.items() if fact is not None)
    return Doubt(code, about.indicator, about.state, about.part, about.period, kept)
