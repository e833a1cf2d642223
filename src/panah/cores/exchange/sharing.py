"""What a recipient may be told of a person: the data-sharing matrix of `contracts/envelopes/sharing-matrix.csv`, asked one class at a time.

Source of the matrix: domain reference 11.2; rows whose basis is `design` are ours. What stands in no row is never shared.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from panah.cores.exchange.structure import contracts_root

DATA_CLASSES = (
    "identity_core",
    "claim_content",
    "health_and_violence",
    "trafficking_facts",
    "skills_and_work",
    "location",
)

# Whose data never reaches the own consulate (the matrix names ASY, REF, VOT and an open inquiry into statelessness).
PROTECTED_PROFILES = frozenset(
    {
        "asylum_seeker",
        "refugee_elsewhere",
        "trafficking_presumed",
        "trafficking_indicated",
        "stateless_risk",
        "incomplete",
    }
)

# No condition opens these to persons so protected (8.3, 5): not the wish to return, not consent.
FIREWALLED = frozenset({"origin_state", "own_consulate"})

CONDITIONS = ("", "child", "protected", "voluntary_return")

Answer = Literal["Y", "C", "N"]


@dataclass(frozen=True)
class Row:
    """One cell of the matrix: the answer, and what it becomes when `unless` holds of the person."""

    answer: Answer
    unless: str
    then: Answer
    basis: str


@dataclass(frozen=True)
class Decision:
    """Whether a class of data may go, and why: a stable code and the basis in the matrix."""

    allowed: bool
    code: Literal["allowed", "consent_given", "consent_needed", "never", "not_in_matrix"]
    basis: str


@cache
def matrix(path: Path | None = None) -> Mapping[tuple[str, str], Row]:
    """The matrix by (data class, recipient). Raises ValueError for a cell given twice or an answer that is not Y, C or N."""
    found: dict[tuple[str, str], Row] = {}
    with (path or contracts_root() / "envelopes" / "sharing-matrix.csv").open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            key = (line["data_class"], line["recipient"])
            then = line["then"] or line["answer"]
            known = {line["answer"], then} <= {"Y", "C", "N"} and line["unless"] in CONDITIONS
            if key in found or not known:
                raise ValueError(
                    f"sharing-matrix.csv, line {number}: the cell {key} stands twice, an answer is not Y, C or N, or the "
                    f"condition is none of {', '.join(CONDITIONS[1:])}."
                )
            found[key] = Row(_answer(line["answer"]), line["unless"], _answer(then), line["basis"])
    return MappingProxyType(found)


def may_share(
    data_class: str,
    recipient: str,
    *,
    profiles: Iterable[str],
    child: bool,
    consent: bool | None,
    voluntary_return: bool = False,
) -> Decision:
    """Whether this class of a person's data may go to this kind of recipient.

    `recipient` is a referrals code of contracts/screening.md, `origin_state` or `regional_platform`; `consent` is the person's yes or no to
    this sharing, None where it is not known. Unknown consent is not consent, and N is overridden by nothing.
    """
    row = matrix().get((data_class, recipient))
    if row is None:
        return Decision(False, "not_in_matrix", "")
    protected = not PROTECTED_PROFILES.isdisjoint(profiles)
    holds = {
        "": False,
        "child": child,
        "protected": protected,
        "voluntary_return": voluntary_return,
    }[row.unless]
    answer = row.then if holds else row.answer
    if answer == "N" or (protected and recipient in FIREWALLED and data_class in DATA_CLASSES):
        return Decision(False, "never", row.basis)
    if answer == "Y":
        return Decision(True, "allowed", row.basis)
    return (
        Decision(True, "consent_given", row.basis) if consent is True else Decision(False, "consent_needed", row.basis)
    )


def never_allowed(
    classes: Iterable[str],
    recipient: str,
    *,
    profiles: Iterable[str],
    child: bool,
    agreed: Iterable[str],
    voluntary_return: bool = False,
) -> tuple[str, ...]:
    """Of these classes of data those that may not go to this kind of recipient, when the person said yes to `agreed` and to nothing else.

    Asked of what is already cut, right before it leaves: so that a mistake in the cutting stops it instead of sending it.
    """
    profiles, yes = frozenset(profiles), frozenset(agreed)
    return tuple(
        data_class
        for data_class in dict.fromkeys(classes)
        if not may_share(
            data_class,
            recipient,
            profiles=profiles,
            child=child,
            consent=True if data_class in yes else None,
            voluntary_return=voluntary_return,
        ).allowed
    )


def _answer(text: str) -> Answer:
    return {"Y": "Y", "C": "C", "N": "N"}[text]  # type: ignore[return-value]
