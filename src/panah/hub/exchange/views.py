"""What programs read: SDMX REST, the catalogue, and a page that says how to ask. Open to everybody; nothing is changed here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from panah.cores.exchange import registry, rest
from panah.cores.exchange.messages import MEDIA, Format, Letterhead, write
from panah.cores.exchange.structure import Dataflow, the_structure
from panah.hub.exchange import answers
from panah.hub.exchange.answers import Standing
from panah.hub.exchange.answers import refused as _refused

CATALOGUE = {"en": "Figures of the Almaty Process", "ru": "Данные Алматинского процесса"}
_GENERIC = {"application/json": "json", "application/xml": "xml-3.0", "text/xml": "xml-3.0", "text/csv": "csv"}


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """How to ask, and what there is."""
    structure = the_structure()
    language: Literal["en", "ru"] = "ru" if get_language() == "ru" else "en"
    flows = [
        {
            "id": flow.id,
            "name": flow.name[language],
            "meaning": [(name[language], text[language]) for name, text in registry.reference_metadata(flow).values()],
            "url": reverse("sdmx_data", args=[structure.agency, flow.id, structure.version]),
        }
        for flow in structure.dataflows
    ]
    key = ".".join(dimension.id for dimension in structure.dimensions if dimension.id != "TIME_PERIOD")
    agreements = len(list(registry.agreements(structure)))
    shown = {"flows": flows, "key": key, "structure": structure, "media": MEDIA.items(), "agreements": agreements}
    return render(request, "exchange/exchange.html", shown)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue in JSON-LD."""
    from panah.hub.exchange.catalogue import catalogue as made

    def make() -> bytes:
        content = made(request.build_absolute_uri, CATALOGUE)  # type: ignore[arg-type]
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    about = ("catalogue", request.build_absolute_uri("/"), answers.head())
    return answers.of_the_program(request, about, "application/ld+json; charset=utf-8", make)


@require_safe
def structure(request: HttpRequest, kind: str, agency: str, id_: str, version: str) -> HttpResponse:
    """Artefacts of the structure."""
    from panah.hub.exchange import artefact_query as artefacts

    if kind != "*" and kind not in artefacts.KINDS:
        return _refused(404, f"There are no artefacts of the kind {kind!r}; there are {', '.join(artefacts.KINDS)}.")
    references = request.GET.get("references", "none")
    if references not in ("none", "all", "descendants"):
        return _refused(400, f"references is {references!r}; allowed are none, all and descendants.")
    media = _accepted(request, artefacts.STRUCTURE_FORMATS, "xml")
    if media is None:
        return _refused(406, f"Structures are given as {', '.join(artefacts.STRUCTURE_FORMATS)}.")
    found = artefacts.found(kind, agency, id_, version, references)
    if not found:
        return _refused(404, f"There is no {kind} {agency}:{id_}({version}).")
    about = ("structure", kind, agency, id_, version, references)
    return answers.of_the_program(
        request, about, media, lambda: artefacts.written(found, artefacts.STRUCTURE_FORMATS[media], "STRUCTURE")
    )


@require_safe
def data(request: HttpRequest, agency: str, id_: str, version: str, key: str | None = None) -> HttpResponse:
    """Observations of a dataflow."""
    flow = _flow(agency, id_, version)
    if flow is None:
        return _no_flow(agency, id_, version)
    chosen = _data_format(request)
    if chosen is None:
        return _refused(406, f"Data are given as {', '.join(MEDIA.values())}.")
    try:
        asked = _query(request, key)
    except rest.BadQuery as wrong:
        return _refused(400, str(wrong))

    def make(standing: Standing) -> bytes | None:
        found = rest.select(standing.dataset, asked) if standing.dataset else None
        if found is None or not found.observations:
            return None
        head = Letterhead(f"{flow.id}-{standing.since:%Y%m%dT%H%M%SZ}", the_structure().agency, standing.since)
        return write(found, chosen, head)

    return answers.of_dataset(request, flow.id, ("data", asked), MEDIA[chosen], make)


