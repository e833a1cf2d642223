"""What a draft of the law would change: the same interviews and worked deadlines, under the pack and under the draft."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import typer

from panah.cli.drafts import FLOOR, files_of, laid_over
from panah.cli.screen import Refusal, _Screening
from panah.cores.lawbook import Pack, load_pack, pack_codes, packs_root
from panah.cores.lawbook.calendars import calendar_of
from panah.cores.lawbook.checking import Problem, check_folder
from panah.cores.lawbook.checking.cases import OTHERWISE, deadline_cases, outcome
from panah.cores.lawbook.text import parse_mapping
from panah.cores.screening import Profile, screener
from panah.cores.screening.rulebook import RULE_FOLDERS, Rule, Rulebook, read_rulebook

OPTION = "--overlay"
LISTS = ("profiles", "needs", "safeguards")
VOID = "/reviews.yaml"


@dataclass(frozen=True)
class Difference:
    """What changes in one case: what comes, what goes, and the files of the draft behind it."""

    id: str
    appears: dict[str, Any] = field(default_factory=dict)
    disappears: dict[str, Any] = field(default_factory=dict)
    because: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appears or self.disappears)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "appears": self.appears,
            "disappears": self.disappears,
            "because": list(self.because),
        }


@dataclass(frozen=True)
class Deadline:
    """A worked deadline whose answer changes."""

    case: str
    file: str
    parameter: str
    before: dict[str, str]
    after: dict[str, str]
    because: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "file": self.file,
            "parameter": self.parameter,
            "before": self.before,
            "after": self.after,
            "because": list(self.because),
        }


def screen_draft(
    folder: str, blocks: Iterable[list[tuple[int, bytes]]], pack: str, day: date, sink: BinaryIO, format_: str
) -> int:
    """Write what the draft changes, and the summary to standard error. Gives the number of lines that could not be read.

    Refuses a draft that is not in order or lowers the floor: its problems go to standard error, exit status 1.
    """
    code = _code_of(folder, pack)
    with laid_over(folder, code, OPTION) as root:
        _refuse_unsound(root, code, FLOOR in {path.partition("/")[0] for path in files_of(folder, code)})
        now, draft = load_pack(code), load_pack(code, root)
        causes = Causes(now, draft, files_of(folder, code))
        before, after = _Screening(pack or code, day), _Screening(pack or code, day)
        after.screeners[code] = screener(draft)
        write = _Rows(sink) if format_ == "table" else _Objects(sink)
        compared = changed = bad = 0
        for lines in blocks:
            for old, new in zip(before(lines), after(lines), strict=True):
                if isinstance(old, Refusal):
                    bad += 1
                    write.refusal(old)
                elif isinstance(new, Profile) and old.pack == code:
                    compared += 1
                    if found := difference(old, new, causes):
                        changed += 1
                        write.difference(found)
        deadlines, worked = _deadlines(now, draft, causes)
        for deadline in deadlines:
            write.deadline(deadline)
        write.end()
    print(
        f"{changed} of {compared} cases change, {len(deadlines)} of {worked} worked deadlines of the pack '{code}' change.",
        file=sys.stderr,
    )
    return bad


def _code_of(folder: str, pack: str) -> str:
    """The pack that a draft is of: as --pack says, as its pack.yaml says, or by the folder in it."""
    if pack:
        return pack
    given = Path(folder)
    if (given / "pack.yaml").is_file():
        code = parse_mapping((given / "pack.yaml").read_bytes(), f"{folder}/pack.yaml").get("code", "")
        if code in pack_codes():
            return str(code)
    found = [code for code in pack_codes() if (given / code).is_dir()]
    if len(found) == 1:
        return found[0]
    raise typer.BadParameter(
        f"'{folder}' does not say which pack it is a draft of; name it with --pack.", param_hint=OPTION
    )


def _refuse_unsound(root: Path, code: str, with_floor: bool) -> None:
    """Problems that the draft adds. Worked cases that come out otherwise are its effect, void reviews its nature."""
    known = set(map(str, check_folder(packs_root(), [code], with_floor=with_floor)))
    added = [
        problem
        for problem in check_folder(root, [code], with_floor=with_floor)
        if not problem.warning and str(problem) not in known and not _expected(problem)
    ]
    if added:
        print("The draft is refused; nothing was compared:", file=sys.stderr)
        for problem in added:
            print(problem, file=sys.stderr)
        raise typer.Exit(1)


def _expected(problem: Problem) -> bool:
    return problem.what.endswith(OTHERWISE) or (problem.path.endswith(VOID) and "is void" in problem.what)


def difference(before: Profile, after: Profile, causes: Causes) -> Difference:
    """What one person's profile gains and loses. A referral whose body, date or consent changes goes and comes."""
    gone: dict[str, Any] = {}
    come: dict[str, Any] = {}
    because: set[str] = set()
    for kind in LISTS:
        old = {line.code: line for line in getattr(before, kind)}
        new = {line.code: line for line in getattr(after, kind)}
        if left := [code for code in old if code not in new]:
            gone[kind] = left
        if added := [code for code in new if code not in old]:
            come[kind] = added
        for code in old.keys() ^ new.keys():
            because |= causes.of_rules(reason.rule for reason in (old.get(code) or new[code]).because)
    if before.urgency != after.urgency:
        gone["urgency"], come["urgency"] = before.urgency, after.urgency
        because |= causes.of_urgency()
    _referrals(before, after, causes, gone, come, because)
    return Difference(after.id, come, gone, tuple(sorted(because or (causes.files if gone or come else ()))))


