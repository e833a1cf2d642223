"""Why each finding stands: the rules that fired and the answers behind them, for all records of a sheet at once.

For every bit that a rule rests on there is a column for each field: the records in which that field's answer made the bit
what it is. Only what fired is followed down. Records in which a rule rests on the same fields share one reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from panah.cores.screening.columns import patterns, rows_of
from panah.cores.screening.profile import Because
from panah.cores.screening.sheet import PlacedGate, PlacedRule, Plan, Sheet

Columns = dict[int, int]
"""For each field the records in which it counts."""


class Reasons:
    """The reasons of one sheet. `because` makes one from a rule's number and its fields (bits)."""

    def __init__(self, sheet: Sheet, because: Callable[[tuple[int, int]], Because]) -> None:
        self.sheet = sheet
        self.plan: Plan = sheet.plan
        self._because = because
        self._behind: dict[int, Columns] = {}
        self._of_rules: dict[int, Columns] = {}
        self._said: dict[int, tuple[list[int], list[Because]]] = {}

    def of(self, finding: int) -> tuple[Sequence[int], Sequence[tuple[Because, ...]]]:
        """The records in which a finding (by its place) stands, and its reasons in each, by the order of the rules."""
        rules = [rule for rule in self.plan.findings[finding] if self.sheet.fired[rule.number]]
        if len(rules) == 1:
            rows, reasons = self._of_rule(rules[0])
            return rows, [(reason,) for reason in reasons]
        found: dict[int, list[Because]] = {row: [] for row in rows_of(self.sheet.true[finding])}
        for rule in rules:
            for row, reason in zip(*self._of_rule(rule), strict=True):
                found[row].append(reason)
        return list(found), [tuple(reasons) for reasons in found.values()]

    def _of_rule(self, rule: PlacedRule) -> tuple[list[int], list[Because]]:
        """The records in which a rule fired, and the reason that it gives in each."""
        said = self._said.get(rule.number)
        if said is None:
            said = self._said[rule.number] = self._say(rule)
        return said

    def _say(self, rule: PlacedRule) -> tuple[list[int], list[Because]]:
        fired = self.sheet.fired[rule.number]
        rows = rows_of(fired)
        always, varied = 0, []
        for field, column in self._fields_of_rule(rule).items():
            if column == fired:
                always |= 1 << field
            elif column:
                varied.append((1 << field, column))
        number = rule.number
        if not varied:
            return rows, [self._because((number, always))] * len(rows)
        keys = patterns([column for _, column in varied], rows)
        reasons = {key: self._because((number, always | _fields(varied, key))) for key in set(keys)}
        return rows, [reasons[key] for key in keys]

    def _fields_of_rule(self, rule: PlacedRule) -> Columns:
        known = self._of_rules.get(rule.number)
        if known is None:
            true, fired = self.sheet.true, self.sheet.fired[rule.number]
            known = self._of_rules[rule.number] = {}
            for each in rule.when:
                _add(known, self._fields(each), true[each] & fired)
        return known

    def _fields(self, at: int) -> Columns:
        """For a settled bit the fields that made it what it is; what it is not settled on may stand there as well."""
        known = self._behind.get(at)
        if known is None:
            known = self._behind[at] = self._made(at)
        return known

    def _made(self, at: int) -> Columns:
        plan, sheet = self.plan, self.sheet
        made_of = plan.made_of.get(at)
        if made_of is not None:
            return {field: sheet.behind[column] for field, column in made_of}
        gate = plan.gates.get(at)
        if gate is not None:
            return self._of_gate(gate)
        if at in plan.fields_of:
            return dict.fromkeys(plan.fields_of[at], sheet.whole)
        found: Columns = {}
        for indicator, column in sheet.counted.get(at, {}).items():
            _add(found, self._fields(indicator), column)
        for finding in plan.members.get(at, (at,)):
            for rule in plan.findings.get(finding, ()):
                if sheet.fired[rule.number]:
                    _add(found, self._fields_of_rule(rule), sheet.whole)
        return found

    def _of_gate(self, gate: PlacedGate) -> Columns:
        """Of a gate the inputs that agree with it; nobody's answer is behind an exception that is not true."""
        found: Columns = {}
        if gate.kind == "unless":
            return found
        true, false = self.sheet.true, self.sheet.false
        holds, fails = true[gate.at], false[gate.at]
        for each in gate.pos:
            agree = (holds & true[each]) | (fails & false[each])
            if agree:
                _add(found, self._fields(each), agree)
        for each in gate.neg:
            agree = (holds & false[each]) | (fails & true[each])
            if agree:
                _add(found, self._fields(each), agree)
        return found


def _add(found: Columns, fields: Mapping[int, int], where: int) -> None:
    get = found.get
    for field, column in fields.items():
        found[field] = get(field, 0) | (column & where)


def _fields(varied: Sequence[tuple[int, int]], key: int) -> int:
    fields = 0
    while key:
        lowest = key & -key
        fields |= varied[lowest.bit_length() - 1][0]
        key ^= lowest
    return fields
