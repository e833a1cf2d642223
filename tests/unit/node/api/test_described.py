"""schemathesis reads our OpenAPI description and sends what it allows and what it does not; nothing may fall over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from panah.wsgi import application
from tests.unit.node.api.test_interface import Program

SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture
def program(officer) -> Iterator[Program]:
    """A program whose requests share the test's connection: a served request would close it, and the test's transaction with it."""
    served = (signals.request_started, signals.request_finished)
    for signal in served:
        signal.disconnect(close_old_connections)
    yield Program(officer("border_officer", "asylum_officer", post="ALA", body="kaz-employment-department"))
    for signal in served:
        signal.connect(close_old_connections)


@pytest.mark.any_database
@SCHEMA.parametrize()
@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_described(case, program):
    case.call_and_validate(headers=program.headers)
