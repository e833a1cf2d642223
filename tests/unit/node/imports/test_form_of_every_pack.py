"""The form of every state's pack converts, and every answer that a record can hold comes back from it as it was."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from defusedxml import ElementTree

from panah.cores.lawbook import load_pack
from panah.cores.screening.fields import FIELDS, PACKS, Field
from panah.cores.screening.questions import read_questions
from panah.node.imports.columns import LEFT
from panah.node.imports.form_names import element_of, form_id
from panah.node.imports.people import read_person
from panah.node.imports.service import form_xml, read_file, submission_for, terms_for
from panah.node.imports.xlsform import form_warnings
from tests.unit.node.imports.test_submit_the_form import Name

pytestmark = pytest.mark.django_db

AT = datetime.fromisoformat("2026-11-20T10:00:00+05:00")
XF = "{http://www.w3.org/2002/xforms}"
PAPERS: tuple[list[dict[str, str]], ...] = (
    [],
    [{"type": "passport", "issuer": "AFG", "number": "P 01/23 <&>", "status": "valid"}],
    [{"type": "visa"}, {"type": "ussr_passport", "status": "expired"}, {"type": "other", "status": "lost"}],
    [{"type": "travel_document_1951", "issuer": "XXB", "status": "suspected_forged"}],
)


@pytest.fixture(params=PACKS)
def state(request: Any, settings: Any) -> Any:
    """A node of each state in turn."""
    settings.PANAH_PACK = request.param
    return request.param


def values(field: Field) -> tuple[Any, ...]:
    """Answers of a field: each one that is allowed, alone and with others, or some of each shape."""
    if field.kind in ("yes_no", "choice"):
        return field.allowed
    if field.kind == "choices":
        return (*([code] for code in field.allowed), list(field.allowed), [])
    return {
        "country": ("AFG", "XXA", "XXB", "XXX"),
        "countries": ([], ["UZB"], ["KAZ", "AFG", "XXX"]),
        "languages": (["fa-AF"], ["prs", "ps", "en"]),
        "birth_date": ("1990", "1990-05", "1990-05-31"),
        "whole": (0, 1, 9),
        "number": (0, 1, 150.5),
        "text": ("7112", "cook & baker <2>"),
        "documents": PAPERS,
    }[field.kind]


def record_of_answers(number: int) -> dict[str, Any]:
    """The record that gives each field its answer of this number, round and round."""
    record: dict[str, Any] = {"id": f"R{number}"}
    for field in FIELDS:
        *path, name = field.key.split(".")
        place = record
        for part in path:
            place = place.setdefault(part, {})
        offered = values(field)
        place[name] = offered[number % len(offered)]
    return record


ROUNDS = max(len(values(field)) for field in FIELDS)


def test_every_answer_comes_back_from_the_form_of_every_state(state: str) -> None:
    place = load_pack(state).places[0].code
    for number in range(ROUNDS):
        record = record_of_answers(number)
        (row,) = read_file(io.BytesIO(submission_for(record, Name(), AT))).rows
        person = read_person(row, terms_for(None, place, "odk"))
        assert not isinstance(person, tuple), person
        assert person.interview is not None
        back = person.interview.record
        assert {key: value for key, value in back.items() if key != "pack"} == {
            key: value for key, value in record.items() if key != "id"
        }, number
        assert back["pack"] == state


def test_the_form_of_every_state_converts_with_every_question_and_answer(state: str) -> None:
    root = ElementTree.fromstring(form_xml())
    assert form_warnings() == ()
    assert form_id() == f"panah_{state}"
    assert [bind.get("nodeset") for bind in root.iter(f"{XF}bind") if bind.get("required")] == []
    bound = {bind.get("nodeset", "").removeprefix("/data/") for bind in root.iter(f"{XF}bind")}
    asked = {question.key for question in read_questions(load_pack(state))}
    assert asked == {field.key for field in FIELDS}
    assert {element_of(key) for key in asked if key != "documents"} <= bound
    lists = {
        one.get("id"): {item.findtext(f"{XF}name") for item in one.iter(f"{XF}item")}
        for one in root.iter(f"{XF}instance")
        if one.get("id")
    }
    for field in FIELDS:
        if field.kind == "yes_no":
            assert set(field.allowed) <= lists["yes_no"]
        elif field.kind in ("choice", "choices"):
            assert set(field.allowed) | set(LEFT) <= lists[element_of(field.key)], field.key
