"""SDMX-JSON data messages: 2.0.0 written; 1.0.0, 2.x and what was in use before 1.0.0 read. No library at hand does both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from panah.cores.exchange.datasets import Dataset
from panah.cores.exchange.structure import Structure, label

if TYPE_CHECKING:
    from panah.cores.exchange.messages import Letterhead

SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]*[1-9])?")
_LEVELS = ("dataSet", "series", "observation")


class NotSdmxJson(ValueError):
    """The text is no SDMX-JSON data message. The sentence says why."""


Found = tuple[str, Sequence[str], Sequence[Mapping[str, Any]], Mapping[str, str]]
"""Structure, columns in order, rows, attributes of the whole dataset."""


def write_json(dataset: Dataset, structure: Structure, letterhead: Letterhead) -> bytes:
    """The dataset as one SDMX-JSON 2.0.0 message, in UTF-8: observations flat, dimensions with one code at the dataset."""
    meta: dict[str, Any] = {
        "schema": SCHEMA,
        "id": letterhead.id,
        "prepared": letterhead.prepared.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "test": False,
        "contentLanguages": ["en"],
        "sender": {"id": letterhead.sender},
    }
    if letterhead.receiver:
        meta |= {"receivers": [{"id": letterhead.receiver}]}
    described, filled = _part(dataset, structure)
    data = {"structures": [described], "dataSets": [filled]}
    return (json.dumps({"meta": meta, "data": data}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _part(dataset: Dataset, structure: Structure) -> tuple[dict[str, Any], dict[str, Any]]:
    """The structure of a dataset, and the dataset."""
    codes = {
        id_: _placed(observation.key[place] for observation in dataset.observations)
        for place, id_ in enumerate(dataset.dimensions)
    }
    flat = [id_ for id_ in dataset.dimensions if len(codes[id_]) != 1]
    names = [a.id for a in structure.attributes if any(a.id in o.attributes for o in dataset.observations)]
    listed = {name: _placed(o.attributes[name] for o in dataset.observations if name in o.attributes) for name in names}
    observations = {}
    for observation in dataset.observations:
        key = dict(zip(dataset.dimensions, observation.key, strict=True))
        place = ":".join(str(codes[id_][key[id_]]) for id_ in flat)
        given = [listed[name].get(observation.attributes.get(name, "")) for name in names]
        observations[place] = [_value(observation.value), *given]
    whole = dict(sorted(dataset.attributes.items()))
    described = {
        "name": structure.dataflow(dataset.flow).name["en"],
        "links": [{"urn": f"urn:sdmx:org.sdmx.infomodel.datastructure.{dataset.structure}", "rel": "dataflow"}],
        "dataSets": [0],
        "dimensions": {
            "dataSet": [_dimension(structure, dataset, id_, codes) for id_ in dataset.dimensions if id_ not in flat],
            "series": [],
            "observation": [_dimension(structure, dataset, id_, codes) for id_ in flat],
        },
        "measures": {"observation": [{"id": structure.measure.id, "name": structure.measure.en}]},
        "attributes": {
            "dataSet": [_attribute(structure, name, [value], {"dataflow": {}}) for name, value in whole.items()],
            "observation": [_attribute(structure, name, list(listed[name]), {"observation": {}}) for name in names],
        },
    }
    filled = {"structure": 0, "action": "Replace", "attributes": [0] * len(whole), "observations": observations}
    return described, filled


def _placed(values: Iterable[str]) -> dict[str, int]:
    """Each value once, with its place in the order in which they first occur."""
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def _dimension(
    structure: Structure, dataset: Dataset, id_: str, codes: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    said = structure.dimension(id_)
    values = [{"id": code, "name": label(said.codelist, code) if said.codelist else code} for code in codes[id_]]
    role = {"roles": ["TIME_PERIOD"]} if id_ == "TIME_PERIOD" else {}
    return {"id": id_, "name": said.en, "keyPosition": dataset.dimensions.index(id_), **role, "values": values}


def _attribute(structure: Structure, id_: str, values: Sequence[str], relationship: dict[str, Any]) -> dict[str, Any]:
    said = next(attribute for attribute in structure.attributes if attribute.id == id_)
    listed = [
        {"id": value, "name": label(said.codelist, value)} if said.codelist else {"value": value} for value in values
    ]
    return {"id": id_, "name": said.en, "relationship": relationship, "values": listed}


def _value(text: str | None) -> object:
    """As a number where a number says exactly the same, else as text."""
    if text is None or not _NUMBER.fullmatch(text) or text.startswith("-0"):
        return text
    number = float(text) if "." in text else int(text)
    return number if str(number) == text else text


def read_json(text: str) -> Iterator[Found]:
    """Each dataset of a message. Raises NotSdmxJson for anything that does not hold together."""
    try:
        message = json.loads(text, parse_float=str, parse_int=str)
        body = message.get("data") or message
        sets = message.get("dataSets") or body["dataSets"]
        described = body.get("structures") or [body["structure"]]
        for number, found in enumerate(sets):
            yield _read(found, described[int(found.get("structure", number if len(described) > 1 else 0))])
    except NotSdmxJson:
        raise
    except (ValueError, RecursionError) as error:
        raise NotSdmxJson(f"it is not JSON that can be read: {error}") from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise NotSdmxJson(f"a part that SDMX-JSON needs is missing or of another kind: {error!r}") from error


def _read(found: Mapping[str, Any], described: Mapping[str, Any]) -> Found:
    if len(described.get("measures", {}).get("observation", [0])) != 1:
        raise NotSdmxJson("it has several measures, and only one can be read")
    levels = {level: list(described["dimensions"].get(level) or ()) for level in _LEVELS}
    attributes = {level: list((described.get("attributes") or {}).get(level) or ()) for level in _LEVELS}
    order = sorted(
        ((int(said.get("keyPosition", 10_000)), said["id"]) for level in levels.values() for said in level),
        key=lambda pair: pair[0],
    )
    whole = _key(levels["dataSet"], ":".join("0" * len(levels["dataSet"])))
    series = found.get("series") or {"": found}
    rows: list[dict[str, Any]] = []
    for place, one in series.items():
        shared = whole | _key(levels["series"], place)
        if "series" in found:
            shared |= _given(attributes["series"], one.get("attributes") or ())
        for at, cell in one.get("observations", {}).items():
            given = _given(attributes["observation"], cell[1:])
            rows.append({**shared, **_key(levels["observation"], at), "OBS_VALUE": cell[0] if cell else None, **given})
    stated = (
        _given(attributes["dataSet"], found.get("attributes") or ())
        if "series" not in found or attributes["dataSet"]
        else {}
    )
    columns = [id_ for _, id_ in order] + ["OBS_VALUE"]
    columns += [said["id"] for level in ("series", "observation") for said in attributes[level]]
    return _structure_of(described), columns, rows, {name: str(value) for name, value in stated.items()}


def _key(dimensions: Sequence[Mapping[str, Any]], place: str) -> dict[str, str]:
    indices = [int(index) for index in place.split(":")] if place else []
    if len(indices) != len(dimensions):
        raise NotSdmxJson(f"the key '{place}' has {len(indices)} parts and {len(dimensions)} dimensions")
    if any(index < 0 for index in indices):
        raise NotSdmxJson(f"the key '{place}' counts backwards")
    return {said["id"]: str(said["values"][index]["id"]) for said, index in zip(dimensions, indices, strict=True)}


def _given(attributes: Sequence[Mapping[str, Any]], cells: Sequence[Any]) -> dict[str, Any]:
    """Values of attributes: as an index into the values that are listed, or as they are where none are."""
    found = {}
    for said, cell in zip(attributes, cells, strict=False):
        if cell is None:
            continue
        listed = said.get("values") or ()
        value = listed[int(cell)] if listed and not isinstance(cell, list | dict) and str(cell).isdigit() else cell
        if isinstance(value, dict):
            value = value.get("id", value.get("value", value.get("name")))
        if value is not None:
            found[said["id"]] = str(value)
    return found


def _structure_of(described: Mapping[str, Any]) -> str:
    for link in described.get("links") or ():
        name = str(link.get("urn", "")).rpartition(".datastructure.")[2]
        if name and link.get("rel") in ("dataflow", "datastructure", None):
            return name
    return str(described.get("name") or "")
