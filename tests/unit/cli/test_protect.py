"""`panah protect` as a person or a script runs it."""

import csv
import io
import json
import subprocess
import sys

import pytest

TABLE = "GROUP,count\na,7\nb,12\nc,30\n"


def run(*arguments, given="", folder=None):
    command = [sys.executable, "-c", "from panah.cli import main; main()", "protect", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "rules.yml").write_text("threshold: 10\n", encoding="utf-8")
    return tmp_path


def test_the_protected_table_comes_out_with_what_can_still_be_bounded(folder):
    done = run("table.csv", "--rules", "rules.yml", folder=folder)
    rows = {row["GROUP"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert done.returncode == 0
    assert rows["a"]["count"] == ""
    assert rows["a"]["why"] == "primary: fewer than 10"
    assert (rows["a"]["lower"], rows["a"]["upper"]) == ("1", "9")
    assert rows["c"]["count"] == "30"


def test_standard_input_and_a_file_to_write_to(folder):
    done = run("-", "--rules", "rules.yml", "-o", "out.csv", "--proof", "proof.json", given=TABLE, folder=folder)
    assert done.returncode == 0
    assert done.stdout == ""
    assert (folder / "out.csv").read_text(encoding="utf-8").startswith("GROUP,count,status")
    assert json.loads((folder / "proof.json").read_text(encoding="utf-8"))["narrowest"] == 8


def test_an_earlier_release_is_reckoned_with(folder):
    run("table.csv", "--rules", "rules.yml", "--format", "json", "-o", "first.json", folder=folder)
    again = TABLE.replace("30", "33")
    done = run("-", "--rules", "rules.yml", "--earlier", "first.json", given=again, folder=folder)
    rows = {row["GROUP"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["c"]["why"] == "difference: changed by fewer than 10 since an earlier release"


def test_bad_rows_end_with_status_1_and_are_all_named(folder):
    done = run("-", "--rules", "rules.yml", "-o", "out.csv", given="GROUP,count\na,x\nb,-1\n", folder=folder)
    assert done.returncode == 1
    assert done.stderr.count("panah: COUNT: line ") == 2
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    "arguments", [("none.csv", "--rules", "rules.yml"), ("table.csv",), ("table.csv", "--rules", "no.yml")]
)
def test_wrong_usage_ends_with_status_2(folder, arguments):
    done = run(*arguments, folder=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_earlier_release_that_is_none_is_named(folder):
    done = run("table.csv", "--rules", "rules.yml", "--earlier", "rules.yml", folder=folder)
    assert done.returncode == 2
    assert "not a release" in done.stderr
