"""What is wrong with a message, found in order: well-formed, structure, codes, constraint, arithmetic, time series, mirror.

Each step needs the one before it, so the first step that finds something is the last; only time series and mirror, which
compare with other tables, stand beside each other. The codes of the problems follow the steps: `FORM…`, `STRUCTURE…`,
`CODE…`, `CONSTRAINT…`, `SUM…`, `SERIES…`, `MIRROR`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from panah.cores.disclosure import Problem
from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.messages import TIME, VALUE, Unreadable, read, schema_problems, text_of
from panah.cores.exchange.periods import frequency, span
from panah.cores.exchange.structure import AttributeOf, Dataflow, DimensionOf, Structure, allowed_codes, the_structure

MOST_PROBLEMS = 1000
JUMP_FACTOR = 10
JUMP_COUNT = 100
"""A count is named as a jump when it is ten times the one before, or a tenth, and a hundred or more away from it."""

MIRROR_SHARE = 0.2
"""Two states' numbers of the same moves are named when they lie further apart than this share of the larger one."""


def validate(
    message: bytes | Dataset,
    structure: Structure | None = None,
    previous: Dataset | None = None,
    mirrors: Sequence[Dataset] = (),
) -> tuple[Problem, ...]:
    """Everything that is wrong with a message of the regional exchange; empty when it may be taken in.

    message: the bytes as they came, or a dataset that was read already.
    previous: the same dataflow and state for an earlier period, for the comparison in time.
    mirrors: what other states published; those that count the same moves in the same period are compared with.
    Never raises for what a message holds. No more than the first thousand problems are named.
    """
    structure = structure or the_structure()
    if isinstance(message, Dataset):
        datasets: tuple[Dataset, ...] = (message,)
    else:
        try:
            text = text_of(message)
            wrong = [
                Problem("FORM_SCHEMA", "message", found, "the official SDMX-ML schema")
                for found in schema_problems(text)
            ]
            if wrong:
                return tuple(wrong[:MOST_PROBLEMS])
            datasets = read(message, check=False)
        except Unreadable as error:
            return (Problem("FORM", "message", str(error), "SDMX-CSV 2.0, SDMX-ML 2.1 or 3.0"),)
        if not datasets:
            return (Problem("FORM_EMPTY", "message", "no dataset", "one dataset or more"),)
    problems: list[Problem] = []
    for dataset in datasets:
        problems += _of_dataset(dataset, structure, previous, mirrors)
    return tuple(problems[:MOST_PROBLEMS])


def _of_dataset(
    dataset: Dataset, structure: Structure, previous: Dataset | None, mirrors: Sequence[Dataset]
) -> list[Problem]:
    flow = next((known for known in structure.tables if known.id == dataset.flow), None)
    expected = f"Dataflow={structure.reference(dataset.flow)}"
    if flow is None or dataset.structure != expected:
        allowed = ", ".join(structure.reference(known.id) for known in structure.tables)
        return [Problem("STRUCTURE_UNKNOWN", "dataset", dataset.structure, allowed)]
    steps = (_shape(dataset, structure), _codes(dataset, structure), _constraint(dataset, structure, flow))
    for step in steps:
        found = list(step)
        if found:
            return found
    found = list(_sums(dataset, structure, flow))
    return found or [*_series(dataset, previous), *_mirror(dataset, structure, flow, mirrors)]


def _where(dataset: Dataset, observation: Observation) -> str:
    named = (f"{id_}={code}" for id_, code in zip(dataset.dimensions, observation.key, strict=True))
    return f"{dataset.flow}, {', '.join(named)}"


