"""From an answer to the bits that it makes true and false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from panah.cores.screening.derived import DERIVED
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.network import Atom

MOST_VALUES: Final = 5_000


class Layout(NamedTuple):
    """How one integer holds what is given of a record: the fields answered, then the bits true, then the bits false."""

    fields: int
    width: int

    def packed(self, answered: int, true: int, false: int) -> int:
        """The integer for these three."""
        return answered | (true | false << self.width) << self.fields


class AnswerBits:
    """One fact's atoms: what an answer makes true and false of them. `field` is the fact's own bit among the fields."""

    __slots__ = ("_all", "_layout", "atoms", "field", "known")

    def __init__(self, field: int, atoms: tuple[Atom, ...], layout: Layout) -> None:
        self.field = field
        self.atoms = atoms
        self._all = sum(atom.bit for atom in atoms)
        self._layout = layout
        self.known: dict[Any, int] = {}

    def true_of(self, value: Any) -> int:
        """The atoms that an answer makes true; all others of the fact are then false."""
        return sum(atom.bit for atom in self.atoms if _TESTS[atom.operator](value, atom.value))

    def given(self, value: Any) -> int:
        """What an answer gives, packed; nothing for `unknown` and `refused`. Kept in `known`, for a reader in a hurry."""
        if len(self.known) >= MOST_VALUES:
            self.known.clear()
        found = 0
        if not (isinstance(value, str) and value in OPEN_ANSWERS):
            true = self.true_of(value)
            found = self._layout.packed(self.field, true, self._all & ~true)
        self.known[value] = found
        return found


_TESTS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "is": lambda given, value: bool(given == value),
    "includes": lambda given, value: value in given,
    "empty": lambda given, _: not given,
    "at_least": lambda given, value: bool(given >= value),
    "answered": lambda given, _: True,
    "unknown": lambda given, _: False,
}


def answer_bits(atoms: Iterable[Atom], layout: Layout) -> tuple[Mapping[str, AnswerBits], int]:
    """For each field and derived number its bits, and the bits that are true while there is no answer."""
    by_fact: dict[str, list[Atom]] = {}
    silent = 0
    for atom in atoms:
        by_fact.setdefault(atom.fact, []).append(atom)
        if atom.operator == "unknown":
            silent |= atom.bit
    encoders = {
        field.key: AnswerBits(1 << POSITION[field.key], tuple(by_fact.get(field.key, ())), layout) for field in FIELDS
    }
    for derived in DERIVED:
        if derived.kind == "number":
            encoders[derived.name] = AnswerBits(0, tuple(by_fact.get(derived.name, ())), layout)
    return encoders, silent
