"""The sheet of columns against the plain reading of the rules, on any record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.lawbook import Pack, load_pack
from panah.cores.lawbook.conditions import found
from panah.cores.screening import RecordError, read_record, screen, screener
from panah.cores.screening.codes import FINDINGS
from panah.cores.screening.trafficking import DIMENSIONS, score
from tests.unit.cores.screening.people import answers, nested
from tests.unit.cores.screening.reference import screen_plainly

ON = date(2026, 11, 21)
PACK = load_pack("kaz")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return PACK


@settings(max_examples=400, deadline=None)
@given(answers())
def test_the_engine_finds_what_each_rule_says_alone(given_answers: dict[str, Any]) -> None:
    record = read_record(nested(given_answers))
    screening = screener(PACK)
    plain = screen_plainly(record, screening.book, screening.questions, ON)
    there = screening.engine_on(ON).find([(record.answers, ON)])
    found_there = {
        found(kind, code): {reason.rule: frozenset(reason.answers) for reason in reasons}
        for kind in FINDINGS
        for _, code, _, (reasons,) in there.standing(kind)
    }
    assert found_there == plain.because


@settings(max_examples=400, deadline=None)
@given(answers())
def test_missing_names_the_open_answers_that_the_rules_wait_for(given_answers: dict[str, Any]) -> None:
    record = read_record(nested(given_answers))
    screening = screener(PACK)
    plain = screen_plainly(record, screening.book, screening.questions, ON)
    consents = {"consent.share_unhcr", "consent.share_iom", "consent.share_partner", "consent.contact_consulate"}
    assert set(screen(record, PACK).missing) - consents == plain.missing - consents


@settings(max_examples=200, deadline=None)
@given(answers())
def test_the_scoring_in_bits_gives_the_published_scoring(given_answers: dict[str, Any]) -> None:
    record = read_record(nested({**given_answers, "exploitation.wages_withheld": "yes"}))
    screening = screener(PACK)
    engine = screening.engine_on(ON)
    sheet = engine.find([(record.answers, ON)]).sheet
    positive = {name for name in DIMENSIONS if sheet.true[engine.scoring.dimensions[name].bit_length() - 1]}
    plain = screen_plainly(record, engine.book, screening.questions, ON)
    assert plain.because.keys() >= {"profile:labour_rights_violation"}
    view = {key: value for key, value in record.answers.items() if value not in ("unknown", "refused")}
    from panah.cores.screening.derived import DERIVED, Case

    case = Case(record.answers, "KAZ", ON)
    view |= {fact.name: fact.make(case) for fact in DERIVED}
    as_child = bool(view["child"]) or view.get("exploitation.recruited_as_child") == "yes"
    scores = score(engine.book.indicators, view, as_child=as_child)
    assert positive == {name for name, dimension in scores.items() if dimension.positive}


@settings(max_examples=60, deadline=None)
@given(st.lists(answers(), min_size=2, max_size=20))
def test_a_record_screened_among_others_gets_what_it_gets_alone(people: list[dict[str, Any]]) -> None:
    records = [read_record(nested(each)) for each in people]
    assert screener(PACK).many(records) == [screen(record, PACK) for record in records]


def test_a_record_that_cannot_be_screened_leaves_its_neighbours_alone() -> None:
    whole, unborn = nested({"person.birth_date": "1990"}), nested({"person.birth_date": "2027"})
    first, wrong, last = screener(PACK).many([read_record(one) for one in (whole, unborn, whole)])
    assert first == last == screen(read_record(whole), PACK)
    assert isinstance(wrong, RecordError)
    assert "birth_date" in str(wrong)
