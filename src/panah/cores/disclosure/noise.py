"""How much a count is blurred: the chances of every published number for every true count, fixed once and for all.

Fraser and Wooton 2005 (the cell-key method of the Australian Bureau of Statistics); the shape of the chances by maximum
entropy after Giessing 2016. No published number lies from 1 to threshold - 1, zero stays zero, and on average nothing is
added or taken away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

KEYS = 4096
"""How many cell keys there are: the chances are multiples of one part in so many."""


@dataclass(frozen=True)
class Noise:
    """The rule by which counts are blurred.

    threshold: no number from 1 to threshold - 1 is published: such counts become 0 or the threshold and more.
    deviation: standard deviation of what is added to counts far above the threshold, in persons.
    most: what is added or taken away from such counts at most. Counts of fewer than threshold + most may also become 0.
    Raises ValueError for values that hide nothing.
    """

    threshold: int = 10
    deviation: float = 2.0
    most: int = 5

    def __post_init__(self) -> None:
        if self.threshold < 3 or not 1 <= self.most < self.threshold or not 0.5 <= self.deviation <= self.most:
            raise ValueError(
                f"The noise has threshold {self.threshold}, deviation {self.deviation} and most {self.most}; the threshold must be "
                "3 or more, most from 1 to threshold - 1, and the deviation from 0.5 to most."
            )

    @property
    def rows(self) -> int:
        """Counts of so many and more are all blurred alike."""
        return self.threshold + self.most

    def support(self, count: int) -> tuple[int, ...]:
        """The numbers that may be published for a true count, rising."""
        if count == 0:
            return (0,)
        top = max(self.threshold, count + self.most)
        numbers = tuple(range(max(self.threshold, count - self.most), top + 1))
        return (0, *numbers) if count < self.rows else numbers

    def chances(self, count: int) -> NDArray[np.float64]:
        """The chance of each number of the support; their mean is the count."""
        added = np.array(self.support(count), dtype=np.float64) - count
        if len(added) == 1:
            return np.ones(1)
        plain = -(added**2) / (2 * self.deviation**2)
        low, high = -50.0, 50.0
        # The tilt that brings the mean to nought: it only grows with the tilt, so halving finds it.
        for _ in range(200):
            tilt = (low + high) / 2
            weights = _softmax(plain + tilt * added)
            low, high = (tilt, high) if float(weights @ added) < 0 else (low, tilt)
        return _softmax(plain + (low + high) / 2 * added)

    @cached_property
    def added(self) -> NDArray[np.int16]:
        """What is added for a count (row; the last row for all larger ones) and a cell key (column)."""
        table = np.zeros((self.rows + 1, KEYS), dtype=np.int16)
        for count in range(self.rows + 1):
            # Of all larger counts the row says the same, so one is taken that no zero is near.
            base = count if count < self.rows else self.rows + self.most
            table[count] = np.repeat(np.array(self.support(base)) - base, _parts(self.chances(base)))
        return table

    @cached_property
    def digest(self) -> str:
        """`sha-256:` and the digest of the table, so that a proof can say which noise it means."""
        return "sha-256:" + hashlib.sha256(self.added.tobytes()).hexdigest()

    def publish(self, counts: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers to publish for counts with their cell keys (0 to KEYS - 1)."""
        return counts + self.added[np.minimum(counts, self.rows), keys]

    def could_be(self, published: int) -> tuple[int, int]:
        """The least and the greatest true count for which a number could be published. Raises ValueError for one that
        never is.
        """
        reach = range(max(0, published - self.threshold - self.most), published + self.rows + 1)
        found = [count for count in reach if published in self.support(count)]
        if not found:
            raise ValueError(f"{published} is never published; allowed are 0 and numbers from {self.threshold} on.")
        return found[0], found[-1]


def _softmax(logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.exp(logarithms - logarithms.max())
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _parts(chances: NDArray[np.float64]) -> NDArray[np.int64]:
    """Chances as whole numbers of keys that add up to all keys: the largest remainders get what rounding left."""
    exact = chances * KEYS
    parts = np.floor(exact).astype(np.int64)
    for place in np.argsort(parts - exact, kind="stable")[: KEYS - int(parts.sum())]:
        parts[place] += 1
    return parts
