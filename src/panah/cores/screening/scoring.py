"""The trafficking scoring for a batch of records: indicators are columns; what they add up to is kept by their pattern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from panah.cores.lawbook import PackError
from panah.cores.screening.columns import turned
from panah.cores.screening.network import Network, bits_of
from panah.cores.screening.trafficking import DIMENSIONS, Indicator, is_positive

MOST_ENTRIES: Final = 50_000


class Scoring:
    """Sets the columns of the six dimensions: positive, settled as not positive, or still open.

    The same as `trafficking.score`, which says it one indicator at a time; a test holds the two against each other.
    """

    def __init__(self, net: Network, indicators: Iterable[Indicator]) -> None:
        self.present: list[tuple[int, Indicator]] = []
        for item in indicators:
            if item.when is None:
                continue
            literal = net.literal(item.when.body)
            if not literal.positive:
                raise PackError(f"The indicator '{item.id}' rests on a negation; put it as a definition.")
            self.present.append((literal.bit, item))
        self.dimensions = {name: net.named_bit(f"trafficking.{name}") for name in DIMENSIONS}
        self.places = tuple([bit.bit_length() - 1 for bit in self.dimensions.values()])
        self.as_child = net.named_bit("child") | net.literal({"is": {"exploitation.recruited_as_child": "yes"}}).bit
        self.inputs = self.as_child
        for bit, _ in self.present:
            self.inputs |= bit
        self.asked = tuple(
            (bit.bit_length() - 1, tuple([each.bit_length() - 1 for each in bits_of(self._asked(name))]))
            for name, bit in self.dimensions.items()
        )
        self._columns = tuple([bit.bit_length() - 1 for bit in bits_of(self.inputs)])
        self._known: dict[int, tuple[tuple[int, tuple[int, ...]], ...]] = {}

    def _asked(self, name: str) -> int:
        asked = 0
        for bit, item in self.present:
            if item.dimension == name and (item.adult, item.child) != ("-", "-"):
                asked |= bit
        return asked

    def score(self, true: list[int], false: list[int], whole: int) -> dict[int, dict[int, int]]:
        """Set the dimensions' columns. Gives for each positive dimension the indicators that count, each in which records."""
        patterns = turned([true[at] for at in self._columns], whole.bit_length())
        records: dict[int, int] = {}
        for record, pattern in enumerate(patterns):
            if pattern:
                records[pattern] = records.get(pattern, 0) | 1 << record
        counted: dict[int, dict[int, int]] = {at: {} for at in self.places}
        for pattern, column in records.items():
            for dimension, indicators in self._of_pattern(pattern):
                true[dimension] |= column
                behind = counted[dimension]
                for at in indicators:
                    behind[at] = behind.get(at, 0) | column
        for at, asked in self.asked:
            settled = whole & ~true[at]
            for each in asked:
                settled &= true[each] | false[each]
            false[at] = settled
        return counted

    def _of_pattern(self, pattern: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        known = self._known.get(pattern)
        if known is None:
            if len(self._known) >= MOST_ENTRIES:
                self._known.clear()
            present = sum(1 << self._columns[bit.bit_length() - 1] for bit in bits_of(pattern))
            known = self._known[pattern] = self._count(present)
        return known

    def _count(self, present: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The positive dimensions, each with the indicators that count in it, by the places of their columns."""
        as_child = bool(present & self.as_child)
        positive = []
        for name, dimension in self.dimensions.items():
            counted = [
                (bit, item.child if as_child else item.adult)
                for bit, item in self.present
                if item.dimension == name and bit & present
            ]
            if is_positive(weight for _, weight in counted):
                behind = sorted({bit.bit_length() - 1 for bit, weight in counted if weight != "-"})
                positive.append((dimension.bit_length() - 1, tuple(behind)))
        return tuple(positive)
