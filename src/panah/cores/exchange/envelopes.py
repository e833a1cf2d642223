"""The JSON schemas of what travels, written from the types that read and write it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from panah.cores.exchange import referral, submission

SCHEMAS: Mapping[str, type[msgspec.Struct]] = {
    "submission": submission.Submission,
    "receipt": submission.Receipt,
    "referral": referral.Letter,
    "referral-packet": referral.Packet,
    "referral-answer": referral.Answer,
}


def schema_file(name: str) -> str:
    """The JSON Schema (draft 2020-12) of one envelope, as it lies in contracts/envelopes. Raises KeyError."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(SCHEMAS[name])}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
