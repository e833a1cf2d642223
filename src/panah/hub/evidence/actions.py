"""Loading the compact tables: the only writer of this room."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Model

from panah.foundation.door.service import Action, Moment, Outcome, handles
from panah.hub.evidence import models, quality, tables
from panah.hub.evidence.figures import Figure, Source
from panah.hub.evidence.framework import compute, law
from panah.hub.evidence.framework.shelf import Shelf
from panah.hub.evidence.framework.values import Value
from panah.hub.evidence.totals import by_counterpart
from panah.hub.loadings import service as loadings
from panah.hub.loadings.service import LoadSheets, note

_KEY = ("indicator", "breakdown", "destination", "origin", "period")
_COLUMNS = (*_KEY, "value", "unit", "numerator", "denominator", "flags", "source")
_VALUE_COLUMNS = (
    "indicator", "state", "counterpart", "part", "period", "rank", "value", "low", "high", "numerator", "denominator", "unit", "method",
    "flags", "reason", "facts", "inputs",
)  # fmt: skip


class LoadFigures(LoadSheets):
    """Show the figures of the compact tables in a folder, and the indicators computed from them, in place of those shown
    before.

    `folder_digest` is what `compute.digest` says of the folder, the definitions and the register of treaties; what was
    changed in between is refused. What is shown already changes nothing.
    """

    code: ClassVar[str] = "evidence.load_figures"
    needs: ClassVar[str] = "evidence.load"


class CountTreaties(Action):
    """Compute 1.01 anew where an act of a state was confirmed since it was. Everything else that is shown stays."""

    code: ClassVar[str] = "evidence.count_treaties"
    needs: ClassVar[str] = "evidence.load"
    by_installation: ClassVar[bool] = True


@handles(LoadFigures)
def load_figures(action: LoadFigures, moment: Moment) -> Outcome:
    home = Path(action.folder)
    found = compute.digest(home)
    standing = action.unchanged(found)
    if standing is not None:
        return standing
    pairs = [figure for layout in tables.LAYOUTS for figure in tables.figures_of(layout, home)]
    totals = list(tables.totals(home))
    before = _values_shown()
    values = list(compute.computed(Shelf(home, law.confirmed())))
    sources = _replace_sources(values, home, moment.recorded_at)
    shown = _replace_figures([*totals, *by_counterpart(pairs)], sources)
    _replace_values(values)
    _replace_flags(quality.flags(totals, pairs))
    after = _values_shown()
    changed = sum(after.get(key) != value for key, value in before.items())
    return note(action, found, moment, figures=shown, changed=changed)


@handles(CountTreaties)
def count_treaties(action: CountTreaties, moment: Moment) -> Outcome:
    said = law.confirmed()
    last = loadings.last("evidence")
    if said is None or last is None or said.acts == acts_counted():
        return Outcome(result={"new": False})
    # The tables that lie under 1.01 are the register's alone, so no others are read.
    values = list(compute.computed(Shelf(confirmed=said), [law.RATIFIED]))
    models.IndicatorValue.objects.filter(indicator=law.RATIFIED).delete()
    _insert(models.IndicatorValue, _VALUE_COLUMNS, [_value_row(value) for value in values])
    digest = hashlib.sha256(f"{last.digest} {said.on} {said.acts}".encode()).hexdigest()
    note(action, digest, moment, figures=last.counts["figures"], changed=0)
    return Outcome(result={"new": True}, facts={"confirmed": said.acts})


def acts_counted() -> int:
    """How many confirmed acts of states the shown values of 1.01 count."""
    row = models.IndicatorValue.objects.filter(indicator=law.RATIFIED, facts__contains="confirmed=").first()
    return int(dict(fact.split("=") for fact in row.facts.split())["confirmed"]) if row else 0


def _values_shown() -> dict[tuple[Any, ...], Decimal | None]:
    return {tuple(key): value for *key, value in models.Figure.objects.values_list(*_KEY, "value").iterator()}


def _replace_sources(values: Iterable[Value], home: Path, at: datetime) -> dict[str, int]:
    """Keys of the new sources by their inputs, those of the tables and those of the indicators' further sources."""
    models.Figure.objects.all().delete()
    models.Source.objects.filter(superseded_at=None).update(superseded_at=at)
    found: dict[str, Source] = {entry.source.input: entry.source for entry in tables.provenance(home)}
    for value in values:
        found.update({source.input: source for source in value.sources if source.input not in found})
    return {
        name: models.Source.objects.create(loaded_at=at, **{slot: getattr(one, slot) for slot in one.__slots__}).pk
        for name, one in found.items()
    }


def _replace_figures(figures: Iterable[Figure], sources: dict[str, int]) -> int:
    rows = [_row(figure, sources[figure.source.input]) for figure in figures]
    _insert(models.Figure, _COLUMNS, rows)
    return len(rows)


def _replace_values(values: Iterable[Value]) -> None:
    models.IndicatorValue.objects.all().delete()
    _insert(models.IndicatorValue, _VALUE_COLUMNS, [_value_row(value) for value in values])


def _insert(model: type[Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    # Past the model layer, which spends four times as long on these many rows as the database does.
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(column_of[name])) for name in names)
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        table = quoted(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - names of ours


def _row(figure: Figure, source: int) -> tuple[Any, ...]:
    return (
        figure.indicator,
        " ".join(code for _, code in figure.breakdown),
        figure.destination,
        figure.origin,
        figure.period,
        figure.value,
        figure.unit,
        figure.numerator,
        figure.denominator,
        " ".join(figure.flags),
        source,
    )


def _value_row(value: Value) -> tuple[Any, ...]:
    return (
        value.indicator,
        value.state,
        value.counterpart,
        value.part,
        value.period,
        value.rank,
        value.value,
        value.low,
        value.high,
        value.numerator,
        value.denominator,
        value.unit,
        value.method,
        " ".join(value.flags),
        value.reason,
        " ".join(f"{name}={count}" for name, count in value.facts),
        " ".join(source.input for source in value.sources),
    )


def _replace_flags(flags: Iterable[quality.SeriesFlag]) -> None:
    models.SeriesFlag.objects.all().delete()
    models.SeriesFlag.objects.bulk_create(
        models.SeriesFlag(
            code=flag.code,
            indicator=flag.indicator,
            state=flag.state,
            role=flag.role.value,
            counterpart=flag.counterpart,
            last_period=flag.periods[-1],
            periods=list(flag.periods),
            values=[None if value is None else f"{value}" for value in flag.values],
            facts=_plain(flag.facts),
            also=[[message, _plain(facts)] for message, facts in flag.also],
        )
        for flag in flags
    )


def _plain(facts: quality.Facts) -> dict[str, int | str | dict[str, str]]:
    # JSON has no decimals: they are kept as text, and marked so that they come back as numbers.
    return {name: {"decimal": f"{fact}"} if isinstance(fact, Decimal) else fact for name, fact in facts.items()}
