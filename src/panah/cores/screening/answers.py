"""From an answer to the bits that it makes true and false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from panah.cores.screening.derived import DERIVED
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.network import Atom

MOST_VALUES: Final = 5_000

Bits = tuple[int, int, int]
"""The field's own bit among the fields if there is an answer, the atoms that it makes true, those that it makes false."""


class AnswerBits:
    """One fact's atoms: what an answer makes true and false of them. `field` is the fact's own bit among the fields."""

    __slots__ = ("_all", "atoms", "field", "known")

    def __init__(self, field: int, atoms: tuple[Atom, ...]) -> None:
        self.field = field
        self.atoms = atoms
        self._all = sum(atom.bit for atom in atoms)
        self.known: dict[Any, Bits] = {}

    def bits(self, value: Any) -> Bits:
        """The bits of an answer; everything is settled once there is one, and nothing by `unknown` or `refused`.

        Kept in `known`, where a reader in a hurry may look first.
        """
        if len(self.known) >= MOST_VALUES:
            self.known.clear()
        if isinstance(value, str) and value in OPEN_ANSWERS:
            found = (0, 0, 0)
        else:
            true = sum(atom.bit for atom in self.atoms if _TESTS[atom.operator](value, atom.value))
            found = (self.field, true, self._all & ~true)
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


def answer_bits(atoms: Iterable[Atom]) -> tuple[Mapping[str, AnswerBits], int]:
    """For each field and derived number its bits, and the bits that are true while there is no answer."""
    by_fact: dict[str, list[Atom]] = {}
    silent = 0
    for atom in atoms:
        by_fact.setdefault(atom.fact, []).append(atom)
        if atom.operator == "unknown":
            silent |= atom.bit
    encoders = {field.key: AnswerBits(1 << POSITION[field.key], tuple(by_fact.get(field.key, ()))) for field in FIELDS}
    for derived in DERIVED:
        if derived.kind == "number":
            encoders[derived.name] = AnswerBits(0, tuple(by_fact.get(derived.name, ())))
    return encoders, silent
