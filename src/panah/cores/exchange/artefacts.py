"""The structure as SDMX artefacts, and the structure files that are written from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Agency,
    AgencyScheme,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    ConstraintAttachment,
    CubeKeyValue,
    CubeRegion,
    CubeValue,
    DataConstraint,
    DataType,
    ItemReference,
    Role,
    Schema,
)
from pysdmx.model import Code as SdmxCode
from pysdmx.model import Dataflow as SdmxDataflow
from pysdmx.model.dataflow import DataStructureDefinition
from pysdmx.model.message import Header, Organisation

from panah.cores.exchange import registry
from panah.cores.exchange.structure import Dataflow, DimensionOf, Structure, allowed_codes, the_structure

Version = Literal["3.0", "2.1"]
STRUCTURE_FORMATS: Mapping[Version, Format] = {"3.0": Format.STRUCTURE_SDMX_ML_3_0, "2.1": Format.STRUCTURE_SDMX_ML_2_1}
_ORDER = (
    "OrganisationSchemes",
    "AgencySchemes",
    "DataProviderSchemes",
    "Dataflows",
    "Codelists",
    "Concepts",
    "ConceptSchemes",
    "DataStructures",
    "StructureMaps",
    "RepresentationMaps",
    "Constraints",
    "DataConstraints",
    "ProvisionAgreements",
)
MADE = datetime(2026, 11, 21, tzinfo=UTC)
"""The moment that the structure files name, so that writing them again changes nothing."""


def list_id(name: str) -> str:
    """The SDMX id of a code list: `age-bands` is `CL_AGE_BANDS`."""
    return "CL_" + name.upper().replace("-", "_")


def structure_file(version: Version, structure: Structure | None = None) -> str:
    """The whole structure as one SDMX-ML message: agency, concepts, code lists, DSD, dataflows, constraints, providers,
    provision agreements; in 3.0 the map to the SDG structure too.
    """
    structure = structure or the_structure()
    header = Header(id="MIG_STRUCTURE", prepared=MADE, sender=Organisation(id=structure.agency))
    # Edition 2.1 keeps maps in another shape, which pysdmx does not write.
    maps = registry.structure_map(structure) if version == "3.0" else ()
    text = write_sdmx([*artefacts(structure), *maps], STRUCTURE_FORMATS[version], header=header)
    return _straightened(str(text).replace("\t", "  ")).rstrip() + "\n"


def _straightened(text: str) -> str:
    """The parts in the order that the schema of 2.1 asks for, and references to agreements with their class: the writer
    leaves out both, and then another library cannot read the file.
    """
    from lxml import etree

    root = etree.fromstring(text.encode())
    for structures in root.iter("{*}Structures"):
        order = {name: place for place, name in enumerate(_ORDER)}
        parts = sorted(structures, key=lambda part: order.get(etree.QName(part).localname, 0))
        structures[:] = parts
    for attached in root.iter("{*}ConstraintAttachment"):
        for reference in attached.iterfind("{*}ProvisionAgreement/Ref"):
            reference.set("class", "ProvisionAgreement")
            reference.set("package", "registry")
    body: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'


def artefacts(structure: Structure) -> Sequence[object]:
    """Everything that the structure is made of, in the order in which one part needs the other."""
    lists = {name: _codelist(structure, name) for name in structure.codelist_names()}
    definition = DataStructureDefinition(
        id=structure.id,
        agency=structure.agency,
        version=structure.version,
        name=structure.name["en"],
        components=_components(structure, lists),
    )
    agencies = AgencyScheme(
        agency="SDMX", name="Agencies", items=[Agency(id=structure.agency, name="Almaty Process")], version="1.0"
    )
    return [
        agencies,
        _concepts(structure),
        *lists.values(),
        definition,
        *(_dataflow(structure, flow, definition) for flow in structure.dataflows),
        *(_constraint(structure, flow) for flow in structure.dataflows),
        registry.providers(structure),
        *registry.agreements(structure),
        *registry.constraints_of_states(structure),
    ]


@cache
def schema(dataflow: str) -> Schema:
    """What one dataflow may hold, for writing messages. Raises KeyError for a dataflow that there is not.

    The value is taken as text, since pysdmx would write a whole number beside an empty one as 49.0.
    """
    structure = the_structure()
    flow = structure.dataflow(dataflow)
    return Schema(
        context="dataflow",
        agency=structure.agency,
        id=flow.id,
        version=structure.version,
        components=_components(structure, {}, DataType.STRING),
        generated=MADE,
    )


def _codelist(structure: Structure, name: str) -> Codelist:
    return Codelist(
        id=list_id(name),
        agency=structure.agency,
        version=structure.version,
        name=name.replace("-", " ").capitalize(),
        items=[
            SdmxCode(id=code.code, name=code.name_en, description=code.note or None)
            for code in structure.codelists[name]
        ],
    )


def _concepts(structure: Structure) -> ConceptScheme:
    names = {dimension.id: dimension.en for dimension in structure.dimensions}
    names[structure.measure.id] = structure.measure.en
    names |= {attribute.id: attribute.en for attribute in structure.attributes}
    return ConceptScheme(
        id=structure.concepts,
        agency=structure.agency,
        version=structure.version,
        name="Concepts of the regional exchange",
        items=[Concept(id=id_, name=name, dtype=DataType.STRING) for id_, name in names.items()],
    )


def _components(structure: Structure, lists: dict[str, Codelist], value: DataType = DataType.INTEGER) -> Components:
    def concept(id_: str) -> ItemReference:
        return ItemReference(
            sdmx_type="Concept",
            agency=structure.agency,
            id=structure.concepts,
            version=structure.version,
            item_id=id_,
        )

    found = [
        Component(
            id=dimension.id,
            required=True,
            role=Role.DIMENSION,
            concept=concept(dimension.id),
            local_dtype=DataType.PERIOD if dimension.id == "TIME_PERIOD" else DataType.STRING,
            local_codes=None if dimension.open else lists.get(dimension.codelist),
        )
        for dimension in structure.dimensions
    ]
    found.append(
        Component(
            id=structure.measure.id,
            required=False,
            role=Role.MEASURE,
            concept=concept(structure.measure.id),
            local_dtype=value,
        )
    )
    found += [
        Component(
            id=attribute.id,
            required=attribute.required is True,
            role=Role.ATTRIBUTE,
            concept=concept(attribute.id),
            attachment_level=attribute.level,
            local_dtype=DataType.STRING,
            local_codes=lists.get(attribute.codelist),
        )
        for attribute in structure.attributes
    ]
    return Components(found)


def _dataflow(structure: Structure, flow: Dataflow, definition: DataStructureDefinition) -> SdmxDataflow:
    return SdmxDataflow(
        id=flow.id,
        agency=structure.agency,
        version=structure.version,
        name=flow.name["en"],
        structure=definition,
    )


def _constraint(structure: Structure, flow: Dataflow) -> DataConstraint:
    attachment = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={structure.reference(flow.id)}"
    return DataConstraint(
        id=f"CC_{flow.id}",
        agency=structure.agency,
        version=structure.version,
        name=f"What {flow.id} may hold",
        constraint_attachment=ConstraintAttachment(None, dataflows=[attachment]),
        cube_regions=[CubeRegion([_values(structure, flow, dimension) for dimension in _bound(structure, flow)])],
    )


def _bound(structure: Structure, flow: Dataflow) -> list[DimensionOf]:
    """The dimensions that the dataflow narrows: the fixed ones, and axes without their total."""
    return [d for d in structure.dimensions if d.id in flow.fixed or (d.id in flow.axes and not flow.is_open(d))]


def _values(structure: Structure, flow: Dataflow, dimension: DimensionOf) -> CubeKeyValue:
    return CubeKeyValue(dimension.id, [CubeValue(code) for code in allowed_codes(structure, flow, dimension)])
