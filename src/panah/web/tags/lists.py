"""Tables, reasons, timelines, holds and big numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from panah.web.parts import Column, Event, Hold, Reason, Table, Text, Tone
from panah.web.tags.cells import shown
from panah.web.tags.frames import query

register = template.Library()


@register.simple_tag(takes_context=True)
def data_table(context: template.Context, table: Table) -> SafeString:
    """A Table, or what its `empty` says when there are no rows. Sortable columns are links that set `?sort=`."""
    columns = [(column, *_sorting(column, table.sorted_by)) for column in table.columns]
    rows = [[(column, shown(cell)) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
    return render_to_string(
        "panah/data_table.html", {"table": table, "columns": columns, "rows": rows, "query": query(context)}
    )


def _sorting(column: Column, sorted_by: str) -> tuple[str, str]:
    """What the column's heading says of the order now (an aria-sort value), and the `?sort=` that its link sets."""
    if not column.sort:
        return "", ""
    if sorted_by == column.sort:
        return "ascending", f"-{column.sort}"
    return ("descending" if sorted_by == f"-{column.sort}" else "none"), column.sort


@register.inclusion_tag("panah/because.html")
def because(reasons: Sequence[Reason]) -> dict[str, Any]:
    """Why something is proposed: each Reason with its answers and its source, and whether that was checked."""
    return {"reasons": reasons}


@register.inclusion_tag("panah/timeline.html")
def timeline(events: Sequence[Event]) -> dict[str, Any]:
    """Events in the order given."""
    return {"events": events}


@register.inclusion_tag("panah/hold_banner.html")
def hold_banner(holds: Sequence[Hold]) -> dict[str, Any]:
    """The holds that stand, on top of a person's file. Nothing when there are none."""
    return {"holds": holds}


@register.inclusion_tag("panah/tile.html")
def tile(
    number: int | None, label: Text, url: str = "", note: Text = "", tone: Tone = "plain", key: str = ""
) -> dict[str, Any]:
    """A big number that opens its list. Put tiles side by side in `<div class="tiles">`. None is shown as not known,
    never as 0.
    """
    return {"number": number, "label": label, "url": url, "note": note, "tone": tone, "key": key}
