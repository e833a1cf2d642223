"""The auditor's page of reads: who, which file, when and why."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from panah.foundation.access.actions import OpenBreakGlass
from panah.foundation.clock import now
from panah.foundation.door.service import perform
from panah.foundation.journal.models import Entry
from panah.node.registration.models import PersonFile
from tests.people import arrives

REASON = "A child is missing and the file may say where."


@pytest.fixture
def file(officer: Any, signed_in: Any) -> PersonFile:
    """Read by its own post, and in break-glass by another."""
    aida = officer("border_officer", post="ALA", display_name="Aida", username="aida")
    found = PersonFile.objects.get(pk=arrives(aida, now(), None))
    signed_in(aida).get(f"/files/{found.pk}/")
    glass = officer("child_officer", display_name="Zhanar", username="zhanar")
    perform(OpenBreakGlass(by=glass.pk, happened_at=now(), reason=REASON, hours=1))
    signed_in(glass).get(f"/files/{found.pk}/")
    return found


def exported(browser: Any, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(f"/reads.csv{query}").content.decode("utf-8-sig"))))


@pytest.mark.parametrize("role", ["auditor", "ombudsman"])
def test_the_page_tells_who_read_which_file_and_why_and_names_no_person(role, file, officer, signed_in):
    text = signed_in(officer(role)).get("/reads/").content.decode()
    for told in ("Aida", "Zhanar", file.number, REASON, "By right"):
        assert told in text, told
    assert "Invented Person" not in text


def test_the_export_says_the_same_and_is_itself_a_line(file, officer, signed_in):
    auditor = officer("auditor")
    rows = [row for row in exported(signed_in(auditor)) if row["code"] == "registration.file_read"]
    assert {(row["username"], row["file"]) for row in rows} == {("aida", file.number), ("zhanar", file.number)}
    assert [row["why"] for row in rows if row["username"] == "zhanar"] == [f"Break-glass: {REASON}"]
    assert Entry.objects.filter(code="audit.reads_exported", by=auditor.pk).count() == 1


def test_one_officer_or_one_file_or_other_days_may_be_asked_for(file, officer, signed_in):
    browser = signed_in(officer("auditor"))
    assert {row["username"] for row in exported(browser, "?officer=zhanar")} == {"zhanar"}
    assert {row["file"] for row in exported(browser, f"?number={file.number.lower()}")} == {file.number}
    assert exported(browser, "?until=2020-01-01") == []


def test_a_name_that_begins_like_a_formula_is_harmless_in_a_spreadsheet(officer, signed_in):
    auditor = officer("auditor", display_name="=HYPERLINK(1)")
    browser = signed_in(auditor)
    browser.get("/reads/")
    assert {row["who"] for row in exported(browser)} == {"'=HYPERLINK(1)"}


def test_more_reads_ask_no_more_of_the_database(file, officer, signed_in, django_assert_max_num_queries):
    auditor = signed_in(officer("auditor"))
    aida = signed_in(type(officer("registrar", post="ALA")).objects.get(username="aida"))
    for _ in range(10):
        aida.get(f"/files/{file.pk}/")
    with django_assert_max_num_queries(20):
        assert auditor.get("/reads/").status_code == 200


@pytest.mark.parametrize("role", ["supervisor", "administrator", "border_officer", "consular_officer", "statistician"])
def test_others_find_no_page_of_reads(role, officer, signed_in):
    for path in ("/reads/", "/reads.csv"):
        assert signed_in(officer(role, post="ALA")).get(path).status_code == 404
