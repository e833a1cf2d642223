"""The deadline cases of a pack, run: a worked example that comes out otherwise is a problem of the pack or of us."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from panah.cores.lawbook.calendars import Calendar, calendar_of
from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.checking.shape import facts_and_causes
from panah.cores.lawbook.model import Document, Pack
from panah.cores.lawbook.terms import Due, Suspension, due
from panah.cores.lawbook.values import Unknown

DEADLINE = "deadline"
OTHERWISE = "comes out otherwise"
NEVER = "never"


def check_cases(root: Path, pack: Pack) -> Iterator[Problem]:
    """One problem for each deadline case of the pack's own that does not come out as written."""
    facts, _ = facts_and_causes(root)
    calendar = calendar_of(pack)
    for document in deadline_cases(pack):
        if document.origin != pack.code:
            continue
        for case in document.body["cases"]:
            if unknown := sorted(set(case["given"]) - facts):
                yield Problem(document.path, f"case '{case['case']}': unknown fact", ", ".join(unknown))
                continue
            expected, found = case["expect"], outcome(pack, case, calendar)
            if any(found.get(key) != wanted for key, wanted in expected.items()):
                yield Problem(document.path, f"case '{case['case']}' {OTHERWISE}", _say(found), _say(expected))


def deadline_cases(pack: Pack) -> tuple[Document, ...]:
    """The files of deadline cases, the floor's first."""
    return tuple(document for document in pack.documents("cases") if document.body.get("kind") == DEADLINE)


def outcome(pack: Pack, case: Mapping[str, Any], calendar: Calendar) -> dict[str, str]:
    """What the lawbook says to a case, in the words of `expect`."""
    parameter = pack.parameters.get(case["parameter"])
    if parameter is None:
        return {"unknown": f"parameter {case['parameter']}"}
    try:
        given = {fact: _moment(text) for fact, text in case["given"].items()}
        suspended = tuple(
            Suspension(
                entry["cause"],
                _moment(entry["from"]) or date.min,
                _moment(entry["until"]) if "until" in entry else None,
            )
            for entry in case.get("suspended", ())
        )
        found = due(parameter, given, calendar, suspended)
    except ValueError as wrong:
        return {"error": str(wrong)}
    return _words(found, case["expect"])


def _words(found: Due | Unknown, expect: Mapping[str, str]) -> dict[str, str]:
    if isinstance(found, Unknown):
        return {"unknown": found.missing}
    to_the_second = "T" in expect.get("due", "")
    words = {"due": found.at.isoformat() if to_the_second else found.at.date().isoformat(), "value": found.value.amount}
    return {**words, "moved_from": found.moved_from.isoformat()} if found.moved_from else words


def _moment(text: str) -> date | None:
    if text == NEVER:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _say(words: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in words.items())
