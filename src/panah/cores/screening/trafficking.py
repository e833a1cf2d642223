"""Scoring of the ILO/EC Delphi indicators of trafficking for labour exploitation (domain reference 3.4).

Six dimensions; each indicator weighs strong, medium or weak, or nothing, apart for adults and children. A dimension
is positive by the published thresholds below. What follows from positive dimensions is law as data: the rules of
`packs/_floor/rules/trafficking.yaml`. The weights and what answers stand for an indicator are data as well:
`packs/_floor/indicators/trafficking.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from panah.cores.lawbook.conditions import NOTHING, Condition, View

Weight = Literal["S", "M", "W", "-"]

DIMENSIONS: Final = (
    "deceptive_recruitment",
    "coercive_recruitment",
    "abuse_of_vulnerability_in_recruitment",
    "exploitation",
    "coercion_at_destination",
    "abuse_of_vulnerability_at_destination",
)


@dataclass(frozen=True)
class Indicator:
    """One indicator: its dimension, its weights, and the condition on the record under which it is present.

    `when` is None for an indicator that no question of the interview asks about; it is listed all the same.
    """

    id: str
    dimension: str
    adult: Weight
    child: Weight
    when: Condition | None


@dataclass(frozen=True)
class Dimension:
    """The score of one dimension: positive or not, the facts that made it so, and those still open that could."""

    positive: bool
    because: frozenset[str]
    open: frozenset[str]


def is_positive(weights: Iterable[Weight]) -> bool:
    """Whether indicators of these weights make a dimension positive.

    Two strong; or one strong with one medium or weak; or three medium; or two medium with one weak.
    """
    given = list(weights)
    strong, medium, weak = (given.count(weight) for weight in ("S", "M", "W"))
    return (
        strong >= 2
        or (strong == 1 and medium + weak >= 1)
        or medium >= 3
        or (medium == 2 and weak >= 1)
    )  # fmt: skip


def score(indicators: Iterable[Indicator], view: View, *, as_child: bool) -> Mapping[str, Dimension]:
    """Every dimension's score for the facts of one record, by the weights for children or for adults."""
    weights: dict[str, list[Weight]] = {name: [] for name in DIMENSIONS}
    because: dict[str, frozenset[str]] = dict.fromkeys(DIMENSIONS, NOTHING)
    open_: dict[str, frozenset[str]] = dict.fromkeys(DIMENSIONS, NOTHING)
    for indicator in indicators:
        weight = indicator.child if as_child else indicator.adult
        if indicator.when is None or weight == "-":
            continue
        outcome = indicator.when.evaluate(view)
        if outcome.truth:
            weights[indicator.dimension].append(weight)
            because[indicator.dimension] |= outcome.because
        elif outcome.truth is None:
            open_[indicator.dimension] |= outcome.open
    return {
        name: Dimension(is_positive(weights[name]), because[name], open_[name])
        for name in DIMENSIONS
    }  # fmt: skip
