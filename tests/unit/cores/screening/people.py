"""Invented interview records for property tests: any answers at all, and answers as people give them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from panah.cores.screening.fields import FIELDS, Field

COUNTRIES = ("KAZ", "UZB", "AFG", "RUS", "XXA", "XXB", "XXX")
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ("passport", "visa", "id_card", "travel_document_1951", "travel_document_1954", "ussr_passport")
        ),
        "issuer": st.sampled_from(("KAZ", "UZB", "DEU")),
        "status": st.sampled_from(("valid", "expired", "lost", "withheld_by_other", "suspected_forged")),
    },
)


def answer(field: Field) -> st.SearchStrategy[Any]:
    """Any answer that a field allows."""
    if field.kind in ("yes_no", "choice"):
        return st.sampled_from(field.allowed)
    if field.kind == "choices":
        return st.lists(st.sampled_from(field.allowed), max_size=2, unique=True)
    if field.kind == "country":
        return st.sampled_from(COUNTRIES[:4])
    if field.kind == "countries":
        return st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True)
    if field.kind == "whole":
        return st.integers(0, min(field.most or 90, 90))
    if field.kind == "number":
        return st.sampled_from((0, 50, 400, 900.5))
    if field.kind == "birth_date":
        return st.sampled_from(("1950", "1990-05", "2008-11-21", "2008-11-22", "2008", "2015-01-01"))
    if field.kind == "languages":
        return st.just(["ru", "fa-AF"])
    if field.kind == "documents":
        return st.lists(DOCUMENTS, max_size=3)
    return st.just("7112")


ANSWERS = {field.key: answer(field) for field in FIELDS}


@st.composite
def answers(draw: st.DrawFn, most: int = 25) -> dict[str, Any]:
    """Answers by field key, as many as drawn."""
    keys = draw(st.lists(st.sampled_from(sorted(ANSWERS)), max_size=most, unique=True))
    return {key: draw(ANSWERS[key]) for key in keys}


def nested(given: dict[str, Any], **top: Any) -> dict[str, Any]:
    """The record as JSON has it, from answers by key."""
    record: dict[str, Any] = {"id": "T1", "pack": "kaz", "date": "2026-11-21", **top}
    for key, value in given.items():
        *path, name = key.split(".")
        place = record
        for part in path:
            place = place.setdefault(part, {})
        place[name] = value
    return record
