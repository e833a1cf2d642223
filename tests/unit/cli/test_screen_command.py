"""`panah screen`: a line out for every line in, and never half a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from panah.cli import screen as command

GOOD = {"id": "a", "pack": "kaz", "date": "2026-11-20", "protection": {"fears_return": "yes"}}


def run(text: str, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    app = typer.Typer()
    app.command()(command.screen)
    result = CliRunner().invoke(app, [*(arguments or ("-",))], input=text)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_each_record_gives_one_profile_in_the_same_order() -> None:
    code, lines = run("\n".join(json.dumps({**GOOD, "id": name}) for name in "cab"))
    assert code == 0
    assert [line["id"] for line in lines] == ["c", "a", "b"]
    assert lines[0]["profiles"][0]["code"] == "asylum_seeker"


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    bad = json.dumps({"id": "b", "pack": "kaz", "health": {"pregnent": "yes"}})
    code, lines = run(f"{json.dumps(GOOD)}\n{bad}\n{{\n{json.dumps(GOOD)}\n")
    assert code == 1
    assert [line.get("line") for line in lines] == [None, 2, 3, None]
    assert lines[1]["id"] == "b"
    assert "health.pregnent" in lines[1]["error"]
    assert lines[2]["id"] is None


def test_pack_and_day_are_defaults_for_records_that_name_neither() -> None:
    code, lines = run('{"id":"a"}\n', "-", "--pack", "kgz", "--on", "2025-01-02")
    assert code == 0
    assert (lines[0]["pack"], lines[0]["on"]) == ("kgz", "2025-01-02")
    code, lines = run(json.dumps(GOOD), "-", "--pack", "kgz", "--on", "2025-01-02")
    assert (lines[0]["pack"], lines[0]["on"]) == ("kaz", "2026-11-20")


def test_a_record_without_any_pack_is_an_error_line() -> None:
    code, lines = run('{"id":"a"}\n')
    assert code == 1
    assert lines[0]["error"].startswith("pack:")


@pytest.mark.parametrize(
    "arguments", [("-", "--pack", "zzz"), ("-", "--on", "today"), ("-", "--format", "xml"), ("none.jsonl",)]
)
def test_wrong_usage_leaves_with_two(arguments: tuple[str, ...]) -> None:
    assert run("", *arguments)[0] == 2


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(GOOD) + "\n")
    assert run("", str(source), "-o", str(target))[0] == 0
    before = target.read_text()

    def interrupted(self: Any, number: int, line: bytes) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(command._Screening, "__call__", interrupted)
    assert run("", str(source), "-o", str(target))[0] != 0
    assert target.read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_table_shows_every_person(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    assert run(json.dumps(GOOD), "-", "--format", "table", "-o", str(target))[0] == 0
    assert "same_day" in target.read_text()


def test_screening_starts_without_django() -> None:
    code = (
        "import sys; from panah.cli.screen import _Screening; from datetime import date; "
        "next(_Screening('kaz', date(2026, 11, 20))([(1, b'{\"id\": \"a\"}')])); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
