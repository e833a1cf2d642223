"""`panah packs check`: what it prints and with which status it ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panah.cli.packs import app
from panah.cores.lawbook import packs_root

run = CliRunner().invoke


@pytest.fixture
def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Examplia with an unknown key, in a folder of its own."""
    for name in ("_schema", "_floor", "xx"):
        shutil.copytree(packs_root() / name, tmp_path / name)
    path = tmp_path / "xx/pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "capital: Exampleton\n", encoding="utf-8")
    monkeypatch.setenv("PANAH_PACKS", str(tmp_path))
    return tmp_path


def test_clean_packs_print_warnings_at_most_and_end_with_zero() -> None:
    result = run(app, ["check", "xx", "kaz"])
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if ": warning: " not in line] == []


def test_a_problem_is_one_line_and_ends_with_one(spoilt: Path) -> None:
    result = run(app, ["check"])
    assert result.exit_code == 1
    [line] = [line for line in result.stdout.splitlines() if ": warning: " not in line]
    assert line.startswith("xx/pack.yaml: top level: unknown key; found 'capital'; allowed: code, country, ")


def test_a_pack_that_does_not_exist_is_wrong_usage_and_names_those_that_do() -> None:
    result = run(app, ["check", "atlantis"])
    assert result.exit_code == 2
    assert "There is no pack atlantis" in result.stderr
    assert "kaz" in result.stderr


def test_a_folder_without_packs_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANAH_PACKS", str(tmp_path))
    assert run(app, ["check"]).exit_code == 2


def test_a_warning_is_shown_and_fails_nothing(spoilt: Path) -> None:
    path = spoilt / "xx/pack.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("capital: Exampleton\n", ""), encoding="utf-8")
    (spoilt / "xx/translations").mkdir(exist_ok=True)
    (spoilt / "xx/translations/leaflets.csv").write_text("id,note,en,ru\nhello,,Hello,Привет\n", encoding="utf-8")
    result = run(app, ["check", "xx"])
    assert result.exit_code == 0
    assert "xx/translations/leaflets.csv: warning: line 2: 'hello' has no text in kk, " in result.stdout
