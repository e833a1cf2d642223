"""Who reports what by which agreement, what a state may send, what a dataflow means, and how it maps to the SDG structure.

SDMX artefacts beside the structure itself (artefacts.py), all written from contracts/sdmx.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import yaml
from pysdmx.model import (
    ComponentMap,
    ConstraintAttachment,
    CubeKeyValue,
    CubeRegion,
    CubeValue,
    DataConstraint,
    DataProvider,
    DataProviderScheme,
    FixedValueMap,
    ImplicitComponentMap,
    ProvisionAgreement,
    RepresentationMap,
    StructureMap,
    ValueMap,
)

from panah.cores.exchange.datasets import Dataset, Observation
from panah.cores.exchange.structure import Dataflow, Name, Structure, contracts_root

_URN = "urn:sdmx:org.sdmx.infomodel"
PROVIDERS = "DATA_PROVIDERS"


class SdgMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """contracts/sdmx/sdg-map.yaml."""

    source: str
    target: str
    series: dict[str, str]
    areas: dict[str, str]
    fixed: dict[str, str]
    same: tuple[str, ...]
    units: dict[str, str]


class Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """contracts/sdmx/metadata.yaml: concepts in order, what holds of all tables, and what of each dataflow."""

    concepts: dict[str, Name]
    tables: dict[str, Name]
    dataflows: dict[str, dict[str, Name]]


@cache
def sdg_map() -> SdgMap:
    """The map to the SDG structure."""
    return msgspec.convert(_content("sdg-map.yaml"), SdgMap)


@cache
def _metadata() -> Metadata:
    return msgspec.convert(_content("metadata.yaml"), Metadata)


def _content(name: str) -> Any:
    return yaml.safe_load((contracts_root() / "sdmx" / name).read_text(encoding="utf-8"))


def reference_metadata(flow: Dataflow) -> Mapping[str, tuple[Name, Name]]:
    """What a dataflow means: concept id to its name and the text, in the order of ESMS. Raises ValueError for a gap."""
    known = _metadata()
    said = {**(known.tables if flow.kind == "table" else {}), **known.dataflows.get(flow.id, {})}
    lacking = [concept for concept in known.concepts if concept not in said]
    if lacking:
        raise ValueError(f"The reference metadata of {flow.id} say nothing of {', '.join(lacking)}.")
    return {concept: (name, said[concept]) for concept, name in known.concepts.items()}


def states(structure: Structure) -> tuple[str, ...]:
    """The states that may report: all in the list but the invented one."""
    return tuple(code.code for code in structure.codelists["states"] if not code.code.startswith("XX"))


def providers(structure: Structure) -> DataProviderScheme:
    """The reporting states as data providers."""
    named = {code.code: code.name_en for code in structure.codelists["states"]}
    items = [DataProvider(id=state, name=named[state]) for state in states(structure)]
    return DataProviderScheme(
        id=PROVIDERS, agency=structure.agency, version="1.0", name="Reporting states", items=items
    )


def agreements(structure: Structure) -> Iterator[ProvisionAgreement]:
    """One agreement for each table and state: the state may report it, of itself alone."""
    for flow in structure.tables:
        for state in states(structure):
            yield ProvisionAgreement(
                id=agreement_id(flow.id, state),
                agency=structure.agency,
                version=structure.version,
                name=f"{flow.id} of {state}",
                dataflow=f"{_URN}.datastructure.Dataflow={structure.reference(flow.id)}",
                provider=f"{_URN}.base.DataProvider={structure.agency}:{PROVIDERS}(1.0).{state}",
            )


def agreement_id(flow: str, state: str) -> str:
    """The id of the agreement by which a state reports a table."""
    return f"PA_{flow}_{state}"


def constraints_of_states(structure: Structure) -> Iterator[DataConstraint]:
    """What each state may send under its agreements: figures of itself."""
    for state in states(structure):
        attached = [
            f"{_URN}.registry.ProvisionAgreement={structure.agency}:{agreement_id(flow.id, state)}({structure.version})"
            for flow in structure.tables
        ]
        yield DataConstraint(
            id=f"CC_{state}",
            agency=structure.agency,
            version=structure.version,
            name=f"What {state} may report",
            constraint_attachment=ConstraintAttachment(None, provision_agreements=attached),
            cube_regions=[CubeRegion([CubeKeyValue("REF_AREA", [CubeValue(state)])])],
        )


def structure_map(structure: Structure) -> Sequence[object]:
    """The map to the SDG structure as SDMX has it: value maps of indicators, areas and units, and the map over them."""
    known = sdg_map()
    targets = {
        "SERIES": ("INDICATOR", known.series),
        "REF_AREA": ("REF_AREA", known.areas),
        "UNIT_MEASURE": ("UNIT_MEASURE", known.units),
    }
    values = {
        target: RepresentationMap(
            id=f"RM_{target}",
            agency=structure.agency,
            version=structure.version,
            name=f"{source} to {target} of the SDG structure",
            source="String",
            target="String",
            maps=[ValueMap(source=one, target=other) for one, other in pairs.items()],
        )
        for target, (source, pairs) in targets.items()
    }
    named = f"{_URN}.structuremapping.RepresentationMap={structure.agency}:RM_{{}}({structure.version})"
    maps: list[Any] = [
        ComponentMap(source, target, named.format(target)) for target, (source, _pairs) in targets.items()
    ]
    maps += [ImplicitComponentMap(name, name) for name in known.same]
    maps += [FixedValueMap(name, value) for name, value in known.fixed.items()]
    agency, _, rest = known.target.partition(":")
    return [
        *values.values(),
        StructureMap(
            id="SM_MIG_SDG",
            agency=structure.agency,
            version=structure.version,
            name="From the Process's structure to that of the SDG indicators",
            source=f"{_URN}.datastructure.DataStructure={structure.agency}:{structure.id}({structure.version})",
            target=f"{_URN}.datastructure.DataStructure={agency}:{rest}",
            maps=maps,
        ),
    ]


def to_sdg(dataset: Dataset) -> Dataset:
    """The observations of EVIDENCE that are SDG series, in the structure of the SDG indicators. Others are left out.

    Only those of a state as a whole: the SDG structure has no other state and no part. Raises ValueError where the dataset
    is not of EVIDENCE or its unit has no counterpart.
    """
    known = sdg_map()
    if dataset.flow != known.source:
        raise ValueError(f"Only {known.source} maps to the SDG structure; found {dataset.flow}.")
    unit = dataset.attributes.get("UNIT_MEASURE", "")
    if unit not in known.units:
        raise ValueError(
            f"The unit {unit!r} has no counterpart in the SDG structure; there are {', '.join(known.units)}."
        )
    place = {id_: number for number, id_ in enumerate(dataset.dimensions)}
    dimensions = ("FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", *list(known.fixed)[1:], "TIME_PERIOD")
    found = []
    for observation in dataset.observations:
        codes = {id_: observation.key[number] for id_, number in place.items()}
        whole = codes["PART"] in ("_T", "_Z") and codes["COUNTERPART_AREA"] in ("_T", "_Z")
        if codes["INDICATOR"] not in known.series or codes["REF_AREA"] not in known.areas or not whole:
            continue
        mapped = known.fixed | {
            "FREQ": codes["FREQ"],
            "SERIES": known.series[codes["INDICATOR"]],
            "REF_AREA": known.areas[codes["REF_AREA"]],
            "TIME_PERIOD": codes["TIME_PERIOD"],
        }
        status = {"OBS_STATUS": observation.attributes.get("OBS_STATUS", "A"), "UNIT_MEASURE": known.units[unit]}
        found.append(Observation(tuple(mapped[id_] for id_ in dimensions), observation.value, status))
    return Dataset(f"DataStructure={known.target}", dimensions, tuple(found), {})
