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


KEYED = "PLACE,SEX,count,cell_key\n" + "".join(
    f"{place},{sex},{count},{count * 1777}\n"
    for place, sex, count in [
        ("a", "F", 700),
        ("a", "M", 640),
        ("b", "F", 31),
        ("b", "M", 4),
        ("c", "F", 2),
        ("c", "M", 55),
    ]
)


def test_a_large_table_with_keys_is_blurred_and_a_small_count_never_shown(folder):
    (folder / "keyed.csv").write_text(KEYED, encoding="utf-8")
    done = run("keyed.csv", "--rules", "rules.yml", "--proof", "proof.json", folder=folder)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["method"] for row in rows} == {"cell_key"}
    assert all(int(row["count"]) == 0 or int(row["count"]) >= 10 for row in rows)
    assert all(int(row["lower"]) <= int(row["upper"]) for row in rows)
    assert json.loads((folder / "proof.json").read_text())["chances"].startswith("sha-256:")
    again = run("keyed.csv", "--rules", "rules.yml", folder=folder)
    assert again.stdout == done.stdout, "asked again, the same"


def test_a_small_table_is_withheld_in_parts_though_it_brings_keys(folder):
    small = KEYED.replace("700", "70").replace("640", "64")
    done = run("-", "--rules", "rules.yml", given=small, folder=folder)
    assert {row["method"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"suppression"}


@pytest.mark.parametrize(
    ("row", "instead", "said"),
    [
        ("b,F,31,55087", "b,F,31,0", "PLACE=b, SEX=F: found key 0 for a cell that counts 31"),
        ("b,F,31,55087", "b,F,31,", "line 4, cell_key: found no key"),
        ("b,F,31,55087", "b,F,31,-5", "line 4, cell_key: found '-5'"),
        ("c,F,2,3554", "c,F,0,3554", "PLACE=c, SEX=F: found key 3554 for a cell that counts nobody"),
        ("c,M,55,97735", "c,M,55,97735\n_T,F,733,5", "SEX=F: found key 5, its parts together 1302541"),
    ],
    ids=["nought", "nothing", "no number", "nobody", "margin"],
)
def test_one_cell_without_its_key_is_named_and_nothing_leaves(folder, row, instead, said):
    assert row in KEYED
    done = run("-", "--rules", "rules.yml", "-o", "out.csv", given=KEYED.replace(row, instead), folder=folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (folder / "out.csv").exists()


def test_the_only_record_of_a_cell_may_have_the_key_0_and_whoever_publishes_is_told(folder):
    done = run("-", "--rules", "rules.yml", given=KEYED.replace("c,F,2,3554", "c,F,1,0"), folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("has the key 0") == 1
    assert "PLACE=c, SEX=F" in done.stderr


def test_cell_keys_that_are_asked_for_and_missing_are_named(folder):
    (folder / "rules.yml").write_text("method: cell_key\n", encoding="utf-8")
    done = run("table.csv", "--rules", "rules.yml", folder=folder)
    assert done.returncode == 2
    assert "cell_key" in done.stderr


def test_noise_is_charged_to_the_ledger_and_refused_when_nothing_is_left(folder):
    (folder / "rules.yml").write_text("method: laplace\nepsilon: 0.6\nchanges: 2\n", encoding="utf-8")
    (folder / "book.json").write_text('{"population": "arrivals", "limit": "1"}', encoding="utf-8")
    first = run("table.csv", "--rules", "rules.yml", "--ledger", "book.json", folder=folder)
    assert first.returncode == 0, first.stderr
    assert {row["method"] for row in csv.DictReader(io.StringIO(first.stdout))} == {"laplace"}
    second = run("table.csv", "--rules", "rules.yml", "--ledger", "book.json", folder=folder)
    assert (second.returncode, second.stdout) == (1, "")
    assert "0.4 of 1 is left" in second.stderr
    assert len(json.loads((folder / "book.json").read_text())["spendings"]) == 1
    assert run("table.csv", "--rules", "rules.yml", folder=folder).returncode == 2


def test_sums_of_records_are_protected_with_what_is_left_open_beside_them(folder):
    (folder / "rules.yml").write_text("method: sums\namount: usd\n", encoding="utf-8")
    records = "".join(f"{'ab'[i % 2]},{'xyz'[i % 3]},{(i * 37) % 91 + 1}\n" for i in range(40)) + "c,x,5000\n"
    done = run("-", "--rules", "rules.yml", given="corridor,sector,usd\n" + records, folder=folder)
    assert done.returncode == 0, done.stderr
    rows = {(row["corridor"], row["sector"]): row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["c", "x"]["sum"] == ""
    assert float(rows["c", "x"]["lower"]) <= 5000 <= float(rows["c", "x"]["upper"])
    assert rows["_T", "y"]["status"] == "published"


@pytest.mark.parametrize("rules", ["method: laplace\n", "method: guess\n", "method: cell_key\nmost: 40\n"])
def test_rules_of_a_method_that_cannot_be_kept_are_wrong_usage(folder, rules):
    (folder / "rules.yml").write_text(rules, encoding="utf-8")
    assert run("table.csv", "--rules", "rules.yml", folder=folder).returncode == 2