def _shape(dataset: Dataset, structure: Structure) -> Iterator[Problem]:
    wanted = [dimension.id for dimension in structure.dimensions]
    if sorted(dataset.dimensions) != sorted(wanted):
        yield Problem("STRUCTURE_DIMENSIONS", dataset.flow, ", ".join(dataset.dimensions), ", ".join(wanted))
        return
    for level, given in (("D", dataset.attributes), ("O", None)):
        known = {a.id: a for a in structure.attributes if a.level == level}
        if given is not None:
            yield from _attribute_names(dataset.flow, given, known)
            continue
        for observation in dataset.observations:
            yield from _attribute_names(_where(dataset, observation), observation.attributes, known)
    if not dataset.observations:
        yield Problem("STRUCTURE_EMPTY", dataset.flow, "no observations", "one observation or more")
    seen: set[tuple[str, ...]] = set()
    for observation in dataset.observations:
        where = _where(dataset, observation)
        if "" in observation.key:
            yield Problem("STRUCTURE_KEY", where, "a dimension without a code", "a code for every dimension")
        if observation.key in seen:
            yield Problem("STRUCTURE_DUPLICATE", where, "the key again", "each key once")
        seen.add(observation.key)
        if observation.value is not None and not re.fullmatch(r"[0-9]{1,9}", observation.value):
            yield Problem("STRUCTURE_VALUE", f"{where}, {VALUE}", observation.value, "a whole number, 0 or more")


def _attribute_names(where: str, given: Mapping[str, str], known: Mapping[str, AttributeOf]) -> Iterator[Problem]:
    for name in given:
        if name not in known:
            yield Problem("STRUCTURE_COMPONENT", where, name, ", ".join(known))
    for name, attribute in known.items():
        if attribute.required and name not in given:
            yield Problem("STRUCTURE_ATTRIBUTE", where, f"no {name}", f"a value for {name}")


def _codes(dataset: Dataset, structure: Structure) -> Iterator[Problem]:
    attributes = {attribute.id: attribute for attribute in structure.attributes}
    for name, value in dataset.attributes.items():
        yield from _attribute_code(dataset.flow, attributes[name], value, structure)
    order = [structure.dimension(id_) for id_ in dataset.dimensions]
    bad: dict[tuple[str, str], str] = {}
    for observation in dataset.observations:
        where = _where(dataset, observation)
        period = observation.key[dataset.dimensions.index(TIME)]
        try:
            first, last = span(period)
        except ValueError as error:
            yield Problem("CODE_PERIOD", where, period, str(error))
            continue
        for dimension, code in zip(order, observation.key, strict=True):
            if dimension.id != TIME and (dimension.id, code) not in bad:
                bad[dimension.id, code] = _code_problem(dimension, code, structure, first, last)
                if bad[dimension.id, code]:
                    yield Problem("CODE_UNKNOWN", f"{where}, {dimension.id}", code, bad[dimension.id, code])
        for name, value in observation.attributes.items():
            yield from _attribute_code(where, attributes[name], value, structure)
        yield from _status(where, observation)


def _code_problem(dimension: DimensionOf, code: str, structure: Structure, first: str, last: str) -> str:
    """What is allowed, where the code is not; empty where it is."""
    for known in structure.codelists[dimension.codelist]:
        if known.code == code:
            return "" if known.holds_in(first, last) else f"a code that is valid from {first} to {last}"
    if structure.allows(dimension, code):
        return ""
    listed = ", ".join(known.code for known in structure.codelists[dimension.codelist])
    return listed + (f", or a state's own code of the form {dimension.open}" if dimension.open else "")


def _attribute_code(where: str, attribute: AttributeOf, value: str, structure: Structure) -> Iterator[Problem]:
    if attribute.codelist:
        listed = [code.code for code in structure.codelists[attribute.codelist]]
        if value not in listed:
            yield Problem("CODE_ATTRIBUTE", f"{where}, {attribute.id}", value, ", ".join(listed))
    elif attribute.pattern and not re.fullmatch(attribute.pattern, value):
        yield Problem("CODE_ATTRIBUTE", f"{where}, {attribute.id}", value, f"a text of the form {attribute.pattern}")


def _status(where: str, observation: Observation) -> Iterator[Problem]:
    """A value is there exactly when its status says so, and only a withheld one has a reason."""
    status = observation.attributes.get("OBS_STATUS")
    free = observation.attributes.get("CONF_STATUS") == "F"
    reason = observation.attributes.get("CONF_REASON")
    if (observation.value is None) != (status in ("Q", "M")):
        found = f"{status} with {'no value' if observation.value is None else 'a value'}"
        yield Problem("CODE_STATUS", where, found, "no value for Q and M, a value for every other status")
    elif (status == "Q") == free or (status == "Q") != (reason is not None):
        found = f"{status} with {observation.attributes.get('CONF_STATUS')} and {reason or 'no reason'}"
        yield Problem("CODE_STATUS", where, found, "F without a reason for what is shown, else a reason and not F")


