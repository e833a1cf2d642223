"""The screening engine: one record's answers and a compiled rulebook in, everything found out.

Findings are reached layer by layer: a rule is looked at once all rules that could give the findings it reads have
been, so the order in which rules are written cannot matter. See docs/algorithms/screening.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from panah.cores.lawbook import PackError
from panah.cores.lawbook.conditions import Condition, found
from panah.cores.screening.codes import FINDINGS, URGENCIES
from panah.cores.screening.derived import DERIVED, Case, DerivedFact, deciding_fields
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS, POSITION
from panah.cores.screening.profile import Because
from panah.cores.screening.rulebook import Pathway, Rule, Rulebook
from panah.cores.screening.tables import Fired, Row, Table, Verdict, bits, key_reader, tables, view_of
from panah.cores.screening.trafficking import DIMENSIONS, score

TRAFFICKING: Final = tuple(f"trafficking.{name}" for name in DIMENSIONS)
AS_CHILD: Final = ("child", "exploitation.recruited_as_child")
MOST_ENTRIES: Final = 50_000


def _slot_names() -> tuple[str, ...]:
    findings = [found(kind, code) for kind, codes in FINDINGS.items() for code in codes]
    any_of_kind = [found(kind, "any") for kind in FINDINGS]
    return (
        *(field.key for field in FIELDS),
        *(fact.name for fact in DERIVED),
        *TRAFFICKING,
        *findings,
        *any_of_kind,
    )


NAMES: Final = _slot_names()
SLOTS: Final[Mapping[str, int]] = {name: at for at, name in enumerate(NAMES)}
FIELD_BITS: Final = (1 << len(FIELDS)) - 1
FIRST_FINDING: Final = len(FIELDS) + len(DERIVED) + len(TRAFFICKING)
ANY_SLOT: Final = {
    SLOTS[found(kind, code)]: SLOTS[found(kind, "any")] for kind, codes in FINDINGS.items() for code in codes
}
URGENCY_SLOTS: Final = tuple(SLOTS[found("urgency", code)] for code in URGENCIES[:-1])
SLOTS_OF_KIND: Final = {kind: tuple(SLOTS[found(kind, code)] for code in codes) for kind, codes in FINDINGS.items()}
CODE_OF_SLOT: Final = {SLOTS[found(kind, code)]: code for kind, codes in FINDINGS.items() for code in codes}
MEMBERS_OF_ANY: Final = {SLOTS[found(kind, "any")]: slots for kind, slots in SLOTS_OF_KIND.items()}


@dataclass(frozen=True)
class DerivedGroup:
    """Derived facts that read the same fields, with what was found for the values met so far."""

    facts: tuple[DerivedFact, ...]
    fields: tuple[str, ...]
    by_day: bool
    cache: dict[Any, tuple[tuple[int, Any, int], ...]]


@dataclass
class Findings:
    """What one record gave, in slots: the values, what was found by which rules, and what the tables said."""

    values: list[Any]
    answered: int
    supports: dict[int, int]
    opens: dict[int, int]
    fired: dict[int, list[Fired]]
    verdicts: list[Verdict]

    def stands(self, kind: str) -> list[int]:
        """The slots of a kind that stand, in the order of the contract."""
        return [slot for slot in SLOTS_OF_KIND[kind] if slot in self.fired]


class Engine:
    """A rulebook compiled into layers of tables. Holds no state that changes a result."""

    def __init__(self, book: Rulebook, skips: Iterable[tuple[str, Condition]] = ()) -> None:
        self.book = book
        self.layers = tuple(tables(rows, SLOTS) for rows in _layers(book.rules))
        self.groups = _derived_groups()
        self.pathway_tables = {SLOTS[found("referral", to)]: PathwayTable(way) for to, way in book.pathways.items()}
        self.skips = tables((Row(SLOTS[key], condition, ()) for key, condition in skips), SLOTS)
        reads = sorted({name for item in book.indicators if item.when for name in item.when.facts} | set(AS_CHILD))
        self.indicator_names = tuple(reads)
        self.indicator_key = key_reader(reads, SLOTS)
        self.scores: dict[Any, tuple[tuple[int, Any, int, int], ...]] = {}
        self.reasons: dict[tuple[int, int], Because] = {}

    def find(self, answers: Mapping[str, Any], on: date | None) -> Findings:
        """Every finding for a record's answers on a day. Without a day an age from a birth date stays unknown."""
        values: list[Any] = [None] * len(NAMES)
        answered = 0
        for key, value in answers.items():
            if value.__class__ is str and value in OPEN_ANSWERS:
                continue
            slot = POSITION[key]
            values[slot] = value
            answered |= 1 << slot
        findings = Findings(values, answered, {}, {}, {}, [])
        self._derive(answers, on, findings)
        self._score_trafficking(findings)
        for layer in self.layers:
            self._look_up(layer, findings)
        return findings

    def _derive(self, answers: Mapping[str, Any], on: date | None, findings: Findings) -> None:
        values, supports = findings.values, findings.supports
        for group in self.groups:
            given = [answers.get(name) for name in group.fields]
            if not any(value is not None for value in given):
                continue
            key = (on, *given) if group.by_day else tuple(given)
            found_facts = group.cache.get(key)
            if found_facts is None:
                found_facts = self._make(group, answers, on)
                if len(group.cache) >= MOST_ENTRIES:
                    group.cache.clear()
                group.cache[key] = found_facts
            for slot, value, support in found_facts:
                values[slot] = value
                supports[slot] = support

    def _make(
        self, group: DerivedGroup, answers: Mapping[str, Any], on: date | None
    ) -> tuple[tuple[int, Any, int], ...]:
        case = Case(answers, self.book.country, on)
        return tuple(
            (SLOTS[fact.name], value, bits(deciding_fields(fact.name, case), POSITION))
            for fact in group.facts
            if (value := fact.make(case)) is not None
        )

    def _score_trafficking(self, findings: Findings) -> None:
        key = self.indicator_key(findings.values)
        scores = self.scores.get(key)
        if scores is None:
            view = view_of(self.indicator_names, key)
            as_child = bool(view["child"]) or view["exploitation.recruited_as_child"] == "yes"
            scores = tuple(
                (
                    SLOTS[f"trafficking.{name}"],
                    True if dimension.positive else None if dimension.open else False,
                    bits(dimension.because, SLOTS),
                    bits(dimension.open, SLOTS),
                )
                for name, dimension in score(self.book.indicators, view, as_child=as_child).items()
            )
            if len(self.scores) >= MOST_ENTRIES:
                self.scores.clear()
            self.scores[key] = scores
        for slot, value, because, open_ in scores:
            findings.values[slot] = value
            findings.supports[slot] = because
            findings.opens[slot] = open_

    def _look_up(self, layer: tuple[Table, ...], findings: Findings) -> None:
        values, all_fired, verdicts = findings.values, findings.fired, findings.verdicts
        new: list[Fired] = []
        for table in layer:
            key = table.key_of(values)
            verdict = table.verdicts.get(key)
            if verdict is None:
                verdict = table.fill(key)
            verdicts.append(verdict)
            new.extend(verdict.fired)
        for fired in new:
            for slot in fired.findings:
                if slot in all_fired:
                    all_fired[slot].append(fired)
                else:
                    all_fired[slot] = [fired]
                    values[slot] = True
                    values[ANY_SLOT[slot]] = True

    def because(self, slot: int, findings: Findings) -> tuple[Because, ...]:
        """The reasons of one finding, by rule id."""
        fired = findings.fired[slot]
        if len(fired) > 1:
            fired = sorted(fired, key=lambda one: one.rule)
        return tuple([self._reason(one, findings) for one in fired])

    def _reason(self, fired: Fired, findings: Findings) -> Because:
        answers = self._fields(fired.because, findings)
        reason = self.reasons.get((fired.rule, answers))
        if reason is None:
            rule: Rule = self.book.rules[fired.rule]
            reason = Because(rule.id, names_of(answers), rule.source)
            if len(self.reasons) >= MOST_ENTRIES:
                self.reasons.clear()
            self.reasons[(fired.rule, answers)] = reason
        return reason

    def _fields(self, slots: int, findings: Findings) -> int:
        """The fields behind a set of slots: derived facts and findings stand for the answers that made them."""
        fields = slots & FIELD_BITS
        for slot in _slots_in(slots & ~FIELD_BITS):
            fields |= self._support(slot, findings)
        return fields

    def _support(self, slot: int, findings: Findings) -> int:
        known = findings.supports.get(slot)
        if known is None:
            members = MEMBERS_OF_ANY.get(slot, (slot,))
            known = 0
            for member in members:
                for fired in findings.fired.get(member, ()):
                    known |= self._fields(fired.because, findings)
        elif known & ~FIELD_BITS:
            known = self._fields(known, findings)
        findings.supports[slot] = known
        return known

    def missing(self, findings: Findings) -> int:
        """The unanswered fields (bits) whose answer could still add a finding, take one away or raise the urgency."""
        settled = 0
        open_ = 0
        for slot, fired in findings.fired.items():
            settled |= 1 << slot
            if all(one.open for one in fired):
                for one in fired:
                    open_ |= one.open
        for at, slot in enumerate(URGENCY_SLOTS):
            if settled >> slot & 1:
                settled |= sum(1 << lower for lower in URGENCY_SLOTS[at:])
                break
        for verdict in findings.verdicts:
            if not verdict.waiting_findings & settled:
                open_ |= verdict.waiting_for
            else:
                for given, waits_for in verdict.waiting:
                    if given & ~settled:
                        open_ |= waits_for
        fields = self._open_fields(open_, findings) & ~findings.answered
        return fields & ~self.skipped(findings)

    def _open_fields(self, slots: int, findings: Findings) -> int:
        fields = slots & FIELD_BITS
        for slot in _slots_in(slots & ~FIELD_BITS):
            inner = findings.opens.get(slot)
            fields |= FIELDS_OF_DERIVED[slot] if inner is None else self._open_fields(inner, findings)
        return fields

    def skipped(self, findings: Findings) -> int:
        """The fields (bits) that need not be asked, by what is known so far."""
        skipped = 0
        for table in self.skips:
            key = table.key_of(findings.values)
            verdict = table.verdicts.get(key) or table.fill(key)
            for fired in verdict.fired:
                skipped |= 1 << fired.rule
        return skipped


