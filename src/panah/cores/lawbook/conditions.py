"""The closed vocabulary of conditions, in three-valued logic.

A condition is a mapping with one operator, as packs write it. Compiled, it is a chain of closures that say true,
false or unknown of a view of facts, name the facts that decided, and name those whose answer is still open and could
change the outcome. It also reads as a sentence. What the vocabulary cannot say becomes a named fact in the core that
owns it, documented and tested; there is no code in packs. See docs/algorithms/screening.md.

    all: [CONDITION, …]          true when every part is
    any: [CONDITION, …]          true when one part is
    not: CONDITION
    is: {FACT: VALUE}            answered, and so
    is_not: {FACT: VALUE}        answered, and otherwise
    includes: {FACT: VALUE}      the list answered has the value
    includes_any: {FACT: [VALUE, …]}
    at_least: {FACT: NUMBER}     the number answered is so much or more
    below: {FACT: NUMBER}        the number answered is less
    answered: FACT               there is an answer (unknown and refused are none)
    unknown: FACT                there is none
    empty: FACT                  the list answered has nothing in it
    holds: FACT                  a derived fact is true
    found: {KIND: CODE}          a finding of that kind and code stands (`any` for any code)
    none_found: {KIND: CODE}     no such finding stands
    defined: NAME                the named condition of the pack's definitions
    when: CONDITION, except_when: CONDITION
                                 the first, unless the exception is true; an unknown exception takes nothing away
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from panah.cores.lawbook.errors import PackError

OPERATORS: Final = (
    "all",
    "any",
    "not",
    "is",
    "is_not",
    "includes",
    "includes_any",
    "at_least",
    "below",
    "answered",
    "unknown",
    "empty",
    "holds",
    "found",
    "none_found",
    "defined",
    "when",
)

NOTHING: Final[frozenset[str]] = frozenset()


class Outcome(NamedTuple):
    """What a condition says of a case.

    `truth` is True, False or None (unknown). `because` names the facts that decided it, empty while unknown; `open`
    the unanswered facts whose answer could still change it.
    """

    truth: bool | None
    because: frozenset[str] = NOTHING
    open: frozenset[str] = NOTHING


View = Mapping[str, Any]
"""Facts by name; None or absent is unanswered. Findings stand under `found(KIND, CODE)`, as True or False."""

Evaluate = Callable[[View], Outcome]
Label = Callable[[str], str]


@dataclass(frozen=True)
class Fact:
    """What conditions may name. `kind` is `value`, `list`, `number` or `truth`; `allowed` its values, if listed."""

    name: str
    kind: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Language:
    """Everything that a condition may refer to: facts, codes of findings by kind, and named definitions."""

    facts: Mapping[str, Fact]
    findings: Mapping[str, Sequence[str]]
    definitions: Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """A compiled condition. `facts` and `finds` are the names that its outcome can depend on."""

    body: Any
    evaluate: Evaluate
    facts: frozenset[str]
    finds: frozenset[str]
    language: Language

    def says(self, label: Label) -> str:
        """The condition as a phrase in the language of `label`, which turns codes (`op.all`, `fact.…`) into words."""
        return _phrase(self.body, self.language, label)


def found(kind: str, code: str) -> str:
    """The name under which a view holds whether a finding stands."""
    return f"{kind}:{code}"


def compile_condition(body: Any, language: Language, where: str) -> Condition:
    """The condition that a pack writes as `body`; `where` is the file and rule named in errors.

    Raises PackError for an operator, fact, value, finding or definition that does not exist.
    """
    compiler = _Compiler(language, where)
    evaluate = compiler.compile(body)
    return Condition(body, evaluate, frozenset(compiler.facts), frozenset(compiler.finds), language)


class _Compiler:
    def __init__(self, language: Language, where: str) -> None:
        self.language = language
        self.where = where
        self.facts: set[str] = set()
        self.finds: set[str] = set()
        self.defining: list[str] = []

    def compile(self, body: Any) -> Evaluate:
        operator, operand = self._operator(body)
        if operator == "when":
            return _exception(self.compile(operand), self.compile(body["except_when"]))
        if operator in ("all", "any"):
            if not isinstance(operand, list | tuple) or not operand:
                raise self._refused(f"'{operator}' takes a list with at least one condition")
            parts = tuple(self.compile(part) for part in operand)
            return _all(parts) if operator == "all" else _any(parts)
        if operator == "not":
            return _not(self.compile(operand))
        if operator == "defined":
            return self._definition(operand)
        if operator in ("found", "none_found"):
            return self._finding(operator, operand)
        if operator in ("answered", "unknown", "empty", "holds"):
            return self._bare(operator, operand)
        return self._comparison(operator, operand)

    def _operator(self, body: Any) -> tuple[str, Any]:
        if not isinstance(body, Mapping):
            raise self._refused(f"found {body!r} where a condition must stand; a condition is a mapping")
        if set(body) == {"when", "except_when"}:
            return "when", body["when"]
        if len(body) != 1:
            raise self._refused(f"a condition has one operator, found {', '.join(body) or 'none'}")
        operator, operand = next(iter(body.items()))
        if operator not in OPERATORS or operator == "when":
            raise self._refused(f"there is no operator '{operator}'; allowed are {', '.join(OPERATORS)}")
        return operator, operand

    def _definition(self, name: Any) -> Evaluate:
        if name not in self.language.definitions:
            known = ", ".join(sorted(self.language.definitions)) or "none"
            raise self._refused(f"there is no definition '{name}'; defined are {known}")
        if name in self.defining:
            raise self._refused(f"the definition '{name}' rests on itself")
        self.defining.append(name)
        evaluate = self.compile(self.language.definitions[name])
        self.defining.pop()
        return evaluate

    def _finding(self, operator: str, operand: Any) -> Evaluate:
        kind, code = self._pair(operator, operand)
        codes = self.language.findings.get(kind)
        if codes is None or (code != "any" and code not in codes):
            allowed = ", ".join(codes) if codes is not None else ", ".join(self.language.findings)
            raise self._refused(f"'{operator}' names {kind}: {code}; allowed are {allowed}")
        name = found(kind, code)
        self.finds.add(name)
        wanted = operator == "found"

        def stands(view: View) -> Outcome:
            return Outcome(bool(view.get(name)) is wanted, frozenset((name,)) if wanted else NOTHING)

        return stands

    def _bare(self, operator: str, operand: Any) -> Evaluate:
        if not isinstance(operand, str):
            raise self._refused(f"'{operator}' takes the name of one fact")
        kinds = {"holds": ("truth",), "empty": ("list",)}.get(operator)
        self._fact(operand, operator, kinds)
        return {"answered": _answered, "unknown": _unanswered, "empty": _empty, "holds": _holds}[operator](operand)

    def _comparison(self, operator: str, operand: Any) -> Evaluate:
        name, value = self._pair(operator, operand)
        kinds = {
            "is": ("value",),
            "is_not": ("value",),
            "includes": ("list",),
            "includes_any": ("list",),
            "at_least": ("number",),
            "below": ("number",),
        }[operator]
        fact = self._fact(name, operator, kinds)
        if operator in ("at_least", "below"):
            return _compared(name, self._number(value), at_least=operator == "at_least")
        values = tuple(value) if operator == "includes_any" else (value,)
        for item in values:
            if fact.allowed and item not in fact.allowed:
                raise self._refused(f"{name} cannot be '{item}'; allowed are {', '.join(fact.allowed)}")
        if operator in ("includes", "includes_any"):
            return _includes(name, frozenset(values))
        return _is(name, value, wanted=operator == "is")

    def _fact(self, name: str, operator: str, kinds: tuple[str, ...] | None) -> Fact:
        fact = self.language.facts.get(name)
        if fact is None:
            raise self._refused(f"there is no fact '{name}'; facts are the fields of the record and the derived facts")
        if kinds is not None and fact.kind not in kinds:
            raise self._refused(f"'{operator}' does not fit {name}, which is a {fact.kind}")
        self.facts.add(name)
        return fact

    def _pair(self, operator: str, operand: Any) -> tuple[str, Any]:
        if not isinstance(operand, Mapping) or len(operand) != 1:
            raise self._refused(f"'{operator}' takes one name with one value")
        name, value = next(iter(operand.items()))
        return name, value

    def _number(self, value: Any) -> float:
        try:
            return float(value)
        except (TypeError, ValueError):
            raise self._refused(f"'{value}' is not a number") from None

    def _refused(self, what: str) -> PackError:
        return PackError(f"{self.where}: {what}.")


def _all(parts: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(view: View) -> Outcome:
        because, open_ = NOTHING, NOTHING
        undecided = False
        for part in parts:
            outcome = part(view)
            if outcome.truth is False:
                return Outcome(False, outcome.because)
            undecided = undecided or outcome.truth is None
            because |= outcome.because
            open_ |= outcome.open
        return Outcome(None, NOTHING, open_) if undecided else Outcome(True, because, open_)

    return evaluate


def _any(parts: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(view: View) -> Outcome:
        outcomes = [part(view) for part in parts]
        true = [outcome for outcome in outcomes if outcome.truth]
        if true:
            # Open answers count only where no part stands firm without them.
            firm = any(not outcome.open for outcome in true)
            open_ = NOTHING if firm else _union(outcome.open for outcome in true)
            return Outcome(True, _union(outcome.because for outcome in true), open_)
        if any(outcome.truth is None for outcome in outcomes):
            return Outcome(None, NOTHING, _union(outcome.open for outcome in outcomes))
        return Outcome(False, _union(outcome.because for outcome in outcomes))

    return evaluate


def _union(sets: Any) -> frozenset[str]:
    return NOTHING.union(*sets)


def _not(part: Evaluate) -> Evaluate:
    def evaluate(view: View) -> Outcome:
        outcome = part(view)
        return Outcome(None if outcome.truth is None else not outcome.truth, outcome.because, outcome.open)

    return evaluate


def _exception(rule: Evaluate, exception: Evaluate) -> Evaluate:
    def evaluate(view: View) -> Outcome:
        base = rule(view)
        if base.truth is False:
            return base
        excepted = exception(view)
        if excepted.truth:
            return Outcome(False, excepted.because)
        return Outcome(base.truth, base.because, base.open | excepted.open)

    return evaluate


def _is(name: str, value: str, *, wanted: bool) -> Evaluate:
    decided = frozenset((name,))
    right, wrong, open_ = Outcome(wanted, decided), Outcome(not wanted, decided), Outcome(None, NOTHING, decided)

    def evaluate(view: View) -> Outcome:
        given = view.get(name)
        return open_ if given is None else right if given == value else wrong

    return evaluate


def _includes(name: str, values: frozenset[str]) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        given = view.get(name)
        if given is None:
            return Outcome(None, NOTHING, decided)
        return Outcome(not values.isdisjoint(given), decided)

    return evaluate


def _compared(name: str, limit: float, *, at_least: bool) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        given = view.get(name)
        if given is None:
            return Outcome(None, NOTHING, decided)
        return Outcome((given >= limit) is at_least, decided)

    return evaluate


def _answered(name: str) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        return Outcome(None, NOTHING, decided) if view.get(name) is None else Outcome(True, decided)

    return evaluate


def _unanswered(name: str) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        return Outcome(True, decided, decided) if view.get(name) is None else Outcome(False, decided)

    return evaluate


def _empty(name: str) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        given = view.get(name)
        return Outcome(None, NOTHING, decided) if given is None else Outcome(not given, decided)

    return evaluate


def _holds(name: str) -> Evaluate:
    decided = frozenset((name,))

    def evaluate(view: View) -> Outcome:
        given = view.get(name)
        return Outcome(None, NOTHING, decided) if given is None else Outcome(bool(given), decided)

    return evaluate


def _phrase(body: Any, language: Language, label: Label, *, inner: bool = False) -> str:
    """One condition in words. Words for operators are texts with {fact}, {value}, {part} in them; `inner` is bracketed."""
    if "except_when" in body:
        parts = {key: _phrase(body[key], language, label, inner=True) for key in ("when", "except_when")}
        return _bracketed(label("op.except_when").format(**parts), inner)
    operator, operand = next(iter(body.items()))
    if operator == "defined":
        return _phrase(language.definitions[operand], language, label, inner=inner)
    if operator in ("all", "any"):
        phrases = [_phrase(part, language, label, inner=len(operand) > 1) for part in operand]
        return _bracketed(f" {label(f'op.{operator}')} ".join(phrases), inner and len(phrases) > 1)
    if operator == "not":
        return label("op.not").format(part=_phrase(operand, language, label, inner=True))
    if operator in ("answered", "unknown", "empty", "holds"):
        return label(f"op.{operator}").format(fact=label(f"fact.{operand}"))
    return _comparison_phrase(operator, operand, label)


def _comparison_phrase(operator: str, operand: Mapping[str, Any], label: Label) -> str:
    name, value = next(iter(operand.items()))
    if operator in ("found", "none_found"):
        return label(f"op.{operator}").format(
            value=label(f"finding.any.{name}" if value == "any" else f"{name}.{value}")
        )
    values = value if isinstance(value, list | tuple) else (value,)
    numeric = operator in ("at_least", "below")
    words = f" {label('op.any')} ".join(item if numeric else label(f"value.{name}.{item}") for item in values)
    return label(f"op.{operator}").format(fact=label(f"fact.{name}"), value=words)


def _bracketed(phrase: str, inner: bool) -> str:
    return f"({phrase})" if inner else phrase
