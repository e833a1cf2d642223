"""Who stays in centres, by kind of place and by province: a table of this node alone, protected like those that leave.

The contract of the regional exchange has no such table, so nothing of it is sent. It is counted at the last midnight and not now: between two
looks on one day nobody can see one person come or go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from panah.cores import disclosure
from panah.cores.disclosure import Dimension, PublishedTable, tabulate
from panah.node.reception import service as reception
from panah.node.registration import service as registration
from panah.node.statistics.flows import TOTAL, UNKNOWN
from panah.node.statistics.release import RULES
from panah.web import counts
from panah.web.parts import Column, Table

KINDS = ("reception_centre", "emergency_site", "shelter")


def last_midnight(at: datetime) -> datetime:
    """The beginning of the day that it is in the node's state."""
    zone = ZoneInfo(registration.node_pack().timezone)
    return datetime.combine(at.astimezone(zone).date(), datetime.min.time(), zone)


def people(at: datetime) -> PublishedTable:
    """Who had a place in a centre at a moment, protected. Raises CannotProtect."""
    provinces = _provinces()
    axes = (Dimension("KIND", (TOTAL, *KINDS)), Dimension("PROVINCE", (TOTAL, *provinces, UNKNOWN)))
    records = [
        {"KIND": one.kind, "PROVINCE": one.province if one.province in provinces else UNKNOWN}
        for one in reception.stays_at(at)
    ]
    table = tabulate("RECEPTION", "reception", at.date().isoformat(), axes, records)
    return disclosure.protect((table,), RULES).published[0]


def _provinces() -> tuple[str, ...]:
    return tuple(place.code for place in registration.node_pack().places if place.kind == "province")


def shown(table: PublishedTable) -> Table:
    """A row for each province in which a number can be told, a column for each kind of place."""
    by_codes = {cell.codes: cell for cell in table.cells}
    rows = []
    for province in (TOTAL, *_provinces(), UNKNOWN):
        cells = [by_codes[kind, province] for kind in (TOTAL, *KINDS)]
        if province == TOTAL or any(cell.count or cell.kind not in (None, "primary") for cell in cells):
            rows.append([_title(province), *map(counts.shown, cells)])
    return Table(
        caption=_("People who had a place in a centre"),
        columns=[
            Column(_("Province"), heading=True),
            *(
                Column(reception.kind_title(kind) if kind != TOTAL else _("Total"), numeric=True)
                for kind in (TOTAL, *KINDS)
            ),
        ],
        rows=rows,
        empty=_("Nobody."),
    )


def _title(province: str) -> str:
    return {TOTAL: _("Total"), UNKNOWN: _("not known")}.get(province) or registration.place_title(province)


def places() -> Table:
    """Places by kind and province: how many there are and can be used. Of shelters only how many there are in all."""
    found: dict[tuple[str, str], list[int]] = {}
    for one in reception.countable():
        where = "" if one.kind == "shelter" else one.province
        line = found.setdefault((one.kind, where), [0, 0, 0])
        for at, n in enumerate((1, one.places, one.blocked)):
            line[at] += n
    return Table(
        caption=_("Places in centres now"),
        columns=[
            Column(_("Kind"), heading=True),
            Column(_("Province")),
            *(Column(label, numeric=True) for label in (_("Centres"), _("Places"), _("Blocked"))),
        ],
        rows=[_place_row(kind, where, line) for (kind, where), line in sorted(found.items())],
        empty=_("No centre is open."),
    )


def _place_row(kind: str, where: str, line: Sequence[int]) -> list[object]:
    province = (
        registration.place_title(where) if where else _("the whole state") if kind == "shelter" else _("not known")
    )
    return [reception.kind_title(kind), province, *line]
