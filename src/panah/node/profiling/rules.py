"""What an interview needs, how its answers become one record, and what follows from a profile. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from panah.cores.lawbook import Pack
from panah.cores.lawbook.conditions import found
from panah.cores.screening import InterviewRecord
from panah.cores.screening.codes import FINDINGS, PROFILES
from panah.cores.screening.fields import FIELD
from panah.cores.screening.rulebook import Rulebook

# Told before anything is asked (domain reference 2.2, guard of the step "information provision").
BEFORE_INTERVIEW = ("your_rights", "your_data")

STOP_REASONS = ("doctor", "safe_room", "interpreter", "rest")
OPEN = ("unknown", "refused")

# A yes to one of these comes before any further question.
HELP_FIRST = ("health.emergency", "health.suicide_risk", "security.imminent_danger")

# Settings in which nobody should be asked without need (domain reference 11.3, interview_setting).
UNUSUAL_SETTINGS = ("REMOTE", "VEHICLE", "DETENTION")

# Profiles that ask for protection. Taking one off is an officer's decision and leaves every hold and every referral standing.
PROTECTION_PROFILES = frozenset(
    {
        "asylum_seeker",
        "refugee_elsewhere",
        "stateless_risk",
        "trafficking_presumed",
        "trafficking_indicated",
        "unaccompanied_child",
        "separated_child",
        "child_at_risk",
        "incomplete",
    }
)


def answer_at(record: Mapping[str, Any], key: str) -> Any:
    """The answer that a nested record holds under a key with dots; None when there is none."""
    place: Any = record
    for part in key.split("."):
        if not isinstance(place, Mapping) or part not in place:
            return None
        place = place[part]
    return place


def with_answer(record: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A copy of the nested record with one answer set; None takes it out."""
    changed = deepcopy(dict(record))
    *sections, name = key.split(".")
    if value is None and answer_at(record, key) is None:
        return changed
    place = changed
    for section in sections:
        place = place.setdefault(section, {})
    if value is None:
        del place[name]
    else:
        place[name] = value
    return changed


def is_recordable(key: str, value: Any) -> bool:
    """Whether `unknown` or `refused` can stand in the record under this key; where not, the key stays absent."""
    return value not in OPEN or value in FIELD[key].allowed


