"""The interface describes the record and the profile by the definitions that the screening reads, and by no copy of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from panah.cores.lawbook import load_pack
from panah.cores.screening import RecordError, encode_profile, read_record, screen
from panah.cores.screening.fields import FIELDS
from panah.cores.screening.schema import record_schema
from tests.unit.cores.screening.people import answers, nested


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    return client.get("/api/openapi.json").json()


def within(described: dict[str, Any], name: str) -> Draft202012Validator:
    """The checker of a component, which finds what it refers to."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": described["components"]})


def test_the_description_has_the_record_key_by_key(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    assert schemas["InterviewSent"]["properties"]["record"] == {"$ref": "#/components/schemas/InterviewRecord"}
    for field in FIELDS:
        place = schemas["InterviewRecord"]
        for part in field.key.split("."):
            place = place["properties"][part]
        if field.kind in ("yes_no", "choice"):
            assert place == {"enum": list(field.allowed)}
    assert set(schemas["InterviewRecord"]["properties"]) == set(record_schema()["properties"])
    assert json.dumps(described).count("#/$defs/") == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers(),
    st.sampled_from(["yes", "maybe", 3, None]),
    st.sampled_from(["health.pregnant", "health.pregnent", "person"]),
)
def test_what_the_description_refuses_the_screening_refuses_too(
    described: dict[str, Any], given_answers: dict[str, Any], value: Any, key: str
) -> None:
    record = nested(given_answers)
    within(described, "InterviewRecord").validate(record)
    profile = json.loads(encode_profile(screen(read_record(record), load_pack("kaz"))))
    within(described, "Profile").validate(profile)
    for group in given_answers:
        if group.startswith(f"{key}."):
            return
    changed = nested({**given_answers, key: value})
    try:
        within(described, "InterviewRecord").validate(changed)
    except ValidationError:
        with pytest.raises(RecordError):
            read_record(changed)
    else:
        read_record(changed)
