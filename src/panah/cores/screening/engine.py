"""The screening engine: one record's answers and a compiled rulebook in, everything found out.

Findings are reached stage by stage: a rule is looked at once all rules that could give the findings it reads have
been, so the order in which rules are written cannot matter. See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.conditions import Condition, found
from panah.cores.screening.answers import answer_bits
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.derived import DERIVED, Case, DerivedFact, deciding_fields
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.network import Batch, Gate, Literal, Network, batches, bits_of, run, used
from panah.cores.screening.profile import Because
from panah.cores.screening.record import Document
from panah.cores.screening.rulebook import FACTS, Pathway, Rule, Rulebook
from panah.cores.screening.scoring import Scoring
from panah.cores.screening.stages import stages_of
from panah.cores.screening.state import CompiledRule, State
from panah.cores.screening.watches import Watches

MOST_ENTRIES: Final = 50_000
"""A cache is emptied when it has so many entries, so that memory stays bounded on any input."""


class Stage(NamedTuple):
    """What can be looked at once the findings of earlier stages are settled.

    `by_bit` has, for each bit that can fire rules, those rules; `firing` is the union of these bits. `settles` are the
    findings that are false after this stage if they are not true.
    """

    batches: tuple[Batch, ...]
    by_bit: Mapping[int, tuple[CompiledRule, ...]]
    firing: int
    settles: int


class DerivedGroup(NamedTuple):
    """Derived facts that read the same fields, with what was found for the values met so far."""

    facts: tuple[DerivedFact, ...]
    fields: tuple[str, ...]
    field_bits: int
    by_day: bool
    cache: dict[Any, tuple[int, int, tuple[tuple[int, int], ...]]]


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
        return min((hours for literal, hours in self.sooner if _holds(literal, state)), default=None)

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
        self.skips = tuple((1 << POSITION[key], net.literal(condition.body)) for key, condition in skips)
        self.pathways = {net.named_bit(found("referral", to)): self._pathway(way) for to, way in book.pathways.items()}
        self.gate_of = {gate.bit: gate for gate in net.gates}
        self.encoders, silent = answer_bits(net.atoms.values())
        self.unknown_bits = silent
        self.derived = _derived_groups()
        self._arrange(rules)
        self.fields_of = self._fields_of_bits()
        self.watches = Watches(rules, net.gates, self.fields_of, silent, self.scoring.asked, self.finding_bits)
        self.reasons: dict[tuple[int, int], Because] = {}

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

    def _arrange(self, rules: list[CompiledRule]) -> None:
        """Put gates and rules into stages, keeping only the gates that something rests on."""
        net = self.net
        needed = self.scoring.inputs
        for rule in rules:
            needed |= rule.when | rule.exceptions | rule.exceptions_negated
        for way in self.pathways.values():
            for literal in way.literals():
                needed |= literal.bit
        gates = used(net.gates, needed)
        guards = sum(bit for name, bit in net.fact_bits.items() if name == "child" or ":" in name)
        last = max(net.stage(bit) for bit in self.any_bit.values())
        self.stages = tuple(self._stage(at, gates, rules, guards) for at in range(last + 1))
        for_skips = 0
        for _, literal in self.skips:
            for_skips |= literal.bit
        inside = {gate.bit for gate in gates}
        self.skip_batches = batches((gate for gate in used(net.gates, for_skips) if gate.bit not in inside), guards)

    def _stage(self, at: int, gates: list[Gate], rules: list[CompiledRule], guards: int) -> Stage:
        stage = self.net.stage
        by_bit: dict[int, list[CompiledRule]] = {}
        for rule in rules:
            if max(stage(bit) for bit in bits_of(rule.when | rule.exceptions | rule.exceptions_negated)) == at:
                for bit in bits_of(rule.when):
                    by_bit.setdefault(bit, []).append(rule)
        settles = sum(bit for bit in (*self.any_bit, *self.members) if stage(bit) == at + 1)
        here = batches((gate for gate in gates if gate.stage == at), guards)
        return Stage(here, {bit: tuple(listed) for bit, listed in by_bit.items()}, sum(by_bit), settles)

    def _fields_of_bits(self) -> dict[int, int]:
        """For each bit of an answer or of a derived fact the fields that it is made of."""
        fields = {field.key: 1 << POSITION[field.key] for field in FIELDS}
        fields |= {fact.name: _field_bits(fact.fields) for fact in DERIVED}
        by_bit = {atom.bit: fields[atom.fact] for atom in self.net.atoms.values()}
        return by_bit | {bit: fields[name] for name, bit in self.net.fact_bits.items() if name in fields}

    def find(self, answers: Mapping[str, Any], on: date | None) -> State:
        """Every finding for a record's answers on a day. Without a day an age from a birth date stays unknown."""
        answered, true, false = 0, 0, 0
        encoders = self.encoders
        for key, value in answers.items():
            if value.__class__ is str and value in OPEN_ANSWERS:
                continue
            encoder = encoders[key]
            answered |= encoder.field
            if encoder.atoms:
                true_bits, false_bits = encoder.known.get(value) or encoder.bits(value)
                true |= true_bits
                false |= false_bits
        true |= self.unknown_bits & ~false
        state = State(answered, true, false)
        self._derive(answers, on, state)
        state.true, state.false = run(self.stages[0].batches, state.true, state.false)
        self.scoring.score(state)
        self._fire(self.stages[0], state)
        for stage in self.stages[1:]:
            if stage.batches:
                state.true, state.false = run(stage.batches, state.true, state.false)
            self._fire(stage, state)
        return state

    def _derive(self, answers: Mapping[str, Any], on: date | None, state: State) -> None:
        for group in self.derived:
            if not group.field_bits & state.answered:
                continue
            given = tuple([answers.get(name) for name in group.fields])
            key = _key_of(group, given, on)
            made = group.cache.get(key)
            if made is None:
                made = self._make(group, answers, on)
                if len(group.cache) >= MOST_ENTRIES:
                    group.cache.clear()
                group.cache[key] = made
            state.true |= made[0]
            state.false |= made[1]
            state.supports.update(made[2])

    def _make(
        self, group: DerivedGroup, answers: Mapping[str, Any], on: date | None
    ) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        """The bits that these facts make true and false, and the fields behind each."""
        case = Case(answers, self.book.country, on)
        true, false = 0, 0
        supports = []
        for fact in group.facts:
            value = fact.make(case)
            if value is None:
                continue
            fields = _field_bits(deciding_fields(fact.name, case))
            if fact.kind == "number":
                true_bits, false_bits = self.encoders[fact.name].bits(value)
            else:
                bit = self.net.fact_bits.get(fact.name, 0)
                true_bits, false_bits = (bit, 0) if value else (0, bit)
            true |= true_bits
            false |= false_bits
            supports += [(bit, fields) for bit in bits_of(true_bits | false_bits)]
        return true, false, tuple(supports)

    def _fire(self, stage: Stage, state: State) -> None:
        true, false = state.true, state.false
        hits = true & stage.firing
        seen = 0
        while hits:
            bit = hits & -hits
            hits ^= bit
            for rule in stage.by_bit[bit]:
                if seen >> rule.number & 1 or true & rule.exceptions or false & rule.exceptions_negated:
                    continue
                seen |= 1 << rule.number
                self._give(rule, true & rule.when, state)
        state.false |= stage.settles & ~state.true

    def _give(self, rule: CompiledRule, because: int, state: State) -> None:
        undone_by = 0
        if rule.exceptions or rule.exceptions_negated:
            undone_by = (rule.exceptions & ~state.false) | (rule.exceptions_negated & ~state.true)
        silent = self.watches.silent
        firm = not undone_by and (because & ~silent or not because & silent)
        fired = state.fired
        for finding in rule.findings:
            if finding in fired:
                fired[finding].append((rule.number, because, undone_by))
            else:
                fired[finding] = [(rule.number, because, undone_by)]
                state.true |= finding | self.any_bit[finding]
            if firm:
                state.firm |= finding

    def standing(self, kind: str, state: State) -> list[int]:
        """The bits of the findings of a kind that stand, in the order of the contract."""
        return bits_of(state.true & self.kind_bits[kind])

    def because(self, finding: int, state: State) -> tuple[Because, ...]:
        """The reasons of one finding, by rule id."""
        fired = state.fired[finding]
        if len(fired) > 1:
            fired = sorted(fired)
        supports, reasons = state.supports, self.reasons
        found_reasons = []
        for number, because, _ in fired:
            fields = supports.get(because)
            key = (number, self._support_of_all(because, state) if fields is None else fields)
            found_reasons.append(reasons.get(key) or self._reason(key))
        return tuple(found_reasons)

    def _reason(self, key: tuple[int, int]) -> Because:
        reason = self.reasons.get(key)
        if reason is None:
            number, fields = key
            rule = self.book.rules[number]
            reason = Because(rule.id, names_of(fields), rule.source)
            if len(self.reasons) >= MOST_ENTRIES:
                self.reasons.clear()
            self.reasons[key] = reason
        return reason

    def _support_of_all(self, bits: int, state: State) -> int:
        supports = state.supports
        known = supports.get(bits)
        if known is None:
            known = 0
            for bit in bits_of(bits):
                known |= supports[bit] if bit in supports else self._support(bit, state)
            supports[bits] = known
        return known

    def _support(self, bit: int, state: State) -> int:
        """The fields whose answers made a settled bit what it is."""
        fields = self.fields_of.get(bit)
        gate = self.gate_of.get(bit)
        if fields is not None:
            state.supports[bit] = fields
            return fields
        fields = 0
        if bit in state.behind:
            fields = self._support_of_all(state.behind[bit], state)
        elif gate is None:
            for member in self.members.get(bit, (bit,)):
                for _, because, _ in state.fired.get(member, ()):
                    fields |= self._support_of_all(because, state)
        elif gate.kind != "unless":
            inputs = (gate.pos & state.true) | (gate.neg & state.false)
            if state.false & bit:
                inputs = (gate.pos & state.false) | (gate.neg & state.true)
            fields = self._support_of_all(inputs, state) if inputs else 0
        state.supports[bit] = fields
        return fields

    def missing(self, state: State) -> int:
        """The unanswered fields (bits) whose answer could still add a finding, take one away or raise the urgency."""
        return self.watches.open(state) & ~state.answered & ~self.skipped(state)

    def skipped(self, state: State) -> int:
        """The fields (bits) that need not be asked, by what is known so far."""
        true, false = run(self.skip_batches, state.true, state.false)
        fields = 0
        for field, literal in self.skips:
            if (true if literal.positive else false) & literal.bit:
                fields |= field
        return fields


