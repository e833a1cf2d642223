"""Screening said slowly and plainly, for tests: each rule by its closures, one after the other, nothing kept.

The engine must agree with this on every record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from panah.cores.lawbook.conditions import Outcome, found
from panah.cores.screening.codes import FINDINGS, URGENCIES
from panah.cores.screening.derived import DERIVED, DERIVED_BY_NAME, Case, deciding_fields
from panah.cores.screening.fields import FIELD, OPEN_ANSWERS
from panah.cores.screening.questions import Question
from panah.cores.screening.record import InterviewRecord
from panah.cores.screening.rulebook import Rulebook
from panah.cores.screening.stages import stages_of
from panah.cores.screening.trafficking import Dimension, score


@dataclass
class Reference:
    """For each finding its rules with the answers behind them, and the fields that could still change something."""

    because: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


def screen_plainly(record: InterviewRecord, book: Rulebook, questions: tuple[Question, ...], on: date) -> Reference:
    """What the rulebook says of a record."""
    case = Case(record.answers, book.country, on)
    view: dict[str, Any] = {key: value for key, value in record.answers.items() if value not in OPEN_ANSWERS}
    view |= {fact.name: fact.make(case) for fact in DERIVED}
    as_child = bool(view["child"]) or view.get("exploitation.recruited_as_child") == "yes"
    dimensions = score(book.indicators, view, as_child=as_child)
    for name, dimension in dimensions.items():
        view[f"trafficking.{name}"] = True if dimension.positive else None if dimension.open else False
    reader = _Reader(case, dimensions)
    stages = stages_of(book.rules)
    outcomes = {}
    for rule in sorted(book.rules, key=lambda rule: stages[found(rule.kind, rule.code)]):
        outcome = outcomes[rule.id] = rule.condition.evaluate(view)
        if outcome.truth:
            for code in rule.gives:
                name = found(rule.kind, code)
                view[name] = view[found(rule.kind, "any")] = True
                reader.because.setdefault(name, {})[rule.id] = outcome.because
    result = Reference()
    for name, rules in reader.because.items():
        result.because[name] = {rule: reader.answers(because) for rule, because in rules.items()}
    open_ = reader.fields(_open_names(book, outcomes, reader))
    asked = {question.key for question in questions}
    skipped = {one.key for one in questions if one.skip_when and one.skip_when.evaluate(view).truth}
    unanswered = {key for key in asked if case.get(key) is None}
    result.missing = frozenset((open_ & unanswered) - skipped)
    return result


def _open_names(book: Rulebook, outcomes: dict[str, Outcome], reader: _Reader) -> set[str]:
    """What rules of unsettled findings wait for, and what could still undo a finding."""
    settled = set(reader.because)
    for at, urgency in enumerate(URGENCIES[:-1]):
        if found("urgency", urgency) in settled:
            settled |= {found("urgency", lower) for lower in URGENCIES[at:-1]}
            break
    open_: set[str] = set()
    for rule in book.rules:
        unsettled = any(found(rule.kind, code) not in settled for code in rule.gives)
        if outcomes[rule.id].truth is None and unsettled:
            open_ |= outcomes[rule.id].open
    for rules in reader.because.values():
        if all(outcomes[rule_].open for rule_ in rules):
            for rule_ in rules:
                open_ |= outcomes[rule_].open
    return open_


class _Reader:
    def __init__(self, case: Case, dimensions: dict[str, Dimension]) -> None:
        self.case = case
        self.dimensions = dimensions
        self.because: dict[str, dict[str, frozenset[str]]] = {}

    def answers(self, names: frozenset[str]) -> frozenset[str]:
        """The fields behind facts, dimensions and findings."""
        fields: set[str] = set()
        for name in names:
            if name in FIELD:
                fields.add(name)
            elif name in DERIVED_BY_NAME:
                fields |= set(deciding_fields(name, self.case))
            elif name.startswith("trafficking."):
                fields |= self.answers(self.dimensions[name.removeprefix("trafficking.")].because)
            else:
                kind, _, code = name.partition(":")
                members = [name] if code != "any" else [found(kind, each) for each in FINDINGS[kind]]
                for member in members:
                    for because in self.because.get(member, {}).values():
                        fields |= self.answers(because)
        return frozenset(fields)

    def fields(self, names: set[str]) -> set[str]:
        """The fields that open facts and dimensions wait for."""
        fields: set[str] = set()
        for name in names:
            if name in FIELD:
                fields.add(name)
            elif name in DERIVED_BY_NAME:
                fields |= set(DERIVED_BY_NAME[name].fields)
            elif name.startswith("trafficking."):
                fields |= self.fields(set(self.dimensions[name.removeprefix("trafficking.")].open))
        return fields
