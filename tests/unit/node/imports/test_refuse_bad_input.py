"""What cannot be trusted is refused, whole, with row, column, what was found and what is allowed; what is good goes in."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from panah.node.imports.actions import said_in
from panah.node.imports.models import Import, RefusedRow
from panah.node.imports.service import import_by_command, read_file, write_refused
from panah.node.registration.models import PersonFile
from tests.unit.node.imports.conftest import HEAD, JASUR, ZAHRA, csv_of, refusal_of_file, why, xlsx_of

pytestmark = pytest.mark.django_db


def changed(row: list[str], column: str, value: str) -> list[str]:
    return [value if name == column else cell for name, cell in zip(HEAD, row, strict=True)]


def test_a_wrong_column_refuses_the_file_and_names_the_nearest(take: Any) -> None:
    head = ["id", "arrived_at", "child.acompanied_by"]
    said = refusal_of_file(lambda: take(csv_of(["1", "2026-11-20", "nobody"], head=head)))
    assert "child.acompanied_by" in said
    assert "(C)" in said
    assert "“child.accompanied_by”" in said
    assert PersonFile.objects.count() == 0


def test_a_column_that_stands_twice_refuses_the_file(take: Any) -> None:
    said = refusal_of_file(
        lambda: take(
            csv_of(["1", "2026-11-20", "male", "female"], head=["id", "arrived_at", "person.sex", "person.sex"])
        )
    )
    assert "twice" in said
    assert "C and D" in said


@pytest.mark.parametrize("date", ["1990-02-30", "03/05/1990", "soon", "31.04.1990", "2060-01-01"])
def test_a_bad_date_refuses_its_row_and_no_other(take: Any, date: str) -> None:
    bad, good = take(csv_of(changed(ZAHRA, "person.birth_date", date), JASUR))
    assert (bad.row.number, bad.problems[0].column) == (2, "person.birth_date")
    assert date in why(bad)
    assert good.state == "taken"
    assert PersonFile.objects.count() == 1


@pytest.mark.parametrize("arrived", ["", "2026-13-01", "11/20/2026", "2999-01-01"])
def test_a_bad_arrival_refuses_its_row(take: Any, arrived: str) -> None:
    (bad,) = take(csv_of(changed(ZAHRA, "arrived_at", arrived)))
    assert bad.problems[0].column == "arrived_at"


@pytest.mark.parametrize("date", ["2999-01-01", "tomorrow", "2026-11-31"])
def test_an_interview_that_was_not_held_yet_refuses_its_row(take: Any, date: str) -> None:
    (bad,) = take(csv_of([*ZAHRA, date], head=[*HEAD, "date"]))
    assert bad.problems[0].column == "date"


def test_a_number_whose_last_digits_a_spreadsheet_lost_refuses_its_row(take: Any) -> None:
    head = [*HEAD, "documents.1.type", "documents.1.number"]
    bad, good = take(xlsx_of([*ZAHRA, "id_card", 12345678901234567], [*JASUR, "id_card", 123456789012], head=head))
    assert bad.problems[0].column == "documents.1.number"
    assert "fifteenth" in why(bad)
    assert good.state == "taken"


def test_an_unknown_country_is_named_with_what_is_allowed(take: Any) -> None:
    (bad,) = take(csv_of(changed(ZAHRA, "person.citizenships", "AFG;ZZZ")))
    assert why(bad).startswith("Column person.citizenships: found “AFG;ZZZ”; allowed is countries by ISO 3166-1")


def test_everything_wrong_with_a_row_is_said_at_once(take: Any) -> None:
    row = changed(changed(ZAHRA, "person.sex", "woman"), "protection.fears_return", "maybe")
    (bad,) = take(csv_of(row))
    assert [problem.column for problem in bad.problems] == ["person.sex", "protection.fears_return"]
    assert "female, male, other, unknown" in why(bad)


def test_an_empty_file_is_refused(take: Any) -> None:
    assert "no bytes" in refusal_of_file(lambda: take(b""))
    assert "no person" in refusal_of_file(lambda: take(csv_of()))
    assert "no person" in refusal_of_file(lambda: take(xlsx_of()))


def test_a_formula_refuses_its_row_with_the_cell_named_and_is_never_computed(take: Any) -> None:
    bad, good = take(xlsx_of(changed(ZAHRA, "person.sex", '=IF(1=1,"female","")'), JASUR))
    assert bad.problems[0].column == "person.sex"
    assert "D2" in why(bad)
    assert "formula" in why(bad)
    assert good.state == "taken"
    (in_table,) = take(csv_of(changed(ZAHRA, "name", "=1+1")))
    assert "formula" in why(in_table)


def test_a_row_that_stands_twice_is_taken_once_and_both_are_named(take: Any) -> None:
    first, second = take(csv_of(ZAHRA, ZAHRA))
    assert first.state == "taken"
    assert second.row.number == 3
    assert "row 2" in why(second)
    assert PersonFile.objects.count() == 1


def test_one_number_for_two_people_refuses_the_second(take: Any) -> None:
    _first, second = take(csv_of(ZAHRA, ["1", *JASUR[1:]]))
    assert "something else" in why(second)


def test_a_row_in_another_encoding_is_named_and_the_rest_goes_in(take: Any) -> None:
    utf8 = csv_of(changed(ZAHRA, "name", "Иванова Ольга"))
    cyrillic = csv_of(changed(JASUR, "name", "Петров Пётр")).splitlines()[1].decode().encode("cp1251") + b"\r\n"
    good, bad = take(utf8 + cyrillic)
    assert good.state == "taken"
    assert (bad.row.number, bad.problems[0].column) == (3, "name")
    assert "one encoding" in why(bad)
    first, second, third = take(
        csv_of(changed(ZAHRA, "name", "Иванова Ольга"), changed(JASUR, "name", "Петров Пётр"), encoding="cp1251")
        + ",".join(["3", *changed(ZAHRA, "name", "Сидорова")[1:]]).encode()
    )
    assert (first.state, second.state) == ("known", "taken")
    assert "one encoding" in why(third)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encodings_and_parting_signs_are_found(take: Any, encoding: str, sign: str) -> None:
    content = csv_of(changed(ZAHRA, "name", "Иванова Ольга"), sign=sign, encoding=encoding)
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + content
    (result,) = take(content)
    assert PersonFile.objects.get(pk=result.file).names.get().text == "Иванова Ольга"


def test_western_letters_are_not_read_as_cyrillic_ones(take: Any) -> None:
    (bad,) = take(csv_of(changed(ZAHRA, "name", "Gül Yıldız"), encoding="cp1254"))
    assert "encoding" in why(bad)


@pytest.mark.parametrize("junk", [bytes(range(256)) * 40, b"\x7fELF" + bytes(4000), b"%PDF-1.7\n\x00\x01\x02" * 30])
def test_binary_junk_is_refused(take: Any, junk: bytes) -> None:
    assert "neither a workbook" in refusal_of_file(lambda: take(junk, "people.csv"))


def test_junk_in_the_clothes_of_a_workbook_is_refused(take: Any) -> None:
    assert "XLS" in refusal_of_file(lambda: take(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "people.xls"))
    assert "archive" in refusal_of_file(lambda: take(b"PK\x03\x04" + bytes(500), "people.xlsx"))
    cut = xlsx_of(ZAHRA)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(cut)) as whole, zipfile.ZipFile(file, "w") as broken:
        for part in whole.infolist():
            content = whole.read(part)
            broken.writestr(part.filename, content[: len(content) // 2] if "sheet1" in part.filename else content)
    assert "damaged" in refusal_of_file(lambda: take(file.getvalue()))


def test_a_wrong_ending_is_said_and_the_content_counts(take: Any) -> None:
    incoming = read_file(io.BytesIO(csv_of(ZAHRA)), "people.xlsx")
    assert incoming.format == "csv"
    assert "xlsx" in incoming.notes[0]
    incoming = read_file(io.BytesIO(xlsx_of(ZAHRA)), "people.csv")
    assert incoming.format == "xlsx"


def test_hidden_sheets_are_left_out_and_said() -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Old").append(HEAD)
        book["Old"].sheet_state = "veryHidden"

    incoming = read_file(io.BytesIO(xlsx_of(ZAHRA, change=hide)))
    assert "Old" in incoming.notes[0]
    assert len(list(incoming.rows)) == 1


def test_people_on_two_sheets_are_never_half_taken(take: Any) -> None:
    def second(book: Workbook) -> None:
        book.create_sheet("More").append(HEAD)

    assert "More" in refusal_of_file(lambda: take(xlsx_of(ZAHRA, change=second)))


def test_merged_cells_refuse_the_rows_they_touch(take: Any) -> None:
    rows = [["3", *ZAHRA[1:]], ["4", *JASUR[1:]], ["5", *JASUR[1:]]]
    bad, worse, good = take(xlsx_of(*rows, change=lambda book: book.active.merge_cells("C2:C3")))
    assert "C2:C3" in why(bad)
    assert "C2:C3" in why(worse)
    assert good.state == "taken"


def test_a_quotation_mark_that_is_not_closed_names_the_rows_it_swallows(take: Any) -> None:
    lines = [
        ",".join(HEAD),
        ",".join(changed(ZAHRA, "name", '"Zahra')),
        ",".join(JASUR),
        ",".join(["3", *JASUR[1:2], '"Ali"', *JASUR[3:]]),
    ]
    results = take("\n".join(lines).encode())
    assert {one.state for one in results} == {"refused"}
    assert [one.row.number for one in results] == [2, 3, 4]


def test_a_cell_under_no_heading_refuses_the_row(take: Any) -> None:
    (bad,) = take(csv_of([*ZAHRA, "female"]))
    assert "Column H" in why(bad)


def test_too_many_columns_and_rows_are_refused_with_their_limit(take: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    head = [*HEAD, *("" for _ in range(600))]
    assert "500" in refusal_of_file(lambda: take(csv_of(ZAHRA, head=head)))
    from panah.node.imports import table

    monkeypatch.setattr(table, "MOST_ROWS", 1)
    assert "rows" in refusal_of_file(lambda: take(csv_of(ZAHRA, JASUR)))
    assert Import.objects.filter(state="refused").count() == 2


def test_a_workbook_that_grows_past_all_measure_is_refused_unread(take: Any) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(ZAHRA))) as whole, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in whole.infolist():
            bomb.writestr(part, whole.read(part))
        with bomb.open("xl/worksheets/sheet2.xml", "w") as huge:
            for _ in range(450):
                huge.write(bytes(1_000_000))
    assert len(file.getvalue()) < 2_000_000
    assert "400 MB" in refusal_of_file(lambda: take(file.getvalue()))


def test_entities_in_a_workbook_are_refused(take: Any) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(ZAHRA))) as whole, zipfile.ZipFile(file, "w") as evil:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            evil.writestr(part.filename, content)
    assert "cannot be read" in refusal_of_file(lambda: take(file.getvalue()))


MEASURED = """
import json, resource, sys, time
import django; django.setup()
from panah.node.imports.service import FileRefused, read_file
with open(sys.argv[1], "rb") as file:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    try:
        for row in read_file(file).rows: pass
        said = ""
    except FileRefused as refused:
        said = str(refused)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"said": said, "grown_kb": grown, "seconds": time.perf_counter() - began}))
