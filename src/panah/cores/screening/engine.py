"""The screening engine: answers of a batch of records and a compiled rulebook in, everything found out.

Findings are reached stage by stage: a rule is looked at once all rules that could give the findings it reads have
been, so the order in which rules are written cannot matter. See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.conditions import Condition, found
from panah.cores.screening.answers import Layout, answer_bits
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.derived import DERIVED, Case, DerivedFact, age_on, deciding_fields
from panah.cores.screening.fields import FIELDS, POSITION
from panah.cores.screening.network import Literal, Network, bits_of, used
from panah.cores.screening.profile import Because, Line
from panah.cores.screening.record import BirthDate, Document
from panah.cores.screening.rulebook import FACTS, Pathway, Rule, Rulebook
from panah.cores.screening.scoring import Scoring
from panah.cores.screening.sheet import Plan, Sheet, Stage, place, placed_gate, placed_rule, placed_skips, places
from panah.cores.screening.stages import stages_of
from panah.cores.screening.state import CompiledRule, State

MOST_ENTRIES: Final = 50_000
"""A cache is emptied when it has so many entries, so that memory stays bounded on any input."""


class DerivedGroup(NamedTuple):
    """Derived facts that read the same fields, with what was found for the values met so far."""

    facts: tuple[DerivedFact, ...]
    fields: tuple[str, ...]
    field_bits: int
    by_day: bool
    cache: dict[Any, tuple[int, dict[int, int]]]


class CompiledPathway(NamedTuple):
    """Consent and hurry of one referral in bits."""

    consent: int
    consent_key: str
    free: Literal | None
    sooner: tuple[tuple[Literal, int], ...]

    def literals(self) -> list[Literal]:
        return [literal for literal, _ in self.sooner] + ([self.free] if self.free else [])

    def hours(self, state: State) -> int | None:
        """The fewest hours asked for, None where none are."""
        fewest = None
        for literal, hours in self.sooner:
            if _holds(literal, state) and (fewest is None or hours < fewest):
                fewest = hours
        return fewest

    def is_free(self, state: State) -> bool:
        """Whether no consent is needed."""
        return not self.consent or (self.free is not None and _holds(self.free, state))


class Engine:
    """A rulebook compiled into a network. Holds nothing that changes a result."""

    def __init__(self, book: Rulebook, skips: Iterable[tuple[str, Condition]] = ()) -> None:
        self.book = book
        net = self.net = Network(FACTS, book.definitions, stages_of(book.rules))
        self.finding_bits = {
            kind: tuple(net.named_bit(found(kind, code)) for code in codes) for kind, codes in FINDINGS.items()
        }
        self.kind_bits = {kind: sum(bits) for kind, bits in self.finding_bits.items()}
        self.code_of = {
            bit: code
            for kind, codes in FINDINGS.items()
            for bit, code in zip(self.finding_bits[kind], codes, strict=True)
        }
        self.urgencies = self.finding_bits["urgency"]
        self.any_bit = {
            bit: net.named_bit(found(kind, "any")) for kind, bits in self.finding_bits.items() for bit in bits
        }
        self.members = {net.named_bit(found(kind, "any")): bits for kind, bits in self.finding_bits.items()}
        self.scoring = Scoring(net, book.indicators)
        rules = [self._compiled(number, rule) for number, rule in enumerate(book.rules)]
        skips_ = [(1 << POSITION[key], net.literal(condition.body)) for key, condition in skips]
        self.pathways = {net.named_bit(found("referral", to)): self._pathway(way) for to, way in book.pathways.items()}
        self.gate_of = {gate.bit: gate for gate in net.gates}
        self.layout = Layout(len(FIELDS), net.width)
        self.encoders, self.unknown_bits = answer_bits(net.atoms.values(), self.layout)
        self._known = {key: encoder.known for key, encoder in self.encoders.items()}
        self.derived = _derived_groups()
        self.field_of, self.derived_of = self._fields_of_bits()
        self.rules_of = _rules_of(rules)
        self.when_of = [rule.when for rule in rules]
        self.plan = self._plan(rules, skips_)
        self._plain = self._plain_findings()
        self._reasons: dict[tuple[int, int], Because] = {}
        self._supports: dict[int, int] = {}
        self._lines: dict[tuple[int, int, int], Line] = {}

    def _compiled(self, number: int, rule: Rule) -> CompiledRule:
        body = rule.condition.body
        pos, neg = 0, 0
        if "except_when" in body:
            exception = self.net.literal(body["except_when"])
            pos, neg = (exception.bit, 0) if exception.positive else (0, exception.bit)
            body = body["when"]
        when = self.net.alternatives(self.net.literal(body))
        findings = tuple(self.net.named_bit(found(rule.kind, code)) for code in rule.gives)
        return CompiledRule(number, when, pos, neg, findings)

    def _pathway(self, way: Pathway) -> CompiledPathway:
        net = self.net
        return CompiledPathway(
            1 << POSITION[way.consent] if way.consent else 0,
            way.consent,
            net.literal(way.not_required_when.body) if way.not_required_when else None,
            tuple((net.literal(entry.condition.body), entry.hours) for entry in way.sooner),
        )

    def _plan(self, rules: list[CompiledRule], skips: list[tuple[int, Literal]]) -> Plan:
        """The rules in stages, with only the gates that something rests on."""
        net = self.net
        needed = self.scoring.inputs
        for rule in rules:
            needed |= rule.when | rule.exceptions | rule.exceptions_negated
        for literal in (literal for way in self.pathways.values() for literal in way.literals()):
            needed |= literal.bit
        for _, literal in skips:
            needed |= literal.bit
        gates = used(net.gates, needed)
        staged: dict[int, list[CompiledRule]] = {}
        for rule in rules:
            at = max(net.stage(bit) for bit in bits_of(rule.when | rule.exceptions | rule.exceptions_negated))
            staged.setdefault(at, []).append(rule)
        placed = {rule.number: placed_rule(rule, self.any_bit) for rule in rules}
        stages = tuple(
            Stage(
                gates=tuple(placed_gate(gate) for gate in gates if gate.stage == at),
                rules=tuple(placed[rule.number] for rule in staged.get(at, ())),
                settles=tuple(place(bit) for bit in (*self.any_bit, *self.members) if net.stage(bit) == at + 1),
            )
            for at in range(1 + max(net.stage(bit) for bit in self.any_bit.values()))
        )
        return Plan(
            layout=self.layout,
            stages=stages,
            scoring=self.scoring,
            silent=places(self.unknown_bits),
            fields_of={place(bit): places(fields) for bit, fields in {**self.field_of, **self.derived_of}.items()},
            settled_only=frozenset(place(bit) for bit in self.derived_of),
            urgencies=tuple(place(bit) for bit in self.urgencies),
            findings={
                place(finding): tuple(placed[bit.bit_length() - 1] for bit in bits_of(given))
                for finding, given in self.rules_of.items()
            },
            skips=placed_skips(skips),
        )

    def _plain_findings(self) -> dict[int, int]:
        """The findings whose rules rest on answers alone, each with the bits of these answers."""
        plain = {}
        for finding, rules in self.rules_of.items():
            bits = 0
            for rule in bits_of(rules):
                bits |= self.when_of[rule.bit_length() - 1]
            if all(bit in self.field_of for bit in bits_of(bits)):
                plain[finding] = bits
        return plain

    def _fields_of_bits(self) -> tuple[dict[int, int], dict[int, int]]:
        """For each bit of an answer its field, and for each bit of a derived fact the fields that it is made of."""
        derived = {fact.name: _field_bits(fact.fields) for fact in DERIVED}
        atoms = self.net.atoms.values()
        of_answers = {atom.bit: 1 << POSITION[atom.fact] for atom in atoms if atom.fact in POSITION}
        of_derived = {atom.bit: derived[atom.fact] for atom in atoms if atom.fact in derived}
        of_derived |= {bit: derived[name] for name, bit in self.net.fact_bits.items() if name in derived}
        return of_answers, of_derived

    def find(self, cases: Sequence[tuple[Mapping[str, Any], date | None]]) -> list[State]:
        """Every finding for the answers of each case on its day. Without a day an age from a birth date stays unknown."""
        if not cases:
            return []
        given = [self._given(answers, on) for answers, on in cases]
        rows = Sheet(self.plan, [bits for bits, _ in given], len(self.when_of)).rows()
        return [
            State(answered, true, false, fired, missing, skipped, supports)
            for (answered, true, false, fired, missing, skipped), (_, supports) in zip(rows, given, strict=True)
        ]

    def _given(self, answers: Mapping[str, Any], on: date | None) -> tuple[int, dict[int, int]]:
        """A record's answers and what is derived from them, packed, with the fields behind what is derived."""
        given = 0
        known = self._known
        for key, value in answers.items():
            bits = known[key].get(value)
            given |= self.encoders[key].given(value) if bits is None else bits
        looks = _looks(answers.get("documents"))
        behind: dict[int, int] = {}
        for group in self.derived:
            if not group.field_bits & given:
                continue
            key = _key_of(group, answers, on, looks)
            made = group.cache.get(key)
            if made is None:
                made = self._make(group, answers, on)
                if len(group.cache) >= MOST_ENTRIES:
                    group.cache.clear()
                group.cache[key] = made
            given |= made[0]
            behind.update(made[1])
        return given, behind

    def _make(self, group: DerivedGroup, answers: Mapping[str, Any], on: date | None) -> tuple[int, dict[int, int]]:
        """The bits that these facts make true and false, packed, and the fields behind each."""
        case = Case(answers, self.book.country, on)
        true, false = 0, 0
        supports: dict[int, int] = {}
        for fact in group.facts:
            value = fact.make(case)
            if value is None:
                continue
            bits = self.net.fact_bits.get(fact.name, 0)
            holds = bits if value else 0
            if fact.kind == "number":
                bits = sum(atom.bit for atom in self.encoders[fact.name].atoms)
                holds = self.encoders[fact.name].true_of(value)
            true |= holds
            false |= bits & ~holds
            supports |= dict.fromkeys(bits_of(bits), _field_bits(deciding_fields(fact.name, case)))
        return self.layout.packed(0, true, false), supports

    def standing(self, kind: str, state: State) -> list[int]:
        """The bits of the findings of a kind that stand, in the order of the contract."""
        return bits_of(state.true & self.kind_bits[kind])

    def line(self, finding: int, state: State) -> Line:
        """A finding with its reasons, by rule id."""
        plain = self._plain.get(finding)
        if plain is None:
            return Line(self.code_of[finding], self.because(finding, state))
        key = (finding, state.fired & self.rules_of[finding], state.true & plain)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) >= MOST_ENTRIES:
                self._lines.clear()
            known = self._lines[key] = Line(self.code_of[finding], self.because(finding, state))
        return known

    def because(self, finding: int, state: State) -> tuple[Because, ...]:
        """The reasons of one finding, by rule id."""
        reasons = self._reasons
        found_reasons = []
        fired = state.fired & self.rules_of[finding]
        while fired:
            number = (fired & -fired).bit_length() - 1
            fired &= fired - 1
            key = (number, self._support_of_all(state.true & self.when_of[number], state))
            found_reasons.append(reasons.get(key) or self._new_reason(key))
        return tuple(found_reasons)

    def _new_reason(self, key: tuple[int, int]) -> Because:
        number, fields = key
        rule = self.book.rules[number]
        if len(self._reasons) >= MOST_ENTRIES:
            self._reasons.clear()
        reason = self._reasons[key] = Because(rule.id, names_of(fields), rule.source)
        return reason

    def _support_of_all(self, bits: int, state: State) -> int:
        """The fields whose answers made these settled bits what they are."""
        known = self._supports.get(bits)
        if known is not None:
            return known
        known = state.supports.get(bits)
        if known is None:
            known, plain = 0, 0
            for bit in bits_of(bits):
                known |= self._support(bit, state)
                plain |= self.field_of.get(bit, -1)
            if plain >= 0:
                if len(self._supports) >= MOST_ENTRIES:
                    self._supports.clear()
                self._supports[bits] = known
            state.supports[bits] = known
        return known

    def _support(self, bit: int, state: State) -> int:
        known = state.supports.get(bit)
        if known is not None:
            return known
        fields = self.field_of.get(bit)
        gate = self.gate_of.get(bit)
        if fields is None:
            fields = 0
            if bit in self.scoring.dimensions.values():
                fields = self._support_of_all(self.scoring.behind(bit, state.true), state)
            elif gate is None:
                for member in self.members.get(bit, (bit,)):
                    for rule in bits_of(state.fired & self.rules_of.get(member, 0)):
                        fields |= self._support_of_all(state.true & self.when_of[rule.bit_length() - 1], state)
            elif gate.kind != "unless":
                inputs = (gate.pos & state.true) | (gate.neg & state.false)
                if state.false & bit:
                    inputs = (gate.pos & state.false) | (gate.neg & state.true)
                fields = self._support_of_all(inputs, state)
        state.supports[bit] = fields
        return fields


