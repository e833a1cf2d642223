"""What was loaded into each room, and that nothing else is than was checked. The rooms' own loading is tested with the rooms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from panah.foundation.clock import now
from panah.foundation.door.service import Refused, perform
from panah.foundation.journal.models import Entry
from panah.hub.commitments.acts import LoadCommitments
from panah.hub.evidence.actions import LoadFigures
from panah.hub.evidence.tables import HOME as TABLES
from panah.hub.loadings import service
from panah.hub.loadings.models import Loading
from panah.hub.meetings import service as meetings
from panah.hub.meetings.acts import LoadMeetings
from panah.hub.participants import service as participants
from panah.hub.participants.acts import LoadParticipants
from panah.hub.practices.acts import LoadPractices
from panah.hub.record.actions import LoadRecord
from panah.hub.treaties.actions import LoadTreaties

ACTS: dict[type[service.LoadSheets], dict[str, Any]] = {
    LoadParticipants: {"folder": str(service.record_home() / "participants")},
    LoadFigures: {"folder": str(TABLES)},
    LoadRecord: {"folder": str(service.record_home())},
    LoadTreaties: {"folder": str(service.record_home() / "treaties"), "on": date(2026, 11, 20)},
    LoadPractices: {"folder": str(service.record_home() / "practices")},
    LoadMeetings: {"folder": str(service.record_home() / "meetings")},
    LoadCommitments: {"folder": str(service.record_home())},
}


@pytest.fixture(autouse=True)
def on_the_hub(settings: LazySettings) -> None:
    settings.PANAH_ROLE = "hub"
    settings.ROOT_URLCONF = "panah.hub.urls"


def test_every_act_that_takes_in_sheets_is_tried_here():
    assert set(ACTS) == set(service.LoadSheets.__subclasses__())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.code)
def test_sheets_that_changed_since_they_were_checked_are_refused_in_every_room(kind: type[service.LoadSheets]):
    act = kind.model_validate({"by": None, "happened_at": now(), "folder_digest": "0" * 64, **ACTS[kind]})
    with pytest.raises(Refused, match="somebody changed them in between") as refusal:
        perform(act)
    assert refusal.value.code == "sheets_changed"
    assert not Loading.objects.exists()


@pytest.mark.django_db
def test_a_loading_is_noted_for_its_own_room_with_its_digest_its_moment_and_its_numbers():
    assert service.last("participants") is None
    receipt = participants.load()
    last = service.last("participants")
    assert last is not None
    entry = json.loads(Entry.objects.get(code="participants.load").facts)
    assert last.digest == entry["folder_digest"]
    assert (last.at, last.counts["rows"]) == (receipt.recorded_at, receipt.result["rows"])
    assert {name: entry[name] for name in ("rows", "changed")} == last.counts
    assert service.last("meetings") is None


@pytest.mark.django_db
def test_the_same_again_is_told_with_the_same_numbers_in_the_same_order_and_noted_once():
    participants.load()
    first, again = meetings.load(), meetings.load()
    assert list(first.result) == ["meetings", "facts", "new"]
    assert list(again.result.items()) == [*list(first.result.items())[:-1], ("new", False)]
    assert participants.load().result["changed"] == 0
    assert [row.room for row in Loading.objects.order_by("id")] == ["participants", "meetings"]


FIRST = "0001_first_tables"
BEFORE = {
    "participants": (FIRST, {"rows": 95, "changed": 2}, {}),
    "evidence": ("0002_indicator_values", {"figures": 40, "changed": 3}, {}),
    "record": (FIRST, {"paragraphs": 70, "requirements": 115}, {}),
    "treaties": (FIRST, {"rows": 2202, "changed": 4}, {}),
    "practices": (FIRST, {"rows": 19, "changed": 5}, {}),
    "meetings": (FIRST, {"meetings": 21, "facts": 73}, {}),
    "commitments": (FIRST, {"rows": 60, "changed": 6}, {"rows": "commitments"}),
}
"""The room, its migration while it had a table of its own, the numbers of a row there, and what receipts call otherwise."""

UPGRADE = """
import json, sys
import django; django.setup()
from datetime import datetime
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

rooms = json.loads(sys.argv[1])
def tables():
    found = MigrationExecutor(connection).loader.project_state([(room, at) for room, at, _ in rooms]).apps
    return {room: found.get_model(room, "Load") for room, _, _ in rooms}
for room, at, _ in rooms:
    call_command("migrate", room, at, verbosity=0)
standing = tables()
for room, _, numbers in rooms:
    for digest, hour in (("a" * 64, 9), ("b" * 64, 10)):
        standing[room].objects.create(digest=digest, loaded_at=datetime.fromisoformat(f"2026-11-20T{hour:02}:00Z"), **numbers)
before = {room: list(map(str, table.objects.order_by("id").values_list())) for room, table in standing.items()}
call_command("migrate", verbosity=0)
from panah.hub.loadings import service
found = {room: service.last(room) for room, _, _ in rooms}
told = {room: [one.digest, one.at.isoformat(), one.counts] for room, one in found.items()}
call_command("migrate", "loadings", "0001", verbosity=0)
after = {room: list(map(str, table.objects.order_by("id").values_list())) for room, table in standing.items()}
print(json.dumps([told, before == after]))
"""


@pytest.mark.any_database
def test_an_installation_that_is_renewed_keeps_what_was_loaded_and_when_and_so_does_one_that_goes_back(tmp_path: Path):
    rooms = [(room, migration, numbers) for room, (migration, numbers, _) in BEFORE.items()]
    environment = os.environ | {"PANAH_HOME": str(tmp_path), "PANAH_ROLE": "hub", "PANAH_DATABASE": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "panah.settings"
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE, json.dumps(rooms)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    told, is_back = json.loads(done.stdout)
    at = datetime(2026, 11, 20, 10, tzinfo=UTC).isoformat()
    assert told == {
        room: ["b" * 64, at, {names.get(column, column): number for column, number in numbers.items()}]
        for room, (_, numbers, names) in BEFORE.items()
    }
    assert is_back