@require_safe
def availability(
    request: HttpRequest, agency: str, id_: str, version: str, key: str | None = None, component: str | None = None
) -> HttpResponse:
    """Which codes occur in what a query of data would give, as JSON: by dimension, and the number of observations."""
    flow = _flow(agency, id_, version)
    if flow is None:
        return _no_flow(agency, id_, version)
    try:
        asked = _query(request, key)
    except rest.BadQuery as wrong:
        return _refused(400, str(wrong))
    dimensions = [dimension.id for dimension in the_structure().dimensions]
    only = "" if component in (None, "", "*", "all") else component
    if only and only not in dimensions:
        return _refused(404, f"There is no dimension {component}; there are {', '.join(dimensions)}.")

    def make(standing: Standing) -> bytes | None:
        found = rest.select(standing.dataset, asked) if standing.dataset else None
        if found is None or not found.observations:
            return None
        codes = rest.available(found)
        content = {
            "dataflow": found.structure,
            "observations": len(found.observations),
            "values": {only: codes[only]} if only else codes,
        }
        return json.dumps(content, ensure_ascii=False).encode()

    return answers.of_dataset(request, flow.id, ("availability", asked, only), "application/json; charset=utf-8", make)


@require_safe
def metadata(request: HttpRequest, agency: str, id_: str, version: str) -> HttpResponse:
    """The reference metadata of a dataflow, in the language that is asked for, English otherwise."""
    from panah.hub.exchange import artefact_query as artefacts

    flow = _flow(agency, id_, version)
    if flow is None:
        return _no_flow(agency, id_, version)
    media = _accepted(request, artefacts.METADATA_FORMATS, "json")
    if media is None:
        return _refused(406, f"Metadata are given as {', '.join(artefacts.METADATA_FORMATS)}.")
    language: Literal["en", "ru"] = (
        "ru" if request.headers.get("Accept-Language", "").lower().startswith("ru") else "en"
    )

    def make() -> bytes:
        return artefacts.written([artefacts.report(flow, language)], artefacts.METADATA_FORMATS[media], f"MR_{flow.id}")

    return answers.of_the_program(request, ("metadata", flow.id, language), media, make)


def _flow(agency: str, id_: str, version: str) -> Dataflow | None:
    structure = the_structure()
    if agency not in (structure.agency, "*") or version not in (structure.version, "*", "+", "~"):
        return None
    return next((flow for flow in structure.dataflows if flow.id == id_), None)


def _query(request: HttpRequest, key: str | None) -> rest.Query:
    dimensions = [dimension.id for dimension in the_structure().dimensions]
    parameters = [(name, value) for name, values in request.GET.lists() for value in values if name != "format"]
    return rest.query(key or "*", parameters, dimensions)


def _data_format(request: HttpRequest) -> Format | None:
    """By `?format=` for people who follow a link, else by the Accept header; SDMX-JSON where anything will do."""
    for format_ in MEDIA:
        if request.GET.get("format") == format_:
            return format_
    if "format" in request.GET:
        return None
    media = _accepted(request, {kind: format_ for format_, kind in MEDIA.items()}, "json")
    return next((format_ for format_, kind in MEDIA.items() if kind == media), None)


def _accepted(request: HttpRequest, known: Mapping[str, object], otherwise: str) -> str | None:
    """The first kind that the Accept header names and we have, parameters and all; None when it names others only."""
    wanted = [part.split(";q=")[0].replace(" ", "").lower() for part in request.headers.get("Accept", "*/*").split(",")]
    for one in wanted:
        for media in known:
            if one in (media, media.partition(";")[0]):
                return media
        plain = _GENERIC.get(one, "").partition("-")[0]
        if one == "*/*" or one == "application/*" or "text/html" in one:
            plain = otherwise
        if plain:
            match = next((media for media in known if f"+{plain};" in media), None)
            if match:
                return match
    return None


def _no_flow(agency: str, id_: str, version: str) -> HttpResponse:
    structure = the_structure()
    known = ", ".join(structure.reference(flow.id) for flow in structure.dataflows)
    return _refused(404, f"There is no dataflow {agency}:{id_}({version}); there are {known}.")
