"""`panah id-number` as a person or a script calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from panah.cli.id_number import id_number

app = Typer()
app.command()(id_number)


def run(*arguments: str, typed: str | bytes = ""):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, list(arguments), input=typed)


def rows(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_each_number_gives_one_line_with_exactly_the_keys_of_the_contract() -> None:
    result = run("KAZ", "900101300017", "900101-300017")
    assert result.exit_code == 0
    assert (
        rows(result.stdout)
        == [
            {
                "country": "KAZ",
                "number": "900101300017",
                "kind": "KZ-IIN",
                "valid": True,
                "sex": "male",
                "birth_date": "1990-01-01",
                "problems": [],
            }
        ]
        * 2
    )


def test_valid_is_null_where_no_check_digit_is_published() -> None:
    assert rows(run("PAK", "34201-0891231-8").stdout)[0]["valid"] is None


def test_a_wrong_check_digit_is_told_in_the_output_and_is_no_error() -> None:
    result = run("IRN", "0499370898")
    assert (result.exit_code, result.stderr) == (0, "")
    assert rows(result.stdout)[0]["valid"] is False


def test_what_cannot_be_a_number_at_all_is_named_and_the_rest_is_done() -> None:
    result = run("KAZ", "12", "900101300017")
    assert result.exit_code == 1
    assert [row["valid"] for row in rows(result.stdout)] == [False, True]
    assert "number 1: The number is '12' (2 characters); a KZ-IIN has 12 digits." in result.stderr


def test_numbers_are_read_from_standard_input_one_a_line() -> None:
    result = run("uzb", "-", typed="31210632040244\n\n۳۱۲۱۰۹۳۲۰۴۰۲۴۷\nabc\n")
    assert result.exit_code == 1
    assert [row["valid"] for row in rows(result.stdout)] == [True, True, False]
    assert "line 4:" in result.stderr


@pytest.mark.parametrize("arguments", [["FRA", "1"], ["KAZ"], [], ["KZ", "900101300017"]])
def test_wrong_usage_is_exit_status_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_state_whose_numbers_are_not_known_is_told_with_those_that_are() -> None:
    assert "AFG, AZE, IRN, KAZ, KGZ, PAK, TJK, TKM, TUR, UZB" in " ".join(
        run("FRA", "1").stderr.replace("│", " ").split()
    )


def test_standard_input_with_nothing_in_it_is_told() -> None:
    result = run("KAZ", "-", typed="\n")
    assert (result.exit_code, result.stdout) == (1, "")


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "numbers.jsonl"
    assert run("TUR", "17291716060", "-o", str(target)).exit_code == 0
    assert rows(target.read_text())[0]["kind"] == "TR-TCKN"


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(["KAZ", "AZE", "AFG", "TKM", "PAK"]), st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(country: str, typed: bytes) -> None:
    result = run(country, "-", typed=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in {0, 1}
    rows(result.stdout)
