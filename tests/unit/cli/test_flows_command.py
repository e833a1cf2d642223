"""`panah flows` as a person or a script runs it."""

import csv
import io
import subprocess
import sys

import pytest

STOCKS = "birth,dest,stock_start,stock_end\nA,A,100,90\nA,B,10,20\nB,A,5,5\nB,B,50,50\n"
VITAL = "region,births,deaths\nA,0,0\nB,0,0\n"


def run(*arguments, given="", folder=None):
    command = [sys.executable, "-c", "from panah.cli import main; main()", "flows", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=folder, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "stocks.csv").write_text(STOCKS, encoding="utf-8")
    (tmp_path / "vital.csv").write_text(VITAL, encoding="utf-8")
    return tmp_path


def test_every_method_gives_a_row_for_each_pair_with_the_interval_beside_it(folder):
    done = run("stocks.csv", "--births-deaths", "vital.csv", "--migrants", "12", folder=folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0, done.stderr
    assert len(rows) == 2 * 7
    there = {row["method"]: float(row["value"]) for row in rows if row["orig"] == "A"}
    assert there["sd_drop_neg"] == 10
    assert there["da_min_closed"] == pytest.approx(10)
    assert {(float(row["minimum"]), float(row["maximum"])) for row in rows if row["orig"] == "A"} == {
        (min(there.values()), max(there.values()))
    }


def test_methods_may_be_named_and_the_stocks_come_from_standard_input(folder):
    done = run(
        "-", "--births-deaths", "vital.csv", "--method", "sd_rev_neg", "-o", "out.csv", given=STOCKS, folder=folder
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert {row["method"] for row in csv.DictReader((folder / "out.csv").open(encoding="utf-8"))} == {"sd_rev_neg"}


def test_the_rate_alone_gives_percent_and_no_interval(folder):
    done = run("stocks.csv", "--births-deaths", "vital.csv", "--method", "mig_rate", folder=folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert sum(float(row["value"]) for row in rows) == pytest.approx(100)
    assert {row["minimum"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("stocks", "sentence"),
    [
        (STOCKS.replace("A,B,10,20", "A,B,ten,20"), "line 3, column stock_start: found 'ten'; allowed is a count"),
        (STOCKS.replace("A,B,10,20", "A,B,-1,20"), "line 3, column stock_start: found '-1'"),
        (STOCKS + "A,B,1,1\n", "line 6: A to B stands here a second time"),
        (STOCKS.replace("A,B,10,20\n", ""), "has no number for those born in A, living in B"),
        (STOCKS.replace("stock_end", "end"), "column stock_end is missing"),
        (STOCKS.replace("A,B,", "A,,"), "birth or dest is empty"),
        ("", "column birth, dest, stock_start, stock_end is missing"),
    ],
)
def test_a_bad_table_is_refused_whole_with_every_fault_named(folder, stocks, sentence):
    done = run("-", "--births-deaths", "vital.csv", given=stocks, folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pair_without_a_row_is_nobody_only_when_the_user_says_so(folder):
    sparse = STOCKS.replace("B,A,5,5\n", "")
    assert run("-", "--births-deaths", "vital.csv", given=sparse, folder=folder).returncode == 1
    assert run("-", "--births-deaths", "vital.csv", "--absent", "zero", given=sparse, folder=folder).returncode == 0


@pytest.mark.parametrize("wrong", [("--method", "da_best"), ("--absent", "guess"), ("--births-deaths", "nowhere.csv")])
def test_wrong_usage_ends_with_two(folder, wrong):
    done = run("stocks.csv", "--births-deaths", "vital.csv", *wrong, folder=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