def _referrals(
    before: Profile, after: Profile, causes: Causes, gone: dict[str, Any], come: dict[str, Any], because: set[str]
) -> None:
    old = {line.to: line for line in before.referrals}
    new = {line.to: line for line in after.referrals}
    for to in sorted(old.keys() | new.keys()):
        then, now = old.get(to), new.get(to)
        if then and now and (then.body, then.due, then.consent) == (now.body, now.due, now.consent):
            continue
        for line, into in ((then, gone), (now, come)):
            if line is not None:
                said = {"to": line.to, "body": line.body, "due": line.due, "consent": line.consent}
                into.setdefault("referrals", []).append(said)
        if then and now:
            because |= causes.of_details(to)
        else:
            line = then or now
            because |= causes.of_rules(reason.rule for reason in (line.because if line else ()))


class Causes:
    """Which files of a draft stand behind a change: rules and definitions that it brings, changes or takes away."""

    def __init__(self, now: Pack, draft: Pack, files: tuple[str, ...]) -> None:
        self.files = files
        self.books: tuple[Rulebook, Rulebook] = (read_rulebook(now), read_rulebook(draft))
        self.rules: tuple[dict[str, Rule], ...] = tuple({rule.id: rule for rule in book.rules} for book in self.books)
        self.defined_in = {
            name: document.path
            for pack in (now, draft)
            for folder in RULE_FOLDERS
            for document in pack.documents(folder)
            for name in document.body.get("definitions", {})
        }
        self.definitions = {
            name
            for name in self.defined_in
            if self.books[0].definitions.get(name) != self.books[1].definitions.get(name)
        }

    def of_rules(self, ids: Iterable[str]) -> set[str]:
        """The files that changed the rules of these ids, or the rules whose findings they rest on."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(ids)
        while waiting:
            id_ = waiting.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            sides = [rules.get(id_) for rules in self.rules]
            found |= {rule.path for rule in sides if rule is not None and self._changed(id_)}
            for rule in sides:
                if rule is not None:
                    named = set(_named(rule.condition.body, self.books[0], self.books[1]))
                    found |= {self.defined_in[name] for name in named & self.definitions}
                    waiting += self._giving(rule.condition.finds)
        return {path for path in found if path in self.files}

    def of_urgency(self) -> set[str]:
        return self.of_rules({id_ for rules in self.rules for id_, rule in rules.items() if rule.kind == "urgency"})

    def of_details(self, to: str) -> set[str]:
        """The files behind another body, date or consent of a referral that stands on both sides."""
        roots = ("bodies/", "places/", "holidays/", "pack.yaml", f"parameters/referral/{to}.", f"pathways/{to}.")
        return {path for path in self.files if path.partition("/")[2].startswith(roots)}

    def _changed(self, id_: str) -> bool:
        one, other = (rules.get(id_) for rules in self.rules)
        return one is None or other is None or (one.gives, one.condition.body) != (other.gives, other.condition.body)

    def _giving(self, finds: frozenset[str]) -> list[str]:
        return [
            id_
            for rules in self.rules
            for id_, rule in rules.items()
            if any(f"{rule.kind}:{code}" in finds for code in (*rule.gives, "any"))
        ]


def _named(body: Any, *books: Rulebook) -> Iterator[str]:
    """The definitions that a condition rests on, directly or through others."""
    if isinstance(body, list | tuple):
        for part in body:
            yield from _named(part, *books)
    elif hasattr(body, "items"):
        for key, inner in body.items():
            if key == "defined":
                yield inner
                for book in books:
                    yield from _named(book.definitions.get(inner), *books)
            else:
                yield from _named(inner, *books)


def _deadlines(now: Pack, draft: Pack, causes: Causes) -> tuple[list[Deadline], int]:
    """The worked deadlines whose answer differs, and how many were looked at."""
    calendars = calendar_of(now), calendar_of(draft)
    found = []
    count = 0
    for document in deadline_cases(now):
        for case in document.body["cases"]:
            count += 1
            before, after = outcome(now, case, calendars[0]), outcome(draft, case, calendars[1])
            if before != after:
                name = case["parameter"]
                paths = {pack.parameters[name].path for pack in (now, draft) if name in pack.parameters}
                because = [path for path in causes.files if path in paths] or [
                    path for path in causes.files if path.partition("/")[2].startswith(("holidays/", "pack.yaml"))
                ]
                found.append(Deadline(case["case"], document.path, name, before, after, tuple(because)))
    return found, count


class _Objects:
    """One JSON object a line: cases that change, then worked deadlines that change."""

    def __init__(self, sink: BinaryIO) -> None:
        self.sink = sink

    def _write(self, content: dict[str, Any]) -> None:
        self.sink.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def difference(self, found: Difference) -> None:
        self._write(found.as_json())

    def deadline(self, found: Deadline) -> None:
        self._write(found.as_json())

    def refusal(self, refused: Refusal) -> None:
        self.sink.write(refused.encoded() + b"\n")

    def end(self) -> None:
        """Nothing follows the last line."""


class _Rows:
    """Two tables for reading: cases, and worked deadlines."""

    def __init__(self, sink: BinaryIO) -> None:
        self.sink = sink
        self.cases: list[tuple[str, ...]] = []
        self.deadlines: list[tuple[str, ...]] = []

    def difference(self, found: Difference) -> None:
        self.cases.append((found.id, _said(found.appears), _said(found.disappears), "\n".join(found.because)))

    def deadline(self, found: Deadline) -> None:
        words = [", ".join(f"{key} {value}" for key, value in side.items()) for side in (found.before, found.after)]
        self.deadlines.append((found.case, found.parameter, *words, "\n".join(found.because)))

    def refusal(self, refused: Refusal) -> None:
        self.cases.append((refused.id or f"line {refused.line}", "error", refused.error, ""))

    def end(self) -> None:
        from panah.cli.screen import write_table

        if self.cases:
            write_table(self.sink, ("id", "appears", "disappears", "because of"), self.cases)
        if self.deadlines:
            head = ("worked deadline", "parameter", "before", "after", "because of")
            write_table(self.sink, head, self.deadlines)


def _said(side: dict[str, Any]) -> str:
    lines = []
    for kind, items in side.items():
        if kind == "referrals":
            lines += [
                f"to {item['to']} ({item['body'] or 'no body'}, due {item['due'] or 'not said'})" for item in items
            ]
        else:
            lines.append(f"{kind}: {items if isinstance(items, str) else ', '.join(items)}")
    return "\n".join(lines)
