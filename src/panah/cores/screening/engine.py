"""The screening engine: answers of a batch of records and a compiled rulebook in, everything found out.

Findings are reached stage by stage: a rule is looked at once all rules that could give the findings it reads have
been, so the order in which rules are written cannot matter. See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.conditions import Condition, found
from panah.cores.screening.answers import Alike, Layout, answer_bits
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.columns import rows_of
from panah.cores.screening.derived import DERIVED, DERIVED_BY_NAME, Case, DerivedFact, age_on, deciding_fields
from panah.cores.screening.fields import FIELDS, POSITION
from panah.cores.screening.network import Network, bits_of, used
from panah.cores.screening.profile import Because
from panah.cores.screening.reasons import Reasons
from panah.cores.screening.record import BirthDate, Document
from panah.cores.screening.rulebook import FACTS, Pathway, Rule, Rulebook
from panah.cores.screening.scoring import Scoring
from panah.cores.screening.sheet import (
    CompiledRule,
    PlacedLiteral,
    PlacedRule,
    Plan,
    Sheet,
    Stage,
    place,
    placed_gate,
    placed_literal,
    placed_rule,
    places,
)
from panah.cores.screening.stages import stages_of

MOST_ENTRIES: Final = 50_000
"""A cache is emptied when it has so many entries, so that memory stays bounded on any input."""


class DerivedGroup(NamedTuple):
    """Derived facts that read the same fields, with what was found for the values met so far."""

    facts: tuple[DerivedFact, ...]
    fields: tuple[str, ...]
    field_bits: int
    by_day: bool
    cache: dict[Any, int]


class PlacedPathway(NamedTuple):
    """Consent and hurry of one referral. `consent` is the field that is asked, None where none is."""

    consent: int | None
    consent_key: str
    free: PlacedLiteral | None
    sooner: tuple[tuple[PlacedLiteral, int], ...]


class Found:
    """Everything found out for a batch of records, by their numbers in it."""

    def __init__(self, engine: Engine, sheet: Sheet) -> None:
        self.engine = engine
        self.sheet = sheet
        self._reasons = Reasons(sheet, engine.because)

    def standing(self, kind: str) -> Iterator[tuple[int, str, Sequence[int], Sequence[tuple[Because, ...]]]]:
        """Each finding of a kind that stands anywhere, in the order of the contract: its place, its code, where, and why there."""
        for at, code in self.engine.findings[kind]:
            if self.sheet.true[at]:
                yield at, code, *self._reasons.of(at)

    def codes(self, kind: str) -> Iterator[tuple[str, Sequence[int]]]:
        """The same without reasons."""
        for at, code in self.engine.findings[kind]:
            if self.sheet.true[at]:
                yield code, rows_of(self.sheet.true[at])

    def names(self, columns: Iterable[int]) -> list[tuple[str, ...]]:
        """For each record the keys of the fields in whose column it is, in the order of the contract."""
        found: list[list[str]] = [[] for _ in range(self.sheet.count)]
        for field, column in zip(FIELDS, columns, strict=True):
            if column:
                key = field.key
                for row in rows_of(column):
                    found[row].append(key)
        return [tuple(keys) for keys in found]


class Engine:
    """A rulebook compiled into a network. Holds nothing that changes a result."""

    def __init__(self, book: Rulebook, skips: Iterable[tuple[str, Condition]] = ()) -> None:
        self.book = book
        net = self.net = Network(FACTS, book.definitions, stages_of(book.rules))
        self.finding_bits = {
            kind: tuple(net.named_bit(found(kind, code)) for code in codes) for kind, codes in FINDINGS.items()
        }
        self.findings = {
            kind: tuple([(place(bit), code) for bit, code in zip(self.finding_bits[kind], codes, strict=True)])
            for kind, codes in FINDINGS.items()
        }
        self.any_bit = {
            bit: net.named_bit(found(kind, "any")) for kind, bits in self.finding_bits.items() for bit in bits
        }
        self.members = {net.named_bit(found(kind, "any")): bits for kind, bits in self.finding_bits.items()}
        self.scoring = Scoring(net, book.indicators)
        rules = [self._compiled(number, rule) for number, rule in enumerate(book.rules)]
        skips_ = [(POSITION[key], placed_literal(net.literal(condition.body))) for key, condition in skips]
        self.pathways = {
            place(net.named_bit(found("referral", to))): self._pathway(way) for to, way in book.pathways.items()
        }
        self.derived = _derived_groups()
        bits_of_fact = self._bits_of_derived()
        self._made_of = _made_of(self.derived, bits_of_fact)
        self.layout = Layout(len(FIELDS), net.width, sum(map(len, self._made_of.values())))
        self.encoders, self.unknown_bits = answer_bits(net.atoms.values(), self.layout)
        self._known: dict[str, dict[Any, int] | Alike] = {
            key: encoder.known if encoder.looks_inside else Alike(encoder) for key, encoder in self.encoders.items()
        }
        self._bits_of_fact = bits_of_fact
        self.plan = self._plan(rules, skips_)
        self._reasons: dict[tuple[int, int], Because] = {}

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

    def _pathway(self, way: Pathway) -> PlacedPathway:
        net = self.net
        return PlacedPathway(
            POSITION[way.consent] if way.consent else None,
            way.consent,
            placed_literal(net.literal(way.not_required_when.body)) if way.not_required_when else None,
            tuple((placed_literal(net.literal(entry.condition.body)), entry.hours) for entry in way.sooner),
        )

    def _bits_of_derived(self) -> dict[str, int]:
        """For each derived fact that a rule reads its bits."""
        bits: dict[str, int] = {fact.name: self.net.fact_bits.get(fact.name, 0) for fact in DERIVED}
        for atom in self.net.atoms.values():
            if atom.fact in bits:
                bits[atom.fact] |= atom.bit
        return {name: of_fact for name, of_fact in bits.items() if of_fact}

    def _plan(self, rules: list[CompiledRule], skips: list[tuple[int, PlacedLiteral]]) -> Plan:
        """The rules in stages, with only the gates that something rests on."""
        net = self.net
        needed = self.scoring.inputs
        for rule in rules:
            needed |= rule.when | rule.exceptions | rule.exceptions_negated
        for way in self.pathways.values():
            for literal_ in (*(literal for literal, _ in way.sooner), *filter(None, [way.free])):
                needed |= 1 << literal_.at
        for _, literal in skips:
            needed |= 1 << literal.at
        gates = used(net.gates, needed)
        staged: dict[int, list[CompiledRule]] = {}
        for rule in rules:
            at = max(net.stage(bit) for bit in bits_of(rule.when | rule.exceptions | rule.exceptions_negated))
            staged.setdefault(at, []).append(rule)
        placed = {rule.number: placed_rule(rule, self.any_bit) for rule in rules}
        rules_of: dict[int, list[PlacedRule]] = {}
        for rule in rules:
            for finding in rule.findings:
                rules_of.setdefault(finding, []).append(placed[rule.number])
        of_answers = {place(atom.bit): (POSITION[atom.fact],) for atom in net.atoms.values() if atom.fact in POSITION}
        of_derived = {
            place(bit): tuple(sorted(POSITION[field] for field in DERIVED_BY_NAME[name].fields))
            for name, bits in self._bits_of_fact.items()
            for bit in bits_of(bits)
        }
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
            fields_of=of_answers | of_derived,
            settled_only=frozenset(of_derived),
            urgencies=tuple(at for at, _ in self.findings["urgency"]),
            findings={place(finding): tuple(given) for finding, given in rules_of.items()},
            skips=tuple(skips),
            members={place(kind): tuple(map(place, bits)) for kind, bits in self.members.items()},
            gates={place(gate.bit): placed_gate(gate) for gate in gates},
            made_of={place(bit): columns for bit, columns in self._made_of.items()},
        )

    def find(self, cases: Sequence[tuple[Mapping[str, Any], date | None]]) -> Found:
        """Every finding for the answers of each case on its day. Without a day an age from a birth date stays unknown."""
        given = [self._given(answers, on) for answers, on in cases]
        return Found(self, Sheet(self.plan, given, len(self.book.rules)))

    def _given(self, answers: Mapping[str, Any], on: date | None) -> int:
        """A record's answers and what is derived from them, packed, with the fields behind what is derived."""
        given = 0
        known = self._known
        for key, value in answers.items():
            bits = known[key].get(value)
            given |= self.encoders[key].given(value) if bits is None else bits
        looks = _looks(answers.get("documents"))
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
            given |= made
        return given

    def _make(self, group: DerivedGroup, answers: Mapping[str, Any], on: date | None) -> int:
        """The bits that these facts make true and false, and the fields behind each, packed."""
        case = Case(answers, self.book.country, on)
        true, false, behind = 0, 0, 0
        for fact in group.facts:
            value = fact.make(case)
            bits = self._bits_of_fact.get(fact.name, 0)
            if value is None or not bits:
                continue
            holds = bits if value else 0
            if fact.kind == "number":
                holds = self.encoders[fact.name].true_of(value)
            true |= holds
            false |= bits & ~holds
            deciding = {POSITION[key] for key in deciding_fields(fact.name, case)}
            for bit in bits_of(bits):
                behind |= sum(1 << column for field, column in self._made_of[bit] if field in deciding)
        return self.layout.packed(0, true, false) | behind << self.layout.first_behind

    def because(self, key: tuple[int, int]) -> Because:
        """The reason that a rule (its number) gives by these fields (bits)."""
        known = self._reasons.get(key)
        if known is None:
            if len(self._reasons) >= MOST_ENTRIES:
                self._reasons.clear()
            rule = self.book.rules[key[0]]
            known = self._reasons[key] = Because(rule.id, names_of(key[1]), rule.source)
        return known


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


def _field_bits(keys: Iterable[str]) -> int:
    return sum(1 << POSITION[key] for key in set(keys))


def _made_of(groups: Iterable[DerivedGroup], bits_of_fact: Mapping[str, int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """For each bit of a derived fact the fields it may be made from, each with its column."""
    made: dict[int, tuple[tuple[int, int], ...]] = {}
    column = 0
    for group in groups:
        for fact in group.facts:
            for bit in bits_of(bits_of_fact.get(fact.name, 0)):
                made[bit] = tuple([(POSITION[key], column + at) for at, key in enumerate(group.fields)])
                column += len(group.fields)
    return made


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
