"""Cell keys: the same cell is blurred the same, in whatever table, month or query it stands.

Each record has a key that never changes, made from a secret and who or what it is. The key of a cell is the sum of the
keys of its records; it decides what is added to the count. Asking again and averaging teaches nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from panah.cores.disclosure.noise import KEYS, Noise

Counts = NDArray[np.int64]


def record_key(secret: bytes, record: str) -> int:
    """The key of a record (0 to KEYS - 1): the same for the same secret and record, and nothing to guess it by."""
    if len(secret) < 16:
        raise ValueError(f"The secret of record keys has {len(secret)} bytes; it must have 16 or more.")
    return int.from_bytes(hmac.digest(secret, record.encode(), hashlib.sha256)[:8], "big") % KEYS


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts over the full product of some axes, with the sum of the record keys of each cell.

    counts, keys: one axis of the arrays for each name in `axes`. Keys are sums, not yet reduced.
    """

    axes: tuple[str, ...]
    counts: Counts
    keys: Counts

    def margins(self) -> Iterator[Cube]:
        """All 2^n margins, the cube itself first and the total last, each summed from the smallest one that holds it."""
        known: dict[tuple[str, ...], Cube] = {self.axes: self}
        yield self
        for length in range(len(self.axes) - 1, -1, -1):
            for axes in combinations(self.axes, length):
                parents = (over for over in known if len(over) == length + 1 and set(axes) < set(over))
                parent = known[min(parents, key=lambda over: known[over].counts.size)]
                gone = next(place for place, axis in enumerate(parent.axes) if axis not in axes)
                known[axes] = Cube(axes, parent.counts.sum(axis=gone), parent.keys.sum(axis=gone))
                yield known[axes]

    def published(self, noise: Noise) -> Counts:
        """The counts as they may leave."""
        return noise.publish(self.counts, self.keys % KEYS)


def cube(axes: Mapping[str, int], codes: Sequence[NDArray[np.integer]], keys: NDArray[np.integer]) -> Cube:
    """Count records. `axes` are names and numbers of codes; `codes` one array an axis, of positions; `keys` the record keys.

    Raises ValueError where the arrays are of different lengths or a position is outside its axis.
    """
    shape = tuple(axes.values())
    if len(codes) != len(shape) or any(len(column) != len(keys) for column in codes):
        raise ValueError(f"A cube over {', '.join(axes)} needs one column of codes for each, as long as the keys.")
    place = np.zeros(len(keys), dtype=np.int64)
    for name, size, column in zip(axes, shape, codes, strict=True):
        if len(column) and not (int(column.min()) >= 0 and int(column.max()) < size):
            raise ValueError(f"The axis {name} has codes outside 0 to {size - 1}.")
        place *= size
        place += column
    size = int(np.prod(shape))
    counts = np.bincount(place, minlength=size)
    # Sums of whole numbers below 2^53 are exact as floating point, which is what bincount adds up.
    sums = np.bincount(place, weights=keys, minlength=size).astype(np.int64)
    return Cube(tuple(axes), counts.reshape(shape), sums.reshape(shape))
