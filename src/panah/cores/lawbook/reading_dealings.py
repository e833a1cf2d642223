"""From files of `procedures/ documents/ channels/ standards/` to the values of `dealings`."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from panah.cores.lawbook import reading
from panah.cores.lawbook.dealings import Channel, IdentityNumber, Meaning, Paper, Procedure, Remedy, Stage, Standard
from panah.cores.lawbook.model import Document
from panah.cores.lawbook.values import Citation


def procedures(documents: Iterable[Document], meanings: Mapping[str, Meaning]) -> tuple[Procedure, ...]:
    return tuple(_procedure(document, meanings) for document in documents)


def meanings(documents: Iterable[Document]) -> Mapping[str, Meaning]:
    """What each outcome means, by its code, from the files of `outcomes/`."""
    entries = ((entry, document) for document in documents for entry in document.body.get("outcomes", ()))
    return MappingProxyType({entry.get("code", ""): _meaning(entry, document) for entry, document in entries})


def papers(documents: Iterable[Document]) -> tuple[Paper, ...]:
    return tuple(_paper(entry, document) for document in documents for entry in document.body.get("documents", ()))


def identity_numbers(documents: Iterable[Document]) -> tuple[IdentityNumber, ...]:
    return tuple(
        _number(entry, document) for document in documents for entry in document.body.get("identity_numbers", ())
    )


def channels(documents: Iterable[Document]) -> tuple[Channel, ...]:
    return tuple(_channel(entry, document) for document in documents for entry in document.body.get("channels", ()))


def standards(documents: Iterable[Document]) -> tuple[Standard, ...]:
    return tuple(_standard(entry, document) for document in documents for entry in document.body.get("standards", ()))


def _meaning(entry: Mapping[str, Any], document: Document) -> Meaning:
    return Meaning(
        start=reading.day_or_none(entry.get("from"), document.path),
        end=reading.day_or_none(entry.get("until"), document.path),
        code=entry.get("code", ""),
        means=entry.get("means", ""),
        inside=entry.get("in", {}),
    )


def _procedure(document: Document, meanings: Mapping[str, Meaning]) -> Procedure:
    body = document.body
    code = body.get("procedure", "")
    return Procedure(
        start=reading.day_or_none(body.get("from"), document.path),
        end=reading.day_or_none(body.get("until"), document.path),
        code=code,
        title=body.get("title", {}),
        stages=tuple(_stage(entry, code, meanings) for entry in body.get("stages", ())),
        verified=body.get("verified") == "yes",
        origin=document.origin,
        path=document.path,
        citations=_citations(body),
        note=body.get("note", ""),
    )


def _stage(entry: Mapping[str, Any], procedure: str, meanings: Mapping[str, Meaning]) -> Stage:
    remedy = entry.get("remedy")
    outcomes = tuple(entry.get("outcomes", ()))
    means = {code: meanings[code].within(procedure) for code in outcomes if code in meanings}
    return Stage(
        id=entry.get("id", ""),
        title=entry.get("title", {}),
        by=tuple(entry.get("by", ())),
        verified=entry.get("verified") == "yes",
        begins_with=entry.get("begins_with", ""),
        ends_with=entry.get("ends_with", ""),
        terms=tuple(entry.get("terms", ())),
        papers=tuple(entry.get("papers", ())),
        safeguards=tuple(entry.get("safeguards", ())),
        outcomes=outcomes,
        next=tuple(entry.get("next", ())),
        remedy=_remedy(remedy) if remedy else None,
        citations=_citations(entry),
        note=entry.get("note", ""),
        means=MappingProxyType(means),
    )


def _remedy(entry: Mapping[str, Any]) -> Remedy:
    return Remedy(
        to=tuple(entry.get("to", ())),
        suspends_removal=entry.get("suspends_removal", "unknown"),
        terms=tuple(entry.get("terms", ())),
        citations=_citations(entry),
    )


def _paper(entry: Mapping[str, Any], document: Document) -> Paper:
    return Paper(
        start=reading.day_or_none(entry.get("from"), document.path),
        end=reading.day_or_none(entry.get("until"), document.path),
        code=entry.get("code", ""),
        title=entry.get("title", {}),
        record_type=entry.get("record_type", ""),
        holders=tuple(entry.get("holders", ())),
        verified=entry.get("verified") == "yes",
        origin=document.origin,
        path=document.path,
        issued_by=entry.get("issued_by", ""),
        number=entry.get("number", ""),
        machine_readable=entry.get("machine_readable", "unknown"),
        validity=entry.get("validity", ""),
        citation=_citation(entry),
        note=entry.get("note", ""),
    )


def _number(entry: Mapping[str, Any], document: Document) -> IdentityNumber:
    return IdentityNumber(
        code=entry.get("code", ""),
        title=entry.get("title", {}),
        check_digit=entry.get("check_digit", ""),
        verified=entry.get("verified") == "yes",
        origin=document.origin,
        path=document.path,
        tells=tuple(entry.get("tells", ())),
        holders=tuple(entry.get("holders", ())),
        citation=_citation(entry),
        note=entry.get("note", ""),
    )


def _channel(entry: Mapping[str, Any], document: Document) -> Channel:
    return Channel(
        start=reading.day_or_none(entry.get("from"), document.path),
        end=reading.day_or_none(entry.get("until"), document.path),
        id=entry.get("id", ""),
        title=entry.get("title", {}),
        direction=entry.get("direction", ""),
        permit=entry.get("permit", "unknown"),
        verified=entry.get("verified") == "yes",
        origin=document.origin,
        path=document.path,
        countries=tuple(entry.get("with", ())),
        holders=tuple(entry.get("holders", ())),
        quota=entry.get("quota", ""),
        terms=tuple(entry.get("terms", ())),
        body=entry.get("body", ""),
        citation=_citation(entry),
        note=entry.get("note", ""),
    )


def _standard(entry: Mapping[str, Any], document: Document) -> Standard:
    return Standard(
        id=entry.get("id", ""),
        area=entry.get("area", ""),
        says=entry.get("says", {}),
        citations=_citations(entry),
        verified=entry.get("verified") == "yes",
        origin=document.origin,
        path=document.path,
        guards=tuple(entry.get("guards", ())),
        parameters=tuple(entry.get("parameters", ())),
        customary=entry.get("customary") == "yes",
        note=entry.get("note", ""),
    )


def _citations(entry: Mapping[str, Any]) -> tuple[Citation, ...]:
    return tuple(reading.citation(given) for given in entry.get("citations", ()))


def _citation(entry: Mapping[str, Any]) -> Citation | None:
    return reading.citation(entry["citation"]) if "citation" in entry else None
