"""A hub that knows the node of Kazakhstan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from panah.foundation.access.models import Officer
from panah.hub.intake import service
from tests.messages import Node


@pytest.fixture(autouse=True)
def on_the_hub(settings: LazySettings) -> None:
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"


@pytest.fixture
def kaz(db: None) -> Node:
    """The node of Kazakhstan, whose key the hub knows."""
    node = Node("KAZ")
    service.add_sender("KAZ", node.public_key)
    return node


@pytest.fixture
def secretariat(officer: Callable[..., Officer]) -> Officer:
    return officer("secretariat", display_name="Nilufar")


@pytest.fixture
def post() -> Callable[..., object]:
    """Send bytes to the hub as a node does."""

    def send(content: bytes, media: str = "application/jose") -> object:
        return Client().post("/intake/submissions/", content, content_type=media)

    return send
