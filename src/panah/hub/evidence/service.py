"""The one door to this room: what is shown, as values, and loading it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q

from panah.foundation.clock import now
from panah.foundation.door.service import Receipt, perform
from panah.hub.evidence import models, tables
from panah.hub.evidence.actions import CountTreaties, LoadFigures, acts_counted
from panah.hub.evidence.figures import PERSONS, REGION, TOTAL, Figure, Number, Source, breakdown
from panah.hub.evidence.framework import compute
from panah.hub.evidence.framework.law import Confirmed, confirmed_from, tally_from
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.indicators import BY_CODE, Role
from panah.hub.evidence.quality import WARNINGS, Facts, SeriesFlag
from panah.hub.evidence.sdmx import indicator_code
from panah.hub.evidence.sdmx import of_values as dataset_of
from panah.hub.evidence.shown_values import (
    corridors,
    coverage,
    every,
    indicator_titles,
    largest,
    main,
    supplied_from,
    value,
    values,
)
from panah.hub.loadings import service as loadings
from panah.hub.loadings.service import Loaded

__all__ = [
    "REGION",
    "Confirmed",
    "Figure",
    "Published",
    "Role",
    "SeriesFlag",
    "Source",
    "Value",
    "agreements",
    "agreements_from",
    "alarms",
    "confirmed_from",
    "corridors",
    "count_treaties",
    "counterparts",
    "coverage",
    "dataset_of",
    "every",
    "flags_of",
    "indicator_code",
    "indicator_titles",
    "largest",
    "latest",
    "load",
    "loaded",
    "main",
    "of_state",
    "pair",
    "periods",
    "publications_from",
    "published",
    "series",
    "sources",
    "supplied_from",
    "tally_from",
    "value",
    "values",
]  # fmt: skip

RECENT = 3
"""How many years before the last one of its series a doubt stays on the first page."""


@dataclass(frozen=True)
class Published:
    """A table that a state published to the hub, as the first page names it. `period` is as the state wrote it."""

    title: str
    state: str
    period: str
    at: datetime
    url: str


_publications: list[Callable[[], Sequence[Published]]] = []


def publications_from(provider: Callable[[], Sequence[Published]]) -> None:
    """Name the function that gives what states published, latest first. The room that takes it in does so at start."""
    if provider not in _publications:
        _publications[:] = [provider]


def published() -> tuple[Published, ...] | None:
    """What states published, latest first; None when no room takes publications in."""
    return tuple(_publications[0]()) if _publications else None


_agreements: list[Callable[[str, str], int | None]] = []


def agreements_from(provider: Callable[[str, str], int | None]) -> None:
    """Name the function that counts the agreements in force between two states, None where it is not known. The room that
    keeps them does so at start.
    """
    _agreements[:] = [provider]


def agreements(one: str, other: str) -> int | None:
    """How many agreements are known to be in force between two states; None when that is not known."""
    return _agreements[0](one, other) if _agreements else None


def load(home: Path = tables.HOME, *, by: UUID | None = None) -> Receipt:
    """Show the compact tables of a folder. The same tables again change nothing; the receipt says `new: False`."""
    return perform(LoadFigures(by=by, happened_at=now(), folder=str(home), folder_digest=compute.digest(home)))


def count_treaties(confirmed: int) -> bool:
    """Compute 1.01 anew when not all of this many confirmed acts of states are in it; whether it was."""
    if confirmed == acts_counted() or loaded() is None:
        return False
    return bool(perform(CountTreaties(by=None, happened_at=now())).result["new"])


def loaded() -> Loaded | None:
    """What is shown now, or None when nothing was loaded yet."""
    return loadings.last("evidence")


def sources() -> tuple[Source, ...]:
    """The sources of all figures shown, by producer and title."""
    shown = models.Source.objects.filter(superseded_at=None).order_by("producer", "title")
    return tuple(_source(source) for source in shown)


def series(indicator: str, role: Role, states: Iterable[str] = REGION) -> tuple[Figure, ...]:
    """All totals of an indicator for the states on one side, in all parts of its breakdown, by state and year."""
    side, other = _sides(role)
    found = models.Figure.objects.filter(**{f"{side}__in": list(states), other: TOTAL}, indicator=indicator)
    return _figures(found.order_by(side, "period", "breakdown"))


def of_state(state: str, role: Role) -> tuple[Figure, ...]:
    """All totals of a state on one side, by indicator and year."""
    side, other = _sides(role)
    return _figures(models.Figure.objects.filter(**{side: state, other: TOTAL}).order_by("indicator", "period"))


def periods(indicator: str, role: Role) -> tuple[int, ...]:
    """The years for which any state has a figure, latest first."""
    _, other = _sides(role)
    found = models.Figure.objects.filter(**{other: TOTAL}, indicator=indicator, value__isnull=False)
    return tuple(found.order_by("-period").values_list("period", flat=True).distinct())


def latest(indicator: str, role: Role) -> Mapping[str, Figure]:
    """For each state its last figure with a value (of a broken-down indicator the whole). A state that has none is not there."""
    side, other = _sides(role)
    found: dict[str, Figure] = {}
    whole = "total" if BY_CODE[indicator].dimension == "outcome" else ""
    shown = models.Figure.objects.filter(**{other: TOTAL}, indicator=indicator, breakdown=whole, value__isnull=False)
    for figure in _figures(shown.order_by("period")):
        found[getattr(figure, side)] = figure
    return found


def counterparts(indicator: str, state: str, role: Role, period: int, limit: int = 10) -> tuple[Figure, ...]:
    """The largest figures of a state by the other side, in one year."""
    side, other = _sides(role)
    found = models.Figure.objects.filter(**{side: state}, indicator=indicator, period=period, value__gt=0)
    return _figures(found.exclude(**{other: TOTAL}).order_by(F("value").desc(), other)[:limit])


def pair(indicator: str, destination: str, origin: str) -> tuple[Figure, ...]:
    """All figures of an indicator for one origin in one destination, by year."""
    found = models.Figure.objects.filter(indicator=indicator, destination=destination, origin=origin)
    return _figures(found.order_by("period"))


def flags_of(indicator: str = "", state: str = "", role: Role | None = None) -> tuple[SeriesFlag, ...]:
    """The doubts about an indicator, a state, a side, or all; latest first. Those about several states belong to each of them."""
    found = models.SeriesFlag.objects.order_by("-last_period", "indicator", "state", "code")
    if indicator:
        found = found.filter(indicator=indicator)
    if role:
        found = found.filter(role=role.value)
    if state:
        found = found.filter(Q(state=state) | Q(state=TOTAL))
    return tuple(flag for flag in map(_flag, found) if not state or state in flag.states)


def alarms() -> tuple[SeriesFlag, ...]:
    """The doubts that whoever opens the hub should see: breaks and doubtful units of the last years of their series."""
    last = dict(
        models.Figure.objects.filter(value__isnull=False)
        .values_list("indicator")
        .annotate(Max("period"))
        .values_list("indicator", "period__max")
    )
    rows = models.SeriesFlag.objects.filter(code__in=WARNINGS).order_by("-last_period", "indicator", "state", "code")
    recent = [_flag(row) for row in rows if row.last_period > last.get(row.indicator, 0) - RECENT]
    # A block that is gone is what makes a total fall; where the fall itself is on the page, it is not said twice.
    fell = {(flag.indicator, flag.role, flag.state, flag.periods[-1]) for flag in recent if flag.code == "break_down"}
    recent.sort(key=lambda flag: (-flag.periods[-1], not flag.code.startswith("together")))
    return tuple(
        flag
        for flag in recent
        if not flag.code.startswith("block_gone")
        or (flag.indicator, flag.role, flag.state, flag.periods[-1]) not in fell
    )


def _sides(role: Role) -> tuple[str, str]:
    return ("destination", "origin") if role is Role.DESTINATION else ("origin", "destination")


def _figures(found: Any) -> tuple[Figure, ...]:
    known: dict[int, Source] = {
        source.pk: _source(source) for source in models.Source.objects.filter(superseded_at=None)
    }
    return tuple(
        Figure(
            indicator=row.indicator,
            destination=row.destination,
            origin=row.origin,
            period=row.period,
            value=_number(row.value, row.unit),
            unit=row.unit,
            source=known[row.source_id],
            breakdown=breakdown({BY_CODE[row.indicator].dimension: row.breakdown}),
            flags=tuple(row.flags.split()),
            numerator=row.numerator,
            denominator=row.denominator,
        )
        for row in found
    )


def _number(value: Decimal | None, unit: str) -> Number | None:
    if value is None:
        return None
    if unit == PERSONS:
        return int(value)
    # The column holds four decimals; what the producer wrote has no trailing noughts.
    return value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))


def _source(row: models.Source) -> Source:
    return Source(**{name: getattr(row, name) for name in Source.__slots__})


def _flag(row: models.SeriesFlag) -> SeriesFlag:
    return SeriesFlag(
        code=row.code,
        indicator=row.indicator,
        state=row.state,
        role=Role(row.role),
        periods=tuple(row.periods),
        values=tuple(_number_of(text) for text in row.values),
        facts=_facts(row.facts),
        counterpart=row.counterpart,
        also=tuple((message, _facts(facts)) for message, facts in row.also),
    )


def _facts(kept: Mapping[str, Any]) -> Facts:
    return {name: Decimal(fact["decimal"]) if isinstance(fact, dict) else fact for name, fact in kept.items()}


def _number_of(text: str | None) -> Number | None:
    if text is None:
        return None
    return Decimal(text) if "." in text else int(text)
