"""People of the tests. Aida works at the post, Bolat at another post, Charos at a receiving body; each test says who it needs."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.actions import AddOfficer, hashed
from panah.foundation.access.models import Grant, Officer
from panah.foundation.access.roles import conflict
from panah.foundation.clock import now
from panah.foundation.door.service import perform

PASSWORD = "correct horse battery"

_DATABASE_FIXTURES = {"db", "transactional_db", "committed_db", "officer", "django_db_setup"}

MakeOfficer = Callable[..., Officer]


def make_officer(*roles: str, username: str = "", **fields: Any) -> Officer:
    """An officer, through the door."""
    identifier = uuid7()
    # What the door would refuse is given past it, for tests of what happens if it came about all the same.
    mistaken = conflict(roles) is not None or bool(fields.get("serves_state") and set(roles) - {"consular_officer"})
    state = fields.pop("serves_state", "") if mistaken else ""
    name = username or f"{(roles or ('nobody',))[0].replace('_', '-')}-{identifier.hex[-6:]}"
    perform(
        AddOfficer(
            by=None,
            happened_at=now(),
            officer=identifier,
            username=name,
            display_name=fields.pop("display_name", name.title()),
            password_hash=hashed(PASSWORD),
            roles=() if mistaken else roles,
            **fields,
        )
    )
    if mistaken:
        Officer.objects.filter(pk=identifier).update(serves_state=state)
        Grant.objects.bulk_create(Grant(officer_id=identifier, role=role, granted_at=now()) for role in roles)
    return Officer.objects.get(pk=identifier)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: garbage collection that leaves it alone saves a sixth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks a database. On PostgreSQL run only what the database could make a difference to; the rest was run on SQLite."""
    from django.db import connection

    for item in items:
        if _asks_a_database(item):
            item.add_marker("database")
    if connection.vendor != "postgresql":
        return
    left_out = [
        item for item in items if item.get_closest_marker("any_database") or not item.get_closest_marker("database")
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & _DATABASE_FIXTURES or "/journeys/" in item.nodeid)


@pytest.fixture
def officer(request: pytest.FixtureRequest) -> MakeOfficer:
    """Make an officer through the door: `officer("border_officer", post="ALA", body="kaz-border-service")`."""
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
    return make_officer


@pytest.fixture
def signed_in() -> Callable[[Officer], Client]:
    """A browser in which the officer is signed in."""

    def make(person: Officer) -> Client:
        client = Client()
        client.force_login(person, backend="panah.foundation.access.backend.OfficerBackend")
        return client

    return make


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None) -> Any:
    """The test database, whichever fixture asks for it first: pytest-django itself makes none when `db` is only asked for at run time."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A database whose transactions are really committed, so that other threads and processes see them; emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        _empty_the_database()


def _empty_the_database() -> None:
    """Empty all tables. The journal refuses that, so its triggers step aside and come back."""
    from django.core.management import call_command
    from django.db import connection

    from panah.foundation.journal.models import Head

    append_only = import_module("panah.foundation.journal.migrations.0002_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER journal_entry_is_never_removed")
    call_command("flush", interactive=False, verbosity=0)
    Head.objects.create(pk=1, seq=0, hash=bytes(32))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        else:
            cursor.execute(next(sql for sql in append_only.SQLITE if "never_removed" in sql))
    connection.close()
