"""Complaints by kind and quarter: a table of this node alone, protected like those that leave.

Only quarters that are over are counted, so that between two looks nobody sees one complaint come. It is for those who read no complaints by
their office: to the ombudsman an exact number would tell, beside their own list, of complaints that are kept from them (docs/decisions/0086).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from panah.cores import disclosure
from panah.cores.disclosure import Dimension, PublishedTable, tabulate
from panah.node.complaints import service as complaints
from panah.node.statistics.flows import TOTAL
from panah.node.statistics.release import RULES
from panah.web import counts
from panah.web.parts import Column, Table

QUARTERS = 4


def quarters(today: date) -> dict[str, tuple[date, date]]:
    """The last quarters that are over, oldest first, each with its first and last day."""
    found, after = [], date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    for _n in range(QUARTERS):
        last = after - timedelta(days=1)
        after = date(last.year, last.month - 2, 1)
        found.append((f"{last.year}-Q{last.month // 3}", (after, last)))
    return dict(reversed(found))


def received(today: date) -> PublishedTable:
    """How many came, protected. Raises CannotProtect."""
    spans = quarters(today)
    axes = (Dimension("KIND", (TOTAL, *complaints.KINDS)), Dimension("QUARTER", (TOTAL, *spans)))
    records = [
        {"KIND": one.kind, "QUARTER": code}
        for code, (first, last) in spans.items()
        for one in complaints.countable(first, last)
    ]
    table = tabulate("COMPLAINTS", "complaints", today.isoformat(), axes, records)
    return disclosure.protect((table,), RULES).published[0]


def shown(table: PublishedTable) -> Table:
    """A row for each kind, a column for each quarter."""
    by_codes = {cell.codes: cell for cell in table.cells}
    spans = list(dict.fromkeys(codes[1] for codes in by_codes if codes[1] != TOTAL))
    return Table(
        caption=_("Complaints received"),
        columns=[
            Column(_("Kind"), heading=True),
            *(Column(code, numeric=True) for code in spans),
            Column(_("Total"), numeric=True),
        ],
        rows=[
            [_("Total") if kind == TOTAL else complaints.kind_title(kind)]
            + [counts.shown(by_codes[kind, code]) for code in (*spans, TOTAL)]
            for kind in (TOTAL, *complaints.KINDS)
        ],
        empty="",
    )
