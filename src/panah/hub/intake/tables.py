"""Published tables out of their rows, and what pages draw from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from panah.cores.disclosure import Dimension, PublishedCell, PublishedTable
from panah.cores.lawbook import PackError, PackNotFound, load_pack
from panah.hub.evidence.service import REGION, Published
from panah.hub.intake import models
from panah.web import counts
from panah.web.tags.words import country_name


def as_table(row: models.PublishedTable) -> PublishedTable:
    """The table as it was received, to the last cell."""
    cells = [
        {"codes": cell.key.split("."), "count": cell.value, "kind": cell.kind or None, "impossible": cell.impossible}
        for cell in row.cells.all()
    ]
    dimensions = msgspec.convert(row.dimensions, tuple[Dimension, ...])
    shown = msgspec.convert(cells, tuple[PublishedCell, ...])
    return PublishedTable(row.flow, row.population, row.period, dimensions, shown)


def standing() -> Any:
    """The tables that neither a later revision nor a withdrawal has taken the place of."""
    return models.PublishedTable.objects.filter(superseded_at=None, withdrawn_at=None)


def address(row: models.PublishedTable) -> str:
    return reverse("published_table", args=[row.state, row.flow, row.period])


def for_first_page() -> Sequence[Published]:
    """What the hub's first page names: the tables that stand, the newest first."""
    return [
        Published(counts.flow_name(row.flow), row.state, row.period, row.published_at, address(row))
        for row in standing()[:20]
    ]


def chart(table: PublishedTable, state: str) -> dict[str, Any]:
    """Bars along the longest axis, all else together. A withheld number leaves a gap and is never drawn as nothing."""
    axis = max(table.dimensions, key=lambda dimension: len(dimension.codes))
    others = {dimension.id: dimension.total for dimension in table.dimensions if dimension is not axis}
    if None in others.values():
        return {"kind": "bar", "x": [], "series": []}
    cells = {cell.codes: cell for cell in table.cells}
    along = [
        (code, cells[tuple(code if d is axis else str(others[d.id]) for d in table.dimensions)])
        for code in axis.codes
        if code != axis.total
    ]
    kept = [(code, cell) for code, cell in along if cell.count != 0]
    return {
        "kind": "bar",
        "horizontal": True,
        "unit": unit(table),
        "x": [_marked(counts.code_name(axis.id, code, state), cell) for code, cell in kept],
        "series": [{"name": counts.flow_name(table.name), "values": [cell.count for _code, cell in kept]}],
    }


def _marked(name: str, cell: PublishedCell) -> str:
    return f"{name} ({counts.MARKS[cell.kind][0]})" if cell.kind else name


def unit(table: PublishedTable) -> str:
    """What is counted, in the reader's language."""
    return _("referrals") if table.population == "referrals" else _("persons")


def drawn(row: models.PublishedTable) -> dict[str, Any]:
    """The map of a table: the crossings of the state where it counts by crossing, otherwise the totals of all states that published
    it for the period. A state or crossing without a number has none, and is never drawn as zero.
    """
    table = as_table(row)
    if any(dimension.id == "CROSSING" for dimension in table.dimensions):
        return {"unit": unit(table), "areas": [_area(row.state, None)], "points": _points(table, row.state)}
    rows = {one.state: one for one in standing().filter(flow=row.flow, period=row.period)}
    return {"unit": unit(table), "areas": [_area(state, rows.get(state)) for state in REGION]}


def _area(state: str, row: models.PublishedTable | None) -> dict[str, Any]:
    area = {"code": state, "name": country_name(state), "value": _total(row)}
    return area | {"url": address(row)} if row else area


def _points(table: PublishedTable, state: str) -> list[Mapping[str, Any]]:
    """The crossings at which somebody was counted, and whose place is known."""
    try:
        places = {place.code: place for place in load_pack(state.lower()).places}
    except (PackError, PackNotFound):
        return []
    axis = next(place for place, dimension in enumerate(table.dimensions) if dimension.id == "CROSSING")
    found: list[Mapping[str, Any]] = []
    for cell in table.cells:
        place = places.get(cell.codes[axis])
        others = (d.total == code for d, code in zip(table.dimensions, cell.codes, strict=True) if d.id != "CROSSING")
        if cell.count == 0 or place is None or place.latitude is None or not all(others):
            continue
        name = counts.code_name("CROSSING", place.code, state)
        why = str(counts.MARKS[cell.kind][1]) if cell.kind else ""
        found.append({"x": place.longitude, "y": place.latitude, "name": name, "value": cell.count, "why": why})
    return found


def _total(row: models.PublishedTable | None) -> int | None:
    if row is None:
        return None
    dimensions = msgspec.convert(row.dimensions, tuple[Dimension, ...])
    if any(dimension.total is None for dimension in dimensions):
        return None
    cell = row.cells.filter(key=".".join(str(dimension.total) for dimension in dimensions)).first()
    return cell.value if cell else None
