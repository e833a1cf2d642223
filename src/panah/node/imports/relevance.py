"""The skip logic of the pack as XPath, as far as a form can compute it.

A question is left out only where it is certain that its answer could matter to nobody; what a form cannot compute (findings of the screening,
derived facts) never leaves a question out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from panah.cores.lawbook.conditions import Condition
from panah.cores.screening.fields import FIELD, OPEN_ANSWERS
from panah.node.imports.columns import LEFT
from panah.node.imports.form_names import HELD, element_of

NEVER: Final = "false()"
ALWAYS: Final = "true()"

_ADULT_AGE: Final = 18


def relevant(skip_when: Condition | None, asked_before: frozenset[str], country: str) -> str:
    """The XPath under which a question is asked; empty when it always is. Only questions asked before it are looked at."""
    if skip_when is None:
        return ""
    skipped = _Writer(asked_before, country, skip_when.language.definitions).certain(skip_when.body, True)
    return "" if skipped == NEVER else f"not({skipped})"


class _Writer:
    """Writes for a condition the XPath that is true only where the condition is certainly true, or certainly false."""

    def __init__(self, asked: frozenset[str], country: str, definitions: Mapping[str, Any]) -> None:
        self.asked, self.country, self.definitions = asked, country, definitions

    def certain(self, body: Any, truth: bool) -> str:
        if "except_when" in body:
            return self._joined(
                [self.certain(body["when"], truth), self.certain(body["except_when"], not truth)], every=truth
            )
        operator, operand = next(iter(body.items()))
        if operator in ("all", "any"):
            return self._joined([self.certain(part, truth) for part in operand], every=(operator == "all") is truth)
        if operator == "not":
            return self.certain(operand, not truth)
        if operator == "defined":
            return self.certain(self.definitions[operand], truth)
        write = self._OPERATORS.get(operator)
        return write(self, operand, truth) if write else NEVER

    @staticmethod
    def _joined(parts: Sequence[str], *, every: bool) -> str:
        empty, void = (NEVER, ALWAYS) if every else (ALWAYS, NEVER)
        if empty in parts:
            return empty
        left = [part for part in parts if part != void]
        if not left:
            return void
        return left[0] if len(left) == 1 else f"({(' and ' if every else ' or ').join(left)})"

    def _is(self, operand: Mapping[str, str], truth: bool) -> str:
        key, value = next(iter(operand.items()))
        if not self._known(key):
            return NEVER
        if truth:
            return f"{_reference(key)} = '{value}'"
        return f"({self._answered_text(key)} and {_reference(key)} != '{value}')"

    def _is_not(self, operand: Mapping[str, str], truth: bool) -> str:
        return self._is(operand, not truth)

    def _includes(self, operand: Mapping[str, Any], truth: bool) -> str:
        key, value = next(iter(operand.items()))
        if not self._known(key) or FIELD[key].kind != "choices":
            return NEVER
        values = [value] if isinstance(value, str) else list(value)
        chosen = [f"selected({_reference(key)}, '{one}')" for one in values]
        if truth:
            return self._joined(chosen, every=False)
        return self._joined([self._answered_text(key), *(f"not({one})" for one in chosen)], every=True)

    def _answered(self, key: str, truth: bool) -> str:
        return self._answered_text(key) if truth and self._known(key) else NEVER

    def _unknown(self, key: str, truth: bool) -> str:
        if not self._known(key):
            return NEVER
        return f"not{self._bracketed(self._answered_text(key))}" if truth else self._answered_text(key)

    def _holds(self, fact: str, truth: bool) -> str:
        if fact == "child" and not truth and {"person.birth_date", "person.age_estimate"} & self.asked:
            return self._certainly_adult()
        if fact in ("own_national", "names_no_citizenship") and self._known("person.citizenships"):
            return self._citizenship(fact, truth)
        return NEVER

    def _citizenship(self, fact: str, truth: bool) -> str:
        named, held = self._answered_text("person.citizenships"), _reference("person.citizenships")
        own, unspecified = f"selected({held}, '{self.country}')", f"selected({held}, 'XXX')"
        if fact == "own_national":
            return own if truth else f"({named} and not({own}) and not({unspecified}))"
        return NEVER if truth else f"({named} and not(selected({held}, 'none')) and not({unspecified}))"

    def _certainly_adult(self) -> str:
        """Neither the year of birth nor the estimate leaves room for a child, and the age is not disputed."""
        born = _reference("person.birth_date")
        year = f"number(substr({born}, 0, 4)) + {_ADULT_AGE} < number(format-date(today(), '%Y'))"
        by_birth = f"({born} != '' and {year})"
        if not self._known("person.age_estimate") or not self._known("person.age_disputed"):
            return NEVER
        age, disputed = _reference("person.age_estimate"), _reference("person.age_disputed")
        by_age = f"({born} = '' and {age} != '' and {age} >= {_ADULT_AGE})"
        return f"(({by_birth} or {by_age}) and ({disputed} = 'no' or {disputed} = ''))"

    def _known(self, key: str) -> bool:
        return key in FIELD and key in self.asked

    def _answered_text(self, key: str) -> str:
        reference, kind = _reference(key), FIELD[key].kind
        if kind == "documents":
            return f"({reference} = 'yes' or {reference} = 'no')"
        if kind in ("choices", "countries"):
            open_ = " and ".join(f"not(selected({reference}, '{code}'))" for code in LEFT)
            return f"({reference} != '' and {open_})"
        codes = sorted(OPEN_ANSWERS) if kind == "yes_no" else LEFT if kind in ("choice", "country") else ()
        return "(" + " and ".join([f"{reference} != ''", *(f"{reference} != '{code}'" for code in codes)]) + ")"

    @staticmethod
    def _bracketed(text: str) -> str:
        return text if text.startswith("(") else f"({text})"

    _OPERATORS: Final[Mapping[str, Callable[[Any, Any, bool], str]]] = {
        "is": _is,
        "is_not": _is_not,
        "includes": _includes,
        "includes_any": _includes,
        "answered": _answered,
        "unknown": _unknown,
        "holds": _holds,
    }


def _reference(key: str) -> str:
    return "${" + (HELD if key == "documents" else element_of(key)) + "}"
