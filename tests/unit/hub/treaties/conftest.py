"""The record of this room, loaded once for all tests of a file; what a test changes falls with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from panah.hub.treaties import service
from tests.hub_people import people

__all__ = ["people"]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Treaties, laws and what the packs say stand in the tables."""
    with django_db_blocker.unblock(), transaction.atomic():
        service.load()
        yield
        transaction.set_rollback(True)
