"""`panah sdmx` as a person or a script runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from panah.cli.sdmx import app

MESSAGE = """STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS
dataflow,XXX:TRADE(1.0),I,A,XXE,2024,12.5,A
dataflow,XXX:TRADE(1.0),I,A,XXE,2025,,O
"""
STRUCTURE = """<?xml version="1.0"?>
<Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><KeyFamilies>
<KeyFamily id="TRADE"><Components><Dimension conceptRef="REF_AREA"/><Dimension conceptRef="FREQ"/>
<TimeDimension conceptRef="TIME_PERIOD"/></Components></KeyFamily></KeyFamilies></Structure>
"""


def run(*arguments: str, typed: str = ""):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, list(arguments), input=typed)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_observations_come_out_one_a_row_dimensions_first() -> None:
    result = run("read", "-", typed=MESSAGE)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS"
    assert [row["OBS_VALUE"] for row in rows(result.stdout)] == ["12.5", ""]


def test_a_structure_file_of_an_old_version_tells_the_order_of_the_dimensions(tmp_path: Path) -> None:
    (tmp_path / "dsd.xml").write_text(STRUCTURE, encoding="utf-8")
    result = run("read", "-", "--structure", str(tmp_path / "dsd.xml"), typed=MESSAGE)
    assert result.stdout.splitlines()[0] == "REF_AREA,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS"


def test_what_cannot_be_read_ends_with_status_1_and_a_sentence() -> None:
    result = run("read", "-", typed="hello")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "no SDMX message" in result.stderr


def test_problems_come_out_one_a_line_with_status_1() -> None:
    result = run("validate", "-", typed=MESSAGE)
    assert result.exit_code == 1
    assert result.stdout.startswith("STRUCTURE_UNKNOWN: dataset: found Dataflow=XXX:TRADE(1.0); allowed: ALMATY:")


def test_a_structure_file_is_said_to_hold_no_data(tmp_path: Path) -> None:
    written = run("structure", "-o", str(tmp_path / "structure.xml"))
    assert written.exit_code == 0
    result = run("read", str(tmp_path / "structure.xml"))
    assert result.exit_code == 1
    assert "no data" in result.stderr


@pytest.mark.parametrize("arguments", [("read", "none.csv"), ("structure", "--version", "4.0"), ("validate",)])
def test_wrong_usage_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
