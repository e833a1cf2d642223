"""Small tables of invented counts, and an attacker that tries every table of whole numbers one by one."""

from __future__ import annotations

from itertools import product

import numpy as np

from panah.cores.disclosure import Dimension, PublishedTable, Rules, Table
from panah.cores.disclosure.tables import Cell, all_cells

SEX = Dimension("SEX", ("_T", "F", "M"))
AGE = Dimension("AGE", ("_T", "Y0T17", "Y_GE18"))
GROUP = Dimension("GROUP", ("_T", "a", "b", "c", "d"))
PROFILE = Dimension("PROFILE", ("_T", "p", "q"), additive=False, exhaustive=True)

PERIOD = "2026-11"


def table_of(dimensions: tuple[Dimension, ...], inner: dict[Cell, int], name: str = "arrivals") -> Table:
    """A table from its inner cells, every margin added up; all dimensions additive, with one level."""
    counts = dict.fromkeys(all_cells(dimensions), 0)
    for cell, count in inner.items():
        for above in product(*((code, "_T") for code in cell)):
            counts[above] += count
    return Table(name, "arrivals", PERIOD, dimensions, counts)


def square(numbers: list[int]) -> Table:
    """Sex by age: girls, women, boys, men."""
    cells = product(SEX.codes[1:], AGE.codes[1:])
    return table_of((SEX, AGE), dict(zip(cells, numbers, strict=True)))


def row(*numbers: int, name: str = "arrivals") -> Table:
    """One dimension of up to four groups."""
    dimension = Dimension("GROUP", GROUP.codes[: len(numbers) + 1])
    return table_of((dimension,), {(code,): n for code, n in zip(dimension.codes[1:], numbers, strict=True)}, name)


def people(counts: dict[Cell, int]) -> Table:
    """Profile by sex, where a person may have both profiles. Margins over sex are added up, those over profile given."""
    full = {(profile, sex): counts[profile, sex] for profile in PROFILE.codes for sex in ("F", "M")}
    for profile in PROFILE.codes:
        full[profile, "_T"] = full[profile, "F"] + full[profile, "M"]
    return Table("profiles", "arrivals", PERIOD, (PROFILE, SEX), full)


def every_range(published: PublishedTable, rules: Rules, most: int) -> dict[Cell, tuple[int, int]]:
    """The range of each withheld cell of a two-dimensional table, by trying every table of counts up to `most`.

    Written apart from the code under test: the free numbers are laid out on a grid, the others follow from them.
    """
    first, second = published.dimensions
    rows = first.codes if not first.additive else first.codes[1:]
    free = list(product(rows, second.codes[1:]))
    grid = np.indices((most + 1,) * len(free), dtype=np.int16)
    cells = dict(zip(free, grid, strict=True))
    for code in rows:
        cells[code, "_T"] = sum(cells[code, other] for other in second.codes[1:])
    if first.additive:
        for other in second.codes:
            cells["_T", other] = sum(cells[code, other] for code in rows)
    possible = np.ones(grid.shape[1:], dtype=bool)
    if not first.additive:
        for other in second.codes:
            together = np.zeros(grid.shape[1:], dtype=np.int16)
            for code in first.codes[1:]:
                possible &= cells[code, other] <= cells["_T", other]
                together += cells[code, other]
            possible &= cells["_T", other] <= together
    small = {cell.codes for cell in published.cells if cell.kind == "primary"}
    for cell in published.cells:
        values = cells[cell.codes]
        if cell.count is not None:
            possible &= values == cell.count
        elif cell.kind == "primary":
            above = {c for c in product(*((code, "_T") for code in cell.codes)) if c != cell.codes}
            may_be_zero = rules.zeros == "withheld" or not above.isdisjoint(small)
            possible &= (values < rules.threshold) & (values >= (0 if may_be_zero else 1))
        elif cell.kind == "complementary":
            possible &= values >= rules.threshold
    return {
        cell.codes: (int(cells[cell.codes][possible].min()), int(cells[cell.codes][possible].max()))
        for cell in published.cells
        if cell.count is None
    }
