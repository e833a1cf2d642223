"""A kill at any moment loses no acknowledged action and doubles none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

PEOPLE = 260
KILLS = 100


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation of its own, with the settings of production: SQLite, or a fresh database on the PostgreSQL
    server that the tests run on."""
    environment = os.environ | {
        "PANAH_HOME": str(tmp_path / "home"),
        "PANAH_ROLE": "node",
        "PANAH_PACK": "kaz",
        "DJANGO_SETTINGS_MODULE": "panah.settings",
    }
    environment.pop("PANAH_DATABASE", None)
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("postgresql"):
        yield environment
        return
    name = f"panah_crash_{os.getpid()}"
    login = {
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
    }
    with psycopg.connect(
        dbname="postgres", autocommit=True, **{key: text for key, text in login.items() if text}
    ) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            secret = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
            port = f":{database['PORT']}" if database["PORT"] else ""
            yield environment | {
                "PANAH_DATABASE": f"postgresql://{database['USER']}{secret}@{database['HOST']}{port}/{name}"
            }
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def people_in(path: Path) -> None:
    came = datetime.now(UTC) - timedelta(days=2)
    with path.open("w", encoding="utf-8") as file:
        file.write("id,arrived_at,name,person.sex,person.citizenships,protection.fears_return,consent.understands\n")
        for n in range(PEOPLE):
            fear = ("yes", "no", "unknown")[n % 3]
            file.write(
                f"{n},{came + timedelta(minutes=n):%Y-%m-%d %H:%M},Invented Person {n:04},female,AFG,{fear},yes\n"
            )


@pytest.mark.slow
def test_an_import_killed_a_hundred_times_has_everybody_once_and_loses_no_receipt(
    installation: dict[str, str], tmp_path: Path
) -> None:
    sheet = tmp_path / "people.csv"
    people_in(sheet)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.import_and_die", str(sheet), str(KILLS), "20261121"],
        env=installation,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"] == KILLS
    assert found["last_statuses"] == [0, 0]
    assert found["names"] == [f"Invented Person {n:04}" for n in range(PEOPLE)]
    assert found["proposals"] == PEOPLE
    assert len(set(found["numbers"])) == PEOPLE
    assert found["acknowledged"] == PEOPLE
    assert found["lost"] == []
    assert found["said_twice"] == []
    assert found["taken_by_lives"][0][1] == 1
    assert found["journal_holds"]
    assert found["imports"] == [{"state": "finished", "rows": PEOPLE, "taken": 0, "known": PEOPLE, "refused": 0}]