def _key_of(group: DerivedGroup, answers: Mapping[str, Any], on: date | None, looks: tuple[Any, ...] | None) -> Any:
    """What the group's facts depend on: of documents not the numbers, of a birth date only the age that follows."""
    fields = group.fields
    if group.by_day:
        born: BirthDate | None = answers.get("person.birth_date")
        age = None if born is None or on is None else age_on(born.latest, on)
        return age, answers.get("person.age_disputed"), answers.get("person.age_estimate"), answers.get(fields[-1])
    if fields[-1] == "documents":
        return looks if len(fields) == 1 else (answers.get(fields[0]), looks)
    if len(fields) == 1:
        return answers[fields[0]]
    return tuple([answers.get(name) for name in fields])


def _looks(documents: tuple[Document, ...] | None) -> tuple[Any, ...] | None:
    return None if documents is None else tuple([(paper.type, paper.issuer, paper.status) for paper in documents])


def _holds(literal: Literal, state: State) -> bool:
    return bool((state.true if literal.positive else state.false) & literal.bit)


def _field_bits(keys: Iterable[str]) -> int:
    return sum(1 << POSITION[key] for key in set(keys))


def _rules_of(rules: Iterable[CompiledRule]) -> dict[int, int]:
    """For each finding the numbers of the rules that give it, as bits."""
    given: dict[int, int] = {}
    for rule in rules:
        for finding in rule.findings:
            given[finding] = given.get(finding, 0) | 1 << rule.number
    return given


def _derived_groups() -> tuple[DerivedGroup, ...]:
    by_fields: dict[tuple[str, ...], list[DerivedFact]] = {}
    for fact in DERIVED:
        reads = fact.fields
        if fact.name in ("child", "person.age"):
            reads = ("person.age_disputed", "person.birth_date", "person.age_estimate", "child.accompanied_by")
        by_fields.setdefault(reads, []).append(fact)
    return tuple(
        DerivedGroup(tuple(facts), fields, _field_bits(fields), "person.birth_date" in fields, {})
        for fields, facts in by_fields.items()
    )


_KEY_OF_BIT: Final = {1 << at: field.key for at, field in enumerate(FIELDS)}


def names_of(fields: int) -> tuple[str, ...]:
    """The keys of a set of fields (bits), in the order of the contract."""
    return tuple([_KEY_OF_BIT[bit] for bit in bits_of(fields)])
