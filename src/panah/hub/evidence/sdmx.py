"""Figures and values as SDMX datasets of the hub's own dataflow, in the one structure of the Process.

The reporting area is always one of the ten states. A flow that leaves them stands under the state that it leaves, with
the part `origin`; so does a figure about persons from a state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from panah.cores.exchange.datasets import Dataset, Observation, joined
from panah.cores.exchange.structure import the_structure
from panah.hub.evidence.figures import REGION, TOTAL, Figure, Number, Source
from panah.hub.evidence.framework.values import Value

FLOW = "EVIDENCE"
UNITS = {
    "persons": "PS", "cases": "PC", "percent": "PT", "per_1000": "R1000", "per_100000": "R100000", "ratio": "RT", "days": "DY",
    "months": "MO", "points": "PP", "score": "SC", "usd_million": "USD_M", "undeclared": "UN",
}  # fmt: skip
"""Our units to the codes of contracts/codelists/units.csv."""

ORIGIN = "origin"
_ESTIMATES = "estimates"
_MODELLED = frozenset({"migrant_stock"})

Group = tuple[str, str, str]


def indicator_code(number: str) -> str:
    """The code of an indicator in the structure: `1.02` is `I1_02`."""
    return "I" + number.replace(".", "_")


def of_values(values: Iterable[Value]) -> Dataset | None:
    """The values that are shown, of several producers the first; None when there is none."""
    groups: dict[Group, dict[tuple[str, ...], Observation]] = defaultdict(dict)
    for value in values:
        if value.withheld or value.rank:
            continue
        area, other, part = _ends(value.state, value.counterpart, value.part)
        estimate = value.definition.protection.code == _ESTIMATES
        frequency, period = _period(value.period)
        key = _key(frequency, area, other, indicator_code(value.indicator), part, period)
        attributes = _attributes(
            "E" if estimate else "A",
            {"LOWER": value.low, "UPPER": value.high, "NUMERATOR": value.numerator, "DENOMINATOR": value.denominator},
            value.sources,
            value.method,
        )
        group = (UNITS[value.unit], _decimals(value.value), "ESTIMATE" if estimate else "ADMIN")
        groups[group].setdefault(key, Observation(key, _text(value.value), attributes))
    return _joined(groups)


def of_figures(figures: Iterable[Figure]) -> Dataset | None:
    """Producers' figures that have a value."""
    groups: dict[Group, dict[tuple[str, ...], Observation]] = defaultdict(dict)
    for figure in figures:
        if figure.value is None:
            continue
        code = "_".join(code for _name, code in figure.breakdown)
        area, other, part = _ends(figure.destination, figure.origin, code)
        key = _key("A", area, other, figure.indicator, part, f"{figure.period}")
        estimate = figure.indicator in _MODELLED
        numbers: dict[str, Number | None] = {"NUMERATOR": figure.numerator, "DENOMINATOR": figure.denominator}
        attributes = _attributes("E" if estimate else "A", numbers, (figure.source,), "")
        group = (UNITS[figure.unit], _decimals(figure.value), "ESTIMATE" if estimate else "ADMIN")
        groups[group].setdefault(key, Observation(key, _text(figure.value), attributes))
    return _joined(groups)


def _joined(groups: dict[Group, dict[tuple[str, ...], Observation]]) -> Dataset | None:
    structure = the_structure()
    dimensions = tuple(dimension.id for dimension in structure.dimensions)
    found = []
    for (unit, decimals, source), observations in sorted(groups.items()):
        attributes = {
            "UNIT_MEASURE": unit,
            "DECIMALS": decimals,
            "SOURCE_TYPE": source,
            "DEFINITIONS": structure.version,
        }
        attributes |= {"QUALITY_GRADE": "U", "SDC_METHOD": "producer"}
        name = f"Dataflow={structure.reference(FLOW)}"
        found.append(Dataset(name, dimensions, tuple(observations.values()), attributes))
    return joined(found) if found else None


def _ends(destination: str, origin: str, part: str) -> tuple[str, str, str]:
    """Reporting area, the other one, and the part."""
    part = re.sub(r"[^A-Za-z0-9_]", "_", part)
    if destination in REGION:
        return destination, origin, part or TOTAL
    return origin, destination, f"{ORIGIN}_{part}" if part and part != ORIGIN else ORIGIN


def _key(frequency: str, area: str, other: str, indicator: str, part: str, period: str) -> tuple[str, ...]:
    structure = the_structure()
    codes = structure.dataflow(FLOW).fixed | {
        "FREQ": frequency,
        "REF_AREA": area,
        "COUNTERPART_AREA": other,
        "INDICATOR": indicator,
        "PART": part,
        "TIME_PERIOD": period,
    }
    return tuple(codes[dimension.id] for dimension in structure.dimensions)


def _attributes(
    status: str, numbers: dict[str, Number | None], sources: tuple[Source, ...], method: str
) -> dict[str, str]:
    named = {name: text for name, number in numbers.items() if (text := _text(number)) is not None}
    read = "; ".join(source.input for source in sources)
    as_of = min((source.as_of for source in sources), default=date.min)
    more = {"METHOD": method, "AS_OF": as_of.isoformat(), "PROVENANCE": re.sub(r"[^A-Za-z0-9_./ ;-]", "_", read)[:300]}
    return {"OBS_STATUS": status, "CONF_STATUS": "F"} | named | {name: text for name, text in more.items() if text}


def _period(period: str) -> tuple[str, str]:
    """Frequency and period as SDMX writes them: `2015-2019` is five years from 2015."""
    if len(period) == 9:
        return "A5", f"{period[:4]}-01-01/P5Y"
    return ("Q", period) if "Q" in period else ("A", period)


def _text(number: Number | None) -> str | None:
    return None if number is None else f"{number}" if isinstance(number, int) else format(number, "f")


def _decimals(number: Number | None) -> str:
    return str(min(6, len((_text(number) or "").partition(".")[2])))