class PathwayTable:
    """Consent and hurry of one referral, kept by the values that they depend on."""

    def __init__(self, way: Pathway) -> None:
        conditions = [entry.condition for entry in way.sooner]
        conditions += [way.not_required_when] if way.not_required_when else []
        names = {way.consent} - {""}
        for condition in conditions:
            names |= condition.facts | condition.finds
        self.way = way
        self.names = tuple(sorted(names, key=SLOTS.__getitem__))
        self.key_of = key_reader(self.names, SLOTS)
        self.consent_bit = 1 << SLOTS[way.consent] if way.consent else 0
        self.kept: dict[Any, tuple[str, int | None]] = {}

    def read(self, values: list[Any]) -> tuple[str, int | None]:
        """Consent (`not_required`, `given`, `needed`) and the fewest hours asked for, None where none are."""
        key = self.key_of(values)
        known = self.kept.get(key)
        if known is None:
            view = view_of(self.names, key) if self.names else {}
            hours = [entry.hours for entry in self.way.sooner if entry.condition.evaluate(view).truth]
            known = self._consent(view), min(hours, default=None)
            if len(self.kept) >= MOST_ENTRIES:
                self.kept.clear()
            self.kept[key] = known
        return known

    def _consent(self, view: Mapping[str, Any]) -> str:
        free = self.way.not_required_when
        if not self.way.consent or (free is not None and free.evaluate(view).truth):
            return "not_required"
        return "given" if view.get(self.way.consent) == "yes" else "needed"


