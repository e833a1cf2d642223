"""`panah import` and `panah form`, as a script calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from panah.cli import main
from panah.node.imports.models import Import
from panah.node.registration.models import PersonFile
from tests.unit.node.imports.conftest import HEAD, JASUR, ZAHRA, csv_of

pytestmark = pytest.mark.django_db

BAD = [*JASUR[:3], "man", *JASUR[4:]]


@pytest.fixture
def panah(capfd: pytest.CaptureFixture[str]) -> Any:
    """Run a command; gives exit status, standard output and standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(ZAHRA, BAD))
    return path


def test_an_import_says_what_became_of_the_rows_and_ends_with_1_when_some_were_refused(
    panah: Any, sheet: Path, aida: Any
) -> None:
    status, out, error = panah("import", sheet, "--by", aida.username)
    assert (status, out) == (1, "2 rows: 1 taken in, 0 known before, 1 refused.\n")
    assert error == "row 3: Column person.sex: found “man”; allowed is female, male, other, unknown.\n"
    assert Import.objects.get().by == aida.pk
    status, out, _error = panah("import", sheet, "--by", aida.username)
    assert (status, out) == (1, "2 rows: 0 taken in, 1 known before, 1 refused.\n")


def test_refused_rows_are_written_mended_and_taken(panah: Any, sheet: Path, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    panah("import", sheet, "--place", "ALA", "--refused-out", refused)
    with refused.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "Column person.sex" in rows[0].pop("refused.why")
    rows[0]["person.sex"] = "male"
    with refused.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    status, out, error = panah("import", refused, "--place", "ALA")
    assert (status, out, error) == (0, "1 rows: 1 taken in, 0 known before, 0 refused.\n", "")
    assert PersonFile.objects.count() == 2


def test_receipts_are_one_json_line_a_row(panah: Any, sheet: Path) -> None:
    _status, out, error = panah("import", sheet, "--place", "ALA", "--receipts")
    (line,) = [json.loads(line) for line in out.splitlines()]
    file = PersonFile.objects.get()
    assert (line["row"], line["state"], line["file"], line["number"]) == (2, "taken", str(file.pk), file.number)
    assert "1 refused" in error


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--by", "nobody"), 1, "There is no account 'nobody'."),
        (("--place", "MARS"), 2, "there is no place 'MARS'"),
        (("--format", "ods"), 2, "allowed are xlsx, csv, odk, odk_zip, json"),
        (("--refused-out", "x.txt"), 2, "ends with .xlsx or .csv"),
        (("--format", "xlsx"), 1, "is said to be xlsx and is csv"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(
    panah: Any, sheet: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    found, _out, error = panah("import", sheet, *arguments)
    assert found == status
    assert sentence in " ".join(error.replace("│", " ").split())
    assert PersonFile.objects.count() == 0


def test_an_officer_sends_to_their_own_post_and_needs_the_right(
    panah: Any, sheet: Path, aida: Any, officer: Any
) -> None:
    assert panah("import", sheet, "--by", aida.username, "--place", "NQZ")[0] == 2
    status, _out, error = panah("import", sheet, "--by", officer("supervisor", post="ALA", username="marat").username)
    assert status == 1
    assert "marat may not take files in" in error


def test_a_file_that_is_none_is_refused_in_a_sentence(panah: Any, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"\x00\x01" * 500)
    status, out, error = panah("import", path, "--place", "ALA")
    assert (status, out) == (1, "")
    assert error.startswith(f"panah: {path}: This is neither a workbook")
    assert panah("import", tmp_path / "missing.csv")[0] == 2


def test_the_form_and_the_empty_sheet_are_written(panah: Any, tmp_path: Path) -> None:
    form, xform, sheet = tmp_path / "form.xlsx", tmp_path / "form.xml", tmp_path / "sheet.xlsx"
    assert panah("form", "-o", form)[0] == 0
    assert panah("form", "xml", "-o", xform)[0] == 0
    assert panah("form", "sheet", "-o", sheet, "--language", "ru")[0] == 0
    assert openpyxl.load_workbook(form).sheetnames == ["survey", "choices", "settings"]
    assert b'version="panah_kaz/1/' in xform.read_bytes()
    assert openpyxl.load_workbook(sheet).worksheets[0]["A1"].value == HEAD[0]
    assert panah("form", "pdf")[0] == 2