def _key_of(group: DerivedGroup, given: tuple[Any, ...], on: date | None) -> Any:
    """What the group's facts depend on: of documents not the numbers, of ages the day as well."""
    if "documents" in group.fields:
        return tuple(
            [value if name != "documents" else _looks(value) for name, value in zip(group.fields, given, strict=True)]
        )
    return (on, given) if group.by_day else given


def _looks(documents: tuple[Document, ...] | None) -> tuple[Any, ...] | None:
    return None if documents is None else tuple([(paper.type, paper.issuer, paper.status) for paper in documents])


def _holds(literal: Literal, state: State) -> bool:
    return bool((state.true if literal.positive else state.false) & literal.bit)


def _field_bits(keys: Iterable[str]) -> int:
    return sum(1 << POSITION[key] for key in set(keys))


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


_NAMES_OF: dict[int, tuple[str, ...]] = {}


def names_of(fields: int) -> tuple[str, ...]:
    """The keys of a set of fields (bits), in the order of the contract."""
    known = _NAMES_OF.get(fields)
    if known is None:
        known = tuple(FIELDS[bit.bit_length() - 1].key for bit in bits_of(fields))
        if len(_NAMES_OF) >= MOST_ENTRIES:
            _NAMES_OF.clear()
        _NAMES_OF[fields] = known
    return known
