"""A table blurred by cell keys, with the proof of what a reader can still find out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, lgamma, log

import msgspec
import numpy as np

from panah.cores.disclosure.attack import attack
from panah.cores.disclosure.noise import KEYS, Noise
from panah.cores.disclosure.problems import Problem
from panah.cores.disclosure.proof import Bounds
from panah.cores.disclosure.relations import key_of, relate
from panah.cores.disclosure.rules import Rules
from panah.cores.disclosure.suppression import CannotProtect
from panah.cores.disclosure.tables import Cell, Dimension, Table, families, place

BY_CHANCE = 1e-6
"""Keys of 0 are taken for keys that are missing where chance would leave so many less often than this."""

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

    Raises ValueError where a cell has no key or one that cannot be the sum of its records', and CannotProtect where a reader
    of all numbers could bound a count that may be small to a range narrower than `protection`: then withhold instead.
    """
    Rules(noise.threshold, protection)
    lacking = [cell for cell in table.counts if cell not in keys]
    if lacking:
        raise ValueError(
            f"The cell {place(table.dimensions, lacking[0])} has no key ({len(lacking)} in all); each cell needs one."
        )
    if wrong := problems_of_keys(table, keys):
        raise ValueError(f"The keys cannot be used ({len(wrong)} problems in all). {wrong[0]}.")
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


def problems_of_keys(table: Table, keys: Mapping[Cell, int]) -> tuple[Problem, ...]:
    """What is wrong with the keys of the cells of a table, all of which have one. A cell whose key is missing is blurred the same
    in every table, so that whoever knows it takes the noise off; hence nothing is blurred where a key is in doubt.

    A cell of nobody has 0, a margin the sum of its parts (whole turns of 4,096 left aside), and one of several records is not 0: all
    of them would have to have 0, which happens to two records once in 16 million times. One record has it once in 4,096 times, so
    as many such cells as chance may leave are let through; `zero_of_one` names them.
    """
    return tuple(_problems_of_keys(table, keys))


def zero_of_one(table: Table, keys: Mapping[Cell, int]) -> tuple[Cell, ...]:
    """The cells of one record whose key is 0, those of which they are a part left out."""
    return tuple(cell for cell in _inner(table) if table.counts[cell] == 1 and not keys[cell])


def _inner(table: Table) -> list[Cell]:
    wholes = {whole for whole, _, dimension in families(table.dimensions) if dimension.additive}
    return [cell for cell in table.counts if cell not in wholes]


def _problems_of_keys(table: Table, keys: Mapping[Cell, int]) -> Iterator[Problem]:
    def wrong(cell: Cell, found: str, allowed: str) -> Problem:
        return Problem("KEY", place(table.dimensions, cell), found, allowed)

    several = f"the sum of the keys of its records, not reduced ({KEYS} where that would leave 0)"
    ones = zero_of_one(table, keys)
    missing = set(ones) if not _may_be_chance(len(ones), sum(table.counts[cell] == 1 for cell in _inner(table))) else ()
    for cell, count in table.counts.items():
        if count == 0 and keys[cell]:
            yield wrong(cell, f"key {keys[cell]} for a cell that counts nobody", "0, which is the sum of no keys")
        elif not keys[cell] and (count > 1 or cell in missing):
            yield wrong(cell, f"key 0 for a cell that counts {count}", several)
    for whole, parts, dimension in families(table.dimensions):
        together = sum(keys[part] for part in parts)
        if dimension.additive and (keys[whole] - together) % KEYS:
            yield wrong(
                whole, f"key {keys[whole]}, its parts together {together}", f"the same, or {KEYS} times something apart"
            )


def _may_be_chance(zeros: int, ones: int) -> bool:
    """Whether so many of `ones` record keys may be 0 by chance, each once in KEYS times (Poisson)."""
    if not zeros:
        return True
    mean = ones / KEYS
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(zeros, zeros + 50)) >= BY_CHANCE


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