"""


def measured(path: Path) -> dict[str, Any]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, env=environment, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_file_of_200_mb_is_refused_by_its_limit_without_filling_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.write(csv_of(ZAHRA))
        file.truncate(200_000_000)
    found = measured(path)
    assert "200 MB; at most 100 MB" in found["said"]
    assert found["grown_kb"] < 20_000


def test_a_large_table_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.write(csv_of())
        line = ",".join(ZAHRA[1:]).encode()
        for number in range(60_000):
            file.write(b"%d,%s\n" % (number, line))
    found = measured(path)
    assert found["said"] == ""
    assert found["grown_kb"] < 60_000


def test_refused_rows_are_downloaded_mended_and_sent_again(take: Any) -> None:
    bad = changed(ZAHRA, "person.sex", "woman")
    take(csv_of(bad, JASUR))
    row = RefusedRow.objects.get()
    for format_ in ("xlsx", "csv"):
        content = io.BytesIO()
        write_refused(content, [(row.pk, said_in(row))], format_)
        (still,) = take(content.getvalue())
        assert "Column person.sex" in why(still)
    text = content.getvalue().decode("utf-8-sig")
    head, line = text.splitlines()
    mended = f"{head}\n{line.rpartition('woman')[0]}female{line.rpartition('woman')[2]}".encode()
    (result,) = take(mended)
    assert result.state == "taken"
    assert not RefusedRow.objects.filter(pk=row.pk).exists()
    assert PersonFile.objects.count() == 2


def test_cells_that_look_like_formulas_come_back_as_the_text_they_were(take: Any) -> None:
    take(csv_of(changed(changed(ZAHRA, "name", "'Abd al-Rahmān"), "person.sex", "-woman")))
    row = RefusedRow.objects.get()
    for format_ in ("xlsx", "csv"):
        content = io.BytesIO()
        write_refused(content, [(row.pk, said_in(row))], format_)
        (again,) = list(read_file(io.BytesIO(content.getvalue())).rows)
        assert not again.problems
        assert (again.cells["name"], again.cells["person.sex"]) == ("'Abd al-Rahmān", "-woman")


def test_an_officer_without_the_right_takes_nothing_in(officer: Any) -> None:
    from panah.foundation.door.service import NotAllowed

    for stranger in (
        officer("supervisor", post="ALA"),
        officer("border_officer"),
        officer("registrar", post="ALA", serves_state="AFG"),
    ):
        with pytest.raises(NotAllowed):
            list(import_by_command(read_file(io.BytesIO(csv_of(ZAHRA))), bytes(32), stranger, ""))
    assert PersonFile.objects.count() == 0