def merged(known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What registration knows with what was said in the interview over it. What is not known there is left out, so that it
    is asked and never read as an answer: an empty list of citizenships says that none were noted, not that none are held."""
    base = deepcopy(dict(known))
    person = base.get("person", {})
    if person.get("sex") == "unknown":
        del person["sex"]
    if not person.get("citizenships", True):
        del person["citizenships"]
    return _over(base, said)


def _over(base: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in said.items():
        if isinstance(value, Mapping):
            base[key] = _over(dict(base.get(key) or {}), value)
        elif value not in OPEN or not base.get(key):
            base[key] = deepcopy(value)
    return base


def marks_of(profile: Mapping[str, Any], record: Mapping[str, Any]) -> frozenset[str]:
    """What makes holds of this person absolute (domain reference 3.8, G1 and G3): a child or somebody treated as one, danger of
    torture (feared, or survived before), danger of the death penalty."""
    feared = set(answer_at(record, "protection.fear_grounds") or ())
    marks = feared & {"torture", "death_penalty"}
    if answer_at(record, "needs.torture_survivor") == "yes":
        marks.add("torture")
    if any(line["code"] == "treat_as_child" for line in profile["safeguards"]):
        marks.add("child")
    return frozenset(marks)


def profiles_after(proposed: Iterable[str], added: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    """The codes that stand after an officer's changes, in the order of the contract."""
    stand = (set(proposed) | set(added)) - set(removed)
    return tuple(code for code in PROFILES if code in stand)


def first_due(to: str, lines: Iterable[Mapping[str, Any]]) -> datetime | None:
    """The earliest end of the terms of referrals of a kind; None where no line of that kind has one."""
    return min(
        (datetime.fromisoformat(line["due"]) for line in lines if line["to"] == to and line.get("due")), default=None
    )


def change_problem(
    proposed: Iterable[str], added: Mapping[str, str], removed: Mapping[str, str]
) -> tuple[str, str] | None:
    """Why the changes cannot be taken (code of the reason, profile), or None: `unknown_profile`, `already_there`, `not_there`, `both_ways`."""
    there = set(proposed)
    for code in (*added, *removed):
        if code not in PROFILES:
            return "unknown_profile", code
    for code in added:
        if code in removed:
            return "both_ways", code
        if code in there:
            return "already_there", code
    for code in removed:
        if code not in there:
            return "not_there", code
    return None


def follows_from(
    added: Iterable[str], profile: Mapping[str, Any], record: InterviewRecord, book: Rulebook, pack: Pack
) -> dict[str, list[dict[str, Any]]]:
    """What the pack's rules give beside what they gave already (`profile`), when an officer adds profiles: lines of safeguards,
    referrals, needs and information with their reasons, in the shapes of contracts/screening.md."""
    view = _view(profile, record)
    before = {name for name, value in view.items() if value is True}
    for code in added:
        view[found("profile", code)] = view[found("profile", "any")] = True
    reasons: dict[tuple[str, str], list[dict[str, Any]]] = {}
    grew = True
    while grew:
        grew = False
        for rule in book.rules:
            if rule.kind not in _LISTS or not rule.condition.finds or not rule.condition.evaluate(view).truth:
                continue
            for code in rule.gives:
                name, reason = found(rule.kind, code), {"rule": rule.id, "answers": [], "source": rule.source}
                known = reasons.setdefault((rule.kind, code), [])
                if name not in before and reason not in known:
                    known.append(reason)
                    view[name] = view[found(rule.kind, "any")] = grew = True
    return {
        plural: [
            _line(kind, code, reasons[kind, code], record, book, pack, view)
            for code in FINDINGS[kind]
            if reasons.get((kind, code))
        ]
        for kind, plural in _LISTS.items()
    }


_LISTS = {"safeguard": "safeguards", "referral": "referrals", "need": "needs", "information": "information"}


def _view(profile: Mapping[str, Any], record: InterviewRecord) -> dict[str, Any]:
    """What rules may ask of: the answers, what was found, and of the derived facts the two that the findings tell."""
    view: dict[str, Any] = {key: value for key, value in record.answers.items() if value not in OPEN}
    codes = {
        "profile": [line["code"] for line in profile["profiles"]],
        "need": [line["code"] for line in profile["needs"]],
        "safeguard": [line["code"] for line in profile["safeguards"]],
        "referral": [line["to"] for line in profile["referrals"]],
        "information": profile["information"],
    }
    for kind, listed in codes.items():
        for code in listed:
            view[found(kind, code)] = view[found(kind, "any")] = True
    view["child"] = "treat_as_child" in codes["safeguard"]
    view["own_national"] = "own_national_returning" in codes["profile"]
    return view


def _line(
    kind: str,
    code: str,
    because: list[dict[str, Any]],
    record: InterviewRecord,
    book: Rulebook,
    pack: Pack,
    view: Mapping[str, Any],
) -> dict[str, Any]:
    if kind != "referral":
        return {"code": code, "because": because}
    way = book.pathways[code]
    free = way.not_required_when
    consent = "given" if way.consent and record.answers.get(way.consent) == "yes" else "needed"
    if not way.consent or (free is not None and free.evaluate(view).truth):
        consent = "not_required"
    day = record.date.date() if isinstance(record.date, datetime) else record.date
    body = pack.body_for(code, day, record.place) if day else None
    # No moment is proposed for what an officer adds: its term runs from the sending.
    return {"to": code, "body": body.id if body else None, "due": None, "consent": consent, "because": because}
