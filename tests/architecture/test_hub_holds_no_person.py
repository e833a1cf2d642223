"""The hub never receives a person: none of its tables, actions or messages has a field for one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec
import pytest
from django.apps import apps
from pydantic import BaseModel

from panah.cores.exchange import submission as letters
from panah.foundation.door.service import action_types

# Words of the node's own files on persons (registration, profiling, referrals), by which a field for one would be called.
PERSONAL = re.compile(
    r"(^|_)(person|people|name|names|given|family|father|birth|born|sex|citizenships?|nationality|document|passport|iin|pin|phone|address"
    r"|email|photo|biometric|fingerprint|health|religion|interview|record|packet|file|subject|language)(_|$)"
)

# The accounts of officers are the foundation's, on both sides.
HUB_ROOMS = ("loadings", "intake", "evidence", "participants", "practices", "treaties")


def fields_of_models() -> Iterator[str]:
    for room in HUB_ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.get_fields():
                if not field.auto_created:
                    yield f"{room}.{model.__name__}.{field.name}"


def fields_of_actions() -> Iterator[str]:
    for kind in action_types():
        if kind.__module__.startswith("panah.hub."):
            own: dict[str, Any] = {
                name: f for name, f in kind.model_fields.items() if name not in ("id", "by", "place", "happened_at")
            }
            yield from (f"{kind.__module__.split('.')[2]}.{kind.__name__}.{name}" for name in own)


def fields_of_messages() -> Iterator[str]:
    seen: set[type] = set()
    todo: list[Any] = [letters.Submission, letters.Receipt]
    while todo:
        shape = todo.pop()
        todo.extend(get_args(shape))
        if not isinstance(shape, type) or shape in seen or get_origin(shape):
            continue
        seen.add(shape)
        if issubclass(shape, msgspec.Struct):
            for field in msgspec.structs.fields(shape):
                yield f"message.{shape.__name__}.{field.name}"
                todo.append(field.type)
        assert not issubclass(shape, BaseModel | dict) or shape is dict, shape


@pytest.mark.parametrize("found", [fields_of_models, fields_of_actions, fields_of_messages])
def test_the_hub_has_no_field_for_a_person(found: Any):
    fields = list(found())
    assert len(fields) >= 10, "the walk found next to nothing, and so proves nothing"
    personal = [name for name in fields if PERSONAL.search(name.rpartition(".")[2])]
    assert personal == []


def test_the_hub_imports_nothing_that_knows_persons():
    """import-linter keeps node and hub apart; this holds for what is loaded too."""
    code = (
        "import os, sys, tempfile, django; os.environ.update(PANAH_ROLE='hub', PANAH_HOME=tempfile.mkdtemp(), "
        "DJANGO_SETTINGS_MODULE='panah.settings'); django.setup(); import panah.hub.urls; "
        "sys.exit(any(name.startswith('panah.node') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
