"""Conditions as a network of gates, in three-valued logic: each bit is true, false or, in neither case, unknown.

Every condition becomes a literal, a bit with its sign; shared parts become shared gates. The closures of
`lawbook.conditions` say the same one condition at a time; a test holds the two against each other.
See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.conditions import Fact, found

Kind = str


class Literal(NamedTuple):
    """One bit and its sign: true when the bit is true (or, if not `positive`, when it is false)."""

    bit: int
    positive: bool


class Gate(NamedTuple):
    """A bit made of others.

    `any` is true when one input is, `all` when every one is. `unless` is true while its one input is not true, known
    or not: this is how an exception works. `pos` has the inputs that count as they are, `neg` those that count negated.
    `stage` says after which findings it can be evaluated.
    """

    bit: int
    kind: Kind
    pos: int
    neg: int
    stage: int


class Atom(NamedTuple):
    """A bit that tests one fact: `operator` as in the vocabulary, `value` where the operator has one."""

    bit: int
    fact: str
    operator: str
    value: Any


class Network:
    """Built once for a rulebook: hands out literals for conditions and keeps the gates and atoms behind them."""

    def __init__(self, facts: Mapping[str, Fact], definitions: Mapping[str, Any], stage_of: Mapping[str, int]) -> None:
        self.facts = facts
        self.definitions = definitions
        self.stage_of = stage_of
        self.atoms: dict[tuple[str, str, Any], Atom] = {}
        self.gates: list[Gate] = []
        self.fact_bits: dict[str, int] = {}
        self._known: dict[tuple[Kind, int, int], int] = {}
        self._defined: dict[str, Literal] = {}
        self._gate_of: dict[int, Gate] = {}
        self._stages: dict[int, int] = {}
        self._next = 0

    @property
    def width(self) -> int:
        """How many bits have been given out."""
        return self._next

    def new_bit(self, stage: int = 0) -> int:
        """A bit that nothing has used yet, available from a stage on."""
        bit = 1 << self._next
        self._next += 1
        self._stages[bit] = stage
        return bit

    def named_bit(self, name: str) -> int:
        """The bit of a derived fact or of a finding, the same for every mention."""
        if name not in self.fact_bits:
            self.fact_bits[name] = self.new_bit(self.stage_of.get(name, 0))
        return self.fact_bits[name]

    def stage(self, bit: int) -> int:
        """From which stage on a bit is settled."""
        return self._stages[bit]

    def literal(self, body: Any) -> Literal:
        """The literal of a condition, which must have passed `compile_condition`."""
        if "except_when" in body:
            base = self.literal(body["when"])
            exception = self.literal(body["except_when"])
            return self._gate("all", [base, self._gate("unless", [exception])])
        operator, operand = next(iter(body.items()))
        return _LITERALS[operator](self, operator, operand)

    def alternatives(self, literal: Literal) -> int:
        """Bits of which any one being true makes a literal true; the literal's own where it cannot be parted."""
        gate = self._gate_of.get(literal.bit)
        if literal.positive and gate is not None and gate.kind == "any" and not gate.neg:
            return gate.pos
        if literal.positive:
            return literal.bit
        return self._own_gate("any", 0, literal.bit)

    def _group(self, operator: Kind, operand: Any) -> Literal:
        return self._gate(operator, [self.literal(part) for part in operand])

    def _negated(self, _: str, operand: Any) -> Literal:
        inner = self.literal(operand)
        return Literal(inner.bit, not inner.positive)

    def _definition(self, _: str, name: str) -> Literal:
        if name not in self._defined:
            self._defined[name] = self.literal(self.definitions[name])
        return self._defined[name]

    def _finding(self, operator: str, operand: Mapping[str, str]) -> Literal:
        kind, code = next(iter(operand.items()))
        return Literal(self.named_bit(found(kind, code)), operator == "found")

    def _derived(self, _: str, name: str) -> Literal:
        return Literal(self.named_bit(name), True)

    def _bare(self, operator: str, name: str) -> Literal:
        return Literal(self._atom(name, operator, None), True)

    def _valued(self, operator: str, operand: Mapping[str, Any]) -> Literal:
        name, value = next(iter(operand.items()))
        if operator == "includes_any":
            return self._gate("any", [Literal(self._atom(name, "includes", item), True) for item in value])
        if operator in ("at_least", "below"):
            return Literal(self._atom(name, "at_least", float(value)), operator == "at_least")
        return Literal(self._atom(name, operator.removesuffix("_not"), value), operator != "is_not")

    def _atom(self, fact: str, operator: str, value: Any) -> int:
        key = (fact, operator, value)
        if key not in self.atoms:
            self.atoms[key] = Atom(self.new_bit(), fact, operator, value)
        return self.atoms[key].bit

    def _gate(self, kind: Kind, inputs: Iterable[Literal]) -> Literal:
        pos, neg = 0, 0
        for literal in inputs:
            for bit, positive in self._flat(kind, literal):
                if positive:
                    pos |= bit
                else:
                    neg |= bit
        single = pos | neg
        if kind != "unless" and single & (single - 1) == 0 and not pos & neg:
            return Literal(single, bool(pos))
        return Literal(self._own_gate(kind, pos, neg), True)

    def _own_gate(self, kind: Kind, pos: int, neg: int) -> int:
        key = (kind, pos, neg)
        if key not in self._known:
            stage = max(self._stages[bit] for bit in bits_of(pos | neg))
            bit = self.new_bit(stage)
            self._known[key] = bit
            self._gate_of[bit] = Gate(bit, kind, pos, neg, stage)
            self.gates.append(self._gate_of[bit])
        return self._known[key]

    def _flat(self, kind: Kind, literal: Literal) -> Iterable[Literal]:
        """The inputs of a gate of the same kind in place of that gate: `any` of `any` is one `any`."""
        if kind == "unless" or not literal.positive:
            return (literal,)
        inner = self._gate_of.get(literal.bit)
        if inner is None or inner.kind != kind:
            return (literal,)
        positive = [Literal(bit, True) for bit in bits_of(inner.pos)]
        return (*positive, *(Literal(bit, False) for bit in bits_of(inner.neg)))


_LITERALS: Final[Mapping[str, Callable[[Network, Any, Any], Literal]]] = {
    "all": Network._group,
    "any": Network._group,
    "not": Network._negated,
    "defined": Network._definition,
    "found": Network._finding,
    "none_found": Network._finding,
    "holds": Network._derived,
    "answered": Network._bare,
    "unknown": Network._bare,
    "empty": Network._bare,
    **dict.fromkeys(("is", "is_not", "includes", "includes_any", "at_least", "below"), Network._valued),
}


def bits_of(number: int) -> list[int]:
    """The single bits of an integer, lowest first."""
    found_bits = []
    while number:
        lowest = number & -number
        found_bits.append(lowest)
        number ^= lowest
    return found_bits


def used(gates: Iterable[Gate], needed: int) -> list[Gate]:
    """The gates that the needed bits rest on, in order; the others were flattened away."""
    kept = []
    for gate in reversed(list(gates)):
        if gate.bit & needed:
            needed |= gate.pos | gate.neg
            kept.append(gate)
    return kept[::-1]
