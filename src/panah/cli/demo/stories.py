"""Answers of invented people, by what brought them: nested as in contracts/screening.md. No story is that of a person who lives."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Answers = dict[str, Any]

# What a person who is asked plainly and fears nothing says.
_NO_FEAR: Answers = {"fears_return": "no", "asked_asylum": "no"}


def protection(chance: random.Random, person: Answers) -> Answers:
    ground = chance.choice(
        (["political_opinion"], ["religion"], ["gender", "political_opinion"], ["nationality"], ["armed_conflict"])
    )
    why = "armed_conflict" if ground == ["armed_conflict"] else "persecution"
    irregular = chance.random() < 0.4
    return {
        "entry": {"mode": "irregular" if irregular else "border_point", "from": chance.choice(("UZB", "KGZ"))},
        "purpose": ["protection"],
        "protection": {
            "left_because": [why],
            "fears_return": "yes",
            "fear_grounds": ground,
            "asked_asylum": chance.choice(("yes", "unknown")),
        },
        "travel": {"paid_facilitator": "yes" if irregular else "no"},
        "needs": _some(
            chance, {"torture_survivor": 0.08, "gender_violence_risk": 0.1, "no_shelter": 0.3, "single_parent": 0.1}
        ),
        "health": _some(
            chance,
            {"chronic_condition": 0.1, "mental_distress": 0.1, "pregnant": 0.03 if person["sex"] == "female" else 0},
        ),
        "consent": {
            "understands": "yes",
            "share_unhcr": chance.choice(("yes", "yes", "no")),
            "share_partner": "yes",
            "contact_consulate": "no",
        },
    }


def work(chance: random.Random, person: Answers) -> Answers:
    unpaid = chance.random() < 0.08
    return {
        "entry": {"mode": "border_point", "from": person["citizenships"][0]},
        "documents": [{"type": "passport", "issuer": person["citizenships"][0], "status": "valid"}],
        "purpose": ["work"],
        "protection": _NO_FEAR | {"left_because": ["work"]},
        "labour": {
            "has_contract": chance.choice(("yes", "no")),
            "has_permit": chance.choice(("yes", "no")),
            "wages_unpaid": "yes" if unpaid else "no",
        },
        "consent": {"understands": "yes"},
    }


def visit(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "border_point", "from": person["citizenships"][0]},
        "documents": [{"type": "passport", "issuer": person["citizenships"][0], "status": "valid"}],
        "purpose": [chance.choice(("visit", "family", "study", "trade", "transit"))],
        "protection": _NO_FEAR | {"left_because": ["family"]},
        "consent": {"understands": "yes"},
    }


def exploited(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "in_country"},
        "purpose": ["work"],
        "protection": _NO_FEAR | {"left_because": ["work"]},
        "exploitation": {
            "deceived_about_work": "yes",
            "documents_withheld": "yes",
            "movement_controlled": "yes",
            "threats": "yes",
            "no_or_little_pay": "yes",
            "excessive_hours": "yes",
            "free_to_leave": "no",
        },
        "consent": {"understands": "yes", "share_partner": "yes", "share_iom": "yes"},
    }


def stateless(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "in_country"},
        "person": {
            "citizenships": [],
            "birth_country": chance.choice(("UZB", "TJK", "KAZ")),
            "residence_country": "KAZ",
        },
        "documents": [{"type": "ussr_passport", "issuer": "XXX", "status": "expired"}],
        "protection": _NO_FEAR,
        "nationality": {"recognised_by_any_state": "no", "has_proof": "no"},
        "consent": {"understands": "yes", "share_unhcr": "yes"},
    }


def returning(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "border_point", "from": "RUS"},
        "person": {"citizenships": ["KAZ"]},
        "documents": [{"type": "passport", "issuer": "KAZ", "status": "valid"}],
        "purpose": ["return_home"],
        "protection": _NO_FEAR | {"left_because": ["removed_by_state"]},
        "labour": {"entry_ban_by": "RUS", "wages_unpaid": chance.choice(("yes", "no"))},
        "consent": {"understands": "yes"},
    }


def stranded(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "in_country"},
        "purpose": ["return_home"],
        "protection": _NO_FEAR | {"left_because": ["work"]},
        "return": {"stranded": "yes", "wants_to_return": "yes", "has_means": "no"},
        "needs": {"no_shelter": "yes"},
        "consent": {"understands": "yes", "contact_consulate": "yes", "share_iom": "yes"},
    }


def child_alone(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "border_point", "from": "UZB"},
        "purpose": ["family"],
        "protection": {"left_because": ["general_violence"], "fears_return": chance.choice(("yes", "unknown"))},
        "child": {"accompanied_by": chance.choice(("nobody", "unrelated_adult", "adult_relative"))},
        "family": {"wants_tracing": "yes"},
        "consent": {"understands": "yes"},
    }


def silent(chance: random.Random, person: Answers) -> Answers:
    return {
        "entry": {"mode": "intercepted", "from": "CHN"},
        "protection": {"fears_return": "refused", "asked_asylum": "refused"},
        "nationality": {"recognised_by_any_state": "refused"},
    }


def flagged(chance: random.Random, person: Answers) -> Answers:
    return protection(chance, person) | {"security": {"alert_match": "yes", "alert_confirmed": "unknown"}}


STORIES: dict[str, Callable[[random.Random, Answers], Answers]] = {
    "protection": protection,
    "work": work,
    "visit": visit,
    "exploited": exploited,
    "stateless": stateless,
    "returning": returning,
    "stranded": stranded,
    "child_alone": child_alone,
    "silent": silent,
    "flagged": flagged,
}


def _some(chance: random.Random, likelihood: dict[str, float]) -> Answers:
    return {name: "yes" if chance.random() < share else "no" for name, share in likelihood.items()}
