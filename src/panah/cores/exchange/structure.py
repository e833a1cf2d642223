"""The structure of the regional exchange: dimensions, code lists, attributes and dataflows, as contracts/ defines them."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from panah.cores.shipped import folder

Name = dict[Literal["en", "ru"], str]


class Code(msgspec.Struct, frozen=True):
    """One code with its names. Valid from the first day to the last, ISO dates; without a last day it still is."""

    code: str
    name_en: str
    name_ru: str
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""

    def holds_in(self, first: str, last: str) -> bool:
        """Whether the code may be used for a period from the first day to the last, ISO dates."""
        return self.valid_from <= last and (not self.valid_to or first <= self.valid_to)


class DimensionOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dimension. `open` is the pattern of further codes that states may use; empty where the list is closed."""

    id: str
    en: str
    ru: str
    codelist: str = ""
    open: str = ""
    additive: bool = True
    exhaustive: bool = False


class AttributeOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribute: of an observation (O) or of the whole dataset (D); from a code list or of a pattern.

    required: `table` where tables of states must have it, and figures of the hub need not.
    """

    id: str
    level: Literal["O", "D"]
    required: bool | Literal["table"]
    en: str
    ru: str
    codelist: str = ""
    pattern: str = ""


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is observed."""

    id: str
    en: str
    ru: str


class Mirror(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The flow in which the other state counts the same moves, REF_AREA and COUNTERPART_AREA having changed places.

    way: of the flow that names the mirror: `in`, those who came from the other state, or `out`, those who left for it.
    """

    flow: str
    way: Literal["in", "out"]


class Dataflow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table: the dimensions that it varies over, and where all others stand. A `series` is no table of a state but
    figures of the hub, each with a unit of its own. lists: the code list that an axis takes its codes from here, alone.
    """

    id: str
    name: Name
    population: str
    axes: tuple[str, ...]
    fixed: dict[str, str]
    unit: str
    no_total: tuple[str, ...] = ()
    kind: Literal["table", "series"] = "table"
    lists: dict[str, str] = {}
    mirror: Mirror | None = None

    def is_open(self, dimension: DimensionOf) -> bool:
        """Whether states may use codes of their own in this dimension here."""
        return bool(dimension.open) and dimension.id not in self.lists


class Structure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole definition, with its code lists by name."""

    agency: str
    id: str
    version: str
    name: Name
    concepts: str
    dimensions: tuple[DimensionOf, ...]
    measure: Measure
    attributes: tuple[AttributeOf, ...]
    dataflows: tuple[Dataflow, ...]
    codelists: dict[str, tuple[Code, ...]] = {}

    @property
    def tables(self) -> tuple[Dataflow, ...]:
        """The dataflows that states hand in."""
        return tuple(flow for flow in self.dataflows if flow.kind == "table")

    def dimension(self, id_: str) -> DimensionOf:
        """The dimension with that id. Raises KeyError."""
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        raise KeyError(id_)

    def dataflow(self, id_: str) -> Dataflow:
        """The dataflow with that id. Raises KeyError."""
        for dataflow in self.dataflows:
            if dataflow.id == id_:
                return dataflow
        raise KeyError(id_)

    def codelist_names(self) -> tuple[str, ...]:
        """The code lists that the dimensions, attributes and axes take their codes from, sorted."""
        named = {dimension.codelist for dimension in self.dimensions} | {a.codelist for a in self.attributes}
        named |= {name for flow in self.dataflows for name in flow.lists.values()}
        return tuple(sorted(named - {""}))

    def attributes_at(self, level: Literal["O", "D"]) -> tuple[AttributeOf, ...]:
        """The attributes of an observation or of a dataset."""
        return tuple(attribute for attribute in self.attributes if attribute.level == level)

    def reference(self, dataflow: str) -> str:
        """The dataflow as SDMX names it: `ALMATY:ARRIVALS_PROFILE_SEX_AGE(1.0.0)`."""
        return f"{self.agency}:{dataflow}({self.version})"

    def allows(self, dimension: DimensionOf, code: str) -> bool:
        """Whether the code is in the list of the dimension, or fits the pattern of an open one."""
        if any(known.code == code for known in self.codelists[dimension.codelist]):
            return True
        return bool(dimension.open and re.fullmatch(dimension.open, code))


def contracts_root() -> Path:
    """Where the contracts lie: `contracts/` of the source tree, else the installed copy."""
    return folder("contracts", "sdmx/structure.yaml")


@cache
def the_structure() -> Structure:
    """The structure of this version of the contracts. Raises ValueError when the files contradict each other."""
    root = contracts_root()
    content = yaml.safe_load((root / "sdmx" / "structure.yaml").read_text(encoding="utf-8"))
    structure = msgspec.convert(content, Structure)
    lists = {name: codelist(name) for name in structure.codelist_names()}
    structure = msgspec.structs.replace(structure, codelists=lists)
    for flow in structure.dataflows:
        named = {*flow.axes, *flow.fixed, "FREQ", "REF_AREA", "TIME_PERIOD"}
        wrong = [id_ for id_, code in flow.fixed.items() if not structure.allows(structure.dimension(id_), code)]
        if named != {dimension.id for dimension in structure.dimensions} or wrong:
            raise ValueError(f"The dataflow {flow.id} does not place every dimension once, at a code that exists.")
        _require_two_sides(structure, flow)
    return structure


def _require_two_sides(structure: Structure, flow: Dataflow) -> None:
    if flow.mirror is None:
        return
    other = next((one.mirror for one in structure.tables if one.id == flow.mirror.flow), None)
    if other is None or other.flow != flow.id or {other.way, flow.mirror.way} != {"in", "out"}:
        raise ValueError(f"The mirror of {flow.id} must be a table that names it as its own mirror, the other way.")


@cache
def codelist(name: str) -> tuple[Code, ...]:
    """The codes of one list of contracts/codelists. Raises ValueError when a code stands twice."""
    with (contracts_root() / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        codes = tuple(Code(**row) for row in csv.DictReader(file))
    if len({code.code for code in codes}) != len(codes):
        raise ValueError(f"The code list {name} has a code twice.")
    return codes


def label(codes: str, code: str, language: Literal["en", "ru"] = "en") -> str:
    """The name of a code in English or Russian; the code itself where the list does not have it."""
    for known in codelist(codes):
        if known.code == code:
            return known.name_ru if language == "ru" else known.name_en
    return code


def allowed_codes(structure: Structure, flow: Dataflow, dimension: DimensionOf) -> tuple[str, ...]:
    """The codes of its list that a dimension may take in a dataflow."""
    if dimension.id in flow.fixed:
        return (flow.fixed[dimension.id],)
    left_out = {"_T"} if dimension.id in flow.no_total else set()
    if dimension.id in flow.axes and not flow.is_open(dimension):
        left_out.add("_Z")
    listed = structure.codelists[flow.lists.get(dimension.id, dimension.codelist)]
    return tuple(code.code for code in listed if code.code not in left_out)