def _constraint(dataset: Dataset, structure: Structure, flow: Dataflow) -> Iterator[Problem]:
    position = {id_: place for place, id_ in enumerate(dataset.dimensions)}
    for dimension in structure.dimensions:
        found = {observation.key[position[dimension.id]] for observation in dataset.observations}
        if dimension.id in ("REF_AREA", TIME) and len(found) > 1:
            allowed = "one state" if dimension.id == "REF_AREA" else "one period"
            yield Problem("CONSTRAINT_ONE", f"{flow.id}, {dimension.id}", ", ".join(sorted(found)), allowed)
        if dimension.codelist and dimension.id not in ("REF_AREA", "FREQ") and not flow.is_open(dimension):
            allowed_here = allowed_codes(structure, flow, dimension)
            for code in sorted(found - set(allowed_here)):
                yield Problem("CONSTRAINT_CODE", f"{flow.id}, {dimension.id}", code, ", ".join(allowed_here))
        elif flow.is_open(dimension) and dimension.id in flow.fixed and found != {flow.fixed[dimension.id]}:
            yield Problem(
                "CONSTRAINT_CODE", f"{flow.id}, {dimension.id}", ", ".join(sorted(found)), flow.fixed[dimension.id]
            )
    if flow.mirror is not None:
        itself = {observation.key[position["COUNTERPART_AREA"]] for observation in dataset.observations}
        for state in sorted(itself & {observation.key[position["REF_AREA"]] for observation in dataset.observations}):
            yield Problem("CONSTRAINT_CODE", f"{flow.id}, COUNTERPART_AREA", state, "another state than REF_AREA")
    unit = dataset.attributes.get("UNIT_MEASURE")
    if unit != flow.unit:
        yield Problem("CONSTRAINT_UNIT", f"{flow.id}, UNIT_MEASURE", str(unit), flow.unit)
    decimals = dataset.attributes.get("DECIMALS")
    if decimals != "0":
        yield Problem(
            "CONSTRAINT_DECIMALS", f"{flow.id}, DECIMALS", str(decimals), "0, since persons are counted whole"
        )
    for observation in dataset.observations:
        period, given = observation.key[position[TIME]], observation.key[position["FREQ"]]
        if frequency(period) != given:
            yield Problem("CONSTRAINT_FREQUENCY", _where(dataset, observation), given, frequency(period))


def _sums(dataset: Dataset, structure: Structure, flow: Dataflow) -> Iterator[Problem]:
    for id_ in flow.axes:
        if id_ not in flow.no_total:
            yield from _sums_over(dataset, structure.dimension(id_))


def _sums_over(dataset: Dataset, dimension: DimensionOf) -> Iterator[Problem]:
    """Each total against its parts: no less than those that are published; equal to them when all are."""
    place = dataset.dimensions.index(dimension.id)
    lines: dict[tuple[str, ...], dict[str, Observation]] = defaultdict(dict)
    for observation in dataset.observations:
        rest = (*observation.key[:place], *observation.key[place + 1 :])
        lines[rest][observation.key[place]] = observation
    for line in lines.values():
        total = line.pop("_T", None)
        parts = [_number(part) for part in line.values()]
        whole = None if total is None else _number(total)
        if total is None or whole is None:
            continue
        known = [part for part in parts if part is not None]
        allowed = _allowed_total(dimension, known, complete=len(known) == len(parts))
        if allowed and not allowed[0] <= whole <= allowed[1]:
            least, most = allowed
            said = (
                f"{least}" if least == most else f"{least} and more" if most == float("inf") else f"{least} to {most}"
            )
            yield Problem("SUM", f"{_where(dataset, total)}, over {dimension.id}", str(whole), said)


