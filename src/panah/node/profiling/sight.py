"""Who sees what of a profile: restricted codes, and the answers behind them, are for the lanes that serve them. Pure.

Classes and lanes follow the domain reference: 3.2 (access class), 3.7 (security) and the columns of 11.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from panah.cores.screening.codes import is_restricted

_ALWAYS = ("ombudsman",)


@dataclass(frozen=True)
class Lane:
    """One class of restricted facts: its codes of needs, profiles and referrals, the beginnings of its answers' keys, the class of
    the sharing matrix that carries it (none for security), and the roles that serve it. `safeguards`, `procedures` and `only` tell the
    class by their mere name: holds, procedures, and roles that work on nothing else."""

    code: str
    needs: tuple[str, ...]
    profiles: tuple[str, ...]
    referrals: tuple[str, ...]
    keys: tuple[str, ...]
    leaflets: tuple[str, ...]
    shared_as: str
    roles: tuple[str, ...]
    safeguards: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


LANES: tuple[Lane, ...] = (
    Lane(
        "violence_and_mind",
        ("SV", "TR", "SM-MI", "SM-AD"),
        (),
        (),
        (
            "needs.torture_survivor",
            "needs.sexual_violence_survivor",
            "needs.gender_violence_risk",
            "needs.lgbti",
            "health.mental",
            "health.substance",
            "health.suicide",
        ),
        (),
        "health_and_violence",
        ("health_officer", "asylum_officer", "child_officer", "nrm_officer", *_ALWAYS),
    ),
    Lane(
        "trafficking",
        ("X-VT",),
        ("trafficking_presumed", "trafficking_indicated"),
        ("anti_trafficking_unit", "victim_assistance"),
        ("exploitation.",),
        ("trafficking_help",),
        "trafficking_facts",
        ("nrm_officer", "child_officer", "asylum_officer", *_ALWAYS),
        safeguards=("reflection_period",),
        procedures=("trafficking",),
        only=("nrm_officer",),
    ),
    Lane(
        "security",
        ("LP-AP", "LP-CR", "LP-ST"),
        ("exclusion_check", "security_check"),
        ("security_service",),
        ("security.",),
        (),
        "",
        ("security_liaison", "asylum_officer", *_ALWAYS),
        only=("security_liaison",),
    ),
)


def closed_to(roles: Iterable[str]) -> tuple[Lane, ...]:
    """The classes that none of the roles serves."""
    held = frozenset(roles)
    return tuple(lane for lane in LANES if held.isdisjoint(lane.roles))


def not_shared(classes: Iterable[str], to: str) -> tuple[Lane, ...]:
    """The classes that did not go to a recipient with what was shared; `to` is its referrals code."""
    shared = frozenset(classes)
    return tuple(lane for lane in LANES if lane.shared_as not in shared and to not in lane.referrals)


def hides(closed: Iterable[Lane], kind: str, code: str) -> bool:
    """Whether a code of a profile (kind `need`, `profile` or `referral`) belongs to one of the closed classes."""
    return any(_belongs(lane, kind, code) for lane in closed)


def hides_reason(closed: Iterable[Lane], reason: Mapping[str, Any]) -> bool:
    """Whether a reason rests on an answer of one of the closed classes."""
    return any(key.startswith(lane.keys) for lane in closed for key in reason.get("answers", ()))


def open_reasons(closed: Iterable[Lane], because: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The reasons that may be told."""
    closed = tuple(closed)
    return [reason for reason in because if not hides_reason(closed, reason)]


def cut(profile: Mapping[str, Any], closed: Iterable[Lane]) -> tuple[dict[str, Any], int]:
    """The profile without the lines of closed classes and without reasons that rest on them; and how many lines were left out."""
    closed = tuple(closed)
    left_out = 0
    found = dict(profile)
    for part, (kind, name) in _PARTS.items():
        lines = [line for line in profile.get(part, ()) if not hides(closed, kind, line[name])]
        left_out += len(profile.get(part, ())) - len(lines)
        found[part] = [{**line, "because": open_reasons(closed, line.get("because", ()))} for line in lines]
    hidden_leaflets = {leaflet for lane in closed for leaflet in lane.leaflets}
    found["information"] = [leaflet for leaflet in profile.get("information", ()) if leaflet not in hidden_leaflets]
    return found, left_out


_PARTS = {
    "profiles": ("profile", "code"),
    "needs": ("need", "code"),
    "referrals": ("referral", "to"),
    "safeguards": ("safeguard", "code"),
}


def _belongs(lane: Lane, kind: str, code: str) -> bool:
    if kind == "need":
        return code in lane.needs or code.partition("-")[0] in lane.needs
    named = {"profile": lane.profiles, "referral": lane.referrals, "safeguard": lane.safeguards}
    return code in named.get(kind, ())


def is_covered(need: str) -> bool:
    """Whether a need that the core calls restricted has a lane here."""
    return not is_restricted(need) or hides(LANES, "need", need)
