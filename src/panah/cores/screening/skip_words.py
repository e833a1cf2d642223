"""When a question is left out, in the few words that fit beside it on paper.

Questions are named by their codes, which stand on the paper; named conditions by texts `skip.NAME`; lists of findings
that are not there by what they have in common. `rule_in_words` says a rule at full length; this says it short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from panah.cores.lawbook import Pack
from panah.cores.screening.explain import MISSING
from panah.cores.screening.fields import FIELD
from panah.cores.screening.screening import screener
from panah.cores.screening.wording import wording

_MOST_NAMED: Final = 3
"""More absent findings of one kind than this are not named one by one."""


def skip_words(pack: Pack, language: str) -> Mapping[str, str]:
    """For each field whose question may be left out: when, in the language. A missing text shows as missing."""
    said = _Short(pack, language)
    found = {
        question["field"]: said.of(question["skip_when"])
        for document in pack.documents("questions")
        for entry in document.body["questions"]
        if "skip_when" in (question := {**document.body.get("all", {}), **entry})
    }
    return MappingProxyType(found)


class _Short:
    def __init__(self, pack: Pack, language: str) -> None:
        self._words, self._language = wording(pack), language
        self._codes = {question.key: question.code for question in screener(pack).questions}

    def of(self, condition: Mapping[str, Any]) -> str:
        """A condition as its pack writes it, in short words."""
        if "when" in condition:
            parts = {name: self.of(condition[name]) for name in ("when", "except_when")}
            return self._text("skip.unless").format(**parts)
        ((operator, told),) = condition.items()
        if operator in ("all", "any"):
            return self._joined(operator, told)
        if operator == "not":
            return self._text("skip.not").format(part=self.of(told))
        if operator in ("holds", "defined"):
            return self._named(told)
        if operator in ("answered", "unknown", "empty"):
            return self._text(f"skip.{operator}").format(code=self._code(told))
        ((name, value),) = told.items()
        if operator in ("found", "none_found"):
            absent = operator == "none_found"
            finding = self._text(f"{name}.{value}")
            return self._text(f"skip.none_found.{name}").format(finding=finding) if absent else finding
        return f"{self._code(name)}{_SIGNS[operator]} {self._value(name, value)}"

    def _joined(self, operator: str, parts: Sequence[Mapping[str, Any]]) -> str:
        if operator == "any" and (key := _not_yes(parts)):
            return f"{self._code(key)} ≠ {self._value(key, 'yes')}"
        absent = [part["none_found"] for part in parts if "none_found" in part]
        kinds = {kind for finding in absent for kind in finding}
        if operator == "all" and len(absent) > _MOST_NAMED and len(kinds) == 1:
            others = [part for part in parts if "none_found" not in part]
            spoken = [self._text(f"skip.none_of.{kinds.pop()}"), *map(self._inner, others)]
        else:
            spoken = [self._inner(part) for part in parts]
        return f" {self._text(f'op.{operator}')} ".join(spoken)

    def _inner(self, part: Mapping[str, Any]) -> str:
        """A part of a longer condition, in brackets where it has parts of its own."""
        said = self.of(part)
        return f"({said})" if part.keys() & {"all", "any", "when"} and "≠" not in said else said

    def _named(self, name: str) -> str:
        found = self._words.text(f"skip.{name}", self._language) or self._words.text(f"fact.{name}", self._language)
        return found.text if found else MISSING.format(id=f"skip.{name}", language=self._language)

    def _code(self, key: str) -> str:
        return self._codes.get(key) or self._named(key)

    def _value(self, key: str, value: Any) -> str:
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        labels = [self._words.answer(key, each, self._language) if key in FIELD else None for each in values]
        return " / ".join(label.text if label else str(each) for label, each in zip(labels, values, strict=True))

    def _text(self, identifier: str) -> str:
        found = self._words.text(identifier, self._language)
        return found.text if found else MISSING.format(id=identifier, language=self._language)


_SIGNS: Final = MappingProxyType(
    {"is": " =", "is_not": " ≠", "includes": ":", "includes_any": ":", "at_least": " ≥", "below": " <"}
)


def _not_yes(parts: Sequence[Mapping[str, Any]]) -> str:
    """The yes/no field of which two parts say that it is no or open; nothing where they say anything else."""
    if len(parts) != 2 or "is" not in parts[0] or "unknown" not in parts[1]:
        return ""
    ((key, value),) = parts[0]["is"].items()
    return key if value == "no" and parts[1]["unknown"] == key else ""