def _allowed_total(dimension: DimensionOf, known: list[int], *, complete: bool) -> tuple[float, float] | None:
    if not known:
        return None
    if dimension.additive:
        return sum(known), sum(known) if complete else float("inf")
    return max(known), sum(known) if complete and dimension.exhaustive else float("inf")


def _number(observation: Observation) -> int | None:
    if observation.value is None:
        return 0 if observation.attributes.get("OBS_STATUS") == "M" else None
    return int(observation.value)


def _series(dataset: Dataset, previous: Dataset | None) -> Iterator[Problem]:
    """Against the period before: the definitions, and counts that jump without being marked as a break."""
    if previous is None:
        return
    if previous.flow != dataset.flow or sorted(previous.dimensions) != sorted(dataset.dimensions):
        yield Problem("SERIES_OTHER", dataset.flow, previous.structure, f"an earlier period of {dataset.structure}")
        return
    before = {_without_time(previous, observation): observation for observation in previous.observations}
    new = {observation.attributes.get("OBS_STATUS") for observation in dataset.observations}
    definitions = [found.attributes.get("DEFINITIONS") for found in (previous, dataset)]
    if definitions[0] != definitions[1] and "B" not in new:
        allowed = f"{definitions[0]}, or the observations marked as a break (OBS_STATUS B)"
        yield Problem("SERIES_DEFINITIONS", f"{dataset.flow}, DEFINITIONS", str(definitions[1]), allowed)
    for observation in dataset.observations:
        earlier = before.get(_without_time(dataset, observation))
        if earlier is None or observation.attributes.get("OBS_STATUS") == "B":
            continue
        now, then = _number(observation), _number(earlier)
        if now is not None and then is not None and _jumps(then, now):
            allowed = f"nearer to {then}, or marked as a break (OBS_STATUS B)"
            yield Problem("SERIES_JUMP", _where(dataset, observation), str(now), allowed)


def _jumps(then: int, now: int) -> bool:
    least, most = sorted((then, now))
    return most - least >= JUMP_COUNT and most >= JUMP_FACTOR * max(least, 1)


def _mirror(dataset: Dataset, structure: Structure, flow: Dataflow, mirrors: Sequence[Dataset]) -> Iterator[Problem]:
    """Against the states at the other end: numbers of the same moves that both publish and that lie far apart."""
    if flow.mirror is None:
        return
    other_flow = structure.dataflow(flow.mirror.flow)
    theirs = {
        _move(found, other_flow, observation, swapped=True): observation
        for found in mirrors
        if found.flow == other_flow.id and sorted(found.dimensions) == sorted(dataset.dimensions)
        for observation in found.observations
    }
    for observation in dataset.observations:
        other = theirs.get(_move(dataset, flow, observation, swapped=False))
        if other is None or observation.value is None or other.value is None or not other.value.isdigit():
            continue
        here, there = int(observation.value), int(other.value)
        if abs(here - there) > MIRROR_SHARE * max(here, there):
            state = observation.key[dataset.dimensions.index("COUNTERPART_AREA")]
            allowed = f"within {MIRROR_SHARE:.0%} of the larger number; {state} has {there} in {other_flow.id}"
            yield Problem("MIRROR", _where(dataset, observation), str(here), allowed)


def _move(dataset: Dataset, flow: Dataflow, observation: Observation, *, swapped: bool) -> tuple[str, ...]:
    """What an observation counts, from where its mirror stands: reporting state, other state, period, and the other axes."""
    codes = dict(zip(dataset.dimensions, observation.key, strict=True))
    ends = codes["REF_AREA"], codes["COUNTERPART_AREA"]
    others = [codes[axis] for axis in sorted(flow.axes) if axis != "COUNTERPART_AREA"]
    return (*(ends[::-1] if swapped else ends), codes[TIME], *others)


def _without_time(dataset: Dataset, observation: Observation) -> tuple[tuple[str, str], ...]:
    pairs = zip(dataset.dimensions, observation.key, strict=True)
    return tuple(sorted(pair for pair in pairs if pair[0] not in (TIME, "FREQ")))
