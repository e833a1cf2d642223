"""In which order findings can be settled, from what their rules read. A circle among them is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from panah.cores.lawbook import PackError
from panah.cores.lawbook.conditions import found
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.rulebook import Rule
from panah.cores.screening.trafficking import DIMENSIONS

SCORED: Final = 1
"""The stage from which the trafficking dimensions are known: after everything that rests on answers alone."""


def stages_of(rules: Iterable[Rule]) -> Mapping[str, int]:
    """For each finding (`kind:code`, `kind:any`) and trafficking dimension the stage from which it is settled.

    Raises PackError where findings rest on each other in a circle.
    """
    ranks = _Ranks(rules)
    stages = {f"trafficking.{name}": SCORED for name in DIMENSIONS}
    for kind, codes in FINDINGS.items():
        for code in (*codes, "any"):
            stages[found(kind, code)] = ranks.of_finding(found(kind, code))
    return stages


class _Ranks:
    def __init__(self, rules: Iterable[Rule]) -> None:
        self.givers: dict[str, list[Rule]] = {}
        for rule in rules:
            for code in rule.gives:
                self.givers.setdefault(found(rule.kind, code), []).append(rule)
        self.known: dict[str, int] = {}
        self.path: list[str] = []

    def of_finding(self, name: str) -> int:
        """One more than the latest stage of a rule that gives it."""
        if name in self.path:
            circle = " → ".join((*self.path[self.path.index(name) :], name))
            raise PackError(f"The findings {circle} rest on each other; rules may not go round.")
        if name not in self.known:
            self.path.append(name)
            kind, _, code = name.partition(":")
            names = [found(kind, each) for each in FINDINGS[kind]] if code == "any" else [name]
            rules = [rule for each in names for rule in self.givers.get(each, ())]
            self.known[name] = 1 + max((self._of_rule(rule) for rule in rules), default=0)
            self.path.pop()
        return self.known[name]

    def _of_rule(self, rule: Rule) -> int:
        scored = any(name.startswith("trafficking.") for name in rule.condition.facts)
        return max((self.of_finding(name) for name in rule.condition.finds), default=SCORED if scored else 0)
