"""Search among many: what the database is asked for does not grow, and no walk over all files of a post decides what may be read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panah.node.registration.models import PersonFile
from panah.node.registration.service import Traits, similar
from panah.node.safeguards.models import Hold

pytestmark = pytest.mark.django_db


def asked_for(officer, name):
    with CaptureQueriesContext(connection) as asked:
        similar(officer, Traits(names=(name,)))
    return [one["sql"] for one in asked.captured_queries]


def test_a_search_that_finds_many_asks_as_much_as_one_that_finds_one(aida, register):
    register(aida, "Rustam Nazarov")
    asked_for(aida, "Rustam Nazarov")  # reads the roles of the officer, once
    few = asked_for(aida, "Rustam Nazarov")
    for _ in range(8):
        register(aida, "Rustam Nazarov")
    many = asked_for(aida, "Rustam Nazarov")
    assert len(many) == len(few)


def test_what_an_officer_may_read_is_decided_without_asking_for_the_files_of_a_post(aida, register):
    register(aida, "Rustam Nazarov")
    place = f'"{PersonFile._meta.db_table}"."place" ='
    assert not [sql for sql in asked_for(aida, "Rustam Nazarov") if place in sql]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite plans without figures of its tables")
def test_the_holds_of_some_people_are_looked_up_by_the_people():
    with connection.cursor() as cursor:
        some = Hold.objects.filter(subject__in=[f"{n:032x}" for n in range(100)], lifted_at=None)
        sql, values = some.query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = " ".join(str(line) for line in cursor.fetchall())
    assert "subject=?" in plan
