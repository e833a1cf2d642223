"""What the hub publishes as SDMX datasets: tables of states as they signed them, and indicators computed here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from panah.cores.exchange.datasets import Dataset, Observation, joined
from panah.cores.exchange.structure import the_structure
from panah.hub.evidence import service as evidence
from panah.hub.intake import service as intake

EVIDENCE = "EVIDENCE"
UNITS = {
    "persons": "PS", "cases": "PC", "percent": "PT", "per_1000": "R1000", "per_100000": "R100000", "ratio": "RT", "days": "DY",
    "months": "MO", "points": "PP", "score": "SC", "usd_million": "USD_M", "undeclared": "UN",
}  # fmt: skip
"""Units of the indicators to codes of contracts/codelists/units.csv."""

_ESTIMATES = "estimates"


def dataset(flow: str) -> Dataset | None:
    """Everything that stands of a dataflow, as one dataset; None when there is nothing."""
    found = list(_indicators() if flow == EVIDENCE else intake.datasets(flow))
    return joined(found) if found else None


def indicator_code(number: str) -> str:
    """The code of an indicator in the structure: `1.02` is `I1_02`."""
    return "I" + number.replace(".", "_")


def _indicators() -> Iterator[Dataset]:
    """The values of the indicators that are shown first, one dataset for each unit and number of decimals."""
    structure = the_structure()
    dimensions = tuple(dimension.id for dimension in structure.dimensions)
    fixed = structure.dataflow(EVIDENCE).fixed
    by_unit: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for value in evidence.every():
        if value.withheld or value.rank:
            continue
        frequency, period = _period(value.period)
        codes = fixed | {
            "FREQ": frequency,
            "REF_AREA": value.state,
            "COUNTERPART_AREA": value.counterpart,
            "INDICATOR": indicator_code(value.indicator),
            "PART": re.sub(r"[^A-Za-z0-9_]", "_", value.part) or "_T",
            "TIME_PERIOD": period,
        }
        key = tuple(codes[id_] for id_ in dimensions)
        if key in seen:
            continue
        seen.add(key)
        estimate = value.definition.protection.code == _ESTIMATES
        group = UNITS[value.unit], _decimals(value), "ESTIMATE" if estimate else "ADMIN"
        by_unit[group].append(Observation(key, _text(value.value), _attributes(value, estimate=estimate)))
    for (unit, decimals, source), observations in sorted(by_unit.items()):
        attributes = {
            "UNIT_MEASURE": unit,
            "DECIMALS": decimals,
            "SOURCE_TYPE": source,
            "DEFINITIONS": structure.version,
        }
        attributes |= {"QUALITY_GRADE": "U", "SDC_METHOD": "producer"}
        yield Dataset(f"Dataflow={structure.reference(EVIDENCE)}", dimensions, tuple(observations), attributes)


def _attributes(value: evidence.Value, *, estimate: bool) -> dict[str, str]:
    numbers = {"LOWER": value.low, "UPPER": value.high, "NUMERATOR": value.numerator, "DENOMINATOR": value.denominator}
    named = {name: text for name, number in numbers.items() if (text := _text(number)) is not None}
    read = "; ".join(source.input for source in value.sources)
    method = value.method if re.fullmatch(r"[A-Za-z0-9_., +-]{1,200}", value.method) else ""
    more = {"METHOD": method, "PROVENANCE": re.sub(r"[^A-Za-z0-9_./ ;-]", "_", read)[:300]}
    if value.as_of:
        more["AS_OF"] = value.as_of.isoformat()
    status = {"OBS_STATUS": "E" if estimate else "A", "CONF_STATUS": "F"}
    return status | named | {name: text for name, text in more.items() if text}


def _period(period: str) -> tuple[str, str]:
    """Frequency and period as SDMX writes them: `2015-2019` is five years from 2015."""
    if len(period) == 9:
        return "A5", f"{period[:4]}-01-01/P5Y"
    return ("Q", period) if "Q" in period else ("A", period)


def _text(number: object) -> str | None:
    return None if number is None else format(number, "f") if not isinstance(number, int) else str(number)


def _decimals(value: evidence.Value) -> str:
    text = _text(value.value) or ""
    return str(min(6, len(text.partition(".")[2])))
