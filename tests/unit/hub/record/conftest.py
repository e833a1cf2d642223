"""A hub onto which the record that came with the program is loaded."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from panah.hub.record import service


@pytest.fixture(autouse=True)
def on_the_hub(settings: LazySettings) -> None:
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"


@pytest.fixture
def loaded(db: None) -> None:
    service.load()
