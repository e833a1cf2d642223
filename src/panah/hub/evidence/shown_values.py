"""Values of the 52 indicators as they are kept, and as states and other rooms supply them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from panah.hub.evidence import models
from panah.hub.evidence.figures import REGION, TOTAL, Number, Source
from panah.hub.evidence.framework import compute, definitions
from panah.hub.evidence.framework.values import NOT_SUPPLIED, NOT_VALID, Value, problems, published, withheld

Provider = Callable[[], Iterable[Value]]

MAIN_PART = {"1.02": "destination", "2.03": "destination", "3.06": "injuries_all", "4.07": "destination"}
"""The part that stands for an indicator which has no whole."""

_providers: list[Provider] = []


def supplied_from(provider: Provider) -> None:
    """Name a function that gives values which states, or rooms above this one, supply. Whoever has them does so at start.

    Each value is checked against its definition; one that does not pass is withheld.
    """
    if provider not in _providers:
        _providers.append(provider)


def supplied() -> Iterator[Value]:
    """What was supplied, each as it may be shown."""
    for provider in _providers:
        for value in provider():
            wrong = value.reason or problems(value.definition, value.value, value.numerator, value.denominator)
            if wrong and not value.reason:
                yield withheld(
                    value.indicator, value.state, NOT_VALID, value.period, part=value.part, sources=value.sources
                )
            else:
                yield published(value)


def values(
    indicator: str = "", state: str = "", counterpart: str = "", *, point: str = "", latest: bool = False
) -> tuple[Value, ...]:
    """Values by indicator, state, counterpart and period. `state` is the state that they are about; with `counterpart`
    those of that corridor alone; `point` is one of the eight. With `latest` only the newest of each kind.

    A state that supplied a value has no longer the line that says it did not.
    """
    wanted = Q()
    if indicator:
        wanted &= Q(indicator=indicator)
    if state:
        wanted &= Q(state=state)
    if point:
        wanted &= Q(indicator__startswith=f"{point[1:]}.")
    wanted &= Q(counterpart=counterpart or TOTAL)
    rows = models.IndicatorValue.objects.filter(wanted).order_by("indicator", "state", "part", "period", "rank")
    sources = _sources()
    found = [_value(row, sources) for row in rows]
    given = [
        one
        for one in supplied()
        if indicator in ("", one.indicator)
        and point in ("", one.definition.point)
        and state in ("", one.state)
        and one.counterpart == (counterpart or TOTAL)
    ]
    spoken = {(one.indicator, one.state) for one in given}
    found = [one for one in found if one.reason != NOT_SUPPLIED or (one.indicator, one.state) not in spoken] + given
    if latest:
        return tuple(compute.latest(found).values())
    return tuple(found)


def every() -> Iterator[Value]:
    """Every value that may be shown, of states and of corridors, whoever supplied it."""
    sources = _sources()
    for row in models.IndicatorValue.objects.filter(reason="").order_by(
        "indicator", "state", "counterpart", "part", "period", "rank"
    ):
        yield _value(row, sources)
    yield from (one for one in supplied() if not one.withheld)


def corridors(indicator: str, state: str) -> tuple[Value, ...]:
    """The newest values of an indicator between a state and every other country, in both directions."""
    rows = models.IndicatorValue.objects.filter(Q(state=state) | Q(counterpart=state), indicator=indicator, reason="")
    sources = _sources()
    return tuple(compute.latest(_value(row, sources) for row in rows.exclude(counterpart=TOTAL)).values())


def value(indicator: str, state: str, period: str | int | None = None, part: str | None = None) -> Value | None:
    """The value of an indicator for a state, in a period or the newest; None where none is shown. It carries numerator,
    denominator, `as_of`, definition, sources and flags.
    """
    wanted = MAIN_PART.get(indicator, "") if part is None else part
    found = [
        one
        for one in values(indicator, state)
        if one.part == wanted and not one.withheld and period in (None, one.period, _year(one.period))
    ]
    return max(found, key=lambda one: (one.period, -one.rank), default=None)


def main(found: Iterable[Value]) -> dict[tuple[str, str], Value]:
    """By indicator and state: the value of the whole, or of the part that stands for it; of ten states without one nothing."""
    kept: dict[tuple[str, str], Value] = {}
    for one in found:
        if one.part == MAIN_PART.get(one.indicator, "") or one.withheld:
            key = (one.indicator, one.state)
            if key not in kept or kept[key].withheld:
                kept[key] = one
    return kept


def coverage() -> dict[str, tuple[int, str]]:
    """By indicator: in how many of the ten states it has a value, and the newest period of any."""
    states: dict[str, set[str]] = defaultdict(set)
    newest: dict[str, str] = {}
    shown = models.IndicatorValue.objects.filter(reason="").order_by()
    for indicator, state, counterpart, period in (
        *shown.values_list("indicator", "state", "counterpart").annotate(Max("period")),
        *((one.indicator, one.state, one.counterpart, one.period) for one in supplied() if not one.withheld),
    ):
        states[indicator] |= {state, counterpart} & set(REGION)
        newest[indicator] = max(period, newest.get(indicator, ""))
    return {indicator: (len(found), newest[indicator]) for indicator, found in states.items()}


def largest(indicator: str, limit: int) -> tuple[Value, ...]:
    """The largest corridors of an indicator in its newest period, by the upper end of the span or the value."""
    shown = models.IndicatorValue.objects.filter(indicator=indicator, reason="").exclude(counterpart=TOTAL)
    period = shown.aggregate(newest=Max("period"))["newest"]
    sources = _sources()
    rows = shown.filter(period=period).order_by(Coalesce("high", "value").desc(), "state")[:limit]
    return tuple(_value(row, sources) for row in rows)


def indicator_titles() -> dict[str, str]:
    """Title by id of the 52, in the reader's language."""
    language = get_language() or "en"
    return {one.id: one.title.written(language) for one in definitions().values()}


def _year(period: str) -> int | None:
    return int(period) if period.isdecimal() else None


def _sources() -> dict[str, Source]:
    return {
        row.input: Source(**{name: getattr(row, name) for name in Source.__slots__})
        for row in models.Source.objects.filter(superseded_at=None)
    }


def _value(row: models.IndicatorValue, sources: dict[str, Source]) -> Value:
    return Value(
        indicator=row.indicator,
        state=row.state,
        period=row.period,
        value=_number(row.value),
        unit=row.unit,
        method=row.method,
        sources=tuple(sources[name] for name in row.inputs.split()),
        counterpart=row.counterpart,
        part=row.part,
        numerator=_number(row.numerator),
        denominator=_number(row.denominator),
        low=_number(row.low),
        high=_number(row.high),
        flags=tuple(row.flags.split()),
        reason=row.reason,
        rank=row.rank,
        facts=tuple((name, int(count)) for name, _is, count in (one.partition("=") for one in row.facts.split())),
    )


def _number(value: Decimal | None) -> Number | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


__all__ = [
    "MAIN_PART", "corridors", "coverage", "indicator_titles", "largest", "main", "supplied_from", "value", "values",
]  # fmt: skip
