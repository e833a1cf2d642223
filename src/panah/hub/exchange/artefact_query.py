"""Which artefacts of the structure a query of the REST interface means, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import MetadataAttribute, MetadataReport
from pysdmx.model.message import Header, Organisation

from panah.cores.exchange import registry
from panah.cores.exchange.artefacts import MADE, artefacts
from panah.cores.exchange.structure import Dataflow, the_structure

KINDS = {
    "agencyscheme": "AgencyScheme",
    "codelist": "Codelist",
    "conceptscheme": "ConceptScheme",
    "dataflow": "Dataflow",
    "datastructure": "DataStructureDefinition",
    "dataconstraint": "DataConstraint",
    "dataproviderscheme": "DataProviderScheme",
    "provisionagreement": "ProvisionAgreement",
    "representationmap": "RepresentationMap",
    "structuremap": "StructureMap",
}
"""Kinds of artefacts in a path to what they are here."""

STRUCTURE_FORMATS = {
    "application/vnd.sdmx.structure+xml;version=3.0.0": Format.STRUCTURE_SDMX_ML_3_0,
    "application/vnd.sdmx.structure+json;version=2.0.0": Format.STRUCTURE_SDMX_JSON_2_0_0,
}
METADATA_FORMATS = {
    "application/vnd.sdmx.metadata+json;version=2.0.0": Format.REFMETA_SDMX_JSON_2_0_0,
    "application/vnd.sdmx.metadata+xml;version=3.0.0": Format.REFMETA_SDMX_ML_3_0,
}


@cache
def all_artefacts() -> tuple[Any, ...]:
    """Every artefact of the structure, maps included."""
    structure = the_structure()
    return (*artefacts(structure), *registry.structure_map(structure))


def found(kind: str, agency: str, id_: str, version: str, references: str = "none") -> tuple[Any, ...]:
    """The artefacts that a path names; `*` is any, `+` and `~` the newest. With `references` `all` or `descendants` and
    something found, the whole structure is given, which is one.
    """
    named = tuple(one for one in all_artefacts() if _is(one, kind, agency, id_, version))
    return all_artefacts() if named and references in ("all", "descendants") else named


def _is(artefact: Any, kind: str, agency: str, id_: str, version: str) -> bool:
    if kind != "*" and type(artefact).__name__ != KINDS[kind]:
        return False
    owner = artefact.agency if isinstance(artefact.agency, str) else artefact.agency.id
    fits = (agency in ("*", owner), id_ in ("*", artefact.id), version in ("*", "+", "~", artefact.version))
    return all(fits)


def written(named: Sequence[Any], format_: Format, moment: str) -> bytes:
    """Artefacts as one message."""
    header = Header(id=moment, prepared=MADE, sender=Organisation(id=the_structure().agency))
    return str(write_sdmx(list(named), format_, header=header)).encode()


def report(flow: Dataflow, language: Literal["en", "ru"]) -> MetadataReport:
    """The reference metadata of a dataflow in one language."""
    structure = the_structure()
    return MetadataReport(
        id=f"MR_{flow.id}",
        agency=structure.agency,
        version=structure.version,
        name=flow.name[language],
        metadataflow=f"urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow={structure.agency}:MIG_METADATA({structure.version})",
        targets=[f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={structure.reference(flow.id)}"],
        attributes=list(_texts(flow, language)),
    )


def _texts(flow: Dataflow, language: Literal["en", "ru"]) -> Iterator[MetadataAttribute]:
    for concept, (_name, text) in registry.reference_metadata(flow).items():
        yield MetadataAttribute(id=concept, value=text[language])
