"""The pages where an officer sends a file, sees what became of it, and downloads what was refused."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from panah.foundation.clock import now, standing_at
from panah.foundation.journal.models import Entry
from panah.node.imports.actions import KEPT_FOR
from panah.node.imports.models import Import, RefusedRow
from panah.node.imports.service import read_waiting
from panah.node.imports.tasks import forget_expired, go_on_with_imports, read_import
from panah.node.registration.models import PersonFile
from tests.unit.node.imports.conftest import HEAD, JASUR, ZAHRA, csv_of

pytestmark = pytest.mark.django_db

BAD = [*JASUR[:3], "man", *JASUR[4:]]


@pytest.fixture
def browser(aida: Any, signed_in: Any) -> Any:
    return signed_in(aida)


def send(browser: Any, content: bytes, name: str = "people.csv") -> Any:
    return browser.post("/imports/", {"file": SimpleUploadedFile(name, content)})


def work() -> None:
    """Do what is queued, as the worker would, in this transaction."""
    for queued in DBTaskResult.objects.filter(task_path=read_import.module_path, status="READY"):
        read_import.func(*queued.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=queued.pk).update(status="SUCCESSFUL")


def test_a_file_that_was_sent_is_read_by_the_worker_and_its_page_says_what_became_of_it(browser: Any) -> None:
    answer = send(browser, csv_of(ZAHRA, BAD))
    assert answer.status_code == 302
    waiting = browser.get(answer.url).content.decode()
    assert "hx-trigger" in waiting
    assert "Look again" in waiting
    work()
    page = browser.get(answer.url).content.decode()
    assert "hx-trigger" not in page
    assert "Column person.sex: found “man”; allowed is female, male, other, unknown." in page
    assert PersonFile.objects.get().source == "sheet"
    found = Import.objects.get()
    assert (found.taken, found.refused, found.content) == (1, 1, None)
    assert "Read" in browser.get("/imports/").content.decode()


def test_refused_rows_are_downloaded_mended_and_sent_again(browser: Any) -> None:
    page = send(browser, csv_of(ZAHRA, BAD)).url
    work()
    answer = browser.get(f"{page}refused/")
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(code="imports.refused_read").count() == 1
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    assert head[:2] == ["refused.why", "refused.id"]
    assert "man" in sheet.cell(2, 1).value
    sheet.cell(2, head.index("person.sex") + 1).value = "male"
    book.save(mended := io.BytesIO())
    send(browser, mended.getvalue(), "mended.xlsx")
    work()
    assert PersonFile.objects.count() == 2
    assert RefusedRow.objects.count() == 0
    assert browser.get(f"{page}refused/").status_code == 404


def test_a_file_that_is_none_is_refused_on_the_spot(browser: Any) -> None:
    for content, sentence in ((b"\x00\x01\x02" * 50, "neither a workbook"), (b"", "no bytes")):
        answer = send(browser, content)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert Import.objects.count() == 0


def test_a_file_that_turns_out_wrong_ends_as_refused_and_says_why(browser: Any) -> None:
    page = send(browser, csv_of(["1", "x"], head=["id", "persn.sex"])).url
    work()
    said = browser.get(page).content.decode()
    assert "There is no column “persn.sex”" in said
    assert Import.objects.get().state == "refused"


def test_other_posts_and_other_roles_find_nothing(browser: Any, officer: Any, signed_in: Any) -> None:
    page = send(browser, csv_of(ZAHRA, BAD)).url
    work()
    for stranger in (
        officer("border_officer", post="NQZ"),
        officer("supervisor", post="ALA"),
        officer("border_officer", post="ALA", serves_state="AFG"),
    ):
        other = signed_in(stranger)
        assert other.get(page).status_code == 404
        assert other.get(f"{page}refused/").status_code == 404
        assert other.get(f"{page}standing/").status_code == 404
    assert signed_in(officer("supervisor", post="ALA")).get("/imports/").status_code == 404


def test_the_empty_sheet_and_the_form_are_downloaded(browser: Any) -> None:
    assert (
        openpyxl.load_workbook(io.BytesIO(browser.get("/imports/template/").content)).worksheets[0]["A1"].value
        == HEAD[0]
    )
    assert browser.get("/imports/form/").content[:2] == b"PK"
    assert b"<h:html" in browser.get("/imports/form/?as=xml").content


def test_refused_rows_are_forgotten_when_their_time_is_over(browser: Any) -> None:
    send(browser, csv_of(BAD))
    work()
    assert forget_expired.func() == 0
    with standing_at(now() + KEPT_FOR + timedelta(minutes=1)):
        assert forget_expired.func() == 1
    assert RefusedRow.objects.count() == 0


def test_an_import_whose_worker_was_killed_is_read_to_its_end(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from panah.node.imports import taking

    send(browser, csv_of(ZAHRA, JASUR))
    found, real = Import.objects.get(), taking.perform

    def killed(action: Any) -> Any:
        if action.code == "registration.register" and PersonFile.objects.exists():
            raise KeyboardInterrupt
        return real(action)

    monkeypatch.setattr(taking, "perform", killed)
    with pytest.raises(KeyboardInterrupt):
        read_waiting(found.pk)
    monkeypatch.undo()
    assert PersonFile.objects.count() == 1
    assert go_on_with_imports.func() == 0
    with standing_at(now() + timedelta(minutes=11)):
        assert go_on_with_imports.func() == 1
        work()
    assert PersonFile.objects.count() == 2
    assert Import.objects.get().state == "finished"


def test_the_pages_read_in_russian(browser: Any) -> None:
    browser.cookies["django_language"] = "ru"
    assert browser.get("/imports/", headers={"accept-language": "ru"}).status_code == 200
