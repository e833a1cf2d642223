"""The trafficking scoring in bits: which indicators are present is one `and`; what they add up to is kept by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from panah.cores.lawbook import PackError
from panah.cores.screening.network import Network
from panah.cores.screening.state import State
from panah.cores.screening.trafficking import DIMENSIONS, Indicator, is_positive

MOST_ENTRIES: Final = 50_000


class Scoring:
    """Sets the bits of the six dimensions: positive, settled as not positive, or still open.

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
        self.as_child = net.named_bit("child") | net.literal({"is": {"exploitation.recruited_as_child": "yes"}}).bit
        self.inputs = self.as_child
        for bit, _ in self.present:
            self.inputs |= bit
        self.asked = {self.dimensions[name]: self._asked(name) for name in DIMENSIONS}
        self._known: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {}

    def _asked(self, name: str) -> int:
        asked = 0
        for bit, item in self.present:
            if item.dimension == name and (item.adult, item.child) != ("-", "-"):
                asked |= bit
        return asked

    def score(self, state: State) -> None:
        """Set the dimensions' bits in a record's state, with the indicators behind each positive one."""
        present = state.true & self.inputs
        known = self._known.get(present)
        if known is None:
            known = self._count(present)
            if len(self._known) >= MOST_ENTRIES:
                self._known.clear()
            self._known[present] = known
        positive, behind = known
        state.true |= positive
        if behind:
            state.behind.update(behind)
        open_ = ~(state.true | state.false)
        for dimension, asked in self.asked.items():
            if not positive & dimension and not asked & open_:
                state.false |= dimension

    def _count(self, present: int) -> tuple[int, tuple[tuple[int, int], ...]]:
        as_child = bool(present & self.as_child)
        positive = 0
        behind = []
        for name, dimension in self.dimensions.items():
            counted = [
                (bit, item.child if as_child else item.adult)
                for bit, item in self.present
                if item.dimension == name and bit & present
            ]
            if is_positive(weight for _, weight in counted):
                positive |= dimension
                inputs = 0
                for bit, weight in counted:
                    inputs |= bit if weight != "-" else 0
                behind.append((dimension, inputs))
        return positive, tuple(behind)
