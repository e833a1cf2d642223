"""What no answer may ever do: lower a protection. And the scoring, the interview and the words around it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.cores.lawbook import Pack, PackError, load_pack
from panah.cores.lawbook.model import Document
from panah.cores.lawbook.text import frozen
from panah.cores.screening import Profile, RecordError, encode_profile, read_record, screen, screener
from panah.cores.screening.codes import PROFILES, REFERRALS, SAFEGUARDS, URGENCIES
from panah.cores.screening.explain import KINDS, explain, rule_in_words
from panah.cores.screening.fields import ENTRY_MODES, FIELDS
from panah.cores.screening.interview import next_question, remaining
from panah.cores.screening.questions import read_questions
from panah.cores.screening.reference_page import reference_page
from panah.cores.screening.rulebook import read_rulebook
from panah.cores.screening.trafficking import is_positive
from panah.cores.screening.wording import wording
from tests.unit.cores.screening.people import answers, nested

PACK = load_pack("kaz")
YES_NO = [field.key for field in FIELDS if field.kind == "yes_no"]
SECURITY = [key for key in YES_NO if key.startswith("security.")]
PROTECTION = {"asylum_seeker", "refugee_elsewhere", "stateless_risk", "trafficking_presumed", "unaccompanied_child"}
PROTECTION |= {"separated_child", "child_at_risk", "own_national_returning"}
FACTS = (
    {"protection.fears_return": "yes"},
    {"health.emergency": "yes"},
    {"needs.torture_survivor": "yes"},
    {"person.age_disputed": "yes"},
    {"nationality.recognised_by_any_state": "no"},
    {"needs.no_shelter": "yes"},
)


LANGUAGES = ("en", "ru", "kk", "ky", "tg", "uz", "tk", "fa", "ps", "az", "tr", "ur")


def profile(given_answers: dict[str, Any], pack: Pack = PACK) -> Profile:
    return screen(read_record(nested(given_answers)), pack)


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(YES_NO), st.sampled_from(["unknown", "refused"]))
def test_unknown_and_refused_take_away_no_safeguard(given_answers: dict[str, Any], key: str, answer: str) -> None:
    given_answers.pop(key, None)
    silent, said = profile(given_answers), profile({**given_answers, key: answer})
    assert set(silent.codes("safeguards")) <= set(said.codes("safeguards"))


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(SECURITY), st.sampled_from(["yes", "no", "unknown", "refused"]))
def test_a_security_answer_takes_away_no_protection(given_answers: dict[str, Any], key: str, answer: str) -> None:
    given_answers.pop(key, None)
    before, after = profile(given_answers), profile({**given_answers, key: answer})
    assert set(before.codes("profiles")) & PROTECTION <= set(after.codes("profiles"))
    assert {line.to for line in before.referrals} <= {line.to for line in after.referrals}
    assert set(before.codes("safeguards")) <= set(after.codes("safeguards"))


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(FACTS))
def test_a_fact_that_protects_never_lowers_the_urgency(given_answers: dict[str, Any], fact: dict[str, str]) -> None:
    for key in fact:
        given_answers.pop(key, None)
    before, after = profile(given_answers), profile({**given_answers, **fact})
    assert URGENCIES.index(after.urgency) <= URGENCIES.index(before.urgency)


@settings(max_examples=150, deadline=None)
@given(answers(), st.sampled_from(ENTRY_MODES), st.sampled_from(ENTRY_MODES))
def test_how_a_person_came_never_changes_the_claim(given_answers: dict[str, Any], one: str, other: str) -> None:
    claims = [
        "asylum_seeker" in profile({**given_answers, "entry.mode": mode}).codes("profiles") for mode in (one, other)
    ]
    assert claims[0] == claims[1]


@settings(max_examples=10, deadline=None)
@given(answers(), st.integers(0, 10_000))
def test_the_order_of_rules_means_nothing(given_answers: dict[str, Any], seed: int) -> None:
    chance = random.Random(seed)
    documents = {}
    for kind, listed in PACK.all_documents.items():
        shuffled = [_shuffled(document, chance) for document in listed] if kind != "questions" else list(listed)
        chance.shuffle(shuffled) if kind != "questions" else None
        documents[kind] = tuple(shuffled)
    other = replace(PACK, all_documents=documents, digest=f"shuffled {seed}")
    assert encode_profile(profile(given_answers, other)) == encode_profile(profile(given_answers))


def _shuffled(document: Document, chance: random.Random) -> Document:
    rules = list(document.body.get("rules", ()))
    chance.shuffle(rules)
    return replace(document, body={**document.body, "rules": tuple(rules)}) if rules else document


def with_rules(rules: list[dict[str, Any]], **body: Any) -> Pack:
    document = Document("kaz/rules/more.yaml", "kaz", "rules", frozen({"rules": rules, **body}), "x")
    documents = {**PACK.all_documents, "rules": (*PACK.documents("rules"), document)}
    return replace(PACK, all_documents=documents, digest=f"more {rules} {body}")


def rule(**keys: Any) -> dict[str, Any]:
    given_rule = {"id": "kaz.more", "gives": {"profile": "smuggled"}, "when": {"is": {"health.pregnant": "yes"}}}
    return {**given_rule, "citations": [{"source": "panah-design"}], "verified": "no", **keys}


def test_a_pack_may_add_a_rule() -> None:
    assert "smuggled" in profile({"health.pregnant": "yes"}, with_rules([rule()])).codes("profiles")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "asylum.fears_return"}, "stands already in"),
        ({"gives": {"profile": "guilty"}}, "does not exist"),
        ({"when": {"is": {"health.pregnent": "yes"}}}, "no fact 'health.pregnent'"),
        ({"when": {"is": {"health.pregnant": "maybe"}}}, "cannot be 'maybe'"),
        ({"when": {"perhaps": []}}, "no operator 'perhaps'"),
        ({"when": {"defined": "nobody"}}, "no definition 'nobody'"),
        ({"citations": [{"source": "hearsay"}]}, "'hearsay' is not described"),
        ({"gives": {"profile": "asylum_seeker"}, "when": {"found": {"referral": "any"}}}, "rest on each other"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_in_words(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        profile({}, with_rules([rule(**changes)]))


def test_a_pack_cannot_redefine_a_condition_of_the_floor() -> None:
    change = {"definitions": {"fear_of_return": {"means": {"is": {"health.pregnant": "yes"}}}}}
    with pytest.raises(PackError, match="defined twice"):
        read_rulebook(with_rules([rule()], **change))


def test_a_birth_after_the_interview_is_refused() -> None:
    with pytest.raises(RecordError, match=r"person\.birth_date"):
        profile({"person.birth_date": "2026-11-22"})


def test_a_record_without_a_day_needs_one() -> None:
    with pytest.raises(RecordError, match="date"):
        screen(read_record({"id": "a"}), PACK)


@pytest.mark.parametrize(
    ("weights", "positive"),
    [("SS", True), ("S", False), ("SM", True), ("SW", True), ("MMM", True), ("MM", False), ("MMW", True), ("WWW", False), ("MWW", False), ("", False)],
)  # fmt: skip
def test_a_dimension_is_positive_by_the_published_thresholds(weights: Any, positive: bool) -> None:
    assert is_positive(weights) is positive


def test_the_published_indicators_are_all_there() -> None:
    indicators = read_rulebook(PACK).indicators
    counts: dict[str, int] = {}
    for indicator in indicators:
        counts[indicator.dimension] = counts.get(indicator.dimension, 0) + 1
    assert list(counts.values()) == [10, 10, 16, 9, 15, 7]


BASE = {
    "person.languages": ["ru"],
    "consent.understands": "yes",
    "person.birth_date": "1990-02-03",
    "travel.companions": 0,
    "person.citizenships": ["UZB"],
    "exploitation.free_to_leave": "yes",
}
IN_HAND = {"documents": [{"type": "passport", "issuer": "UZB", "status": "valid"}]}


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("mode", ["border_point", "in_country"])
@pytest.mark.parametrize("purpose", ["work", "study", "visit", "trade"])
def test_an_adult_alone_without_signs_answers_at_most_twenty_questions(sex: str, mode: str, purpose: str) -> None:
    said = {**BASE, "purpose": [purpose], "protection.left_because": ["work" if purpose == "work" else "other"]}
    said |= {"labour.has_contract": "yes", "labour.has_permit": "yes"}
    record = read_record(nested({"entry.mode": mode, "person.sex": sex, **IN_HAND}))
    asked = []
    while question := next_question(record, PACK):
        record = record.with_answer(question.key, said.get(question.key, "no"))
        asked.append(question.key)
    assert len(asked) <= 20
    assert len(set(asked)) == len(asked)
    assert "protection.fears_return" in asked
    assert remaining(record, PACK) == 0


def test_a_question_that_was_passed_over_does_not_come_back() -> None:
    record = read_record(nested({"person.citizenships": ["KAZ"]}))
    first = next_question(record, PACK)
    assert first is not None
    second = next_question(record, PACK, passed=frozenset({first.key}))
    assert second is not None
    assert second.key != first.key


def test_every_field_has_one_question_with_words() -> None:
    questions, words = read_questions(PACK), wording(PACK)
    assert {question.key for question in questions} == {field.key for field in FIELDS}
    for question in questions:
        languages = LANGUAGES if question.asked_of == "person" else LANGUAGES[:2]
        for id_ in {question.text, question.child_text}:
            assert [language for language in languages if words.text(id_, language) is None] == [], id_


def test_no_draft_passes_for_a_reviewed_text() -> None:
    words = wording(PACK)
    assert ("q.protection.fears_return", "ps") in words.unreviewed()
    assert words.text("q.protection.fears_return", "fa-AF") == words.text("q.protection.fears_return", "fa")
    assert words.text("q.protection.fears_return", "de") is None


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_code_and_rule_has_words(language: str) -> None:
    words = wording(PACK)
    for kind, codes in (
        ("profile", PROFILES),
        ("referral", REFERRALS),
        ("safeguard", SAFEGUARDS),
        ("urgency", URGENCIES),
    ):
        assert [
            c for c in codes if not words.text(f"{kind}.{c}", language) or not words.text(f"{kind}.{c}.means", language)
        ] == []
    for one in read_rulebook(PACK).rules:
        assert "[" not in rule_in_words(one.id, PACK, language), one.id


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_finding_is_explained_with_answer_rule_and_source(language: str) -> None:
    record = read_record(nested({"protection.fears_return": "yes", "person.citizenships": ["AFG"]}))
    found = screen(record, PACK)
    for lines, kind in KINDS.items():
        for line in getattr(found, lines):
            sentence = explain(line, kind, PACK, language, record)
            assert line.because[0].rule in sentence
            assert "[" not in sentence


def test_the_page_of_rules_is_that_of_the_floor() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "reference" / "screening-rules.md"
    stale = "Write reference_page(load_pack('kaz')) of panah.cores.screening.reference_page to this page."
    assert page.read_text(encoding="utf-8") == reference_page(PACK), stale


def test_the_day_of_the_interview_chooses_which_rules_hold() -> None:
    pack = load_pack("xx")
    held = {"exploitation.threats": "yes", "exploitation.cannot_leave": "yes", "exploitation.no_or_little_pay": "yes"}
    said = nested({**held, "person.birth_date": "1990", "protection.fears_return": "no"}, pack="xx")
    days = [date(2021, 6, 30), date(2021, 7, 1)]
    records = [read_record({**said, "date": day.isoformat()}) for day in days]
    before, after = screener(pack).many(records)
    assert isinstance(before, Profile)
    assert isinstance(after, Profile)
    assert "no_detention" not in before.codes("safeguards")
    assert "no_detention" in after.codes("safeguards")
