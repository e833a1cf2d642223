"""Rules that can fire, that do not forbid what they propose, and that take nothing from the floor.

This check stands above two cores: it reads the pack's rules as screening compiles them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.solver import Goal, Solver
from panah.cores.lawbook.conditions import Language, found
from panah.cores.lawbook.errors import PackError
from panah.cores.lawbook.loading import FLOOR, Part, combine
from panah.cores.lawbook.model import Document, Pack, Value
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.derived import DERIVED
from panah.cores.screening.fields import FIELDS, OPEN_ANSWERS
from panah.cores.screening.questions import Question, read_questions
from panah.cores.screening.rulebook import FACTS, Rule, Rulebook, read_rulebook

NOT_TOGETHER: Final = ((("referral", "own_consulate"), ("safeguard", "no_consular_contact")),)
"""What is proposed, and the safeguard that forbids it: no rule of the first may fire in a case in which the second stands."""

OLDEST: Final = 130.0


@dataclass(frozen=True)
class _Said:
    """A condition with the place where it stands."""

    path: str
    place: str
    body: Any


def check_rules(root: Path, part: Part, floor: Part) -> Iterator[Problem]:
    """Problems of the part's own rules, safeguards, pathways, questions and definitions."""
    pack = alone(root, floor) if part.code == FLOOR else combine(root, floor, part)
    try:
        book, questions = read_rulebook(pack), read_questions(pack)
    except PackError as wrong:
        path, _, what = str(wrong).partition(": ")
        yield Problem(path.partition(",")[0], f"{path.partition(', ')[2]}: {what}".removeprefix(": "))
        return
    yield from _lowered(part, floor, pack)
    solver = _solver(book, questions)
    origins = {document.path: document.origin for kind in pack.all_documents for document in pack.documents(kind)}
    for said in _conditions(book, questions, pack):
        if origins.get(said.path) == part.code:
            yield from _unreachable(said, solver)
    yield from _contradictions(book, solver, part.code)


def alone(root: Path, floor: Part) -> Pack:
    """The floor as a pack of its own, to read its rules where no state lies over it."""
    manifest = {"version": floor.manifest.get("version", ""), "timezone": "UTC", "covers_from": "1900-01-01"}
    return combine(root, floor, Part("none", manifest, {}, (), {}))


def _solver(book: Rulebook, questions: Iterable[Question]) -> Solver:
    bounds = {
        field.key: (float(field.least), float("inf") if field.most is None else float(field.most))
        for field in FIELDS
        if field.kind in ("whole", "number")
    }
    return Solver(
        language=Language(FACTS, FINDINGS, MappingProxyType(dict(book.definitions))),
        given=frozenset(found(rule.kind, code) for rule in book.rules for code in rule.gives),
        bounds={**bounds, "person.age": (0.0, OLDEST)},
        never_values=OPEN_ANSWERS,
        skips={question.key: question.skip_when.body for question in questions if question.skip_when},
        fields_of={fact.name: fact.fields for fact in DERIVED},
    )


def _conditions(book: Rulebook, questions: Iterable[Question], pack: Pack) -> Iterator[_Said]:
    for rule in book.rules:
        yield _Said(rule.path, f"rule '{rule.id}'", rule.condition.body)
    for kind in ("rules", "safeguards", "pathways"):
        for document in pack.documents(kind):
            yield from _others(document)
    paths = {
        entry["code"]: document.path
        for document in pack.documents("questions")
        for entry in document.body.get("questions", ())
    }
    for question in questions:
        if question.skip_when:
            yield _Said(paths[question.code], f"question '{question.code}' skip_when", question.skip_when.body)


def _others(document: Document) -> Iterator[_Said]:
    """Definitions, indicators and what a pathway says beside its rules."""
    body = document.body
    for name, entry in body.get("definitions", {}).items():
        yield _Said(document.path, f"definition '{name}'", entry["means"])
    for entry in body.get("indicators", ()):
        if "when" in entry:
            yield _Said(document.path, f"indicator '{entry['id']}'", entry["when"])
    for number, entry in enumerate(body.get("sooner", ()), start=1):
        yield _Said(document.path, f"sooner {number}", entry["when"])
    free = body.get("consent", {}).get("not_required_when")
    if free is not None:
        yield _Said(document.path, "consent not_required_when", free)


