"""People from a spreadsheet: registered and screened once, whatever the file's format."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest

from panah.foundation.door.models import Receipt
from panah.foundation.journal import service as journal
from panah.node.imports.models import Import, RefusedRow
from panah.node.imports.service import write_template
from panah.node.profiling.service import proposal_of
from panah.node.registration.models import PersonFile
from tests.unit.node.imports.conftest import HEAD, JASUR, ZAHRA, csv_of, refusal_of_file, why, xlsx_of

pytestmark = pytest.mark.django_db


def test_a_row_becomes_a_file_with_a_proposal(take: Any, aida: Any) -> None:
    (result,) = take(csv_of(ZAHRA))
    file = PersonFile.objects.get(pk=result.file)
    assert (file.place, file.sex, file.birth, file.citizenships) == ("ALA", "female", "1990-05", ["AFG"])
    assert [name.text for name in file.names.all()] == ["زهرا احمدی"]
    assert file.arrived_at == datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    assert result.number == file.number
    proposal = proposal_of(file.pk)
    assert proposal is not None
    assert "asylum_seeker" in [line["code"] for line in proposal.profile["profiles"]]
    assert Receipt.objects.get(pk=result.action).by == aida.pk


def test_workbook_and_table_with_the_same_people_are_the_same_people(take: Any) -> None:
    first = take(xlsx_of(ZAHRA, JASUR))
    second = take(csv_of(ZAHRA, JASUR, sign=";", encoding="utf-16"))
    assert [one.state for one in first] == ["taken", "taken"]
    assert [one.state for one in second] == ["known", "known"]
    assert [one.file for one in first] == [one.file for one in second]
    assert PersonFile.objects.count() == 2


def test_the_same_file_again_adds_nothing(take: Any) -> None:
    take(csv_of(ZAHRA, JASUR))
    lines, _hash = journal.head()
    again = take(csv_of(ZAHRA, JASUR))
    assert [one.state for one in again] == ["known", "known"]
    assert PersonFile.objects.count() == 2
    assert journal.head()[0] == lines + 2  # the import itself was begun and ended
    assert Import.objects.count() == 1


def test_a_colleague_who_sends_the_same_people_adds_nothing(take: Any, officer: Any) -> None:
    take(csv_of(ZAHRA))
    (again,) = take(csv_of(ZAHRA), by=officer("registrar", post="ALA"))
    assert again.state == "known"


def test_a_row_that_changed_under_its_number_is_refused_and_nothing_is_amended(take: Any) -> None:
    take(csv_of(ZAHRA))
    changed = [*ZAHRA[:3], "male", *ZAHRA[4:]]
    (result,) = take(csv_of(changed))
    assert "Column id" in why(result)
    assert PersonFile.objects.get().sex == "female"


def test_lists_that_begin_anew_every_day_are_kept_apart(take: Any) -> None:
    take(csv_of(ZAHRA))
    (result,) = take(csv_of(["1", "2026-11-21", *JASUR[2:]]))
    assert result.state == "taken"


def test_excel_dates_and_numbers_read_as_what_they_show(take: Any) -> None:
    row = ["7", datetime(2026, 11, 20, 9, 30), "Лола", "female", 1990, "TJK", "unknown"]
    (result,) = take(xlsx_of(row))
    file = PersonFile.objects.get(pk=result.file)
    assert file.arrived_at == datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
    assert file.birth == "1990"


def test_dates_with_dots_are_day_month_year(take: Any) -> None:
    (result,) = take(csv_of(["7", "20.11.2026 08:00", "Лола", "female", "3.5.1990", "TJK", ""]))
    assert PersonFile.objects.get(pk=result.file).birth == "1990-05-03"


def test_headings_and_answers_may_be_the_words_of_the_questions(take: Any) -> None:
    from panah.node.imports.columns import COLUMN, heading, value_label

    head = [heading(COLUMN[key], "ru") for key in HEAD]
    assert all(head)
    assert head != HEAD
    row = [*ZAHRA[:3], value_label(COLUMN["person.sex"], "female", "ru"), *ZAHRA[4:6]]
    row.append(value_label(COLUMN["protection.fears_return"], "yes", "ru"))
    content = xlsx_of(row, head=head)
    (result,) = take(content)
    assert result.state == "taken", why(result)
    (same,) = take(csv_of(ZAHRA))
    assert same.state == "known"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_closed_answer_may_be_written_in_words(language: str) -> None:
    """The words of the pack for each value, in both languages of the interface, lead back to that value and no other."""
    from panah.node.imports.columns import COLUMNS, labels, plain, value_label

    closed = [(column, code) for column in COLUMNS for code in column.allowed if code != "none"]
    wordless = [(column.key, code) for column, code in closed if not value_label(column, code, language)]
    assert wordless == []
    astray = [(c.key, code) for c, code in closed if labels(c).get(plain(value_label(c, code, language))) != code]
    assert astray == []


def test_an_empty_cell_was_not_asked_and_the_word_none_is_an_answer(take: Any) -> None:
    asked, open_ = take(csv_of([*ZAHRA[:5], "none", "no"], [*JASUR[:5], "", "no"]))
    assert proposal_of(asked.file).record["person"]["citizenships"] == []
    assert "citizenships" not in proposal_of(open_.file).record["person"]


def test_a_row_without_answers_waits_for_its_interview(take: Any) -> None:
    (result,) = take(csv_of([*ZAHRA[:6], ""]))
    assert PersonFile.objects.get(pk=result.file).status == "registered"
    assert proposal_of(result.file) is None


def test_documents_and_leaflets_stand_in_columns_of_their_own(take: Any) -> None:
    head = [*HEAD, "documents.1.type", "documents.1.issuer", "documents.1.number", "leaflets", "language"]
    (result,) = take(csv_of([*ZAHRA, "passport", "AFG", "P0123456", "your_rights;your_data", "fa"], head=head))
    file = PersonFile.objects.get(pk=result.file)
    document = file.documents.get()
    assert (document.type, document.issuer, document.number) == ("passport", "AFG", "P0123456")
    assert file.language == "fa"
    assert proposal_of(file.pk).record["documents"] == [{"type": "passport", "issuer": "AFG", "number": "P0123456"}]


def test_the_installation_itself_may_send_rows_of_any_place(take: Any) -> None:
    head = [*HEAD, "place"]
    results = take(csv_of([*ZAHRA, "NQZ"], [*JASUR, ""], head=head), by=None, place="ALA")
    assert [PersonFile.objects.get(pk=one.file).place for one in results] == ["NQZ", "ALA"]


def test_an_officer_sends_rows_of_their_own_post_only(take: Any) -> None:
    (result,) = take(csv_of([*ZAHRA, "NQZ"], head=[*HEAD, "place"]))
    assert "Column place" in why(result)
    assert "ALA" in why(result)


def test_nothing_of_a_person_stands_open_in_the_journal_or_in_a_refused_row(take: Any) -> None:
    from panah.foundation.journal.models import Entry

    take(csv_of(ZAHRA, [*JASUR[:3], "man", *JASUR[4:]]))
    said = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert "Karimov" not in said
    assert "زهرا" not in said
    assert b"Karimov" not in bytes(RefusedRow.objects.get().sealed)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_template_is_read_back_and_is_empty(take: Any, language: str) -> None:
    file = io.BytesIO()
    write_template(file, language)
    assert "no person" in refusal_of_file(lambda: take(file.getvalue()))


def test_a_filled_template_is_taken_in(take: Any) -> None:
    import openpyxl

    file = io.BytesIO()
    write_template(file, "en")
    book = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    for key, value in zip(HEAD, ZAHRA, strict=True):
        sheet.cell(3, at[key], value)
    book.save(file := io.BytesIO())
    (result,) = take(file.getvalue())
    assert (result.state, result.row.number) == ("taken", 3)
