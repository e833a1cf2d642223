"""Whether a condition can ever be true: a search over what a case could hold, with the meaning that the engine gives.

The facts of an interview are taken as free of each other, findings too. So "never" is certain, while "can be" may still
be prevented by what facts have to do with each other. A search that grows too large answers "can be".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from panah.cores.lawbook.conditions import Evaluate, Language, compile_condition, found

Mode = Literal["true", "false", "not_true", "not_false"]
Goal = tuple[Any, Mode]
Literals = Mapping[str, tuple[tuple[str, Mode], ...]]
"""For each fact the atoms that must come out so, by their text."""

BUDGET: Final = 20_000
OPPOSITE: Final[Mapping[Mode, Mode]] = {
    "true": "false", "false": "true", "not_true": "not_false", "not_false": "not_true",
}  # fmt: skip
OTHER: Final = "\0other"
"""Stands for every value that no condition names."""


class _TooLarge(Exception):
    pass


@dataclass
class Solver:
    """Answers for one rulebook. `given` are the findings that some rule gives; `bounds` limits of number facts."""

    language: Language
    given: frozenset[str]
    bounds: Mapping[str, tuple[float, float]]
    never_values: frozenset[str]
    skips: Mapping[str, Any] = field(default_factory=dict)
    fields_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflict: str = ""
    _atoms: dict[str, tuple[Any, Evaluate]] = field(default_factory=dict)
    _steps: int = 0

    def can_be(self, goals: Iterable[Goal], *, asked: bool = False) -> bool:
        """Whether all goals can come out together; with `asked`, without an answer to a question that is skipped then."""
        self._steps, self.conflict = 0, ""
        try:
            return next(self._search(list(goals), {}, asked, frozenset()), None) is not None
        except _TooLarge:
            return True

    def _search(self, goals: list[Goal], state: Literals, asked: bool, minded: frozenset[str]) -> Iterator[Literals]:
        """Every consistent state found, after settling what leaves no choice; then one choice at a time."""
        choices: list[list[list[Goal]]] = []
        while goals:
            self._steps += 1
            if self._steps > BUDGET:
                raise _TooLarge
            body, mode = goals.pop()
            ways = self._ways(body, mode)
            if ways is None:
                after = self._with(state, body, mode)
                if after is None:
                    return
                state = after
            elif len(ways) == 1:
                goals += ways[0]
            else:
                choices.append(ways)
        if choices:
            choice = min(choices, key=len)
            rest: list[Goal] = [(_Held(other), "true") for other in choices if other is not choice]
            for way in choice:
                yield from self._search([*rest, *way], state, asked, minded)
            return
        skipped = [name for name in self._must_answer(state) if name in self.skips and name not in minded]
        if asked and skipped:
            more: list[Goal] = [(self.skips[name], "not_true") for name in skipped]
            yield from self._search(more, state, asked, minded | set(skipped))
            return
        yield state

    def _ways(self, body: Any, mode: Mode) -> list[list[Goal]] | None:
        """The goals that would each be enough, each a list to be met together; None for an atom."""
        if isinstance(body, _Held):
            return body.ways
        if "except_when" in body:
            rule, exception = body["when"], body["except_when"]
            if mode in ("true", "not_false"):
                return [[(rule, mode), (exception, "not_true")]]
            return [[(rule, mode)], [(exception, "true")]]
        operator, operand = next(iter(body.items()))
        if operator == "defined":
            return [[(self.language.definitions[operand], mode)]]
        if operator == "not":
            return [[(operand, OPPOSITE[mode])]]
        if operator in ("all", "any"):
            together = (operator == "all") is (mode in ("true", "not_false"))
            parts: list[Goal] = [(part, mode) for part in operand]
            return [parts] if together else [[part] for part in parts]
        return None

    def _with(self, state: Literals, body: Any, mode: Mode) -> Literals | None:
        """The state with one more atom; None where no value of its fact fits any more."""
        operator, operand = next(iter(body.items()))
        name = operand if isinstance(operand, str) else next(iter(operand))
        if operator in ("found", "none_found"):
            return self._with_finding(
                state, name, operand[name], stands=(operator == "found") is (mode in ("true", "not_false"))
            )
        text = repr((operator, operand if isinstance(operand, str) else dict(operand)))
        if text not in self._atoms:
            self._atoms[text] = (body, compile_condition(body, self.language, text).evaluate)
        literals = (*state.get(name, ()), (text, mode))
        if not any(self._fits(name, value, literals) for value in self._candidates(name, literals)):
            self.conflict = name
            return None
        return {**state, name: literals}

    def _with_finding(self, state: Literals, kind: str, code: str, *, stands: bool) -> Literals | None:
        name, whole = found(kind, code), found(kind, "any")
        mode: Mode = "true" if stands else "false"
        others = [key for key, value in state.items() if key.startswith(f"{kind}:") and ("", "true") in value]
        against = ("", OPPOSITE[mode]) in state.get(name, ())
        if stands:
            against |= name != whole and (name not in self.given or ("", "false") in state.get(whole, ()))
        else:
            against |= name == whole and bool(others)
        if against:
            self.conflict = name
            return None
        return {**state, name: (("", mode),)}

    def _fits(self, name: str, value: Any, literals: Iterable[tuple[str, Mode]]) -> bool:
        return all(_is(self._atoms[text][1]({name: value}).truth, mode) for text, mode in literals)

    def _candidates(self, name: str, literals: Iterable[tuple[str, Mode]]) -> Iterator[Any]:
        """Values of which one fits if any does: no answer, and for each kind the ones that conditions can tell apart."""
        yield None
        fact = self.language.facts[name]
        bodies = [(self._atoms[text][0], mode) for text, mode in literals]
        named = [value for body, _ in bodies for value in _values(body)]
        if fact.kind == "truth":
            yield from (True, False)
        elif fact.kind == "number":
            least, most = self.bounds.get(name, (float("-inf"), float("inf")))
            limits = {float(value) for value in named} | {least, most}
            yield from (value for limit in sorted(limits) for value in (limit, limit - 1) if least <= value <= most)
        elif fact.kind == "list":
            excluded = {value for body, mode in bodies if mode in ("false", "not_true") for value in _values(body)}
            yield ()
            everything = set(fact.allowed or (*named, OTHER)) - excluded - self.never_values
            yield tuple(sorted(everything))
        else:
            yield from (value for value in (*(fact.allowed or (*named, OTHER)),) if value not in self.never_values)

    def _must_answer(self, state: Literals) -> Iterator[str]:
        """The fields without whose answer the state cannot be."""
        for name, literals in state.items():
            if literals[0][0] and not self._fits(name, None, literals):
                fields = self.fields_of.get(name, (name,))
                if len(fields) == 1:
                    yield fields[0]


@dataclass(frozen=True)
class _Held:
    """Alternatives put off until what leaves no choice is settled."""

    ways: list[list[Goal]]


def _is(truth: bool | None, mode: Mode) -> bool:
    wanted = mode.removeprefix("not_") == "true"
    return (truth is wanted) is not mode.startswith("not_")


def _values(body: Any) -> tuple[str, ...]:
    operand = next(iter(body.values()))
    if isinstance(operand, str):
        return ()
    value = next(iter(operand.values()))
    return (value,) if isinstance(value, str) else tuple(value)
