"""The question bank: for each field that is asked one question, with why it may be asked and when it need not be.

Wording lies in the packs' translations under `Question.text`; here is everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from panah.cores.lawbook import Citation, Document, Pack, PackError
from panah.cores.lawbook.conditions import Condition, Language, compile_condition
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.fields import FIELD, POSITION
from panah.cores.screening.rulebook import FACTS, RULE_FOLDERS

ASKED_OF: Final = ("person", "officer", "register")
"""The person is asked; the officer sees or records it; a register (an alert list) is looked up."""

SENSITIVITIES: Final = ("ordinary", "personal", "special")
"""`special` is data of special categories: claim, health, violence, trafficking, security. Fewer people see it."""


@dataclass(frozen=True)
class Question:
    """One question of the interview: one thing at a time, never the details of what was suffered.

    `key` is the record's field, `slot` its place in the contract, `text` the id of its wording and `child_text` of the
    wording for children (the same where none is needed). `skip_when` says when the answer could matter to nobody.
    `retention` is a code of the pack's retention rules.
    """

    code: str
    key: str
    slot: int
    asked_of: str
    purpose: str
    citations: tuple[Citation, ...]
    sensitivity: str
    retention: str
    skip_when: Condition | None
    text: str
    child_text: str
    note: str = ""

    @property
    def kind(self) -> str:
        """The answer's type, as the field table has it: `yes_no`, `choice`, `choices`, `country`, …"""
        return FIELD[self.key].kind

    @property
    def allowed(self) -> tuple[str, ...]:
        """The answers of a closed question. Every question may also be left unknown or refused."""
        return FIELD[self.key].allowed


def read_questions(pack: Pack) -> tuple[Question, ...]:
    """The questions of the floor and of the pack, in the order in which they are asked (path, then place in the file).

    Raises PackError for a field that does not exist or that two questions ask.
    """
    definitions = {
        name: body["means"]
        for folder in RULE_FOLDERS
        for document in pack.documents(folder)
        for name, body in document.body.get("definitions", {}).items()
    }
    language = Language(FACTS, FINDINGS, definitions)
    documents = sorted(pack.documents("questions"), key=lambda document: document.path.partition("/")[2])
    questions = [question for document in documents for question in _read(document, language)]
    _refuse_doubles(questions)
    return tuple(questions)


def _read(document: Document, language: Language) -> Iterator[Question]:
    common: Mapping[str, Any] = document.body.get("all", {})
    for entry in document.body["questions"]:
        given = {**common, **entry}
        key = given["field"]
        where = f"{document.path}, question '{given['code']}'"
        if key not in FIELD:
            raise PackError(f"{where}: there is no field '{key}' in the interview record.")
        skip = given.get("skip_when")
        text = f"q.{key}"
        yield Question(
            code=given["code"],
            key=key,
            slot=POSITION[key],
            asked_of=given["asked_of"],
            purpose=given["purpose"],
            citations=tuple(Citation(one["source"], one.get("article", "")) for one in given["citations"]),
            sensitivity=given["sensitivity"],
            retention=given["retention"],
            skip_when=compile_condition(skip, language, where) if skip else None,
            text=text,
            child_text=f"{text}.child" if given.get("child_wording") == "yes" else text,
            note=given.get("note", ""),
        )


def _refuse_doubles(questions: list[Question]) -> None:
    for attribute in ("key", "code"):
        seen: set[str] = set()
        for question in questions:
            value = getattr(question, attribute)
            if value in seen:
                raise PackError(f"questions: two questions have the {attribute} '{value}'; each has its own.")
            seen.add(value)
