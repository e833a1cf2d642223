"""A protected table of counts as pages show it, the same in a node before it leaves and on the hub afterwards.

Two axes make one table, three make one for each code of the second. A withheld number is a mark with its reason in words, and
rows in which nobody was counted are left out and named in number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from panah.cores.disclosure import Dimension, PublishedCell, PublishedTable
from panah.cores.disclosure.tables import Cell
from panah.cores.exchange.structure import label, the_structure
from panah.cores.lawbook import PackError, PackNotFound, load_pack
from panah.web.parts import Column, Table
from panah.web.reading import country_name

# Kind of reason: what stands in the cell, and why in words.
MARKS: Mapping[str, tuple[str, str | Promise]] = {
    "primary": ("0–9", _("Fewer than ten, or nobody in a group of fewer than ten.")),
    "complementary": ("∗", _("Withheld so that no smaller number can be worked out from it.")),
    "difference": ("Δ", _("Changed by fewer than ten since the release before, so the change is withheld.")),
    "earlier": ("∘", _("Withheld in an earlier release, and so still.")),
    "unexplained": ("×", _("Withheld; the reason itself would tell too much.")),
}


@dataclass(frozen=True)
class Pane:
    """One table of the page, with what is said under it."""

    title: str
    table: Table
    left_out: str


def axis_name(axis: str) -> str:
    """The axis in the reader's language."""
    dimension = the_structure().dimension(axis)
    return dimension.ru if _russian() else dimension.en


def flow_name(flow: str) -> str:
    """The dataflow in the reader's language; its id where this version does not know it."""
    try:
        return the_structure().dataflow(flow).name["ru" if _russian() else "en"]
    except KeyError:
        return flow


def code_name(axis: str, code: str, state: str) -> str:
    """The code in the reader's language. Crossings of a state are named as its pack names them."""
    language: Literal["en", "ru"] = "ru" if _russian() else "en"
    if axis == "CROSSING" and (named := _crossings(state).get(code)):
        return named.get(language) or named.get("en") or code
    if axis == "COUNTERPART_AREA" and not code.startswith("_"):
        return country_name(code, language)
    codelist = the_structure().dimension(axis).codelist
    return label(codelist, code, language) if codelist else code


def place_name(codes: Mapping[str, str], state: str) -> str:
    """A cell in words, by the codes of its axes that are not totals."""
    return ", ".join(code_name(axis, code, state) for axis, code in codes.items()) or gettext("Total")


def legend(table: PublishedTable) -> list[tuple[str, str | Promise]]:
    """The marks that the table uses, with their reasons."""
    used = {cell.kind for cell in table.cells if cell.kind}
    return [mark for kind, mark in MARKS.items() if kind in used]


def shown(cell: PublishedCell) -> SafeString | int:
    """What stands in a cell."""
    if cell.kind is None:
        return cell.count or 0
    mark, why = MARKS[cell.kind]
    return format_html(
        '<span class="soft" title="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        why,
        mark,
        gettext("fewer than ten") if cell.kind == "primary" else gettext("withheld"),
    )


def panes(table: PublishedTable, state: str) -> list[Pane]:
    """The table as panes of rows and columns."""
    cells = {cell.codes: cell for cell in table.cells}
    if len(table.dimensions) == 2:
        return [_pane(table, cells, state, {})]
    between = table.dimensions[1]
    found = [_pane(table, cells, state, {between.id: code}) for code in between.codes]
    return [pane for pane in found if pane.table.rows]


def _pane(table: PublishedTable, cells: Mapping[Cell, PublishedCell], state: str, fixed: Mapping[str, str]) -> Pane:
    down, across = _rows_and_columns([d for d in table.dimensions if d.id not in fixed])
    codes = [code for code in across.codes if code != across.total]
    if across.total is not None:
        codes.append(across.total)
    rows, empty, anybody = [], 0, False
    for row in down.codes:
        line = [_cell(table, cells, {**fixed, down.id: row, across.id: code}) for code in codes]
        nobody = all(cell.count == 0 for cell in line)
        anybody = anybody or not nobody
        if nobody and row != down.total:
            empty += 1
        else:
            rows.append((code_name(down.id, row, state), *map(shown, line)))
    title = ", ".join(f"{axis_name(axis)}: {code_name(axis, code, state)}" for axis, code in fixed.items())
    if not anybody:
        rows = []
    return Pane(
        title=title,
        table=Table(
            caption=", ".join(filter(None, (flow_name(table.name), table.period, title))),
            columns=[
                Column(axis_name(down.id), heading=True),
                *(Column(code_name(across.id, code, state), numeric=True) for code in codes),
            ],
            rows=rows,
            empty=gettext("Nobody was counted."),
        ),
        left_out=ngettext(
            "%(number)d row in which nobody was counted is not shown.",
            "%(number)d rows in which nobody was counted are not shown.",
            empty,
        )
        % {"number": empty}
        if empty
        else "",
    )


def _rows_and_columns(dimensions: Sequence[Dimension]) -> tuple[Dimension, Dimension]:
    """The longer axis goes down the page."""
    first, second = dimensions
    return (first, second) if len(first.codes) >= len(second.codes) else (second, first)


def _cell(table: PublishedTable, cells: Mapping[Cell, PublishedCell], codes: Mapping[str, str | None]) -> PublishedCell:
    return cells[tuple(str(codes[dimension.id]) for dimension in table.dimensions)]


@cache
def _crossings(state: str) -> Mapping[str, Mapping[str, str]]:
    try:
        return {place.code: place.title for place in load_pack(state.lower()).places}
    except (PackError, PackNotFound):
        return {}


def _russian() -> bool:
    return (get_language() or "en").startswith("ru")
