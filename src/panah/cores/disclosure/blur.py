"""A table blurred by cell keys, with the proof of what a reader can still find out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from panah.cores.disclosure.attack import attack
from panah.cores.disclosure.noise import KEYS, Noise
from panah.cores.disclosure.proof import Bounds
from panah.cores.disclosure.relations import key_of, relate
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.suppression import CannotProtect
from panah.cores.disclosure.tables import Cell, Dimension, Table, place

METHOD = (
    "Cell keys: each count is changed by a fixed table of chances and the keys of its records; every cell bounded from all "
    "that is published by linear and integer programming."
)


class BlurProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table was blurred, and how much can still be found out. Holds nothing that is not published.

    chances: digest of the table of chances. bounds: for each cell the least and greatest true count that agrees with
    everything published, its margins too. narrowest: the width of the narrowest range of a cell that may be below the
    threshold; None when there is none. The numbers do not add up exactly, and are not meant to.
    """

    method: str
    threshold: int
    deviation: float
    most: int
    chances: str
    bounds: tuple[Bounds, ...]
    narrowest: int | None


class Blurred(msgspec.Struct, frozen=True):
    """A table that may leave, as numbers by cell, and its proof."""

    name: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Cell, int]
    proof: BlurProof


def blur(table: Table, keys: Mapping[Cell, int], noise: Noise, protection: int = 5) -> Blurred:
    """The table with its counts blurred. `keys` are the sums of the record keys of each cell, margins included.

    Raises ValueError where a cell has no key, and CannotProtect where a reader of all numbers could bound a count that
    may be small to a range narrower than `protection`: then withhold instead.
    """
    Rules(noise.threshold, protection)
    lacking = [cell for cell in table.counts if cell not in keys]
    if lacking:
        raise ValueError(
            f"The cell {place(table.dimensions, lacking[0])} has no key ({len(lacking)} in all); each cell needs one."
        )
    cells = list(table.counts)
    numbers = noise.publish(
        np.array([table.counts[cell] for cell in cells]), np.array([keys[cell] % KEYS for cell in cells])
    )
    shown = {cell: int(number) for cell, number in zip(cells, numbers.tolist(), strict=True)}
    bounds = _bounds(table, shown, noise)
    small = [one for one in bounds if one.lower < noise.threshold and one.upper != 0]
    widths = [(one.upper or 0) - one.lower for one in small]
    if widths and min(widths) < protection:
        worst = small[widths.index(min(widths))]
        raise CannotProtect(
            f"Blurred, {place(table.dimensions, worst.codes)} could still be placed between {worst.lower} and {worst.upper} by adding "
            f"up what is published around it. Withhold instead (method: suppression), or merge codes."
        )
    proof = BlurProof(
        METHOD, noise.threshold, noise.deviation, noise.most, noise.digest, bounds, min(widths) if widths else None
    )
    return Blurred(table.name, table.dimensions, shown, proof)


def _bounds(table: Table, shown: Mapping[Cell, int], noise: Noise) -> tuple[Bounds, ...]:
    relations = relate([table])
    position = {cell: relations.index[key_of(table, cell)] for cell in shown}
    impossible = {position[cell]: 0 for cell in table.structural}
    limits = {
        position[cell]: (float(low), float(high))
        for cell, number in shown.items()
        if position[cell] not in impossible
        for low, high in [noise.could_be(number)]
    }
    found = attack(relations, impossible, limits).by_position()
    return tuple(
        Bounds(table.name, cell, int(found[position[cell]][0]), int(found[position[cell]][1]))
        for cell in shown
        if position[cell] in found
    )
