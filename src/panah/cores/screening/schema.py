"""JSON Schemas of the record and the profile, made from the definitions that the code itself reads.

`contracts/screening/` holds them as files for those who speak to Panah; a test says when they are stale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from panah.cores.screening.codes import LEAFLETS, NEEDS, PROFILES, REFERRALS, SAFEGUARDS, URGENCIES
from panah.cores.screening.fields import COUNTRIES, DOCUMENT_KEYS, FIELDS, PACKS, Field

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
PARTIAL_DATE: Final = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2}))?$"
LANGUAGE: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


def record_schema() -> dict[str, Any]:
    """The schema of one interview record."""
    record = _object({}, required=["id"])
    properties: dict[str, Any] = record["properties"]
    properties["id"] = {"type": "string", "minLength": 1}
    properties["pack"] = {"enum": list(PACKS)}
    properties["date"] = {"type": "string", "pattern": MOMENT}
    properties["place"] = {"type": "string"}
    for field in FIELDS:
        place = properties
        *path, name = field.key.split(".")
        for part in path:
            place = place.setdefault(part, _object({}))["properties"]
        place[name] = _field(field)
    properties["notes"] = {"type": "string", "description": "Free text, never read by a rule."}
    return {
        "$schema": DRAFT,
        "$id": "interview-record",
        "title": "Interview record",
        "description": "An absent key is unknown. Unknown and refused are never read as no.",
        **record,
        "$defs": {"country": {"enum": sorted(COUNTRIES)}},
    }


def profile_schema() -> dict[str, Any]:
    """The schema of one profile."""
    text = {"type": "string"}
    because = {
        "type": "array",
        "minItems": 1,
        "items": _object(
            {"rule": text, "answers": {"type": "array", "items": text}, "source": text},
            required=["rule", "answers", "source"],
        ),
    }
    referral = {
        "to": {"enum": list(REFERRALS)},
        "body": {"type": ["string", "null"]},
        "due": {"type": ["string", "null"]},
        "consent": {"enum": ["not_required", "given", "needed"]},
        "because": {"$ref": "#/$defs/because"},
    }
    properties: dict[str, Any] = {
        "id": text,
        "pack": text,
        "pack_version": text,
        "on": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "profiles": _lines(PROFILES),
        "needs": _lines(NEEDS),
        "urgency": {"enum": list(URGENCIES)},
        "referrals": {"type": "array", "items": _object(referral, required=list(referral))},
        "safeguards": _lines(SAFEGUARDS),
        "missing": {"type": "array", "items": {"enum": [field.key for field in FIELDS]}},
        "information": {"type": "array", "items": {"enum": list(LEAFLETS)}},
    }
    return {
        "$schema": DRAFT,
        "$id": "profile",
        "title": "Profile",
        "description": "A proposal. An officer confirms or changes it with a reason, and both stay on record.",
        **_object(properties, required=list(properties)),
        "$defs": {"because": because},
    }


def contract_files() -> Mapping[str, str]:
    """The files of `contracts/screening/` by name, as they must stand there."""
    schemas = {"record.schema.json": record_schema(), "profile.schema.json": profile_schema()}
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def _object(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return content | ({"required": required} if required else {})


def _lines(codes: tuple[str, ...]) -> dict[str, Any]:
    line = {"code": {"enum": list(codes)}, "because": {"$ref": "#/$defs/because"}}
    return {"type": "array", "items": _object(line, required=["code", "because"])}


def _field(field: Field) -> dict[str, Any]:
    country = {"$ref": "#/$defs/country"}
    if field.kind in ("yes_no", "choice"):
        return {"enum": list(field.allowed)}
    if field.kind == "choices":
        return {"type": "array", "items": {"enum": list(field.allowed)}}
    if field.kind in ("whole", "number"):
        bounds = {"minimum": field.least} | ({} if field.most is None else {"maximum": field.most})
        return {"type": "integer" if field.kind == "whole" else "number", **bounds}
    shapes: dict[str, dict[str, Any]] = {
        "country": country,
        "countries": {"type": "array", "items": country},
        "languages": {"type": "array", "items": {"type": "string", "pattern": LANGUAGE}},
        "birth_date": {"anyOf": [{"type": "string", "pattern": PARTIAL_DATE}, {"type": "integer", "minimum": 1850}]},
        "documents": {"type": "array", "items": _document()},
        "text": {"type": ["string", "integer"]},
    }
    return shapes[field.kind]


def _document() -> dict[str, Any]:
    properties: dict[str, Any] = {
        key: {"enum": list(values)} if values else {"type": "string"} for key, values in DOCUMENT_KEYS.items()
    }
    properties["issuer"] = {"$ref": "#/$defs/country"}
    return _object(properties)
