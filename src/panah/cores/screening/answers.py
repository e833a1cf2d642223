"""From an answer to the bits that it makes true and false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from panah.cores.screening.derived import DERIVED
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.network import Atom

MOST_VALUES: Final = 5_000


class Layout(NamedTuple):
    """How one integer holds what is given of a record: the fields answered, the bits true, the bits false, and then for
    what is derived the fields it was made from.
    """

    fields: int
    width: int
    behind: int

    @property
    def whole(self) -> int:
        """How many bits the integer has at most."""
        return self.fields + 2 * self.width + self.behind

    @property
    def first_behind(self) -> int:
        """Where the fields behind what is derived begin."""
        return self.fields + 2 * self.width

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

    @property
    def looks_inside(self) -> bool:
        """Whether it matters what the answer is, and not only that there is one and whether it is empty."""
        return any(atom.operator not in ("answered", "unknown", "empty") for atom in self.atoms)

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


class Alike:
    """Stands in for `AnswerBits.known` where all answers are alike, so that no long answer is compared with others."""

    __slots__ = ("_empty", "_filled")

    def __init__(self, encoder: AnswerBits) -> None:
        self._empty, self._filled = encoder.given(()), encoder.given(("",))

    def get(self, value: Any) -> int:
        """What an answer gives, packed."""
        if value.__class__ is str and value in OPEN_ANSWERS:
            return 0
        return self._filled if value else self._empty


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
