"""The catalogue of what the hub publishes, as DCAT 3 with StatDCAT-AP, in JSON-LD that brings its own context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from panah.cores.exchange import registry
from panah.cores.exchange.messages import MEDIA
from panah.cores.exchange.structure import Dataflow, Name, the_structure
from panah.hub.evidence import service as evidence
from panah.hub.intake import service as intake

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "stat": "http://data.europa.eu/m8g/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def catalogue(absolute: Callable[[str], str], title: Name) -> dict[str, Any]:
    """The catalogue. `absolute` makes a whole address of a path."""
    structure = the_structure()
    sources = evidence.sources()
    return {
        "@context": CONTEXT,
        "@id": absolute("/catalogue.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": _texts(title),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": "Almaty Process"},
        "dcat:service": {
            "@id": absolute("/sdmx/v2/"),
            "@type": "dcat:DataService",
            "dct:title": _texts({"en": "SDMX REST, version 2", "ru": "SDMX REST, версия 2"}),
            "dcat:endpointURL": {"@id": absolute("/sdmx/v2/")},
            "dct:conformsTo": {"@id": "https://github.com/sdmx-twg/sdmx-rest/tree/v2.0.0"},
        },
        "dcat:dataset": [_dataset(flow, absolute, sources) for flow in structure.dataflows],
    }


def _dataset(flow: Dataflow, absolute: Callable[[str], str], sources: Iterable[evidence.Source]) -> dict[str, Any]:
    structure = the_structure()
    meaning = registry.reference_metadata(flow)
    path = f"/sdmx/v2/data/dataflow/{structure.agency}/{flow.id}/{structure.version}"
    made: dict[str, Any] = {
        "@id": absolute(path),
        "@type": "dcat:Dataset",
        "dct:identifier": structure.reference(flow.id),
        "dct:title": _texts(flow.name),
        "dct:description": _texts(meaning["STAT_CONC_DEF"][1]),
        "dct:accessRights": {"@id": PUBLIC},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _texts(meaning["COLL_METHOD"][1])},
        "stat:statUnitMeasure": _texts(meaning["UNIT_MEASURE"][1]),
        "stat:dimension": [dimension.id for dimension in structure.dimensions],
        "stat:attribute": [attribute.id for attribute in structure.attributes],
        "dcat:distribution": [_distribution(absolute(path), media) for media in MEDIA.values()],
    }
    if flow.kind == "table":
        made["dct:spatial"] = [_country(state) for state in intake.reporting(flow.id)]
    else:
        made["dct:source"] = [
            {
                "dct:title": f"{one.producer}: {one.title}, {one.edition}",
                "dct:license": one.licence,
                "dct:issued": _day(one.as_of.isoformat()),
            }
            for one in sources
        ]
    return made


def _distribution(address: str, media: str) -> dict[str, Any]:
    kind = media.partition(";")[0].rpartition("+")[2]
    return {
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": media,
        "dct:format": f"SDMX, {kind.upper()}",
    }


def _country(state: str) -> dict[str, str]:
    return {"@id": f"http://publications.europa.eu/resource/authority/country/{state}"}


def _texts(text: Name) -> list[dict[str, str]]:
    return [{"@value": text["en"], "@language": "en"}, {"@value": text["ru"], "@language": "ru"}]


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
