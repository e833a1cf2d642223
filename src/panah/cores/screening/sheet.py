"""The rules evaluated for a batch of records at once: one column of bits for each fact, gate, finding and rule.

Forward, stage by stage, it finds what is true and what is false of each record; what is in neither is unknown. Then
backward, from the findings that do not stand yet or could still fall, it finds the fields whose answer they wait for.
Both follow `lawbook.conditions`, which says the same one condition and one record at a time; a test holds them
against each other. See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from panah.cores.screening.answers import Layout
from panah.cores.screening.columns import turned
from panah.cores.screening.network import Gate, Literal, bits_of
from panah.cores.screening.scoring import Scoring

Places = tuple[int, ...]


class CompiledRule(NamedTuple):
    """A rule in bits: it fires when one of `when` is true and no exception is.

    `exceptions` undo it when true, `exceptions_negated` when false. `findings` are the bits that it gives.
    """

    number: int
    when: int
    exceptions: int
    exceptions_negated: int
    findings: tuple[int, ...]


class PlacedGate(NamedTuple):
    """A gate by the places of its columns."""

    at: int
    kind: str
    pos: Places
    neg: Places


class PlacedRule(NamedTuple):
    """A rule by the places of its columns. `gives` are its findings, `undone` the exceptions."""

    number: int
    when: Places
    undone_by: Places
    undone_by_not: Places
    gives: Places
    also: Places


class PlacedLiteral(NamedTuple):
    """A literal by the place of its column."""

    at: int
    positive: bool


class Stage(NamedTuple):
    """What can be evaluated once the findings of earlier stages are settled; `settles` are false after it if not true."""

    gates: tuple[PlacedGate, ...]
    rules: tuple[PlacedRule, ...]
    settles: Places


class Plan(NamedTuple):
    """Everything that a sheet needs to know of a compiled rulebook. Fields are bits, the rest are places of columns.

    `silent` are the atoms that are true while there is no answer. `fields_of` gives the fields behind each atom and
    derived fact, `settled_only` those places whose fields count only while the place itself is unknown.
    `urgencies` run from the highest down; `findings` has the rules that give each finding, `members` the findings of a kind.
    `gates` has each gate under its place, `made_of` for each derived fact its fields, each with its column of `Sheet.behind`.
    """

    layout: Layout
    stages: tuple[Stage, ...]
    scoring: Scoring
    silent: Places
    fields_of: Mapping[int, Places]
    settled_only: frozenset[int]
    urgencies: Places
    findings: Mapping[int, tuple[PlacedRule, ...]]
    skips: tuple[tuple[int, PlacedLiteral], ...]
    members: Mapping[int, Places]
    gates: Mapping[int, PlacedGate]
    made_of: Mapping[int, tuple[tuple[int, int], ...]]


def place(bit: int) -> int:
    """The place of the column of a single bit."""
    return bit.bit_length() - 1


def places(bits: int) -> Places:
    """The places of the columns of several bits."""
    return tuple([bit.bit_length() - 1 for bit in bits_of(bits)])


def placed_gate(gate: Gate) -> PlacedGate:
    return PlacedGate(place(gate.bit), gate.kind, places(gate.pos), places(gate.neg))


def placed_rule(rule: CompiledRule, any_bit: Mapping[int, int]) -> PlacedRule:
    gives = tuple([place(bit) for bit in rule.findings])
    also = tuple({place(any_bit[bit]) for bit in rule.findings})
    return PlacedRule(
        rule.number, places(rule.when), places(rule.exceptions), places(rule.exceptions_negated), gives, also
    )


def placed_literal(literal: Literal) -> PlacedLiteral:
    return PlacedLiteral(place(literal.bit), literal.positive)


class Sheet:
    """One batch of records, evaluated. `given` has what is known of each record, packed (see Layout).

    Columns of what is `true` and `false`, of the rules that `fired`, and of fields: those `answered`, and on demand those whose
    answer could still change what stands (`missing`) and those that need not be asked (`skipped`). `behind` says of which fields derived facts
    were made, `counted` which indicators count in a positive dimension.
    """

    def __init__(self, plan: Plan, given: Sequence[int], rules: int) -> None:
        self.plan = plan
        self.count = len(given)
        self.whole = (1 << self.count) - 1
        fields, width, _ = plan.layout
        columns = turned(given, plan.layout.whole)
        self.answered = columns[:fields]
        self.true = columns[fields : fields + width]
        self.false = columns[fields + width : plan.layout.first_behind]
        self.behind = columns[plan.layout.first_behind :]
        for at in plan.silent:
            self.true[at] = self.whole & ~self.false[at]
        self.fired = [0] * rules
        self.open = [0] * width
        self.counted: dict[int, dict[int, int]] = {}
        self._settle()

    def holds(self, literal: PlacedLiteral) -> int:
        """The records in which a literal is true."""
        return (self.true if literal.positive else self.false)[literal.at]

    def _settle(self) -> None:
        for at, stage in enumerate(self.plan.stages):
            self._gates(stage.gates)
            if at == 0:
                self.counted = self.plan.scoring.score(self.true, self.false, self.whole)
            self._rules(stage.rules)
            for finding in stage.settles:
                self.false[finding] = self.whole & ~self.true[finding]

    def _gates(self, gates: Iterable[PlacedGate]) -> None:
        true, false, whole = self.true, self.false, self.whole
        for at, kind, pos, neg in gates:
            if kind == "unless":
                holds = 0
                for each in pos:
                    holds |= true[each]
                for each in neg:
                    holds |= false[each]
                true[at], false[at] = whole & ~holds, holds
                continue
            one, other = (true, false) if kind == "any" else (false, true)
            some, every = 0, whole
            for each in pos:
                some |= one[each]
                every &= other[each]
            for each in neg:
                some |= other[each]
                every &= one[each]
            one[at], other[at] = some, every

    def _rules(self, rules: Iterable[PlacedRule]) -> None:
        true, false, fired = self.true, self.false, self.fired
        for number, when, undone_by, undone_by_not, gives, also in rules:
            holds = 0
            for each in when:
                holds |= true[each]
            for each in undone_by:
                holds &= ~true[each]
            for each in undone_by_not:
                holds &= ~false[each]
            if holds:
                fired[number] = holds
                for finding in gives:
                    true[finding] |= holds
                for finding in also:
                    true[finding] |= holds

    @cached_property
    def skipped(self) -> list[int]:
        """For each field the records in which it need not be asked."""
        fields = [0] * self.plan.layout.fields
        for field, literal in self.plan.skips:
            fields[field] |= self.holds(literal)
        return fields

    @cached_property
    def missing(self) -> list[int]:
        """For each field the records in which its answer could still change what stands."""
        self._soften()
        wanted = [0] * self.plan.layout.width
        rules = {}
        for stage in self.plan.stages:
            for rule in stage.rules:
                rules[rule.number] = self._of_rule(rule)
        self._want_what_rules_wait_for(wanted)
        self._want_what_could_undo(wanted, rules)
        return self._fields(self._spread(wanted), self.skipped)

    def _soften(self) -> None:
        """Mark in `open` the records in which a column is unknown, or is what it is only while something is unanswered."""
        true, false, whole, open_ = self.true, self.false, self.whole, self.open
        for at in self.plan.fields_of:
            open_[at] = whole & ~(true[at] | false[at])
        for at in self.plan.silent:
            open_[at] = true[at]
        for at in self.plan.scoring.places:
            open_[at] = whole & ~(true[at] | false[at])
        for stage in self.plan.stages:
            for at, kind, pos, neg in stage.gates:
                if kind == "any":
                    firm = 0
                    for each in pos:
                        firm |= true[each] & ~open_[each]
                    for each in neg:
                        firm |= false[each] & ~open_[each]
                    open_[at] = whole & ~(false[at] | firm)
                    continue
                some = 0
                for each in pos + neg:
                    some |= open_[each]
                open_[at] = some & ~false[at]

    def _of_rule(self, rule: PlacedRule) -> tuple[int, int]:
        """The records in which the rule's own condition holds firmly, and those in which an exception is open."""
        firm = undoing = 0
        for each in rule.when:
            firm |= self.true[each] & ~self.open[each]
        for each in rule.undone_by + rule.undone_by_not:
            undoing |= self.open[each]
        return firm, undoing

    def _want_what_rules_wait_for(self, wanted: list[int]) -> None:
        """A rule that is unknown and would give a finding that does not stand waits for what is open in it."""
        true, false, whole = self.true, self.false, self.whole
        stands = {finding: true[finding] for finding in self.plan.findings}
        higher = 0
        for urgency in self.plan.urgencies:
            higher |= true[urgency]
            stands[urgency] = higher
        for stage in self.plan.stages:
            for _, when, undone_by, undone_by_not, gives, _ in stage.rules:
                waits = whole
                for finding in gives:
                    waits &= stands[finding]
                waits = whole & ~waits
                every = whole
                for each in when:
                    waits &= ~true[each]
                    every &= false[each]
                waits &= ~every
                for each in undone_by:
                    waits &= ~true[each]
                for each in undone_by_not:
                    waits &= ~false[each]
                if waits:
                    for each in when + undone_by + undone_by_not:
                        wanted[each] |= waits

    def _want_what_could_undo(self, wanted: list[int], of_rule: Mapping[int, tuple[int, int]]) -> None:
        """A finding that no firm rule gives could fall by an exception not yet answered, or when a silence ends."""
        for finding, rules in self.plan.findings.items():
            soft = self.true[finding]
            for rule in rules:
                firm, undoing = of_rule[rule.number]
                soft &= ~self.fired[rule.number] | ~firm | undoing
            if not soft:
                continue
            for rule in rules:
                fired = soft & self.fired[rule.number]
                resting = fired & ~of_rule[rule.number][0]
                for each in rule.when:
                    wanted[each] |= resting & self.true[each]
                for each in rule.undone_by + rule.undone_by_not:
                    wanted[each] |= fired

    def _spread(self, wanted: list[int]) -> list[int]:
        """From gates and dimensions down to what they are made of."""
        true, false, open_ = self.true, self.false, self.open
        scoring = self.plan.scoring
        for stage in reversed(self.plan.stages):
            for at, kind, pos, neg in reversed(stage.gates):
                want = wanted[at] & open_[at]
                if not want:
                    continue
                if kind != "any":
                    for each in pos + neg:
                        wanted[each] |= want
                    continue
                waits = want & ~true[at]
                rests = want & true[at]
                for each in pos:
                    wanted[each] |= waits | (rests & true[each])
                for each in neg:
                    wanted[each] |= waits | (rests & false[each])
            if stage is self.plan.stages[1]:
                for at, asked in scoring.asked:
                    want = wanted[at] & open_[at]
                    if want:
                        for each in asked:
                            wanted[each] |= want & open_[each] & ~true[each]
        return wanted

    def _fields(self, wanted: Sequence[int], skipped: Sequence[int]) -> list[int]:
        fields = [0] * self.plan.layout.fields
        for at, behind in self.plan.fields_of.items():
            want = wanted[at] & self.open[at] if at in self.plan.settled_only else wanted[at]
            if want:
                for field in behind:
                    fields[field] |= want
        return [want & ~answered & ~skip for want, answered, skip in zip(fields, self.answered, skipped, strict=True)]
