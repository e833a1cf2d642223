"""`panah treaties`: the reference table as CSV, without a database."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from panah.cli import main
from panah.hub.treaties import tables


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["treaties", *arguments])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def rows(text: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["state"], row["instrument"]): row for row in csv.DictReader(io.StringIO(text))}


def test_there_is_a_row_for_every_state_and_treaty_and_silence_reads_unknown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, text, _ = written(capsys, "--on", "2026-11-21")
    found = rows(text)
    treaties = [code for code, one in tables.shipped().instruments.items() if one.kind == "treaty"]
    assert status == 0
    assert set(found) == {(state, code) for state in tables.REGION for code in treaties}
    assert {row["value"] for row in found.values()} == set(tables.VALUES)
    assert found[("KAZ", "coe-trafficking-convention")]["value"] == "unknown"
    assert found[("KAZ", "convention-1951")]["stale"] == "yes"
    assert found[("UZB", "ilo-c029")]["also_said"] == "party 1997-08-30 (treaty-press-uzbekistan-c029)"
    assert found[("TUR", "convention-1954")]["from_memory"] == "party 2015 (memory)"
    assert found[("TUR", "convention-1951")]["reservations"].endswith("(memory)")


def test_the_day_that_is_asked_for_is_the_day_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(written(capsys, "--on", "2005-01-01")[1])
    assert found[("KAZ", "iccpr")]["value"] == "unknown", "not party yet, and no source says so of that day"
    assert found[("TJK", "iccpr")]["since"] == "1999"


def test_every_statement_is_given_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    text = written(capsys, "--statements")[1]
    assert text == (tables.home() / "status.csv").read_text(encoding="utf-8")


def test_a_folder_that_is_not_in_order_ends_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, text, error = written(capsys, "--tables", str(tmp_path))
    assert (status, text) == (1, "")
    assert "instruments.csv is not in the folder" in error


def test_a_refresh_without_the_files_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, error = written(capsys, "refresh", str(tmp_path), "--tables", str(tmp_path))
    assert status == 1
    assert "is not in the folder" in error
    assert list(tmp_path.iterdir()) == []


def test_the_command_starts_without_django() -> None:
    code = "import sys; from panah.cli import root; root().get_command(None, 'treaties'); sys.exit('django.db' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
