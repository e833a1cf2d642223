"""`panah document` as a person or a script calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from panah.cli.document import document
from tests.unit.cores.documents.zones import MRV_A, SPECIMENS, TD1, TD3, replaced

app = Typer()
app.command()(document)


def run(content: bytes | str, *arguments: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, ["-", "--on", "2026-11-21", *arguments], input=content)


def rows(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_each_block_gives_one_line_in_the_order_of_the_input() -> None:
    result = run("\n\n".join(SPECIMENS.values()))
    assert result.exit_code == 0
    assert [row["format"] for row in rows(result.stdout)] == list(SPECIMENS)
    assert all(row["valid"] for row in rows(result.stdout))


def test_a_line_has_exactly_the_keys_of_the_contract() -> None:
    (row,) = rows(run(TD3).stdout)
    assert " ".join(row) == (
        "format type issuer number nationality names birth_date sex expiry optional class checks valid problems"
    )
    assert row["names"] == {"primary": "ERIKSSON", "secondary": "ANNA MARIA", "truncated": False}
    assert row["checks"] == {"number": "ok", "birth_date": "ok", "expiry": "ok", "optional": "ok", "composite": "ok"}


def test_a_wrong_check_digit_is_told_in_the_output_and_is_no_error() -> None:
    result = run(replaced(TD3, 2, 10, "7"))
    (row,) = rows(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (row["valid"], row["number"]) == (False, "L898902C3")


def test_a_block_that_is_no_zone_is_named_with_its_line_and_the_rest_is_done() -> None:
    result = run(TD3 + "\n\nthis is\nno zone\n\n" + TD1)
    assert result.exit_code == 1
    assert [row["format"] for row in rows(result.stdout)] == ["TD3", "TD1"]
    assert (
        "line 4: The text is not a machine-readable zone: found 2 line(s) of 7, 7 characters. Allowed are"
        in result.stderr
    )


def test_two_documents_without_an_empty_line_between_are_named() -> None:
    result = run(TD3 + "\n" + TD3)
    assert result.exit_code == 1
    assert "put an empty line between two documents" in result.stderr
    assert len(rows(result.stdout)) == 1


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_an_input_with_nothing_in_it_is_told(content: bytes) -> None:
    result = run(content)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing in it" in result.stderr


@pytest.mark.parametrize(
    "encoded",
    [
        TD3.encode("utf-8-sig"),
        TD3.encode("utf-16"),
        TD3.replace("\n", "\r\n").encode(),
        TD3.replace("\n", "\r").encode(),
        TD3.replace("<<<<", "««").encode("cp1251"),
    ],
    ids=["UTF-8 with mark", "UTF-16", "CR LF", "CR", "Windows-1251 with guillemets"],
)
def test_files_of_every_office_are_read(encoded: bytes) -> None:
    result = run(encoded)
    assert result.exit_code == 0
    assert rows(result.stdout)[0]["number"] == "L898902C3"


def test_the_day_decides_the_century_and_can_be_given() -> None:
    later = CliRunner().invoke(app, ["-", "--on", "2075-01-01"], input=TD3)
    assert rows(later.stdout)[0]["birth_date"] == {"value": "2074-08-12", "precision": "day", "printed": "740812"}


@pytest.mark.parametrize("arguments", [["/no/such/file"], ["-", "--on", "tomorrow"], [], ["-", "--in", "x"]])
def test_wrong_usage_is_exit_status_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments, input=TD3).exit_code == 2


def test_output_goes_to_a_file_that_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "read.jsonl"
    result = run(TD3, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert rows(target.read_text())[0]["format"] == "TD3"
    assert [file.name for file in tmp_path.iterdir()] == ["read.jsonl"]


def test_what_was_good_is_kept_in_the_file_when_a_block_was_bad(tmp_path: Path) -> None:
    target = tmp_path / "read.jsonl"
    assert run(TD3 + "\n\nno zone", "-o", str(target)).exit_code == 1
    assert len(rows(target.read_text())) == 1


def test_an_interruption_leaves_no_half_a_file_and_the_old_one_untouched(tmp_path: Path) -> None:
    target = tmp_path / "read.jsonl"
    target.write_text("old\n")
    script = "import sys; from panah.cli import main; main(['document', '-', '-o', sys.argv[1]])"
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdin
    started.stdin.write((TD3 + "\n\n").encode() * 200)
    started.stdin.flush()
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(started.pid, signal.SIGINT)
    _, errors = started.communicate(timeout=30)
    assert started.returncode not in (0, None)
    assert b"Traceback" not in errors
    assert target.read_text() == "old\n"
    assert [file.name for file in tmp_path.iterdir()] == ["read.jsonl"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=600),
        st.lists(st.sampled_from([TD3, MRV_A, "\n\n", "\xff", "K" * 44, "<"]), max_size=8).map("".join),
    )
)
def test_no_bytes_end_in_a_traceback(content: bytes | str) -> None:
    result = run(content)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in {0, 1}
    rows(result.stdout)