def _unreachable(said: _Said, solver: Solver) -> Iterator[Problem]:
    goal: Goal = (said.body, "true")
    if not solver.can_be([goal]):
        yield Problem(
            said.path,
            f"{said.place}: the condition can never be true",
            f"parts that contradict each other, or a value that cannot be, at '{solver.conflict}'",
            remedy="Unknown and refused are no answers; a finding must be given by some rule. Correct or remove it.",
        )
    elif not solver.can_be([goal], asked=True):
        yield Problem(
            said.path,
            f"{said.place}: a question that the condition needs is skipped whenever the rest of it is true",
            f"the skip_when of a question, at '{solver.conflict}'",
            remedy="Change the condition, or the question's skip_when.",
        )


def _contradictions(book: Rulebook, solver: Solver, code: str) -> Iterator[Problem]:
    for (kind, proposed), (against, forbidden) in NOT_TOGETHER:
        for rule in _giving(book, kind, proposed):
            for safeguard in _giving(book, against, forbidden):
                if code not in (rule.origin, safeguard.origin):
                    continue
                if solver.can_be([(rule.condition.body, "true"), (safeguard.condition.body, "true")]):
                    own = rule if rule.origin == code else safeguard
                    yield Problem(
                        own.path,
                        f"rule '{rule.id}' proposes {proposed} in cases in which '{safeguard.id}' gives {forbidden}",
                        f"both can be true of one person ({safeguard.path})",
                        "rules that exclude each other",
                        "Take these cases out with except_when.",
                    )


def _giving(book: Rulebook, kind: str, code: str) -> list[Rule]:
    return [rule for rule in book.rules if rule.kind == kind and code in rule.gives]


def _lowered(part: Part, floor: Part, pack: Pack) -> Iterator[Problem]:
    """What a pack's safeguards and pathways would take from the floor's."""
    if part.code == FLOOR:
        return
    below = {document.body.get("safeguard"): document for document in floor.documents.get("safeguards", ())}
    for document in part.documents.get("safeguards", ()):
        least = below.get(document.body.get("safeguard"))
        guards = document.body.get("guards")
        if least is not None and guards is not None and not set(least.body.get("guards", ())) <= set(guards):
            yield Problem(
                document.path,
                "the file would take guards from the floor's safeguard",
                ", ".join(guards),
                f"at least {', '.join(least.body.get('guards', ()))} ({least.path})",
                "Name them all, or leave `guards` out.",
            )
    ways = {document.body.get("to"): document.body for document in floor.documents.get("pathways", ())}
    for document in part.documents.get("pathways", ()):
        yield from _later(document, ways.get(document.body["to"], {}), pack)


def _later(document: Document, below: Mapping[str, Any], pack: Pack) -> Iterator[Problem]:
    """Hours of a pathway that are no hurry: more than the floor's in the same case, or than the target of the referral."""
    target = _target_hours(pack, document.body["to"])
    for number, entry in enumerate(document.body.get("sooner", ()), start=1):
        hours = int(entry["hours"])
        same = [int(least["hours"]) for least in below.get("sooner", ()) if least["when"] == entry["when"]]
        most = min([*same, *([] if target is None else [target])], default=None)
        if most is not None and hours > most:
            yield Problem(
                document.path,
                f"sooner {number}: later than the floor or the target of the referral already says",
                f"{hours} hours",
                f"at most {most} hours",
                "A pack may only ask for more hurry. Lower the hours, or remove the entry.",
            )


def _target_hours(pack: Pack, to: str) -> int | None:
    parameter = pack.parameters.get(f"referral/{to}")
    if parameter is None or parameter.unit != "hours":
        return None
    return max(
        (int(value.number) for value in parameter.values if isinstance(value, Value) and value.amount), default=None
    )
