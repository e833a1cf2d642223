"""A hub to which two states have published, with nothing kept and nobody counted yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from panah.hub.exchange import answers, limits
from panah.hub.intake import service as intake
from tests.messages import Node, people, protected


@pytest.fixture(autouse=True)
def on_the_hub(settings: LazySettings) -> Iterator[None]:
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"
    yield
    answers.forget()
    limits.forget()


@pytest.fixture
def two_states(db: None) -> None:
    """Kazakhstan and Kyrgyzstan have published a table of a day."""
    for state, workers in (("KAZ", 30), ("KGZ", 40)):
        node = Node(state)
        intake.add_sender(state, node.public_key)
        assert intake.take_in(node.message(protected(people(workers))), "file").accepted
