"""Observations with their structure, free of any format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

Code = str

_NOT_CARRIED = re.compile(r"['\"\\<>&]")
_EMPTY = frozenset({"NaN", "#N/A"})


@dataclass(frozen=True)
class Observation:
    """One value at one key.

    key: the code of each dimension, in the order of the dataset's dimensions.
    value: as it is written in the message; None where no value is given.
    attributes: those of this observation that are given, by id.
    """

    key: tuple[Code, ...]
    value: str | None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))


@dataclass(frozen=True)
class Dataset:
    """Observations of one structure.

    structure: as SDMX names it, `Dataflow=ALMATY:ARRIVALS_PROFILE_SEX_AGE(1.0.0)`.
    dimensions: ids in the order of the keys. Where a message was read without its structure, these are the columns
        that were found, in the order in which they stood.
    attributes: those of the whole dataset, by id.
    """

    structure: str
    dimensions: tuple[str, ...]
    observations: tuple[Observation, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))
        for observation in self.observations:
            if len(observation.key) != len(self.dimensions):
                raise ValueError(
                    f"An observation has {len(observation.key)} codes; its dataset has {len(self.dimensions)} dimensions."
                )

    @property
    def flow(self) -> str:
        """The id of the dataflow or data structure: `ARRIVALS_PROFILE_SEX_AGE`."""
        return self.structure.partition("=")[2].partition(":")[2].partition("(")[0]


def joined(datasets: Sequence[Dataset]) -> Dataset:
    """Several datasets of one structure as one; what is said of some of them only stands at their observations.

    Raises ValueError for no dataset, and for such of different structures or dimensions.
    """
    if len({(found.structure, found.dimensions) for found in datasets}) != 1:
        raise ValueError(f"{len(datasets)} datasets cannot be one: they must be one or more, of the same structure.")
    first = datasets[0]
    alike = {k: v for k, v in first.attributes.items() if all(other.attributes.get(k) == v for other in datasets)}
    observations = [
        Observation(o.key, o.value, {**{k: v for k, v in found.attributes.items() if k not in alike}, **o.attributes})
        for found in datasets
        for o in found.observations
    ]
    return Dataset(first.structure, first.dimensions, tuple(observations), alike)


def require_carriable(dataset: Dataset) -> None:
    """Raise ValueError when a code or attribute holds what not every format carries unchanged.

    Quotes, backslashes, angle brackets, ampersands, outer spaces and what cannot be printed are never part of a code;
    NaN and #N/A stand for no value in SDMX.
    """
    texts = [*dataset.attributes.values()]
    for observation in dataset.observations:
        texts += [*observation.key, *observation.attributes.values()]
    for text in texts:
        if _NOT_CARRIED.search(text) or not text.isprintable() or text != text.strip() or text in _EMPTY:
            raise ValueError(
                f"{text!r} cannot be sent: a code may hold no quotes, brackets, ampersands or line ends, and not stand "
                "for no value."
            )
