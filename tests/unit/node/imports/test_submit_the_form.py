"""The form made from the pack, and what comes back from those who collect with it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from defusedxml import ElementTree

from panah.cli.demo.people import arrivals
from panah.cores.screening.fields import FIELD, FIELDS
from panah.cores.screening.questions import read_questions
from panah.node.imports.columns import COLUMN, LEFT
from panah.node.imports.form_names import element_of, form_id, form_mark
from panah.node.imports.people import read_person
from panah.node.imports.service import form_xlsx, form_xml, read_file, read_folder, rows_for, submission_for, terms_for
from panah.node.imports.xlsform import form_warnings
from panah.node.profiling.service import proposal_of
from panah.node.registration.models import PersonFile
from panah.node.registration.service import node_pack
from tests.unit.node.imports.conftest import refusal_of_file, why

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-20T10:00:00+05:00")
XF = "{http://www.w3.org/2002/xforms}"


@dataclass(frozen=True)
class Name:
    full: str = "زهرا احمدی"
    family: str = ""
    given: str = ""
    patronymic: str = ""
    father: str = ""
    script: str = ""


RECORD: dict[str, Any] = {
    "id": "K-17",
    "place": "ALA",
    "person": {"sex": "female", "birth_date": "1990-05", "citizenships": ["AFG", "IRN"], "languages": ["fa", "ps"]},
    "entry": {"mode": "irregular", "from": "UZB", "route": ["IRN", "TKM", "UZB"]},
    "documents": [{"type": "passport", "issuer": "AFG", "number": "P01 23", "status": "expired"}, {"type": "visa"}],
    "purpose": ["protection", "family"],
    "protection": {
        "fears_return": "refused",
        "fear_grounds": ["religion", "other"],
        "status_elsewhere": {"country": "IRN", "status": "refused"},
    },
    "travel": {"companions": 2},
    "labour": {"recruitment_cost_usd": 150.5, "occupation": "cook & baker <2>"},
    "consent": {"understands": "yes"},
    "notes": "First line.\nSecond line.",
}


def submitted(**change: Any) -> bytes:
    return submission_for(RECORD | change, Name(), AT)


def replaced(content: bytes, element: str, text: str) -> bytes:
    return re.sub(
        rf"<{element}>.*?</{element}>".encode(), f"<{element}>{text}</{element}>".encode(), content, flags=re.DOTALL
    )


def record_of(content: bytes) -> dict[str, Any]:
    (row,) = read_file(io.BytesIO(content)).rows
    person = read_person(row, terms_for(None, "ALA", "odk"))
    assert not isinstance(person, tuple), person
    assert person.interview is not None
    return person.interview.record


def test_a_record_comes_back_from_its_submission_as_it_was() -> None:
    assert record_of(submitted()) == {
        **{key: RECORD[key] for key in RECORD if key not in ("id", "place")},
        "pack": "kaz",
    }


def test_the_invented_people_of_the_demo_come_back_from_sheet_and_submission_as_they_were() -> None:
    people = list(arrivals(3, 60, date(2026, 11, 20), ("ALA", "NQZ"), AT + timedelta(hours=9)))
    for person, cells in zip(people, rows_for(people), strict=True):
        kept = {key: value for key, value in person.record.items() if key not in ("id", "place")}
        assert record_of(submission_for(person.record, person.name, person.arrived_at)) == kept
        from panah.node.imports.people import Row

        read = read_person(Row(2, cells), terms_for(None, "ALA", "csv"))
        assert not isinstance(read, tuple), read
        assert read.interview is not None
        assert read.interview.record == kept


def test_every_field_of_the_record_and_every_answer_has_its_place_in_the_form() -> None:
    root = ElementTree.fromstring(form_xml())
    bound = {bind.get("nodeset", "").removeprefix("/data/") for bind in root.iter(f"{XF}bind")}
    asked = {question.key for question in read_questions(node_pack())}
    assert {element_of(key) for key in asked if key != "documents"} <= bound
    assert {f"documents/{name}" for name in ("type", "issuer", "number", "status")} <= bound
    text = form_xml().decode()
    for field in FIELDS:
        for code in field.allowed if field.key in asked else ():
            assert f"<name>{code}</name>" in text or f"<value>{code}</value>" in text, (field.key, code)


def test_the_form_converts_without_a_warning_and_in_every_language() -> None:
    assert form_warnings() == ()
    root = ElementTree.fromstring(form_xml())
    languages = {one.get("lang") for one in root.iter(f"{XF}translation")}
    assert {"English (en)", "Русский (ru)", "Қазақша (kk)"} <= languages
    assert len(form_xlsx()) > 10_000


def test_no_question_must_be_answered_and_each_can_be_left_open() -> None:
    root = ElementTree.fromstring(form_xml())
    assert [bind.get("nodeset") for bind in root.iter(f"{XF}bind") if bind.get("required")] == []
    lists = {
        one.get("id"): {item.findtext(f"{XF}name") for item in one.iter(f"{XF}item")}
        for one in root.iter(f"{XF}instance")
        if one.get("id")
    }
    bound = {bind.get("nodeset", "").removeprefix("/data/") for bind in root.iter(f"{XF}bind")}
    for question in read_questions(node_pack()):
        kind = FIELD[question.key].kind
        if kind == "yes_no":
            assert {"unknown", "refused"} <= lists["yes_no"]
        elif kind in ("choice", "choices"):
            assert set(LEFT) <= lists[element_of(question.key)]
        elif kind != "documents":
            in_list = set(LEFT) <= lists.get(kind, set())
            assert in_list or f"{element_of(question.key)}__left" in bound


def test_what_was_left_open_is_never_read_as_no() -> None:
    record = record_of(
        replaced(replaced(submitted(), "purpose", "does_not_know"), "protection__fears_return", "unknown")
    )
    assert "purpose" not in record
    assert record["protection"]["fears_return"] == "unknown"


def test_a_submission_becomes_a_file_once_however_it_comes(take: Any) -> None:
    xml = submitted()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("a/submission.xml", xml)
    (first,) = take(xml)
    (again,) = take(archive.getvalue())
    assert (first.state, again.state) == ("taken", "known")
    assert PersonFile.objects.get().source == "xlsform"
    assert proposal_of(first.file) is not None


def exported(content: bytes, *, groups: bool) -> dict[str, Any]:
    """The submission as Kobo (`groups`: flat, with paths) or ODK Central (nested) exports it."""
    root = ElementTree.fromstring(content)
    found: dict[str, Any] = {"_id": 5, "_submission_time": "2026-11-20T05:00:00", "_attachments": []}
    documents = []
    for child in root:
        if child.tag == "meta":
            identifier = child[0].text or ""
            found |= (
                {"_uuid": identifier[5:], "meta/instanceID": identifier}
                if groups
                else {"__id": identifier, "__system": {"a": 1}}
            )
        elif child.tag == "documents":
            documents.append({(f"documents/{one.tag}" if groups else one.tag): one.text for one in child})
        else:
            found[child.tag] = child.text
    found["documents"] = documents
    if not groups:
        found["documents@odata.navigationLink"] = "Submissions('uuid')/documents"
        found["travel__companions"], found["interpreter"] = 2, None
    return found


@pytest.mark.parametrize("groups", [True, False])
def test_what_kobo_and_central_export_is_the_same_person(take: Any, groups: bool) -> None:
    (first,) = take(submitted())
    one = exported(submitted(), groups=groups)
    (again,) = take(json.dumps({"count": 1, "results": [one]} if groups else {"value": [one]}).encode())
    assert again.state == "known", again.problems
    assert again.file == first.file


def test_an_element_that_the_form_has_not_refuses_the_submission(take: Any) -> None:
    (bad,) = take(submitted().replace(b"<travel__companions>", b"<companion>7</companion><travel__companions>"))
    assert "companion" in why(bad)
    assert "elements of the form" in why(bad)


def test_a_submission_of_an_older_pack_is_taken_and_of_another_layout_refused(take: Any) -> None:
    older = replaced(submitted(), "panah_form", "panah_kaz/1/2026-01-01/0123456789ab")
    (taken,) = take(older)
    assert taken.state == "taken"
    for mark in ("panah_kaz/0/2026-01-01/0123456789ab", "panah_uzb/1/2026-01-01/0123456789ab", ""):
        (bad,) = take(replaced(submitted(id="K-18"), "panah_form", mark))
        assert "panah_form" in why(bad)


def test_a_correction_of_a_submission_does_not_register_the_person_again(take: Any) -> None:
    (first,) = take(submitted())
    identifier = re.search(rb"uuid:[0-9a-f-]+", submitted())
    assert identifier is not None
    corrected = submission_for(RECORD | {"person": {"sex": "male"}}, Name(), AT, instance=PersonFile.objects.get().pk)
    corrected = corrected.replace(b"<meta>", b"<meta><deprecatedID>" + identifier[0] + b"</deprecatedID>")
    (bad,) = take(corrected)
    assert bad.state == "refused"
    assert PersonFile.objects.get().pk == first.file


@pytest.mark.parametrize(
    "evil",
    [
        b"<data><name>cut",
        b'<!DOCTYPE x [<!ENTITY a "b">]><data><name>&a;</name></data>',
        b"<data/>",
        b"<html><body>Not found</body></html>",
    ],
)
def test_broken_foreign_and_hostile_xml_is_refused(take: Any, evil: bytes) -> None:
    (bad,) = take(evil)
    assert bad.state == "refused"
    assert bad.problems


def test_bad_answers_are_named_like_those_of_a_sheet(take: Any) -> None:
    (bad,) = take(replaced(submitted(), "person__sex", "lady"))
    assert "Column person.sex: found “lady”; allowed is female, male, other, unknown." in why(bad)


def test_json_that_is_none_is_refused(take: Any) -> None:
    assert "JSON" in refusal_of_file(lambda: take(b'{"results": ['))
    assert "no submission" in refusal_of_file(lambda: take(b"[]"))


def test_a_folder_of_submissions_names_the_file_that_is_refused(tmp_path: Any) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "good.xml").write_bytes(submitted())
    (tmp_path / "bad.xml").write_bytes(b"<data")
    bad, good = read_folder(tmp_path).rows
    assert (bad.part, good.part) == ("bad.xml", "one/good.xml")
    assert bad.problems
    assert not good.problems


def test_skipping_follows_the_pack_where_a_form_can_compute_it_and_never_hides_more() -> None:
    root = ElementTree.fromstring(form_xml())
    relevant = {bind.get("nodeset", "").removeprefix("/data/"): bind.get("relevant") for bind in root.iter(f"{XF}bind")}
    assert "/data/protection__fears_return" in (relevant["protection__fear_grounds"] or "")
    assert relevant["protection__fears_return"] is None
    assert "/data/health__pregnant" in (relevant["health__pregnancy_weeks"] or "")
    assert relevant["panah_form"] is None
    assert form_id() == "panah_kaz"
    assert form_mark().startswith("panah_kaz/1/")
    assert "person.sex" in COLUMN
