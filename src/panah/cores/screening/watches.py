"""What the findings of a record still wait for: the questions whose answer could change the profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from panah.cores.screening.network import Gate, bits_of
from panah.cores.screening.state import CompiledRule, State

MOST_ENTRIES: Final = 50_000


class Watched(NamedTuple):
    """What the unsettled findings of one kind wait for.

    Plain fields, bits to look into, and the rules with an exception, as bits of their numbers.
    """

    fields: int
    bits: int
    excepted: int


class Meaning(NamedTuple):
    """Behind an open bit: the fields of its own answers, and the inner bits to look into if they are open too."""

    fields: int
    inner: int


class Watches:
    """Arranged so that the usual record needs few questions.

    A field that is answered never counts in the end, so a gate may name all fields of its own answers: those that are
    false or true among them are answered. A derived fact may be settled with some of its fields open, so it is looked
    into like a gate. `answers` and `derived` give the fields behind the bits of answers and of derived facts.
    """

    def __init__(
        self,
        rules: Sequence[CompiledRule],
        gates: Iterable[Gate],
        answers: Mapping[int, int],
        derived: Mapping[int, int],
        silent: int,
        dimensions: Mapping[int, int],
        kinds: Mapping[str, tuple[int, ...]],
    ) -> None:
        self.gate_of = {gate.bit: gate for gate in gates}
        self.urgencies = kinds["urgency"]
        self.answers = answers
        self.meaning: dict[int, Meaning] = {bit: Meaning(fields, 0) for bit, fields in {**answers, **derived}.items()}
        for dimension, asked in dimensions.items():
            self.meaning[dimension] = self._meaning(asked)
        for gate in self.gate_of.values():
            self.meaning[gate.bit] = self._meaning(gate.pos | gate.neg)
        self.silent_answers = silent
        self.exceptions = tuple(
            (gate.bit, gate.pos | gate.neg) for gate in self.gate_of.values() if gate.kind == "unless"
        )
        self.rests_on = self._resting_on(silent | sum(bit for bit, _ in self.exceptions))
        by_finding: dict[int, list[CompiledRule]] = {}
        for rule in rules:
            for finding in rule.findings:
                by_finding.setdefault(finding, []).append(rule)
        self.all_findings = sum(by_finding)
        self.below = tuple(sum(self.urgencies[at:]) for at in range(len(self.urgencies)))
        self.kinds = tuple(
            _Kind({bit: by_finding[bit] for bit in bits if bit in by_finding}) for bits in kinds.values()
        )
        self.excepted_rules = {
            1 << rule.number: (rule, self._meaning(rule.when).fields)
            for rule in rules
            if rule.exceptions | rule.exceptions_negated
        }
        self._known_watchers: dict[int, tuple[int, int]] = {}
        self._bits_resting_on: dict[int, int] = {}
        self._rules_resting_on: dict[int, int] = {}
        for rule in rules:
            inputs = rule.when | rule.exceptions | rule.exceptions_negated
            for bit in bits_of(inputs):
                for field in bits_of(self._all_fields(bit)):
                    self._bits_resting_on[field] = self._bits_resting_on.get(field, 0) | bit
                    if inputs != rule.when:
                        rests = self._rules_resting_on.get(field, 0)
                        self._rules_resting_on[field] = rests | 1 << rule.number

        self.relevant = sum(self._bits_resting_on)

    def _resting_on(self, sources: int) -> dict[int, int]:
        """For each source of silence the bits that can be true because of it, itself included."""
        rests_on = {source: source for source in bits_of(sources)}
        for gate in self.gate_of.values():
            inputs = gate.pos | gate.neg
            for source, resting in rests_on.items():
                if inputs & resting and gate.kind != "unless":
                    rests_on[source] = resting | gate.bit
        return rests_on

    def mark_silence(self, state: State) -> None:
        """Note in the state the bits that may be true only because something was not answered."""
        sources = state.true & self.silent_answers
        unknown = ~(state.true | state.false)
        for bit, inputs in self.exceptions:
            if state.true & bit and inputs & unknown:
                sources |= bit
        silent = 0
        while sources:
            source = sources & -sources
            sources ^= source
            silent |= self.rests_on[source]
        state.silent = silent

    def _all_fields(self, bit: int) -> int:
        """Every field that a bit can rest on."""
        meaning = self.meaning.get(bit)
        if meaning is None:
            return 0
        fields = meaning.fields
        for inner in bits_of(meaning.inner):
            fields |= self._all_fields(inner)
        return fields

    def _meaning(self, inputs: int) -> Meaning:
        fields, inner = 0, 0
        for bit in bits_of(inputs):
            gate = self.gate_of.get(bit)
            if bit in self.answers:
                fields |= self.answers[bit]
            elif gate is not None and gate.kind == "unless":
                beneath = self._meaning(gate.pos | gate.neg)
                fields, inner = fields | beneath.fields, inner | beneath.inner
            else:
                inner |= bit
        return Meaning(fields, inner)

    def open(self, state: State, wanted: int) -> int:
        """Those of the wanted fields (bits, unanswered) whose answer could still change what stands."""
        settled = state.true & self.all_findings
        soft = settled & ~state.firm
        for at, urgency in enumerate(self.urgencies):
            if settled & urgency:
                settled |= self.below[at]
                break
        fields, bits, excepted = 0, 0, 0
        for kind in self.kinds:
            key = settled & kind.findings
            watched = kind.known.get(key) or self._watch(kind, key)
            fields |= watched.fields
            bits |= watched.bits
            excepted |= watched.excepted
        doubtful = wanted & self.relevant & ~fields
        if doubtful:
            fields |= self._doubtful(doubtful, bits, excepted, soft, state)
        return fields & wanted

    def _doubtful(self, doubtful: int, bits: int, excepted: int, soft: int, state: State) -> int:
        """The fields of which only a closer look says whether they matter: behind exceptions, gates and silences."""
        unknown = ~(state.true | state.false)
        fields, waiting = self._excepted(excepted & self._watchers(doubtful)[1], unknown, state)
        doubtful &= ~fields
        if doubtful:
            waiting = (waiting | (bits & unknown)) & self._watchers(doubtful)[0]
            fields |= self._behind(waiting, unknown, state)
            if soft and doubtful & ~fields:
                fields |= self._undoing(soft, state)
        return fields

    def _watchers(self, fields: int) -> tuple[int, int]:
        """The bits that rules wait for and that rest on one of these fields, and the rules with an exception that do."""
        known = self._known_watchers.get(fields)
        if known is None:
            bits, rules = 0, 0
            for field in bits_of(fields):
                bits |= self._bits_resting_on.get(field, 0)
                rules |= self._rules_resting_on.get(field, 0)
            known = bits, rules
            if len(self._known_watchers) >= MOST_ENTRIES:
                self._known_watchers.clear()
            self._known_watchers[fields] = known
        return known

    def _excepted(self, numbers: int, unknown: int, state: State) -> tuple[int, int]:
        """Of rules with an exception that is not known to hold: the fields of their own, the open bits."""
        fields, waiting = 0, 0
        true, false = state.true, state.false
        for number in bits_of(numbers):
            rule, own = self.excepted_rules[number]
            if not (true & rule.exceptions or false & rule.exceptions_negated):
                fields |= own
                if rule.when & unknown:
                    waiting |= (rule.when | rule.exceptions | rule.exceptions_negated) & unknown
        return fields, waiting

    def _behind(self, waiting: int, unknown: int, state: State) -> int:
        """The fields behind open bits, through the open bits that these rest on."""
        fields, done, silences = 0, waiting, 0
        meaning = self.meaning
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            if bit in meaning:
                own, inner = meaning[bit]
                fields |= own
                if inner:
                    silences |= inner
                    inner &= unknown & ~done
                    waiting |= inner
                    done |= inner
        for bit in bits_of(silences & state.silent & state.true):
            fields |= self._silence(bit, state)
        return fields

    def _undoing(self, soft: int, state: State) -> int:
        """The fields that could take findings away: an exception not yet answered, a silence that gave one."""
        fields = 0
        unknown = ~(state.true | state.false)
        for finding in bits_of(soft):
            for _, because, undone_by in state.fired[finding]:
                fields |= self._behind(undone_by & unknown, unknown, state)
                for bit in bits_of(because & state.silent):
                    fields |= self._silence(bit, state)
        return fields

    def _silence(self, bit: int, state: State) -> int:
        """The fields whose silence made a bit true; none where something said makes it true as well."""
        gate = self.gate_of.get(bit)
        if gate is None:
            return self.answers.get(bit, 0)
        unknown = ~(state.true | state.false)
        if gate.kind == "unless":
            return self._behind((gate.pos | gate.neg) & unknown, unknown, state)
        inputs = bits_of((gate.pos & state.true) | (gate.neg & state.false))
        if gate.kind == "any" and any(not each & state.silent for each in inputs):
            return 0
        fields = 0
        for each in inputs:
            if each & state.silent:
                fields |= self._silence(each, state)
        return fields

    def _watch(self, kind: _Kind, settled: int) -> Watched:
        fields, bits, excepted = 0, 0, 0
        for finding, rules in kind.rules.items():
            if finding & settled:
                continue
            for rule in rules:
                if rule.exceptions | rule.exceptions_negated:
                    excepted |= 1 << rule.number
                    continue
                for bit in bits_of(rule.when):
                    if bit in self.answers:
                        fields |= self.answers[bit]
                    else:
                        bits |= bit
        if len(kind.known) >= MOST_ENTRIES:
            kind.known.clear()
        watched = kind.known[settled] = Watched(fields, bits, excepted)
        return watched


class _Kind:
    """The findings of one kind with their rules, and what was found for the sets of settled ones met so far."""

    __slots__ = ("findings", "known", "rules")

    def __init__(self, rules: Mapping[int, list[CompiledRule]]) -> None:
        self.rules = rules
        self.findings = sum(rules)
        self.known: dict[int, Watched] = {}
