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
from panah.cores.screening.derived import DERIVED, Case, DerivedFact, age_on, deciding_fields
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.network import Batch, Gate, Literal, Network, batches, bits_of, run, used
from panah.cores.screening.profile import Because, Line
from panah.cores.screening.record import BirthDate, Document
from panah.cores.screening.rulebook import FACTS, Pathway, Rule, Rulebook
from panah.cores.screening.scoring import Scoring
from panah.cores.screening.stages import stages_of
from panah.cores.screening.state import CompiledRule, State
from panah.cores.screening.watches import Watches

MOST_READ: Final = 10
"""Skip conditions are put together while they read no more bits than this: more bits, fewer repeated combinations."""

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
    has_exceptions: bool


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
        skip_literals = [(1 << POSITION[key], net.literal(condition.body)) for key, condition in skips]
        self.pathways = {net.named_bit(found("referral", to)): self._pathway(way) for to, way in book.pathways.items()}
        self.gate_of = {gate.bit: gate for gate in net.gates}
        self.encoders, silent = answer_bits(net.atoms.values())
        self.unknown_bits = silent
        self.derived = _derived_groups()
        self._arrange(rules)
        self.skips = self._skip_groups(skip_literals)
        self.field_of, derived = self._fields_of_bits()
        self.watches = Watches(rules, net.gates, self.field_of, derived, silent, self.scoring.asked, self.finding_bits)
        self._reasons: dict[tuple[int, int], Because] = {}
        self._plain_support: dict[int, int] = {}
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

    def _skip_groups(self, literals: Iterable[tuple[int, Literal]]) -> tuple[SkipGroup, ...]:
        """The skip conditions in groups that read few bits each."""
        by_reads: list[tuple[int, list[tuple[int, Literal]]]] = []
        for field, literal in literals:
            reads = self._inputs(literal.bit)
            for at, (known, members) in enumerate(by_reads):
                if (known | reads).bit_count() <= max(MOST_READ, reads.bit_count()):
                    by_reads[at] = (known | reads, [*members, (field, literal)])
                    break
            else:
                by_reads.append((reads, [(field, literal)]))
        groups = []
        for _, members in by_reads:
            needed = 0
            for _, literal in members:
                needed |= literal.bit
            groups.append(SkipGroup(members, used(self.net.gates, needed), 0))
        return tuple(groups)

    def _inputs(self, bit: int) -> int:
        """The bits of answers and findings that a bit rests on."""
        gate = self.gate_of.get(bit)
        if gate is None:
            return bit
        inputs = 0
        for each in bits_of(gate.pos | gate.neg):
            inputs |= self._inputs(each)
        return inputs

    def _stage(self, at: int, gates: list[Gate], rules: list[CompiledRule], guards: int) -> Stage:
        stage = self.net.stage
        by_bit: dict[int, list[CompiledRule]] = {}
        for rule in rules:
            if max(stage(bit) for bit in bits_of(rule.when | rule.exceptions | rule.exceptions_negated)) == at:
                for bit in bits_of(rule.when):
                    by_bit.setdefault(bit, []).append(rule)
        settles = sum(bit for bit in (*self.any_bit, *self.members) if stage(bit) == at + 1)
        here = batches((gate for gate in gates if gate.stage == at), guards)
        has_exceptions = any(batch.kind == "unless" for batch in here)
        return Stage(here, {bit: tuple(listed) for bit, listed in by_bit.items()}, sum(by_bit), settles, has_exceptions)

    def _fields_of_bits(self) -> tuple[dict[int, int], dict[int, int]]:
        """For each bit of an answer its field, and for each bit of a derived fact the fields that it is made of."""
        derived = {fact.name: _field_bits(fact.fields) for fact in DERIVED}
        atoms = self.net.atoms.values()
        of_answers = {atom.bit: 1 << POSITION[atom.fact] for atom in atoms if atom.fact in POSITION}
        of_derived = {atom.bit: derived[atom.fact] for atom in atoms if atom.fact in derived}
        of_derived |= {bit: derived[name] for name, bit in self.net.fact_bits.items() if name in derived}
        return of_answers, of_derived

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
        self.watches.mark_silence(state)
        self._fire(self.stages[0], state)
        for stage in self.stages[1:]:
            if stage.batches:
                state.true, state.false = run(stage.batches, state.true, state.false)
                if stage.has_exceptions:
                    self.watches.mark_silence(state)
            self._fire(stage, state)
        return state

    def _derive(self, answers: Mapping[str, Any], on: date | None, state: State) -> None:
        looks = _looks(answers.get("documents"))
        for group in self.derived:
            if not group.field_bits & state.answered:
                continue
            key = _key_of(group, answers, on, looks)
            made = group.cache.get(key)
            if made is None:
                made = self._make(group, answers, on)
                if len(group.cache) >= MOST_ENTRIES:
                    group.cache.clear()
                group.cache[key] = made
            true, false, supports = made
            state.true |= true
            state.false |= false
            state.supports.update(supports)

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
        silent, fired, any_bit, by_bit = state.silent, state.fired, self.any_bit, stage.by_bit
        seen, given, firm = 0, 0, state.firm
        while hits:
            bit = hits & -hits
            hits ^= bit
            for number, when, exceptions, negated, findings in by_bit[bit]:
                if seen >> number & 1 or true & exceptions or false & negated:
                    continue
                seen |= 1 << number
                because = true & when
                undone_by = (exceptions & ~false) | (negated & ~true)
                one = (number, because, undone_by)
                for finding in findings:
                    if finding in fired:
                        fired[finding].append(one)
                    else:
                        fired[finding] = [one]
                        given |= finding | any_bit[finding]
                    if not undone_by and because & ~silent:
                        firm |= finding
        state.firm = firm
        state.true = true | given
        state.false = false | (stage.settles & ~state.true)

    def standing(self, kind: str, state: State) -> list[int]:
        """The bits of the findings of a kind that stand, in the order of the contract."""
        return bits_of(state.true & self.kind_bits[kind])

    def line(self, finding: int, state: State) -> Line:
        """A finding with its reasons, by rule id."""
        fired = state.fired[finding]
        if len(fired) == 1:
            number, because, _ = fired[0]
            fields = self._plain_support.get(because)
            if fields is None:
                fields = self._support_of_all(because, state)
            key = (finding, number, fields)
            return self._lines.get(key) or self._new_line(key)
        return Line(self.code_of[finding], self.because(finding, state))

    def because(self, finding: int, state: State) -> tuple[Because, ...]:
        """The reasons of one finding, by rule id."""
        reasons = self._reasons
        found_reasons = []
        for number, because, _ in sorted(state.fired[finding]):
            key = (number, self._support_of_all(because, state))
            found_reasons.append(reasons.get(key) or self._new_reason(key))
        return tuple(found_reasons)

    def _new_line(self, key: tuple[int, int, int]) -> Line:
        finding, number, fields = key
        if len(self._lines) >= MOST_ENTRIES:
            self._lines.clear()
        reason = self._reasons.get((number, fields)) or self._new_reason((number, fields))
        line = self._lines[key] = Line(self.code_of[finding], (reason,))
        return line

    def _new_reason(self, key: tuple[int, int]) -> Because:
        number, fields = key
        rule = self.book.rules[number]
        if len(self._reasons) >= MOST_ENTRIES:
            self._reasons.clear()
        reason = self._reasons[key] = Because(rule.id, names_of(fields), rule.source)
        return reason

    def _support_of_all(self, bits: int, state: State) -> int:
        plain = self._plain_support.get(bits)
        if plain is not None:
            return plain
        supports = state.supports
        known = supports.get(bits)
        if known is None:
            known, plain = 0, 0
            for bit in bits_of(bits):
                known |= supports[bit] if bit in supports else self._support(bit, state)
                plain |= self.field_of.get(bit, -1)
            if plain >= 0:
                if len(self._plain_support) >= MOST_ENTRIES:
                    self._plain_support.clear()
                self._plain_support[bits] = known
            supports[bits] = known
        return known

    def _support(self, bit: int, state: State) -> int:
        """The fields whose answers made a settled bit what it is."""
        fields = self.field_of.get(bit)
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

    def missing(self, state: State, asked: int) -> int:
        """Those of the asked fields (bits) whose answer could still add a finding, take one away or raise the urgency."""
        return self.watches.open(state, asked & ~state.answered & ~self.skipped(state))

    def skipped(self, state: State) -> int:
        """The fields (bits) that need not be asked, by what is known so far."""
        fields = 0
        for group in self.skips:
            key = (state.true & group.reads, state.false & group.reads)
            known = group.known.get(key)
            fields |= group.skip(state, key) if known is None else known
        return fields


class SkipGroup:
    """Skip conditions that read much the same bits, with what they said for the values met so far."""

    __slots__ = ("batches", "known", "literals", "reads")

    def __init__(self, literals: list[tuple[int, Literal]], gates: list[Gate], guards: int) -> None:
        self.literals = literals
        own = 0
        reads = 0
        for _, literal in literals:
            reads |= literal.bit
        for gate in gates:
            own |= gate.bit
            reads |= gate.pos | gate.neg
        self.reads = reads & ~own
        self.batches = batches(gates, guards)
        self.known: dict[tuple[int, int], int] = {}

    def skip(self, state: State, key: tuple[int, int]) -> int:
        """The fields (bits) that need not be asked."""
        true, false = run(self.batches, state.true, state.false)
        fields = 0
        for field, literal in self.literals:
            if (true if literal.positive else false) & literal.bit:
                fields |= field
        if len(self.known) >= MOST_ENTRIES:
            self.known.clear()
        self.known[key] = fields
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
