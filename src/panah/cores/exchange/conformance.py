"""What is wrong with a message of somebody else's structure, by that structure's own definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from panah.cores.disclosure import Problem
from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.definitions import Definition, defining

MOST_PROBLEMS = 1000


def problems_of(datasets: Sequence[Dataset], definitions: Sequence[Definition]) -> tuple[Problem, ...]:
    """In order: the structure is known, all dimensions are there, nothing stands outside it, no key twice, every code
    is in its list. Empty when nothing is wrong; a wrong code is named once, where it stands first.
    """
    found: list[Problem] = []
    for dataset in datasets:
        definition = defining(dataset.structure, definitions)
        if definition is None:
            known = ", ".join(sorted(d.reference for d in definitions)) or "none"
            found.append(Problem("STRUCTURE_UNKNOWN", "message", dataset.structure or "no structure", known))
            continue
        shape = list(_shape(dataset, definition))
        found += shape or [*_keys(dataset), *_codes(dataset, definition)]
    return tuple(found[:MOST_PROBLEMS])


def _shape(dataset: Dataset, definition: Definition) -> Iterator[Problem]:
    cited = dataset.structure.rpartition("=")[2]
    if cited.partition(":")[2].startswith(f"{definition.id}(") and cited != definition.reference:
        yield Problem("STRUCTURE_VERSION", "message", cited, definition.reference)
    for name in definition.dimensions:
        if name not in dataset.dimensions:
            yield Problem("STRUCTURE_DIMENSION", dataset.structure, f"no {name}", ", ".join(definition.dimensions))
    given = {*dataset.attributes, *(name for observation in dataset.observations for name in observation.attributes)}
    for name in sorted((given | set(dataset.dimensions)) - {*definition.dimensions, *definition.attributes}):
        allowed = ", ".join((*definition.dimensions, *definition.attributes))
        yield Problem("STRUCTURE_COMPONENT", dataset.structure, name, allowed)


def _keys(dataset: Dataset) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for observation in dataset.observations:
        if observation.key in seen:
            yield Problem("STRUCTURE_TWICE", ".".join(observation.key), "the same key twice", "each key once")
        seen.add(observation.key)


def _codes(dataset: Dataset, definition: Definition) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for observation in dataset.observations:
        where = ".".join(observation.key)
        for name in sorted(definition.mandatory - set(observation.attributes) - set(dataset.attributes)):
            if (name, "") not in told:
                told.add((name, ""))
                yield Problem("STRUCTURE_ATTRIBUTE", where, f"no {name}", f"a value for {name}")
        pairs = [*zip(dataset.dimensions, observation.key, strict=True), *observation.attributes.items()]
        for name, code in [*pairs, *dataset.attributes.items()]:
            allowed = definition.codes.get(name)
            if allowed is not None and code not in allowed and (name, code) not in told:
                told.add((name, code))
                yield Problem("CODE_UNKNOWN", f"{where}, {name}", code, _some(allowed))


def _some(codes: frozenset[str]) -> str:
    listed = sorted(codes)
    return ", ".join(listed[:20]) + (f" and {len(listed) - 20} more" if len(listed) > 20 else "")
