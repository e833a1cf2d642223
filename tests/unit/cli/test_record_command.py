"""`panah record`: the record of the Process, checked without a database and loaded into a hub."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from panah.cores.shipped import folder

HOME = folder("record", "README.md")


def panah(home: Path, *arguments: str, role: str = "hub") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"PANAH_HOME": str(home), "PANAH_ROLE": role, "PANAH_DATABASE": ""}
    return subprocess.run(
        [sys.executable, "-m", "panah", *arguments], capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hub")
    assert panah(home, "migrate").returncode == 0
    return home


def test_the_record_that_came_with_the_program_has_nothing_wrong_in_it_and_no_database_is_asked(tmp_path: Path):
    done = panah(tmp_path, "record", "check")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_every_room_takes_its_part_and_the_same_again_changes_nothing(hub: Path):
    first = panah(hub, "record", "load")
    assert first.returncode == 0, first.stderr
    for room in ("participants", "record", "meetings", "commitments"):
        assert f"{room}: " in first.stdout
    again = panah(hub, "record", "load")
    assert again.returncode == 0
    assert "record: paragraphs 70, requirements 115; nothing was changed" in again.stdout


def test_what_is_wrong_is_named_and_the_rest_is_loaded(hub: Path, tmp_path: Path):
    shutil.copytree(HOME, tmp_path / "record")
    sheet = tmp_path / "record/commitments/commitments.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("A-2.1,A-2,", "A-2.1,A-9,", 1), encoding="utf-8")
    checked = panah(hub, "record", "check", "--home", str(tmp_path / "record"))
    assert checked.returncode == 1
    assert "commitments: commitments/commitments.csv, row 2, column paragraph: found 'A-9'" in checked.stdout
    loaded = panah(hub, "record", "load", "--home", str(tmp_path / "record"))
    assert loaded.returncode == 1
    assert "row 2" in loaded.stderr
    assert "record: " in loaded.stdout


def test_no_folder_is_wrong_usage_and_a_node_has_no_record(hub: Path, tmp_path: Path):
    gone = panah(hub, "record", "load", "--home", str(tmp_path / "nowhere"))
    assert (gone.returncode, "is no folder" in gone.stderr) == (2, True)
    node = panah(tmp_path, "record", "load", role="node")
    assert node.returncode == 1
    assert "belongs to a hub" in node.stderr