def _derived_groups() -> tuple[DerivedGroup, ...]:
    by_fields: dict[tuple[str, ...], list[DerivedFact]] = {}
    for fact in DERIVED:
        reads = fact.fields
        if fact.name in ("child", "person.age"):
            reads = ("person.age_disputed", "person.birth_date", "person.age_estimate", "child.accompanied_by")
        by_fields.setdefault(reads, []).append(fact)
    return tuple(
        DerivedGroup(tuple(facts), fields, "person.birth_date" in fields, {}) for fields, facts in by_fields.items()
    )


FIELDS_OF_DERIVED: Final = {SLOTS[fact.name]: bits(fact.fields, POSITION) for fact in DERIVED}


def _layers(rules: tuple[Rule, ...]) -> Iterator[list[Row]]:
    """Rules in layers, each reading only findings that earlier layers settled. PackError for a circle."""
    ranks = _Ranks(rules)
    by_rank: dict[int, list[Row]] = {}
    for number, rule in enumerate(rules):
        findings = tuple(SLOTS[found(rule.kind, code)] for code in rule.gives)
        by_rank.setdefault(ranks.of_rule(rule), []).append(Row(number, rule.condition, findings))
    for rank in sorted(by_rank):
        yield by_rank[rank]


class _Ranks:
    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.givers: dict[str, list[Rule]] = {}
        for rule in rules:
            for code in rule.gives:
                self.givers.setdefault(found(rule.kind, code), []).append(rule)
        self.known: dict[str, int] = {}
        self.path: list[str] = []

    def of_rule(self, rule: Rule) -> int:
        """One more than the highest rank of what the rule reads."""
        return 1 + max((self.of_finding(name) for name in rule.condition.finds), default=-1)

    def of_finding(self, name: str) -> int:
        if name in self.path:
            raise PackError(
                f"The findings {' → '.join((*self.path, name))} rest on each other; rules may not go round."
            )
        if name not in self.known:
            self.path.append(name)
            kind, _, code = name.partition(":")
            names = [found(kind, each) for each in FINDINGS[kind]] if code == "any" else [name]
            rules = [rule for each in names for rule in self.givers.get(each, ())]
            self.known[name] = max((self.of_rule(rule) for rule in rules), default=0)
            self.path.pop()
        return self.known[name]


def _slots_in(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


_NAMES_OF: dict[int, tuple[str, ...]] = {}


def names_of(fields: int) -> tuple[str, ...]:
    """The keys of a set of fields (bits), in the order of the contract."""
    known = _NAMES_OF.get(fields)
    if known is None:
        known = tuple(NAMES[slot] for slot in _slots_in(fields))
        if len(_NAMES_OF) >= MOST_ENTRIES:
            _NAMES_OF.clear()
        _NAMES_OF[fields] = known
    return known
