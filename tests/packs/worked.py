"""Worked interviews: how one is read, and what of it does not come out as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from panah.cores.lawbook import Pack, load_pack
from panah.cores.screening import Profile, read_record, screen
from panah.cores.screening.fields import FIELD
from panah.cores.screening.rulebook import FLOOR, RULE_FOLDERS

NUMBERS = {"whole": int, "number": float}


def with_numbers(record: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """In packs every scalar is text; numbers of the record become numbers."""
    typed: dict[str, Any] = {}
    for key, value in record.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            typed[key] = with_numbers(value, where)
        elif where in FIELD and FIELD[where].kind in NUMBERS:
            typed[key] = NUMBERS[FIELD[where].kind](value)
        else:
            typed[key] = value
    return typed


def outcome(profile: Profile, key: str, wanted: Any) -> list[str]:
    """What of one expectation does not hold."""
    codes = {
        "has": profile.codes("profiles"),
        "needs": profile.codes("needs"),
        "to": tuple(line.to for line in profile.referrals),
        "safe": profile.codes("safeguards"),
        "missing": profile.missing,
        "information": profile.information,
    }
    banned = {"not": "has", "not_needs": "needs", "not_to": "to", "not_safe": "safe", "not_missing": "missing"}
    if key in codes:
        return [f"{key} lacks {code}; there is {', '.join(codes[key])}" for code in wanted if code not in codes[key]]
    if key in banned:
        return [f"{key}: {code} is there" for code in wanted if code in codes[banned[key]]]
    if key == "urgency":
        return [] if profile.urgency in wanted else [f"urgency is {profile.urgency}"]
    lines = {line.to: line for line in profile.referrals}
    return [
        f"{key} of {to} is {getattr(lines[to], key) if to in lines else 'absent'}"
        for to, value in wanted.items()
        if to not in lines or getattr(lines[to], key) != value
    ]


@lru_cache(maxsize=16)
def floor_only(code: str) -> Pack:
    """A state's pack without any rule of its own: its calendar and bodies over the floor's rules."""
    pack = load_pack(code)
    documents = {
        kind: tuple(document for document in listed if kind not in RULE_FOLDERS or document.path.startswith(FLOOR))
        for kind, listed in pack.all_documents.items()
    }
    return replace(pack, all_documents=documents, digest=f"{pack.digest} without its rules")


def profile_of(record: Mapping[str, Any], name: str) -> Profile:
    """What the pack that a record names makes of it."""
    read = read_record({"id": name[:40], **record})
    return screen(read, load_pack(read.pack or "kaz"))


def problems(record: Mapping[str, Any], expect: Mapping[str, Any], name: str) -> list[str]:
    """What of a case does not come out as expected."""
    profile = profile_of(record, name)
    return [problem for key, wanted in expect.items() for problem in outcome(profile, key, wanted)]
